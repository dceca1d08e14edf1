"""Mix a round's training set: public NLI pairs by source, with a share for each, and pairs made for this project.

Run ``python training/prepare.py --round first --data DATA --add build/training/news_pairs.jsonl --out FILE.jsonl``. It writes
the mixture and, beside it, ``FILE.figures.json`` (rows by source and label). The shares say which part of a source is drawn,
seed fixed; of the files that are added only the project's own pairs are taken (news, stories, sets, contrasts), each pair
once. Caption sources are held low: they call two descriptions that cannot be one scene a contradiction, also where they are
about different things. The licences are listed in the model card.

=======  ==============================================================================================================
round    what it is for
=======  ==============================================================================================================
first    the task itself, little of the automatic sources
long     most of all NLI pairs, for accuracy, with news pairs and stories beside them
last     contrast sets, rumours and contrasts, which decide by one word, with a replay of everything else
finish   the second batch of sets, with less of the rest
deep     less of all that, for the deeper network
real     the third batch, near pairs of real claims labelled by readers, and near pairs and events replayed in full
=======  ==============================================================================================================
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import random
from pathlib import Path

SEED = 20260115
OWN = ("news_", "stories_", "sets_", "sets2_", "sets3_", "contrast_", "mined_")
MAX_WORDS = 75
FIRST = {
    "lingnli": 1.0, "wanli": 1.0, "mnli_train_taxinli": 1.0, "openie_mnli": 1.0, "semiauto_base_wiki": 1.0, "semiauto_sim_wiki": 0.3,
    "semiauto_translate_wiki": 0.3, "covidfact": 0.7, "mrpc_paraphrase": 1.0, "rte_entail_only": 1.0, "sick": 1.0, "sick_reversed": 1.0,
    "scone": 0.5, "cad_snli": 0.6, "openie_snli": 0.35, "conjnli_adv": 0.2, "help_monotonicity": 0.1, "fragments_comparative": 0.1,
    "fragments_boolean": 0.1, "fragments_negation": 0.2, "fragments_counting": 0.1, "fragments_conditional": 0.2,
    "fragments_quantifier": 0.2, "mpe": 0.0, "kg_relations_entail_only": 0.05, "news_": 1.0,
}  # fmt: skip
LONG = FIRST | {
    "semiauto_sim_wiki": 0.7, "semiauto_translate_wiki": 0.7, "covidfact": 1.0, "scone": 1.0, "cad_snli": 1.0, "openie_snli": 0.5,
    "conjnli_adv": 0.6, "help_monotonicity": 0.15, "fragments_comparative": 0.15, "fragments_boolean": 0.15, "fragments_negation": 0.25,
    "fragments_counting": 0.15, "fragments_conditional": 0.25, "fragments_quantifier": 0.25,
    "news_": 0.6, "news_emergent": 1.0, "news_event_fact": 1.0, "news_verb_groups": 1.0, "news_prefix": 1.0, "news_forecast_2": 1.0,
    "news_antonym": 0.8, "stories_": 0.35,
}  # fmt: skip
LAST = FIRST | {
    "lingnli": 0.3, "wanli": 0.35, "cad_snli": 0.5, "openie_mnli": 0.4, "semiauto_sim_wiki": 0.2, "semiauto_translate_wiki": 0.2, "covidfact": 0.8,
    "mrpc_paraphrase": 0.4, "scone": 0.15, "openie_snli": 0.2, "conjnli_adv": 0.25, "help_monotonicity": 0.02,
    "fragments_comparative": 0.03, "fragments_boolean": 0.03, "fragments_negation": 0.05, "fragments_counting": 0.05,
    "fragments_conditional": 0.05, "fragments_quantifier": 0.05, "kg_relations_entail_only": 0.02,
    "news_": 0.2, "news_emergent": 1.0, "news_event_fact": 0.6, "news_near": 0.35, "news_near_negated": 0.25,
    "stories_": 0.13, "sets_": 1.0, "contrast_": 0.6, "contrast_rumour": 0.6, "contrast_quantifier": 0.3, "contrast_converse": 0.7,
}  # fmt: skip
FINISH = {source: value * 0.5 for source, value in LAST.items()} | {
    "sets_": 0.45, "sets2_": 1.0, "contrast_": 0.3, "contrast_quantifier": 0.15, "news_emergent": 0.7,
}  # fmt: skip
REAL = {source: value * 0.45 for source, value in LAST.items()} | {
    "lingnli": 0.14, "wanli": 0.13, "cad_snli": 0.2, "covidfact": 0.4, "rte_entail_only": 0.5,
    "sets_": 0.08, "sets_evidence": 0.2, "sets2_": 0.2, "sets3_": 0.85, "contrast_": 0.07, "mined_": 1.0,
    "news_": 0.06, "news_emergent": 0.9, "news_event_fact": 1.0, "news_near": 0.2, "news_near_negated": 0.25, "news_near_nli": 0.1,
    "news_forecast": 0.12, "news_forecast_2": 0.3, "news_verb_groups": 0.1,
    "stories_": 0.07, "stories_near": 0.1, "stories_across": 0.1,
}  # fmt: skip
DEEP = {source: value * 0.33 for source, value in FIRST.items()} | {
    "wanli": 0.5, "mnli_train_taxinli": 1.0, "openie_mnli": 0.5, "covidfact": 0.5, "rte_entail_only": 1.0, "cad_snli": 0.4, "conjnli_adv": 0.15,
    "semiauto_base_wiki": 0.3, "semiauto_sim_wiki": 0.1, "semiauto_translate_wiki": 0.1, "openie_snli": 0.1, "help_monotonicity": 0.02,
    "sets_": 0.17, "sets2_": 0.25, "sets3_": 0.4, "contrast_": 0.08, "mined_": 1.0,
    "news_": 0.05, "news_emergent": 0.9, "news_event_fact": 0.6, "news_near": 0.12, "news_near_negated": 0.15,
    "stories_": 0.03,
}  # fmt: skip
ROUNDS = {"deep": DEEP, "first": FIRST, "long": LONG, "last": LAST, "finish": FINISH, "real": REAL}


def share(source: str, shares: dict[str, float]) -> float:
    """Look up a source's share, or that of its family."""
    family = next((prefix for prefix in OWN if source.startswith(prefix)), "")
    if source not in shares and family not in shares:
        raise SystemExit(f"no share for the source {source!r} in this round")
    return shares.get(source, shares.get(family, 0.0))


