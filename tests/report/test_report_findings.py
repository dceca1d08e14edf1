from __future__ import annotations

import datetime
import json
from importlib import resources

import attrs
import pytest
from bridge_example import (
    BRIDGE,
    COST_POST,
    COST_RADIO,
    HURT_WIRE,
    JANUARY_WIRE,
    NOTES,
    OPEN_LEDGER,
    OPEN_POST,
    OPEN_WIRE,
    POST,
    RADIO,
    SHUT_RADIO,
    UNHURT_NOTES,
    WIRE,
    claim,
    cluster,
    relation,
)
from hypothesis import given, settings

from claimtrack.errors import InvalidInputError
from claimtrack.names import NameTable
from claimtrack.records import (
    Action,
    Article,
    Attribution,
    Claim,
    Cluster,
    Correction,
    Kind,
    Label,
    Provenance,
    Relation,
    Ruling,
    Span,
)
from claimtrack.report import Findings
from claimtrack.report.findings import KIND_MEANINGS, Conflict, web_address
from strategies import article_sets

ArticleSet = tuple[tuple[Article, ...], tuple[Claim, ...], tuple[Relation, ...], tuple[Cluster, ...]]


def findings_of(article_set: ArticleSet) -> Findings:
    articles, claims, relations, clusters = article_set
    return Findings(articles=articles, claims=claims, relations=relations, clusters=clusters)


def placed(text: str, sentence: Span, *spans: Span) -> tuple[Findings, Claim]:
    article = Article(name="a.txt", text=text)
    one = Claim(text="x", provenance=Provenance(article_id=article.id, spans=spans, extractor="t", sentence=sentence))
    return Findings(articles=(article,), claims=(one,), relations=(), clusters=()), one


def test_segments_are_the_sentence_with_the_claims_own_words_marked() -> None:
    pieces = BRIDGE.segments(SHUT_RADIO)

    assert [text for text, is_claim in pieces if is_claim] == ["The bridge will certainly not", "reopen in May"]
    assert "".join(text for text, _ in pieces) == SHUT_RADIO.provenance.sentence.slice(RADIO.text)


def test_words_of_a_claim_outside_of_its_sentence_are_shown_with_an_ellipsis_between() -> None:
    """No word of a claim is lost, and none is shown as if it stood where it does not."""
    findings, one = placed("Ann went. It rained. She fell.", Span(21, 30), Span(0, 3), Span(25, 29))

    assert findings.segments(one) == (("Ann", True), (" … ", False), ("She ", False), ("fell", True), (".", False))


def test_words_of_a_claim_after_its_sentence_follow_it() -> None:
    findings, one = placed("Ann went. It rained. She fell.", Span(0, 9), Span(4, 12))

    assert findings.segments(one) == (("Ann ", False), ("went. It", True))


@settings(max_examples=40)
@given(article_sets())
def test_segments_give_every_character_of_sentence_and_spans_back(article_set: ArticleSet) -> None:
    findings = findings_of(article_set)
    for one in findings.claims:
        pieces = findings.segments(one)
        text = findings.article(one).text

        assert "".join(t for t, marked in pieces if marked) == "".join(s.slice(text) for s in one.provenance.spans)
        assert not any(t == "" for t, _ in pieces)
        around = sum(len(t) for t, marked in pieces if not marked and t != " … ")
        in_spans = {n for s in one.provenance.spans for n in range(s.start, s.end)}
        sentence = range(one.provenance.sentence.start, one.provenance.sentence.end)
        if " … " not in text:
            assert around == len(set(sentence) - in_spans)


def test_a_quote_is_one_line_and_joins_words_parted_by_white_space_only() -> None:
    findings, one = placed("He said\n\nthe  bridge\r\nholds.", Span(0, 28), Span(9, 12), Span(14, 20), Span(22, 27))

    assert findings.quote(one) == (("He said ", False), ("the bridge holds", True), (".", False))


