"""A user's templates, tried on samples of everything that they will meet, for `monitor check`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path

from jinja2 import TemplateError, meta

from monitor.core.errors import Problem
from monitor.core.model import (
    AlertContent,
    Content,
    Credit,
    CreditKind,
    DigestContent,
    Field,
    Hit,
    Item,
    NoticeContent,
    Priority,
    Report,
    RuleId,
    SourceId,
    StoryId,
)
from monitor.render.renderer import BUILT_IN, CONTENTS, FORMS, TemplateRenderer, Templates, problem_of

_NAME = re.compile(rf"[a-z0-9_-]+/({'|'.join(CONTENTS)})\.({'|'.join(FORMS)})\.j2")

_ITEM = Item(
    source=SourceId("sample"),
    uid="1",
    url="https://example.org/news/1?a=1&b=2",
    canonical_url="https://example.org/news/1",
    title='Ministers meet on <NATO> & "peace"',
    text="Ministers met on Thursday. NATO was the subject. They will meet again. Nothing else was said.",
    published=datetime(2025, 2, 13, 3, 14, tzinfo=UTC),
    language="en",
    site="Example News",
    credits=(Credit(outlet="Another Agency", how=CreditKind.SOURCE),),
    taken_in=datetime(2025, 2, 13, 3, 20, tzinfo=UTC),
)
_FULL = Report(
    item=_ITEM,
    story=StoryId(1),
    rules=(RuleId("nato"), RuleId("peace")),
    priority=Priority.URGENT,
    hits=(
        Hit(field=Field.TITLE, start=19, end=23, surface="NATO", term="NATO"),
        Hit(field=Field.TEXT, start=27, end=31, surface="NATO", term="NATO"),
    ),
    also_in=("The Herald", "The Courier", "The Gazette", "The Mail"),
    was="Ministers to meet",
)
_BARE = replace(
    _FULL,
    item=replace(_ITEM, url="", title="", text="", published=None, language="", site="", credits=()),
    rules=(RuleId("nato"),),
    priority=Priority.LOW,
    hits=(),
    also_in=(),
    was="",
)


def samples() -> Iterator[Content]:
    """One of each kind of content, full and with everything missing that may be missing."""
    yield AlertContent(report=_FULL)
    yield AlertContent(report=_BARE)
    yield DigestContent(reports=(_FULL, _BARE))
    yield DigestContent(reports=(_FULL, _BARE), rule=RuleId("nato"))
    yield NoticeContent(subject="A source is silent", text="example has brought nothing new.\nSee `monitor sources`.")


def check_templates(overrides: Path) -> tuple[Problem, ...]:
    """What is wrong with a folder of templates: names that nothing asks for, syntax, and what fails on samples."""
    if not overrides.is_dir():
        return (Problem(file=str(overrides), line=1, column=1, what="there is no such folder of templates"),)
    templates = Templates(overrides)
    problems: list[Problem] = []
    referenced: set[str] = set()
    for name in sorted(templates.names):
        path = overrides / name
        try:
            tree = templates.environment.parse(path.read_text("utf-8"), name, str(path))
            referenced |= {found for found in meta.find_referenced_templates(tree) if found}
        except (TemplateError, UnicodeDecodeError) as failure:
            problems.append(problem_of(failure, overrides, name))
    strangers = (name for name in sorted(templates.names - referenced) if not _NAME.fullmatch(name))
    problems.extend(_unknown(overrides / name, name) for name in strangers)
    if not problems:
        renderer = TemplateRenderer(UTC, overrides)
        for kind in sorted({name.partition("/")[0] for name in templates.names | Templates(BUILT_IN).names}):
            for content in samples():
                renderer.render(content, kind=kind, key="sample")
        problems.extend(renderer.problems)
    return tuple(problems)


def _unknown(path: Path, name: str) -> Problem:
    close = get_close_matches(name, Templates(BUILT_IN).names, 1)
    remedy = f"did you mean {close[0]}?" if close else "names are KIND/alert.html.j2, KIND/alert.txt.j2 and so on"
    return Problem(file=str(path), line=1, column=1, what=f"no message asks for a template {name!r}", remedy=remedy)
