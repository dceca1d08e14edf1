"""Feeds: what an entry holds becomes an article; nothing is fetched, run or expanded."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.errors import ReadError
from claimtrack.reading import Articles, read
from claimtrack.reading.failures import ReadFailure
from claimtrack.reading.feeds import feed_rows

TEXT = "Dock workers in the port of Lindow voted on Tuesday against the offer, and the strike goes on."
OTHER = "The mayor of Lindow asked both sides to come back to the table before the end of the week."
ITEM = f"""<item><title>Strike &amp;amp; offer</title><link>https://gazette.example/1</link><guid>g-1</guid>
<pubDate>Tue, 04 Mar 2031 23:30:00 -0500</pubDate><author>desk@gazette.example (Ada Crane)</author>
<description>&lt;p&gt;{TEXT}&lt;/p&gt;</description></item>"""
ATOM = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Lindow Gazette</title>
<entry><title>Strike</title><id>urn:1</id><link href="https://gazette.example/1"/><updated>2031-03-04T23:30:00-05:00</updated>
<author><name>Ada Crane</name></author><summary>Short.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{TEXT}</p><p>{OTHER}</p></div></content></entry></feed>"""


def rss(*items: str, before: str = "", title: str = "Lindow Gazette") -> str:
    head = f'<?xml version="1.0" encoding="utf-8"?>{before}'
    return f'{head}<rss version="2.0"><channel><title>{title}</title>{"".join(items)}</channel></rss>'


def read_feed(tmp_path: Path, feed: str | bytes, name: str = "feed.xml", **options: int) -> Articles:
    (tmp_path / name).write_bytes(feed.encode() if isinstance(feed, str) else feed)
    return read(tmp_path / name, **options)


class TestWhatIsRead:
    def test_an_item_of_rss_is_an_article(self, tmp_path: Path) -> None:
        (article,) = read_feed(tmp_path, rss(ITEM))

        assert (article.text, article.title) == (TEXT, "Strike & offer")
        assert (article.source, article.author) == ("Lindow Gazette", "Ada Crane")
        assert (article.url, article.name) == ("https://gazette.example/1", "g-1")

    def test_the_day_is_the_one_that_is_written(self, tmp_path: Path) -> None:
        """In UTC the evening of the fourth is the fifth."""
        (article,) = read_feed(tmp_path, rss(ITEM))

        assert article.published == "2031-03-04"

    def test_an_entry_of_atom_is_read_by_its_content_and_its_last_change(self, tmp_path: Path) -> None:
        (article,) = read_feed(tmp_path, ATOM, "feed.atom")

        assert article.text == f"{TEXT}\n{OTHER}"
        assert (article.title, article.author, article.published) == ("Strike", "Ada Crane", "2031-03-04")
        assert (article.source, article.name) == ("Lindow Gazette", "urn:1")

    @pytest.mark.parametrize(
        "content",
        [
            "<content src='https://h.example/7'/>",
            "<content type='text'></content>",
            "<content type='html'>&lt;img src='a.png'&gt;</content>",
        ],
        ids=["elsewhere", "blank", "image"],
    )
    def test_an_entry_whose_content_has_no_text_is_read_by_its_summary(self, tmp_path: Path, content: str) -> None:
        start, end = ATOM.index("<content"), ATOM.index("</entry>")

        (article,) = read_feed(tmp_path, (ATOM[:start] + content + ATOM[end:]).replace("Short.", OTHER))

        assert article.text == OTHER

    @pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-16"])
    def test_a_feed_is_decoded_as_it_declares(self, tmp_path: Path, encoding: str) -> None:
        feed = rss(ITEM.replace("Lindow", "Líndow")).replace("utf-8", encoding)

        (article,) = read_feed(tmp_path, feed.encode(encoding))

        assert article.text == TEXT.replace("Lindow", "Líndow")

    @pytest.mark.parametrize("name", ["feed.rss", "feed.atom", "feed.XML"])
    def test_the_form_is_told_by_the_content(self, tmp_path: Path, name: str) -> None:
        assert len(read_feed(tmp_path, rss(ITEM), name)) == len(read_feed(tmp_path, ATOM, name)) == 1

    def test_an_item_that_names_its_source_is_of_that_outlet(self, tmp_path: Path) -> None:
        item = ITEM.replace("</item>", '<source url="https://wire.example">Northern Wire</source></item>')

        (article,) = read_feed(tmp_path, rss(item, title="All the news"))

        assert article.source == "Northern Wire"

    def test_an_item_with_no_more_than_a_text_is_undated_and_goes_by_its_number(self, tmp_path: Path) -> None:
        (article,) = read_feed(tmp_path, rss(f"<item><description>{TEXT}</description></item>", title=""))

        assert (article.name, article.published, article.source, article.url) == ("feed.xml:1", None, None, None)
        assert article.text == TEXT

    @pytest.mark.parametrize(
        ("written", "day"),
        [
            ("Tue, 4 Mar 2031 01:00 GMT", "2031-03-04"),
            ("2031-03-04", "2031-03-04"),
            ("2031-03-04T00:30:00+09:00", "2031-03-04"),
            ("last week", None),
            ("Tue, 44 Mar 2031 01:00 GMT", None),
            ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", None),
            (f"Mon, 01 Jan {'9' * 5000} 00:00:00 GMT", None),
            ("2031/03/05 21:00", None),
            ("1677628800", None),
            ("1612110530000", None),
            ("2031", None),
            ("2031-03", None),
            ("2031-13-45", None),
            ("2031-3-4T23:30:00-05:00", None),
        ],
    )
    def test_a_date_is_read_as_it_is_written_or_not_at_all(self, tmp_path: Path, written: str, day: str | None) -> None:
        item = ITEM.replace("Tue, 04 Mar 2031 23:30:00 -0500", written)

        (article,) = read_feed(tmp_path, rss(item))

        assert article.published == day

    def test_the_same_feed_gives_the_same_ids(self, tmp_path: Path) -> None:
        one, two = (read_feed(tmp_path, rss(ITEM), name)[0] for name in ("a.xml", "b.rss"))

        assert one.id == two.id

    def test_in_a_folder_only_files_that_begin_as_a_feed_are_taken(self, tmp_path: Path) -> None:
        (tmp_path / "sitemap.xml").write_text("<urlset/>", encoding="utf-8")
        (tmp_path / "feed.xml").write_text(rss(ITEM), encoding="utf-8")

        articles = read(tmp_path)

        assert len(articles) == 1
        assert articles.failures == ()

    @pytest.mark.parametrize(
        "feed",
        [
            ATOM.replace("xmlns=", "xmlns:atom=")
            .replace("<feed", "<atom:feed")
            .replace("</feed", "</atom:feed")
            .encode(),
            rss(ITEM, before=f"<!--{' ' * (1 << 20)}-->").encode(),
            rss(ITEM, before=f"<!--{' ' * ((1 << 20) - 49)}-->").encode(),
            rss(ITEM).replace("utf-8", "utf-16").encode("utf-16"),
        ],
        ids=["prefix", "late", "over two pieces", "utf-16"],
    )
    def test_a_feed_is_found_in_a_folder_however_it_begins(self, tmp_path: Path, feed: bytes) -> None:
        (tmp_path / "feed.xml").write_bytes(feed)

        found = read(tmp_path)

        assert found == read(tmp_path / "feed.xml")
        assert "folder must hold" not in str(found.failures)


