"""ClaimReview files: what was claimed, by whom, when and where; never what the reviewer thinks of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack import Tracker
from claimtrack.errors import ReadError
from claimtrack.export import to_claim_review
from claimtrack.extraction import SpacyExtractor
from claimtrack.reading import Articles, read
from claimtrack.reading.claim_review import claim_rows
from claimtrack.reading.failures import ReadFailure
from claimtrack.testing import LetterEmbedder, SentenceExtractor, WordRelationModel

REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://check.example/port",
    "datePublished": "2031-05-01",
    "author": {"@type": "Organization", "name": "Lindow Checks"},
    "claimReviewed": "The port of Lindow was closed for a week.",
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "alternateName": "False"},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Ada Crane"},
        "datePublished": "2031-04-04T23:30:00-05:00",
        "appearance": [
            {"@type": "CreativeWork", "url": "https://gazette.example/3", "publisher": {"name": "Lindow Gazette"}},
            "https://other.example/4",
        ],
    },
}


def read_json(tmp_path: Path, document: object, name: str = "claims.jsonld") -> Articles:
    (tmp_path / name).write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return read(tmp_path / name)


def reviewed(**fields: Any) -> dict[str, Any]:
    return REVIEW | {"itemReviewed": REVIEW["itemReviewed"] | fields}


class TestWhatIsRead:
    def test_a_claim_is_an_article_in_which_its_author_states_it(self, tmp_path: Path) -> None:
        (article,) = read_json(tmp_path, REVIEW)

        assert article.text == "According to Ada Crane, The port of Lindow was closed for a week."
        assert (article.source, article.author, article.published) == ("Lindow Gazette", "Ada Crane", "2031-04-04")
        assert (article.name, article.url) == ("https://check.example/port", "https://gazette.example/3")
        assert article.title is None

    def test_the_reviewer_and_the_rating_are_left_out(self, tmp_path: Path) -> None:
        """claimtrack says what sources say; the reviewer's opinion is another source's, and not in this form."""
        (article,) = read_json(tmp_path, REVIEW)
        other = REVIEW | {"author": {"name": "Others"}, "reviewRating": {"alternateName": "True"}}
        (same,) = read_json(tmp_path, other, "other.json")

        assert article == same
        assert "Lindow Checks" not in str(article.text)

    @pytest.mark.parametrize(
        "wrapped",
        [
            [REVIEW],
            {"@context": "https://schema.org", "@graph": [REVIEW]},
            {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}]},
            {f"schema:{k}" if not k.startswith("@") else k: v for k, v in REVIEW.items()},
            {f"http://schema.org/{k}" if not k.startswith("@") else k: v for k, v in REVIEW.items()}
            | {"@type": ["http://schema.org/ClaimReview"]},
            {"@graph": [REVIEW | {"itemReviewed": {"@id": "#c"}}, REVIEW["itemReviewed"] | {"@id": "#c"}]},
            REVIEW | {"claimReviewed": [{"@value": REVIEW["claimReviewed"]}]},
            [
                {k.removeprefix("@"): v for k, v in REVIEW.items()} | {"itemReviewed": {"id": "#c"}},
                {k.removeprefix("@"): v for k, v in REVIEW["itemReviewed"].items()} | {"id": "#c"},
            ],
        ],
        ids=["list", "graph", "feed", "prefix", "expanded", "reference", "value", "aliases"],
    )
    def test_the_shape_of_the_document_does_not_matter(self, tmp_path: Path, wrapped: object) -> None:
        (plain,) = read_json(tmp_path, REVIEW)

        assert list(read_json(tmp_path, wrapped, "wrapped.json")) == [plain]

    @pytest.mark.parametrize(
        ("fields", "text"),
        [
            ({"author": None}, "The port of Lindow was closed for a week."),
            ({"author": "Ada Crane"}, "According to Ada Crane, The port of Lindow was closed for a week."),
            (
                {"author": [{"name": "Ada Crane"}, {"name": "Bo Dale"}]},
                "According to Ada Crane and Bo Dale, The port of Lindow was closed for a week.",
            ),
            ({"author": {"name": "the port of Lindow and all of its many docks"}}, REVIEW["claimReviewed"]),
            ({"author": {"name": "Lindow"}}, "According to Lindow, The port of Lindow was closed for a week."),
        ],
        ids=["nobody", "text", "two", "no name", "in the statement"],
    )
    def test_the_author_is_put_before_the_statement(self, tmp_path: Path, fields: dict[str, Any], text: str) -> None:
        (article,) = read_json(tmp_path, reviewed(**fields))

        assert article.text == text

    @pytest.mark.parametrize(
        ("statement", "text"),
        [
            ("Ships burn. The port hides it!", "According to Ada, Ships burn. According to Ada, The port hides it!"),
            ("Mr. Dale left the U.S. Navy on Jan. 5", "According to Ada, Mr. Dale left the U.S. Navy on Jan. 5."),
            (
                "“Ships burn. Docks burn.” Rain fell.",
                "According to Ada, “Ships burn. Docks burn.” According to Ada, Rain fell.",
            ),
        ],
        ids=["two", "abbreviations", "quotation"],
    )
    def test_the_author_states_every_sentence(self, tmp_path: Path, statement: str, text: str) -> None:
        """A sentence without a speaker would stand in the voice of the outlet that printed it."""
        (article,) = read_json(tmp_path, reviewed(author="Ada") | {"claimReviewed": statement})

        assert article.text == text

    def test_every_claim_of_a_statement_has_its_author_as_speaker(
        self, tmp_path: Path, extractor: SpacyExtractor
    ) -> None:
        """Also where the author's name is another word of the statement, and where the statement names its author."""
        pairs = [
            ("Jo Adair", "The vaccine kills 40 people a day. The hospital hides the deaths."),
            ("Trump", "Trumpeters met in Lyon on Monday."),
            ("May", "Prices rose by 40 percent in Calder in May."),
            ("Jo", "Job losses rose by half."),
            ("Jo Adair", "Jo Adair said that the port was closed."),
            ("Jo Adair", "Jo Adair owns forty ships."),
        ]
        articles = read_json(tmp_path, [reviewed(author=name) | {"claimReviewed": text} for name, text in pairs])

        found = extractor.extract(list(articles))

        assert [[(claim.text, claim.speaker) for claim in claims] for claims in found] == [
            [
                ("The vaccine kills 40 people a day.", "Jo Adair"),
                ("The hospital hides the deaths.", "Jo Adair"),
            ],
            [("Trumpeters met in Lyon on Monday, 31 March 2031.", "Trump")],
            [("Prices rose by 40 percent in Calder in May.", "May")],
            [("Job losses rose by half.", "Jo")],
            [("The port was closed.", "Jo Adair")],
            [("Jo Adair owns forty ships.", "Jo Adair")],
        ]

    def test_a_statement_without_an_end_gets_a_full_stop(self, tmp_path: Path) -> None:
        """Without it the sentence would be taken for a headline."""
        (article,) = read_json(tmp_path, REVIEW | {"claimReviewed": "The port was closed"})

        assert article.text == "According to Ada Crane, The port was closed."

    def test_a_claim_that_nobody_reviews_is_read_by_its_own_words(self, tmp_path: Path) -> None:
        claims = [
            {
                "@type": "Claim",
                "@id": "https://a.example/1",
                "text": "Ships burn.",
                "firstAppearance": "https://a.example/2",
            },
            {"@type": "Claim", "name": "Docks burn.", "author": {"name": "Ada Crane"}},
        ]

        one, two = read_json(tmp_path, {"@graph": claims})

        assert (one.text, one.name, one.url) == ("Ships burn.", "https://a.example/1", "https://a.example/2")
        assert (two.text, two.name, two.source) == (
            "According to Ada Crane, Docks burn.",
            "claims.jsonld:2",
            "Ada Crane",
        )

    def test_the_day_is_that_of_the_claim_and_never_that_of_the_review(self, tmp_path: Path) -> None:
        """A review comes weeks later; with its date the claim would seem to be young."""
        (undated,) = read_json(tmp_path, reviewed(datePublished=None))
        appearance = {"url": "https://a.example", "datePublished": "2031-03-03"}
        (dated,) = read_json(tmp_path, reviewed(datePublished=None, firstAppearance=appearance))

        assert undated.published is None
        assert dated.published == "2031-03-03"

    def test_two_reviews_of_one_claim_are_one_article(self, tmp_path: Path) -> None:
        articles = read_json(tmp_path, [REVIEW, REVIEW | {"url": "https://another.example"}])

        assert len(articles) == 1
        assert articles.failures == ()

    def test_what_is_exported_can_be_read(self, tmp_path: Path) -> None:
        tracker = Tracker(embedder=LetterEmbedder(), extractor=SentenceExtractor(), relation_model=WordRelationModel())
        rows = [("North", "The ferry will sail on Monday."), ("South", "The ferry will not sail on Monday.")]
        (tmp_path / "a.jsonl").write_text(
            "".join(json.dumps({"source": s, "published": "2031-03-04", "text": t}) + "\n" for s, t in rows)
        )
        tracker.add(read(tmp_path / "a.jsonl"))

        articles = read_json(tmp_path, to_claim_review(tracker.records))

        assert sorted((a.source, a.published, a.text) for a in articles) == [
            (source, "2031-03-04", f"According to {source}, {text}") for source, text in rows
        ]

    @pytest.mark.slow
    def test_a_claim_that_was_added_is_found_by_a_check(self, tmp_path: Path) -> None:
        tracker = Tracker()
        tracker.add(read_json(tmp_path, REVIEW))

        assessment = tracker.check("The port of Lindow was closed for a week.")

        [evidence] = assessment.supporting
        assert (evidence.claim.speaker, evidence.outlet) == ("Ada Crane", "Lindow Gazette")


