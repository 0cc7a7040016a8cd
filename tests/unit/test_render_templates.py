"""Templates of the user's own."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest

from monitor.core.model import NoticeContent
from monitor.render import TemplateRenderer, check_templates
from tests.unit.test_render import TITLE, AlertContent, report


def folder(tmp_path: Path, **templates: str) -> Path:
    """`telegram__alert__html="…"` is `telegram/alert.html.j2`."""
    for name, source in templates.items():
        kind, _, rest = name.partition("__")
        path = tmp_path / kind / f"{rest.replace('__', '.')}.j2"
        path.parent.mkdir(exist_ok=True)
        path.write_text(source, "utf-8")
    return tmp_path


def test_a_users_template_goes_before_the_built_in_one_of_its_name_only(tmp_path: Path) -> None:
    own = folder(tmp_path, telegram__alert__html="<u>{{ alert.title }}</u> & {{ alert.outlet }}")
    renderer = TemplateRenderer(UTC, own)
    message = renderer.render(AlertContent(report=report()), kind="telegram", key="k")
    assert message.html == f"<u>{TITLE}</u> & Tribunnews via jakarta365.net"
    assert message.text.startswith("🔴 zelensky-talks")
    notice = renderer.render(NoticeContent(subject="s", text="t"), kind="telegram", key="k")
    assert notice.html == "<b>s</b>\n\nt"
    assert renderer.problems == ()
    assert check_templates(own) == ()


def test_what_a_user_prints_is_escaped_in_markup(tmp_path: Path) -> None:
    own = folder(tmp_path, email__notice__html="{{ notice.text }}", email__notice__txt="{{ notice.text }}")
    message = TemplateRenderer(UTC, own).render(NoticeContent(subject="s", text="<b>&"), kind="email", key="k")
    assert message.html == "&lt;b&gt;&amp;"
    assert message.text == "<b>&"


@pytest.mark.parametrize(
    "source",
    [
        "{{ alert.titel }}",
        "{{ nonsense }}",
        "{% if %}",
        "{{ 1 / 0 }}",
        "{{ ''.__class__.__mro__ }}",
        "{% include 'missing.j2' %}",
        "{{ alert.title.missing() }}",
        " \n ",
    ],
)
def test_a_broken_template_gives_way_to_the_built_in_one_and_is_reported(tmp_path: Path, source: str) -> None:
    own = folder(tmp_path, telegram__alert__html="fine\n" * (source != " \n ") + source)
    renderer = TemplateRenderer(UTC, own)
    for _ in range(2):
        message = renderer.render(AlertContent(report=report()), kind="telegram", key="k")
        assert TITLE in message.html
        assert "fine" not in message.html
    assert len(renderer.problems) == 1
    (problem, *_) = check_templates(own)
    assert "alert.html.j2" in problem.file
    assert problem.what
    if source.strip():
        assert problem.line == 2


def test_a_name_that_no_message_asks_for_is_a_problem(tmp_path: Path) -> None:
    own = folder(tmp_path, telegram__alerts__html="x")
    (problem,) = check_templates(own)
    assert "telegram/alerts.html.j2" in problem.what
    assert "did you mean telegram/alert.html.j2" in problem.remedy


def test_a_template_that_others_include_may_have_any_name(tmp_path: Path) -> None:
    own = folder(
        tmp_path,
        telegram__alert__html="{% include 'telegram/foot.html.j2' %}",
        telegram__foot__html="{{ alert.title }}",
    )
    assert check_templates(own) == ()


def test_a_folder_that_is_missing_is_a_problem(tmp_path: Path) -> None:
    (problem,) = check_templates(tmp_path / "none")
    assert "no such folder" in problem.what


def test_a_template_that_is_not_text_is_a_problem(tmp_path: Path) -> None:
    own = folder(tmp_path, telegram__alert__html="x")
    (own / "telegram" / "alert.html.j2").write_bytes(b"\xff\xfe\x00")
    assert len(check_templates(own)) == 1
