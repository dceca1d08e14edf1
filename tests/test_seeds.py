"""The seed set and its annotation hold together."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_every_gold_span_slices_to_its_words() -> None:
    """An edit of a seed file moves offsets; recall would fall for no reason that anybody could see."""
    texts = {path.name[:3]: path.read_bytes().decode("utf-8") for path in (ROOT / "seeds").glob("*.txt")}
    gold = json.loads((ROOT / "benchmarks/seed_gold.json").read_text(encoding="utf-8"))

    assert sorted(texts) == ["000", "001", "002", "003", "004"]
    assert len(gold) >= 40
    for row in gold:
        for span in (row["a"], row["b"]):
            assert texts[span["article"]][span["start"] : span["end"]] == span["text"]


def test_no_pair_is_annotated_twice() -> None:
    gold = json.loads((ROOT / "benchmarks/seed_gold.json").read_text(encoding="utf-8"))
    pairs = Counter(
        frozenset((span["article"], span["start"], span["end"]) for span in (row["a"], row["b"])) for row in gold
    )

    assert max(pairs.values()) == 1
