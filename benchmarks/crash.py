"""Kill the writer of a store at random moments, and see what is left.

``python benchmarks/crash.py [--times 200] [--articles PATH]`` starts a process that adds articles one by one and says each id when its
``add`` has returned, kills it with SIGKILL after a random time, and opens the store again: it must open, hold every claim of every
article that was said, and give the clusters of an undisturbed run when the articles are added again. Without ``--articles`` the
articles are made up here and the parts are the doubles of ``claimtrack.testing``; with it they are read from there and the parts
are the bundled models. The moments are drawn by a fixed seed between the start of the first ``add`` and somewhat after the last.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import claimtrack as ct
from claimtrack.testing import LetterEmbedder, SentenceExtractor, WordRelationModel

SEED = 20260126
PLACES = ("Varn", "Ostby", "Calder", "Lume", "Hadd", "Skerry")


def made_up() -> list[ct.Article]:
    """Give articles about few things, so that their claims are near one another."""
    articles = []
    for n in range(12):
        place, negation = PLACES[n % len(PLACES)], "not " if n % 3 == 0 else ""
        text = f"The bridge at {place} will {negation}open in June. The mayor of {place} left in {2000 + n}. Rain fell in {place}."
        articles.append(ct.Article(name=f"{n}.txt", text=text, source=f"Paper {n}", published=f"2026-03-{n + 1:02}"))
    return articles


def parts(real: bool) -> dict[str, Any]:
    """Give the parts of a tracker."""
    if real:
        return {}
    return {"embedder": LetterEmbedder(), "extractor": SentenceExtractor(), "relation_model": WordRelationModel()}


def articles_of(path: Path | None) -> list[ct.Article]:
    """Read articles, or make them up."""
    return made_up() if path is None else list(ct.read(path))


def shape(tracker: ct.Tracker) -> list[object]:
    """Give what clusters are compared by."""
    return [(made.id, tuple(side.claim_ids for side in made.sides), made.contradictions) for made in tracker.clusters]


def write(store: Path, path: Path | None) -> None:
    """Add one by one, and say what is kept."""
    with ct.Tracker.open(store, **parts(path is not None)) as tracker:
        print("open", flush=True)
        for article in articles_of(path):
            tracker.add([article])
            print(article.id, flush=True)


def main() -> None:
    """Kill, look, and print the count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--articles", type=Path, default=None)
    parser.add_argument("--write", type=Path, default=None, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.write is not None:
        write(args.write, args.articles)
        return
    real = args.articles is not None
    articles = articles_of(args.articles)
    rng = random.Random(SEED)
    command = [sys.executable, __file__, *(["--articles", str(args.articles)] if real else [])]
    with tempfile.TemporaryDirectory() as folder:
        with ct.Tracker.open(Path(folder) / "whole.db", **parts(real)) as tracker:
            began = time.monotonic()
            for article in articles:
                tracker.add([article])
            length = time.monotonic() - began
            whole = shape(tracker)
            claims: dict[str, set[str]] = {}
            for claim in tracker.claims:
                claims.setdefault(claim.article_id, set()).add(claim.id)
        figures = {"killed": 0, "acknowledged": 0, "lost_claims": 0, "not_opened": 0, "different": 0}
        for n in range(args.times):
            store = Path(folder) / f"{n}.db"
            process = subprocess.Popen([*command, "--write", str(store)], stdout=subprocess.PIPE, text=True)
            assert process.stdout is not None
            said = [process.stdout.readline().strip()]
            time.sleep(rng.uniform(0.0, 1.2 * length))
            process.send_signal(signal.SIGKILL)
            said += [line.strip() for line in process.stdout]
            process.wait()
            acknowledged = [line for line in said if line and line != "open"]
            figures["killed"] += process.returncode == -signal.SIGKILL
            figures["acknowledged"] += len(acknowledged)
            try:
                with ct.Tracker.open(store, **parts(real)) as tracker:
                    kept = {claim.id for claim in tracker.claims}
                    figures["lost_claims"] += sum(len(claims.get(i, set()) - kept) for i in acknowledged)
                    tracker.add(articles)
                    figures["different"] += shape(tracker) != whole
            except ct.ClaimtrackError as error:
                print(error, file=sys.stderr)
                figures["not_opened"] += 1
        print(json.dumps(figures | {"times": args.times, "clusters": len(whole), "models": real}, indent=1))


if __name__ == "__main__":
    main()
