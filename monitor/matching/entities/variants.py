"""A typed name without what writers leave out: legal forms, The, an acronym beside its long form, a country behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.matching.entities import gazetteer, territories
from monitor.matching.entities.lexicon import ORGANISATION, given_names, words
from monitor.matching.entities.meaning import FUNCTION
from monitor.matching.entities.senses import means_something
from monitor.text.folding import fold_text
from monitor.text.scripts import script_of

_LEGAL_FORMS = (
    "inc|incorporated|corp|co|ltd|limited|llc|llp|lp|plc|ag|se|sa|spa|nv|bv|gmbh|mbh|kg|kgaa|ohg|ab|as|asa|a/s|oyj|oy"
    "|aps|ojsc|cjsc|pjsc|jsc|oao|ooo|zao|pao|ооо|оао|пао|зао|ао|тов|пат|ад|еад|оод|kft|zrt|nyrt|rt|sro|doo|sarl|sas|srl"
    r"|sl|pte|pty|bhd|sdn|tbk|pt|kk|akg|s\.r\.o|a\.s|d\.o\.o|d\.d|s\.a\.r\.l|s\.r\.l|s\.p\.a|s\.l|s\.a|s\.e|b\.v|n\.v"
    r"|l\.l\.c|l\.p|l\.l\.p|p\.l\.c|g\.m\.b\.h|k\.k|n\.a|a\.ş|sp\. ?z ?o\. ?o|aktiengesellschaft|aktiebolag"
    "|gesellschaft mit beschränkter haftung|anonim şirketi|(?:public )?limited(?: liability)? company"
    "|(?:open |public )?joint[ -]stock company"
)
_LEGAL_BEHIND = re.compile(rf"[\s,]+(?:&\s*)?\(?(?P<form>{_LEGAL_FORMS})\.?\)?\Z", re.IGNORECASE)
_LEGAL_BEFORE = re.compile(
    r"\A(?P<form>OJSC|CJSC|PJSC|JSC|OAO|OOO|ZAO|PAO|PT|ООО|ОАО|ПАО|ЗАО|АО|ТОВ|ПАТ"
    r"|(?:(?:Open|Public|Closed) )?Joint Stock Company|Limited Liability Company)\.?\s+(?=\S)"
)
_ARTICLE = re.compile(r"\A(?:the)\s+(?=\S+)", re.IGNORECASE)
_COUNTRY_CODE = re.compile(r"[\s,]+\(?(?:UK|U\.K\.|GB|US|USA|U\.S\.|U\.S\.A\.|EU|[A-Z]{2})\)?\Z")
_DOMAIN = re.compile(r"(?<=\w)\.(?:com|org|net|io|co)\Z", re.IGNORECASE)
_ACRONYM = r"[^\W\d_a-z](?:[^\W\d_a-z][^\W\d_]{0,6}|[^\W\d_][^\W\d_a-z])"
_CODE = re.compile(r"(?=[A-Z])(?=\S*\d)[A-Za-z\d-]{6,}\Z")
"""What has a name beside it, mostly a medicine: BNT162b2 Tozinameran."""
_BEHIND = re.compile(rf"\A(?P<long>.+?)\s*[(,\-–—]?\s*\b(?P<short>{_ACRONYM})\)?\Z")
_BEFORE = re.compile(rf"\A(?P<short>{_ACRONYM})\s*[(,:\-–—]?\s*(?P<long>\S.*?)\)?\Z")
_KINDS = words(
    """
    group agency company corporation holding holdings website site newspaper magazine channel app initiative ngo
    network brand platform airline airlines newswire pipeline vaccine political
    gruppe agentur konzern gmbh groupe agence société grupo agencia empresa gruppo agenzia grupa agencja firma skupina
    agentura společnost группа агентство компания концерн група агенція компанія
    """
)
_COMPANY = words(
    """
    corporation company group holding holdings motor motors industries technologies technology systems enterprises
    international global
    """
)
"""Words behind the name of a company that it goes without."""
_CORPORATE = frozenset(("corporation", "holdings", "holding"))
"""Those that say that what stands before them is a name, though nothing lists it."""
_STYLE = re.compile(
    r"\A(?:kingdom|sultanate|emirate|principality|grand duchy|(?:[a-z']+ )?republic|federation) of (?:the )?(?=\S)",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"\s+(?:US |U\.S\. )?(?:state|province|oblast|county|prefecture|region)\Z", re.IGNORECASE)
_LEAST_KIND_NAME = 3
_LEAST_OWN_NAME = 5
_LONGEST_MIXED, _LEAST_CAPITALS = 6, 3


def variants(text: str) -> Iterator[str]:
    """The name, and the names that are the same without what need not be there."""
    todo, seen = [" ".join(text.split())], set[str]()
    while todo:
        name = todo.pop(0)
        if name in seen or not any(c.isalpha() for c in name):
            continue
        seen.add(name)
        bare = _without_legal_form(name)
        if bare != name:
            todo.append(bare)
            continue
        yield name
        todo += _shorter(name)


def _without_legal_form(name: str) -> str:
    bare = name
    for pattern in (_LEGAL_BEHIND, _LEGAL_BEFORE):
        match = pattern.search(bare)
        if match is None or (len(match["form"]) == 2 and not match["form"].isupper() and match["form"] != "Co"):
            continue  # Short ones are names too, unless in capitals.
        less = bare[: match.start()] + bare[match.end() :]
        if len([c for c in less if c.isalpha()]) >= 2:
            bare = less
    return bare.rstrip(" ,")


def _shorter(name: str) -> Iterator[str]:
    domain = _DOMAIN.search(name)
    if domain is not None:
        yield name[: domain.start()]
        return
    article = _ARTICLE.match(name)
    if article is not None and len(name) - article.end() > 3:
        yield name[article.end() :]
    for pattern in (_BEHIND, _BEFORE):
        match = pattern.match(name)
        if match is not None and (
            _are_initials(match["short"], match["long"])
            or _is_foreign_acronym(match["short"], match["long"])
            or _are_one_thing(match["short"], match["long"])
        ):
            yield match["long"]
            yield match["short"]
            return
        if match is not None and territories.code_of(match["long"]):
            yield match["long"]
            return
    place = _place(name)
    if place:
        yield place
        return
    code = _COUNTRY_CODE.search(name)
    if code is not None and _is_country(code[0]) and not name.isupper() and " " in name[: code.start()]:
        yield name[: code.start()]
        return
    yield from _without_company(name)
    parts = name.split()
    if len(parts) == 2 and any(_CODE.match(part) for part in parts):
        yield from parts
    while len(parts) > 2 and parts[-1].lower() == "party" and parts[-2].lower() == "political":
        parts = parts[:-1]
    is_beside_kind = 2 <= len(parts) <= 3 and fold_text(parts[-1]) in _KINDS
    if is_beside_kind and all(map(_is_coined, parts[:-1])) and gazetteer.shipped().row_of(name) is None:
        yield " ".join(parts[:-1])


def _without_company(name: str) -> Iterator[str]:
    """Toyota Motor and Toyota of Toyota Motor Corporation; not General of General Motors."""
    listed = gazetteer.shipped().row_of(name)
    bare, behind = name, list[str]()
    while listed is None and " " in bare and fold_text(bare.rpartition(" ")[2]) in _COMPANY:
        bare, _, last = bare.rpartition(" ")
        behind.append(fold_text(last))
        row = gazetteer.shipped().row_of(bare)
        if (row is not None and row.kind == "company") or (_CORPORATE.issuperset(behind) and _is_name_of_its_own(bare)):
            yield bare


def _is_name_of_its_own(word: str) -> bool:
    """Whether a word says nothing else: no place, no given name, no word that names are made of."""
    return (
        word.isalpha()
        and len(word) >= _LEAST_OWN_NAME
        and gazetteer.shipped().row_of(word) is None
        and not territories.code_of(word)
        and fold_text(word) not in given_names()
        and fold_text(word) not in ORGANISATION
        and not means_something(word, "en")
        and not means_something(word, "en", country=True)
    )


def _place(name: str) -> str:
    """Bahrain of Kingdom of Bahrain, Ohio of Ohio State; '' for what is no place."""
    style = _STYLE.match(name)
    if style is not None:
        rest = name[style.end() :]
        # The Republic of China is another than China.
        return rest if territories.code_of(rest) not in ("", "CN") or "people" in style[0].lower() else ""
    level = _LEVEL.search(name)
    row = gazetteer.shipped().row_of(name[: level.start()]) if level is not None else None
    if level is not None and row is not None and row.kind == "region":
        return name[: level.start()]
    place, _, country = name.rpartition(" ")  # Kaliningrad Russia.
    row = gazetteer.shipped().row_of(place) if territories.code_of(country) else None
    return place if row is not None and row.kind in ("city", "region", "island") else ""


def _is_country(code: str) -> bool:
    letters = "".join(c for c in code if c.isalpha())
    return letters in ("UK", "USA", "EU") or letters in territories.usual_names()


def initials(name: str) -> str:
    """Of the words of a name in capitals; '' when a word that says something has none."""
    typed = [w for w in re.findall(r"[^\W\d_]+", name) if fold_text(w) not in FUNCTION]
    if not typed or any(not w[0].isupper() or w.isupper() for w in typed):
        return ""
    return "".join(w[0] for w in typed)


def _are_initials(short: str, long: str) -> bool:
    """Of nearly all of the words that say something, in their order."""
    if len(long.split()) < 2 or script_of(short[0]) is not script_of(long[0]):
        return False
    typed = re.findall(r"[^\W\d_]+", long)
    letters = [fold_text(w)[:1] for w in typed if fold_text(w) not in FUNCTION or w[0].isupper()]
    wanted = fold_text(short)
    at = missed = 0
    for letter in wanted:
        try:
            at = letters.index(letter, at) + 1
        except ValueError:
            missed += 1
    return missed <= (1 if len(wanted) > 3 else 0) and len(letters) <= len(wanted) + 1


def _is_foreign_acronym(short: str, long: str) -> bool:
    """Of a name that is translated beside it: PiS, Law and Justice."""
    capitals = sum(c.isupper() for c in short)
    longest = _LONGEST_MIXED if capitals >= _LEAST_CAPITALS else _LONGEST_MIXED - 2
    mixed = 2 <= capitals < len(short) <= longest
    return mixed and any(fold_text(w) in FUNCTION for w in long.split())


def _are_one_thing(short: str, long: str) -> bool:
    """GDR, East Germany: both are forms of one row."""
    row = gazetteer.shipped().row_of(long)
    return row is not None and short in row.forms


def _is_coined(word: str) -> bool:
    """A word that is a name by itself: in capitals, or with a capital inside."""
    return len(word) >= _LEAST_KIND_NAME and (word.isupper() or any(c.isupper() for c in word[1:]))
