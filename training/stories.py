"""Make labelled pairs out of the hand-written news stories, and mix them with the other training pairs.

``training/data/news_stories.jsonl`` holds stories written for this project: in each, three propositions; for each of them
statements that say the same in other words (``same``), weaker ones that follow (``implied``), ones that can't be true
with it (``opposite``), and ones about the same things that are neither (``near``). What the pairs are labelled:

===========================  =============  ===============================================================
premise, hypothesis          label          why
===========================  =============  ===============================================================
same, same                   entailment     two wordings of one proposition
same, implied                entailment     less is said
implied, same                neutral        more is said
same, opposite (both ways)   contradiction
near, any of its group       neutral        both ways
of two groups of a story     neutral        both ways: another proposition about the same things
===========================  =============  ===============================================================

An opposite and an implied statement may or may not be true together: such pairs are left out, and so are two opposites.

A sixth of the stories (by hash of the id) is not trained on, one half of it for calibration and the other for measuring:
``python training/stories.py --part report --out FILE`` writes its pairs, for ``benchmarks/relation_model.py --pairs FILE``.
``--part train --mixture FILE --out FILE`` writes the pairs of the training stories among a share of the rows of the mixture
that ``prepare.py`` made; with ``--whole`` among all of its rows, and with ``--stories-share`` only some of the stories' pairs
(the second round: what ``paraphrases.py`` made, the stories replayed).
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SEED = 20260115
STORIES = Path(__file__).parent / "data" / "news_stories.jsonl"
NEAR, ACROSS = 26, 14
"""How many neutral pairs of each kind are drawn for each proposition; of the other kinds all pairs are taken."""
SHARES = {"news_": 0.45, "news_emergent": 1.0}
NLI_SHARE = 0.4

Row = dict[str, str]


def part(story: dict[str, Any]) -> str:
    """Say which part a story belongs to: ``train`` (five sixths), ``calibrate`` or ``report``."""
    digest = hashlib.blake2b(story["id"].encode(), digest_size=2).digest()
    return "train" if digest[0] % 6 else ("calibrate", "report")[digest[1] % 2]


def stories() -> list[dict[str, Any]]:
    """Read the stories, by id."""
    with STORIES.open(encoding="utf-8") as lines:
        return sorted((json.loads(line) for line in lines), key=lambda s: str(s["id"]))


def pairs(story: dict[str, Any], rng: random.Random) -> Iterator[Row]:
    """Yield the labelled pairs of one story, both directions of each."""

    def row(premise: str, hypothesis: str, label: str, kind: str) -> Row:
        return {"premise": premise, "hypothesis": hypothesis, "label": label, "source": f"stories_{kind}"}

    groups = story["groups"]
    for place, group in enumerate(groups):
        for one, two in itertools.permutations(group["same"], 2):
            yield row(one, two, "entailment", "same")
        for one, two in itertools.product(group["same"], group["implied"]):
            yield row(one, two, "entailment", "implied")
            if rng.random() < 0.5:
                yield row(two, one, "neutral", "implied")
        for one, two in itertools.product(group["same"], group["opposite"]):
            yield row(one, two, "contradiction", "opposite")
            yield row(two, one, "contradiction", "opposite")
        core = [text for key in ("same", "implied", "opposite") for text in group[key]]
        near = list(itertools.product(group["near"], core))
        for one, two in rng.sample(near, min(len(near), NEAR // 2)):
            yield row(one, two, "neutral", "near")
            yield row(two, one, "neutral", "near")
        others = [text for other in groups[place + 1 :] for key in ("same", "opposite", "near") for text in other[key]]
        across = list(itertools.product(core + group["near"], others))
        for one, two in rng.sample(across, min(len(across), ACROSS)):
            yield row(one, two, "neutral", "across")
            yield row(two, one, "neutral", "across")


def main() -> None:
    """Write the pairs, and their counts beside them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("train", "calibrate", "report"), required=True)
    parser.add_argument("--mixture", type=Path, default=None, help="only with --part train")
    parser.add_argument("--whole", action="store_true", help="take every row of the mixture")
    parser.add_argument("--stories-share", type=float, default=1.0)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    if (args.part == "train") != (args.mixture is not None):
        parser.error("--mixture goes with --part train, and only with it")
    rng = random.Random(SEED)
    chosen = [s for s in stories() if part(s) == args.part]
    rows = [row for story in chosen for row in pairs(story, rng)]
    rows = [row for row in rows if args.stories_share >= 1 or rng.random() < args.stories_share]
    if args.mixture is not None:
        with args.mixture.open(encoding="utf-8") as lines:
            for line in lines:
                other = json.loads(line)
                source = other["source"]
                share = SHARES.get(source, SHARES["news_"] if source.startswith("news_") else NLI_SHARE)
                if args.whole or rng.random() < share:
                    rows.append(other)
        rng.shuffle(rows)
    target = args.out
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    counts = collections.Counter(f"{row['source']} {row['label']}" for row in rows)
    figures = {
        "rows": len(rows),
        "stories": len(chosen),
        "labels": collections.Counter(row["label"] for row in rows),
        "by_source": dict(sorted(counts.items())),
    }
    target.with_suffix(".figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({key: figures[key] for key in ("rows", "stories", "labels")}))


if __name__ == "__main__":
    main()
