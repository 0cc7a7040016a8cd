"""What languages put behind a name, so that Зеленского is taken for Zelensky and Зеленская, his wife, is not.

Three lists for a language: behind a consonant; in place of a final vowel (-a, -o); in place of a final -i/-y of a name that
is an adjective. Feminine endings of family names are absent on purpose.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from monitor.text.scripts import Script
from monitor.text.transliteration import readings


@dataclass(frozen=True, slots=True)
class Endings:
    """As sounds."""

    consonant: frozenset[str]
    vowel: frozenset[str]
    adjective: frozenset[str]
    behind: frozenset[str]
    """Behind a vowel that stays."""


_TABLES: dict[tuple[str, ...], tuple[str, str, str]] = {
    ("pl",): ("a owi em iem ie u y i ów om ami ach owie owa", "y ę ą o ie i e om a owi ii ię", "iego iemu im ego emu ym ie"),
    ("cs", "sk"): (
        "a ovi em u e i y ův ova ovo ovy ovych ovým ovými ové ům ou om ovia mi ovej ovu om ov ech och ami ách",
        "y ě u ou o e i ovi em a om ův ova ovi ich ami ách ie",
        "eho emu ým ém ými ho mu m ého ému iho imu im ím",
    ),
    ("sl", "hr", "bs", "sr", "mk"): (
        "a u o om em e i ov ova ovo ove ovi ovih ovim ovem ovega ovemu ev eva evo eve evi evih evem evega ju ja jem jev jeva jevo jevi jevih om u ima ih",
        "e o i u om em in ina ino ine ini inih a ov ova ovo ovi ove ih ama",
        "ega emu im em i og ga om oga ome jev jeva jevo jevi jevih jevem jevega ijev ijeva ijevo ijevi ijem ija iju ja ju",
    ),
    ("lv",): ("s a am u ā os i iem us", "s as ai u ā am ām", "is a am u ā ja jam ju im i"),
    ("lt",): ("as o ui ą u e is io iui į iu yje us aus ai", "os ai ą oje a ų", "is io iui į iu yje s"),
    ("fi",): (
        "in ia ille illa ilta iin issa ista iksi ina ien ista ia ikin n a",
        "n a ta lle lla lta an en in on un han hin hun ssa sta ksi na kin ien ja ia",
        "n a in ta lle lla lta hin ssa sta ksi na ia",
    ),
    ("et",): ("i ile ilt il iga ist isse is iks ini ina ita it id ide e", "t le lt l ga st sse s ks ni na ta d de", "t le lt l ga st sse s ks ni d"),
    ("hu",): (
        "t et ot at ot nak nek ban ben ba be bol ből ból tól től ról ről ra re val vel hoz hez höz nál nél on en ön ért ig é ék ul ek ok ak kal kel tel tal"
        " nel nal pel pal mel mal lel lal sal sel del dal rel ral gal gel bal bel nek ként i",
        "t nak nek ban ben ba be bol ből ból tól től ról ről ra re val vel hoz hez höz nál nél n ért ig é ék k i",
        "t nak nek ban ben ba be ből ból tól től ról ről ra re val vel hoz hez höz nál nél n ért ig é ék t k",
    ),
    ("tr", "az", "tk", "uz"): (
        "in ın un ün e a i ı u ü de da te ta den dan ten tan le la nin nı ye ya dir dır ler lar",
        "nin nın nun nün ye ya yi yı yu yü de da den dan yle yla n ni nı nu nü lar ler",
        "nin nın ye ya yi de da den dan yle n ni dir",
    ),
    ("sq",): ("i it in n ut u s ve", "s n ja je së në", "t n s u"),
    ("eu",): ("ek en i k a ren rekin", "k ren ri rekin n", "k ren ri rekin n"),
    ("ro",): ("ul ului u lui", "i ei", "ului ul"),
    ("de", "nl", "sv", "da", "no", "nb", "nn", "is", "lb", "af"): ("s es en", "s", "s"),
    ("id", "ms"): ("nya lah pun", "nya lah pun", "nya lah pun"),
}  # fmt: skip
_CYRILLIC: dict[tuple[str, ...], tuple[str, str, str]] = {
    ("ru",): ("а у ом ем е ы и ов ам ами ах ю я ев", "ы у е ой ою и ей", "ого ому им ом ий ые ых его ему ем"),
    ("uk",): (
        "а у ові ом ем еві і и ю я єві єм ів ами ам ах ою",
        "и і у ою о ою ю єю ку ові ом",
        "ого ому им ім ій ою ії і ю єм ієм",
    ),
    ("be",): ("а у ам ом ем е ы і ю я аў ем", "ы у е ай ою і", "ага аму ім ым ага"),
    ("bg",): ("а ът я ов овия", "та", "я"),
    ("mk", "sr"): ("а у ом ем е и ов ова ово ови ових от", "е о и у ом ин ина та", "ог ом им ја ју јем јев јева јево јеви јевим"),
    ("kk", "ky", "tt", "mn"): ("ның нің ға ге қа ке ды ді ты ті да де дан ден тан тен мен пен", "ның нің ға ге ны ні да де дан ден мен", "дің ға ге ді да де дан ден мен"),
}  # fmt: skip
_GREEK = {("el",): ("", "ς ν", "ς")}
_PARTICLES = "은 는 이 가 을 를 의 에 도 와 과 로 으로 에서 에게 부터 까지 만 보다 이라 라 인 란 측 씨 께서 이나 나 이며 며 처럼 대통령 총리"
_OTHER = {
    Script.GEORGIAN: ("ი მა მ ს ის ით ად თან ში ზე მ ისა", "მ ს ს ით თან ში ზე", "მ ს ის ით თან ში ზე"),
    Script.ARMENIAN: ("ի ին ը ն ից ով ում", "ի ին ն յի յին ից ով ում", "ի ին ն ու ուն ից ով"),
    Script.HANGUL: (_PARTICLES, _PARTICLES, _PARTICLES),
}


_BEHIND = frozenset("fi et hu tr az tk uz eu id ms kk ky tt mn ko ka hy de nl sv da no nb nn is lb af en ro sq".split())
"""Languages that put their endings behind a vowel, where others put them in its place."""

_USUAL = frozenset("pl cs sl fi ru uk el".split())


def _sounds(words: str) -> frozenset[str]:
    return frozenset(s for word in words.split() for s in readings(word))


@cache
def endings_of(script: Script, language: str) -> Endings:
    """For a language that is not known, or has no list, those of the languages of its script that inflect names much."""
    table = {Script.LATIN: _TABLES, Script.CYRILLIC: _CYRILLIC, Script.GREEK: _GREEK}.get(script)
    rows: list[tuple[str, tuple[str, str, str]]]
    if table is None:
        rows = [("ko", _OTHER[script])] if script in _OTHER else []
    else:
        rows = [(languages[0], row) for languages, row in table.items() if language in languages]
        if not rows and (not language or script is not Script.LATIN):
            rows = [(languages[0], row) for languages, row in table.items() if languages[0] in _USUAL]
        if not rows:
            rows = [("en", ("s", "s", "s"))]
    consonant, vowel, adjective, behind = set[str](), set[str](), set[str](), set[str]()
    for code, row in rows:
        consonant |= _sounds(row[0])
        if code in _BEHIND:
            behind |= _sounds(row[1]) | _sounds(row[2])
        else:
            vowel |= _sounds(row[1])
            adjective |= _sounds(row[2])
    return Endings(
        consonant=frozenset(consonant),
        vowel=frozenset(vowel),
        adjective=frozenset(adjective),
        behind=frozenset(behind),
    )
