"""Names that other languages translate, none of which the tables were made for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.model import EntityId
from monitor.core.settings import EntitySettings
from monitor.matching import RuleMatcher, compile_rules
from monitor.matching.entities.concepts import all_concepts
from tests.unit.matching_help import item, rule

FORMS = """
Ministry of Agriculture | de | Das Landwirtschaftsministerium teilte mit
Ministry of Agriculture | pl | rzecznik Ministerstwa Rolnictwa
Ministry of Agriculture | ru | в Министерстве сельского хозяйства
Ministry of Agriculture | fr | le ministère de l'Agriculture
Ministry of Agriculture | es | el Ministerio de Agricultura
Ministry of Agriculture | cs | podle ministerstva zemědělství
Ministry of Agriculture | zh | 农业部表示
Ministry of Agriculture | id | Kementerian Pertanian mengatakan
Ministry of Finance of Estonia | ru | Министерство финансов Эстонии
Ministry of Finance of Estonia | de | das estnische Finanzministerium
Ministry of Finance of Estonia | pl | estońskie Ministerstwo Finansów
Ministry of Finance of Estonia | en | Estonia's Ministry of Finance
Bank of Latvia | ru | глава Банка Латвии
Bank of Latvia | pl | Bank Łotwy obniżył
Bank of Latvia | fr | la Banque de Lettonie
Parliament of Georgia | ru | парламент Грузии принял
Parliament of Georgia | de | das georgische Parlament
Parliament of Georgia | cs | gruzínský parlament
Parliament of Georgia | tr | Gürcistan Parlamentosu
Parliament of Georgia | zh | 格鲁吉亚议会
Serbian Government | ru | правительство Сербии
Serbian Government | pl | serbski rząd
Serbian Government | de | die serbische Regierung
Serbian Government | hu | a szerb kormány
Serbian Government | ar | الحكومة الصربية
Portuguese Air Force | es | la Fuerza Aérea de Portugal
Portuguese Air Force | fr | l'armée de l'air portugaise
University of Zagreb | de | an der Universität Zagreb
University of Zagreb | hr | Sveučilište u Zagrebu
University of Zagreb | ru | Загребский университет
Smithsonian Institute | ru | Смитсоновский институт
Max Planck Institute | ru | Институт имени Макса Планка
Max Planck Institute | pl | Instytut Maxa Plancka
Max Planck Institute | de | am Max-Planck-Institut
Max Planck Institute | cs | Institutu Maxe Plancka
Max Planck Institute | fr | l'institut Max Planck
Max Planck Institute | ja | マックス・プランク研究所
Norwegian Refugee Council | de | der Norwegische Flüchtlingsrat
Norwegian Refugee Council | ru | Норвежский совет по делам беженцев
Green Party | de | die Grüne Partei
Green Party | pl | Partia Zielonych
Green Party | ru | Партия зелёных
Communist Party of Portugal | es | el Partido Comunista de Portugal
Communist Party of Portugal | ru | Португальская коммунистическая партия
Communist Party of Portugal | pl | Portugalska Partia Komunistyczna
Kosovo War | de | der Kosovokrieg
Kosovo War | pl | wojna w Kosowie
Kosovo War | ru | война в Косово
Kosovo War | fr | la guerre du Kosovo
Korean War | de | im Koreakrieg
Korean War | pl | wojna koreańska
Korean War | ru | Корейская война
2019 Spanish General Election | es | las elecciones generales de España
Siege of Sarajevo | de | die Belagerung von Sarajevo
Siege of Sarajevo | pl | oblężenie Sarajewa
Siege of Sarajevo | ru | осада Сараева
Battle of Verdun | de | die Schlacht von Verdun
Battle of Verdun | fr | la bataille de Verdun
Battle of Verdun | pl | bitwa pod Verdun
Battle of Verdun | ru | битва при Вердене
Treaty of Tordesillas | es | el Tratado de Tordesillas
Treaty of Tordesillas | pl | traktat z Tordesillas
Treaty of Tordesillas | ru | Тордесильясский договор
Geneva Convention | de | die Genfer Konvention
Geneva Convention | fr | la convention de Genève
Geneva Convention | ru | Женевская конвенция
Geneva Convention | pl | konwencja genewska
Fukushima Disaster | fr | la catastrophe de Fukushima
Fukushima Disaster | de | die Fukushima-Katastrophe
Fukushima Disaster | pl | katastrofa w Fukushimie
Fukushima Disaster | ru | катастрофа на Фукусиме
Madrid Airport | es | el aeropuerto de Madrid
Madrid Airport | de | am Flughafen Madrid
Madrid Airport | ru | аэропорт Мадрида
Malmö Museum | sv | på Malmö museum
National Library of Norway | de | die norwegische Nationalbibliothek
National Library of Norway | ru | Национальная библиотека Норвегии
National Bank of Serbia | ru | Национальный банк Сербии
National Bank of Serbia | pl | Narodowy Bank Serbii
National Bank of Serbia | de | die serbische Nationalbank
Supreme Court of Kenya | fr | la Cour suprême du Kenya
Supreme Court of Kenya | ru | Верховный суд Кении
Supreme Court of Kenya | pl | Sąd Najwyższy Kenii
Supreme Court of Kenya | zh | 肯尼亚最高法院
Supreme Court of Kenya | es | la Corte Suprema de Kenia
Constitutional Court of Moldova | ru | Конституционный суд Молдавии
Constitutional Court of Moldova | fr | la Cour constitutionnelle de Moldavie
International Labour Conference | fr | la Conférence internationale du travail
International Labour Conference | es | la Conferencia Internacional del Trabajo
World Tourism Organization | de | die Welttourismusorganisation
World Tourism Organization | pl | Światowa Organizacja Turystyki
World Tourism Organization | ru | Всемирная туристская организация
World Tourism Organization | fr | l'Organisation mondiale du tourisme
World Tourism Organization | zh | 世界旅游组织
European Space Agency | de | die Europäische Weltraumorganisation ESA und die Europäische Raumfahrtagentur
European Space Agency | fr | l'Agence spatiale européenne
European Space Agency | ru | Европейское космическое агентство
European Space Agency | pl | Europejska Agencja Kosmiczna
European Space Agency | es | la Agencia Espacial Europea
African Development Bank | fr | la Banque africaine de développement
African Development Bank | es | el Banco Africano de Desarrollo
African Development Bank | de | die Afrikanische Entwicklungsbank
African Development Bank | ru | Африканский банк развития
Министерство обороны Казахстана | en | Kazakhstan's Ministry of Defence
Министерство обороны Казахстана | de | das kasachische Verteidigungsministerium
Bundesverband der Imker | de | der Bundesverband der Imker
Ministère de la Santé | es | el Ministerio de Sanidad
Ministère de la Santé | de | das Gesundheitsministerium
Landwirtschaftsministerium | en | the Ministry of Agriculture said
Swedish Academy | de | die Schwedische Akademie
Swedish Academy | sv | Svenska Akademien
Swedish Academy | ru | Шведская академия
Swedish Academy | pl | Akademia Szwedzka
Turkish Football Federation | de | der türkische Fußballverband
Turkish Football Federation | pl | Turecka Federacja Piłkarska
Turkish Football Federation | ru | Турецкая федерация футбола
Turkish Football Federation | tr | Türkiye Futbol Federasyonu
"""

FALSE = """
Ministry of Agriculture | en | The Ministry of Justice and the Agriculture Council
Bank of Latvia | ru | Банк Литвы
Parliament of Georgia | en | The Parliament in London. Georgia voted later.
Serbian Government | en | The Serbian press said the French Government fell
Supreme Court of Kenya | en | the Supreme Court of Uganda
Max Planck Institute | en | Planck was born in Kiel, where an institute stands
Battle of Verdun | fr | la ville de Verdun sans bataille
Green Party | en | a green party dress
Korean War | en | Korean firms and the war elsewhere
World Tourism Organization | en | World Health Organization
African Development Bank | en | Asian Development Bank
European Space Agency | en | the Swedish Space Agency
Democratic Party | en | The Social Democratic Party won
Kosovo War | en | the Vietnam War
National Bank of Serbia | en | the National Bank of Poland
Geneva Convention | en | Vienna Convention
University of Zagreb | en | University of Split
"""


def _rows(table: str) -> list[tuple[str, str, str]]:
    rows = [tuple(part.strip() for part in line.split("|")) for line in table.strip().splitlines()]
    return [(name, language, text) for name, language, text in rows]


def _matcher(name: str, *aliases: str) -> RuleMatcher:
    return compile_rules([rule("e", "entity:e")], [EntitySettings(id=EntityId("e"), name=name, aliases=aliases)], {})


def _found(name: str, text: str, language: str = "", title: str = "") -> list[str]:
    return [h.surface for m in _matcher(name).match(item(text, title, language=language)) for h in m.hits]


@pytest.mark.parametrize(("name", "language", "text"), _rows(FORMS))
def test_a_name_is_found_as_it_is_translated(name: str, language: str, text: str) -> None:
    assert _found(name, text, language)


@pytest.mark.parametrize(("name", "language", "text"), _rows(FALSE))
def test_other_words_that_say_nearly_the_same_are_not_it(name: str, language: str, text: str) -> None:
    assert _found(name, text, language) == []


@pytest.mark.parametrize(
    ("name", "language", "text", "surface"),
    [
        ("World Meteorological Organization (WMO)", "en", "The WMO said", "WMO"),
        (
            "WMO World Meteorological Organization",
            "en",
            "The World Meteorological Organization",
            "World Meteorological",
        ),
        ("Green Party UK", "en", "The Green Party gained", "Green Party"),
        ("Acme Widgets GmbH", "en", "Acme Widgets grew", "Acme Widgets"),
        ("The Acme Courier", "en", "told Acme Courier today", "Acme Courier"),
        ("АО Сибирский мост", "ru", "компания Сибирский мост", "Сибирский мост"),
        ("Norwegian Pension Fund", "en", "Norway's pension fund", "Norway's pension fund"),
        ("Brandt and Sons", "en", "Brandt & Sons closed", "Brandt & Sons"),
        ("Acme.com", "en", "Shares of Acme fell", "Acme"),
        ("World Wheat Council", "en", "the WWC said", "WWC"),
        ("XQZP", "en", "members of X.Q.Z.P. met", "X.Q.Z.P"),
    ],
)
def test_what_need_not_be_there_may_be_missing(name: str, language: str, text: str, surface: str) -> None:
    assert any(surface in found for found in _found(name, text, language))


@pytest.mark.parametrize(
    ("name", "text", "is_found"),
    [
        ("Bright Star 2", "Bright Star 2 flew", True),
        ("Bright Star 2", "Bright Star-2 flew", True),
        ("Bright Star 2", "Bright Star II flew", True),
        ("Bright Star 2", "Bright Star 3 flew", False),
        ("Bright Star 2", "Bright Star flew", False),
        ("Bright Star 1", "Bright Star flew", True),
        ("Bright Star 1", "Bright Star 2 flew", False),
        ("F-35", "two F-35 jets", True),
        ("F-35", "two F-16 jets", False),
    ],
)
def test_numbers_tell_things_apart(name: str, text: str, *, is_found: bool) -> None:
    assert bool(_found(name, text, "en")) is is_found


def test_a_body_of_a_country_goes_by_its_short_name_where_the_country_is_near() -> None:
    name = "Supreme Court of Kenya"
    assert "Supreme Court" in _found(name, "Kenya voted. On Monday the Supreme Court ruled.", "en")
    assert not _found(name, "On Monday the Supreme Court ruled.", "en")
    assert "Supreme Court" not in _found(name, "Kenya voted. The Supreme Court of Uganda ruled.", "en")


def test_a_word_that_comes_apart_in_countless_ways_is_read_all_the_same() -> None:
    _, table = all_concepts()
    assert len(table.analyse("당국" * 30)) == 30


def test_an_acronym_in_brackets_behind_the_name_stands_for_it_in_that_item() -> None:
    text = "Всемирная организация туризма (ВОТ) и другие. Позже ВОТ объявила."
    assert _found("World Organization of Tourism", text, "ru").count("ВОТ") == 2
    assert not _found("World Organization of Tourism", "Позже ВОТ объявила.", "ru")


_TEXT = (
    "Ministry of Health Europe's Bank Суд банка Верховный Kenya (KB) . , 2 world 世界 银行 보건부 وزارة l'Europe - U.S."
)
_WORDS = st.sampled_from([*_TEXT.split(), "Gesundheitsministeriums", "\n"])


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["Supreme Court of Kenya", "Ministry of Health", "World Bank", "世界银行", "Nile 2", "U.S. Navy"]),
    st.one_of(st.text(), st.lists(_WORDS).map(" ".join)),
    st.sampled_from(["", "en", "ru", "de", "zh", "ko"]),
)
def test_hits_stand_where_they_say(name: str, text: str, language: str) -> None:
    for match in _matcher(name).match(item(text, language=language)):
        for hit in match.hits:
            assert hit.surface
            assert text[hit.start : hit.end] == hit.surface


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(min_size=1), st.lists(_WORDS, min_size=1).map(" ".join)))
def test_any_name_can_be_read(name: str) -> None:
    assert isinstance(_found(name, f"x {name} y"), list)


@pytest.mark.parametrize(
    ("name", "text", "language", "is_found"),
    [
        ("Kingdom of Norway", "Норвегия подписала договор", "ru", True),
        ("Republic of Moldova", "Mołdawia podpisała umowę", "pl", True),
        ("Grand Duchy of Luxembourg", "ルクセンブルク政府", "ja", True),
        ("Republic of China", "中国政府宣布", "zh", False),
        ("People's Republic of China", "中国政府宣布", "zh", True),
        ("Ohio State", "выборы в Огайо", "ru", True),
        ("UAE United Arab Emirates", "Об'єднані Арабські Емірати оголосили", "uk", True),
    ],
)
def test_a_country_is_found_without_its_style(name: str, text: str, language: str, is_found: bool) -> None:
    entity = EntitySettings(id=EntityId("e"), name=name)
    matcher = compile_rules([rule("e", "entity:e")], [entity], {})
    assert bool(matcher.match(item(text, language=language))) is is_found
