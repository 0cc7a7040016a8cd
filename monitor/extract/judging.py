"""Which passages of a page are its article: each is judged by weights for what it is like and where it stands.

The weights were fitted (logistic regression) on article pages whose text was marked by hand; a weight says how much its
feature speaks for (or against) a passage.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.extract.passages import MARKS, Around, Passage, Span
from monitor.extract.weights import WEIGHTS

_ENDS = re.compile(r"[.!?…。！？।؟»”\"’)]\W*$")
_SENTENCE = re.compile(r"[.!?…。！？।؟]")
_WORD = re.compile(r"\w+")
ALSO = re.compile(
    r"^\W{0,4}(?:read (?:more|also|next|on)|see (?:also|more)|also (?:on|read|see)|watch|more (?:on|from|about|:)|"
    r"related|don.t miss|you may also|"
    r"baca (?:juga|selengkapnya|lainnya)|simak|lihat juga|artikel terkait|berita terkait|lire (?:aussi|la suite|"
    r"plus)|à lire|voir aussi|leer (?:más|también)|lea también|lee también|"
    r"te puede interesar|leggi (?:anche|tutto)|leia (?:também|mais)|veja (?:também|mais)|читайте (?:також|также)|"
    r"читать также|смотрите также|дивіться також|lesen sie|mehr (?:zum|dazu|aus|von|:)|lees (?:ook|meer)|"
    r"czytaj (?:też|także|więcej|również)|zobacz (?:też|także|również)|les også|læs også|läs (?:också|mer|även)|"
    r"lue (?:myös|lisää)|ayrıca okuyun|ilgili haber|čtěte (?:také|dále)|přečtěte|citiți și|citește și|διαβάστε|"
    r"đọc thêm|xem thêm|اقرأ أيضا|اقرأ أيضًا|बयान पढ़ें|यह भी पढ़ें|関連記事|相关|延伸阅读|관련기사|"
    r"recommended\b)",
    re.IGNORECASE,
)
_INVITES = re.compile(
    r"^\W{0,4}(?:sign up (?:for|to|now|here|below)|subscribe (?:to|now|here|for|today)|"
    r"follow (?:us\b|me on|@)|click here|"
    r"join (?:us on|our)|share (?:this|on)\b|filed under|leave a (?:reply|comment)|posted (?:in|by|on)\b|"
    r"(?:tags?|topics?|schlagwörter|schlagworte|mots-clés|etiquetas|kategori|kata kunci|теги|etiketler) ?:|"
    r"dapatkan (?:berita|informasi|update)|ikuti (?:kami|kanal|akun|berita|terus)|"
    r"simak berita|gabung (?:ke|di|dengan|grup)|"
    r"suscríb(?:ete|ase)|síguenos|inscrivez-vous|abonnez-vous|suivez-nous|jetzt (?:newsletter|abonnieren|anmelden)|"
    r"abonnieren sie|folgen sie (?:uns|unserem)|iscriviti|seguici|inscreva-se|receba (?:as|os|nossas?|notícias)|"
    r"siga (?:o|a|os|as|nossa?|nosso)\b|schrijf je in|volg ons|zapisz się|obserwuj nas|dołącz do|"
    r"підпи(?:шіться|суйтес[ья])|приєднуйтесь до|подпи(?:шитесь|сывайтесь)|присоединяйтесь к|abone ol|bizi takip|"
    r"اشترك في (?:النشرة|قناة)|تابعونا|تابعنا|đăng ký (?:nhận|kênh|theo)|theo dõi (?:chúng tôi|kênh|trang)|"
    r"关注我们|订阅|訂閱|メールマガジン|뉴스레터|구독하|prenumerera på|följ oss|tilaa uutiskirje|seuraa meitä|"
    r"abonează-te|"
    r"urmărește-ne|sledujte nás|odebírejte|iratkozz|εγγραφείτε|ακολουθήστε|"
    r"(?:advertisement|anzeige|werbung|iklan|publicidad|publicité|реклама|"
    r"reklama|reklam|pubblicità|إعلان|広告|광고|广告)\W*$)",
    re.IGNORECASE,
)
"""What asks the reader to do something is never the article."""
_LABEL = re.compile(r"\w\s?[:：]\s")
_PICTURED = re.compile(
    r"getty|reuters/|afp/|\bap photo|/ap\b|©|\(c\)|foto ?:|photo ?:|image ?:|picture ?:|bild ?:|shutterstock|"
    r"imago|unsplash|credit|photograph|"
    r"fotó:|фото|zdj|imagen|crédit|写真|사진|图片|ảnh:|صورة",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"^\W{0,3}(?:©|copyright|\(c\) )|all rights reserved|hak cipta|tous droits|alle rechte|todos los derechos|"
    r"todos os direitos|"
    r"tutti i diritti|все права|усі права|wszelkie prawa|tüm hakları|無断転載|版权|저작권|무단|bản quyền|حقوق",
    re.IGNORECASE,
)
_SIGNS = re.compile(
    r"^\W{0,3}(?i:by|por|par|von|oleh|door|av|af|przez|autor|author|penulis|editor|reporter|автор|текст|text|"
    r"tekst|di|yazan|laporan|source|"
    r"sumber|fuente|quelle|fonte|источник|джерело)\s?:?\s(?:[^\W\d_a-zа-яёіїєґ][\w.'’-]*[\s,|"
    r"]*){1,6}(?:[\W\d].{0,40})?$"
)
_DATED = re.compile(r"\b\d{1,2}[.:]\d{2}\b|\b(?:19|20)\d\d\b|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d[年월日]")
_APART = Around.CHROME | Around.CONTROL | Around.COMMENTS | Around.HIDDEN | Around.FOLDED
_TITLES = ("h1", "h2", "h3")
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_MARKS = tuple((bit, f"around {name}".lower(), f"near {name}".lower()) for name, bit in MARKS.items())
_BIAS = "bias"
_LAST = 300
"""Characters at the end of a passage in which its last mark is looked for."""
INVITES, RIGHTS, APART = "invites", "claims rights", "other article, apart"
_NEVER = (INVITES, RIGHTS, APART)
"""Too rare in what the weights were fitted on, and too plain to need a weight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the head of the page says of its article."""

    titles: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    body: str = ""
    """The text that the structured data give."""


def judged(passages: Sequence[Passage], spans: dict[int, Span], said: Said) -> list[float]:
    """For each passage the logarithm of the odds that it is the article's."""
    return [
        -math.inf if any(name in row for name in _NEVER) else sum(WEIGHTS.get(k, 0.0) * v for k, v in row.items())
        for row in features(passages, spans, said)
    ]


