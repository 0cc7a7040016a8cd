"""The press of an invented week: reports beside the event that each tells, and what other outlets make of their texts.

Each block of a file is a report: a line `event outlet time`, the headline and the text. Events of one affair
(`strike`, `strike.ends`) and of one series (`gold.monday`, `gold.tuesday`) are different events.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path

from monitor.core.model import Candidate, ItemId, SourceId, StoryId, StoryLink
from monitor.stories import USUAL, Standard, Stream, sketch_of
from monitor.stories import settled as links_settled
from monitor.text.folding import fold
from monitor.text.tokens import words

LANGUAGES = ("id", "en", "ru", "es", "vi", "zh")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    name: str
    event: str
    language: str
    outlet: str
    at: datetime
    title: str
    text: str


@cache
def across() -> tuple[Report, ...]:
    """Events that several languages tell, and others of the same people and places. In the order of their times."""
    blocks = (Path(__file__).parent / "across.txt").read_text("utf-8").strip().split("\n\n")
    found = []
    for number, block in enumerate(blocks, 1):
        language, _, rest = block.partition(" ")
        found.append(_report(language, number, rest))
    return in_order(found)


@cache
def reports(language: str) -> tuple[Report, ...]:
    """In the order of their times."""
    blocks = (Path(__file__).parent / f"{language}.txt").read_text("utf-8").strip().split("\n\n")
    return in_order(_report(language, number, block) for number, block in enumerate(blocks, 1))


def _report(language: str, number: int, block: str) -> Report:
    head, title, text = block.split("\n")
    event, outlet, at = head.split(" ")
    return Report(
        name=f"{language}{number:02} {event} in {outlet}", event=event, language=language, outlet=outlet,
        at=datetime.fromisoformat(at), title=title, text=text,
    )  # fmt: skip


def copies(original: Report) -> tuple[Report, ...]:
    """What four other outlets make of it, hours later: each a copy of the text."""
    sentences = sentences_of(original.text)
    name, first, rest = original.name, sentences[:1], sentences[1:]
    made = {
        "shortened": (sentences[: -(len(sentences) // 4) or None], original.title),
        "extended": ([*sentences, *_OWN[original.language]], original.title),
        "retitled": (sentences, sentences[-1][:70]),
        "reordered": ([*rest, *first], original.title),
    }
    return tuple(
        replace(
            original, name=f"{name}, {how}", outlet=f"{how}-{original.outlet}", title=title, text=" ".join(text),
            at=original.at + timedelta(hours=2 + number),
        )
        for number, (how, (text, title)) in enumerate(made.items())
    )  # fmt: skip


def furnished(original: Report, outlet: str) -> Report:
    """As a careless scraper takes it from the page of an outlet: four words of five are the page's."""
    furniture = FURNITURE[original.language]
    own = original.text.split(" ") if original.language != "zh" else list(original.text)
    few = (" " if original.language != "zh" else "").join(own[: len(words_of(furniture)) // 4])
    return replace(original, name=f"{original.name}, furnished", outlet=outlet, text=f"{few} {furniture}")


def words_of(text: str) -> tuple[str, ...]:
    return words(fold(text).text)


def sentences_of(text: str) -> list[str]:
    return [s for s in re.split(r"(?<=[.!?])\s+|(?<=。)", text) if s]


def in_order(stream: Iterable[Report]) -> tuple[Report, ...]:
    return tuple(sorted(stream, key=lambda r: (r.at, r.name)))


def told(stream: Iterable[Report], standard: Standard = USUAL) -> dict[str, StoryLink]:
    """By name, as each was answered."""
    told = Stream(standard)
    return {r.name: tell(told, r) for r in stream}


def settled(stream: Sequence[Report]) -> dict[str, StoryId]:
    """By name, as it is seen at the end."""
    told = Stream()
    items = [
        Candidate(
            item=ItemId(number), story=tell(told, r).story, source=SourceId(r.outlet), title=r.title, keys=(),
            sketch=sketch_of(title=r.title, text=r.text, canonical_url="", language=r.language).pack(), seen_at=r.at,
        )
        for number, r in enumerate(stream)
    ]  # fmt: skip
    moved = links_settled(items, told.vocabulary)
    stories = [moved[c.item].story if c.item in moved else c.story for c in items]
    return dict(zip((r.name for r in stream), stories, strict=True))


def tell(told: Stream, r: Report) -> StoryLink:
    return told.tell(title=r.title, text=r.text, source=SourceId(r.outlet), language=r.language, at=r.at)


Pairs = frozenset[tuple[str, str]]


def pairs_of(groups: Mapping[str, str] | Mapping[str, StoryId]) -> Pairs:
    """All pairs of names that are in one group."""
    return frozenset((a, b) for a, b in combinations(sorted(groups), 2) if groups[a] == groups[b])


def f1(said: Pairs, truth: Pairs) -> float:
    return 2 * len(said & truth) / ((len(said) + len(truth)) or 1)


_OWN = {
    "id": ("Redaksi kami terus memantau perkembangan di lapangan.", "Pembaca dapat mengirim foto ke meja redaksi."),
    "en": ("Our newsroom is following events on the ground.", "Readers may send their photographs to the desk."),
    "ru": ("Наша редакция следит за развитием событий.", "Читатели могут прислать свои снимки в редакцию."),
    "es": ("Nuestra redacción sigue los hechos sobre el terreno.", "Los lectores pueden enviar sus fotografías."),
    "vi": ("Tòa soạn tiếp tục theo dõi sự việc tại chỗ.", "Bạn đọc có thể gửi ảnh về tòa soạn."),
    "zh": ("本报记者将继续关注现场情况。", "读者可以把照片寄到编辑部。"),
}
FURNITURE = {
    "id": (
        "Beranda Nasional Daerah Ekonomi Olahraga Gaya Hidup Indeks Masuk Daftar Langganan. Unduh aplikasi kami di "
        "ponsel Anda dan nikmati bacaan tanpa iklan. Ikuti kanal percakapan redaksi untuk kabar terbaru. Dilarang "
        "mengutip tanpa izin tertulis dari penerbit. Pedoman Media Siber, Kode Etik, Kontak, Karier, Iklan."
    ),
    "en": (
        "Home News Regions Business Sport Culture Puzzles Sign in Subscribe. Download our app and read without "
        "advertisements for three months. Join the conversation and follow our channel for the latest headlines. No "
        "part of this page may be reproduced without written permission. Contact, Careers, Corrections, Terms of use."
    ),
    "ru": (
        "Главная Новости Регионы Экономика Спорт Культура Войти Подписка. Установите наше приложение и читайте без "
        "рекламы три месяца. Подпишитесь на наш канал, чтобы узнавать новости первыми. Использование материалов без "
        "письменного согласия запрещено. Контакты, Вакансии, Реклама, Правила."
    ),
    "es": (
        "Portada Nacional Regiones Economía Deportes Cultura Iniciar sesión Suscríbase. Descargue nuestra aplicación "
        "y lea sin publicidad durante tres meses. Siga nuestro canal para conocer las últimas noticias. Prohibida la "
        "reproducción sin permiso por escrito. Contacto, Empleo, Publicidad, Aviso legal."
    ),
    "vi": (
        "Trang chủ Thời sự Kinh tế Thể thao Văn hóa Đăng nhập Đặt báo. Tải ứng dụng và đọc không quảng cáo trong ba "
        "tháng. Theo dõi kênh của chúng tôi để nhận tin mới nhất. Cấm sao chép khi chưa có văn bản đồng ý của tòa "
        "soạn. Liên hệ, Tuyển dụng, Quảng cáo, Điều khoản sử dụng."
    ),
    "zh": (
        "首页 要闻 地方 财经 体育 文化 登录 订阅。下载客户端，三个月内阅读无广告。关注本报频道，第一时间获取最新消息。"
        "未经书面许可不得转载本页任何内容。联系我们，招聘信息，广告合作，使用条款，违法信息举报电话。"
    ),
}
