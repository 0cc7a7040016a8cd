from __future__ import annotations

import base64

import pytest

from tests.unit.feed_formats.reading import ATOM_LINK, LINK, TITLE, A, atom, atom03, rdf, read, rss

IMAGE = "<image><url>/i.png</url><title>Img</title><link>https://img.example/</link></image>"
MEDIA = '<media:content url="/x.jpg"><media:title>MT</media:title></media:content>'
SOURCE = '<source url="https://o.example/f">Other</source>'
ATOM_SOURCE = '<source><title>Src</title><link href="https://o.example/"/></source>'


def packed(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<title>T</title>", "T"),
        ("<title><![CDATA[A & B]]></title>", "A & B"),
        ("<title><![CDATA[A &amp; B]]></title>", "A & B"),
        ("<title>A &amp; B</title>", "A & B"),
        ("<title>A &amp;amp; B</title>", "A & B"),
        ("<title>A &amp;amp;amp; B</title>", "A & B"),
        ("<title>A &#38; B &#8217;s</title>", "A & B ’s"),
        ("<title>A &amp;#8217;s</title>", "A ’s"),
        ("<title>A&#146;s</title>", "A’s"),
        ("<title>Caf&eacute; &nbsp; x</title>", "Café x"),
        ("<title>A &foo; B</title>", "A &foo; B"),
        ("<title>A & B &copy C</title>", "A & B © C"),
        ("<title>AT&T wins</title>", "AT&T wins"),
        ("<title>&#x1F600; hi</title>", "😀 hi"),
        ("<title>a&#0;b&#x1F;c</title>", "abc"),
        ("<title>A&#160;B</title>", "A B"),
        ("<title>\n  A\n  B  </title>", "A B"),
        ("<title>A<!-- c --> B</title>", "A B"),
        ("<title>A &lt;b&gt;B&lt;/b&gt;</title>", "A B"),
        ("<title>&lt;i&gt;Nature&lt;/i&gt;, a journal</title>", "Nature, a journal"),
        ("<title>A <b>B</b> c</title>", "A B c"),
        ("<title><![CDATA[<b>A</b> &lt;x&gt;]]></title>", "A <x>"),
        ("<title>1 &lt; 2</title>", "1 < 2"),
        ("<title>a &lt; b &gt; c</title>", "a < b > c"),
        ("<title>&lt;foo&gt; bar</title>", "<foo> bar"),
        ("<title>\u200fخبر عاجل</title>", "\u200fخبر عاجل"),
        ("<title>速報：首相が辞任</title>", "速報：首相が辞任"),
        ("<TITLE>T</TITLE>", "T"),
        ("<dc:title>DT</dc:title>", "DT"),
        ("<itunes:title>IT</itunes:title>", "IT"),
        ("<media:title>MT</media:title>", "MT"),
        ("<atom:title>AT</atom:title>", "AT"),
        (TITLE + "<dc:title>DT</dc:title>", "T"),
        (TITLE + "<itunes:title>IT</itunes:title>", "T"),
        ("<itunes:title>IT</itunes:title>" + TITLE, "T"),
        (TITLE + "<media:title>MT</media:title>", "T"),
        ("<media:title>MT</media:title>" + TITLE, "T"),
        (TITLE + MEDIA, "T"),
        (MEDIA + TITLE, "T"),
        (TITLE + IMAGE, "T"),
        (IMAGE + TITLE, "T"),
        (TITLE + SOURCE, "T"),
        (SOURCE + TITLE, "T"),
        ("<title/><description>Only text</description>", "Only text"),
        ("<title> </title><description>Only text</description>", "Only text"),
        ("<description>&lt;p&gt;Only &lt;b&gt;text&lt;/b&gt;&lt;/p&gt;</description>", "Only text"),
        ("<content:encoded><![CDATA[<p>Only text</p>]]></content:encoded>", "Only text"),
        ("<description>" + "word " * 60 + "</description>", "word " * 19 + "word…"),
        ("", A),
        ("<title></title>", A),
    ],
)
def test_the_title_of_an_rss_item(markup: str, title: str) -> None:
    assert read(rss(markup + LINK)).title == title


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<title>T</title>", "T"),
        ('<title type="html">A &lt;b>B&lt;/b> &amp;amp; C</title>', "A B & C"),
        ('<title type="html">1 &amp;lt; 2</title>', "1 < 2"),
        ('<title type="html"><![CDATA[A &lt; <i>B</i>]]></title>', "A < B"),
        ('<title type="html">A &amp;amp;#8217; B</title>', "A ’ B"),
        ('<title type="text/html">A &lt;b>B&lt;/b></title>', "A B"),
        ('<title type="text">Use the &lt;b&gt; tag</title>', "Use the <b> tag"),
        ("<title>The &lt;em&gt; element</title>", "The <em> element"),
        ("<title>The &lt;br&gt; element</title>", "The <br> element"),
        ("<title>&lt;b&gt;Breaking&lt;/b&gt; news</title>", "Breaking news"),
        ('<title type="text">A &amp;amp; B</title>', "A & B"),
        ('<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>B</b> &lt;c></div></title>', "A B <c>"),
        ('<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A<br/>B</div></title>', "A B"),
        ('<title type="xhtml"><x:div>A <x:b>B</x:b></x:div></title>', "A B"),
        (f'<title type="application/octet-stream">{packed("Packed title")}</title>', "Packed title"),
        ("<summary>Sum</summary>", "Sum"),
        ("<title/><summary>Sum</summary>", "Sum"),
        ('<content type="html">&lt;p>Con&lt;/p></content>', "Con"),
        ('<title type="html">&lt;img src="x.png"/></title><summary>Sum</summary>', "Sum"),
        (TITLE + "<media:group><media:title>MT</media:title></media:group>", "T"),
        ("<media:group><media:title>MT</media:title></media:group>" + TITLE, "T"),
        (TITLE + ATOM_SOURCE, "T"),
        (ATOM_SOURCE + TITLE, "T"),
    ],
)
def test_the_title_of_an_atom_entry(markup: str, title: str) -> None:
    assert read(atom(markup + ATOM_LINK)).title == title


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (atom03(f'<title type="text/html" mode="escaped">A &lt;b>B&lt;/b> &amp;amp; C</title>{ATOM_LINK}'), "A B & C"),
        (atom03(f'<title type="text/html" mode="base64">{packed("A <b>B</b>")}</title>{ATOM_LINK}'), "A B"),
        (atom03(f'<title mode="xml">A <b>B</b></title>{ATOM_LINK}'), "A B"),
        (rdf(TITLE + LINK), "T"),
        (rdf("<dc:title>DT</dc:title>" + LINK), "DT"),
        (rdf(f"<title/>{LINK}<description>Some text</description>"), "Some text"),
    ],
)
def test_the_title_of_an_entry_of_other_kinds(body: str, title: str) -> None:
    assert read(body).title == title