def main() -> None:
    """Write the mixture and its counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--round", choices=sorted(ROUNDS), required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--add", type=Path, nargs="+", default=[])
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    shares = ROUNDS[args.round]
    rng = random.Random(SEED)
    with gzip.open(args.data / "nli/nli_train.jsonl.gz", "rt", encoding="utf-8") as lines:
        nli = [json.loads(line) for line in lines]
    mixed = [r for r in nli if rng.random() < share(r["source"], shares) and len(r["premise"].split()) <= MAX_WORDS]
    seen = set()
    for path in args.add:
        with path.open(encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        for row in rows:
            key = (row["premise"], row["hypothesis"])
            if not row["source"].startswith(OWN) or key in seen:
                continue
            seen.add(key)
            if rng.random() < share(row["source"], shares):
                mixed.append(row)
    rng.shuffle(mixed)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    with args.out.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in mixed)
    counts = collections.Counter(f"{r['source']} {r['label']}" for r in mixed)
    figures = {
        "round": args.round,
        "rows": len(mixed),
        "labels": dict(collections.Counter(r["label"] for r in mixed)),
        "by_source": dict(sorted(counts.items())),
    }
    args.out.with_suffix(".figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({k: figures[k] for k in ("round", "rows", "labels")}))


if __name__ == "__main__":
    main()
