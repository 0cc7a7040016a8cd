"""Which of an entry's features is its identity: chosen for each source from evidence, because GUIDs lie."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from monitor.core.model import Entry, Outline

RECIPES = ("guid", "url", "title")
"""In order of trust. Each falls back on the later ones for an entry that lacks the feature."""

_MAX = 255


def choose_recipe(entries: Sequence[Entry | Outline], previous: str = "") -> str:
    """The recipe in use stays until the document proves it wrong (it makes one of what are several articles)."""
    if not entries:
        return previous
    start = RECIPES.index(previous) if previous in RECIPES else 0
    for recipe in RECIPES[start:-1]:
        if tells_apart(entries, recipe, required=previous != recipe):
            return recipe
    return RECIPES[-1]


def uid(entry: Entry, recipe: str) -> str:
    """The entry's identity within its source: never '', at most 255 characters, the same on every machine."""
    if recipe == "guid" and entry.guid.strip():
        return _short("", entry.guid.strip())
    if recipe in ("guid", "url") and (entry.canonical_url or entry.url):
        return _short("", entry.canonical_url or entry.url)
    day = entry.published.isoformat() if entry.published else ""
    basis = f"{entry.title}\n{day}" if entry.title or day else f"{entry.url}\n{entry.text}"
    return _short("t:", basis, always=True)


def identities(entries: Sequence[Entry], recipe: str) -> list[str]:
    """One identity an entry, in order. Where the recipe gives one to several addresses, the later ones go by address,
    so that an editor's slip hides no article."""
    taken: dict[str, str] = {}
    found = []
    for entry in entries:
        name = uid(entry, recipe)
        address = entry.canonical_url or entry.url
        if taken.setdefault(name, address) != address:
            name = uid(entry, "url")
        found.append(name)
    return found


def _short(prefix: str, value: str, *, always: bool = False) -> str:
    if not always and len(value) <= _MAX and value.isprintable():
        return value
    return prefix + "sha256:" + hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def address_of(entry: Entry | Outline) -> str:
    """The address as far as it names an article; of an outline as it stands there, which is enough to tell entries of
    one document apart and costs nothing."""
    return (entry.canonical_url or entry.url) if isinstance(entry, Entry) else entry.url


def tells_apart(entries: Sequence[Entry | Outline], recipe: str, *, required: bool = False) -> bool:
    """Whether the feature is there for most entries (unless it is not `required`) and differs wherever the articles
    differ. The same entry given twice proves nothing."""
    by_guid = recipe == "guid"
    given = [entry.guid.strip() if by_guid else address_of(entry) for entry in entries]
    missing = given.count("")
    different = len({*given}) - bool(missing)
    if not different:
        return False
    shared = 0
    if missing + different < len(given):
        articles = {(value, entry.title, entry.url) for value, entry in zip(given, entries, strict=True) if value}
        shared = len(articles) - different
    total = shared + different
    # one wrong pair in a long document is a slip of an editor; a tenth is a habit
    if shared and (different == 1 or shared * 10 > total):
        return False
    return not required or missing * 2 <= len(entries)
