"""Make a second round of news pairs: forecasts, the same in other words, and what is near to it.

The first round taught the model what does not go together; measured on claims of news, it then took forecasts for the
opposite of ordinary facts, and missed that one forecast denies another. Four generators, with certain labels:

=============  ==========================================================================================================
generator      how
=============  ==========================================================================================================
verb groups    predicates of one group with one subject state the same; of opposite groups, contradict; another subject,
               place or object is neutral (``data/verb_groups.tsv``)
forecast       an event that will or will not come, in more forms than the first round had
event, fact    an event that will not (or will) come in a place against an ordinary statement about that place: neutral
place prefix   "In Oslo, the talks ended" against "The talks ended" (the same), against another place (neutral), against
               its negation (contradiction)
=============  ==========================================================================================================

They are mixed with a replay of the first round, so that nothing is forgotten. Run
``python training/paraphrases.py --train build/training/train.jsonl --out build/training/events.jsonl``, add stories to them
with ``stories.py --whole``, and train on from the first model with ``train.py --start``.
"""

from __future__ import annotations

import argparse
import collections
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

SEED = 20260117
HERE = Path(__file__).parent
PLACES = [
    "Oslo",
    "Karsa",
    "Lagos",
    "Minsk",
    "Quito",
    "Aden",
    "Kyiv",
    "Lima",
    "Tripoli",
    "Mosul",
    "Donetsk",
    "Kandahar",
    "Gaza",
    "Caracas",
    "Nairobi",
    "Texas",
    "Catalonia",
    "Crimea",
    "Kashmir",
    "Darfur",
    "Bavaria",
    "Wales",
    "Hong Kong",
    "the capital",
    "the north of the country",
]
ACTORS = [
    "The government",
    "The opposition",
    "The army",
    "The ministry",
    "The mayor",
    "The union",
    "The company",
    "France",
    "Russia",
    "Brazil",
    "Japan",
    "Kenya",
    "The president",
    "The rebel group",
    "The party",
    "The central bank",
    "The regime",
    "NATO",
    "The court",
    "Poland",
    "The militia",
]
OBJECTS = [
    "the plan",
    "the deal",
    "the proposal",
    "the reform",
    "the intervention",
    "the budget",
    "the new law",
    "the peace plan",
    "the merger",
    "the treaty",
    "the airport project",
    "foreign interference",
    "the firm",
    "the bill",
]
EVENTS = [
    ("attack", "attacked", "on"),
    ("assault", "attacked", "on"),
    ("offensive", "attacked", "against"),
    ("military action", "attacked", "against"),
    ("invasion", "invaded", "of"),
    ("campaign", "attacked", "in"),
    ("military operation", "attacked", "in"),
    ("bombing", "bombed", "of"),
    ("evacuation", "evacuated", "of"),
    ("blockade", "blockaded", "of"),
    ("election", None, "in"),
    ("referendum", None, "in"),
    ("strike", None, "in"),
    ("lockdown", "locked down", "in"),
    ("flood", "flooded", "in"),
    ("power cut", None, "in"),
    ("summit", None, "in"),
    ("trial", None, "in"),
]
COMING = [
    "There will be {a} {e} {at}.",
    "{A} {e} {at} looms.",
    "{A} {e} {at} is coming.",
    "{A} {e} {at} is about to start.",
    "{A} {e} {at} is only a matter of time.",
    "{P} will be {v}.",
    "{P} is going to be {v}.",
    "{A} {e} {at} is imminent.",
    "Everything points to {a} {e} {at}.",
    "{A} {e} {at} is being prepared.",
    "{A} {e} {at} cannot be avoided.",
    "{P} is about to be {v}.",
]
NEVER = [
    "There will be no {e} {at}.",
    "There will not be {a} {e} {at}.",
    "{P} will not be {v}.",
    "{A} {e} {at} is not possible.",
    "{A} {e} {at} is impossible.",
    "{A} {e} {at} is out of the question.",
    "{P} will not have {a} {e}.",
    "{P} is not going to be {v}.",
    "No {e} {at} will take place.",
    "{A} {e} {at} will not happen.",
    "There is not going to be {a} {e} {at}.",
    "We rule out {a} {e} {at}.",
]

Row = dict[str, str]