def bare(text: str) -> str:
    """The words alone, for comparing."""
    return " ".join(_WORD.findall(text.lower()))


@dataclass(slots=True)
class _Core:
    """The element that holds most of the running text, and what is usual in it."""

    home: int
    start: int
    end: int
    first: int
    last: int
    depth: int
    shape: str
    article: int
    article_start: int
    article_end: int
    strangers: frozenset[int]
    """Other articles on the page, which have headlines of their own."""
    around: int
    near: int
    top: int
    """Where the headline above it stands; -1 for none."""


def features(passages: Sequence[Passage], spans: dict[int, Span], said: Said) -> Iterator[dict[str, float]]:
    if not passages:
        return
    words = [bare(p.text) for p in passages]
    seen = Counter(words)
    titles = [t for t in map(bare, said.titles) if t]
    core = _core(passages, spans, _strangers(passages, words, spans, titles))
    told = [d for d in map(bare, said.descriptions) if len(d) > 40]
    body = bare(said.body)
    if len(body) <= 400 or len(body) <= 0.3 * sum(
        len(w) for w, p in zip(words, passages, strict=True) if p.home == core.home
    ):
        body = ""
    left = sum(p.home == core.home for p in passages)
    for i, (p, own) in enumerate(zip(passages, words, strict=True)):
        row = {_BIAS: 1.0}
        row.update(_of_itself(p, own))
        row.update(_of_place(i, p, core, passages))
        row.update(_of_head(i, own, core, titles, told, body, p))
        if p.home == core.home:
            if left <= 3:
                row["among the last"] = 1.0
            if left <= 4 and p.size < 100:
                row["short, among the last"] = 1.0
            left -= 1
        if seen[own] > 1:
            row["repeated"] = 1.0
        if seen[own] > 2:
            row["repeated often"] = 1.0
        odd, odd_near = p.around & ~core.around, p.near & ~core.near
        if odd:
            row.update((far, 1.0) for mark, far, _ in _MARKS if odd & mark)
        if odd_near:
            row.update((near, 1.0) for mark, _, near in _MARKS if odd_near & mark)
        yield row