def test_the_relation_of_a_pair_is_the_stronger_direction_from_either_end() -> None:
    one, other = BRIDGE.relation(OPEN_POST.id, SHUT_RADIO.id), BRIDGE.relation(SHUT_RADIO.id, OPEN_POST.id)

    assert one is other is BRIDGE.relations[1]
    assert BRIDGE.relation(OPEN_POST.id, HURT_WIRE.id) is None


def test_a_decided_contradiction_goes_before_a_larger_probability_that_was_not_decided() -> None:
    decided = relation(OPEN_POST, SHUT_RADIO, Label.CONTRADICTION, 0.6, Kind.TIME)
    undecided = Relation(
        premise_id=SHUT_RADIO.id,
        hypothesis_id=OPEN_POST.id,
        p_entailment=0.0,
        p_neutral=0.3,
        p_contradiction=0.7,
        label=Label.NEUTRAL,
        kind=Kind.UPDATE,
        model="by hand",
    )
    findings = Findings(articles=BRIDGE.articles, claims=BRIDGE.claims, relations=(decided, undecided), clusters=())

    assert findings.relation(OPEN_POST.id, SHUT_RADIO.id) is decided


def test_disputed_clusters_come_first_and_the_best_sourced_before_others() -> None:
    labels = [cluster.label for cluster in (*BRIDGE.disputed, *BRIDGE.agreeing)]

    assert labels[-2:] == ["Repairs have cost 3.2 million crowns so far.", "A crane fell in January."]
    assert len(BRIDGE.disputed) == 3


def test_the_order_of_clusters_does_not_depend_on_the_order_given() -> None:
    turned = Findings(articles=BRIDGE.articles, claims=BRIDGE.claims, relations=(), clusters=BRIDGE.clusters[::-1])

    assert turned.disputed == BRIDGE.disputed


def test_copies_of_one_wire_story_are_one_statement_that_names_every_outlet() -> None:
    side_a, side_b = BRIDGE.positions(BRIDGE.disputed[0])

    assert [statement.reference for statement in (*side_a.statements, *side_b.statements)] == ["A1", "A2", "B1"]
    assert side_a.statements[1].claims == (OPEN_WIRE, OPEN_LEDGER)
    assert [BRIDGE.outlet(article) for article in side_a.statements[1].articles] == ["Northern Wire", "Evening Ledger"]


def test_conflicts_are_between_statements_with_the_highest_probability_of_their_pairs() -> None:
    first, second = BRIDGE.conflicts(BRIDGE.disputed[0])

    assert (first.one, first.other, first.words) == ("A1", "B1", "contradiction 0.91, negation")
    assert (second.one, second.other, second.words) == ("A2", "B1", "contradiction 0.83, negation (highest of 2 pairs)")


def test_a_contradiction_without_a_relation_is_listed_last_and_says_so() -> None:
    conflicts = BRIDGE.conflicts(BRIDGE.disputed[1])

    assert [conflict.words for conflict in conflicts] == [
        "contradiction 0.96, negation",
        "contradiction (no probability given)",
    ]


@pytest.mark.parametrize(
    ("p", "signal"),
    [
        (1.0, "stronger signal"),
        (0.93, "stronger signal"),
        (0.92, "middling signal"),
        (0.88, "middling signal"),
        (0.87, "weaker signal"),
        (0.0, "weaker signal"),
        (None, "no probability given"),
    ],
)
def test_a_signal_says_where_the_probability_stands(p: float | None, signal: str) -> None:
    assert Conflict(one="A1", other="B1", p_contradiction=p, kind=None, n_pairs=1).signal == signal


def test_the_shipped_model_gives_signals_of_all_three_strengths() -> None:
    """A bar above all that it says, or below its own, would be words for nothing."""
    files = resources.files("claimtrack.models.relation")
    bar = json.loads(files.joinpath("model.json").read_bytes())["thresholds"]["pair_contradiction"]
    highest = json.loads(files.joinpath("calibration.figures.json").read_bytes())["reliability"][-1]

    said = [
        Conflict(one="A1", other="B1", p_contradiction=p, kind=None, n_pairs=1).signal
        for p in (bar, (bar + highest["confidence"]) / 2, highest["confidence"])
    ]

    assert highest["n"] > 0
    assert said == ["weaker signal", "middling signal", "stronger signal"]