class TestWhatIsRefused:
    def test_a_bad_claim_is_named_by_its_place_and_the_rest_is_read(self, tmp_path: Path) -> None:
        bad = [
            REVIEW | {"claimReviewed": 5},
            REVIEW | {"claimReviewed": " "},
            reviewed(datePublished="in May"),
            {"@type": "Claim"},
            REVIEW
            | {
                "claimReviewed": "Der Hafen von Lindow war eine ganze Woche lang geschlossen, und niemand kam mehr hinein, weil die Arbeiter auf der Straße standen."
            },
        ]

        articles = read_json(tmp_path, {"@graph": [*bad, REVIEW]})

        assert [article.published for article in articles] == ["2031-04-04"]
        places = [(failure.place, failure.rule.partition(";")[0]) for failure in articles.failures]
        assert places == [
            ("$.@graph[0]", "field 'text' must be a string"),
            ("$.@graph[1]", "field 'text' must be a string with words in it"),
            ("$.@graph[2]", "field 'published' must be an ISO date or timestamp such as 2018-09-10"),
            ("$.@graph[3]", "field 'text' must be a string with words in it"),
            ("$.@graph[4]", "article must be in English"),
        ]

    @pytest.mark.parametrize(
        ("text", "rule"),
        [
            ("{}", "file must hold a ClaimReview or a Claim of schema.org; got none"),
            ("3", "file must hold a ClaimReview or a Claim of schema.org; got none"),
            ('{"@type": "Review"}', "file must hold a ClaimReview or a Claim of schema.org; got none"),
            ("{", "file must be JSON; got invalid JSON"),
            ('{"a":\n1,,}', "at line 2, column 3"),
            ("[" * 100_000, "file must be JSON; got one nested too deep"),
            (" ", "text must hold more than white space"),
        ],
    )
    def test_a_file_without_a_claim_is_a_failure(self, tmp_path: Path, text: str, rule: str) -> None:
        [failure] = read_json(tmp_path, text).failures

        assert rule in failure.rule

    def test_a_file_that_is_too_large_is_a_failure(self, tmp_path: Path) -> None:
        (tmp_path / "a.json").write_text(json.dumps(REVIEW), encoding="utf-8")

        [failure] = read(tmp_path / "a.json", max_bytes=100).failures

        assert "at most 100 bytes" in failure.rule

    def test_in_a_folder_only_files_with_a_claim_are_taken(self, tmp_path: Path) -> None:
        """Folders of articles hold settings and reports in JSON too."""
        (tmp_path / "package.json").write_text('{"name": "claims", "claims": []}', encoding="utf-8")
        (tmp_path / "claims.json").write_text(json.dumps([REVIEW]), encoding="utf-8")

        articles = read(tmp_path)

        assert len(articles) == 1
        assert articles.failures == ()

    def test_a_claim_is_found_in_a_folder_however_late_it_is_named(self, tmp_path: Path) -> None:
        late = {"@context": {"x": "x" * 70_000}} | {k: v for k, v in REVIEW.items() if k != "@context"}
        (tmp_path / "x.json").write_text(json.dumps(late), encoding="utf-8")

        assert len(read(tmp_path)) == 1

    json_values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["@type", "@id", "@value", "@graph", *REVIEW, *REVIEW["itemReviewed"], "name", "text"]),
                inner | st.sampled_from(["Claim", "ClaimReview", ["ClaimReview"], "The port was closed."]),
                max_size=5,
            )
        ),
        max_leaves=12,
    )

    @given(json_values)
    def test_any_json_is_read_or_refused(self, value: object) -> None:
        try:
            items = list(claim_rows(json.dumps(value).encode(), "p", "a.json"))
        except ReadError:
            items = []

        for item in items:
            assert isinstance(item, ReadFailure) or item[1].text.strip()
