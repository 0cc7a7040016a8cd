"""Which entries were taken in before, under whatever name: pure decisions over keys that the store remembers.

An entry leaves keys of pairs of its features (guid and address, guid and headline, ...), because any single one lies in
some feed: guids that change with each fetch or hold the headline, one guid on all items, a guid used again for another
article, a live page whose posts share one address. Two features that agree rarely lie together.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

from monitor.core.model import Entry, Outline
from monitor.extract.identity import address_of, choose_recipe, tells_apart, uid

_NOT_LETTERS = re.compile(r"[\W_]+")
_DIGIT = re.compile(r"\d")
_COUNTED = (
    r"comments?|repl(?:y|ies)|views?|reads?|likes?|shares?|points?|votes?|reactions?|komentar|dibaca|suka"
    r"|comentarios?|comentários?|commentaires?|vues?|kommentare?|aufrufe?|commenti|yorum|комментари\w*|просмотр\w*|评论|阅读"
)
_COUNTERS = re.compile(
    rf"\b\d[\d.,]{{0,20}}\s?[km]?\s*(?:{_COUNTED})\b|\b(?:{_COUNTED})\s*[:(]\s*\d[\d.,]{{0,20}}", re.IGNORECASE
)


class Keys(NamedTuple):
    """Signed 64-bit numbers, the same on every machine; 0 where the entry lacks a feature."""

    guid_url: int = 0
    guid_title: int = 0
    guid_date: int = 0
    url: int = 0
    url_title: int = 0
    url_date: int = 0
    title_date: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """On the entries of one poll, in their order."""

    recipe: str
    """To be kept for the source."""
    is_new: tuple[bool, ...]
    """Neither on record nor given earlier in the same document."""
    same_as: tuple[int | None, ...]
    """The recorded item that an entry is; None for new ones and for repetitions of new ones."""


def keys_of(entry: Entry, source: str) -> Keys:
    guid = entry.guid.strip()
    url = address_of(entry)
    title = _letters(entry.title) or _letters(entry.text[:1000])
    date = str(int(entry.published.timestamp())) if entry.published else ""

    def key(name: str, *features: str) -> int:
        return _hash(source, name, *features) if all(features) else 0

    return Keys(
        guid_url=key("guid_url", guid, url),
        guid_title=key("guid_title", guid, title),
        guid_date=key("guid_date", guid, date),
        url=key("url", url),
        url_title=key("url_title", url, title),
        url_date=key("url_date", url, date),
        title_date=_hash(source, "title_date", title, date) if title else 0,
    )


def to_record(keys: Keys, recipe: str) -> tuple[int, ...]:
    """The keys that are worth remembering of an entry that was taken in, or that is on record under other keys. A guid
    that is not trusted leaves none: it may be another with each fetch."""
    wanted = keys if recipe == "guid" else keys[3:]
    return tuple(dict.fromkeys(key for key in wanted if key))


def names_of(entry: Entry, recipe: str) -> tuple[str, ...]:
    """The names that a new entry may have within its source, best first: the first that is still free is its own."""
    alone = f"!{_hash(entry.guid, entry.url, entry.title, entry.text, str(entry.published)):x}"
    return tuple(dict.fromkeys([uid(entry, recipe), uid(entry, "url"), uid(entry, "title"), alone]))


def judge(
    entries: Sequence[tuple[Entry, Keys]],
    recorded: Mapping[int, Sequence[int]],
    *,
    previous: str,
    document: Sequence[Entry | Outline] = (),
    unchanged: int = 0,
) -> Verdict:
    """`recorded` gives, for keys of the entries, the items that they were recorded for. `document` is everything that
    the document lists, where that is more than `entries`; `unchanged` of it are known to be as they were."""
    listed = document or [entry for entry, _ in entries]
    recipe = choose_recipe(listed, previous)
    shared = {guid for guid, count in Counter(e.guid.strip() for e in listed).items() if count > 1}
    urls_differ = tells_apart(listed, "url")
    known = [_Known(*(frozenset(recorded.get(key, ())) if key else _NONE for key in keys)) for _, keys in entries]
    by_recipe = [
        found.by(_basis(keys, recipe), guid_is_shared=entry.guid.strip() in shared)
        for (entry, keys), found in zip(entries, known, strict=True)
    ]
    for_sure = [
        _NONE if by_recipe[n] else found.surely(has_date=entry.published is not None, urls_differ=urls_differ)
        for n, ((entry, _), found) in enumerate(zip(entries, known, strict=True))
    ]
    alike = [
        _NONE if by_recipe[n] or for_sure[n] else found.url_title or found.title_date for n, found in enumerate(known)
    ]
    steady = unchanged + sum(map(bool, by_recipe))
    if not _most(sum(map(bool, alike)), steady + sum(map(bool, for_sure))):
        alike = [_NONE] * len(alike)
    renamed = sum(
        bool(entry.guid.strip() and (for_sure[n] or (alike[n] and known[n].url_title)))
        for n, (entry, _) in enumerate(entries)
    )
    if recipe == "guid" and _most(renamed, steady):
        recipe = choose_recipe(listed, "url")
    same_as = [by_recipe[n] or for_sure[n] or alike[n] for n in range(len(entries))]
    repeated = _repeated([keys for _, keys in entries], recipe)
    return Verdict(
        recipe=recipe,
        is_new=tuple(not found and n not in repeated for n, found in enumerate(same_as)),
        same_as=tuple(min(found) if found else None for found in same_as),
    )


def content_mark(title: str, text: str) -> int:
    """Of an article as a reader takes it in, without counters: another one means that it was edited."""
    return _hash(*(_letters(_COUNTERS.sub(" ", said) if _DIGIT.search(said) else said) for said in (title, text)))


_NONE: frozenset[int] = frozenset()


class _Known(NamedTuple):
    """The items on record under each of an entry's keys."""

    guid_url: frozenset[int]
    guid_title: frozenset[int]
    guid_date: frozenset[int]
    url: frozenset[int]
    url_title: frozenset[int]
    url_date: frozenset[int]
    title_date: frozenset[int]

    def by(self, basis: str, *, guid_is_shared: bool) -> frozenset[int]:
        """A guid is the same article's if something else agrees too: editors use guids again."""
        match basis:
            case "guid":
                return self.guid_url or self.guid_title or (_NONE if guid_is_shared else self.guid_date)
            case "url":
                return self.url
            case _:
                return self.title_date

    def surely(self, *, has_date: bool, urls_differ: bool) -> frozenset[int]:
        """The same article whatever the recipe says."""
        if not has_date:
            return _NONE
        return (self.url_title & self.title_date) or (self.url_date if urls_differ else _NONE)


def _most(some: int, others: int) -> bool:
    """If most of what a document lists seems new and is not, everything in it was renamed, by a move of the site or a
    habit of its software. One entry alone proves nothing: "Morning briefing" is another article each day."""
    return some >= 2 and some > others


def _basis(keys: Keys, recipe: str) -> str:
    """The recipe that holds for an entry that may lack the feature which its source goes by."""
    if recipe == "guid" and any(keys[:3]):
        return "guid"
    if keys.url and (recipe != "title" or not keys.title_date):
        return "url"
    return "title"


def _repeated(entries: Sequence[Keys], recipe: str) -> set[int]:
    """The places of entries that the document gave before."""
    given: set[int] = set()
    found = set()
    for n, keys in enumerate(entries):
        match _basis(keys, recipe):
            case "guid":
                own = {keys.guid_url, keys.guid_title} - {0}
            case "url":
                own = {keys.url}
            case _:
                own = {keys.title_date}
        if own & given:
            found.add(n)
        given |= own
    return found


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()


def _hash(*parts: str) -> int:
    digest = blake2b("\n".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