def decided(one: Claim, other: Claim, label: Label, by: str, note: str | None = None) -> Correction:
    first_id, second_id = sorted((one.id, other.id))
    kind = Kind.OTHER if label is Label.CONTRADICTION else None
    at = datetime.datetime(2031, 3, 9, 12, tzinfo=datetime.UTC)
    return Correction(
        action=Action.RETYPE, first_id=first_id, second_id=second_id, label=label, kind=kind, by=by, at=at, note=note
    )


def test_a_contradiction_that_a_rule_found_has_no_signal_and_goes_before_those_of_the_model() -> None:
    """The model may have seen nothing in it, and its probability would be said of what it did not decide."""
    relations = [
        attrs.evolve(made, model="times", reason="May in one, June in the other", p_contradiction=0.02, p_neutral=0.98)
        if made.premise_id == OPEN_WIRE.id and made.label is Label.CONTRADICTION
        else made
        for made in BRIDGE.relations
    ]

    first, second = attrs.evolve(BRIDGE, relations=tuple(relations)).conflicts(BRIDGE.disputed[0])

    assert (first.one, first.signal, first.probability) == ("A2", "found by a rule", None)
    assert first.words == "contradiction found by a rule, negation (one of 2 pairs)"
    assert first.reason == "May in one, June in the other"
    assert second.words == "contradiction 0.91, negation"


def test_a_contradiction_that_a_person_decided_goes_first_and_says_who_and_when() -> None:
    """`Tracker.relations` keeps the model's name and probability beside what a person decided."""
    made = attrs.evolve(BRIDGE.relations[3], kind=Kind.OTHER, reason="retype: decided by Ana on 2031-03-09, see page 2")
    decision = decided(OPEN_LEDGER, SHUT_RADIO, Label.CONTRADICTION, "Ana\x1b", "see page 2")
    findings = attrs.evolve(
        BRIDGE, relations=(*BRIDGE.relations[:3], made, *BRIDGE.relations[4:]), corrections=(decision,)
    )

    first, second = findings.conflicts(BRIDGE.disputed[0])

    assert (first.one, first.signal, first.probability) == ("A2", "decided by Ana␛ on 2031-03-09", None)
    assert first.words == "contradiction decided by Ana␛ on 2031-03-09, other (one of 2 pairs)"
    assert first.reason == "see page 2"
    assert (second.one, second.signal) == ("A1", "middling signal")


def test_a_contradiction_that_a_person_confirmed_says_what_the_person_said_and_what_was_found() -> None:
    made = attrs.evolve(BRIDGE.relations[3], model=Ruling.TIMES.value, reason="May in one, June in the other")
    decision = decided(OPEN_LEDGER, SHUT_RADIO, Label.CONTRADICTION, "Ana", "asked both")
    findings = attrs.evolve(
        BRIDGE,
        relations=(*BRIDGE.relations[:3], made, *BRIDGE.relations[4:]),
        corrections=(attrs.evolve(decision, action=Action.CONFIRM),),
    )

    first = findings.conflicts(BRIDGE.disputed[0])[0]

    assert (first.signal, first.reason) == (
        "decided by Ana on 2031-03-09",
        "asked both; May in one, June in the other",
    )


def test_of_two_decisions_the_later_holds() -> None:
    decisions = [decided(COST_POST, COST_RADIO, Label.CONTRADICTION, by) for by in ("Ana", "Ben")]
    findings = attrs.evolve(BRIDGE, corrections=tuple(decisions))

    [conflict] = findings.conflicts(BRIDGE.disputed[2])

    assert (conflict.signal, conflict.reason) == ("decided by Ben on 2031-03-09", "")


def test_a_pair_that_only_a_person_decided_has_no_probability_of_a_model() -> None:
    made = relation(COST_POST, COST_RADIO, Label.CONTRADICTION, 1.0, Kind.OTHER)
    findings = attrs.evolve(BRIDGE, relations=(attrs.evolve(made, model=Ruling.PERSON.value),))

    [conflict] = findings.conflicts(BRIDGE.disputed[2])

    assert conflict.words == "contradiction decided by a person, other"


