from __future__ import annotations

from urllib.parse import unquote

import pytest

from claimtrack.records import Article, Claim, Provenance, Span
from claimtrack.report.html.links import address_of_words


def address(
    text: str, *spans: Span, url: str | None = "https://post.example/a", sentence: Span | None = None
) -> str | None:
    article = Article(name="a", text=text, url=url)
    place = Provenance(article_id=article.id, spans=spans, extractor="by hand", sentence=sentence or Span(0, len(text)))
    return address_of_words(article, Claim(text="x", provenance=place))


def test_words_are_named_from_the_first_to_the_last_of_the_claim() -> None:
    assert address("It said the port shut.", Span(8, 16)) == "https://post.example/a#:~:text=the%20port"


def test_marks_with_a_meaning_in_a_text_fragment_are_encoded() -> None:
    text = "50% – over-all, A&B #1 “é”"

    found = address(text, Span(0, len(text)))

    assert found == (
        "https://post.example/a#:~:text=50%25%20%E2%80%93%20over%2Dall%2C%20A%26B%20%231%20%E2%80%9C%C3%A9%E2%80%9D"
    )
    assert unquote(found.partition("text=")[2]) == text


def test_of_long_words_only_the_first_and_the_last_are_named() -> None:
    words = " ".join(f"w{n}" for n in range(30))

    found = address(words, Span(0, len(words)))

    assert found is not None
    assert unquote(found.partition("text=")[2]) == "w0 w1 w2 w3 w4 w5 w6 w7,w22 w23 w24 w25 w26 w27 w28 w29"


def test_words_over_two_lines_are_named_by_their_ends_as_no_browser_finds_them_in_one() -> None:
    text = "The port\n\nis shut"

    assert address(text, Span(0, len(text))) == "https://post.example/a#:~:text=The%20port,is%20shut"


def test_words_from_outside_of_the_sentence_take_no_part() -> None:
    text = "Ann went. She fell."

    assert address(text, Span(0, 3), Span(14, 18), sentence=Span(10, 19)) == "https://post.example/a#:~:text=fell"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://post.example/a#part", "http://post.example/a#part:~:text=port"),
        ("http://post.example/a#part:~:text=other", "http://post.example/a#part:~:text=port"),
        ("http://post.example/a?q=1&r=é", "http://post.example/a?q=1&r=%C3%A9#:~:text=port"),
        ("javascript:alert(1)", None),
        ("//post.example/a", None),
        (None, None),
    ],
)
def test_only_web_addresses_are_linked_and_what_they_have_is_kept(url: str | None, expected: str | None) -> None:
    assert address("The port.", Span(4, 8), url=url) == expected


def test_lone_surrogates_break_no_address() -> None:
    assert address("a \ud800 b", Span(0, 5)) == "https://post.example/a#:~:text=a%20%3F%20b"


def test_words_that_are_white_space_name_the_page_alone() -> None:
    assert address("a   b", Span(1, 3)) == "https://post.example/a"
