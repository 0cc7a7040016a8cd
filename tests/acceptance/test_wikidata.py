"""Names that come from Wikidata: fetched once, kept in the store, used at once."""

from __future__ import annotations

import json

import pytest

from tests.acceptance.articles import News
from tests.acceptance.conftest import Desk

pytestmark = [pytest.mark.xdist_group("acceptance-wikidata"), pytest.mark.timeout(120)]


API = "/w/api.php"


def asked(desk: Desk) -> list[str]:
    return [r.path for r in list(desk.web.requests) if r.path.startswith(API)]


def answer(qid: str, **labels: str) -> str:
    return json.dumps(
        {
            "entities": {
                qid: {
                    "id": qid,
                    "labels": {code: {"language": code, "value": name} for code, name in labels.items()},
                    "aliases": {"en": [{"language": "en", "value": "the Old Lady of Threadneedle Street"}]},
                }
            }
        }
    )


def test_what_wikidata_calls_an_entity_is_found_and_outlives_an_outage(desk: Desk) -> None:
    desk.web.put(API, answer("Q7", en="Vellmar Rivers Trust", fi="Vellmarin jokisäätiö"))
    desk.settings["wikidata"] = {"api": desk.web.url + API}
    desk.settings["entities"] = {"trust": {"name": "Vellmar Rivers Trust", "wikidata": "Q7"}}
    desk.rules({"id": "trust", "match": "entity:trust"})
    outlet = desk.outlet("gazette")
    desk.start()
    desk.daemon.until(lambda: asked(desk), "the names to be asked for")
    desk.polled(2)
    outlet.publish(News(title="Vellmarin jokisäätiö avasi uuden sillan", text="Silta on auki."))
    desk.awaited_in_chat("jokisäätiö avasi")
    assert "action=wbgetentities&ids=Q7&" in asked(desk)[0]

    desk.daemon.stop()
    desk.web.put(API, "gone", status=503)
    desk.daemon.start()
    desk.polled(2)
    outlet.publish(News(title="A walk with the Old Lady of Threadneedle Street", text="It rained all day."))
    desk.awaited_in_chat("A walk with")
    assert len(asked(desk)) == 1, "what is fresh is not asked for again"
