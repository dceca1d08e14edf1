"""The main job, measured: ``python benchmarks/seed_set.py [--articles DIR] [--gold FILE] [--json FILE]``.

Runs the default tracker over a folder of articles and holds what it finds against annotated pairs of spans
(``benchmarks/seed_gold.json`` for ``seeds/``): counts, candidate recall (the share of clear gold pairs that reach the
relation model), recall and precision by kind, seconds for each stage, peak memory, versions.

How a pair of claims is held against a pair of spans: a claim stands for a span if it lies in the same article, covers at
least half of the shorter of the two, and is no more than 2.5 times as long as the span (or 260 characters). A gold match
is found if two such claims entail each other in one direction at least, or stand on one side; a gold contradiction, if they
are listed as contradicting in a cluster; a trap is taken, if they are called either. Pairs that careful readers may
split on are marked arguable: they are listed, and count neither as required nor as errors.

Precision of contradictions counts every pair of claims that the tracker lists as contradicting and that the gold file
labels (clear contradiction: right; match or neutral: wrong); pairs that it does not label are counted and printed.
"""

from __future__ import annotations

import time

_BEGAN = time.perf_counter()

import argparse  # noqa: E402 - the clock starts before the imports: loading libraries is part of the job
import importlib.metadata  # noqa: E402
import json  # noqa: E402
import resource  # noqa: E402
import sys  # noqa: E402
from collections import Counter, defaultdict  # noqa: E402
from collections.abc import Callable, Sequence  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any, TypeVar  # noqa: E402

import claimtrack as ct  # noqa: E402
from claimtrack.embedding import Embeddings, SentenceTransformerEmbedder  # noqa: E402
from claimtrack.extraction import SpacyExtractor  # noqa: E402
from claimtrack.relations import CascadeCrossEncoder, Probabilities  # noqa: E402

HERE = Path(__file__).resolve().parent
T = TypeVar("T")


