"""Make labelled pairs out of the hand-written contrast sets and rumours.

``data/contrast_sets.jsonl`` holds sets written for this project: one premise, statements that say the same, that follow, that
can't be true with it, and that have nearly its words but are neither. A set turns on one thing, its kind: negation, figures,
dates, hedges, roles, quotation, part and whole, two events; for the kinds evidence and inference the premise is a passage.
``data/rumours.jsonl`` holds invented rumours with headlines that state them, pass them on, refute them, and of other stories.

============================  =============  ===================================================================
premise, hypothesis           label          why
============================  =============  ===================================================================
premise, same                 entailment     both ways
premise or same, implied      entailment     the other way neutral
premise or same, opposite     contradiction  both ways
premise or same, near         neutral        both ways; of figures, which may be more exact, one way
headline "for", rumour        entailment
headline "observing", rumour  neutral        it leaves open whether it is so
headline "against", rumour    contradiction  both ways; also against a headline "for"
headline "other", any         neutral
============================  =============  ===================================================================

A sixth of the sets and rumours (by hash of the id) is not trained on, one half of it for calibration and the other for
measuring. ``python training/sets.py --part train --batch 1 --out FILE``; likewise ``--part calibrate`` and ``--part report``.
The sets were written in three batches, each against what the model still got wrong on the report part of those before: the
report part was not trained on, but it showed what to write next, and is no blind test of the later batches.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SEED = 20260122
DATA = Path(__file__).parent / "data"
SOURCE = {1: "sets_", 2: "sets2_", 3: "sets3_"}
PASSAGES = frozenset({"evidence", "inference"})

Row = dict[str, str]


def part(key: str) -> str:
    """Say which part a set or rumour belongs to: ``train`` (five sixths), ``calibrate`` or ``report``."""
    digest = hashlib.blake2b(key.encode(), digest_size=2).digest()
    return "train" if digest[0] % 6 else ("calibrate", "report")[digest[1] % 2]


def read(name: str) -> list[dict[str, Any]]:
    """Read a file of sets or rumours, by id."""
    with (DATA / name).open(encoding="utf-8") as lines:
        return sorted((json.loads(line) for line in lines), key=lambda s: str(s["id"]))


def set_pairs(group: dict[str, Any], rng: random.Random) -> Iterator[Row]:
    """Yield the labelled pairs of one contrast set."""

    def row(one: str, two: str, label: str) -> Row:
        return {"premise": one, "hypothesis": two, "label": label, "source": f"{SOURCE[group['batch']]}{group['kind']}"}

    premise, same = group["premise"], group["same"]
    back = 0.4 if group["kind"] in PASSAGES else 1.0
    """A statement seldom says as much as a passage: few pairs of that direction."""
    for text in same:
        yield row(premise, text, "entailment")
        yield row(text, premise, "entailment")
    for text in group["implied"]:
        yield row(premise, text, "entailment")
        if rng.random() < back * 0.7:
            yield row(text, premise, "neutral")
    for label, texts in (("contradiction", group["opposite"]), ("neutral", group["near"])):
        returns = 0.0 if label == "neutral" and group["kind"] == "figures" else back
        for text in texts:
            yield row(premise, text, label)
            if rng.random() < returns:
                yield row(text, premise, label)
    for text in same:
        for label, texts in (
            ("entailment", group["implied"]),
            ("contradiction", group["opposite"]),
            ("neutral", group["near"]),
        ):
            chosen = rng.choice(texts)
            one_way = label == "entailment" or (label == "neutral" and group["kind"] == "figures")
            pair = (text, chosen) if one_way or rng.random() < 0.5 else (chosen, text)
            yield row(*pair, label)


def rumour_pairs(rumour: dict[str, Any], rng: random.Random) -> Iterator[Row]:
    """Yield the labelled pairs of one rumour and its headlines."""

    def row(one: str, two: str, label: str) -> Row:
        return {"premise": one, "hypothesis": two, "label": label, "source": f"{SOURCE[rumour['batch']]}rumour"}

    claim, told, open_, against, other = (rumour[k] for k in ("claim", "for", "observing", "against", "other"))
    for label, texts in (("entailment", told), ("neutral", [*open_, *other]), ("contradiction", against)):
        for text in texts:
            yield row(text, claim, label)
    for text in against:
        yield row(claim, text, "contradiction")
        one, two = rng.choice(told), text
        yield row(one, two, "contradiction") if rng.random() < 0.5 else row(two, one, "contradiction")
        yield row(text, rng.choice(open_), "neutral")
    for text in open_:
        yield row(claim, text, "neutral")
        yield row(text, rng.choice(told), "neutral")
    for text in other:
        yield row(text, rng.choice([*told, *open_, *against]), "neutral")
    one, two = rng.sample(told, 2)
    yield row(one, two, "entailment")


def pairs(chosen: str, batches: tuple[int, ...] = tuple(SOURCE)) -> Iterator[Row]:
    """Yield all pairs of one part, of one batch or both."""
    for name, make in (("contrast_sets.jsonl", set_pairs), ("rumours.jsonl", rumour_pairs)):
        for group in read(name):
            if part(group["id"]) == chosen and group["batch"] in batches:
                yield from make(group, random.Random(f"{SEED} {group['id']}"))


def main() -> None:
    """Write the pairs, and their counts beside them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("train", "calibrate", "report"), required=True)
    parser.add_argument("--batch", type=int, choices=sorted(SOURCE), default=None, help="both by default")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rows = list(pairs(args.part, (args.batch,) if args.batch else tuple(SOURCE)))
    args.out.parent.mkdir(parents=True, exist_ok=True)
    with args.out.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    counts = collections.Counter(f"{row['source']} {row['label']}" for row in rows)
    figures = {"rows": len(rows), "by_source": dict(sorted(counts.items()))}
    args.out.with_suffix(".figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
