from __future__ import annotations

import math
import re
import threading

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimtrack.errors import InvalidInputError
from claimtrack.index import LexicalIndex, Match, lexical
from strategies import any_text

Row = tuple[str, str, str]

ROWS: list[Row] = [
    ("a", "The ferry sails on Monday.", "Sailing again"),
    ("b", "Tickets cost 12 crowns.", "Sailing again"),
    ("c", "The mayor of Varn resigned.", ""),
    ("d", "Snow fell, and the ferry stayed.", "Weather"),
]


def filled(rows: list[Row]) -> LexicalIndex:
    index = LexicalIndex()
    index.add([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows])
    return index


def found(index: LexicalIndex, query: str, k: int = 100) -> list[str]:
    return [match.id for match in index.search(query, k=k)]


def brute_force(rows: list[Row], query: str, k: int) -> list[tuple[str, float]]:
    """BM25 as its paper and the manual of FTS5 have it, for words of ASCII letters."""
    texts = {id_: (text.lower().split(), title.lower().split()) for id_, text, title in rows}
    mean = sum(len(text) + len(title) for text, title in texts.values()) / len(rows)
    sums: dict[str, float] = {}
    for word in sorted(set(query.lower().split())):
        n = sum(word in text + title for text, title in texts.values())
        idf = max(math.log((len(rows) - n + 0.5) / (n + 0.5)), 1e-6)
        for id_, (text, title) in texts.items():
            f = lexical.TEXT_WEIGHT * text.count(word) + lexical.TITLE_WEIGHT * title.count(word)
            if f:
                length = 1 - 0.75 + 0.75 * (len(text) + len(title)) / mean
                sums[id_] = sums.get(id_, 0.0) + idf * f * 2.2 / (f + 1.2 * length)
    return sorted(sums.items(), key=lambda pair: (-round(pair[1], 9), pair[0]))[:k]


def sets_of_rows(max_size: int = 12) -> st.SearchStrategy[list[Row]]:
    words = st.lists(st.sampled_from("ferry mayor snow Ferry tax bank vote".split()), max_size=5).map(" ".join)
    rows = st.tuples(st.integers(0, 99).map("c{:02}".format), words, words)
    return st.lists(rows, min_size=1, max_size=max_size, unique_by=lambda row: row[0])


# -- what is found -----------------------------------------------------------------------------------------------------


@given(sets_of_rows(), st.lists(st.sampled_from("ferry mayor SNOW tax".split()), min_size=1).map(" ".join))
def test_the_ranking_is_that_of_bm25(rows: list[Row], query: str) -> None:
    got = [(match.id, match.bm25) for match in filled(rows).search(query, k=100)]

    expected = dict(brute_force(rows, query, 100))
    assert {id_ for id_, _ in got} == set(expected)
    assert [value for _, value in got] == pytest.approx([expected[id_] for id_, _ in got])
    assert got == sorted(got, key=lambda pair: (-pair[1], pair[0]))


def test_a_rare_word_finds_its_text_first() -> None:
    index = filled(ROWS)

    assert found(index, "who was the mayor of Varn") == ["c", "a", "d"]
    assert found(index, "snow") == ["d"]
    assert found(index, "nothing like it") == []


def test_a_title_counts_less_than_a_text() -> None:
    index = filled([("in title", "No word of it.", "ferry"), ("in text", "ferry", "No word of it.")])

    assert found(index, "ferry") == ["in text", "in title"]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("erdogan", "Erdoğan spoke."),
        ("ERDOĞAN", "erdogan spoke."),
        ("Erdog\u0306an", "Erdoğan spoke."),
        ("Straße", "die straße"),
        ("ΟΔΟΣ", "οδος"),
        ("Зеленский", "зеленский сказал"),
        ("हिन्दी", "वह हिन्दी बोलता है"),
        ("محمد", "قال محمد"),
    ],
)
def test_case_and_diacritics_do_not_count(query: str, text: str) -> None:
    assert found(filled([("x", text, ""), ("y", "something else", "")]), query) == ["x"]


