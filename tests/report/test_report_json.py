from __future__ import annotations

import json
from collections.abc import Callable

from bridge_example import BRIDGE
from hypothesis import given, settings
from test_report_findings import ArticleSet, findings_of
from test_report_terminal import report_on

from claimtrack.records import Label, to_json
from claimtrack.report import Findings, render_json
from strategies import article_sets


def test_the_bridge_findings_are_the_golden_ones(check_golden: Callable[[str, str], None]) -> None:
    check_golden("bridge.json", render_json(BRIDGE))


def test_the_object_has_the_four_lists_of_records() -> None:
    found = json.loads(render_json(BRIDGE))

    assert list(found) == ["articles", "claims", "relations", "clusters"]
    assert found["claims"] == [to_json(claim) for claim in BRIDGE.claims]
    assert found["clusters"] == [to_json(cluster) for cluster in BRIDGE.clusters]


def test_relations_are_the_decided_ones_in_both_directions_sorted_by_ids() -> None:
    relations = json.loads(render_json(BRIDGE))["relations"]
    pairs = [(relation["premise_id"], relation["hypothesis_id"]) for relation in relations]

    assert pairs == sorted(pairs)
    assert len(pairs) == len(BRIDGE.relations) - 1
    assert {relation["label"] for relation in relations} == {"entailment", "contradiction"}
    assert sum((other, one) in pairs for one, other in pairs) == 4


def test_the_order_of_relations_given_does_not_matter() -> None:
    turned = Findings(
        articles=BRIDGE.articles, claims=BRIDGE.claims, relations=BRIDGE.relations[::-1], clusters=BRIDGE.clusters
    )

    assert render_json(turned) == render_json(BRIDGE)


def test_text_stays_readable_and_what_acts_on_a_terminal_is_escaped() -> None:
    report = render_json(report_on("Ärger – 漢字 \x1b[2J \x9b1m \x7f \u202e \ud800"))

    assert "Ärger – 漢字 \\u001b[2J \\u009b1m \\u007f \\u202e \\ud800" in report
    assert json.loads(report)["claims"][0]["text"] == "Ärger – 漢字 \x1b[2J \x9b1m \x7f \u202e \ud800"


@settings(max_examples=40)
@given(article_sets())
def test_any_text_gives_valid_utf_8_that_reads_back(article_set: ArticleSet) -> None:
    findings = findings_of(article_set)

    found = json.loads(render_json(findings).encode("utf-8"))
    assert found["articles"] == json.loads(json.dumps([to_json(article) for article in findings.articles]))
    assert len(found["claims"]) == len(findings.claims)
    assert len(found["relations"]) == sum(relation.label is not Label.NEUTRAL for relation in findings.relations)
    assert [cluster["id"] for cluster in found["clusters"]] == [cluster.id for cluster in findings.clusters]
