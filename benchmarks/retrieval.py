"""Search: how soon a question finds the claim that it asks for, by cosine, by BM25 and by both fused.

``python benchmarks/retrieval.py --claims DIR --articles FILE [--vectors FILE] [--tune]``

``--claims`` is the folder that ``base_rate.py draw`` wrote, ``--articles`` the file it was drawn from, for the titles.
``--vectors`` keeps the embeddings from one run to the next. ``--tune`` prints what the choice of the constants rests on.

The questions, ``retrieval_queries.jsonl``, were written by a reader who saw one claim each (text, speaker, date) and no
output of a search, as somebody would ask who has heard of the matter: in other words, short, some by the date. What a question
asks for: the claims of the article that overlap the characters the question was written for, and the claims of any article
whose text is nearly the same (rapidfuzz ratio of 0.9 or more with one of those). Other claims that would answer it as well
were not looked for and count as wrong, so the figures are too low for all three alike.

Measures, for each question, and then the mean, by the definitions of trec_eval (``recall.5``, ``map_cut.5``,
``success.5``):

- recall@5: claims asked for among the first five, divided by all that are asked for;
- MAP@5: the precision at the place of each claim asked for among the first five, summed, divided by all that are asked for;
- success@5: 1 where at least one of the first five is asked for, else 0.

Intervals hold 95 % of 10,000 bootstrap samples of the questions (percentiles, fixed seed); differences are paired.

Constants were chosen on one half of the questions, by a hash of the question; ``held out`` is the other half. All three
rankings are those of ``claimtrack.index.HybridIndex``, which ``Tracker.search`` asks.

What was tried, on the half to choose by (75 questions, 42,541 claims; recall@5 and MAP@5):

- BM25 over claim and title: 0.461, 0.393 without stemming, 0.499, 0.427 with Porter's; title weights of 0 to 1 differ by
  up to 0.07 and 0.03. With the speaker's name where the claim lacks it: 0.588, 0.509, and that is kept. The rule of words in
  more than 2,000 claims changes no figure.
- Cosine: 0.677, 0.622 of the claim alone, 0.692, 0.629 with its title, as kept.
- Fusion of both, weights alike: 0.708, 0.608 with k = 60, 0.726, 0.621 with k = 5, 0.721, 0.623 with k = 0: better recall
  than the cosine's, lower MAP. The weight of BM25 at 0.5 to 0.7 with k of 0 to 2 gives 0.722-0.742, 0.640-0.656; the
  middle of that field is kept (k = 1, 0.6: 0.736, 0.656). Depths of 20 to 1,000 differ by less than 0.015; 200 is kept.
- Fusion of three (claim alone, with title, BM25): not better. The cosine plus a share of BM25 over its highest (0.1 to
  0.5): at most 0.694, 0.630.

Result with ``Tracker.search`` as shipped, held out (75 questions): recall@5 0.693 by cosine, 0.628 by BM25, 0.729 hybrid;
MAP@5 0.631, 0.507, 0.638. The gain over the cosine in recall is 0.037 [0.003, 0.080], in MAP 0.007 [-0.006, 0.023]. That half was
looked at once before, with k = 5 and equal weights (hybrid 0.729, 0.605); the choice was made on the other.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import itertools
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import attrs
import numpy as np
from rapidfuzz import fuzz, process

from claimtrack.embedding import SentenceTransformerEmbedder
from claimtrack.index import HybridIndex, fuse
from claimtrack.records import Claim
from claimtrack.store.rows import claim_from_row

QUERIES = Path(__file__).with_name("retrieval_queries.jsonl")
SEED, SAMPLES = 20260121, 10_000
FIRST = 5
NEARLY = 90.0
MEASURES = ("recall@5", "MAP@5", "success@5")
METHODS = ("dense", "BM25", "hybrid")


@attrs.frozen
class Question:
    """A query, and the ids of the claims it asks for."""

    query: str
    wanted: frozenset[str]

    @property
    def held_out(self) -> bool:
        """Whether no constant was chosen by it."""
        return hashlib.blake2b(self.query.encode(), digest_size=8).digest()[0] % 2 == 1


@attrs.frozen
class Material:
    """The claims with all that the index needs, and the questions with their embeddings."""

    claims: list[Claim]
    vectors: np.ndarray
    titles: dict[str, tuple[str, np.ndarray]]
    questions: list[Question]
    query_vectors: np.ndarray


def read_questions(rows: Sequence[dict[str, Any]]) -> list[Question]:
    """Read the queries and find the claims that each asks for; one that asks for none stops the run."""
    claims = [row["claim"] for row in rows]
    with QUERIES.open(encoding="utf-8") as lines:
        asked = [json.loads(line) for line in lines]
    own = [
        [
            n
            for n, row in enumerate(rows)
            if row["doc_id"] == one["doc_id"] and overlap(row["claim"]["spans"], one["spans"])
        ]
        for one in asked
    ]
    texts = [claim["text"] for claim in claims]
    questions = []
    for one, places in zip(asked, own, strict=True):
        if not places:
            raise SystemExit(f"no claim overlaps {one['spans']} of {one['doc_id']}; was another extractor used?")
        alike = process.cdist([texts[n] for n in places], texts, scorer=fuzz.ratio, score_cutoff=NEARLY).any(axis=0)
        questions.append(Question(one["query"], frozenset(claims[n]["id"] for n in np.flatnonzero(alike))))
    return questions


def overlap(one: Sequence[Sequence[int]], other: Sequence[Sequence[int]]) -> bool:
    """Whether two lists of half-open spans share a character."""
    return any(a[0] < b[1] and b[0] < a[1] for a, b in itertools.product(one, other))


def load(folder: Path, articles: Path, vectors: Path | None) -> Material:
    """Read claims, titles and questions, and embed them or take the embeddings kept."""
    with (folder / "claims.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    claims = [claim_from_row(row["claim"]) for row in rows]
    article_of = {row["doc_id"]: row["claim"]["article_id"] for row in rows}
    with gzip.open(articles, "rt", encoding="utf-8") as lines:
        read = (json.loads(line) for line in lines)
        titles = {article_of[a["doc_id"]]: a["title"] for a in read if a["title"] and a["doc_id"] in article_of}
    questions = read_questions(rows)
    asked = [question.query for question in questions]
    texts = [*(claim.context for claim in claims), *titles.values(), *asked]
    embedded = embeddings(texts, vectors)
    own, of_titles, of_queries = np.split(embedded, [len(claims), len(claims) + len(titles)])
    return Material(
        claims, own, dict(zip(titles, zip(titles.values(), of_titles, strict=True), strict=True)), questions, of_queries
    )


def embeddings(texts: list[str], kept: Path | None) -> np.ndarray:
    """Embed texts; those that a former run embedded are taken from its file."""
    known: dict[str, np.ndarray] = {}
    if kept is not None and kept.exists():
        with np.load(kept, allow_pickle=False) as arrays:
            known = dict(zip(arrays["keys"].tolist(), arrays["vectors"], strict=True))
    keys = [hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest() for text in texts]
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if missing:
        known |= dict(zip(missing, SentenceTransformerEmbedder().embed(list(missing.values())), strict=True))
        if kept is not None:
            np.savez(kept, keys=np.array(list(known)), vectors=np.array(list(known.values())))
    return np.array([known[key] for key in keys])


def measured(ranking: Sequence[str], wanted: frozenset[str]) -> tuple[float, float, float]:
    """Give the three measures of one ranking."""
    hits = np.array([id_ in wanted for id_ in ranking[:FIRST]], dtype=float)
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return hits.sum() / len(wanted), float((precision * hits).sum()) / len(wanted), float(hits.any())


def table(material: Material, ranking: Callable[[int], Sequence[str]]) -> np.ndarray:
    """Give the measures of each question, shape (n_questions, 3)."""
    return np.array([measured(ranking(n), question.wanted) for n, question in enumerate(material.questions)])


def interval(values: np.ndarray) -> list[float]:
    """Give the mean of some questions' values, and the bounds of its 95 % interval."""
    drawn = np.random.default_rng(SEED).integers(0, len(values), size=(SAMPLES, len(values)))
    low, high = np.percentile(values[drawn].mean(axis=1), [2.5, 97.5])
    return [round(float(x), 3) for x in (values.mean(), low, high)]


