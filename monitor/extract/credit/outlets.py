"""Names of news outlets in running text: agencies and papers that others cite, addresses, and names that say what they
are ("… Times", "… Zeitung"). What is no outlet's name beyond doubt is none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_NAMES: Final = """
Reuters|Thomson Reuters|Associated Press|The Associated Press|AP|AFP|Agence France-Presse|Agence France Presse|UPI|
Bloomberg|Bloomberg News|CNN|CNN International|CNN Indonesia|CNBC|CNBC Indonesia|NBC|NBC News|ABC News|CBS|CBS News|
Fox News|BBC|BBC News|BBC Indonesia|BBC Mundo|Sky News|ITV News|Al Jazeera|Al Arabiya|Al-Jazeera|Aljazeera|
The Guardian|The New York Times|New York Times|NYT|The Washington Post|Washington Post|The Wall Street Journal|
Wall Street Journal|WSJ|Financial Times|The Economist|Politico|Axios|The Hill|The Intercept|The Independent|
The Telegraph|Daily Telegraph|Daily Mail|The Sun|The Times|Los Angeles Times|USA Today|Newsweek|Forbes|The Atlantic|
The New Yorker|ProPublica|The Verge|TechCrunch|Business Insider|NPR|PBS|Vox|VOA|Voice of America|Radio Free Europe|
RFE/RL|Deutsche Welle|DW|Euronews|France 24|RFI|The Conversation|Global Voices|Mongabay|Bellingcat|Knewz|TMZ|ESPN|
Sputnik|Antara|ANTARA|Kompas|KOMPAS|Detik|detikcom|detikNews|Tempo|TEMPO|Tribunnews|TRIBUNNEWS|Tribun|Liputan6|
Republika|Sindonews|SINDOnews|Okezone|Merdeka|Suara|Kumparan|Viva|Jawa Pos|JawaPos|Media Indonesia|Bisnis Indonesia|
The Jakarta Post|Jakarta Post|IDN Times|Bernama|BERNAMA|The Star|Malay Mail|New Straits Times|The Straits Times|
Straits Times|Channel News Asia|CNA|Nikkei Asia|South China Morning Post|SCMP|Rappler|Inquirer|GMA News|Xinhua|
Global Times|CCTV|Kyodo|Kyodo News|Jiji|Jiji Press|NHK|Yonhap|KCNA|Taiwan News|PTI|Press Trust of India|ANI|IANS|
The Hindu|Hindustan Times|Times of India|The Indian Express|NDTV|Dawn|Geo News|TASS|ITAR-TASS|Interfax|RIA Novosti|
Ukrinform|UNIAN|Unian|Ukrainska Pravda|Kyiv Independent|The Kyiv Independent|The Moscow Times|Meduza|Novaya Gazeta|
BelTA|Kazinform|ТАСС|Интерфакс|РИА Новости|РИА|Коммерсантъ|Коммерсант|Ведомости|РБК|Медуза|Лента.ру|Газета.Ru|
Известия|Би-би-си|Рейтер|Рейтерс|Блумберг|Укринформ|УНИАН|Белта|БЕЛТА|КазИнформ|Новая газета|Укрінформ|УНІАН|
Інтерфакс-Україна|Суспільне|Українська правда|dpa|DPA|dpa-AFX|epd|KNA|SID|Der Spiegel|Spiegel|SPIEGEL|Die Zeit|
Die Welt|Bild|BILD|Frankfurter Allgemeine|Süddeutsche Zeitung|Handelsblatt|Tagesspiegel|Deutsche Presse-Agentur|
Austria Presse Agentur|APA|Keystone-SDA|Keystone-ATS|EFE|Agencia EFE|Europa Press|El País|El Mundo|La Vanguardia|
Clarín|La Nación|Télam|Notimex|Prensa Latina|Infobae|ANSA|Ansa|AGI|Adnkronos|AdnKronos|LaPresse|Corriere della Sera|
La Repubblica|La Stampa|Il Sole 24 Ore|Le Monde|Le Figaro|Libération|Le Parisien|Mediapart|France Info|franceinfo|
BFMTV|ATS|Belga|Lusa|Agência Lusa|Agência Brasil|Folha de S.Paulo|Estadão|O Globo|Público|Expresso|ANP|NOS|
De Telegraaf|NU.nl|TT|NTB|Ritzau|STT|Aftenposten|Dagens Nyheter|Svenska Dagbladet|Aftonbladet|Expressen|SVT|NRK|Yle|
Helsingin Sanomat|Politiken|Berlingske|PAP|Polska Agencja Prasowa|Gazeta Wyborcza|Rzeczpospolita|Onet|ČTK|CTK|MTI|
Telex|Agerpres|Mediafax|Hotnews|Digi24|BTA|Tanjug|Hina|HINA|Beta|FoNet|SRNA|STA|AMNA|ΑΠΕ-ΜΠΕ|ΑΠΕ|Anadolu|
Anadolu Agency|Anadolu Ajansı|AA|DHA|İHA|Demirören Haber Ajansı|Hürriyet|Cumhuriyet|Sabah|Sözcü|IRNA|ISNA|Fars|
Tasnim|Mehr|WAM|SPA|KUNA|MENA|Petra|Haaretz|The Jerusalem Post|Times of Israel|The Times of Israel|Ynet|
Asharq Al-Awsat|Al Mayadeen|L'Orient-Le Jour|TTXVN|VnExpress|Tuổi Trẻ|Thanh Niên|Vietnam News Agency|رويترز|
فرانس برس|أسوشيتد برس|الأناضول|الجزيرة|العربية|سكاي نيوز عربية|بي بي سي|سي إن إن|وام|واس|كونا|سبوتنيك|الشرق الأوسط|
ایرنا|ایسنا|فارس|تسنیم|रॉयटर्स|एएनआई|पीटीआई|भाषा|एएफपी|बीबीसी|Ρόιτερς
"""
_JOINED: Final = (
    "新华社|新華社|中新社|中新网|人民日报|央视新闻|澎湃新闻|财新|路透社|路透|法新社|美联社|美聯社|彭博社|彭博|中央社|"
    "環球時報|环球时报|南华早报|南華早報|联合早报|共同社|韩联社|俄新社|塔斯社|英国广播公司|"
    "共同通信|時事通信|ロイター|AFP通信|AP通信|タス通信|NHK|読売新聞|朝日新聞|毎日新聞|産経新聞|日本経済新聞|ブルームバーグ|"
    "연합뉴스|뉴시스|뉴스1|로이터통신|로이터|AFP통신|AP통신|블룸버그|조선일보|중앙일보|동아일보|한겨레|교도통신|신화통신"
)
DOUBTFUL: Final = frozenset(
    [
        "AA",
        "TT",
        "SPA",
        "PAP",
        "APA",
        "STT",
        "ANI",
        "PTI",
        "WAM",
        "SID",
        "KNA",
        "ATS",
        "STA",
        "BTA",
        "Beta",
        "Mehr",
        "Fars",
        "Viva",
        "Suara",
        "Merdeka",
        "Tribun",
        "The Sun",
        "The Times",
        "The Star",
        "The Hill",
        "Bild",
        "NOS",
        "AGI",
        "MENA",
        "Petra",
        "Sabah",
        "Onet",
        "Vox",
        "Tempo",
        "TEMPO",
        "Expresso",
        "Público",
        "Inquirer",
        "Dawn",
        "Republika",
        "Spiegel",
        "Hina",
        "HINA",
        "Telex",
        "CNA",
        "ABC",
        "PBS",
        "Forbes",
        "Известия",
        "РИА",
        "فارس",
        "العربية",
        "भाषा",
        "وام",
        "واس",
        "كونا",
        "MTI",
        "AMNA",
        "SVT",
        "Yle",
        "The Independent",
        "Tasnim",
    ]
)
"""Names that are also something else: they count where the place leaves no doubt, not in a sentence."""
_TOP_LEVEL = (
    "com|co|id|net|org|ru|ua|by|kz|de|at|ch|fr|be|nl|es|it|pt|pl|cz|sk|hu|ro|bg|rs|hr|gr|tr|ir|il|ae|in|pk|lk|vn|"
    "th|ph|my|sg|cn|tw|hk|jp|kr|au|nz|uk|us|ca|mx|br|ar|cl|pe|za|ng|ke|eg|ma|dz|tn|sa|"
    "tv|news|media|press|info|today|online"
)
_ADDRESS = re.compile(
    r"(?<![\w@./:-])(?:www\.)?[^\W_](?:[\w-]{0,38}\w)?(?:\.(?:co|com|go|ac|or|in|net|org))?"
    rf"\.(?:{_TOP_LEVEL})(?![\w@./-]{{0,40}}[\w@/-])",
    re.IGNORECASE,
)
_ADDRESS_END = re.compile(r"\.[a-z]{2,6}(?:\.[a-z]{2})?$", re.IGNORECASE)
_KIND = (
    "News|Times|Post|Herald|Tribune|Gazette|Journal|Chronicle|Telegraph|Mirror|Observer|Examiner|Courier|Daily|"
    "Press Agency|News Agency|Newswire|Radio|TV|Television|Zeitung|Nachrichten|Tageblatt|Anzeiger|Rundschau|"
    "Allgemeine|Presse|Post|Diario|Noticias|Gazzetta|Giornale|Jornal|Notícias|Dagblad|Courant|Nieuws|Gazeta|Dziennik|"
    "Haber|Ajansı|Gazetesi|Pos|Pravda|Правда|Новости|Новини|Газета"
)
_SAYS_SO = re.compile(
    rf"(?<!\w)(?:(?:[^\W\d_a-zа-яёіїєґ][\w'’&-]{{1,20}}\s){{1,3}}(?:{_KIND})|(?:Daily|Radio|Diario|Kantor Berita|"
    rf"Harian|Новости|Газета)"
    r"(?:\s[^\W\d_a-zа-яёіїєґ][\w'’&-]{1,20}){1,2})(?!\w)"
)
_COMMON = re.compile(
    r"(?:Breaking|Latest|Related|Fake|More|Good|Bad|Top|Modern|Hard|Old|New|Live|Local|World) (?:News|Times|Post|TV)$"
)
_LED_IN = re.compile(
    r"(?:Theo|Menurut|Laut|Selon|Según|Secondo|Segundo|Volgens|Według|Podle|Enligt|Ifølge|Potrivit|Per|Via|By)\s(?=\w+\s)"
)
_TOKEN = re.compile(r"\w+")
_JOINED_NAMES = re.compile(_JOINED)
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Named:
    """An outlet's name in a text."""

    start: int
    end: int
    name: str
    sure: bool
    """It is not also the name of something else."""
    known: bool = True
    """Not only a name of the kind that outlets have."""


