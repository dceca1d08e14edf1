"""Extract WordNet's antonym pairs into one small data file: ``python training/antonyms.py --wordnet DIR``.

`DIR` holds ``data.adj``, ``data.adv``, ``data.noun``, ``data.verb`` and the ``.exc`` lists of WordNet 3.0 (Debian's package
wordnet-base). Written to ``src/claimtrack/models/wordnet/antonyms.tsv``: a line for each pair of single words, and after it,
with ``=``, a line for each irregular form of one of them. WordNet's licence lies beside it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src" / "claimtrack" / "models" / "wordnet" / "antonyms.tsv"
PARTS = {"adj": "a", "adv": "r", "noun": "n", "verb": "v"}


def synsets(path: Path) -> Iterator[tuple[str, list[str], list[tuple[str, str, int, int]]]]:
    """Yield offset, words and antonym pointers (target offset, its part, source word, target word) of a data file."""
    with path.open(encoding="ascii") as lines:
        for line in lines:
            if line.startswith("  "):
                continue
            fields = line.split("|")[0].split()
            n_words = int(fields[3], 16)
            words = [fields[4 + 2 * i].split("(")[0].lower() for i in range(n_words)]
            at = 4 + 2 * n_words
            pointers = []
            for i in range(int(fields[at])):
                symbol, offset, part, ends = fields[at + 1 + 4 * i : at + 5 + 4 * i]
                if symbol == "!":
                    pointers.append((offset, part, int(ends[:2], 16), int(ends[2:], 16)))
            yield fields[0], words, pointers


def main() -> None:
    """Write the data file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wordnet", type=Path, required=True)
    folder = parser.parse_args().wordnet
    words_of: dict[tuple[str, str], list[str]] = {}
    found = []
    for part, letter in PARTS.items():
        for offset, words, pointers in synsets(folder / f"data.{part}"):
            words_of[letter, offset] = words
            found += [
                (words[source - 1], target_part.replace("s", "a"), target, n)
                for target, target_part, source, n in pointers
            ]
    pairs = set()
    for word, part, target, n in found:
        other = words_of[part, target][n - 1]
        if word.isalpha() and other.isalpha():
            pairs.add((min(word, other), max(word, other)))
    known = {word for pair in pairs for word in pair}
    forms = set()
    for part in PARTS:
        for line in (folder / f"{part}.exc").read_text(encoding="ascii").splitlines():
            form, *bases = line.split()
            forms |= {(form, base) for base in bases if base in known and form.isalpha() and form != base}
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{a}\t{b}" for a, b in sorted(pairs)] + [f"{form}\t={base}" for form, base in sorted(forms)]
    TARGET.write_text("\n".join(lines) + "\n", encoding="ascii")
    print(f"{len(pairs)} pairs, {len(forms)} irregular forms, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
