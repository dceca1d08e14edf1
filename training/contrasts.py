"""Make pairs that differ in one small word which decides: what a model that looks at shared words gets wrong.

Each family pairs the same words under different operators; the label follows from what the operators mean.

==============  ======================================================================================================
family          how the label follows
==============  ======================================================================================================
comparison      a figure of a real statement put as "at least", "fewer than", "about", ...: an interval each; disjoint
                intervals contradict, a narrower one entails a wider one, all else is neutral
dating          one act on a day, in a month, early in it, before it, in a season or year: intervals again
implicative     did, managed to, failed to, refused to, tried to, plans to, may have, ... (Karttunen 1971)
attribution     said, denied, confirmed, could not be verified: what is said need not be so, what is confirmed is
rumour          two wordings of one proposition, one of them hedged, questioned or called a hoax as headlines do
quantifier      all, most, some, none, all but one, of a group and of a part of the group
converse        beat and lost to, sold to and bought from; who does it to whom exchanged
==============  ======================================================================================================

Statements are taken from raw news articles (``news_pairs.statements``) and the project's own stories; names, groups and
predicates of the last two families are listed here. Run
``python training/contrasts.py --data DATA --out build/training/contrasts.jsonl``. Deterministic: one seed, sorted lists.

References
----------
Karttunen (1971), Implicative verbs.
"""

from __future__ import annotations

import argparse
import calendar
import collections
import datetime
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import news_pairs
import stories

SEED = 20260121
EACH = 3000
"""Pairs drawn of each family, at most."""

Pair = tuple[str, str, str]
Interval = tuple[float, float]
INFINITY = float("inf")


def relate(premise: Interval, hypothesis: Interval, slack: float = 0.0) -> str | None:
    """Label two intervals (both ends included) that one and the same value lies in.

    What lies within `slack` of another label is not certain, and gets None.
    """
    gap = max(premise[0] - hypothesis[1], hypothesis[0] - premise[1])
    if gap > 0:
        return "contradiction" if gap > slack else None
    if hypothesis[0] <= premise[0] and premise[1] <= hypothesis[1]:
        return "entailment"
    near = hypothesis[0] - slack <= premise[0] and premise[1] <= hypothesis[1] + slack
    return None if near and slack else "neutral"


def sentence(text: str) -> str:
    """Make a sentence of a filled form."""
    text = re.sub(r"\s+([,.?])", r"\1", re.sub(r"\s+", " ", text)).strip()
    return text[:1].upper() + text[1:] + ("" if text[-1] in ".?!" else ".")


def inner(statement: str, span: Any) -> str:
    """Make a statement fit to follow "that": no full stop, a small letter unless it begins with a name or "I"."""
    text = statement.rstrip(".")
    first = span[0]
    keeps = first.pos_ == "PROPN" or first.text == "I" or first.ent_type_ or first.text[1:] != first.text[1:].lower()
    return text if keeps else text[0].lower() + text[1:]


# ---- comparison ------------------------------------------------------------------------------------------------------

SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()


def write_number(value: int, rng: random.Random) -> str:
    """Write a whole number in digits, or in a word where it is small."""
    return SMALL[value] if value < len(SMALL) and rng.random() < 0.7 else f"{value:,}"