def _core(passages: Sequence[Passage], spans: dict[int, Span], strangers: frozenset[int]) -> _Core:
    weight: dict[int, float] = defaultdict(float)
    for p in passages:
        size = p.size
        if size > 60 and p.linked < len(p.text) * 0.4 and _SENTENCE.search(p.text):
            factor = 0.1 if p.around & Around.HIDDEN else 0.3 if p.around & _APART else 1.0
            factor *= 0.2 if p.article in strangers else 1.0
            weight[p.home] += size * factor * (1.0 if p.tag in ("p", "div") else 0.7)
    home = max(weight, key=lambda h: weight[h]) if weight else 0
    span = spans.get(home)
    start, end = (span.start, span.end) if span else (0, len(passages))
    places = [i for i in range(start, end) if passages[i].home == home] or [0, len(passages) - 1]
    own = [passages[i] for i in places]
    total = sum(len(p.text) for p in own) / 2
    around = near = 0
    for mark in MARKS.values():
        if sum(len(p.text) for p in own if p.around & mark) > total:
            around |= mark
        if sum(len(p.text) for p in own if p.near & mark) > total:
            near |= mark
    shapes: Counter[str] = Counter()
    articles: Counter[int] = Counter()
    for p in own:
        shapes[p.shape] += len(p.text)
        articles[p.article] += len(p.text)
    first = places[0]
    article = articles.most_common(1)[0][0]
    whole = spans.get(article)
    return _Core(
        home=home, start=start, end=end, first=first, last=places[-1], depth=passages[first].depth,
        shape=shapes.most_common(1)[0][0], article=article,
        article_start=whole.start if whole else 0, article_end=whole.end if whole else len(passages),
        strangers=strangers, around=around, near=near,
        top=max((i for i, p in enumerate(passages[: first + 4]) if p.tag == "h1"), default=-1),
    )  # fmt: skip


def _strangers(passages: Sequence[Passage], words: Sequence[str], spans: dict[int, Span], titles: Sequence[str]
               ) -> frozenset[int]:  # fmt: skip
    """The articles of a page that begin with another headline than the page's."""
    found = set()
    for article in {p.article for p in passages} - {0}:
        if (span := spans.get(article)) is None:
            continue
        heads = [i for i in range(span.start, min(span.end, span.start + 8)) if passages[i].tag in _TITLES]
        if heads and not any(is_title(words[i], titles) for i in heads):
            first = passages[heads[0]]
            if first.tag == "h1" or first.linked >= 0.9 * len(first.text):
                found.add(article)
    return frozenset(found)