class TestWhatIsRefused:
    def test_a_bad_entry_is_named_and_the_rest_is_read(self, tmp_path: Path) -> None:
        german = "Der Hafen von Lindow war eine ganze Woche lang geschlossen, und niemand kam mehr in die Stadt hinein, weil die Arbeiter auf der Straße standen."
        items = ["<item><title>No text</title></item>", f"<item><description>{german}</description></item>", ITEM]

        articles = read_feed(tmp_path, rss(*items))

        assert [article.name for article in articles] == ["g-1"]
        assert [(f.place, f.rule.partition(";")[0]) for f in articles.failures] == [
            ("entry 1", "field 'text' must be a string with words in it"),
            ("entry 2", "article must be in English"),
        ]

    def test_of_a_broken_feed_the_whole_entries_are_read_and_the_fault_is_named(self, tmp_path: Path) -> None:
        articles = read_feed(tmp_path, rss(ITEM, ITEM.replace("g-1", "g-2").replace(TEXT, OTHER))[:-12])

        assert [article.text for article in articles] == [TEXT, OTHER]
        [failure] = articles.failures
        assert failure.place.startswith("line ")
        assert "feed must be well-formed XML; got 'unclosed token'" in failure.rule

    @pytest.mark.parametrize(
        ("feed", "rule"),
        [
            (b"<html><body>Rain</body></html>", "file must be an RSS or Atom feed; got something else"),
            (b"", "text must hold more than white space; got 0 bytes"),
            (b"\x00\x01", "file must be text; got a NUL byte, as in a binary file"),
            (b"http://127.0.0.1:9/feed", "file must be an RSS or Atom feed; got something else"),
            (b"/etc/hostname", "file must be an RSS or Atom feed; got something else"),
            (rss().encode(), "feed must hold at least one entry; got none"),
        ],
        ids=["page", "empty", "binary", "address", "path", "no entry"],
    )
    def test_what_is_no_feed_is_a_failure(self, tmp_path: Path, feed: bytes, rule: str) -> None:
        articles = read_feed(tmp_path, feed)

        assert len(articles) == 0
        assert rule in [failure.rule for failure in articles.failures]

    def test_a_feed_that_is_too_large_is_a_failure(self, tmp_path: Path) -> None:
        [failure] = read_feed(tmp_path, rss(ITEM), max_bytes=100).failures

        assert "at most 100 bytes" in failure.rule


