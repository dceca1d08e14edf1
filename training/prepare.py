"""Mix the training set: public NLI pairs by source, with a weight for each, and the news pairs.

Run ``python training/prepare.py --data ../shared/data --news build/training/news_pairs.jsonl --out build/training``.
It writes ``train.jsonl`` and ``train.figures.json`` (rows by source and label). The weights say which share of a source
is drawn (seed fixed). Caption sources are held low: they call two descriptions that cannot be one scene a contradiction,
also where they are about different things. The licences are listed in the model card.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import random
from pathlib import Path

SEED = 20260115
WEIGHTS = {
    "lingnli": 1.0,
    "wanli": 1.0,
    "mnli_train_taxinli": 1.0,
    "openie_mnli": 1.0,
    "semiauto_base_wiki": 1.0,
    "semiauto_sim_wiki": 0.3,
    "semiauto_translate_wiki": 0.3,
    "covidfact": 0.7,
    "mrpc_paraphrase": 1.0,
    "rte_entail_only": 1.0,
    "sick": 1.0,
    "sick_reversed": 1.0,
    "scone": 0.5,
    "cad_snli": 0.6,
    "openie_snli": 0.35,
    "conjnli_adv": 0.2,
    "help_monotonicity": 0.1,
    "fragments_comparative": 0.1,
    "fragments_boolean": 0.1,
    "fragments_negation": 0.2,
    "fragments_counting": 0.1,
    "fragments_conditional": 0.2,
    "fragments_quantifier": 0.2,
    "mpe": 0.0,
    "kg_relations_entail_only": 0.05,
}


def main() -> None:
    """Write the mixture and its counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rng = random.Random(SEED)
    with gzip.open(args.data / "nli/nli_train.jsonl.gz", "rt", encoding="utf-8") as lines:
        nli = [json.loads(line) for line in lines]
    unknown = sorted({r["source"] for r in nli} - set(WEIGHTS))
    if unknown:
        raise SystemExit(f"no weight for the sources {unknown}")
    mixed = [r for r in nli if rng.random() < WEIGHTS[r["source"]] and len(r["premise"].split()) <= 70]
    with args.news.open(encoding="utf-8") as lines:
        mixed += [json.loads(line) for line in lines]
    rng.shuffle(mixed)
    args.out.mkdir(parents=True, exist_ok=True)
    with (args.out / "train.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in mixed)
    counts = collections.Counter(f"{r['source']} {r['label']}" for r in mixed)
    figures = {
        "rows": len(mixed),
        "labels": collections.Counter(r["label"] for r in mixed),
        "by_source": dict(sorted(counts.items())),
    }
    (args.out / "train.figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({k: figures[k] for k in ("rows", "labels")}))


if __name__ == "__main__":
    main()