def _by_first_word() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in _NAMES.replace("\n", "").split("|"):
        found[_TOKEN.findall(name)[0]].append(name)
    return {first: sorted(names, key=len, reverse=True) for first, names in found.items()}


_FIRST = _by_first_word()


def outlets_in(text: str) -> list[Named]:
    """In order, none within another."""
    found = sorted(_all_in(text), key=lambda n: (n.start, -n.end))
    kept: list[Named] = []
    for named in found:
        if not kept or named.start >= kept[-1].end:
            kept.append(named)
    return kept


def _all_in(text: str) -> Iterator[Named]:
    # most texts have none of the words with which names begin
    for token in _TOKEN.finditer(text) if not _FIRST.keys().isdisjoint(_TOKEN.findall(text)) else ():
        name = next((n for n in _FIRST.get(token[0], ()) if _stands(n, text, token.start())), "")
        if name:
            yield Named(token.start(), token.start() + len(name), name, name not in DOUBTFUL)
    if "." in text:
        for match in _ADDRESS.finditer(text):
            end = match[0].rpartition(".")[2]
            if end != end.lower() and not match[0].isupper():
                continue  # the end of a sentence, and the next without a blank
            yield Named(match.start(), match.end(), shown(match[0]), True)
    for match in _SAYS_SO.finditer(text):
        if _COMMON.match(match[0]):
            continue
        led = _LED_IN.match(match[0])
        start = match.start() + (led.end() if led else 0)
        yield Named(start, match.end(), text[start : match.end()], True, False)
    if _HAN.search(text):
        for match in _JOINED_NAMES.finditer(text):
            yield Named(match.start(), match.end(), match[0], True)