class TestWhatIsHostile:
    @pytest.mark.parametrize(
        "declared",
        [
            f'<!ENTITY a "{"x" * 1000}"><!ENTITY b "{"&a;" * 1000}"><!ENTITY c "{"&b;" * 1000}">',
            '<!ENTITY c SYSTEM "file:///etc/hostname">',
            '<!ENTITY % d SYSTEM "http://127.0.0.1:9/evil.dtd"> %d;',
        ],
        ids=["bomb", "file", "network"],
    )
    def test_a_feed_that_declares_entities_is_not_looked_into(self, tmp_path: Path, declared: str) -> None:
        bomb = rss(ITEM.replace(TEXT, "&c;"), before=f"<!DOCTYPE rss [{declared}]>")

        articles = read_feed(tmp_path, bomb)

        assert len(articles) == 0
        assert [failure.rule for failure in articles.failures] == ["feed must declare no entities; got <!ENTITY"]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "utf-7", "unicode_escape"])
    @pytest.mark.parametrize("before", ["", "<!-- <rss -->", "<?rss <rss ?>"])
    def test_no_entity_is_expanded_wherever_its_declaration_hides(
        self, tmp_path: Path, before: str, encoding: str
    ) -> None:
        declared = f'{before}<!DOCTYPE rss SYSTEM "<!--" [<!ENTITY a "{"rain and wind, " * 300}">]>'
        bomb = rss(ITEM.replace(TEXT, "&a;" * 500), before=declared).replace("utf-8", encoding)

        articles = read_feed(
            tmp_path, bomb.replace("<", "\\x3c").encode() if "_" in encoding else bomb.encode(encoding)
        )

        assert len(articles) == 0
        assert len(articles.failures) == 1

    @pytest.mark.parametrize(
        "item",
        [
            "<item><p:chapters xmlns:p='http://podlove.org/simple-chapters'><p:chapter title='x'/></p:chapters></item>",
            "<item><title>&#55357;&#56832; & rain</title></item>",
            "<item><title>&#x110000; & rain</title></item>",
            "<item><title>&#99999999999; & rain</title></item>",
            "<item><gml:pos xmlns:gml='http://www.opengis.net/gml'>1</gml:pos></item>",
        ],
        ids=["chapter", "half a character", "no character", "far too large", "place"],
    )
    def test_a_feed_at_which_the_parser_fails_does_not_stop_the_rest(self, tmp_path: Path, item: str) -> None:
        (tmp_path / "a.rss").write_text(rss(item), encoding="utf-8")
        (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")

        articles = read(tmp_path)

        assert [article.text for article in articles] == [TEXT]
        assert "feed must be one that can be parsed; got" in str(articles.failures[0])

    def test_an_article_about_entities_is_read(self, tmp_path: Path) -> None:
        item = f"<item><description><![CDATA[<p>{TEXT} It began with &lt;!ENTITY. <!ENTITY]]></description></item>"

        (article,) = read_feed(tmp_path, rss(item))

        assert TEXT in article.text

    def test_scripts_styles_and_frames_are_no_text(self, tmp_path: Path) -> None:
        evil = (
            "&lt;script&gt;alert(1)&lt;/script&gt;&lt;style&gt;p{}&lt;/style&gt;&lt;iframe src='x'&gt;&lt;/iframe&gt;"
        )

        (article,) = read_feed(tmp_path, rss(ITEM.replace("&lt;p&gt;", f"{evil}&lt;p&gt;")))

        assert article.text == TEXT

    def test_nothing_is_fetched(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise AssertionError("a connection was tried")

        monkeypatch.setattr(socket.socket, "connect", refuse)
        monkeypatch.setattr(socket, "getaddrinfo", refuse)
        outside = '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd"><?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?>'
        image = "&lt;img src='http://127.0.0.1:9/pixel.gif'&gt;"

        (article,) = read_feed(tmp_path, rss(ITEM.replace("&lt;p&gt;", f"{image}&lt;p&gt;"), before=outside))

        assert article.text == TEXT

    @given(st.binary(max_size=60) | st.text(max_size=40).map(lambda text: rss(ITEM, text)[:-20].encode()))
    def test_any_bytes_are_read_or_refused(self, data: bytes) -> None:
        try:
            items = list(feed_rows(data, "p", "a.xml"))
        except ReadError:
            items = []

        for item in items:
            assert isinstance(item, ReadFailure) or item[1].text.strip()
