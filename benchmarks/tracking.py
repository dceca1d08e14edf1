"""A year of news replayed day by day into one store: what an article costs, what stays the same, what is folded.

``python benchmarks/tracking.py --articles FILE --claims DIR [--vectors FILE]``; FILE holds public articles with dates and outlets (gzipped
JSON lines with doc_id, outlet, date, title, author, wire, text), DIR what ``base_rate.py draw`` wrote of them.

To replay a year in minutes, claims are those of DIR, embedded by the bundled embedder, and pairs are judged by the double of
``claimtrack.testing``, which goes by shared words and negations: clusters are of the right number and size, not right. With ``--at-once N`` the
first N are added in one call. The last twenty articles are extracted anew and measured, once in a store that held forty before them, and
once in that of all others: the same articles, since late ones are longer than early ones. Printed are, as one JSON object:

- ``cost``: seconds of processor time of adding one article at 50 and at the end, and their ratio, without the time inside the
  parser, the embedder and the relation model; the pairs judged for one article, which is what the models' own time goes by;
  and the ratio for one pair;
- ``bytes_per_claim``: size of the store's file;
- ``ids_kept``: of the clusters on a day that share most of their claims with a cluster of the day before, and it with them, how many have its id;
  over pairs of following days through the year;
- ``copies``: articles folded as copies of another outlet's, and how many of the pairs folded bear no different agencies in the ``wire`` field; pairs of
  one agency that share half of their word sequences, and how many of them are folded;
- ``order``: whether the same articles in another order, and all at once, give the same clusters and ids (with ``--order``, on the first 200).
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import hashlib
import json
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
import numpy as np

import claimtrack as ct
from claimtrack.embedding import Embeddings, SentenceTransformerEmbedder
from claimtrack.extraction import SpacyExtractor
from claimtrack.independence import agency_of, find_copies
from claimtrack.relations import Probabilities
from claimtrack.store.rows import claim_from_row
from claimtrack.testing import WordRelationModel

YOUNG, LATE, WATCHED, SEED = 40, 20, 12, 20260125


class Clock:
    """Counts processor time inside the models."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._deep = 0

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Count what is done here; calls inside calls once."""
        began = time.process_time()
        self._deep += 1
        try:
            yield
        finally:
            self._deep -= 1
            if not self._deep:
                self.seconds += time.process_time() - began


def key_of(text: str) -> str:
    """Give the key that ``retrieval.py`` keeps a text's vector under."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


class TimedEmbedder:
    """The bundled embedder, with vectors that are known taken from a file."""

    def __init__(self, known: dict[str, Embeddings], clock: Clock) -> None:
        self._embedder = SentenceTransformerEmbedder()
        self._known, self._clock = known, clock
        self.name, self.dim = self._embedder.name, self._embedder.dim

    def embed(self, texts: Sequence[str], /) -> Embeddings:
        """Embed texts; see :class:`claimtrack.embedding.Embedder`."""
        with self._clock.inside():
            keys = [key_of(text) for text in texts]
            fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
            if fresh:
                self._known |= zip(fresh, self._embedder.embed(list(fresh.values())), strict=True)
            rows = [self._known[key] for key in keys]
            return np.stack(rows) if rows else np.zeros((0, self.dim), dtype=np.float32)


class TimedModel(WordRelationModel):
    """The double, timed."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self.judged = 0

    def judge(self, pairs: Sequence[tuple[str, str]], /) -> Probabilities:
        """Judge pairs; see :class:`claimtrack.relations.RelationModel`."""
        with self._clock.inside():
            self.judged += len(pairs)
            return super().judge(pairs)


class ReplayExtractor:
    """Gives claims that were extracted before; where it is told to, it extracts them anew, the parser timed."""

    def __init__(self, known: dict[str, list[ct.Claim]], clock: Clock) -> None:
        self._known, self._clock = known, clock
        self._extractor = SpacyExtractor()
        self.name = self._extractor.name
        self.anew = False

    def extract(self, articles: Sequence[ct.Article], /) -> list[list[ct.Claim]]:
        """Extract claims; see :class:`claimtrack.extraction.Extractor`."""
        if self.anew:
            parser = self._extractor.pipeline
            began = time.process_time()
            for article in articles:
                parser(article.text)
            self._clock.seconds += 2 * (time.process_time() - began)  # here, and once more inside of what follows
            return self._extractor.extract(articles)
        return [self._known.get(article.name, []) for article in articles]


def read_articles(path: Path) -> list[ct.Article]:
    """Read the articles by date, then by name."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = sorted((json.loads(line) for line in lines), key=lambda r: (r["date"], r["doc_id"]))
    return [
        ct.Article(
            name=r["doc_id"],
            title=r["title"],
            source=r["outlet"],
            published=r["date"],
            text=r["text"],
            author=r["author"],
        )
        for r in rows
    ]