@pytest.mark.parametrize(
    ("p", "words"), [(1.0, "1.00"), (0.998, "over 0.99"), (0.99, "0.99"), (0.004, "under 0.01"), (0.0, "0.00")]
)
def test_a_probability_is_not_rounded_to_a_certainty(p: float, words: str) -> None:
    pair = relation(COST_POST, SHUT_RADIO, Label.CONTRADICTION, p, Kind.OTHER)
    found = cluster("x", ((COST_POST,), (SHUT_RADIO,)), ("a", "b"), 2, (COST_POST, SHUT_RADIO))
    findings = Findings(articles=BRIDGE.articles, claims=BRIDGE.claims, relations=(pair,), clusters=(found,))

    assert findings.conflicts(found)[0].words == f"contradiction {words}, other"


def test_the_27th_side_is_aa() -> None:
    text = " ".join(f"w{n}" for n in range(28))
    article = Article(name="many.txt", text=text + ".")
    claims = tuple(
        claim(Article(name="many.txt", text=text + ". "), f"w{n} ", text=f"Claim {n}.", speaker=f"S{n}")
        for n in range(27)
    )
    claims = tuple(
        Claim(
            text=one.text,
            speaker=one.speaker,
            provenance=Provenance(
                article_id=article.id, spans=one.provenance.spans, extractor="t", sentence=Span(0, len(article.text))
            ),
        )
        for one in claims
    )
    found = cluster("x", tuple((one,) for one in claims), ("many.txt",), 1)
    findings = Findings(articles=(article,), claims=claims, relations=(), clusters=(found,))

    assert [position.letters for position in findings.positions(found)][-2:] == ["Z", "AA"]


def test_a_side_is_undated_only_where_no_article_has_a_date() -> None:
    mixed = cluster("x", ((OPEN_POST, SHUT_RADIO), (UNHURT_NOTES,)), ("a",), 1)
    dated = cluster("x", ((OPEN_WIRE, OPEN_POST),), ("a",), 1)

    assert [BRIDGE.since(side) for side in mixed.sides] == ["since 2031-03-04 or earlier", "undated"]
    assert BRIDGE.since(dated.sides[0]) == "since 2031-03-04"
    assert (BRIDGE.date(POST), BRIDGE.date(RADIO)) == ("2031-03-04", "undated")


def test_the_voice_is_the_speakers_or_the_outlets_own() -> None:
    nameless = claim(NOTES, "Nobody was hurt", text="Nobody was hurt.", attribution=Attribution.REPORTED)

    assert BRIDGE.voice(SHUT_RADIO) == "says Tomas Reyl"
    assert BRIDGE.voice(HURT_WIRE) == "the outlet's own voice"
    assert BRIDGE.voice(nameless) == "reported, no speaker named"
    assert BRIDGE.notes(SHUT_RADIO) == ("forecast",)
    assert BRIDGE.notes(HURT_WIRE) == ()


def test_a_speaker_goes_under_the_full_name_and_the_quote_stays_as_it_is() -> None:
    """One article calls him Reyl, another in full: a reader must see that it is one man, and what each has written."""
    article = Article(name="a.txt", text="The bridge stays shut, Reyl said. The bridge stays shut, Tomas Reyl said.")
    bare = claim(article, "The bridge stays shut", text="The bridge stays shut.", speaker="Reyl")
    full = attrs.evolve(bare, id="full", speaker="Tomas Reyl")
    table = NameTable(
        names={"Reyl": "Reyl", "Tomas Reyl": "Reyl"}, people=frozenset({"Reyl"}), full_names={"Reyl": "Tomas Reyl"}
    )
    found = cluster("x", ((bare, full),), ("a.txt",), 1)
    findings = Findings(articles=(article,), claims=(bare, full), relations=(), clusters=(found,), names=table)

    [statement] = findings.positions(found)[0].statements

    assert statement.claims == (bare, full)
    assert statement.voice == "says Tomas Reyl"
    assert statement.quote == (("The bridge stays shut", True), (", Reyl said.", False))
    assert [one.speaker for one in findings.claims] == ["Reyl", "Tomas Reyl"]
    assert [findings.voice(attrs.evolve(bare, speaker=s)) for s in ("Mr Reyl", "the city")] == [
        "says Tomas Reyl",
        "says the city",
    ]


