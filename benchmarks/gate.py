"""The quality gate: ``python benchmarks/gate.py`` fails below ``benchmarks/floors.json``.

Runs the seed set and compares its figures with the floors. ``--raise`` writes the figures reached as new floors where they
are better; nothing here lowers a floor. ``NOISE`` is the margin that a figure may fall below its floor: the seed set is
computed without randomness, and the margin covers the last bits of floating point on other processors, which can tip one
pair over a threshold.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from pathlib import Path

from seed_set import HERE, measure, table

NOISE = 0.0
AT_LEAST = ("candidate_recall", "contradiction_recall", "contradiction_precision", "match_recall")
AT_MOST = ("traps_taken", "total_over_models", "peak_memory_mb")


def digest(folder: Path) -> str:
    """Digest the seed set: another set is another measure."""
    total = hashlib.sha256()
    for path in [*sorted(folder.glob("*.txt")), HERE / "seed_gold.json"]:
        total.update(path.read_bytes())
    return total.hexdigest()


def main() -> None:
    """Compare, print each failure, and exit with 1 if there is one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise", action="store_true", dest="lift", help="write better figures as new floors")
    args = parser.parse_args()
    path = HERE / "floors.json"
    floors = json.loads(path.read_text(encoding="utf-8"))
    folder = HERE.parent / "seeds"
    failures = []
    if floors["seed_set_sha256"] != digest(folder):
        failures.append(f"the seed set is not the one the floors were set on; got {digest(folder)}")
    figures = measure(folder, HERE / "seed_gold.json")
    print(table(figures))
    failures.extend(
        f"{name} must be at least {floors[name]}; got {figures[name]}"
        for name in AT_LEAST
        if figures[name] is None or figures[name] < floors[name] - NOISE
    )
    failures.extend(
        f"{name} must be at most {floors[name]}; got {figures[name]}"
        for name in AT_MOST
        if figures[name] > floors[name]
    )
    if figures["contradictions"].get("unlabelled"):
        failures.append("every contradiction in the seed set must be labelled in seed_gold.json")
    if args.lift and not failures:
        floors |= {name: max(floors[name], math.floor(figures[name] * 10_000) / 10_000) for name in AT_LEAST}
        floors["traps_taken"] = min(floors["traps_taken"], figures["traps_taken"])
        path.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
    for failure in failures:
        print("gate:", failure, file=sys.stderr)
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
