"""A republisher's portal, from its listing without selectors to the alert that names whose article it is."""

from __future__ import annotations

import json

import pytest

from tests.acceptance.articles import News
from tests.acceptance.conftest import Desk
from tests.acceptance.daemon import monitor
from tests.acceptance.press import Portal

pytestmark = [pytest.mark.xdist_group("acceptance-republisher"), pytest.mark.timeout(300)]

OLD = [
    News(title="Badai Salju Tutup Bandara di Tiga Kota Norland", text="Penerbangan ditunda.\nPenumpang menunggu."),
    News(title="Parlemen Sudmark Sahkan Aturan Nelayan Asing", text="Aturan berlaku pekan depan.\nNelayan protes."),
    News(title="Kapal Riset Temukan Gunung Laut Baru di Selat Kelabu", text="Gunung itu tinggi.\nPeneliti senang."),
    News(title="Harga Gandum Naik, Petani Norland Menahan Stok", text="Harga naik lagi.\nPetani menunggu."),
]
FRESH = News(
    title="Presiden Norland Telepon Raja Sudmark, Siap Akhiri Sengketa",
    text=(
        "Presiden Norland menelepon Raja Sudmark pada Rabu malam dan menyatakan siap mengakhiri sengketa perbatasan "
        "yang sudah berlangsung sebelas tahun.\n"
        "Kedua pemimpin berbicara selama satu jam dan sepakat membuka perundingan pekan depan di negara ketiga.\n"
        "Sekretaris jenderal NATO menyambut kabar itu dan menawarkan tempat pertemuan bagi kedua delegasi.\n"
        "Pasar saham di kedua negara menguat setelah pengumuman tersebut, meski para pengamat meminta semua pihak "
        "bersabar menunggu rincian kesepakatan."
    ),
)


def test_an_article_of_a_portal_is_told_clean_and_with_whom_it_credits(desk: Desk) -> None:
    portal = Portal(desk.web, "jakarta", full_text=True)
    desk.outlets.append(portal)
    desk.settings["sources"].append(portal.source)
    portal.publish(*OLD)
    desk.start()

    portal.publish(FRESH)
    message = desk.awaited_in_chat(FRESH.title)
    assert "Sekretaris jenderal NATO" in message.text
    assert "Tribunnews.com via 127.0.0.1" in message.text
    for noise in ("access_time", "visibility", "schedule", "chat_bubble", "local_offer", "Baca juga", "Bagikan",
                  "Komentar", "Terpopuler", "1.204"):  # fmt: skip
        assert noise not in message.text, noise
    assert len(desk.chat) == 1

    stored = monitor("explain", portal.server.url + portal.printed[-1].path, "--json", "--config", desk.config,
                     cwd=desk.folder)  # fmt: skip
    item = json.loads(stored.stdout)["stored"]["item"]
    assert item["text"] == f"{portal.byline} - {FRESH.text}"
    assert item["credits"][0] | {"how": ""} == {
        "outlet": "Tribunnews.com", "reporter": "Andari Wulan Nugrahani", "how": "",
    }  # fmt: skip


def test_the_pipe_reads_the_same_of_both_pages(desk: Desk) -> None:
    portal = Portal(desk.web, "jakarta")
    portal.publish(*OLD, FRESH)
    listing, page = desk.folder / "listing.html", desk.folder / "page.html"
    listing.write_bytes(portal._front_page(list(reversed(portal.printed))))
    page.write_text(portal.page(portal.printed[-1]), encoding="utf-8")
    base = portal.server.url + portal.path
    read = json.loads(monitor("parse", "--kind", "listing", "--url", base, listing, cwd=desk.folder).stdout)
    assert [i["title"] for i in read["items"]] == [p.news.title for p in reversed(portal.printed)]
    assert all(i["image"].endswith(".jpg") and i["published"] for i in read["items"])
    article = json.loads(monitor("parse", "--kind", "article", "--url", base, page, cwd=desk.folder).stdout)["article"]
    assert article["text"] == f"{portal.byline} - {FRESH.text}"
    assert article["credit"] == "Tribunnews.com, Andari Wulan Nugrahani"
