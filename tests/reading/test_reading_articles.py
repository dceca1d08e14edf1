from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.errors import InvalidInputError
from claimtrack.reading import Articles, ReadFailure, read

TEXT = "Dock workers in the port of Lindow voted on Tuesday against the offer, and the strike goes on."
OTHER = "The mayor of Lindow asked both sides to come back to the table before the end of the week."


def rows(path: Path, *items: object) -> Path:
    path.write_text(
        "".join((item if isinstance(item, str) else json.dumps(item)) + "\n" for item in items), encoding="utf-8"
    )
    return path


def only_failure(articles: Articles) -> ReadFailure:
    assert len(articles) == 0
    (failure,) = articles.failures
    assert "\n" not in str(failure)
    return failure


class TestWhatIsRead:
    def test_a_text_file_is_kept_exactly_as_it_is(self, tmp_path: Path) -> None:
        """Offsets count its code points: a byte order mark and a carriage return are among them."""
        raw = "\ufeffHeadline of a day\r\n\r\n" + TEXT + "\r\rLast é 👩‍👧 line of the text.\n\n"
        path = tmp_path / "a.txt"
        path.write_bytes(raw.encode())

        (article,) = read(path)

        assert article.text == raw
        assert article.name == "a.txt"
        assert article.title == "Headline of a day"

    @given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=80))
    def test_any_utf8_comes_back_unchanged_or_is_a_failure(self, text: str) -> None:
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.txt"
            path.write_bytes(text.encode())

            articles = read(path)

        assert [a.text for a in articles] == [text] or len(articles.failures) == 1

    @given(st.binary(max_size=60), st.sampled_from(["a.txt", "a.md", "a.html", "a.jsonl"]))
    def test_any_bytes_are_read_or_are_a_failure(self, data: bytes, name: str) -> None:
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(data)

            articles = read(path)

        assert len(articles) + len(articles.failures) >= 1

    def test_markdown_is_kept_as_it_is_and_its_heading_is_the_title(self, tmp_path: Path) -> None:
        raw = f"# Strike at the port\n\n{TEXT}\n"
        (tmp_path / "a.markdown").write_text(raw, encoding="utf-8")

        (article,) = read(tmp_path / "a.markdown")

        assert (article.text, article.title) == (raw, "Strike at the port")

    def test_a_page_gives_its_text_and_metadata(self, tmp_path: Path) -> None:
        paragraphs = "".join(f"<p>{text}</p>" for text in (TEXT, OTHER, TEXT.replace("Tuesday", "Monday")))
        page = (
            "<html><head><title>Strike goes on - Lindow Gazette</title><meta property='og:site_name' content='Lindow Gazette'>"
            "<meta property='article:published_time' content='2021-05-04T10:00:00Z'><meta name='author' content='Ada Crane'>"
            "<link rel='canonical' href='https://example.org/strike'></head><body><nav><a href='/'>Home</a></nav>"
            f"<article><h1>Strike goes on</h1>{paragraphs}</article><footer>All rights reserved</footer></body></html>"
        )
        (tmp_path / "a.html").write_text(page, encoding="utf-8")

        (article,) = read(tmp_path)

        assert (article.name, article.title, article.source) == ("a.html", "Strike goes on", "Lindow Gazette")
        assert (article.published, article.author, article.url) == (
            "2021-05-04",
            "Ada Crane",
            "https://example.org/strike",
        )
        assert TEXT in article.text
        assert "Home" not in article.text

    def test_a_page_is_decoded_as_it_declares(self, tmp_path: Path) -> None:
        page = f"<html><head><meta charset='iso-8859-1'><title>x</title></head><body><article><p>“Café” {TEXT}</p><p>{OTHER}</p></article></body></html>"
        (tmp_path / "a.htm").write_bytes(page.encode("cp1252"))

        (article,) = read(tmp_path / "a.htm")

        assert "“Café”" in article.text

    def test_a_row_gives_its_fields(self, tmp_path: Path) -> None:
        row = {
            "id": 7,
            "title": "T",
            "text": TEXT,
            "source": "Lindow Gazette",
            "published": "2021-05-04T23:30:00-05:00",
            "url": "u",
            "author": "A",
            "more": 1,
        }
        path = rows(tmp_path / "a.jsonl", row, {"text": OTHER, "id": "x-2", "published": None}, {"text": TEXT})

        one, two, three = read(path)

        assert (one.name, one.title, one.source, one.published, one.url, one.author) == (
            "7",
            "T",
            "Lindow Gazette",
            "2021-05-04",
            "u",
            "A",
        )
        assert (two.name, two.title, two.published) == ("x-2", None, None)
        assert three.name == "a.jsonl:3"

    @pytest.mark.parametrize(
        ("fields", "wire"),
        [
            ({"wire": "AP"}, "AP"),
            ({"agency": "dpa"}, "dpa"),
            ({"wire": True}, "wire"),
            ({"agency": True, "wire": False}, "wire"),
            ({"wire": " ", "agency": "Reuters"}, "Reuters"),
            ({"wire": "AP", "agency": "Reuters"}, "AP"),
            ({"wire": False, "agency": None}, None),
            ({"wire": 5, "agency": ["AP"]}, None),
            ({}, None),
        ],
    )
    def test_a_row_names_the_agency_and_other_values_say_nothing(
        self, tmp_path: Path, fields: dict[str, Any], wire: str | None
    ) -> None:
        plain, article = read(rows(tmp_path / "a.jsonl", {"text": OTHER}, {"text": TEXT} | fields))

        assert (plain.wire, article.wire) == (None, wire)
        assert article.id == read(rows(tmp_path / "b.jsonl", {"text": TEXT}))[0].id

    def test_fields_that_a_row_lacks_are_read_from_its_text(self, tmp_path: Path) -> None:
        text = f"Monday, 10 May 2021\n\nStrike at the port goes on\n\n{TEXT} It is the fourth week of the strike in the town.\n\nSource: Lindow Gazette"
        path = rows(tmp_path / "a.ndjson", {"text": text, "source": "Harth News"})

        (article,) = read(path)

        assert (article.title, article.published, article.source) == (
            "Strike at the port goes on",
            "2021-05-10",
            "Harth News",
        )

    def test_a_row_may_hold_a_key_twice_and_start_with_a_byte_order_mark(self, tmp_path: Path) -> None:
        path = rows(
            tmp_path / "a.jsonl", '\ufeff{"text": 1, "text": ' + json.dumps(TEXT) + "}", "", json.dumps({"text": OTHER})
        )

        articles = read(path)

        assert [a.text for a in articles] == [TEXT, OTHER]
        assert articles.failures == ()


