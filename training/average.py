"""Average the weights of two models of one lineage: what each has learned last, with less of what it has forgotten.

Run ``python training/average.py --models B/finish/final B/real/final --shares 0.4 0.6 --out B/shipped``. The models must have the
same layers; the tokenizer is that of the last one (Wortsman et al. 2022, Model soups).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from transformers import AutoModelForSequenceClassification, AutoTokenizer


def main() -> None:
    """Write the average."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, nargs=2, required=True)
    parser.add_argument("--shares", type=float, nargs=2, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    if abs(sum(args.shares) - 1.0) > 1e-9:
        parser.error(f"--shares must sum to 1; got {args.shares}")
    first, last = (AutoModelForSequenceClassification.from_pretrained(path) for path in args.models)
    one, two = first.state_dict(), last.state_dict()
    mixed = {
        name: args.shares[0] * one[name] + args.shares[1] * value if value.is_floating_point() else value
        for name, value in two.items()
    }
    last.load_state_dict(mixed)
    last.save_pretrained(args.out)
    AutoTokenizer.from_pretrained(args.models[1]).save_pretrained(args.out)


if __name__ == "__main__":
    main()
