"""The findings as one JSON object, for programs."""

from __future__ import annotations

import json
import re

from claimtrack.records import Label, to_json
from claimtrack.report.findings import Findings

__all__ = ["render_json"]

# Characters that json.dumps leaves as they are, but that act on a terminal or cannot be written as UTF-8.
_ESCAPED = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def render_json(findings: Findings) -> str:
    r"""Write articles, claims, relations and clusters as one JSON object.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    str
        An object with ``articles``, ``claims``, ``relations`` and ``clusters``, each a list in the fields of
        :func:`claimtrack.records.to_json`, with a line end. Articles, claims and clusters stand in the order given;
        relations are the entailments and contradictions, both directions where both are so, sorted by premise and
        hypothesis id.

    Notes
    -----
    Text stays readable (not ASCII only), except that control characters, bidirectional controls and lone surrogates are
    written as ``\uXXXX``: always valid UTF-8, safe to print, and the same text when it is read back (only a high and a low
    surrogate side by side, which no decoded text holds, come back as the one character they stand for).
    """
    decided = [relation for relation in findings.relations if relation.label is not Label.NEUTRAL]
    decided.sort(key=lambda relation: (relation.premise_id, relation.hypothesis_id, relation.model))
    found = {
        "articles": [to_json(article) for article in findings.articles],
        "claims": [to_json(claim) for claim in findings.claims],
        "relations": [to_json(relation) for relation in decided],
        "clusters": [to_json(cluster) for cluster in findings.clusters],
    }
    text = json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"
