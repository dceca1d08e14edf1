"""Claims as the nodes of a graph, relations as its edges."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from claimtrack.export.extras import needs
from claimtrack.export.jsonl import Exported
from claimtrack.export.tables import TABLES, Column, tables

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["to_graphml", "to_networkx"]

_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2
_TYPES = {Column.WHOLE: "long", Column.NUMBER: "double", Column.TRUTH: "boolean"}
_ELEMENTS = {
    "node": ("claims", {"id": "id"}),
    "edge": ("relations", {"premise_id": "source", "hypothesis_id": "target"}),
}


def to_networkx(records: Iterable[Exported]) -> nx.DiGraph[str]:
    """Make a directed graph of claims and what one says of another.

    Parameters
    ----------
    records : iterable of Exported
        All that there is, as :attr:`claimtrack.Tracker.records` gives it.

    Returns
    -------
    networkx.DiGraph
        A node for each claim, under its id, with the other columns of the table of claims as attributes, ``cluster_id`` and
        ``side`` among them. An edge for each relation, from premise to hypothesis, with probabilities, label, kind, model
        and reason. None stands where there is no value.

    Raises
    ------
    MissingExtraError
        If networkx is not installed.

    Notes
    -----
    Dropped: of articles all but outlet and date, of clusters all but their claims and sides, everything about corrections,
    versions and lineage, the context of claims, and probabilities beyond four decimals. A lone surrogate becomes U+FFFD.
    """
    with needs("networkx"):
        import networkx as nx
    found = tables(records)
    graph: nx.DiGraph[str] = nx.DiGraph()
    for row in found["claims"]:
        graph.add_node(row.pop("id"), **row)
    for row in found["relations"]:
        graph.add_edge(row.pop("premise_id"), row.pop("hypothesis_id"), **row)
    return graph


def to_graphml(records: Iterable[Exported]) -> str:
    """Write the graph of :func:`to_networkx` as GraphML, which Gephi, Cytoscape, yEd and networkx open.

    Returns
    -------
    str
        Typed attributes in the order of the tables' columns; one that is None is left out, and lists and what has fields of
        its own are JSON.

    Notes
    -----
    Dropped: what :func:`to_networkx` drops, and the characters that XML 1.0 can't hold, most control characters. A lone
    surrogate becomes U+FFFD, and all line ends become LF.

    References
    ----------
    Brandes et al. (2002), GraphML Progress Report.
    """
    found = tables(records)
    root = ElementTree.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for element, (table, ends) in _ELEMENTS.items():
        for name, column in TABLES[table].items():
            if name not in ends:
                names = {"id": f"{element}_{name}", "for": element, "attr.name": name}
                ElementTree.SubElement(root, "key", names | {"attr.type": _TYPES.get(column, "string")})
    graph = ElementTree.SubElement(root, "graph", edgedefault="directed")
    for element, (table, ends) in _ELEMENTS.items():
        for row in found[table]:
            part = ElementTree.SubElement(graph, element, {end: _xml(row[name]) for name, end in ends.items()})
            for name, value in row.items():
                if name not in ends and value is not None:
                    ElementTree.SubElement(part, "data", key=f"{element}_{name}").text = _xml(value)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _xml(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