def tidy(text: str) -> str:
    """Make a sentence of a filled template."""
    text = re.sub(r"\s+", " ", text).replace(" .", ".").strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def fill_event(form: str, event: tuple[str, str | None, str], place: str, rng: random.Random) -> str | None:
    """Write one form of a forecast; None where the event has no passive."""
    noun, passive, preposition = event
    if "{v}" in form and passive is None:
        return None
    article = "" if noun == "military action" else "an" if noun[0] in "aeiou" else "a"
    front = rng.choice([article, article, "the"]) if form.startswith("{A}") else article
    at = "" if rng.random() < 0.1 and "{P}" not in form else f"{preposition} {place}"
    return tidy(form.format(A=front, a=article, e=noun, at=at, P=place, v=passive))


def forecasts(rng: random.Random, n: int) -> Iterator[tuple[str, str, str]]:
    """Yield pairs of forecasts."""
    groups: dict[str | None, list[tuple[str, str | None, str]]] = collections.defaultdict(list)
    for event in EVENTS:
        groups[event[1] or event[0]].append(event)
    for _ in range(n):
        event = rng.choice(EVENTS)
        other = rng.choice(groups[event[1] or event[0]])
        place, away = rng.sample(PLACES, 2)
        draw = rng.random()
        first, second = (rng.choice(COMING), rng.choice(NEVER)) if draw < 0.45 else (rng.choice(NEVER),) * 2
        label = "contradiction"
        if 0.45 <= draw < 0.7:
            pool = COMING if draw < 0.53 else NEVER
            first, second = rng.sample(pool, 2)
            label = "entailment"
        elif draw >= 0.7:
            first, second = rng.choice(COMING), rng.choice(NEVER)
            label = "neutral"
            if draw < 0.85:
                place, away = away, place
            else:
                other = rng.choice([e for e in EVENTS if (e[1] or e[0]) != (event[1] or event[0])])
                away = place
        target = away if label == "neutral" else place
        one, two = fill_event(first, event, place, rng), fill_event(second, other, target, rng)
        if one and two and one != two and not (label == "neutral" and (place not in one or target not in two)):
            yield (one, two, label) if rng.random() < 0.5 else (two, one, label)


def verb_groups(rng: random.Random, n: int) -> Iterator[tuple[str, str, str]]:
    """Yield pairs of predicates of one group or of opposite groups."""
    lines = (HERE / "data/verb_groups.tsv").read_text(encoding="utf-8").splitlines()
    groups = [[side.split("|") for side in line.split("\t")] for line in lines if not line.startswith("#")]
    for _ in range(n):
        group = rng.choice(groups)
        actor, stranger = rng.sample(ACTORS, 2)
        place, away = rng.sample(PLACES, 2)
        thing, another = rng.sample(OBJECTS, 2)
        partner, third = rng.sample([a.replace("The ", "the ") for a in ACTORS if a not in {actor, stranger}], 2)
        draw = rng.random()
        side = rng.randrange(2)
        first = rng.choice(group[side])
        filled = {"o": thing, "p": place, "a": partner}
        if draw < 0.4:
            second, changed, label, who = rng.choice(group[side]), filled, "entailment", actor
        elif draw < 0.7:
            second, changed, label, who = rng.choice(group[1 - side]), filled, "contradiction", actor
        else:
            second, changed, label, who = rng.choice(group[rng.randrange(2)]), filled, "neutral", stranger
            if draw > 0.85 and "{" in first and "{" in second:
                changed, who = {"o": another, "p": away, "a": third}, actor
        one, two = tidy(f"{actor} {first.format(**filled)}"), tidy(f"{who} {second.format(**changed)}")
        if one != two:
            yield one, two, label


def prefixes(news: list[Row], rng: random.Random, n: int) -> Iterator[tuple[str, str, str]]:
    """Yield pairs that differ in a place put in front."""
    pool = [
        r
        for r in news
        if r["source"] in {"news_negation", "news_drop", "news_antonym"} and len(r["premise"].split()) < 18
    ]
    for row in rng.sample(pool, min(n, len(pool))):
        place, away = rng.sample(PLACES, 2)
        one, two = row["premise"], row["hypothesis"]
        lowered = [
            t
            if t.split()[0] in {"I", "Mr.", "Mrs."} or t.split()[0][1:].lower() != t.split()[0][1:]
            else t[0].lower() + t[1:]
            for t in (one, two)
        ]
        draw = rng.random()
        if draw < 0.5:
            yield f"In {place}, {lowered[0]}", two, row["label"]
        elif draw < 0.75:
            yield f"In {place}, {lowered[0]}", f"In {place}, {lowered[1]}", row["label"]
        else:
            yield f"In {place}, {lowered[0]}", f"In {away}, {lowered[1]}", "neutral"


