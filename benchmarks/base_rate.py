"""Precision at the base rate of real news: how many of the highest contradictions among 50,000 near pairs are any.

Three steps, all from public articles with dates and outlets (JSON lines with doc_id, outlet, date, title, text):

``python benchmarks/base_rate.py draw --articles FILE --out DIR`` splits the articles into claims and draws pairs by a fixed
seed: of different outlets, published within 14 days of each other, cosine of 0.6 or more.

``python benchmarks/base_rate.py rank --out DIR`` lets every method rank the pairs and writes what readers have to label, the
100 highest of each method, in an order that does not tell the method.

``python benchmarks/base_rate.py score --out DIR`` prints the precision among the 10, 50 and 100 highest of each method, for
each of two readers and where both agree, and the agreement of the readers. Labels lie in ``base_rate_labels.json``: doc_id
and offsets of both claims, and what each reader said. A pair ranked high that nobody has labelled stops the step.

The methods: the deployed judge of claimtrack (figures, moods and thresholds, then probability); its bare model; a negation
word in one claim only, by cosine; an antonym pair of WordNet across the claims, by cosine; either of the two, by cosine.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import json
from pathlib import Path
from typing import Any

import attrs
import numpy as np

import claimtrack as ct
from claimtrack.embedding import SentenceTransformerEmbedder
from claimtrack.extraction import SpacyExtractor
from claimtrack.records import Attribution, Modality, Polarity, Provenance, Span, to_json

HERE = Path(__file__).parent
LABELS = HERE / "base_rate_labels.json"
SEED = 20260121
DAYS, MIN_COSINE, PAIRS, TOP = 14, 0.6, 50_000, 100


def near_pairs(
    vectors: np.ndarray, outlets: np.ndarray, days: np.ndarray, block: int = 2048
) -> tuple[np.ndarray, np.ndarray]:
    """Give all pairs of claims of different outlets, near in time and in meaning, and their cosines."""
    found, cosines = [], []
    for start in range(0, len(vectors), block):
        rows = slice(start, start + block)
        similarity = vectors[rows] @ vectors.T
        keep = (
            (similarity >= MIN_COSINE)
            & (outlets[rows, None] != outlets[None, :])
            & (np.abs(days[rows, None] - days[None, :]) <= DAYS)
        )
        keep &= np.arange(len(vectors))[None, :] > np.arange(start, start + len(similarity))[:, None]
        i, j = np.where(keep)
        found.append(np.stack([i + start, j], axis=1))
        cosines.append(similarity[i, j])
    return np.concatenate(found), np.concatenate(cosines)


def draw(path: Path, out: Path) -> None:
    """Write the claims and the pairs drawn."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = sorted((json.loads(line) for line in lines), key=lambda r: r["doc_id"])
    articles = [
        ct.Article(name=r["doc_id"], title=r["title"], source=r["outlet"], published=r["date"], text=r["text"])
        for r in rows
    ]
    extractor = SpacyExtractor()
    claims, outlets, days = [], [], []
    for article in articles:
        for claim in extractor.extract([article])[0]:
            claims.append((article.name, claim))
            outlets.append(article.source)
            days.append(datetime.date.fromisoformat(article.published or "").toordinal())
    vectors = SentenceTransformerEmbedder().embed([claim.context for _, claim in claims])
    pairs, cosines = near_pairs(vectors, np.array(outlets), np.array(days))
    chosen = np.sort(np.random.default_rng(SEED).permutation(len(pairs))[:PAIRS])
    out.mkdir(parents=True, exist_ok=True)
    with (out / "claims.jsonl").open("w", encoding="utf-8") as file:
        for (name, claim), outlet, day in zip(claims, outlets, days, strict=True):
            row = {"doc_id": name, "outlet": outlet, "date": datetime.date.fromordinal(day).isoformat()}
            file.write(json.dumps(row | {"claim": to_json(claim)}) + "\n")
    np.savez(out / "pairs.npz", pairs=pairs[chosen], cosines=cosines[chosen])
    print(json.dumps({"claims": len(claims), "near_pairs": len(pairs), "drawn": len(chosen)}))


@attrs.frozen
class Drawn:
    """What `draw` wrote."""

    rows: list[dict[str, Any]]
    claims: list[ct.Claim]
    pairs: np.ndarray
    cosines: np.ndarray


def load(out: Path) -> Drawn:
    """Read what `draw` wrote."""
    with (out / "claims.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    with np.load(out / "pairs.npz", allow_pickle=False) as arrays:
        return Drawn(rows, [read_claim(r["claim"]) for r in rows], arrays["pairs"], arrays["cosines"])


def read_claim(row: dict[str, Any]) -> ct.Claim:
    """Make a claim of its JSON form, as far as the judge needs it."""
    spans = tuple(Span(*span) for span in row["spans"])
    return ct.Claim(
        id=row["id"],
        text=row["text"],
        speaker=row["speaker"],
        attribution=Attribution(row["attribution"]),
        polarity=Polarity(row["polarity"]),
        modality=Modality(row["modality"]),
        standalone=row["standalone"],
        provenance=Provenance(
            article_id=row["article_id"], spans=spans, extractor="", sentence=Span(spans[0].start, spans[-1].end)
        ),
    )


def main() -> None:
    """Run one step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("draw", "rank", "score"))
    parser.add_argument("--articles", type=Path, default=None, help="only with draw")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    if args.step == "draw":
        draw(args.articles, args.out)


if __name__ == "__main__":
    main()
