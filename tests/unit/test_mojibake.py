from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.model import Document
from monitor.extract.feeds import parse_feed
from monitor.text.mojibake import untangled
from monitor.text.plain import headline, plain_text

TEXTS = [
    "Cosa è successo? È «vero»",
    "Le café d’Élysée – déjà vu… « oui »",
    "Grüße aus Köln, Straße „Ä“, Kürbis für fünf",
    "Привет, мир: переговоры в Женеве",
    "Главы МИД «СССР» встретились",
    "Україна чекає – її війна",
    "Żółć i łódź ęąść",
    "İstanbul’da ağır kayıp",
    "Úžasné Čeští hráči",
    "Não é só AMANHÃ: “Ação”",
    "العربية الجديدة",
    "首相が辞任へ",
    "中国总统访问",
    "한국 대통령 방문",
    "Σήμερα στην Αθήνα",
    "tin tức Việt Nam – ĐÀ NẴNG",
]
ODD = [
    "CAFÉ»",
    "« LIBERTÉ” »",
    "AMANHÃ” é feriado",
    "MAÇÃ…",
    "IRMÃ» «PAIXÃO»",
    "Il a chanté…”",
    "ŠKODA “Š”",
    "ÉCOLE° 5£ 10€",
    "Ø² og “Å”",
    "Рјечник и Сіль і Рівне",
    "РЎ",
    "Ñ… y Ó»",
    "50 Â",
    "Ã",
    "naïve façade – 20 °C",
]


def misread(text: str, codec: str) -> str:
    """What a program makes of UTF-8 that takes it for `codec`; what the code page lacks comes through."""
    return "".join(
        chr(byte) if (char := bytes([byte]).decode(codec, "replace")) == "\ufffd" else char for byte in text.encode()
    )


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
def test_what_was_encoded_twice_is_put_right(text: str, codec: str) -> None:
    assert untangled(misread(text, codec)) == text


@pytest.mark.parametrize("text", TEXTS)
def test_what_was_encoded_three_times_is_put_right(text: str) -> None:
    assert untangled(misread(misread(text, "cp1252"), "cp1252")) == text


@pytest.mark.parametrize("text", [t for t in TEXTS if "\u0400" < t[0] < "\u0500"])
@pytest.mark.parametrize("codec", ["cp1251", "cp1250"])
def test_cyrillic_taken_for_another_code_page_is_put_right(text: str, codec: str) -> None:
    assert untangled(misread(text, codec)) == text


@pytest.mark.parametrize("text", [*TEXTS, *ODD])
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert untangled(text) == text


def test_only_the_part_that_was_encoded_twice_changes() -> None:
    assert untangled("Zürich: CafÃ© „Odeonâ€œ öffnet") == "Zürich: Café „Odeon“ öffnet"


def test_titles_and_texts_are_put_right_before_blanks_and_controls_go() -> None:
    assert headline(misread("Il est parti à “Nice”", "cp1252")) == "Il est parti à “Nice”"
    assert headline("Caf&Atilde;&copy;") == "Café"
    assert plain_text(f"<p>{misread('Martín dijo: “no”', 'cp1252')}</p>") == "Martín dijo: “no”"


def test_a_feed_that_was_encoded_twice_reads_like_the_sound_one() -> None:
    sound = "<rss><channel><title>Журнал</title>" + "".join(
        f"<item><title>{t}</title><link>https://outlet.example/{n}</link></item>" for n, t in enumerate(TEXTS)
    )
    sound += "</channel></rss>"
    for codec in ("cp1252", "latin-1"):
        document = parse_feed(misread(sound, codec).encode())
        assert isinstance(document, Document)
        assert document.title == "Журнал"
        assert [e.title for e in document.entries] == TEXTS


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_no_text_breaks_the_repair(text: str) -> None:
    assert len(untangled(text)) <= len(text)


words = st.text(
    alphabet="abcdefghijklmnopqrstuvwxyzäöüéèàçñåøłśžčășțđğıабвгдежзийклмнопрстуфхцчшщъыьэюяіїє ’–", max_size=60
)


@given(words)
def test_lower_case_words_of_europe_are_left_alone(text: str) -> None:
    assert untangled(text) == text
