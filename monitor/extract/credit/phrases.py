"""The words in which articles credit others, in the languages of our readers. All are tried on short stretches only."""

from __future__ import annotations

import re

DASH = r"[-–—―]"
CITY = r"[^\W\d_a-zа-яёіїєґ][^\n(（\[/:;!?.]{0,60}"
BEFORE_BRACKET = re.compile(rf"(?:\W{{0,3}}{CITY}\.?\s?)?[(（\[/【＝=]\s?(?:[^\W\d_][\w .]{{1,24}}\s?[=＝/]\s?)?\Z")
BEFORE_DASH = re.compile(rf"\W{{0,3}}{CITY}(?:[,،]\s|\s?{DASH}\s?|\.\s)\Z")
CITY_AFTER = re.compile(
    rf",\s[^\W\d_a-zа-яёіїєґ][\w .'’/-]{{1,40}}(?:\s\([^()\n]{{1,30}}\))?\s?(?:{DASH}|:)\s?(?=\S)|"
    rf"\s\(?[A-ZĐ][A-ZĐ ]{{2,30}}\)?\s?(?:,[^,\n]{{1,20}})?{DASH}\s?(?=\S)"
)
CJK_DATELINE = re.compile(r"[\u3400-\u9fff]{1,12}\d{1,2}月?\d{0,2}日?[电電]|[】)）]")
WAS_THERE = re.compile(
    r"(?:(?:telah|sudah|pernah|sebelumnya)?\s?(?:tayang|terbit|dimuat|dipublikasikan|dipublikasi|"
    r"diterbitkan) (?:\w+ )?(?:di|pada|oleh)"
    r"|(?:originally |first |initially |previously )?(?:published|appeared|posted|ran) (?:originally |"
    r"first )?(?:on|in|at|by|with)|republished (?:here )?(?:from|with permission from|courtesy of)|"
    r"reprinted (?:from|with permission from)|courtesy of|syndicated from"
    r"|(?:publicad[oa]|aparecid[oa]) (?:originalmente |por primera vez |inicialmente )?(?:en|por)|(?:se publicó|"
    r"apareció) (?:originalmente |primero )?(?:en|por)"
    r"|publié[e]? (?:initialement |d'abord |à l'origine |pour la première fois )?(?:sur|par|dans)|"
    r"paru[e]? (?:initialement |d'abord )?(?:sur|dans)"
    r"|(?:erschien|erschienen ist|erscheint|veröffentlicht wurde|wurde) (?:zuerst|zunächst|ursprünglich|"
    r"im original) (?:\w+ )?(?:bei|auf|in|im|von|in der)"
    r"|pubblicat[oa] (?:originariamente |in origine |per la prima volta |originalmente )?(?:su|da|in|sul)|"
    r"apparso (?:originariamente |prima )?su"
    r"|publicad[oa] (?:originalmente |primeiro |inicialmente )?(?:em|no|na|pelo|pela)"
    r"|verscheen (?:eerder|oorspronkelijk|eerst) (?:op|in|bij)|overgenomen van"
    r"|(?:впервые |изначально |ранее )?опубликован[ао]? (?:\w+ )?(?:на сайте |в |на |изданием |в издании )|"
    r"оригинал(?: статьи| материала)?(?: \w+)? (?:на|:)|перепечатк\w+ (?:из|с)"
    r"|(?:вперше |спочатку )?опубліковано (?:на сайті |в |на |у )|першоджерело ?:?|передрук (?:з|із)"
    r"|(?:ukazał się|opublikowany|pochodzi) (?:pierwotnie |po raz pierwszy )?(?:w|na|z|ze|przez)"
    r"|(?:ilk olarak|ilk kez|daha önce)|(?:publicat|apărut) (?:inițial |prima dată )?(?:pe|în|de)|"
    r"preluat (?:de pe|din)|převzato z|původně (?:vyšel|vyšlo) (?:na|v)"
    r"|publicerades (?:först|ursprungligen) (?:i|på|av)|ble først publisert (?:i|på|av)|blev først bragt (?:i|på)|"
    r"julkaistu (?:alun perin|ensin)"
    r"|eredetileg (?:a|az)|megjelent (?:a|az)|δημοσιεύ\w+ (?:αρχικά )?(?:στο|στην|στη|από)"
    r"|نُ?شر (?:هذا )?(?:المقال|الموضوع|التقرير)?(?: أولا| أصلا)? ?(?:في|على)|转载自|轉載自|"
    r"转自|本文来自|原载于?|首发于|轉自|"
    r"(?:được )?đăng (?:lần đầu )?(?:trên|ở)|bài gốc(?: trên)?"
    r"|मूल रूप से|पहली बार)"
    r"\s?(?:the |situs |laman |media |portal |la agencia |the website |der |dem |das |die |"
    r"agensi )?[:：«\"“'(]{0,2}\s?\Z",
    re.IGNORECASE,
)
OF_THIS = re.compile(
    r"\b(?:this|the (?:original|following)) (?:article|story|piece|report|content|essay|interview|post)|"
    r"\A\W{0,3}(?:originally|first) (?:published|appeared|posted)|republished|reprinted|syndicated|"
    r"(?:artikel|berita|tulisan|konten|laporan) ini|dengan judul|este (?:artículo|texto|reportaje|contenido)|"
    r"esta (?:nota|noticia)|originalmente|primera vez|cet article|cet? (?:texte|entretien)|initialement|"
    r"dieser (?:artikel|text|beitrag)|zuerst|zunächst|ursprünglich|original|questo (?:articolo|testo)|"
    r"originariamente|prima volta|este (?:artigo|texto)|esta (?:matéria|reportagem)|primeiro|"
    r"dit (?:artikel|verhaal)|oorspronkelijk|overgenomen|стать[яи]|материал|впервые|изначально|оригинал|перепечат|"
    r"матеріал|вперше|першоджерело|передрук|artykuł|tekst|pierwotnie|"
    r"bu (?:haber|yazı|makale)|ilk|acest articol|inițial|preluat|tento článek|původně|převzato|artikeln|"
    r"ursprungligen|artikkelen|først publisert|artiklen|juttu|alun perin|cikk|eredetileg|άρθρο|αρχικά|"
    r"bài (?:viết|báo|gốc)|लेख|मूल|هذا (?:المقال|التقرير|الموضوع)|أصلا|"
    r"本文|文章|原载|轉載|转载|转自|轉自|首发|記事|転載|기사|게재",
    re.IGNORECASE,
)
THERE_AFTER = re.compile(
    r"\s?(?:に掲載|より転載|から転載|から配信)|[’']?\w{0,4} (?:yayımlan|yayınlan)\w+|[^\n]{0,20}में प्रकाशित|"
    r"에 게재|에 실린|"
    r":ssa? julkaistu|\s?(?:dengan judul|with the headline|avec le titre)\b",
    re.IGNORECASE,
)
UNKNOWN = re.compile(
    r"(?:artikel|berita|tulisan|konten) ini (?:telah |sudah |pernah |sebelumnya )?(?:tayang|terbit|dimuat|"
    r"dipublikasikan) (?:sebelumnya |lebih dulu )?(?:di|pada) (?P<id>[^\W\d_][\w.&' -]{1,40}?) (?:dengan judul|"
    r"berjudul|pada|,)"
    r"|\bthis (?:article|story|piece|report|essay) (?:was )?(?:originally |first )?(?:published|"
    r"appeared) (?:first |originally )?(?:on|in|by|at) (?P<en>(?:the )?[A-Z][\w.&'’-]{1,30}(?: (?:of|de|and|&|the|"
    r"[A-Z][\w.&'’-]{0,30})){0,4}?)(?=[.,;]|\s(?:and|on|under|with|in|as|here)\b|$)",
    re.IGNORECASE,
)
SOURCE = re.compile(
    r"(?:\A|[\s(（\[|/])(?:sumber(?: berita| artikel)?|source|sources|via|fuente|fonte|quelle|quellen|bron|kilde|"
    r"källa|lähde|źródło|źr|zdroj|"
    r"источник|джерело|kaynak|πηγή|forrás|sursa|المصدر|مصدر|منبع|来源|來源|出典|情報元|출처|स्रोत|nguồn|theo|isvor|извор|"
    r"източник)\s?[:：]\s?[«\"“(]?\Z",
    re.IGNORECASE,
)
BY = re.compile(
    r"\A\W{0,3}(?:(?:by|oleh|por|par|von|di|door|av|af|przez|tekst|text|penulis|reporter|author|autor|autore|"
    r"auteur|автор|журналист|кореспондент|корреспондент|yazan|laporan)\b\s?:?\s?)+",
    re.IGNORECASE,
)
REPORT = re.compile(
    r"\A\W{0,3}(?:laporan|liputan|reportase)\s(?:(?:wartawan|jurnalis|reporter|kontributor|koresponden|"
    r"khusus)\s?)+(?:dari\s)?\Z"
    r"|\A\W{0,3}(?:wartawan|jurnalis|reporter|penulis|kontributor|koresponden|corresponsal|correspondent|"
    r"корреспондент|кореспондент)\s?:?\s?\Z",
    re.IGNORECASE,
)
BETWEEN = re.compile(
    r"\s?(?:[,，/|•·、]|[-–—]|\bfor\b|\bof\b|\bpara\b|\bpour\b|\bfür\b|\bper\b|\bvoor\b|\bfrom\b|\bdi\b)\s?\Z",
    re.IGNORECASE,
)
OPEN_END = re.compile(
    r"[(（\[/【]\s?(?:(?:foto|red|ed|ant|mit|avec|com|con|with)\.?\s?[:/]?\s?|[\w .*]{1,20}[/,]\s?)?\Z", re.IGNORECASE
)
CLOSE_END = re.compile(r"(?:\s?[/,]\s?[\w .*]{1,30}){0,3}\s?[)）\]/】]\W{0,4}\Z")
GIVES_BEFORE = re.compile(
    r"(?:con (?:información|datos|agencias?) de|avec|mit (?:material|informationen) (?:von|der)|"
    r"(?:unter )?verwendung von material (?:von|der)|com (?:informações|agências?|dados) d[aeo]s?|con (?:fonte|"
    r"materiale)|"
    r"with (?:inputs?|reporting|files|material|additional reporting|contributions?|information) (?:from|by)|"
    r"additional reporting by|material from|reporting by [\w .]{3,40} (?:for|of)|"
    r"met (?:informatie|medewerking) van|по материалам|с использованием (?:материалов|сообщений)|за матеріалами|"
    r"за інформацією|na podstawie(?: materiałów)?|z materiałów|"
    r"med (?:material|uppgifter) från|berdasarkan laporan|diolah dari|综合|με πληροφορίες από(?: το| την)?|"
    r"cu informații de la)"
    r"\s?(?:the |la |el |l'|der |do |da |de |agencia |agence |agenzia )?[«\"“(]?(?:[\w. -]{2,25}(?:,| and| y| et|"
    r" und| e| и| та| dan)\s)?\Z",
    re.IGNORECASE,
)
GIVES_AFTER = re.compile(
    r"(?:,? and [\w .'-]{2,40})?\s(?:also )?contributed (?:to|reporting)|(?: and [\w .'-]{2,40})? contributed\b|"
    r"[’']?\w{0,3} (?:katkıda|ile birlikte)|(?:가| 기자) 기여",
    re.IGNORECASE,
)
SAYS_BEFORE = re.compile(
    r"(?<!\w)(?:"
    r"(?:dilansir|dikutip|disadur|dihimpun|melansir|mengutip|menyadur|dilaporkan|diberitakan)(?: \w+)?(?: dari|"
    r" oleh| dalam| pada)?|menurut(?: laporan| keterangan| pemberitaan)?|dari|kepada|lapor|sumber|memetik"
    r"|according to(?: (?:a )?(?:report|reports|reporting|analysis|figures) (?:by|in|from|compiled by))?|citing|"
    r"cited by|reported by|report(?:s)? (?:by|in|from)|told|telling|quoted by|interview with|statement to|"
    r"first reported by|via|says|per"
    r"|según(?: informó| informa| informan| publica| publicó| recoge| ha informado| reportó| el diario|"
    r" la cadena)?|citado por|citando a|informó|informa|recogido por|publicado por|declaró a|dijo a|reporta|"
    r"de acuerdo con"
    r"|selon|d['’]après|cité[e]? par|rapporte|rapporté par|a déclaré à|citant|relayé par|indique|à"
    r"|laut|berichtet(?:e)?|berichten|wie|zufolge|sagte|gegenüber|meldet(?:e)?|zitiert(?:e)?|nach (?:angaben|"
    r"informationen|berichten) (?:von|der|des)|schreibt|so"
    r"|secondo(?: quanto (?:riporta|riferisce|riportato da))?|riporta|riferisce|riportato da|riferito da|"
    r"citato da|come scrive|scrive|ha detto (?:a|all'|alla)|stando a"
    r"|segundo|de acordo com|conforme|citad[oa] pel[ao]|informou|disse (?:à|ao|a)|afirmou (?:à|ao)|noticiou|relatou"
    r"|volgens|meldt|bericht|schrijft|aldus|zegt|tegen|citeert"
    r"|сообщает|сообщил[аио]?|сообщили|передает|передаёт|передал[аио]?|пишет|пишут|со ссылкой на|ссылаясь на|"
    r"по данным|по информации|по сообщению|как сообщает|рассказал[аи]? (?:\w+ )?|заявил[аи]? (?:\w+ )?|"
    r"сказал[аи]? (?:\w+ )?|цитирует|приводит слова(?: \w+)?"
    r"|повідомляє|повідомляють|повідомив|повідомила|пише|пишуть|передає|передають|з посиланням на|"
    r"із посиланням на|посилаючись на|за даними|за інформацією|як пише|розповів|сказав|цитує|інформує"
    r"|za|według|podaje|podała|podał|podają|informuje|poinformował[ao]?|jak podaje|cytowan\w+ przez|"
    r"powołując się na|powiedział[ao]? (?:\w+ )?|donosi|pisze"
    r"|enligt|uppger för|uppger|rapporterar|skriver|säger till|till"
    r"|ifølge|melder|oplyser til|sier til|siger til|rapporterer|til"
    r"|kertoo|mukaan|kertoi|raportoi|kirjoittaa"
    r"|potrivit|conform|transmite|relatează|citat(?:ă)? de|informează|scrie|a declarat pentru|anunță|notează"
    r"|podle|uvedla|uvedl|informoval[ao]?|napsal[ao]?|řekl[ao]?|píše|citoval[ao]?|oznámil[ao]?"
    r"|σύμφωνα με|μεταδίδει|αναφέρει|επικαλούμενο|γράφει"
    r"|szerint|írja|közölte|jelentette|tudósít\w*|idézi|beszámolt\w*"
    r"|بحسب|وفقا ل|وفقًا ل|وفق|نقلا عن|نقلًا عن|ذكرت|أفادت|حسب|قالت|نقلت|أوردت|لـ?|به گزارش|به نقل از|به نوشته"
    r"|theo|dẫn (?:nguồn|lời)(?: từ)?|trích dẫn|nói với|cho biết với"
    r")(?!\w)"
    r"(?:\s(?:the|a|an|agency|agencies|news agency|wire service|newspaper|broadcaster|network|local|state|"
    r"state-run|kantor berita|laman|situs|media|harian|surat kabar|koran|portal|stasiun|agensi berita|la|el|le|"
    r"les|lo|il|los|las|die|der|das|dem|den|de|het|o|os|as|"
    r"agencia|agence|agenzia|agência|agentur|nachrichtenagentur|nyhetsbyrån|nyhetsbyrået|nyhedsbureauet|"
    r"uutistoimisto|agencja|agencji|agentura|agentury|agenția|agenției|persbureau|zeitung|diario|cadena|periódico|"
    r"quotidien|journal|chaîne|site|quotidiano|giornale|jornal|emissora|krant|"
    r"агентство|агентству|агентства|агентством|агенция|газета|газету|издание|телеканал|телеканалу|видання|агенція|"
    r"το|πρακτορείο|την|η|az|a|hírügynökség|hãng|hãng tin|báo|tờ|وكالة|وكالة الأنباء|وكالة أنباء|قناة|صحيفة|شبكة|"
    r"خبرگزاری|روزنامه|"
    r"американск\w+|британск\w+|канал|gwe|dziennik|gazety|gazeta|deník|deníku|server|serveru|televize|telewizja|"
    r"stacji)){0,3}"
    r"(?:\s(?:l|all|dall|dell|d|qu)['’])?\s?[:«\"“„‘'(]?\s?\Z"
    r"|(?:بحسب|وفق|ل|لـ|عن)\s?\Z",
    re.IGNORECASE,
)
SAYS_AFTER = re.compile(
    r"[»\"”’')]?(?:\s(?:news agency|agency|newspaper|News|TV|television|online|muhabirine|haber ajansı))?[,]?\s?(?:"
    r"(?:\s?(?:has |had |also |juga |turut )?(?:reported|reports|said|says|wrote|quoted|cited|melaporkan|"
    r"memberitakan|menulis|mengabarkan|menyebut|"
    r"informó|informa|publicó|reportó|recogió|rapporte|rapportait|indique|annonce|berichtet(?:e)?|meldet(?:e)?|"
    r"schreibt|zitiert|riporta|riferisce|scrive|informou|noticiou|relatou|publicou|"
    r"meldt|meldde|schrijft|сообщает|сообщило|сообщил|передает|передаёт|пишет|повідомляє|повідомило|пише|передає|"
    r"podaje|podała|podał|informuje|donosi|pisze|"
    r"rapporterar|skriver|rapporterer|melder|kertoo|raportoi|relatează|transmite|scrie|informează|píše|uvedl[ao]?|"
    r"informoval[ao]?|μεταδίδει|αναφέρει|γράφει|írja|közölte|jelentette|ذكرت|أفادت|نقلت|گزارش|đưa tin|cho biết|"
    r"cho hay)(?!\w))"
    r"|[’']?\w{0,4}\s(?:göre|haberine göre|haberinde|bildirdi|aktardı|yazdı|bildirdiğine göre|aktardığına göre|"
    r"konuşan|duyurdu|zufolge|szerint|mukaan|के मुताबिक|के अनुसार|ने बताया|ने कहा|की रिपोर्ट)"
    r"|['’:]n mukaan|\s?(?:के मुताबिक|के अनुसार|ने बताया|को बताया|की रिपोर्ट)"
    r"|(?:\s?[（(]\w{0,20}[)）])?(?:报道|報道|报导|報導|消息|记者|援引|電|电|称)|(?:通信)?(?:によると|によれば|が報じ|は報じ|が伝え|は伝え|の取材|などによ)"
    r"|(?:통신|방송|신문)?(?:에 따르면|이 보도|가 보도|은 보도|는 보도|"
    r"이 전했|가 전했|은 전했|는 전했|와의 인터뷰|과의 인터뷰)"
    r")",
    re.IGNORECASE,
)
CJK_BEFORE = re.compile(r"(?:据|據|援引|引述|引用|接受|告诉|告訴|综合)\s?[《「『]?\Z")
