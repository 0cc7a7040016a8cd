"""Most of a text is not read, and most of what is read is not compared: nothing is missed for it."""

from __future__ import annotations

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
NAMES = [
    "Tarvo Lindqvist", "Oksana Verenko", "Мирослав Гордиенко", "Kim Dae-sung", "Pope Clement XV", "King Rudolf II",
    "bitcoin", "World Wheat Council", "Norwegian Seafood Council", "Fiji", "Niger", "Guinea", "UNESCO", "OPEC",
    "Acme Robotics", "Brandt & Sons", "ليلى الشريف", "강민서", "山田花子", "Iris O'Hanlon", "Ruth", "Falcon 9",
    "Ministry of Health", "สมชาย ใจดี", "γενική τράπεζα",
]
FORMS = [
    *NAMES, "Lindqvist", "Lindqvists", "Линдквист", "Линдквиста", "لیندکویست", "リンドクヴィスト", "林德奎斯特",
    "Verenko", "Верéнко", "Веренком", "Verenkos", "Gordienko", "Hordiyenko", "Хордиенко", "Dae-sung", "김대성", "김", "Clement",
    "Clemens XV.", "Rudolf", "Bitcoin", "биткоин", "Fidschi", "Фиджи", "斐济", "Nigeria", "Nigers", "Guinea-Bissau",
    "Papua New Guinea", "Папуа", "ЮНЕСКО", "联合国教科文组织", "OPEK", "أوبك", "وليلى", "الشريف", "Kang Min-seo",
    "강민서가", "O’Hanlon", "OHanlon", "Ohanlon", "Rut", "Руфь", "falcon", "Falcon-9", "health", "Gesundheitsministerium", "saúde",
    "Ministério da", "Министерство", "здравоохранения", "สมชาย", "Somchai", "τράπεζα", "Jr.", "Mr", "President", "von",
    "Street", "a", "the", "of", "and", "The", "(WWC)", "WWC", "wheat", "council", "Council", "world", "Brandt", "Sons",
    "говорит", "сказал", "said", "和", "总统", "です", "و", "12", "-", "…", "Oksanа", "WORLD", "NEWS", "TODAY",
    "x" * 50,
]
# fmt: on
GAPS = [" ", " ", " ", " ", "\n", ". ", ", ", "-", "", "’", " " * 30, " (", "·", "。", ") "]
LANGUAGES = ["", "en", "de", "ru", "uk", "pl", "sr", "ar", "zh", "ja", "ko", "th", "fi", "vi", "xx", "pt-BR"]

_PADDING = st.sampled_from(["", "", "lorem ipsum dolor sit amet " * 12, "слово за словом " * 15, "说的是" * 60])
_TEXT = st.lists(st.tuples(st.sampled_from(FORMS), st.sampled_from(GAPS)), max_size=12).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)
_TEXTS = st.lists(st.one_of(_TEXT, _PADDING, st.text(max_size=30)), min_size=1, max_size=4).map("".join)
_NAMES = st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True).map(tuple)


class _Everything(Pieces):
    """All of every text, and nothing remembered."""

    def stretches(self, text: str, language: str) -> list[tuple[int, int]]:
        return [(0, len(text))]

    def memory(self, language: str) -> Memory:
        return Memory()


@cache
def _finder(names: tuple[str, ...], pieces: type[Pieces]) -> EntityFinder:
    entities = [EntitySettings(id=EntityId(f"e{i}"), name=name) for i, name in enumerate(names)]
    return EntityFinder(entities, range(len(entities)), pieces)


@settings(max_examples=400, deadline=None)
@given(_NAMES, _TEXTS, _TEXTS, st.sampled_from(LANGUAGES))
def test_reading_some_of_a_text_finds_what_reading_all_of_it_finds(
    names: tuple[str, ...], title: str, text: str, language: str
) -> None:
    texts = {Field.TITLE: fold(title), Field.TEXT: fold(text)}
    everything = _finder(names, _Everything).find(texts, language)
    assert _finder(names, Pieces).find(texts, language) == everything
    assert _finder(names, Pieces).find(texts, language) == everything  # Of pieces that are known by now.


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


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([*FORMS, *NAMES]), st.booleans()), min_size=1, max_size=5, unique=True),
    st.sampled_from(FORMS),
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