def read_wires(path: Path) -> dict[str, str]:
    """Give each article's agency by the field of its row; those without one are left out."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {r["doc_id"]: r["wire"].casefold() for r in rows if r["wire"] not in (None, "None", "NA")}


def read_claims(folder: Path) -> dict[str, list[ct.Claim]]:
    """Read the claims of each document."""
    found: dict[str, list[ct.Claim]] = {}
    with (folder / "claims.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            found.setdefault(row["doc_id"], []).append(claim_from_row(row["claim"]))
    return found


def clusters_of(tracker: ct.Tracker) -> dict[str, frozenset[str]]:
    """Give the clusters' claims."""
    return {made.id: frozenset(claim.id for claim in made.claims) for made in tracker.clusters}


def kept_ids(before: dict[str, frozenset[str]], after: dict[str, frozenset[str]]) -> tuple[int, int]:
    """Count clusters alive on both days, and those of them that kept their id."""
    home = {claim: i for i, claims in after.items() for claim in claims}
    back = {claim: i for i, claims in before.items() for claim in claims}
    alive = kept = 0
    for id_, claims in before.items():
        shares: dict[str, int] = {}
        for claim in claims:
            if claim in home:
                shares[home[claim]] = shares.get(home[claim], 0) + 1
        if not shares:
            continue
        best = max(sorted(shares), key=shares.__getitem__)
        origins: dict[str, int] = {}
        for claim in after[best]:
            if claim in back:
                origins[back[claim]] = origins.get(back[claim], 0) + 1
        if max(sorted(origins), key=origins.__getitem__) == id_:
            alive += 1
            kept += best == id_
    return alive, kept


def read_vectors(path: Path | None) -> dict[str, Embeddings]:
    """Read vectors that ``retrieval.py`` kept; they only save the embedder's time, which is not measured."""
    if path is None:
        return {}
    with np.load(path, allow_pickle=False) as arrays:
        return dict(zip(arrays["keys"].tolist(), arrays["vectors"], strict=True))