def _stands(name: str, text: str, start: int) -> bool:
    """Followed by nothing that makes it another word; a genitive after an apostrophe or a hyphen is an ending."""
    if not text.startswith(name, start):
        return False
    after = text[start + len(name) : start + len(name) + 2]
    return not (after[:1].isalnum() and not _HAN.match(after)) and not (after[:1] == "." and after[1:].isalnum())


def shown(name: str) -> str:
    """An address as outlets write it: `TRIBUNNEWS.COM` is a shout."""
    name = re.sub(r"^www\.", "", name, flags=re.IGNORECASE)
    return name.capitalize() if name.isupper() else name


def key_of(name: str) -> str:
    """What two spellings of one outlet's name share."""
    name = _ADDRESS_END.sub("", name.strip()) if _ADDRESS.fullmatch(name.strip()) else name
    key = re.sub(r"[\W_]+", "", re.sub(r"^(?:the|www)\b", "", name.lower().strip()))
    return _ALIASES.get(key, key)


_ALIASES: Final = {
    other: first
    for first, *others in (
        (
            "reuters",
            "thomsonreuters",
            "рейтер",
            "рейтерс",
            "رويترز",
            "रॉयटर्स",
            "ρόιτερς",
            "路透社",
            "路透",
            "ロイター",
            "로이터",
            "로이터통신",
        ),
        ("ap", "associatedpress", "apnews", "أسوشيتدبرس", "美联社", "美聯社", "ap通信", "ap통신"),
        ("afp", "agencefrancepresse", "فرانسبرس", "एएफपी", "法新社", "afp通信", "afp통신"),
        ("dpa", "deutschepresseagentur", "dpaafx"),
        ("apa", "austriapresseagentur"),
        ("bbc", "bbcnews", "бибиси", "बीबीसी", "بيبيسي", "英国广播公司"),
        ("cnn", "cnninternational", "سيإنإن"),
        ("dw", "deutschewelle"),
        ("efe", "agenciaefe"),
        ("lusa", "agêncialusa"),
        ("pap", "polskaagencjaprasowa"),
        ("anadolu", "aa", "anadoluagency", "anadoluajansı", "الأناضول"),
        ("tass", "itartass", "тасс", "塔斯社"),
        ("ria", "риановости", "риа", "rianovosti"),
        ("xinhua", "新华社", "新華社"),
        ("yonhap", "연합뉴스", "韩联社"),
        ("kyodo", "kyodonews", "共同通信", "共同社"),
        ("aljazeera", "الجزيرة"),
        ("nyt", "newyorktimes"),
        ("wsj", "wallstreetjournal"),
        ("pti", "presstrustofindia", "पीटीआई"),
    )
    for other in others
}