NAMED = re.compile(
    r"\b(?:Iowa|Ohio|New York|Florida|Syria|Russia|Iraq|China|Washington|California|Texas|Nevada|Michigan|Wisconsin|Israel|Iran|"
    r"Mexico|Europe|Britain|Germany|Paris|Chicago|Pennsylvania|Virginia|Colorado|Arizona|Indiana|Oregon|Kentucky|Brussels|Orlando|"
    r"Cuba|Ukraine|Libya|Afghanistan|Turkey|India|Japan|Brazil|London|Boston|Canada|France|Spain|Australia|Detroit|Atlanta)\b"
)
IDLE = [
    "Nothing will happen in {P}.",
    "Nothing is going to change in {P}.",
    "Everything will stay as it is in {P}.",
    "{P} will stay calm.",
]


def events_and_facts(rows: list[Row], rng: random.Random, n: int) -> Iterator[tuple[str, str, str]]:
    """Yield a forecast of an event in a place and an ordinary statement about that place, which has nothing to do with it."""
    busy = re.compile(
        r"attack|assault|strike|invad|offensive|campaign|election|vote|summit|trial|flood|evacuat|bomb|war|not|no\b"
    )
    facts = sorted(
        {
            r["premise"]
            for r in rows
            if 4 <= len(r["premise"].split()) <= 24 and NAMED.search(r["premise"]) and not busy.search(r["premise"])
        }
    )
    for _ in range(n):
        fact = rng.choice(facts)
        name = NAMED.search(fact)
        if name is None:
            continue
        place = name[0]
        if rng.random() < 0.5:
            place = rng.choice([p for p in PLACES if not p.startswith("the ")])
            fact = fact.replace(name[0], place)
        form = rng.choice(NEVER) if rng.random() < 0.6 else rng.choice(COMING if rng.random() < 0.6 else IDLE)
        text = fill_event(form, rng.choice(EVENTS), place, rng)
        if text and place in text:
            yield (text, fact, "neutral") if rng.random() < 0.5 else (fact, text, "neutral")


def main() -> None:
    """Write the round, mixed with a replay of the first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rng = random.Random(SEED)
    with args.train.open(encoding="utf-8") as lines:
        first = [json.loads(line) for line in lines]
    news = [r for r in first if r["source"].startswith("news_")]
    share = {
        "news_emergent": 0.35, "news_drop": 0.5, "news_near": 0.1, "news_negation": 0.15, "news_time": 0.2, "mrpc_paraphrase": 0.5,
        "lingnli": 0.04, "wanli": 0.04, "covidfact": 0.1,
    }  # fmt: skip
    rows = [
        r for r in first if rng.random() < share.get(r["source"], 0.05 if r["source"].startswith("news_") else 0.01)
    ]
    made = [
        *((p, h, label, "news_forecast_2") for p, h, label in forecasts(rng, 2200)),
        *((p, h, label, "news_verb_groups") for p, h, label in verb_groups(rng, 1000)),
        *((p, h, label, "news_prefix") for p, h, label in prefixes(news, rng, 200)),
        *((p, h, label, "news_event_fact") for p, h, label in events_and_facts(first, rng, 2800)),
    ]
    rows += [dict(zip(("premise", "hypothesis", "label", "source"), row, strict=True)) for row in sorted(set(made))]
    rng.shuffle(rows)
    args.out.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    counts = collections.Counter(f"{r['source']} {r['label']}" for r in rows)
    figures = {
        "rows": len(rows),
        "labels": dict(collections.Counter(r["label"] for r in rows)),
        "by_source": dict(sorted(counts.items())),
    }
    args.out.with_suffix(".figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({k: figures[k] for k in ("rows", "labels")}))


if __name__ == "__main__":
    main()