class Stopwatch:
    """Adds up seconds by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def time(self, name: str, work: Callable[[], T]) -> T:
        """Run `work`, and add its seconds to `name`."""
        began = time.perf_counter()
        try:
            return work()
        finally:
            self.seconds[name] += time.perf_counter() - began


class TimedExtractor:
    """An extractor with a stopwatch."""

    def __init__(self, inner: SpacyExtractor, watch: Stopwatch) -> None:
        self._inner, self._watch = inner, watch
        self.name = inner.name

    def extract(self, articles: Sequence[ct.Article], /) -> list[list[ct.Claim]]:
        """Extract, timed."""
        return self._watch.time("run extractor", lambda: self._inner.extract(articles))


class TimedEmbedder:
    """An embedder with a stopwatch."""

    def __init__(self, inner: SentenceTransformerEmbedder, watch: Stopwatch) -> None:
        self._inner, self._watch = inner, watch
        self.name, self.dim = inner.name, inner.dim

    def embed(self, texts: Sequence[str], /) -> Embeddings:
        """Embed, timed."""
        return self._watch.time("run embedder", lambda: self._inner.embed(texts))


class TimedModel:
    """A relation model with a stopwatch."""

    def __init__(self, inner: CascadeCrossEncoder, watch: Stopwatch) -> None:
        self._inner, self._watch = inner, watch
        self.name, self.thresholds = inner.name, inner.thresholds
        self.pairs = 0

    def judge(self, pairs: Sequence[tuple[str, str]], /) -> Probabilities:
        """Judge, timed."""
        self.pairs += len(pairs)
        return self._watch.time("run relation model", lambda: self._inner.judge(pairs))


def stands_for(claim: ct.Claim, span: dict[str, Any], key: str) -> bool:
    """Tell whether a claim stands for a gold span of the article with this key."""
    if key != span["article"]:
        return False
    length = sum(len(s) for s in claim.provenance.spans)
    wanted = span["end"] - span["start"]
    covered = sum(max(0, min(s.end, span["end"]) - max(s.start, span["start"])) for s in claim.provenance.spans)
    return length <= max(2.5 * wanted, 260) and covered >= 0.5 * min(length, wanted)


def compare(tracker: ct.Tracker, gold: list[dict[str, Any]]) -> dict[str, Any]:
    """Hold what the tracker found against the gold pairs."""
    key = {article.id: article.name[:3] for article in tracker.articles}
    claims = tracker.claims
    candidates = {frozenset(pair) for pair in tracker.candidates()}
    entailed = {frozenset((r.premise_id, r.hypothesis_id)) for r in tracker.relations if r.label is ct.Label.ENTAILMENT}
    called = {
        frozenset((r.premise_id, r.hypothesis_id)) for r in tracker.relations if r.label is ct.Label.CONTRADICTION
    }
    side = {c.id: (k.id, n) for k in tracker.clusters for n, s in enumerate(k.sides) for c in s.claims}
    opposed = {frozenset(pair) for cluster in tracker.clusters for pair in cluster.contradictions}
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    labels: dict[frozenset[str], set[str]] = defaultdict(set)
    missed = []
    for row in gold:
        pairs = [
            frozenset((a.id, b.id))
            for a in claims
            if stands_for(a, row["a"], key[a.article_id])
            for b in claims
            if a.id != b.id and stands_for(b, row["b"], key[b.article_id])
        ]
        kind = f"{row['relation']} {row['strength']}"
        for pair in pairs:
            labels[pair].add(kind)
        if row.get("labelled") == "after":
            continue  # a label for a contradiction that the tracker reported: it counts for precision alone
        together = [p for p in pairs if p in entailed or len({side.get(i, i) for i in p}) == 1]
        match row["relation"]:
            case "contradiction":
                found = any(p in opposed for p in pairs)
            case "match":
                found = bool(together)
            case _:
                found = bool(together) or any(p in called for p in pairs)
        tallies[kind]["pairs"] += 1
        tallies[kind]["found"] += found
        tallies[kind]["candidates"] += any(p in candidates for p in pairs)
        tallies[kind]["both spans have a claim"] += bool(pairs)
        if row["strength"] == "clear" and not found:
            missed.append(f"missed {row['relation']}: {row['a']['text']} | {row['b']['text']}")
        if row["strength"] == "trap" and found:
            missed.append(f"trap taken: {row['a']['text']} | {row['b']['text']}")
    by_id = {claim.id: claim for claim in claims}
    verdicts: Counter[str] = Counter()
    unlabelled = []
    for pair in sorted(opposed, key=sorted):
        known = labels.get(pair, set())
        if "contradiction clear" in known:
            verdicts["right"] += 1
        elif "contradiction arguable" in known:
            verdicts["arguable"] += 1
        elif known:
            verdicts["wrong"] += 1
        else:
            verdicts["unlabelled"] += 1
            one, two = (by_id[i] for i in sorted(pair, key=lambda i: key[by_id[i].article_id]))
            unlabelled.append(
                f"unlabelled contradiction: {key[one.article_id]} {one.text} | {key[two.article_id]} {two.text}"
            )
    judged = verdicts["right"] + verdicts["wrong"]
    clear = [t for k, t in tallies.items() if k.endswith("clear")]

    def share(kind: str) -> float | None:
        tally = tallies.get(kind)
        return tally["found"] / tally["pairs"] if tally else None

    return {
        "candidate_recall": sum(t["candidates"] for t in clear) / max(1, sum(t["pairs"] for t in clear)),
        "contradiction_recall": share("contradiction clear"),
        "match_recall": share("match clear"),
        "traps_taken": tallies["neutral trap"]["found"],
        "contradiction_precision": verdicts["right"] / judged if judged else None,
        "contradictions": dict(verdicts),
        "contradictions_across_articles": sum(len({by_id[i].article_id for i in pair}) == 2 for pair in called),
        "tallies": {kind: dict(tally) for kind, tally in sorted(tallies.items())},
        "remarks": missed + unlabelled,
    }


def measure(folder: Path, gold: Path) -> dict[str, Any]:
    """Run the tracker over a folder and measure it."""
    watch = Stopwatch()
    watch.seconds["imports of claimtrack"] = time.perf_counter() - _BEGAN
    articles = watch.time("read", lambda: ct.read(folder))
    for failure in articles.failures:
        print(failure, file=sys.stderr)
    extractor = TimedExtractor(watch.time("load extractor", SpacyExtractor), watch)
    embedder = TimedEmbedder(watch.time("load embedder", SentenceTransformerEmbedder), watch)
    model = TimedModel(watch.time("load relation model", CascadeCrossEncoder), watch)
    tracker = ct.Tracker(extractor=extractor, embedder=embedder, relation_model=model)
    tracker.add(articles)
    clusters = watch.time("cluster", lambda: tracker.clusters)
    total = time.perf_counter() - _BEGAN
    models = sum(s for name, s in watch.seconds.items() if name.startswith(("load ", "run ")))
    packages = [
        "claimtrack",
        "torch",
        "sentence-transformers",
        "onnxruntime",
        "faiss-cpu",
        "spacy",
        "rapidfuzz",
        "attrs",
    ]
    return {
        "articles": len(tracker.articles),
        "claims": len(tracker.claims),
        "candidate_pairs": len(tracker.candidates()),
        "pairs_judged_by_the_model": model.pairs,
        "relations": len(tracker.relations),
        "clusters": len(clusters),
        "clusters_with_contradictions": sum(bool(c.contradictions) for c in clusters),
        **compare(tracker, json.loads(gold.read_text(encoding="utf-8"))),
        "seconds": {name: round(seconds, 2) for name, seconds in watch.seconds.items()} | {"total": round(total, 2)},
        "total_over_models": round(total / models, 3),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "versions": {name: importlib.metadata.version(name) for name in packages},
    }


def table(figures: dict[str, Any]) -> str:
    """Lay the figures out as one table."""
    lines = []
    for name, value in figures.items():
        if name == "remarks":
            continue
        if isinstance(value, dict):
            lines.append(f"{name.replace('_', ' ')}")
            lines.extend(f"  {inner:<40} {_number(v)}" for inner, v in value.items())
        else:
            lines.append(f"{name.replace('_', ' '):<42} {_number(value)}")
    return "\n".join([*lines, *figures["remarks"]])


def _number(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, dict):
        return ", ".join(f"{k} {v}" for k, v in value.items())
    return "-" if value is None else str(value)


def main() -> None:
    """Print the table, and write it as JSON where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, default=HERE.parent / "seeds")
    parser.add_argument("--gold", type=Path, default=HERE / "seed_gold.json")
    parser.add_argument("--json", type=Path, default=None)
    args = parser.parse_args()
    figures = measure(args.articles, args.gold)
    print(table(figures))
    if args.json is not None:
        args.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
