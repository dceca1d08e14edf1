"""Write the model card from the figures that the other steps left: ``python training/model_card.py --build build/training``.

Reads ``mixed.figures.json`` and ``second.figures.json`` (stories.py), ``base_rate.json`` (the output of
``benchmarks/base_rate.py score``), ``evaluation.json`` (the output of ``benchmarks/relation_model.py`` with the
stories' report part as ``--pairs``) and, from the model's folder, ``model.json`` and ``calibration.figures.json``.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

SOURCES = [
    ("lingnli", "LingNLI, Parrish et al. 2021; premises from MNLI", "none stated"),
    ("wanli", "WANLI, Liu et al. 2022", "CC BY 4.0"),
    (
        "openie_mnli, mnli_train_taxinli",
        "MNLI, Williams et al. 2018; TaxiNLI",
        "MNLI's own terms (mixed, see the data set)",
    ),
    (
        "openie_snli, cad_snli, scone",
        "SNLI, Bowman et al. 2015; Kaushik et al. 2020; She et al. 2023",
        "CC BY-SA 4.0; Apache-2.0; CC0",
    ),
    ("semiauto_*_wiki", "hypotheses on Wikipedia sentences", "CC BY-SA 3.0"),
    ("help_monotonicity", "HELP, Yanaka et al. 2019", "CC BY-SA 4.0"),
    ("conjnli_adv, fragments_*", "ConjNLI, Saha et al. 2020; semantic fragments, Richardson et al. 2020", "MIT"),
    ("kg_relations_entail_only", "knowledge graph relations", "MIT copy"),
    ("covidfact", "COVID-Fact, Saakyan et al. 2021", "none stated"),
    ("mrpc_paraphrase", "MRPC, Dolan and Brockett 2005", "Microsoft research terms"),
    ("rte_entail_only, sick", "RTE; SICK, Marelli et al. 2014", "none stated"),
    (
        "news_*",
        "pairs made by rule from 840 PolNeAR articles (Newell et al. 2018), from sentences of the sets above, and from templates",
        "texts belong to their publishers; none is contained in the weights' package",
    ),
    (
        "news_emergent",
        "headlines of half of the Emergent development rumours, Ferreira and Vlachos 2016",
        "none stated",
    ),
    (
        "stories_*",
        "pairs of 212 stories written by hand for this project (`training/data/news_stories.jsonl`): wordings of one proposition, its opposites, and near statements that are neither",
        "this project's own",
    ),
]


def percent(value: float) -> str:
    """Write a share."""
    return f"{100 * value:.1f} %"


def card(
    settings: dict[str, Any],
    train: dict[str, Any],
    second: dict[str, Any],
    fit: dict[str, Any],
    found: dict[str, Any],
    rate: dict[str, Any],
    hours: str,
) -> str:
    """Compose the card."""
    groups: dict[str, int] = {}
    for key, n in train["by_source"].items():
        groups[key.rsplit(" ", 1)[0]] = groups.get(key.rsplit(" ", 1)[0], 0) + n
    lines = [
        f"# Model card: {settings['name']}",
        "",
        "A three-class cross-encoder (entailment, neutral, contradiction) for ordered pairs of short statements from news.",
        "",
        "- **Made from** all-MiniLM-L6-v2 (Apache-2.0; 6 layers, 384 columns, 22.7 million parameters) with a three-class head.",
        f"- **Trained on** {train['rows']:,} pairs, one epoch, batches of 2,048 tokens, AdamW, learning rate 1e-4 with linear decay, label smoothing 0.03; then on {second['rows']:,} pairs of a second round at 4e-5 (forecasts and their denials, event against ordinary fact, predicates of one meaning, and a replay of a fifth of the stories and a tenth of the rest); on two CPU cores in {hours}. Scripts: `training/`.",
        "- **Shipped as** ONNX, weights in 8 bits with a scale for each row, computed with in 32-bit floats; 24 MB.",
        f"- **Calibrated** with temperature {settings['calibration']['temperature']} and biases {settings['calibration']['bias']} on {fit['pairs']:,} development pairs (half of the NLI development sets, a quarter of the Emergent rumours, and a twelfth of the hand-written stories, each of the three weighing the same). Expected calibration error on {fit['other_pairs']:,} pairs of other claims, hand-written contrast sets among them: {fit['ece_before']} before, {fit['ece_after']} after; by group {', '.join(f'{name} {value}' for name, value in fit['ece_after_by_group'].items())}.",
        f"- **Thresholds**: contradiction {settings['thresholds']['contradiction']} (one direction), {settings['thresholds']['pair_contradiction']} (mean of both directions), entailment {settings['thresholds']['entailment']}. The contradiction thresholds are those at which {percent(fit['alarms_allowed'])} of the ordered pairs, and {100 * fit['pair_alarms_allowed']:.2f} % of the pairs by the mean of both directions, among {fit['pool_pairs']:,} near pairs of claims from different articles of PolNeAR's development part were called contradictions (nearly all of them are neutral). The entailment threshold is the lowest at which {percent(fit['entailment_precision'])} of the calibration stories' pairs called entailment are so labelled and at most {percent(fit['matches_allowed'])} of those near pairs are called so.",
        "",
        "## Reliability",
        "",
        "On other claims than the calibration was fitted on.",
        "",
        "| largest probability | pairs | mean probability | share that is right |",
        "|---|---|---|---|",
        *(
            f"| {b['low']:.2f} to {b['high']:.2f} | {b['n']:,} | {b['confidence']:.3f} | {b['accuracy']:.3f} |"
            for b in fit["reliability"]
        ),
        "",
        "## Figures",
        "",
        "Development data, computed by `benchmarks/relation_model.py`. The *report part* is a quarter of the Emergent rumours, and of the hand-written stories a twelfth, which were used neither to train nor to calibrate.",
        "",
        "| measure | value |",
        "|---|---|",
    ]
    lines += [f"| accuracy on {name} | {value:.3f} |" for name, value in found["nli"].items()]
    told = found["pairs"]
    apart, every = found["emergent_report_part"], found["emergent_all"]
    lines += [
        f"| accuracy, mean of the six sets | {found['nli_mean']:.3f} |",
        f"| Emergent, report part: headlines of another rumour called contradiction | {percent(apart['other_rumour_called_contradiction'])} |",
        f"| Emergent, report part: recall of contradicting headlines | {percent(apart['recall_contradict'])} |",
        f"| Emergent, report part: near negatives (headlines of other rumours, cosine 0.45 to 0.75) called contradiction | {percent(apart['near_negative_called_contradiction'])} |",
        f"| Emergent, report part: average precision of contradiction, near negatives among the rest | {apart['ap_contradiction']:.3f} |",
        f"| Emergent, all rumours (half of them trained on): another rumour called contradiction | {percent(every['other_rumour_called_contradiction'])} |",
        f"| Emergent, all rumours (half of them trained on): recall of contradicting headlines | {percent(every['recall_contradict'])} |",
        f"| headline against claim as three-way stance, report part | {found['stance_report_part']:.3f} |",
        f"| stories, report part ({told['pairs']:,} pairs): accuracy of the largest probability | {told['accuracy_of_largest']:.3f} |",
        f"| stories, report part: entailment, precision and recall at the threshold | {told['entailment']['precision']:.3f}, {told['entailment']['recall']:.3f} |",
        f"| stories, report part: contradiction, precision and recall at the one-direction threshold | {told['contradiction']['precision']:.3f}, {told['contradiction']['recall']:.3f} |",
        f"| stories, report part: average precision of entailment, of contradiction | {told['entailment']['average_precision']:.3f}, {told['contradiction']['average_precision']:.3f} |",
        f"| adversarial table, {found['adversarial']['pairs']} pairs: right | {percent(found['adversarial']['accuracy'])} |",
        f"| throughput, of the bare onnxruntime session on the same batches | {found['speed']['of_bare_session']:.2f} |",
        "",
        "The adversarial table (`benchmarks/adversarial.jsonl`) was written by somebody who had seen neither generators nor answers. By kind: "
        + ", ".join(f"{kind.replace('_', ' ')} {percent(v)}" for kind, v in found["adversarial"]["by_kind"].items())
        + ". Wrong are: "
        + ", ".join(found["adversarial"]["wrong"])
        + ".",
        "",
        "## At the base rate of news",
        "",
        f"{rate['pairs']:,} pairs of claims of different outlets, published within 14 days, cosine 0.6 or more (`benchmarks/base_rate.py`); {rate['called_contradiction']} of them are called contradictions at the deployed thresholds. The highest of each method were labelled by two readers apart, who agree on {percent(rate['readers_agree'])} (kappa {rate['kappa']:.2f}). A pair counts where both say that the two claims can't both be true.",
        "",
        "| method | precision at 10 | at 50 | at 100 |",
        "|---|---|---|---|",
        *(
            f"| {name} | " + " | ".join(f"{row[f'precision_at_{k}']['both']:.2f}" for k in (10, 50, 100)) + " |"
            for name, row in rate["methods"].items()
        ),
        "",
        "## Training data",
        "",
        "The first round; the second replays parts of it and adds pairs of `training/paraphrases.py`.",
        "",
        "| source | pairs | what | licence as found |",
        "|---|---|---|---|",
    ]
    for names, what, licence in SOURCES:
        stems = [n.strip().rstrip("*") for n in names.split(",")]
        count = sum(
            n
            for group, n in groups.items()
            if any(group == s or (group.startswith(s) and (s.endswith("_") or group == s)) for s in stems)
        )
        if names == "semiauto_*_wiki":
            count = sum(n for group, n in groups.items() if group.startswith("semiauto_"))
        if names == "news_*":
            count -= groups.get("news_emergent", 0)
        lines.append(f"| {names} | {count:,} | {what} | {licence} |")
    lines += [
        "",
        "The news pairs are what the public sets lack: unrelated and merely similar statements (neutral), and negations, figures, dates, opposites and forecasts turned round (contradiction), each made by a rule whose label follows from the rule; see `training/news_pairs.py`. The stories add what rules can't make: paraphrases far apart in wording, opposites in other words, and near misses. They were labelled by the writers alone, so some labels are those of an ordinary reader, not of a logician.",
        "",
        "## Use and limits",
        "",
        "- English news statements of up to 160 word pieces. Longer input is cut.",
        "- It says whether two statements go together, not which is true.",
        "- It has six layers: paraphrases far apart in wording are missed, and statements about two events of one kind are sometimes called contradictions. At the deployed thresholds it prefers to miss.",
        "- The probabilities are calibrated on balanced data. In news, well under one near pair in a hundred contradicts; read the thresholds, not the probability alone.",
        "- Templates of the forecast generator use event nouns such as attack, election and strike with place names; figures on such pairs flatter the model.",
        "- Biases of the data sets (annotation artefacts, an American election year as news) carry over.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Write MODEL_CARD.md beside the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=Path("src/claimtrack/models/relation"))
    parser.add_argument("--hours", default="about an hour and a half", help="how long the training took, in words")
    args = parser.parse_args()

    def read(path: Path) -> dict[str, Any]:
        return json.loads(path.read_text(encoding="utf-8"))

    text = card(
        read(args.model / "model.json"),
        read(args.build / "mixed.figures.json"),
        read(args.build / "second.figures.json"),
        read(args.model / "calibration.figures.json"),
        read(args.build / "evaluation.json"),
        read(args.build / "base_rate.json"),
        args.hours,
    )
    (args.model / "MODEL_CARD.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
