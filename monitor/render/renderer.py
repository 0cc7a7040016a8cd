"""Jinja2's one door: templates by channel kind and content, a user's before the built-in ones.

A template is named `KIND/CONTENT.FORM.j2`: the kind of the channel or `default`; alert, digest, summary or notice;
html, txt or subject. Only `html` has no default: a kind without such a template gets none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from types import TracebackType

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from monitor.core.errors import Problem
from monitor.core.model import AlertContent, Content, DigestContent, Message, NoticeContent, Priority
from monitor.render.clean import clean
from monitor.render.view import alert_view, digest_view, notice_view

BUILT_IN = Path(__file__).parent / "templates"
CONTENTS = ("alert", "digest", "summary", "notice")
FORMS = ("html", "txt", "subject")
LONGEST_SUBJECT = 200
REMEDY = "the built-in template is used instead"
_MANY_EMPTY_LINES = re.compile(r"\n{3,}")
_MOST_PROBLEMS = 50


class TemplateRenderer:
    """Renders with the user's templates in `overrides`, as far as there are any; where one fails, with the built-in
    one of that name. What failed is kept in `problems`."""

    def __init__(self, timezone: tzinfo, overrides: Path | None = None) -> None:
        self.problems: tuple[Problem, ...] = ()
        self._zone = timezone
        self._built_in = Templates(BUILT_IN)
        self._overrides = overrides
        self._with_overrides = Templates(overrides, BUILT_IN) if overrides is not None else None

    def render(self, content: Content, *, kind: str, key: str) -> Message:
        described = _described(content, self._zone)
        subject = clean(self._form(kind, described, "subject")).strip()
        return Message(
            key=key,
            subject=subject if len(subject) <= LONGEST_SUBJECT else f"{subject[: LONGEST_SUBJECT - 1].rstrip()}…",
            text=self._form(kind, described, "txt"),
            html=self._form(kind, described, "html"),
            thread=described.thread,
            follows=described.follows,
            silent=described.silent,
        )

    def _form(self, kind: str, described: _Described, form: str) -> str:
        names = [f"{kind}/{described.name}.{form}.j2", f"default/{described.name}.{form}.j2"]
        if self._with_overrides is not None:
            try:
                rendered = self._with_overrides.render(names, described.variables)
            except Exception as failure:  # noqa: BLE001  # a user's template may raise anything; the alert goes out
                self._note(problem_of(failure, self._overrides or Path(), names[0]))
            else:
                if rendered or not self._built_in.render(names, described.variables):
                    return rendered
                self._note(self._empty(names[0]))
        return self._built_in.render(names, described.variables)

    def _empty(self, name: str) -> Problem:
        file = str((self._overrides or Path()) / name)
        return Problem(file=file, line=1, column=1, what="renders nothing", remedy=REMEDY)

    def _note(self, problem: Problem) -> None:
        if problem not in self.problems and len(self.problems) < _MOST_PROBLEMS:
            self.problems = (*self.problems, problem)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Described:
    name: str
    variables: Mapping[str, object]
    thread: str = ""
    follows: str = ""
    silent: bool = False


def _described(content: Content, zone: tzinfo) -> _Described:
    match content:
        case AlertContent(report=report, follows=follows):
            return _Described(
                name="alert",
                variables={"alert": alert_view(report, zone)},
                thread=f"story-{report.story % 2**64:016x}",
                follows=follows,
                silent=report.priority is Priority.LOW,
            )
        case DigestContent(reports=reports, rule=rule):
            return _Described(
                name="digest" if rule is None else "summary",
                variables={"digest": digest_view(content, zone)},
                silent=all(report.priority is Priority.LOW for report in reports),
            )
        case NoticeContent():
            return _Described(name="notice", variables={"notice": notice_view(content)})


class Templates:
    """The templates of some folders, the first of which goes first. Compiled when first used, and kept."""

    def __init__(self, *folders: Path) -> None:
        loader = FileSystemLoader(folders)
        self.names = frozenset(loader.list_templates())
        self.environment: Environment = ImmutableSandboxedEnvironment(
            loader=loader,
            autoescape=lambda name: name is not None and ".html." in name,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )

    def render(self, names: Iterable[str], variables: Mapping[str, object]) -> str:
        """The first of the templates that exists; '' when none does."""
        name = next((name for name in names if name in self.names), None)
        if name is None:
            return ""
        rendered = self.environment.get_template(name).render(variables)
        lines = "\n".join(line.rstrip() for line in rendered.splitlines())
        return _MANY_EMPTY_LINES.sub("\n\n", lines).strip()


def problem_of(failure: BaseException, folder: Path, name: str) -> Problem:
    """Where in the user's templates it went wrong."""
    file, line = str(folder / name), 1
    if isinstance(failure, TemplateSyntaxError):
        file, line = failure.filename or file, failure.lineno
    else:
        for found, number in _frames(failure.__traceback__):
            if Path(found).is_relative_to(folder):
                file, line = found, number
    what = " ".join(str(failure).split()) or type(failure).__name__
    return Problem(file=file, line=line, column=1, what=what, remedy=REMEDY)


def _frames(traceback: TracebackType | None) -> list[tuple[str, int]]:
    frames = []
    while traceback is not None:
        frames.append((traceback.tb_frame.f_code.co_filename, traceback.tb_lineno))
        traceback = traceback.tb_next
    return frames