def report(material: Material, index: HybridIndex) -> dict[str, Any]:
    """Measure the three rankings on all questions and on both halves."""
    asked, vectors = material.questions, material.query_vectors
    found = {
        "dense": table(material, lambda n: [x.id for x in index.dense(vectors[n], k=FIRST)]),
        "BM25": table(material, lambda n: [x.id for x in index.lexical(asked[n].query, k=FIRST)]),
        "hybrid": table(material, lambda n: [x.claim.id for x in index.search(asked[n].query, vectors[n], k=FIRST)]),
    }
    held_out = np.array([question.held_out for question in asked])
    halves = {"held out": held_out, "chosen on": ~held_out, "all": np.ones(len(asked), dtype=bool)}
    figures: dict[str, Any] = {}
    for half, rows in halves.items():
        figures[half] = {"questions": int(rows.sum())}
        for column, measure in enumerate(MEASURES):
            values = {name: found[name][rows, column] for name in METHODS}
            figures[half][measure] = {name: interval(values[name]) for name in METHODS} | {
                f"hybrid - {name}": interval(values["hybrid"] - values[name]) for name in METHODS[:2]
            }
    return figures


def tune(material: Material, index: HybridIndex) -> dict[str, list[float]]:
    """Give recall@5 and MAP@5 on the half that constants are chosen on, for each choice."""
    rows = [n for n, question in enumerate(material.questions) if not question.held_out]
    most = 1_000
    dense = {n: [x.id for x in index.dense(material.query_vectors[n], k=most)] for n in rows}
    lexical = {n: [x.id for x in index.lexical(material.questions[n].query, k=most)] for n in rows}
    tried = {}
    for k, depth, weight in itertools.product(
        (0, 1, 2, 5, 10, 20, 60), (20, 50, 100, 200, 500, most), (0.4, 0.5, 0.6, 0.7, 1.0)
    ):
        fused = [
            measured(
                [i for i, _ in fuse([dense[n][:depth], lexical[n][:depth]], k=k, weights=[1.0, weight])],
                material.questions[n].wanted,
            )
            for n in rows
        ]
        tried[f"k={k} depth={depth} weight={weight}"] = [round(float(x), 4) for x in np.mean(fused, axis=0)[:2]]
    return tried


def main() -> None:
    """Measure, or print what constants were chosen by."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=Path, required=True, help="folder that base_rate.py draw wrote")
    parser.add_argument("--articles", type=Path, required=True, help="gzipped JSON lines, for the titles")
    parser.add_argument("--vectors", type=Path, default=None, help="file that keeps embeddings between runs (.npz)")
    parser.add_argument("--tune", action="store_true", help="print every choice of constants, on one half")
    args = parser.parse_args()
    material = load(args.claims, args.articles, args.vectors)
    started = time.perf_counter()
    index = HybridIndex(material.claims, material.vectors, material.titles)
    built = time.perf_counter() - started
    if args.tune:
        print(json.dumps(tune(material, index), indent=1))
        return
    started = time.perf_counter()
    for question, vector in zip(material.questions, material.query_vectors, strict=True):
        index.search(question.query, vector, k=20)
    seconds = (time.perf_counter() - started) / len(material.questions)
    figures = {"claims": len(index), "seconds_to_build": round(built, 2), "seconds_a_search": round(seconds, 4)}
    print(json.dumps(figures | report(material, index), indent=1))


if __name__ == "__main__":
    main()