def _of_itself(p: Passage, words: str) -> dict[str, float]:
    size = p.size
    links = p.linked / len(p.text)
    row = {
        "length": math.log(1 + size) / 6,
        "links": links,
        "bold": p.bold / len(p.text),
        "sentences": min(len(_SENTENCE.findall(p.text)), 5) / 5,
    }
    also = bool(ALSO.match(p.text))
    heading = p.tag in _HEADINGS
    for name, holds in (
        ("over 80", size > 80),
        ("over 200", size > 200),
        ("under 25", size < 25),
        ("all link", links >= 0.9),
        ("ends as a sentence", bool(_ENDS.search(p.text[-_LAST:]))),
        ("ends with a colon", p.text.endswith((":", "："))),
        ("points elsewhere", also),
        (INVITES, size < 300 and (bool(_INVITES.match(p.text)) or (also and bool(_LABEL.search(p.text[:40]))))),
        ("points elsewhere, linked", also and links > 0.3),
        ("credits a picture", size < 200 and bool(_PICTURED.search(p.text))),
        ("dated", size < 60 and bool(_DATED.search(p.text))),
        (RIGHTS, size < 120 and bool(_RIGHTS.search(p.text))),
        ("signs", size < 100 and bool(_SIGNS.match(p.text))),
        ("capitals", p.text.isupper()),
        ("few words", words.count(" ") < 3),
        ("paragraph of links", links > 0.5 and p.tag == "p"),
        ("heading", heading),
        (f"tag {p.tag}", p.tag in ("p", "h1", "li", "tr", "div")),
        ("in a body", bool(p.around & Around.BODY)),
    ):
        if holds:
            row[name] = 1.0
    return row


def _of_place(i: int, p: Passage, core: _Core, passages: Sequence[Passage]) -> dict[str, float]:
    row = {
        "place": i / len(passages),
        "how far before": min(1.0, max(0.0, (core.first - i) / 20)),
        "how far after": min(1.0, max(0.0, (i - core.last) / 20)),
    }
    home = p.home == core.home
    alike = p.shape == core.shape and not home
    other = p.article not in (core.article, 0)
    inside = core.start <= i < core.end
    between = core.first <= i <= core.last
    after = i > core.last
    deeper = p.depth - core.depth
    beginning = home and i <= core.first + 1
    for name, holds in (
        ("in the core", home),
        ("like the core", alike),
        ("same article", p.article == core.article),
        ("other article", other),
        (APART, p.article in core.strangers and not core.article_start <= i < core.article_end),
        ("between", between),
        ("between, not in the core", between and not home),
        ("after", after),
        ("before", i < core.first),
        ("under the headline", 0 <= core.top < i < core.first),
        ("first of the core", beginning),
        ("first of the core, short", beginning and p.size < 60),
        ("within the core", inside),
        ("list within the core", inside and p.tag == "li" and deeper <= 1),
        ("just within the core", inside and not home and deeper <= 1),
        ("deep within the core", inside and deeper >= 3),
        ("like the core, other article", alike and other),
        ("like the core, between", alike and between),
        ("like the core, after", alike and after),
        ("announced list", inside and p.tag == "li" and i > 0 and passages[i - 1].text.endswith((":", "："))),
        ("quoted within the core", inside and bool(p.around & Around.QUOTE)),
        ("table within the core", inside and bool(p.around & Around.TABLE)),
        ("heading over the core",
         p.tag in _HEADINGS and i + 1 < len(passages) and passages[i + 1].home == core.home),
    ):  # fmt: skip
        if holds:
            row[name] = 1.0
    return row


def _of_head(i: int, words: str, core: _Core, titles: Sequence[str], told: Sequence[str], body: str, p: Passage
             ) -> dict[str, float]:  # fmt: skip
    row: dict[str, float] = {}
    if is_title(words, titles):
        row["the title"] = 1.0
        if i > core.first + 1:
            row["the title, late"] = 1.0
    if p.tag == "h1" and i <= core.first + 1:
        row["top heading"] = 1.0
    if len(words) > 40 and any(d[:100] == words[:100] or d[:60] == words[:60] for d in told):
        row["the description"] = 1.0
        if i < core.first:
            row["the description, before"] = 1.0
    if body:
        if words in body:
            row["in the data"] = 1.0
        else:
            row["not in the data"] = 1.0
            if len(p.text) > 60:
                row["not in the data, long"] = 1.0
    return row


def is_title(words: str, titles: Sequence[str]) -> bool:
    """Whether the words are one of the (bare) titles, or nearly."""
    own: set[str] = set()
    for title in titles:
        if words == title:
            return True
        if not (len(title) / 2 < len(words) < 2 * len(title)):
            continue
        if len(title) > 10 and (words in title or title in words):
            return True
        own = own or set(words.split())
        other = set(title.split())
        if len(own & other) > 0.7 * len(own | other):
            return True
    return False
