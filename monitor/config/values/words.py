"""Ids, priorities and languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from monitor.config.values.plain import as_text, bad, show, suggest
from monitor.core.model import Priority
from monitor.core.settings import Breadth, Edits, EntityKind, Updates

E = TypeVar("E", bound=StrEnum)

ID = r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,63}"


def as_id(value: object) -> str:
    text = as_text(value, "an id")
    if not re.fullmatch(ID, text):
        shown = show(value) if len(text) < 60 else "this"
        raise bad(
            f"{shown} is not an id",
            "write up to 64 letters (a-z), digits, '-', '_' and '.', beginning with a letter, digit or '_'",
        )
    return text


def _one_of(
    choices: type[E], value: object, noun: str, complaint: str, meant: Mapping[str, str] = MappingProxyType({})
) -> E:
    """`noun`: what belongs here. `meant`: other words for the choices."""
    text = as_text(value, noun).strip()
    try:
        return choices(text.lower())
    except ValueError:
        pass
    names = [choice.value for choice in choices]
    guess = suggest(text, names) or meant.get(text.lower())
    raise bad(
        f"{show(value)} {complaint}",
        (f"did you mean '{guess}'? " if guess else "") + f"write {', '.join(names[:-1])} or {names[-1]}",
    )


def as_priority(value: object) -> Priority:
    meant = {"high": "urgent", "critical": "urgent", "medium": "normal"}
    return _one_of(Priority, value, "a priority", "is not a priority", meant)


def as_breadth(value: object) -> Breadth:
    return _one_of(Breadth, value, "how much is one story", "does not say how much is one story")


def as_updates(value: object) -> Updates:
    if value is False:
        return Updates.NONE
    return _one_of(Updates, value, "what becomes of a story's messages", "says nothing of updates")


def as_edits(value: object) -> Edits:
    return _one_of(Edits, value, "what becomes of edited articles", "says nothing of edited articles")


_KINDS = {"people": "person", "organization": "organisation", "org": "organisation", "company": "organisation",
          "country": "place", "city": "place", "location": "place", "acronym": "organisation"}  # fmt: skip


def as_entity_kind(value: object) -> EntityKind:
    return _one_of(EntityKind, value, "a kind of entity", "is not a kind of entity", _KINDS)


def as_wikidata(value: object) -> str:
    text = as_text(value, "an item of Wikidata").strip()
    found = re.fullmatch(r"(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/)?([Qq][1-9][0-9]{0,11})", text)
    if found is None:
        raise bad(
            f"{show(value)} is not an item of Wikidata", "write the Q and the number of its page, such as Q3874799"
        )
    return found[1].upper()


_LANGUAGES = frozenset(
    re.findall(
        "[a-z]{2}",
        "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de "
        "dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id "
        "ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu "
        "lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu "
        "rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to "
        "tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu",
    )
)
_MISTAKEN = dict(
    re.findall(
        r"(\w+)=(\w+)",
        "cn=zh cz=cs dk=da gr=el in=id ir=fa iw=he jp=ja ua=uk vn=vi english=en indonesian=id indonesia=id russian=ru "
        "arabic=ar chinese=zh ukrainian=uk german=de french=fr spanish=es japanese=ja korean=ko malay=ms",
    )
)


def as_language(value: object) -> str:
    text = as_text(value, "a language").strip().lower().replace("_", "-")
    first = text.split("-")[0]
    if re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{1,8})*", text) and (len(first) == 3 or first in _LANGUAGES):
        return text
    guess = _MISTAKEN.get(first)
    raise bad(
        f"{show(value)} is not the code of a language",
        f"did you mean '{guess}'?" if guess else "write its ISO 639 code, such as id, en, ru or zh",
    )
