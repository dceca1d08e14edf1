"""Precision at the base rate of real news: how many of the highest contradictions among near pairs are any.

Three steps, all from public articles with dates and outlets (JSON lines with doc_id, outlet, date, title, text):

``python benchmarks/base_rate.py draw --articles FILE --out DIR`` splits the articles into claims and draws 50,000 pairs by a
fixed seed, or takes all if there are fewer: of different outlets, published within 14 days of each other, cosine of 0.6 or
more.

``python benchmarks/base_rate.py rank --out DIR`` lets every method rank the pairs and writes what readers have to label, the
100 highest of each method, in an order that does not tell the method.

``python benchmarks/base_rate.py score --out DIR`` prints the precision among the 10, 50 and 100 highest of each method, for
each of two readers and where both agree, and the agreement of the readers. Labels lie in ``base_rate_labels.json``: doc_id
and offsets of both claims, and whether each reader says that the two can't both be true. A pair ranked high that
nobody has labelled stops the step.

The methods: the deployed judge of claimtrack (figures, times, moods and thresholds, then probability; names are left in each
article's own spelling, which a tracker would join); its bare model; an odd number of negation words in the two claims, by
cosine; a pair of opposites across the claims (WordNet's and the project's), by cosine; either of the two, by cosine; and
cosine alone, as what chance gives among near pairs.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import json
import random
from pathlib import Path
from typing import Any

import attrs
import numpy as np

import claimtrack as ct
from claimtrack.embedding import SentenceTransformerEmbedder
from claimtrack.evaluation import cohen_kappa
from claimtrack.extraction import SpacyExtractor
from claimtrack.relations import CascadeCrossEncoder, antonyms_across, count_negations, judge_claims
from claimtrack.store.rows import claim_from_row, claim_to_row

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
            file.write(json.dumps(row | {"claim": claim_to_row(claim)}) + "\n")
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
        return Drawn(rows, [claim_from_row(r["claim"]) for r in rows], arrays["pairs"], arrays["cosines"])


def scores(drawn: Drawn, model: CascadeCrossEncoder) -> dict[str, np.ndarray]:
    """Give every method's score of each pair; higher is a contradiction sooner."""
    claims = {claim.id: claim for claim in drawn.claims}
    published = {row["claim"]["id"]: row["date"] for row in drawn.rows}
    ids = [(drawn.claims[i].id, drawn.claims[j].id) for i, j in drawn.pairs]
    judged = judge_claims(
        ids, claims, {i: claim.text for i, claim in claims.items()}, model, model.thresholds, published=published
    )
    mean = np.array([(p.forward.p_contradiction + p.backward.p_contradiction) / 2 for p in judged])
    decided = np.array([p.forward.label is ct.Label.CONTRADICTION for p in judged])
    texts = [(drawn.claims[i].text, drawn.claims[j].text) for i, j in drawn.pairs]
    negated = np.array([(count_negations(a) + count_negations(b)) % 2 == 1 for a, b in texts])
    opposed = np.array([antonyms_across(a, b) is not None for a, b in texts])
    return {
        "claimtrack": decided + mean,
        "bare model": mean,
        "negation words, by cosine": negated + drawn.cosines,
        "antonyms, by cosine": opposed + drawn.cosines,
        "either of the two, by cosine": (negated | opposed) + drawn.cosines,
        "cosine alone": drawn.cosines,
    }


def key_of(drawn: Drawn, pair: int) -> str:
    """Name a pair by its claims."""
    i, j = drawn.pairs[pair]
    return f"{drawn.claims[i].id} {drawn.claims[j].id}"


def highest(values: np.ndarray, drawn: Drawn) -> list[int]:
    """Give the pairs ranked highest, ties by their ids."""
    order = sorted(range(len(values)), key=lambda n: (-values[n], key_of(drawn, n)))
    return order[:TOP]


def rank(out: Path, model_folder: Path | None) -> None:
    """Write each method's highest pairs, and what has to be labelled."""
    drawn = load(out)
    model = CascadeCrossEncoder(model_folder)
    found = scores(drawn, model)
    tops = {name: highest(values, drawn) for name, values in found.items()}
    decided = int((found["claimtrack"] >= 1.0).sum())
    ranked = {name: [key_of(drawn, n) for n in pairs] for name, pairs in tops.items()}
    (out / "ranked.json").write_text(
        json.dumps({"model": model.name, "pairs": len(drawn.pairs), "decided": decided, "ranked": ranked}, indent=1)
        + "\n",
        encoding="utf-8",
    )
    known = {row["pair"] for row in read_labels()}
    asked = sorted({n for pairs in tops.values() for n in pairs if key_of(drawn, n) not in known})
    random.Random(SEED).shuffle(asked)
    with (out / "to_label.jsonl").open("w", encoding="utf-8") as file:
        for n in asked:
            one, two = (drawn.rows[i] for i in drawn.pairs[n])
            row: dict[str, Any] = {"pair": key_of(drawn, n)}
            for name, side in (("a", one), ("b", two)):
                claim = side["claim"]
                row[name] = f"[{side['date']}] {claim['speaker'] or 'the outlet'}: {claim['text']}"
                row[f"{name}_place"] = {"doc_id": side["doc_id"], "spans": claim["spans"]}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(json.dumps({"decided": decided, "to_label": len(asked), "known": len(known)}))


def read_labels() -> list[dict[str, Any]]:
    """Read the labels kept beside this script; none before the first were given."""
    return list(json.loads(LABELS.read_text(encoding="utf-8"))["labels"]) if LABELS.exists() else []


def score(out: Path) -> None:
    """Print precision among the highest of each method, and how far the readers agree."""
    read = json.loads((out / "ranked.json").read_text(encoding="utf-8"))
    labels = {row["pair"]: row for row in read_labels()}
    missing = sorted({pair for pairs in read["ranked"].values() for pair in pairs} - set(labels))
    if missing:
        raise SystemExit(f"{len(missing)} pairs ranked high have no label, the first is {missing[0]}")
    table = {}
    for name, pairs in read["ranked"].items():
        row = {}
        for k in (10, 50, TOP):
            one, two = ([labels[pair][reader] for pair in pairs[:k]] for reader in ("first", "second"))
            row[f"precision_at_{k}"] = {
                "first": sum(one) / len(one),
                "second": sum(two) / len(two),
                "both": sum(a and b for a, b in zip(one, two, strict=True)) / len(one),
            }
        table[name] = row
    judged = [labels[pair] for pair in sorted({pair for pairs in read["ranked"].values() for pair in pairs})]
    first, second = ([row[reader] for row in judged] for reader in ("first", "second"))
    figures = {
        "model": read["model"],
        "pairs": read["pairs"],
        "called_contradiction": read["decided"],
        "labelled": len(judged),
        "readers_agree": sum(a == b for a, b in zip(first, second, strict=True)) / len(judged),
        "kappa": cohen_kappa(first, second),
        "methods": table,
    }
    print(json.dumps(figures, indent=1))


def main() -> None:
    """Run one step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("draw", "rank", "score"))
    parser.add_argument("--articles", type=Path, default=None, help="with draw: gzipped JSON lines")
    parser.add_argument("--model", type=Path, default=None, help="with rank: another relation model's folder")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    if (args.step == "draw") != (args.articles is not None):
        parser.error("--articles goes with draw, and only with it")
    if args.step == "draw":
        draw(args.articles, args.out)
    elif args.step == "rank":
        rank(args.out, args.model)
    else:
        score(args.out)


if __name__ == "__main__":
    main()
