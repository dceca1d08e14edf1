"""Write the model card from the figures that the other steps left: ``python training/model_card.py --build build/training``.

Reads the figures of the rounds' mixtures (``mixed``, ``second``, ``long``, ``last``,
``finish``, ``real`` and ``deep.figures.json``), ``evaluation.json`` (the
output of ``benchmarks/relation_model.py`` with the stories' report part as ``--pairs``), ``base_rate.json`` (the output of
``benchmarks/base_rate.py score``) and, from the model's folder, ``model.json`` and ``calibration.figures.json``.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
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
        "pairs of 245 stories written for this project (`training/data/news_stories.jsonl`): wordings of one proposition, its opposites, and near statements that are neither",
        "this project's own",
    ),
    (
        "sets*",
        "pairs of contrast sets and of invented rumours with headlines, written for this project (`training/data/contrast_sets.jsonl`, `rumours.jsonl`)",
        "this project's own",
    ),
    (
        "contrast_*",
        "one statement under two operators: bounds and dates as intervals, implicative verbs, attribution, quantifiers, converse verbs (`training/contrasts.py`)",
        "this project's own forms; statements as news_*",
    ),
    (
        "mined_pairs",
        "near pairs of claims of the PolNeAR articles that the model took for contradictions or matches, labelled by readers (`training/data/mined_labels.json`)",
        "labels this project's own; texts as news_*",
    ),
]


def percent(value: float) -> str:
    """Write a share."""
    return f"{100 * value:.1f} %"


def count_of(names: str, groups: dict[str, int]) -> int:
    """Add up the pairs of a row of `SOURCES`, whose names may end in a star."""
    stems = [name.strip() for name in names.split(",")]
    total = 0
    for group, n in groups.items():
        for stem in stems:
            head, star, tail = stem.partition("*")
            total += n if group == stem or (star and group.startswith(head) and group.endswith(tail)) else 0
    return total - (groups.get("news_emergent", 0) if names == "news_*" else 0)


def card(
    settings: dict[str, Any],
    rounds: dict[str, dict[str, Any]],
    fit: dict[str, Any],
    found: dict[str, Any],
    rate: dict[str, Any],
    size: float,
    labels: list[dict[str, Any]],
    mined: list[dict[str, Any]],
) -> str:
    """Compose the card."""
    groups: dict[str, int] = {}
    for figures in (rounds["long"], rounds["last"], rounds["finish"], rounds["real"], rounds["deep"]):
        for key, n in figures["by_source"].items():
            groups[key.rsplit(" ", 1)[0]] = groups.get(key.rsplit(" ", 1)[0], 0) + n
    known = {claim for row in mined for claim in row["pair"].split()}
    trained = sum(not known.isdisjoint(row["pair"].split()) for row in labels)
    sizes = {name: f"{figures['rows']:,}" for name, figures in rounds.items()}
    lines = [
        f"# Model card: {settings['name']}",
        "",
        "Two three-class cross-encoders (entailment, neutral, contradiction) for ordered pairs of short statements from news: a small one reads every pair, a deeper one those in doubt.",
        "",
        "- **Made from** all-MiniLM-L6-v2 (Apache-2.0; 6 layers, 384 columns, 22.7 million parameters) and the lower 8 layers of all-mpnet-base-v2 (Apache-2.0; 768 columns, 81 million parameters), each with a three-class head.",
        f"- **The first network was trained** in six rounds of at most one epoch each, batches of 2,048 tokens, AdamW with linear decay, label smoothing 0.03, on two CPU cores in some seven hours: {sizes['mixed']} pairs of the core NLI sources, news pairs and stories at 1e-4; {sizes['second']} pairs of forecasts, denials and replay at 4e-5; {sizes['long']} pairs, most of all NLI sources, at 8e-5, stopped at nine tenths; {sizes['last']} pairs of contrast sets, rumours and contrasts with a replay at 6e-5, stopped at four ninths; {sizes['finish']} pairs, a second batch of sets among them, at 5e-5; {sizes['real']} pairs, a third batch, near pairs of real claims labelled by readers and a replay, at 4e-5. The weights are 0.4 of those after the fifth round and 0.6 of those after the sixth. Scripts: `training/`.",
        f"- **The second network was trained** in one round of one epoch on 47,304 of {sizes['deep']} pairs of all these kinds, drawn by chance, batches of 1,536 tokens, at 5e-5, its word vectors and two lowest layers left as they were; an hour and a half on two cores.",
        f"- **Shipped as** ONNX, weights in 4 bits with a scale for 64 of them, rounded by GPTQ (Frantar et al. 2023) on training pairs, computed with in 32-bit floats; {size:.0f} MB.",
        f"- **A pair is in doubt** if the first network gives anything but neutral a probability of {settings['doubt']} or more: {percent(fit['doubtful_of_the_pool'])} of the near pairs of news below. The second network counts where its largest probability is at least {settings['heard']} (of the calibrate part: {', '.join(f'{name} {percent(value)}' for name, value in fit['by_both_of_group'].items())}): on the headlines of rumours it has nothing to say, and gives all labels alike. The logits are then {settings['share']} of those of the second network and the rest of the first's, the share with the least loss on the calibrate part.",
        f"- **Calibrated** with temperature {settings['calibration']['temperature']} and biases {settings['calibration']['bias']} (pairs in doubt), temperature {fit['first_alone']['calibration']['temperature']} and biases {fit['first_alone']['calibration']['bias']} (others), on {fit['pairs']:,} development pairs of five groups (half of the NLI development sets; headline pairs, and headlines against their claim, of a quarter of the Emergent rumours; a twelfth of the stories and of the contrast sets), a pair weighing one by the square root of how many there are of its label in its group: the labels count nearly alike. Expected calibration error on {fit['other_pairs']:,} pairs of other claims: {fit['ece_before']} before, {fit['ece_after']} after; by group "
        + ", ".join(f"{name} {value}" for name, value in fit["ece_after_by_group"].items())
        + ".",
        f"- **Thresholds**: contradiction {settings['thresholds']['contradiction']} (one direction), {settings['thresholds']['pair_contradiction']} (mean of both directions), entailment {settings['thresholds']['entailment']}. The contradiction thresholds are the lowest at which no more than {100 * fit['alarms_allowed']:.3f} % of the ordered pairs, and no more than {100 * fit['pair_alarms_allowed']:.2f} % of the pairs by the mean of both directions, among {fit['pool_pairs']:,} near pairs of claims from different articles of PolNeAR's development part were called contradictions (nearly all of them are neutral; where one near pair in 400 contradicts, and two in five of these are found, the first share is a precision of {0.001 / (0.001 + fit['alarms_allowed']):.1f}; the second bar rests on the one or two highest of the pairs). The entailment threshold is the lowest at which {percent(fit['entailment_precision'])} of the calibration stories' pairs called entailment are so labelled and at most {percent(fit['matches_allowed'])} of those near pairs are called so.",
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
        "Development data, computed by `benchmarks/relation_model.py`. The *report part* is a quarter of the Emergent rumours, and of the stories and contrast sets a twelfth, which were used neither to train nor to calibrate; what the model got wrong there did show what to write for later rounds, and which weighting of the calibration to take. Near negatives are the nearest headlines of other rumours, cosine 0.45 to 0.75; some of them do conflict.",
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
        f"| Emergent, report part: near negatives called contradiction | {percent(apart['near_negative_called_contradiction'])} |",
        f"| Emergent, report part: average precision of contradiction, near negatives among the rest | {apart['ap_contradiction']:.3f} |",
        f"| Emergent, all rumours (half of them trained on): another rumour called contradiction | {percent(every['other_rumour_called_contradiction'])} |",
        f"| Emergent, all rumours (half of them trained on): recall of contradicting headlines | {percent(every['recall_contradict'])} |",
        f"| headline against claim as three-way stance, report part | {found['stance_report_part']:.3f} |",
        f"| stories, report part ({told['pairs']:,} pairs): accuracy of the largest probability | {told['accuracy_of_largest']:.3f} |",
        f"| stories, report part: entailment, precision and recall at the threshold | {told['entailment']['precision']:.3f}, {told['entailment']['recall']:.3f} |",
        f"| stories, report part: contradiction, precision and recall at the one-direction threshold | {told['contradiction']['precision']:.3f}, {told['contradiction']['recall']:.3f} |",
        f"| stories, report part: average precision of entailment, of contradiction | {told['entailment']['average_precision']:.3f}, {told['contradiction']['average_precision']:.3f} |",
        f"| adversarial table, {found['adversarial']['pairs']} pairs: right | {percent(found['adversarial']['accuracy'])} |",
        f"| throughput, of the bare onnxruntime sessions on the same batches | {found['speed']['of_bare_session']:.2f} |",
        "",
        "The adversarial table (`benchmarks/adversarial.jsonl`) was written before the last four rounds of the first network by somebody who had seen neither generators nor answers. By kind: "
        + ", ".join(f"{kind.replace('_', ' ')} {percent(v)}" for kind, v in found["adversarial"]["by_kind"].items())
        + ". Wrong are: "
        + ", ".join(found["adversarial"]["wrong"])
        + ".",
        "",
        "## At the base rate of news",
        "",
        f"{rate['pairs']:,} pairs of claims of different outlets, published within 14 days, cosine 0.6 or more (`benchmarks/base_rate.py`); {rate['called_contradiction']} of them are called contradictions at the deployed thresholds. The highest of each method were labelled by two readers apart under one written rule, who agree on {percent(rate['readers_agree'])} (kappa {rate['kappa']:.2f}): the rule is plain, and readers of one rule can err alike. A pair counts where both say that the two claims can't both be true. The articles are those that the news pairs of the training were made from, and {trained} of the {len(labels)} labelled pairs hold a claim of a pair that was trained on (as no contradiction): on news of another year expect less.",
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
        "Pairs of the last four rounds of the first network and of the second's together (before the drawing); those that were stopped read only a part of theirs.",
        "",
        "| source | pairs | what | licence as found |",
        "|---|---|---|---|",
    ]
    lines += [f"| {names} | {count_of(names, groups):,} | {what} | {licence} |" for names, what, licence in SOURCES]
    lines += [
        "",
        "The news pairs are what the public sets lack: unrelated and merely similar statements (neutral), and negations, figures, dates, opposites and forecasts turned round (contradiction), each made by a rule whose label follows from the rule; see `training/news_pairs.py`. The stories add what rules can't make: paraphrases far apart in wording, opposites in other words, and near misses. They were labelled by the writers alone, so some labels are those of an ordinary reader, not of a logician.",
        "",
        "## Use and limits",
        "",
        "- English news statements of up to 160 word pieces. Longer input is cut, and words in other scripts than the Latin one are all alike.",
        "- It says whether two statements go together, not which is true.",
        "- Both networks are small: paraphrases far apart in wording are missed, and statements about two events of one kind are sometimes called contradictions. At the deployed thresholds it prefers to miss.",
        "- The probabilities are calibrated on nearly balanced data. In news, well under one near pair in a hundred contradicts; read the thresholds, not the probability alone.",
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
    args = parser.parse_args()

    def read(path: Path) -> dict[str, Any]:
        return json.loads(path.read_text(encoding="utf-8"))

    text = card(
        read(args.model / "model.json"),
        {
            name: read(args.build / f"{name}.figures.json")
            for name in ("mixed", "second", "long", "last", "finish", "real", "deep")
        },
        read(args.model / "calibration.figures.json"),
        read(args.build / "evaluation.json"),
        read(args.build / "base_rate.json"),
        sum(path.stat().st_size for path in args.model.rglob("*") if path.is_file()) / 1e6,
        read(HERE.parent / "benchmarks" / "base_rate_labels.json")["labels"],
        read(HERE / "data" / "mined_labels.json")["labels"],
    )
    (args.model / "MODEL_CARD.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
