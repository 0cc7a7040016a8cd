"""Most of a text is not read, and most of what is read is not compared: nothing is missed for it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.model import EntityId, Field
from monitor.core.settings import EntitySettings
from monitor.matching.entities import EntityFinder
from monitor.matching.entities.parts import Part, PartIndex
from monitor.matching.entities.pieces import Memory, Pieces
from monitor.matching.entities.profiles import BITS, Profile, profile_of, profile_of_name
from monitor.matching.entities.sounds import prefix_distances
from monitor.text.folding import fold
from monitor.text.scripts import CASED, Script, script_of
from monitor.text.tokens import runs

# fmt: off
FORMS = {
    "Tarvo Lindqvist": ["Lindqvist", "Lindqvists", "Тарво Линдквиста", "لیندکویست",
        "リンドクヴィスト", "林德奎斯特", "Mr Lindqvist"],
    "Oksana Verenko": ["Verenko", "Верéнко", "Оксаной Веренко", "Oksanа Verenko", "Verenko, Oksana", "VERENKO"],
    "Мирослав Гордиенко": ["Myroslav Hordiyenko", "Gordienko", "gordienko", "Hordienko Jr.", "Гордиенко"],
    "Kim Dae-sung": ["김대성", "Dae-sung", "Kim Dae Sung", "Kim", "金大成"],
    "Iris Maud Carla Hanlon": ["Iris Maud van der Hanlon", "Iris M. C. Hanlon",
        "Hanlon, Iris", "Ms Hanlon", "Maud Hanlon"],
    "Jiří Šimánek": ["Šimánek", "Šimánkovi", "Jiřího Šimánka", "Шиманек", "Simanek", "ŠIMÁNEK", "šimánek"],
    "Ürün Çelik": ["Çelik", "Çelik'in", "Ürün Çelikin", "Челик", "Celik", "çelik"],
    "Iris O'Hanlon": ["O’Hanlon", "Iris OHanlon", "Ohanlon", "O'Hanlon's"],
    "Pope Clement XV": ["Papst Clemens der XV.", "papa Clemente", "Clement", "Климент XV", "Clement XIV"],
    "King Rudolf II": ["Rudolf II", "král Rudolf", "King Rudolf", "Rudolf Moreau"],
    "bitcoin": ["Bitcoin", "bitcoins", "биткоина", "bitcoin-backed"],
    "gorvin pact": [
        "pacts of gorvin", "pact of gorvin", "merrow of zint", "gorvin river pact", "Gorvin-Pact", "gorvin 3 pact",
    ],
    "World Wheat Council": ["World Wheat Council (WWC)", "WWC", "World Council of Wheat",
        "Weltweizenrat", "world wheat"],
    "Norwegian Seafood Council": ["Council for Norwegian Seafood", "Norges sjømatråd", "Norwegian Council"],
    "Senate of Norway": ["senate", "Norwegian senate", "Norway", "Norges senat",
        "the Senate in Oslo", "Swedish Senate"],
    "Ministry of Health": ["ministère de la santé", "Министерства здравоохранения",
        "Gesundheitsministerium", "保健省", "卫生部"],
    "Guinea": ["Papua New Guinea", "Guinea-Bissau", "Гвинее", "几内亚", "巴布亚新几内亚", "Guineas", "กินี"],
    "Niger": ["Nigeria", "Nigers", "Niger River", "Нигера", "النيجر", "尼日尔"],
    "UNESCO": ["ЮНЕСКО", "Unesco", "联合国教科文组织", "اليونسكو", "U.N.E.S.C.O."],
    "Falcon 9": ["Falcon-9", "Falcon IX", "Falcon Heavy", "falcon 9"],
    "Brandt & Sons": ["Brandt", "Brandt and Sons", "Sons"],
    "ليلى الشريف": ["وليلى الشريف", "الشريف", "Layla Al-Sharif", "Лейла Шариф"],
    "강민서": ["강민서가", "Kang Min-seo", "kangminso", "Кан Мин Со"],
    "山田花子": ["山田花子氏", "Yamada Hanako"],
    "สมชาย ใจดี": ["สมชาย", "Somchai Jaidee", "นายสมชายใจดี"],
}
FILLERS = [
    "lorem", "ipsum", "dolor", "sit", "amet", "слово", "рядом", "стоит", "Word", "beside",
    "a", "the", "of", "The", "и", "和",
    "说的是", "です", "و", "12", "-", "…", "WORLD", "NEWS", "TODAY", "Street", "President", "von", "x" * 50,
]
# fmt: on
NAMES = list(FORMS)
GAPS = [*[" "] * 12, "\n", ". ", ", ", "-", "", "’", " " * 30, " (", "·", "。", ") "]
LANGUAGES = ["", "en", "de", "ru", "uk", "pl", "sr", "ar", "zh", "ja", "ko", "th", "fi", "vi", "xx", "pt-BR"]
PADDING = ["", "", "lorem ipsum dolor sit amet " * 12, "слово за словом " * 15, "说的是" * 60]


def _text(chance: random.Random, names: Sequence[str]) -> str:
    """With names in it and what is like them, far apart or close together."""
    like = [form for name in names for form in (name, *FORMS[name])]
    parts: list[str] = []
    for _ in range(chance.randint(0, 3)):
        for _ in range(chance.randint(0, 12)):
            parts += chance.choice(chance.choice((like, FILLERS, FILLERS))), chance.choice(GAPS)
        parts.append(chance.choice(PADDING))
    return "".join(parts)


class _Everything(Pieces):
    """All of every text, and nothing remembered."""

    def stretches(self, text: str, language: str) -> list[tuple[int, int]]:
        return [(0, len(text))]

    def memory(self, language: str) -> Memory:
        return Memory()


@cache
def _finder(names: tuple[str, ...], pieces: type[Pieces]) -> EntityFinder:
    known = {"gorvin pact": ("merrow of zint", "gorvin river pact")}
    entities = [
        EntitySettings(id=EntityId(f"e{i}"), name=name, known=known.get(name, ())) for i, name in enumerate(names)
    ]
    return EntityFinder(entities, range(len(entities)), pieces)


def _finds_the_same(names: tuple[str, ...], language: str, *texts: str) -> None:
    given = dict(zip((Field.TITLE, Field.TEXT), map(fold, texts), strict=True))
    everything = _finder(names, _Everything).find(given, language)
    assert _finder(names, Pieces).find(given, language) == everything
    assert _finder(names, Pieces).find(given, language) == everything  # Of pieces that are known by now.


@settings(max_examples=1_500, deadline=None)
@given(st.integers(0, 2**64))
def test_reading_some_of_a_text_finds_what_reading_all_of_it_finds(seed: int) -> None:
    chance = random.Random(seed)
    names = tuple(sorted(chance.sample(NAMES, chance.randint(1, 2))))
    _finds_the_same(names, chance.choice(LANGUAGES), _text(chance, names), _text(chance, names))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(NAMES), st.sampled_from(LANGUAGES), st.text(max_size=40), st.text(max_size=40))
def test_reading_some_of_any_text_finds_what_reading_all_of_it_finds(
    name: str, language: str, before: str, behind: str
) -> None:
    _finds_the_same((name,), language, before + name + behind, behind + " " + name)


_SOUNDS = st.text("".join(BITS), min_size=1, max_size=9)
_PROFILES = st.sampled_from(list(Script)).flatmap(
    lambda script: st.sampled_from([p for p in (profile_of(script), profile_of_name(script)) if p is not None])
)
_LIMITS = st.sampled_from([0.06, 0.1, 0.19, 0.35, 0.475, 0.71, 1.0, 1.3])


@st.composite
def _alike(draw: st.DrawFn) -> tuple[str, str]:
    """A name, and what may be left of it."""
    name = draw(_SOUNDS)
    heard = list(name)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(heard)))
        heard[at : at + draw(st.integers(0, 1))] = draw(st.text("".join(BITS), max_size=1))
    return name, "".join(heard) + draw(st.sampled_from(["", "a", "om", "skij"]))


@settings(max_examples=500, deadline=None)
@given(_alike(), _PROFILES, _LIMITS)
def test_the_band_of_a_comparison_has_all_that_is_near(words: tuple[str, str], profile: Profile, limit: float) -> None:
    name, heard = words
    near = prefix_distances(name, heard, profile, limit)
    assert near == [(n, d) for n, d in enumerate(_distances(name, heard, profile)) if n and d <= limit]
    if near:
        assert not profile.has_to_be_heard(name, limit) & ~profile.heard_as(heard)


def _distances(name: str, heard: str, profile: Profile) -> list[float]:
    """The whole table, row by row."""
    row = [0.0]
    for sound in heard:
        row.append(row[-1] + profile.gain.get(sound, 1.0))
    for mine in name:
        costs = profile.costs.get(mine, {mine: 0.0})
        above, row = row, [row[0] + profile.loss.get(mine, 1.0)]
        for index, sound in enumerate(heard):
            row.append(
                min(
                    above[index] + costs.get(sound, 1.0),
                    above[index + 1] + profile.loss.get(mine, 1.0),
                    row[index] + profile.gain.get(sound, 1.0),
                )
            )
    return row


_ALL = [form for name in NAMES for form in (name, *FORMS[name])]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(_ALL), st.booleans()), min_size=1, max_size=5, unique=True),
    st.sampled_from(_ALL),
    st.sampled_from(LANGUAGES),
)
def test_a_word_that_cannot_be_a_part_is_none(parts: list[tuple[str, bool]], text: str, language: str) -> None:
    index = PartIndex()
    for word, listed in parts:
        for start, end, _ in runs(word):
            index.add(Part(word[start:end], listed))
    for start, end, script in runs(text):
        word = text[start:end].lower()
        if script in CASED and script_of(word[0]) is script and not index.may_be_heard(fold(word).text, language):
            assert index.hear(word, script, language) == ()