def test_a_figure_is_looked_for_as_a_whole() -> None:
    """The 000 of 16,000 stands in every other figure."""
    index = filled([("a", "It cost 16,000 crowns.", ""), ("b", "It cost 12,000 crowns.", ""), ("c", "Rain.", "")])

    assert found(index, "16,000") == ["a"]
    assert found(index, "paid 12,000.") == ["b"]
    assert found(index, "000,") == ["a", "b"]


def test_a_word_counts_once_however_often_it_is_asked_for() -> None:
    index = filled(ROWS)

    assert index.search("Ferry ferry FERRY snow", k=9) == index.search("snow ferry", k=9)


def test_ties_at_the_last_place_are_chosen_by_id() -> None:
    """Copies of one wire story tie; without care those that were added first would be taken."""
    index = filled([(f"c{n:03}", "The ferry sails.", "") for n in reversed(range(100))] + [("other", "Rain fell.", "")])

    assert found(index, "ferry", k=3) == ["c000", "c001", "c002"]


@given(st.data())
@settings(max_examples=30)
def test_the_order_of_insertion_changes_nothing(data: st.DataObject) -> None:
    rows = data.draw(sets_of_rows())
    shuffled = data.draw(st.permutations(rows))
    k = data.draw(st.integers(1, 5))
    one_by_one = LexicalIndex()
    for id_, text, title in shuffled:
        one_by_one.add([id_], [text], [title])

    assert one_by_one.search("ferry mayor tax", k=k) == filled(rows).search("ferry mayor tax", k=k)


@given(st.data())
@settings(max_examples=30)
def test_what_is_removed_was_never_there(data: st.DataObject) -> None:
    rows = data.draw(sets_of_rows())
    gone = data.draw(st.lists(st.sampled_from(rows), unique=True))
    index = filled(rows)

    index.remove([id_ for id_, _, _ in gone])

    rest = [row for row in rows if row not in gone]
    assert len(index) == len(rest)
    assert index.search("ferry mayor tax", k=9) == filled(rest).search("ferry mayor tax", k=9)


def test_a_removed_id_can_be_added_again() -> None:
    index = filled(ROWS)

    index.remove(["a"])
    index.add(["a"], ["Rain fell in Varn."], [""])

    assert found(index, "ferry") == ["d"]
    assert found(index, "rain") == ["a"]


# -- words that many texts hold ----------------------------------------------------------------------------------------


def test_a_word_of_many_texts_ranks_but_does_not_find(monkeypatch: pytest.MonkeyPatch) -> None:
    """To rank each claim that holds "the" is most of the work of a search, and of no use."""
    rows = [(f"c{n}", "the ferry", "") for n in range(5)] + [("x", "the mayor", ""), ("y", "a mayor", "")]
    monkeypatch.setattr(lexical, "_MANY", 4)
    index = filled([*rows, *((f"z{n}", "rain fell here again today", "") for n in range(9))])

    matches = index.search("the mayor", k=20)

    assert [match.id for match in matches] == ["x", "y"]
    assert matches[0].bm25 > matches[1].bm25


def test_words_of_many_texts_find_when_there_is_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexical, "_MANY", 2)

    index = filled([*ROWS, ("e", "The ferry sank.", "")])

    assert sorted(found(index, "the ferry")) == ["a", "c", "d", "e"]
    assert found(index, "the Monday ferry") == ["a"]


# -- hostile queries ---------------------------------------------------------------------------------------------------

NOTHING = [
    "",
    " ",
    "\n",
    "\x00",
    '"',
    '""',
    "''",
    "*",
    "^",
    "-",
    ":",
    "( )",
    "()()((",
    "{}",
    "—…«»",
    "\ud800",
    "🚢",
    "+",
    "_",
]


