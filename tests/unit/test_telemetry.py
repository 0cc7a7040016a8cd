"""What the daemon says of itself, and what it never says."""

from __future__ import annotations

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.model import ChannelId, Decision, DeliveryId, ItemId, Reason, RuleId, Secret, SourceId
from monitor.telemetry import Telemetry, configure_logging, log, redact

TOKEN = "123456789:AAH4yQ8s0kq-x1Yp_Zr2t3u4v5w6x7y8z9a"


@pytest.fixture
def _logging() -> object:
    before = logging.getLogger().handlers[:], logging.getLogger().level
    yield
    logging.getLogger().handlers[:], level = before[0], before[1]
    logging.getLogger().setLevel(level)


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_bot_token_is_struck_out_wherever_it_stands(before: str, after: str) -> None:
    assert TOKEN not in redact(f"{before} {TOKEN} {after}")
    assert TOKEN.partition(":")[2] not in redact(f"{before}https://api.example/bot{TOKEN}/sendMessage{after}")


def test_user_and_password_of_an_address_are_struck_out() -> None:
    assert redact("GET https://desk:hunter2@feeds.example/a failed") == "GET https://***@feeds.example/a failed"


@pytest.mark.usefixtures("_logging")
def test_log_lines_of_ours_and_of_libraries_hold_no_token(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(level="debug", json=True)
    log.info("delivery", detail=f"https://api.example/bot{TOKEN}/getMe", token=Secret("hunter2"))
    logging.getLogger("somebody").error("POST https://api.example/bot%s/getMe", TOKEN)
    log.error("bug", exc_info=ValueError(f"bot{TOKEN}"))
    said = capsys.readouterr().err
    assert "hunter2" not in said
    assert TOKEN.partition(":")[2] not in said
    assert [json.loads(line)["level"] for line in said.splitlines()] == ["info", "error", "error"]


@pytest.mark.usefixtures("_logging")
def test_a_source_that_keeps_failing_is_complained_about_once_until_it_recovers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging(level="info")
    telemetry = Telemetry()
    wire = SourceId("wire")
    for failures in (1, 2, 3):
        telemetry.polled(wire, "failed", seconds=0.1, trouble="timeout", detail="30 s", failures=failures)
    telemetry.polled(wire, "failed", seconds=0.1, trouble="server", detail="503", failures=4)
    telemetry.polled(wire, "ok", seconds=0.1, items=30, new=2)
    lines = capsys.readouterr().err.splitlines()
    assert [("trouble=timeout" in x, "trouble=server" in x, "event=recovered" in x) for x in lines] == [
        (True, False, False), (False, True, False), (False, False, True), (False, False, False),
    ]  # fmt: skip
    assert 'monitor_polls_total{outcome="failed",source="wire"} 4.0' in telemetry.scrape().decode()
    assert 'monitor_source_failures{source="wire"} 0.0' in telemetry.scrape().decode()


def test_decisions_and_deliveries_are_counted() -> None:
    telemetry = Telemetry()
    decision = Decision(rule=RuleId("nato"), channel=ChannelId("desk"), reason=Reason.TOLD, detail="first")
    telemetry.decided(ItemId(1), "NATO", [decision])
    telemetry.delivered(
        DeliveryId(1), ChannelId("desk"), "sent", kind="alert", part=1, parts=1, seconds=0.2, waited=1.5
    )
    telemetry.trouble("stuck", "wire")
    said = telemetry.scrape().decode()
    assert 'monitor_decisions_total{channel="desk",reason="told",rule="nato"} 1.0' in said
    assert 'monitor_deliveries_total{channel="desk",outcome="sent"} 1.0' in said
    assert 'monitor_troubles_total{event="stuck"} 1.0' in said