def test_a_rewritten_claim_is_shown_as_it_was_read_and_a_literal_one_is_not_repeated() -> None:
    assert BRIDGE.read_as(JANUARY_WIRE) == "A crane came down in January."
    assert BRIDGE.read_as(HURT_WIRE) is None


def test_an_article_without_a_source_goes_under_its_own_name() -> None:
    assert BRIDGE.outlet(NOTES) == "notes_on_the_bridge.txt"


def test_the_summary_counts_and_says_plainly_when_nothing_was_found() -> None:
    empty = Findings(articles=(), claims=(), relations=(), clusters=())
    agreeing = Findings(articles=BRIDGE.articles, claims=BRIDGE.claims, relations=(), clusters=BRIDGE.agreeing)

    assert BRIDGE.summary == "5 articles, 12 claims, 4 clusters, 3 with contradictions"
    assert BRIDGE.nothing_found is None
    assert empty.summary == "0 articles, 0 claims, 0 clusters, 0 with contradictions"
    assert empty.nothing_found is not None
    assert "nothing to compare" in empty.nothing_found
    assert agreeing.nothing_found == "No two claims were found to contradict each other."


def test_clusters_that_are_left_out_are_counted_and_not_denied() -> None:
    """A selection without a cluster is not a report on sources that have nothing in common."""
    none_shown = attrs.evolve(BRIDGE, clusters=(), left_out=BRIDGE.agreeing)
    agreeing_shown = attrs.evolve(BRIDGE, clusters=BRIDGE.agreeing, left_out=BRIDGE.disputed)

    assert none_shown.summary.endswith("0 clusters, 0 with contradictions; not shown: 1 cluster, 0 with contradictions")
    assert none_shown.nothing_found == "No two claims were found to contradict each other."
    assert agreeing_shown.summary.endswith("not shown: 3 clusters, 3 with contradictions")
    assert agreeing_shown.nothing_found is None


def test_a_cluster_that_is_shown_and_left_out_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="clusters must have distinct ids"):
        attrs.evolve(BRIDGE, left_out=BRIDGE.agreeing)


def test_every_kind_of_contradiction_has_a_meaning() -> None:
    assert set(KIND_MEANINGS) == set(Kind) - {Kind.UPDATE}
    assert BRIDGE.kinds == (Kind.NEGATION, Kind.FIGURE)


def test_a_claim_without_its_article_is_refused() -> None:
    with pytest.raises(
        InvalidInputError, match=f"articles must hold the article of every claim; got claim '{OPEN_POST.id}'"
    ):
        Findings(articles=(WIRE,), claims=(OPEN_POST,), relations=(), clusters=())


def test_a_claim_that_points_outside_of_its_article_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="must lie in its article of 5 characters; got end 9"):
        placed("Short", Span(0, 9), Span(0, 2))


def test_the_same_article_twice_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=f"articles must have distinct ids; got '{WIRE.id}' twice"):
        Findings(articles=(WIRE, WIRE), claims=(), relations=(), clusters=())


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example/x",
        "http:evil",
        "https://",
        "http://[",
        "http://a\x00b.example",
        "https://a.example/\u202egpj",
        "https://a.example/\ud800",
        "mailto:a@b.example",
    ],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert web_address(url) is None


def test_a_web_address_is_ascii_and_cannot_leave_an_attribute() -> None:
    assert web_address("HTTPS://a.example/x?a=1&b=%20#c") == "HTTPS://a.example/x?a=1&b=%20#c"
    assert web_address('https://a.example/"><script>|\\') == "https://a.example/%22%3E%3Cscript%3E%7C%5C"
    assert web_address("https://a.example/é") == "https://a.example/%C3%A9"