def amount(value: int, rng: random.Random) -> tuple[str, Interval]:
    """Write an amount near a value in one of many ways, with the interval that it states."""
    moved = max(3, round(value * rng.choice([0.4, 0.5, 0.7, 0.8, 0.9, 1, 1, 1, 1.1, 1.2, 1.3, 1.6, 2, 3])))
    written = write_number(moved, rng)
    step = max(1, 10 ** (len(str(moved)) - 1) // (2 if moved > 20 else 1))
    rounded = max(step, round(moved / step) * step)
    forms: list[tuple[str, Interval]] = [
        (written, (moved, moved)),
        (written, (moved, moved)),
        (write_number(value, rng), (value, value)),
        (f"{rng.choice(['at least', 'no fewer than', 'not less than'])} {written}", (moved, INFINITY)),
        (f"{rng.choice(['more than', 'over', 'upwards of'])} {written}", (moved + 1, INFINITY)),
        (f"{rng.choice(['fewer than', 'under', 'less than'])} {written}", (0, moved - 1)),
        (f"{rng.choice(['at most', 'no more than', 'up to'])} {written}", (0, moved)),
        (f"between {moved:,} and {moved + max(2, moved // 4):,}", (moved, moved + max(2, moved // 4))),
    ]
    if moved >= 20:
        word = rng.choice(["about", "around", "some", "roughly", "approximately"])
        forms.append((f"{word} {rounded:,}", (rounded * 0.9, rounded * 1.1)))
        forms.append((f"{rng.choice(['nearly', 'almost', 'close to'])} {rounded:,}", (rounded * 0.9, rounded - 1)))
    if moved in {12, 24, 36}:
        forms.append(("a dozen" if moved == 12 else f"{SMALL[moved // 12]} dozen", (moved, moved)))
    return rng.choice(forms)


def comparisons(facts: list[news_pairs.Statement], rng: random.Random) -> Iterator[Pair]:
    """Yield statements with a counted thing, the count written in two ways."""
    for fact in facts:
        for token in fact.span:
            raw = token.text.replace(",", "")
            value = int(raw) if raw.isdigit() else SMALL.index(token.lower_) if token.lower_ in SMALL else 0
            noun = token.head
            if (
                token.dep_ != "nummod"
                or not 3 <= value <= 5_000_000
                or token.ent_type_ in {"DATE", "TIME"}
                or noun.pos_ != "NOUN"
                or noun.i < token.i
                or not token.whitespace_
                or "___" in fact.text
                or (1900 <= value <= 2100 and "," not in token.text)
                or list(token.children)
                or any(c.dep_ in {"det", "poss"} for c in noun.children)
                or any(t.dep_ == "neg" or t.lower_ in {"no", "if", "only"} for t in fact.span)
                or (token.i > fact.span.start and token.nbor(-1).lower_ in {"than", "least", "most", "to", "-", "$"})
            ):
                continue
            for _ in range(4):
                (first, low), (second, high) = amount(value, rng), amount(value, rng)
                one, two = (news_pairs.edit(fact.span, {token.i: text}) for text in (first, second))
                label = relate(
                    low, high, slack=max(1.0, value * 0.1) if low[0] != low[1] or high[0] != high[1] else 0.0
                )
                if one != two and one and two and label:
                    yield sentence(one), sentence(two), label
            break


# ---- dating ----------------------------------------------------------------------------------------------------------

ACTS = [
    "The Vorma bridge collapsed", "Helga Brandt resigned as finance minister", "The ferry Aurelia sank", "Parliament passed the water bill",
    "The Kesk smelter exploded", "Boreal Air filed for bankruptcy", "The two presidents signed the border treaty", "Rebels shot down the helicopter",
    "The court acquitted Jonas Weil", "The first case of the fever was confirmed in Lodwar", "Ferro Steel bought its rival Tarvo",
    "The dam burst", "The strike at the docks began", "The siege of the embassy ended", "The poet Amadou Ba died",
    "The telescope was launched", "The last colliery of the region closed",
    "The ceasefire took effect", "Nadia Brandt was elected leader of the Greens", "The airline's last jumbo jet landed",
    "A train left the rails near Osk", "Diego Luna Prat broke the record", "The new stadium was opened",
    "The recall of the car was announced",
]  # fmt: skip
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11)}


def days(first: datetime.date, last: datetime.date) -> Interval:
    """Give two dates as an interval of ordinals."""
    return first.toordinal(), last.toordinal()


def dating(day: datetime.date, with_year: bool, rng: random.Random) -> tuple[str, Interval]:
    """Write when something happened, on or about a day, with the interval that is stated."""
    year, month = day.year, day.month
    name, tail = calendar.month_name[month], f" {year}" if with_year else ""
    last = calendar.monthrange(year, month)[1]
    whole = days(datetime.date(year, month, 1), datetime.date(year, month, last))
    season = next((s for s, (a, b) in SEASONS.items() if a <= month <= b), None)
    start, end = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    forms = [
        (f"on {day.day} {name}{tail}", days(day, day)),
        (f"on {name} {day.day}{',' if with_year else ''}{tail}", days(day, day)),
        (f"on the {day.day}{ordinal(day.day)} of {name}{tail}", days(day, day)),
        (f"in {name}{tail}", whole),
        (f"before the end of {name}{tail}", (start.toordinal() if not with_year else -INFINITY, whole[1])),
        (f"after {name}{tail}", (whole[1] + 1, end.toordinal() if not with_year else INFINITY)),
        (f"before {name}{tail}", (start.toordinal() if not with_year else -INFINITY, whole[0] - 1)),
        (
            f"in the {'first' if month < 7 else 'second'} half of {'the year' if not with_year else year}",
            days(start, datetime.date(year, 6, 30)) if month < 7 else days(datetime.date(year, 7, 1), end),
        ),
    ]
    if day.day <= 10:
        forms.append((f"in early {name}{tail}", (whole[0], whole[0] + 9)))
    if day.day > 20:
        forms.append((f"in late {name}{tail}", (whole[0] + 20, whole[1])))
    if season:
        a, b = SEASONS[season]
        b_last = calendar.monthrange(year, b)[1]
        of_year = f" of {year}" if with_year else ""
        forms.append((f"in the {season}{of_year}", days(datetime.date(year, a, 1), datetime.date(year, b, b_last))))
    if with_year:
        forms.append((f"in {year}", days(start, end)))
        decade = year // 10 * 10
        forms.append((f"in the {decade}s", days(datetime.date(decade, 1, 1), datetime.date(decade + 9, 12, 31))))
    return rng.choice(forms)


def ordinal(day: int) -> str:
    """Give the letters after a day of the month."""
    return "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def datings(rng: random.Random) -> Iterator[Pair]:
    """Yield acts of one moment, dated in two ways."""
    for act in ACTS:
        for _ in range(150):
            with_year = rng.random() < 0.5
            day = datetime.date(rng.randrange(1996, 2025), rng.randrange(1, 13), rng.randrange(1, 29))
            other = (
                day if rng.random() < 0.5 else day + datetime.timedelta(days=rng.choice([-150, -31, -5, 1, 4, 40, 200]))
            )
            if not with_year:
                other = other.replace(year=day.year, day=min(other.day, 28))
            elif rng.random() < 0.15:
                other = day.replace(year=day.year + rng.choice([-1, 1, 3]))
            (first, low), (second, high) = dating(day, with_year, rng), dating(other, with_year, rng)
            fuzzy = any(re.search(r"early|late|spring|summer|autumn|half", text) for text in (first, second))
            label = relate(low, high, slack=20 if fuzzy else 0)
            if first != second and label:
                front = rng.random() < 0.2 and not re.match(r"[A-Z]\w+ \w+ (?:Brandt|Weil|Prat)", act)
                one = (
                    f"{first}, {act[0].lower() if act.split()[0] in LOWERED else act[0]}{act[1:]}"
                    if front
                    else f"{act} {first}"
                )
                yield sentence(one), f"{act} {second}.", label


# ---- implicative -----------------------------------------------------------------------------------------------------

DONE = ["{past}", "managed to {base}", "went on to {base}", "did {base}", "succeeded in getting to {base}"]
NOT_DONE = ["did not {base}", "failed to {base}", "refused to {base}", "was unable to {base}", "never {past}",
            "declined to {base}"]  # fmt: skip
OPEN = ["wanted to {base}", "planned to {base}", "promised to {base}", "tried to {base}", "was expected to {base}",
        "threatened to {base}", "was urged to {base}", "was asked to {base}", "hoped to {base}", "agreed to {base}",
        "was free to {base}", "was under pressure to {base}", "reportedly {past}", "allegedly {past}", "was said to have been about to {base}",
        "offered to {base}", "was ready to {base}", "was ordered to {base}", "was preparing to {base}"]  # fmt: skip
WILL = ["will {base}", "is going to {base}", "will definitely {base}", "is certain to {base}"]
WILL_NOT = ["will not {base}", "is not going to {base}", "will under no circumstances {base}", "has ruled out that it will {base}",
            "will never {base}"]  # fmt: skip
MAY = ["may {base}", "might {base}", "could {base}", "will perhaps {base}", "will possibly {base}"]
WISH = ["wants to {base}", "has been asked to {base}", "is under pressure to {base}", "should {base}", "is considering whether to {base}",
        "has yet to decide whether to {base}"]  # fmt: skip


def implicatives(facts: list[news_pairs.Statement], rng: random.Random) -> Iterator[Pair]:
    """Yield acts done, not done and open, past and future."""
    for fact in facts:
        root = fact.span.root
        subjects = [c for c in root.children if c.dep_ == "nsubj"]
        if (
            root.tag_ != "VBD"
            or root.lemma_
            in {
                "be",
                "have",
                "do",
                "seem",
                "know",
                "want",
                "need",
                "like",
                "mean",
                "become",
                "get",
                *news_pairs.REPORTING,
            }
            or len(subjects) != 1
            or any(c.dep_ in {"neg", "aux", "auxpass", "conj", "advcl", "expl"} for c in root.children)
            or subjects[0].lower_ in {"it", "that", "this", "which", "who", "they", "we", "you", "i", "those", "these"}
            or subjects[0].tag_ in {"NNS", "NNPS"}
            or any(c.dep_ in {"conj", "cc"} for c in subjects[0].children)
            or subjects[0].ent_type_ not in {"PERSON", "ORG", "GPE", "NORP"}
        ):
            continue

        def write(form: str, fact: news_pairs.Statement = fact, root: Any = root) -> str:
            return news_pairs.edit(fact.span, {root.i: form.format(past=root.text, base=root.lemma_)})

        done, undone, unsure = rng.choice(DONE), rng.choice(NOT_DONE), rng.choice(OPEN)
        will, wont, may, wish = rng.choice(WILL), rng.choice(WILL_NOT), rng.choice(MAY), rng.choice(WISH)
        options = [
            (done, DONE[0], "entailment"), (done, undone, "contradiction"), (undone, done, "contradiction"),
            (undone, NOT_DONE[0], "entailment"), (NOT_DONE[0], rng.choice(NOT_DONE[2:4]), "neutral"),
            (unsure, DONE[0], "neutral"), (unsure, NOT_DONE[0], "neutral"), (DONE[0], rng.choice(OPEN[:12]), "neutral"),
            (NOT_DONE[0], rng.choice(OPEN[:12]), "neutral"),
            (will, rng.choice(WILL), "entailment"), (will, wont, "contradiction"), (wont, will, "contradiction"),
            (wont, rng.choice(WILL_NOT[:2]), "entailment"), (will, may, "entailment"), (may, will, "neutral"), (may, wont, "neutral"),
            (wont, may, "contradiction"), (may, rng.choice(MAY), "entailment"), (wish, will, "neutral"), (wish, wont, "neutral"),
            (will, wish, "neutral"), (DONE[0], will, "neutral"),
        ]  # fmt: skip
        for first, second, label in rng.sample(options, 3):
            if first != second:
                yield write(first), write(second), label


# ---- attribution -----------------------------------------------------------------------------------------------------

SAID = ["{x} said that {p}", "according to {x}, {p}", "{p}, {x} said", "{x} insists that {p}",
        "{x} claims that {p}", "{x}: {p}", "{x} maintains that {p}", "as {x} sees it, {p}"]  # fmt: skip
DENIED = ["{x} denied that {p}", "{x} rejected the claim that {p}", "{x} said it was not true that {p}", "{x} dismissed reports that {p}",
          "{x} contradicted reports that {p}", "it is wrong to say that {p}, according to {x}"]  # fmt: skip
NOT_SAID = ["{x} never said that {p}", "{x} denied having said that {p}", "{x} did not say that {p}"]
CONFIRMED = ["{x} confirmed that {p}", "{x} revealed that {p}", "{x} admitted that {p}", "{x} proved that {p}", "it turned out that {p}",
             "it is a fact that {p}", "{x} acknowledged that {p}"]  # fmt: skip
FALSE = ["it is not true that {p}", "it turned out to be false that {p}", "the story that {p} is a hoax", "the report that {p} is a fabrication",
         "the claim that {p} was debunked"]  # fmt: skip
UNSURE = ["it is unclear whether {p}", "there are rumours that {p}", "{x} asked whether {p}", "{x} is looking into whether {p}",
          "{x} would not comment on a report that {p}", "reports that {p} could not be verified", "is it true that {p}?", "{x} doubts that {p}",
          "{x} fears that {p}", "it has been alleged that {p}", "{x} accused a rival of spreading the story that {p}"]  # fmt: skip
SPEAKERS = [
    "the minister", "a spokeswoman", "the mayor", "Amnesty International", "the company", "her lawyer", "the ambassador", "a local paper",
    "the union", "police", "Kofi Mensah", "Ingrid Solberg", "the foreign ministry", "an official", "the bishop", "Marta Oliveira", "the bank",
    "Tomas Havel", "the coach", "the governor's office", "two witnesses", "the opposition leader", "Yuki Tanabe", "the hospital", "state television",
]  # fmt: skip


UNSURE_SCOPE = frozenset(
    "all every each some any many most few several half both less more than at least other another".split()
)
"""Words beside which "not" may deny something else than the whole statement."""
PLAIN = ["{p}"]
Side = tuple[list[str], str, bool]
"""Forms, speaker x or y, and whether the content is the statement (or else its negation)."""
ATTRIBUTED: list[tuple[Side, Side, str]] = [
    ((SAID, "x", True), (PLAIN, "x", True), "neutral"),
    ((PLAIN, "x", True), (SAID, "x", True), "neutral"),
    ((SAID, "x", True), (PLAIN, "x", False), "neutral"),
    ((SAID, "x", True), (SAID, "x", True), "entailment"),
    ((SAID, "x", True), (SAID, "y", True), "neutral"),
    ((SAID, "x", True), (DENIED, "x", True), "contradiction"),
    ((DENIED, "x", True), (SAID, "x", True), "contradiction"),
    ((SAID, "x", True), (DENIED, "y", True), "neutral"),
    ((SAID, "x", True), (NOT_SAID, "x", True), "contradiction"),
    ((NOT_SAID, "x", True), (SAID, "x", True), "contradiction"),
    ((NOT_SAID, "x", True), (PLAIN, "x", True), "neutral"),
    ((DENIED, "x", True), (PLAIN, "x", True), "neutral"),
    ((DENIED, "x", True), (SAID, "x", False), "entailment"),
    ((SAID, "x", True), (SAID, "x", False), "contradiction"),
    ((CONFIRMED, "x", True), (PLAIN, "x", True), "entailment"),
    ((CONFIRMED, "x", True), (PLAIN, "x", False), "contradiction"),
    ((FALSE, "x", True), (PLAIN, "x", True), "contradiction"),
    ((PLAIN, "x", True), (FALSE, "x", True), "contradiction"),
    ((FALSE, "x", True), (PLAIN, "x", False), "entailment"),
    ((UNSURE, "x", True), (PLAIN, "x", True), "neutral"),
    ((PLAIN, "x", True), (UNSURE, "x", True), "neutral"),
    ((UNSURE, "x", True), (PLAIN, "x", False), "neutral"),
]


def attributions(facts: list[news_pairs.Statement], rng: random.Random) -> Iterator[Pair]:
    """Yield what somebody said, denied or confirmed, against that and against the thing itself."""
    for fact in facts:
        opposite = news_pairs.negate(fact.span, rng)
        if len(fact.span) > 20 or not opposite or any(t.tag_ == "MD" or t.lower_ in UNSURE_SCOPE for t in fact.span):
            continue
        speakers = dict(zip("xy", rng.sample(SPEAKERS, 2), strict=True))
        contents = {True: inner(fact.text, fact.span), False: inner(opposite, fact.span)}
        for *sides, label in rng.sample(ATTRIBUTED, 2):
            first, second = (
                sentence(rng.choice(forms).format(x=speakers[who], p=contents[what])) for forms, who, what in sides
            )
            if first != second:
                yield first, second, label


# ---- rumour ----------------------------------------------------------------------------------------------------------

HEDGED = ["Report: {p}", "{p}, report claims", "{p}?", "Rumour: {p}", "{p}, sources say", "Could it be that {q}?", "{p}, it is claimed",
          "Alleged: {p}", "Is it true that {q}?", "Unconfirmed reports say {q}", "{p}: rumour or fact?", "{p}, according to a blog",
          "Speculation that {q}", "What we know about the report that {q}", "{p}, a new report suggests", "Online rumour has it that {q}"]  # fmt: skip
HOAX = ["Hoax: {p}", "No, it is not true that {q}", "Fake news: {p}", "Report that {q} is false", "The story that {q} has been debunked",
        "False rumour: {p}", "How a fake story that {q} spread",
        "{p}? No, that is a hoax"]  # fmt: skip


def rumours(rng: random.Random) -> Iterator[Pair]:
    """Yield two wordings of one proposition of the stories, one of them dressed as a headline."""
    for story in stories.stories():
        if stories.part(story) != "train":
            continue
        for group in story["groups"]:
            one, two = rng.sample(group["same"], 2)
            against, near = rng.choice(group["opposite"]), rng.choice(group["near"])

            def dress(forms: list[str], text: str) -> str:
                plain = text.rstrip(".")
                small = plain[0].lower() + plain[1:] if plain.split()[0] in LOWERED else plain
                return rng.choice(forms).format(p=plain, q=small)

            yield dress(HEDGED, one), two, "neutral"
            yield dress(HEDGED, one), one, "neutral"
            yield dress(HEDGED, against), two, "neutral"
            yield dress(HOAX, one), two, "contradiction"
            yield two, dress(HOAX, one), "contradiction"
            yield dress(HOAX, against), against, "contradiction"
            yield dress(HOAX, near), two, "neutral"
            yield dress(HEDGED, one), dress(HOAX, two), "neutral"
            yield one.rstrip("."), two, "entailment"


LOWERED = frozenset("The A An There No Nobody Nothing It In On At All More Some Two Three Four After Not".split())

# ---- quantifier ------------------------------------------------------------------------------------------------------

GROUPS = [
    ("the schools in the district", "the primary schools in the district"), ("the miners", "the night-shift miners"),
    ("the hostages", "the foreign hostages"), ("the bridges over the Vorma", "the rail bridges over the Vorma"),
    ("the party's deputies", "the party's deputies from the south"), ("the patients", "the patients over seventy"),
    ("the factories in Lodwar", "the textile factories in Lodwar"), ("the ferries", "the car ferries"),
    ("the witnesses", "the witnesses from the ship"), ("the villages along the coast", "the fishing villages along the coast"),
    ("the shops in the old town", "the jewellers' shops in the old town"), ("the jurors", "the jurors from Leeds"),
    ("the teachers", "the teachers on short contracts"), ("the tenants", "the tenants on the top floors"),
    ("the airlines", "the low-cost airlines"), ("the member states", "the Baltic member states"), ("the prisoners", "the sick prisoners"),
    ("the cantons", "the French-speaking cantons"), ("the dams", "the older dams"), ("the clinics", "the rural clinics"),
]  # fmt: skip
DOINGS = [
    "took part in the strike", "were closed on Thursday", "have been released", "voted for the bill", "were damaged in the quake",
    "received compensation", "reopened after the flood", "signed the petition", "were tested for lead", "lost power in the storm",
    "changed hands last year", "gave evidence", "were searched by police", "met the deadline", "have been paid", "supported the merger",
    "were evacuated", "passed the inspection", "refused the offer", "were warned in time",
]  # fmt: skip
QUANTIFIERS = {
    "all": ["all of {g}", "every one of {g}", "{g} without exception"],
    "most": ["most of {g}", "the majority of {g}"],
    "some": ["some of {g}", "at least some of {g}"],
    "none": ["none of {g}", "not one of {g}"],
    "not all": ["not all of {g}", "not every one of {g}"],
    "all but one": ["all but one of {g}", "all of {g} except one"],
    "one": ["only one of {g}", "just one of {g}"],
}
RELATED = {
    ("all", "most"): "entailment", ("all", "some"): "entailment", ("all", "none"): "contradiction", ("all", "not all"): "contradiction",
    ("all", "all but one"): "contradiction", ("all", "one"): "contradiction", ("most", "some"): "entailment", ("most", "all"): "neutral",
    ("most", "none"): "contradiction", ("most", "one"): "contradiction", ("some", "all"): "neutral", ("some", "most"): "neutral",
    ("some", "none"): "contradiction", ("none", "all"): "contradiction", ("none", "some"): "contradiction", ("none", "most"): "contradiction",
    ("none", "not all"): "entailment", ("none", "one"): "contradiction", ("not all", "all"): "contradiction", ("not all", "none"): "neutral",
    ("not all", "most"): "neutral", ("all but one", "all"): "contradiction", ("all but one", "most"): "entailment",
    ("all but one", "not all"): "entailment", ("all but one", "none"): "contradiction", ("one", "none"): "contradiction",
    ("one", "all"): "contradiction", ("one", "not all"): "entailment", ("one", "most"): "contradiction", ("all", "all"): "entailment",
    ("none", "none"): "entailment", ("some", "not all"): "neutral",
}  # fmt: skip
PART_OF = {
    ("all", "all"): "entailment", ("all", "none"): "contradiction", ("all", "some"): "entailment", ("all", "not all"): "contradiction",
    ("none", "none"): "entailment", ("none", "all"): "contradiction", ("none", "some"): "contradiction", ("some", "some"): "neutral",
    ("some", "none"): "neutral", ("most", "some"): "neutral", ("most", "most"): "neutral", ("not all", "all"): "neutral",
}  # fmt: skip
"""The first about the group, the second about a part of it."""
WHOLE_OF = {
    ("some", "some"): "entailment", ("all", "some"): "entailment", ("some", "none"): "contradiction", ("all", "none"): "contradiction",
    ("none", "all"): "contradiction", ("none", "not all"): "entailment", ("none", "none"): "neutral", ("all", "all"): "neutral",
    ("none", "some"): "neutral", ("all", "most"): "neutral", ("not all", "not all"): "entailment", ("not all", "all"): "contradiction",
}  # fmt: skip
"""The first about a part of the group, the second about the group."""


def quantifiers(rng: random.Random) -> Iterator[Pair]:
    """Yield the same thing of all, most, some or none of a group or of a part of it."""
    for group, part in GROUPS:
        for doing in DOINGS:
            tables = [(RELATED, group, group), (PART_OF, group, part), (WHOLE_OF, part, group)]
            for table, first, second in tables:
                for (one, two), label in rng.sample(sorted(table.items()), 3):
                    a, b = rng.choice(QUANTIFIERS[one]).format(g=first), rng.choice(QUANTIFIERS[two]).format(g=second)
                    if a != b:
                        yield sentence(f"{a} {doing}"), sentence(f"{b} {doing}"), label


# ---- converse --------------------------------------------------------------------------------------------------------

CONVERSES = [
    # told one way, told the other way round, can both directions be true?
    ("{a} beat {b} in the final", "{b} lost the final to {a}", False),
    ("{a} defeated {b} at the polls", "{b} was defeated at the polls by {a}", False),
    ("{a} bought the shipyard from {b}", "{b} sold the shipyard to {a}", False),
    ("{a} succeeded {b} as chair of the board", "{b} was followed by {a} as chair of the board", False),
    ("{a} is taller than {b}", "{b} is shorter than {a}", False),
    ("{a} earns more than {b}", "{b} earns less than {a}", False),
    ("{a} finished ahead of {b}", "{b} came in behind {a}", False),
    ("{a} won the seat from {b}", "{b} lost the seat to {a}", False),
    ("{a} inherited the estate from {b}", "{b} left the estate to {a}", False),
    ("{a} is the employer of {b}", "{b} works for {a}", False),
    ("{a} gave way to {b} in the talks on price", "{b} got its way against {a} in the talks on price", False),
    ("{a} took over {b} in a hostile bid", "{b} was swallowed by {a} in a hostile bid", False),
    ("{a} outspent {b} in the race", "{b} spent less than {a} in the race", False),
    ("{a} arrived before {b}", "{b} got there after {a}", False),
    ("{a} criticised {b} over the delay", "{b} was criticised by {a} over the delay", True),
    ("{a} sued {b}", "{b} was taken to court by {a}", True),
    ("{a} wrote a letter to {b}", "{b} was sent a letter by {a}", True),
    ("{a} praised {b}", "{b} won praise from {a}", True),
    ("{a} threatened {b} with sanctions", "{b} faced a threat of sanctions from {a}", True),
    ("{a} invited {b} to the opening", "{b} was asked by {a} to come to the opening", True),
    ("{a} lent money to {b}", "{b} borrowed money from {a}", True),
    ("{a} thanked {b} for the help", "{b} was thanked by {a} for the help", True),
    ("{a} accused {b} of lying", "{b} was accused by {a} of lying", True),
    ("{a} supplied {b} with gas", "{b} got gas from {a}", True),
    ("{a} warned {b} about the risk", "{b} had a warning about the risk from {a}", True),
    ("{a} visited {b} in May", "{b} had a visit from {a} in May", True),
    ("{a} owes {b} an apology", "an apology is due to {b} from {a}", True),
]
ACTORS = [
    "Norland", "Pavel Dorn", "Astra Shipping", "Helen Adeyemi", "the Workers' League", "Tarvo Bank", "Leila Haddad", "Club Marena",
    "the governor", "Rask Energy", "Jonas Weil", "the ministry", "Amina Toure", "Boreal Air", "the city of Kesk", "Diego Luna Prat",
    "the Liberals", "Ferro Steel", "Mayor Okafor", "Sun Hee Park", "the fishermen's union", "Velo Sports", "Nadia Brandt", "the church",
]  # fmt: skip


def converses(rng: random.Random) -> Iterator[Pair]:
    """Yield an act told from both ends, and with the ends exchanged."""
    for told, round_about, both in CONVERSES:
        for _ in range(60):
            a, b, c = rng.sample(ACTORS, 3)
            one, two = told.format(a=a, b=b), round_about.format(a=a, b=b)
            swapped, swapped_about = told.format(a=b, b=a), round_about.format(a=b, b=a)
            label = "neutral" if both else "contradiction"
            options = [
                (one, two, "entailment"), (two, one, "entailment"), (one, swapped, label), (one, swapped_about, label),
                (two, swapped, label), (two, swapped_about, label),
            ]  # fmt: skip
            if both:
                options.append((one, told.format(a=c, b=b), "neutral"))
            first, second, told_label = rng.choice(options)
            yield sentence(first), sentence(second), told_label


def balanced(pairs: list[Pair], rng: random.Random) -> list[Pair]:
    """Draw at most `EACH` distinct pairs, the three labels as even as they come."""
    by_label: dict[str, list[Pair]] = collections.defaultdict(list)
    for pair in sorted(set(pairs)):
        by_label[pair[2]].append(pair)
    share = EACH // len(by_label)
    return [
        pair for label in sorted(by_label) for pair in rng.sample(by_label[label], min(share, len(by_label[label])))
    ]


def main() -> None:
    """Write the pairs, and their counts beside them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rng = random.Random(SEED)
    facts = news_pairs.statements(news_pairs.rows(args.data / "dev/polnear_train_articles.jsonl.gz"))
    rng.shuffle(facts)
    families: dict[str, Iterator[Pair]] = {
        "comparison": comparisons(facts, rng),
        "dating": datings(rng),
        "implicative": implicatives(facts, rng),
        "attribution": attributions(facts, rng),
        "rumour": rumours(rng),
        "quantifier": quantifiers(rng),
        "converse": converses(rng),
    }
    rows = []
    for name, made in families.items():
        for premise, hypothesis, label in balanced(list(made), rng):
            rows.append({"premise": premise, "hypothesis": hypothesis, "label": label, "source": f"contrast_{name}"})
    args.out.parent.mkdir(parents=True, exist_ok=True)
    with args.out.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    counts = collections.Counter(f"{row['source']} {row['label']}" for row in rows)
    figures = {"rows": len(rows), "by_source": dict(sorted(counts.items()))}
    args.out.with_suffix(".figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