@pytest.mark.parametrize("query", NOTHING)
def test_a_query_without_letter_or_digit_finds_nothing(query: str) -> None:
    assert filled(ROWS).search(query, k=5) == []
    assert LexicalIndex().search(query, k=5) == []


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("ferry AND mayor", ["a", "c", "d"]),  # one of the words is enough
        ("ferry NOT snow", ["a", "d"]),
        ("NEAR(ferry monday, 1)", ["a", "d"]),
        ("ferr*", []),
        ("^mayor", ["c"]),
        ("-ferry", ["a", "d"]),
        ("title : ferry", ["a", "d"]),
        ("{title} : (ferry)", ["a", "d"]),
        ("words MATCH 'ferry'", ["a", "d"]),
        ('fer"ry', []),
        ('"ferry mayor"', ["a", "c", "d"]),
        ('ferry" OR rank MATCH "bm25(0)', ["a", "d"]),
        ("ferry\x00mayor", ["a", "c", "d"]),
        ("'; DROP TABLE words; --", []),
        ("ferry + mayor", ["a", "c", "d"]),
        ("AND", ["d"]),  # a word like any other: "Snow fell, and"
        ("OR", []),
        ("ferry\ud800", ["a", "d"]),
        (",.ferry.,", ["a", "d"]),
    ],
)
def test_nothing_in_a_query_is_an_operator(query: str, ids: list[str]) -> None:
    assert sorted(found(filled(ROWS), query)) == ids


@given(any_text(), any_text(), any_text())
@example("a\u2066", "", "")  # a sign that came to Unicode later than the tables of FTS5
@settings(max_examples=200)
def test_any_text_can_be_held_and_asked_for(text: str, title: str, query: str) -> None:
    index = filled([("x", text, title), *ROWS])

    for asked in (query, text, title, f'{text}"{query}', f"ferry {query}"):
        assert len(index.search(asked, k=9)) <= 5
    if re.search(r"[a-z]", text):
        assert "x" in found(index, text)


def test_a_whole_article_can_be_asked_for() -> None:
    """FTS5 gives up at deep expressions; many words must not make one."""
    index = filled(ROWS)

    assert found(index, " ".join(f"word{n}" for n in range(5_000)) + " snow") == ["d"]
    assert found(index, "snow " + "x" * 100_000) == ["d"]


def test_a_search_works_from_another_thread() -> None:
    """A web server answers each request in a thread of its own."""
    index = filled(ROWS)
    answers: list[list[str]] = []
    threads = [threading.Thread(target=lambda: answers.append(found(index, "snow"))) for _ in range(8)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [["d"]] * 8


# -- wrong input -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ids", "texts", "titles", "rule"),
    [
        (["x"], [], [""], "ids, texts and titles must be as many; got 1, 0 and 1"),
        (["x", "x"], ["a", "b"], ["", ""], "ids must not repeat; got 'x' twice"),
        (["x", "a"], ["a", "b"], ["", ""], "ids must not be held already; got 'a'"),
        ("x", ["a"], [""], "ids must be a sequence of str; got the str 'x'"),
        ([7], ["a"], [""], "ids must be str; got 7"),
        (["x"], [b"a"], [""], "texts must be str; got b'a'"),
        (["x"], ["a"], [None], "titles must be str; got None"),
    ],
)
def test_what_breaks_a_rule_is_refused_and_nothing_is_added(
    ids: list[str], texts: list[str], titles: list[str], rule: str
) -> None:
    index = filled(ROWS)

    with pytest.raises(InvalidInputError, match=rule):
        index.add(ids, texts, titles)

    assert len(index) == len(ROWS)
    assert index.search("a ferry", k=9) == filled(ROWS).search("a ferry", k=9)


def test_an_id_that_is_not_held_is_refused_and_nothing_is_removed() -> None:
    index = filled(ROWS)

    with pytest.raises(InvalidInputError, match="ids must be held to be removed; got 'x'"):
        index.remove(["a", "x"])

    assert len(index) == len(ROWS)
    assert "a" in found(index, "ferry")


@pytest.mark.parametrize("k", [0, -1, 2.0, True])
def test_k_must_be_a_positive_int(k: int) -> None:
    with pytest.raises(InvalidInputError, match="k must be an int of at least 1; got "):
        LexicalIndex().search("ferry", k=k)


def test_k_may_be_larger_than_any_integer_of_sqlite() -> None:
    assert len(filled(ROWS).search("ferry", k=10**30)) == 2


def test_a_sqlite_without_fts5_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexical, "_SCHEMA", "CREATE VIRTUAL TABLE words USING fts6(text)")

    with pytest.raises(
        InvalidInputError, match=r"SQLite of this Python must have FTS5; got 3\.\d+.* without it \(no such module"
    ):
        LexicalIndex()


def test_a_match_is_equal_by_value() -> None:
    assert Match("a", 1.5) == Match("a", 1.5)
