"""Whom an article credits: the table of what outlets write, and of what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.model import Credit, CreditKind
from monitor.extract.credit import credits_of, merged, without_signatures

OWN = ("Warta Senja", "senja.example")
K = CreditKind


def strongest(text: str, **more: str) -> tuple[str, str, CreditKind | None]:
    found = credits_of(text, OWN, **more)  # type: ignore[arg-type]  # keywords of the function
    return (found[0].outlet, found[0].reporter, found[0].how) if found else ("", "", None)


@pytest.mark.parametrize(
    ("text", "outlet", "reporter", "how"),
    [
        ("TRIBUNNEWS.COM - Presiden menelepon pemimpin.", "Tribunnews.com", "", K.DATELINE),
        ("TRIBUNNEWS.COM, JENEWA – Menteri luar negeri bertemu.", "Tribunnews.com", "", K.DATELINE),
        ("JAKARTA, KOMPAS.com - Presiden menelepon.", "KOMPAS.com", "", K.DATELINE),
        ("TRIBUNNEWS.COM, Andari Wulan Nugrahani - Presiden menelepon.", "Tribunnews.com", "Andari Wulan Nugrahani",
         K.DATELINE),
        ("KOMPAS.com, Budi Santoso – Presiden menelepon.", "KOMPAS.com", "Budi Santoso", K.DATELINE),
        ("TRIBUNNEWS.COM, JAKARTA - Presiden menelepon.", "Tribunnews.com", "", K.DATELINE),
        ("TRIBUNNEWS.COM, Kuala Lumpur - Presiden menelepon.", "Tribunnews.com", "", K.DATELINE),
        ("KOMPAS.com, Jawa Barat - Presiden menelepon.", "KOMPAS.com", "", K.DATELINE),
        ("Laporan Wartawan Tribunnews.com, Ana Wulan Sari\nTRIBUNNEWS.COM - X.", "Tribunnews.com", "Ana Wulan Sari",
         K.DATELINE),
        ("Tribunnews.com, Ana Wulan Sari\nPresiden menelepon.", "Tribunnews.com", "Ana Wulan Sari", K.BYLINE),
        ("Presiden.\nArtikel ini telah tayang di Tribunnews.com dengan judul X, Penulis: Sari Dewi | Editor: Budi",
         "Tribunnews.com", "Sari Dewi", K.REPOSTED),
        ("Artikel ini telah tayang di Warta Teluk dengan judul Air Bersih.", "Warta Teluk", "", K.REPOSTED),
        ("Presiden menelepon, dilansir CNN, Kamis (13/2).", "CNN", "", K.CITED),
        ("Presiden menelepon, dikutip dari Al Jazeera, Kamis.", "Al Jazeera", "", K.CITED),
        ("Presiden menelepon.\nSumber: Kompas.com", "Kompas.com", "", K.SOURCE),
        ("Presiden menelepon.\n(Antara)", "Antara", "", K.BRACKETED),
        ("SEOUL (Reuters) - The president said.", "Reuters", "", K.DATELINE),
        ("By Jane Doe, Associated Press\nThe president said.", "Associated Press", "Jane Doe", K.BYLINE),
        ("The president called. Reuters contributed to this report.", "Reuters", "", K.CONTRIBUTED),
        ("\"I'm fine,\" she told Reuters on Monday.", "Reuters", "", K.CITED),
        ("This article was first published by Evening Wire.", "Evening Wire", "", K.REPOSTED),
        ("Madrid, 5 mar (EFE).- El presidente dijo este jueves que sí.", "EFE", "", K.DATELINE),
        ("El presidente llamó, según Reuters, el jueves.", "Reuters", "", K.CITED),
        ("Con información de AFP.", "AFP", "", K.CONTRIBUTED),
        ("O presidente disse à Lusa que sim.", "Lusa", "", K.CITED),
        ("(ANSA) - ROMA, 5 MAR - Il presidente ha detto che", "ANSA", "", K.DATELINE),
        ("Secondo quanto riporta l'ANSA il presidente", "ANSA", "", K.CITED),
        ("Le président l'a dit, rapporte l'AFP, jeudi.", "AFP", "", K.CITED),
        ("Le président l'a dit.\nUne ligne.\nFin du texte (avec AFP)", "AFP", "", K.BRACKETED),
        ("Berlin (dpa/lnw) - Der Präsident hat am Donnerstag gesagt", "dpa", "", K.DATELINE),
        ("Alles sei gut. So die Nachrichtenagentur Reuters.", "Reuters", "", K.CITED),
        ("De president zei dat, meldt persbureau Reuters.", "Reuters", "", K.CITED),
        ("Президент позвонил, сообщает РИА Новости.", "РИА Новости", "", K.CITED),
        ("МОСКВА, 5 июн — РИА Новости. Президент сказал.", "РИА Новости", "", K.DATELINE),
        ("МОСКВА, 5 июня. /ТАСС/. Президент сказал, что приедет.", "ТАСС", "", K.DATELINE),
        ("По материалам Reuters", "Reuters", "", K.CONTRIBUTED),
        ("Як повідомляє Укрінформ, президент", "Укрінформ", "", K.CITED),
        ("Prezydent powiedział to, podaje Reuters.", "Reuters", "", K.CITED),
        ("Podle agentury Reuters prezident", "Reuters", "", K.CITED),
        ("Potrivit Agerpres, președintele", "Agerpres", "", K.CITED),
        ("Az elnök ezt mondta – írja a Reuters.", "Reuters", "", K.CITED),
        ("Ο πρόεδρος είπε, σύμφωνα με το Reuters", "Reuters", "", K.CITED),
        ("ISTANBUL (AA) - Cumhurbaşkanı perşembe günü dedi", "AA", "", K.DATELINE),
        ("Başkan dedi. Reuters'ın haberine göre durum iyi.", "Reuters", "", K.CITED),
        ("القاهرة (رويترز) - قال الرئيس يوم الخميس إن", "رويترز", "", K.DATELINE),
        ("وقال الرئيس، بحسب رويترز، إن", "رويترز", "", K.CITED),
        ("राष्ट्रपति ने कहा, रॉयटर्स के मुताबिक", "रॉयटर्स", "", K.CITED),
        ("Hà Nội (TTXVN) - Tổng thống nói hôm thứ năm rằng", "TTXVN", "", K.DATELINE),
        ("Tổng thống nói vậy, theo Reuters.", "Reuters", "", K.CITED),
        ("新华社北京3月5日电 总统说", "新华社", "", K.DATELINE),
        ("據路透社報導，總統說", "路透社", "", K.CITED),
        ("ロイターによると、大統領は", "ロイター", "", K.CITED),
        ("(서울=연합뉴스) 김철수 기자 = 대통령은 목요일에 말했다", "연합뉴스", "", K.DATELINE),
        ("연합뉴스에 따르면 대통령은", "연합뉴스", "", K.CITED),
        ("Presidentti sanoi niin, kertoo Reuters.", "Reuters", "", K.CITED),
        ("Presidenten sa det, skriver Aftenposten.", "Aftenposten", "", K.CITED),
    ],
)  # fmt: skip
def test_outlet_reporter_and_the_way_of_crediting_are_told(
    text: str, outlet: str, reporter: str, how: CreditKind
) -> None:
    assert strongest(text) == (outlet, reporter, how)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "JAKARTA - Presiden menelepon.",
        "Laut Merkel ist alles gut.",
        "According to Mr Smith all is well.",
        "Menurut Menteri Keuangan, harga turun.",
        "Warta Senja - dilansir Warta Senja sendiri.",
        "Fuente: Banco Mundial",
        "The Sun rises. The Times they are changing.",
        "CNN is a channel that I like, and BBC too.",
        "Prezydent powiedział, podaje PAP.",
        "Bild: dpa",
        "Write to ana@kompas.com or see https://tribunnews.com/page.",
        "He moved to Reuters Street and married in Tempo.",
        "The study was published in the Nutrition Journal on Monday.",
        "Read the Breaking News according to plan.",
    ],
)
def test_nobody_is_credited_without_need(text: str) -> None:
    assert credits_of(text, OWN) == ()


@pytest.mark.parametrize(
    ("own", "text"),
    [
        (("AP News", "apnews.example"), "GENEVA (AP) — The president said on Monday that he would come."),
        (("DW", "dw.example"), "Deutsche Welle berichtet. Laut Deutsche Welle ist alles gut."),
        (("BBC News", "bbc.example"), "The minister told the BBC on Monday that he would stay."),
        (("Tribun Jateng", "jateng.tribunnews.example"), "TRIBUNJATENG.COM - Presiden menelepon."),
        (("Kleine Zeitung", ""), "Das sagte sie der Kleinen Zeitung, so die Kleinen Zeitung am Montag."),
    ],
)  # fmt: skip
def test_an_outlet_does_not_credit_itself(own: tuple[str, ...], text: str) -> None:
    assert credits_of(text, own) == ()


def test_an_agency_is_one_outlet_under_all_its_names_and_origin_beats_citation() -> None:
    found = credits_of(
        "GENEVA (AP) — It rains.\nThe mayor told The Associated Press so, and Reuters reported it too.", OWN
    )
    assert [(c.outlet, c.how, c.is_origin) for c in found] == [("AP", K.DATELINE, True), ("Reuters", K.CITED, False)]


def test_the_author_of_a_page_may_be_an_agency() -> None:
    assert strongest("It rains.", author="Jane Doe, Associated Press") == ("Associated Press", "Jane Doe", K.BYLINE)
    assert strongest("It rains.", author="Jane Doe") == ("", "", None)


def test_short_lines_beside_the_text_are_read_and_captions_are_not_credits() -> None:
    found = credits_of("Hujan turun.", OWN, notes=("Tribunnews.com, Satria Nugraha", "Foto: (AFP)"))
    assert [str(c) for c in found] == ["Tribunnews.com, Satria Nugraha"]


def test_lines_that_only_say_whose_the_article_is_are_no_part_of_it() -> None:
    lines = ["Laporan Wartawan Tribunnews.com, Ana Wulan", "TRIBUNNEWS.COM - Hujan turun di kota.", "Sumber: Antara"]
    assert without_signatures(lines) == ("TRIBUNNEWS.COM - Hujan turun di kota.",)
    assert without_signatures(lines[2:]) == ("Sumber: Antara",)


def test_credits_of_several_pages_are_joined_each_outlet_once() -> None:
    one = Credit(outlet="AP", how=K.CITED)
    assert merged((one,), (Credit(outlet="Associated Press", how=K.DATELINE), Credit(outlet="AFP", how=K.SOURCE))) == (
        Credit(outlet="Associated Press", how=K.DATELINE),
        Credit(outlet="AFP", how=K.SOURCE),
    )


def test_the_display_form_names_outlet_and_reporter() -> None:
    (found,) = credits_of("Tribunnews.com, Ana Wulan\nHujan turun.", ("Warta Senja",))
    assert str(found) == "Tribunnews.com, Ana Wulan"


WORDS = st.sampled_from(
    ["Reuters", "AFP", "according to", "(", ")", "-", "–", ",", "Sumber:", "By", "kompas.com", "said", "新华社", "據",
     "Ana", "Artikel ini telah tayang di", "this article first appeared in", "\n", " ", ".", "/", "[", "رويترز", "بحسب"]
)  # fmt: skip


@given(st.lists(st.one_of(WORDS, st.text(max_size=12)), max_size=60))
def test_any_text_can_be_asked(parts: list[str]) -> None:
    text = " ".join(parts)
    for credit in credits_of(text, OWN, author=text[:300], notes=(text,)):
        assert credit.outlet
        assert credit.outlet.casefold() in text.casefold().replace("www.", "") or credit.how is K.REPOSTED
