"""Words by which pages of many languages say what a link or an element is for. Compared without case and ornaments."""

from __future__ import annotations

import re


def _phrases(lines: str) -> frozenset[str]:
    return frozenset(p for line in lines.strip().splitlines() for phrase in line.split("|") if (p := phrase.strip()))


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ORNAMENT = " \t»›→>«<‹←…&.|▶►+[]()"

_LEADS_ON = _phrases("""
more | read more | read on | continue | continue reading | full story | learn more | view | view more | view all
see more | see all | detail | details | share | next | previous | home | comment | comments | no comments
leave a comment | leave a reply | pdf | weiterlesen | mehr | mehr lesen | lire la suite | lire plus
en savoir plus | leer más | leer mas | ver más | selengkapnya | baca selengkapnya | lihat semua | baca juga
ler mais | leia mais | saiba mais | veja mais | continua | continua a leggere | leggi tutto | leggi | подробнее
читать далее | читать дальше | читать полностью | далее | czytaj więcej | czytaj dalej | więcej | devamı
devamını oku | lees meer | lees verder | läs mer | les mer | læs mere | lue lisää | tovább | citește | více
περισσότερα | المزيد | اقرأ المزيد | قراءة المزيد | xem thêm | อ่านต่อ | อ่านเพิ่มเติม | और पढ़ें | 続きを読む
もっと見る | 詳細 | 阅读全文 | 查看更多 | 更多 | 詳細閱讀 | 더보기 | 자세히
""")
_LEADS_ON_SOMEHOW = re.compile(
    r"\d+(?: (?:comments?|komentar|kommentare?))?|continue.{0,30}|read the .{0,20}|pdf.{0,12}", re.IGNORECASE
)

_NEXT_PAGE = _phrases("""
next | next page | next post | next posts | older | older post | older posts | older entries | older articles
older stories | older news | weiter | nächste | nächste seite | ältere | ältere beiträge | ältere artikel
ältere einträge | suivant | suivante | page suivante | plus ancien | plus anciens | articles plus anciens
siguiente | página siguiente | entradas antiguas | anteriores | próximo | próxima | próxima página
página seguinte | seguinte | postagens mais antigas | successivo | successiva | pagina successiva | avanti
post più vecchi | следующая | следующая страница | дальше | вперед | вперёд | предыдущие записи | наступна
наступна сторінка | następna | następna strona | starsze | starsze wpisy | sonraki | sonraki sayfa | ileri
eski yazılar | eski kayıtlar | selanjutnya | berikutnya | halaman berikutnya | pos-pos lama | التالي
الصفحة التالية | مقالات أقدم | 下一页 | 下一頁 | 下页 | 更早的文章 | 次のページ | 次へ | 過去の記事
다음 | 다음 페이지 | 이전 글 | ถัดไป | หน้าถัดไป | บทความเก่ากว่า
trang sau | tiếp | tiếp theo | bài cũ hơn | अगला | अगला पेज | पुराने लेख
επόμενη | επόμενη σελίδα | παλαιότερες αναρτήσεις | volgende | volgende pagina | nästa | nästa sida | neste | neste side
næste | næste side | seuraava | další | ďalšia | következő | următoarea | naslednja | naslednja stran | sljedeća
הבא | بعدی
""")

CHROME = words(
    """
    nav navi navbar navigation menu submenu footer foot breadcrumb breadcrumbs pagination pager pagenavi
    paging sidebar widget share sharing social tag tags tagcloud cookie cookies login lang languages sponsor
    sponsored advert ad ads banner copyright subscribe newsletter topbar toolbar comment comments meta author
    authors byline
    """
)
LAYOUT = words(
    """
    has no with without content main wrap wrapper layout container page body
    """
)
"""Together with these a word of chrome speaks of the page as a whole: `content-sidebar-wrap`, `has-sidebar`."""

NO_ARTICLE = words(
    """
    tag tags topic topics category categories kategori kategorie author authors penulis redaksi user users
    profile login log-in signin sign-in signup register account subscribe subscription newsletter newsletters
    search about about-us tentang-kami contact contact-us kontak privacy privacy-policy terms terms-of-use
    terms-of-service disclaimer cookie cookies cookie-policy help faq advertise advertising pedoman
    pedoman-media-siber jobs careers shop store cart product products page rss feed feeds sitemap archive
    archives legal imprint impressum datenschutz wp-login wp-admin disclosure accessibility feedback donate
    podcast podcasts app apps label labels member members staff people
    """
)
"""Steps of addresses under which a site keeps everything but articles."""


def leads_on(text: str) -> bool:
    """Words that name no article ("Read more", "3 comments")."""
    if len(text) > 60:
        return False
    said = text.strip(_ORNAMENT).lower()
    return not said or said in _LEADS_ON or _LEADS_ON_SOMEHOW.fullmatch(said) is not None


def names_next_page(text: str) -> bool:
    return text.strip(_ORNAMENT).lower() in _NEXT_PAGE