class TestWhereItIsFound:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        (tmp_path / "b" / "deep").mkdir(parents=True)
        for name, text in [
            ("c.txt", TEXT),
            ("a.txt", OTHER),
            ("b/deep/z.TXT", TEXT + " Yes."),
            ("b/a.md", OTHER + " No."),
        ]:
            (tmp_path / name).write_text(text, encoding="utf-8")
        for name in (".hidden.txt", "picture.png", "Makefile"):
            (tmp_path / name).write_text("no article", encoding="utf-8")
        (tmp_path / ".git").mkdir()
        (tmp_path / ".git" / "x.txt").write_text(TEXT, encoding="utf-8")
        return tmp_path

    @pytest.mark.parametrize("as_type", [str, Path])
    def test_a_folder_is_read_in_full_by_name_without_hidden_and_other_files(self, folder: Path, as_type: type) -> None:
        articles = read(as_type(folder))

        assert [a.name for a in articles] == ["a.txt", "a.md", "z.TXT", "c.txt"]
        assert articles.failures == ()

    def test_a_pattern_is_read_by_name(self, folder: Path) -> None:
        assert [a.name for a in read(f"{folder}/*.txt")] == ["a.txt", "c.txt"]
        assert [a.name for a in read(folder / "**" / "*.[mt]*")] == ["a.txt", "a.md", "c.txt"]

    def test_a_file_with_the_signs_of_a_pattern_in_its_name_is_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "a[1].txt").write_text(TEXT, encoding="utf-8")

        assert [a.name for a in read(tmp_path / "a[1].txt")] == ["a[1].txt"]

    def test_paths_are_read_in_their_order(self, folder: Path) -> None:
        assert [a.name for a in read([folder / "c.txt", str(folder / "a.txt")])] == ["c.txt", "a.txt"]
        assert [a.name for a in read(iter([folder / "c.txt"]))] == ["c.txt"]
        assert list(read([])) == []

    def test_the_same_article_twice_is_one_and_the_first_name_stays(self, tmp_path: Path) -> None:
        for name in ("b.txt", "a.txt"):
            (tmp_path / name).write_text(TEXT, encoding="utf-8")

        assert [a.name for a in read(tmp_path)] == ["a.txt"]
        assert [a.name for a in read([tmp_path / "b.txt", tmp_path, tmp_path / "b.txt"])] == ["b.txt"]

    def test_a_failure_is_told_once_though_the_file_is_named_twice(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes(b"")

        assert len(read([tmp_path, tmp_path / "a.txt", str(tmp_path / "a.txt")]).failures) == 1

    def test_a_link_inside_the_folder_is_followed_and_one_that_leads_out_is_a_failure(self, tmp_path: Path) -> None:
        """A folder that somebody sent must not make claimtrack read the files beside it."""
        (tmp_path / "secret.txt").write_text(OTHER, encoding="utf-8")
        folder = tmp_path / "folder"
        folder.mkdir()
        (folder / "b.txt").write_text(TEXT, encoding="utf-8")
        (folder / "a.txt").symlink_to("b.txt")
        (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
        (folder / "up").symlink_to(tmp_path)
        (folder / "loop").symlink_to(folder)

        articles = read(folder)

        assert [(a.name, a.text) for a in articles] == [("a.txt", TEXT)]
        assert [Path(f.path).name for f in articles.failures] == ["out.txt", "up"]
        assert all("inside that folder" in f.rule for f in articles.failures)
        assert [a.text for a in read(folder / "out.txt")] == [OTHER]

    def test_a_name_that_is_no_utf8_is_written_with_escapes(self, tmp_path: Path) -> None:
        path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
        try:
            Path(os.fsdecode(path)).write_text(TEXT, encoding="utf-8")
        except OSError:
            pytest.skip("this file system takes UTF-8 names only")

        (article,) = read(tmp_path)

        assert article.name == "caf\\xe9.txt"


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("name", "data", "place", "rule"),
        [
            ("a.txt", b"", "", "text must hold more than white space; got 0 bytes"),
            ("a.txt", b" \n\t\r\n", "", "text must hold more than white space; got 5 bytes"),
            ("a.txt", b"\xef\xbb\xbf\n", "", "text must hold more than white space"),
            ("a.txt", "\u3000\u2003".encode(), "", "text must hold more than white space"),
            ("a.md", b"", "", "text must hold more than white space"),
            ("a.html", b"", "", "text must hold more than white space"),
            ("a.jsonl", b"\n \n", "", "file must hold at least one row; got only white space"),
            ("a.txt", b"PK\x03\x04 text \x00 more", "byte 10", "got a NUL byte"),
            ("a.txt", b"\x01\x02\x03\x04\x05 text", "", "50% control characters"),
            (
                "a.txt",
                TEXT.encode() + b" caf\xe9.",
                f"byte {len(TEXT) + 4}",
                "text must be valid UTF-8; got byte 0xe9 (hint: ",
            ),
            ("a.txt", TEXT.encode("utf-16"), "", "got a UTF-16 byte order mark"),
            (
                "a.txt",
                b"12,5 % | 17 %\n3 + 4\n",
                "",
                "article must hold at least one sentence; got a text without letters",
            ),
            (
                "a.txt",
                "Рабочие порта отвергли предложение".encode(),
                "",
                "article must be in English; got mostly Cyrillic letters",
            ),
            (
                "a.txt",
                b"Der Streik und das Ende der Arbeit sind nicht zu sehen",
                "",
                "article must be in English; got German",
            ),
            ("a.html", b"<html><body></body></html>", "", "HTML must hold the text of an article"),
        ],
    )
    def test_a_file_that_holds_no_article_is_named_with_the_rule(
        self, tmp_path: Path, name: str, data: bytes, place: str, rule: str
    ) -> None:
        (tmp_path / name).write_bytes(data)

        failure = only_failure(read(tmp_path / name))

        assert failure.path == str(tmp_path / name)
        assert failure.place == place
        assert rule in failure.rule

    @pytest.mark.parametrize(
        ("name", "rule"),
        [
            ("missing.txt", "path must name a file or folder that is there; got a missing one"),
            ("-", "path must name a file or folder that is there; got a missing one"),
            ("*.txt", "pattern must match at least one file; got no match"),
            ("empty", "folder must hold at least one file ending in .atom, .html"),
            ("other", "folder must hold at least one file ending in .atom, .html"),
            ("other/a.pdf", "suffix must be one of .atom, .html"),
            ("x" * 300 + ".txt", "path must be readable; got 'File name too long'"),
            ("a\x00b.txt", "path must be a name without NUL characters"),
        ],
    )
    def test_a_path_that_names_nothing_to_read_is_a_failure(self, tmp_path: Path, name: str, rule: str) -> None:
        (tmp_path / "empty").mkdir()
        (tmp_path / "other").mkdir()
        (tmp_path / "other" / "a.pdf").write_text(TEXT, encoding="utf-8")

        failure = only_failure(read(f"{tmp_path}/{name}"))

        assert rule in failure.rule

    def test_an_empty_path_is_not_the_current_folder(self) -> None:
        assert only_failure(read("")).rule.startswith("path must be a name")

    def test_a_pipe_does_not_hold_the_rest_up(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "a.txt")
        (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")

        articles = read(tmp_path)

        assert [a.name for a in articles] == ["b.txt"]
        assert [f.rule for f in articles.failures] == ["path must name a regular file; got a pipe"]

    @pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
    def test_an_article_over_the_limit_is_a_failure_and_one_at_the_limit_is_not(
        self, tmp_path: Path, name: str
    ) -> None:
        data = TEXT if name == "a.txt" else json.dumps({"text": TEXT})
        (tmp_path / name).write_text(data + ("" if name == "a.txt" else "\n"), encoding="utf-8")

        assert len(read(tmp_path, max_bytes=len(data))) == 1
        failure = only_failure(read(tmp_path, max_bytes=len(data) - 1))
        assert failure.rule.startswith(f"article must have at most {len(data) - 1} bytes; got more")

    def test_a_long_file_of_short_rows_is_read(self, tmp_path: Path) -> None:
        """The limit is on an article; a collection of thousands of them is longer than that."""
        path = rows(tmp_path / "a.jsonl", *({"id": str(k), "text": f"{TEXT} {k}"} for k in range(50)))

        assert len(read(path, max_bytes=200)) == 50

    @pytest.mark.parametrize(
        ("line", "rule"),
        [
            ("{", "row must be a JSON object; got invalid JSON"),
            ("not json", "row must be a JSON object; got invalid JSON"),
            ("[1]", "row must be a JSON object; got array"),
            ('"text"', "row must be a JSON object; got string"),
            ("{}", "field 'text' must be a string with words in it; got none"),
            ('{"text": null}', "field 'text' must be a string with words in it; got none"),
            ('{"text": 5}', "field 'text' must be a string; got number"),
            ('{"text": ["a"]}', "field 'text' must be a string; got array"),
            ('{"text": "1 2 3"}', "article must hold at least one sentence"),
            ('{"text": "a\\u0000b"}', "text must hold no NUL character"),
            ('{"text": "half \\ud83d of it"}', "field 'text' must be Unicode without lone surrogates"),
            ({"text": TEXT, "title": "\ud83d"}, "field 'title' must be Unicode without lone surrogates"),
            ({"text": TEXT, "title": 3}, "field 'title' must be a string; got number"),
            ({"text": TEXT, "source": {}}, "field 'source' must be a string; got object"),
            ({"text": TEXT, "author": ["A"]}, "field 'author' must be a string; got array"),
            ({"text": TEXT, "wire": "\ud83d"}, "field 'wire' must be Unicode without lone surrogates; got one"),
            ({"text": TEXT, "url": False}, "field 'url' must be a string; got boolean"),
            ({"text": TEXT, "id": 1.5}, "field 'id' must be a string or a whole number; got number"),
            ({"text": TEXT, "id": True}, "field 'id' must be a string or a whole number; got boolean"),
            ({"text": TEXT, "published": 20210504}, "field 'published' must be a string; got number"),
            (
                {"text": TEXT, "published": "yesterday"},
                "field 'published' must be an ISO date or timestamp such as 2018-09-10; got 'yesterday'",
            ),
            ({"text": TEXT, "published": "2021-13-01"}, "field 'published' must be an ISO date"),
            ("[" * 100_000, "row must be a JSON object; got one nested too deep"),
            ('{"text": ' + "9" * 5000 + "}", "row must be a JSON object; got"),
            ({"text": "Рабочие порта отвергли предложение"}, "article must be in English; got mostly Cyrillic letters"),
        ],
    )
    def test_a_bad_row_is_named_by_its_line_and_the_rest_is_read(self, tmp_path: Path, line: Any, rule: str) -> None:
        path = rows(tmp_path / "a.jsonl", {"text": TEXT}, line, {"text": OTHER})

        articles = read(path)

        assert [a.text for a in articles] == [TEXT, OTHER]
        (failure,) = articles.failures
        assert failure.place.startswith("line 2")
        assert rule in failure.rule
        assert len(str(failure).splitlines()) == 1

    def test_a_row_that_is_no_utf8_names_line_and_byte(self, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").write_bytes(b'{"text": "caf\xe9"}\n' + json.dumps({"text": TEXT}).encode())

        articles = read(tmp_path)

        assert len(articles) == 1
        assert articles.failures[0].place == "line 1, byte 13"

    def test_a_binary_file_of_rows_is_one_failure(self, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").write_bytes(b"\x00\x01\n" * 50)

        assert "NUL byte" in only_failure(read(tmp_path)).rule

    def test_every_bad_item_is_told_and_none_stops_the_rest(self, tmp_path: Path) -> None:
        (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
        (tmp_path / "bad.txt").write_bytes(b"\xff")

        articles = read([tmp_path / "none.txt", tmp_path, f"{tmp_path}/*.html"])

        assert [a.name for a in articles] == ["good.txt"]
        assert [Path(f.path).name for f in articles.failures] == ["none.txt", "bad.txt", "*.html"]

    @pytest.mark.parametrize("paths", [5, None, b"a.txt", [b"a.txt"], [5], [None]])
    def test_a_path_of_another_type_is_a_type_error(self, paths: Any) -> None:
        with pytest.raises(TypeError, match=r"path.* must be a str.*got (int|NoneType|bytes)"):
            read(paths)

    @pytest.mark.parametrize("max_bytes", [0, -1, 1.5, "10", True])
    def test_a_limit_that_is_no_positive_int_is_an_error(self, max_bytes: Any) -> None:
        with pytest.raises(InvalidInputError, match=f"max_bytes must be an int >= 1; got {max_bytes!r}"):
            read([], max_bytes=max_bytes)


class TestArticles:
    def test_articles_are_a_sequence_that_is_equal_by_value(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
        (tmp_path / "b.txt").write_text(OTHER, encoding="utf-8")

        articles = read(tmp_path)

        assert isinstance(articles, Sequence)
        assert isinstance(articles, Iterable)
        assert articles[1].text == OTHER
        assert [a.name for a in articles[:1]] == ["a.txt"]
        assert articles[0] in articles
        assert articles == read(tmp_path)
        assert hash(articles) == hash(read(tmp_path))
        assert repr(articles) == "<Articles: 2 read, 0 failed>"

    def test_a_failure_is_one_printable_line(self) -> None:
        assert str(ReadFailure(path="a\nb.txt", place="line 3", rule="x must be y")) == "a\\nb.txt, line 3: x must be y"
        assert str(ReadFailure(path="\x1b[2Ja", place="", rule="x")) == "\\x1b[2Ja: x"