@attrs.define
class Desk:
    """A tracker with timed parts."""

    clock: Clock
    model: TimedModel
    extractor: ReplayExtractor
    tracker: ct.Tracker

    @classmethod
    def open(cls, store: Path, claims: dict[str, list[ct.Claim]], vectors: dict[str, Embeddings]) -> Desk:
        """Open a store."""
        clock = Clock()
        model, extractor = TimedModel(clock), ReplayExtractor(claims, clock)
        embedder = TimedEmbedder(vectors, clock)
        tracker = ct.Tracker.open(store, embedder=embedder, relation_model=model, extractor=extractor)
        return cls(clock, model, extractor, tracker)

    def add(self, article: ct.Article, costs: list[float], judged: list[int]) -> None:
        """Add an article, extracted anew, and note what it cost."""
        self.extractor.anew = True
        spent, pairs, began = self.clock.seconds, self.model.judged, time.process_time()
        self.tracker.add([article])
        costs.append(time.process_time() - began - (self.clock.seconds - spent))
        judged.append((self.model.judged - pairs) // 2)
        self.extractor.anew = False


def replay(
    articles: Sequence[ct.Article],
    claims: dict[str, list[ct.Claim]],
    vectors: dict[str, Embeddings],
    store: Path,
    at_once: int,
) -> dict[str, Any]:
    """Add the articles one by one, day by day; the first ones at once if so wanted."""
    early: list[float] = []
    late: list[float] = []
    early_pairs: list[int] = []
    late_pairs: list[int] = []
    young = Desk.open(store.with_name(f"{store.name}-young"), claims, vectors)
    with young.tracker:
        young.tracker.add(articles[:YOUNG])
        for article in articles[-LATE:]:
            young.add(article, early, early_pairs)

    days = sorted({article.published or "" for article in articles[at_once:]})
    step = max(1, len(days) // WATCHED)
    alive = kept = 0
    before: dict[str, frozenset[str]] | None = None
    desk = Desk.open(store, claims, vectors)
    with desk.tracker as tracker:
        tracker.add(articles[:at_once])
        for n, article in enumerate(articles[at_once:], start=at_once):
            if n >= len(articles) - LATE:
                desk.add(article, late, late_pairs)
            else:
                tracker.add([article])
            day = article.published or ""
            place = days.index(day)
            if place % step in (0, 1) and (n + 1 == len(articles) or articles[n + 1].published != day):
                now = clusters_of(tracker)
                if before is not None and (place % step == 1 or step == 1):
                    one, two = kept_ids(before, now)
                    alive, kept = alive + one, kept + two
                before = now
        count = len(tracker.claims)
        size = store.stat().st_size
    return {
        "articles": len(articles),
        "at_once": at_once,
        "claims": count,
        "cost": {
            "at_50": round(float(np.mean(early)), 3),
            "at_end": round(float(np.mean(late)), 3),
            "ratio": round(float(np.mean(late) / np.mean(early)), 2),
            "ratio_of_medians": round(float(np.median(late) / np.median(early)), 2),
            "pairs_at_50": float(np.mean(early_pairs)),
            "pairs_at_end": float(np.mean(late_pairs)),
            "ratio_for_a_pair": round(
                float(np.sum(late) / np.sum(late_pairs) / np.sum(early) * np.sum(early_pairs)), 2
            ),
        },
        "bytes_per_claim": round(size / max(1, count)),
        "ids_kept": {"alive": alive, "kept": kept, "share": round(kept / max(1, alive), 4)},
    }


def copies(articles: Sequence[ct.Article], wires: dict[str, str]) -> dict[str, Any]:
    """Hold what is folded against the field for the agency."""
    by_id = {article.id: article for article in articles}
    folds = find_copies(articles)
    across = [fold for fold in folds if by_id[fold.article_id].outlet != by_id[fold.kept_id].outlet]
    agreed = 0
    for fold in across:
        one, two = (wires.get(by_id[i].name) for i in (fold.article_id, fold.kept_id))
        agreed += one == two or one is None or two is None
    marked = [article for article in articles if article.name in wires]
    right = sum((agency_of(article) or "").casefold()[:2] == _short(wires[article.name])[:2] for article in marked)
    called = [article for article in articles if agency_of(article) is not None]
    return {
        "folded": len(folds),
        "folded_across_outlets": len(across),
        "without_conflict_of_agency": agreed,
        "wire_articles": len(marked),
        "wire_articles_with_that_mark": right,
        "marked": len(called),
        "marked_and_wire": sum(article.name in wires for article in called),
    }


def _short(wire: str) -> str:
    return {"ap": "associated press", "upi": "united press international", "afp": "agence france-presse"}.get(
        wire, wire
    )


def orders(
    articles: Sequence[ct.Article], claims: dict[str, list[ct.Claim]], vectors: dict[str, Embeddings], folder: Path
) -> bool:
    """Tell whether other orders give the same clusters."""
    clock = Clock()
    embedder, extractor = TimedEmbedder(vectors, clock), ReplayExtractor(claims, clock)
    found = []
    shuffled = list(articles)
    random.Random(SEED).shuffle(shuffled)
    for n, batches in enumerate(([list(articles)], [[a] for a in articles], [[a] for a in shuffled])):
        parts = {"embedder": embedder, "relation_model": TimedModel(clock), "extractor": extractor}
        with ct.Tracker.open(folder / f"order{n}.db", **parts) as tracker:
            for batch in batches:
                tracker.add(batch)
            found.append(tracker.clusters)
    return found[0] == found[1] == found[2] and bool(found[0])


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--claims", type=Path, required=True)
    parser.add_argument(
        "--store", type=Path, default=None, help="where to keep the store; a temporary folder by default"
    )
    parser.add_argument("--vectors", type=Path, default=None, help="vectors that retrieval.py kept")
    parser.add_argument("--at-once", type=int, default=0, help="add so many at once, and replay the rest")
    parser.add_argument("--first", type=int, default=None, help="replay only so many articles")
    parser.add_argument("--order", action="store_true", help="also compare three orders of the first 200")
    args = parser.parse_args()
    articles = read_articles(args.articles)[: args.first]
    claims = read_claims(args.claims)
    vectors = read_vectors(args.vectors)
    with tempfile.TemporaryDirectory() as folder:
        figures = replay(articles, claims, vectors, args.store or Path(folder) / "replay.db", args.at_once)
        figures["copies"] = copies(articles, read_wires(args.articles))
        if args.order:
            figures["order"] = {"same": orders(articles[:200], claims, vectors, Path(folder))}
    figures["date"] = datetime.datetime.now(datetime.UTC).date().isoformat()
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
