"""All invented pages: each layout in a few languages and forms of address."""

from __future__ import annotations

from types import ModuleType

from tests.quality.listings import journals, newspapers, nothing
from tests.quality.listings.sheet import FORMS, WORDS, Layout, Page, Sheet

LANGUAGES = tuple(WORDS)


def layouts(module: ModuleType) -> dict[str, Layout]:
    return {
        name: f
        for name, f in vars(module).items()
        if callable(f) and not name.startswith("_") and f.__module__ == module.__name__
    }


def pages(modules: tuple[ModuleType, ...] = (journals, newspapers), each: int = 3) -> list[Page]:
    """`each` languages for every layout, so chosen that all languages meet all kinds."""
    made = []
    for place, (name, layout) in enumerate(x for m in modules for x in layouts(m).items()):
        for turn in range(each):
            sheet = Sheet(
                lang=LANGUAGES[(place * each + turn) % len(LANGUAGES)],
                name=name,
                form=FORMS[(place + turn) % len(FORMS)],
                host=("senja.example", "www.morgenruf.example", "news.bluewave.co.example")[turn % 3],
                path=("/", "/news/", "/latest")[(place + turn) % 3],
            )
            made.append(sheet.page(layout(sheet)))
    return made


def barren(each: int = 3) -> list[Page]:
    return pages((nothing,), each)
