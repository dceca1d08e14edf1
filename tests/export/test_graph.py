"""The graph of claims: in networkx with the values of the tables, and as GraphML that comes back from any text."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from made_records import RECORDS

from claimtrack.export import to_graphml, to_networkx
from claimtrack.export.tables import one_table
from claimtrack.records import Article, Claim, Provenance, Span
from strategies import article_sets

CONTROLS = "".join(map(chr, [*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF]))


def held_by_xml(text: str) -> str:
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def written(row: dict[str, Any]) -> dict[str, Any]:
    """A row as its attributes must come back."""
    return {
        name: value
        if isinstance(value, int | float)
        else held_by_xml(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for name, value in row.items()
        if value is not None
    }


def test_nodes_are_claims_and_edges_are_relations_with_all_their_values() -> None:
    graph = to_networkx(RECORDS)

    assert [{"id": node, **values} for node, values in graph.nodes(data=True)] == one_table(RECORDS, "claims")
    edges = [{"premise_id": a, "hypothesis_id": b, **values} for a, b, values in graph.edges(data=True)]
    assert edges == one_table(RECORDS, "relations")


def test_the_graph_can_be_asked() -> None:
    graph = to_networkx(RECORDS)

    assert graph.is_directed()
    assert [(one, two) for one, two, label in graph.edges(data="label") if label == "contradiction"] == [("c1", "c3")]
    assert [node for node, side in graph.nodes(data="side") if side == 1] == ["c3", "c4"]
    assert sorted(map(len, nx.weakly_connected_components(graph))) == [1, 1, 3]


@settings(max_examples=25)
@given(article_sets())
def test_graphml_of_any_records_comes_back_from_networkx(records: tuple[tuple[Any, ...], ...]) -> None:
    flat = [record for some in records for record in some]

    graph = nx.parse_graphml(to_graphml(flat))

    assert {node: dict(values) for node, values in graph.nodes(data=True)} == {
        row.pop("id"): written(row) for row in one_table(flat, "claims")
    }
    assert {(one, two): dict(values) for one, two, values in graph.edges(data=True)} == {
        (row.pop("premise_id"), row.pop("hypothesis_id")): written(row) for row in one_table(flat, "relations")
    }


def test_a_text_of_markup_and_controls_stays_a_text() -> None:
    article = Article(name="a", text="x")
    provenance = Provenance(article_id=article.id, spans=(Span(0, 1),), extractor="hand/1", sentence=Span(0, 1))
    text = f"<data key='d0'>&amp;]]>{CONTROLS}</graph> 👩‍👩‍👧"

    graph = nx.parse_graphml(to_graphml([article, Claim(text=text, provenance=provenance, id="c1")]))

    assert graph.nodes["c1"]["text"] == "<data key='d0'>&amp;]]></graph> 👩‍👩‍👧"


def test_the_file_follows_the_format() -> None:
    """Other programs than networkx are stricter: keys come first, and the words for truth are those of XML Schema."""
    text = to_graphml(RECORDS)
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ElementTree.fromstring(text)

    keys = {key.get("id"): key for key in root.findall(f"{space}key")}
    parts = [part for kind in ("node", "edge") for part in root.iter(f"{space}{kind}")]

    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns=')
    assert [child.tag for child in root] == [f"{space}key"] * len(keys) + [f"{space}graph"]
    types = {key.get("attr.name"): key.get("attr.type") for key in keys.values()}
    assert {name: types[name] for name in ("text", "side", "standalone", "p_neutral")} == {
        "text": "string",
        "side": "long",
        "standalone": "boolean",
        "p_neutral": "double",
    }
    for part in parts:
        for data in part:
            key = keys[data.get("key")]
            assert f"{space}{key.get('for')}" == part.tag
            assert key.get("attr.type") != "boolean" or data.text in ("true", "false")


def test_the_same_records_give_the_same_text() -> None:
    assert to_graphml(RECORDS) == to_graphml(tuple(RECORDS))


@pytest.mark.parametrize("n", [0, 1])
def test_a_graph_without_edges_is_one(n: int) -> None:
    assert len(nx.parse_graphml(to_graphml(RECORDS[4 : 4 + n]))) == n
