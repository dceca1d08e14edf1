"""Words for what records say: the same in a notebook, in a terminal and in a report.

Everything here is visible text in one line, see :mod:`claimtrack.visible`; escaping for a format is left to its renderer.
"""

from __future__ import annotations

from claimtrack.records.article import Article
from claimtrack.records.assessment import Status
from claimtrack.records.claim import Attribution, Claim, Modality
from claimtrack.records.cluster import Cluster
from claimtrack.records.relation import Label, Relation
from claimtrack.records.timeline import FigurePoint, SideSwitch
from claimtrack.visible import one_line

__all__ = [
    "STATUS_MEANINGS",
    "certainty",
    "counted",
    "date",
    "figure",
    "name",
    "notes",
    "number",
    "outlet",
    "side_letters",
    "standing",
    "switch",
    "voice",
]

STATUS_MEANINGS = {
    Status.SUPPORTED: "supported by what these articles say",
    Status.CONTRADICTED: "contradicted by what these articles say",
    Status.DISPUTED: "disputed: some of these articles support it, others contradict it",
    Status.NOT_FOUND: "not found: no claim in these articles supports or contradicts it",
}
"""What the status of an assessment means to a reader."""


def counted(n: int, noun: str) -> str:
    """Put number and noun together: ``1 article``, ``2 articles``."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def side_letters(n: int) -> str:
    """Name the side of number `n`, counted from 0: A to Z, then AA, AB and so on."""
    letters = ""
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def name(text: str) -> str:
    """Give a name as visible text, and say so where nothing of it can be seen."""
    return one_line(text) or "(no name)"


def outlet(article: Article) -> str:
    """Name the outlet; an article without one goes under its own name."""
    return name(article.outlet)


def date(published: str | None) -> str:
    """Give the ISO date of publication, or ``undated``."""
    return published or "undated"


def voice(claim: Claim, speaker: str | None = None) -> str:
    """Say whose words these are: ``says NAME``, or that it is the outlet's own voice.

    Parameters
    ----------
    claim : Claim
    speaker : str or None
        The name that the speaker goes under; None leaves the one that the article uses.
    """
    speaker = speaker or claim.speaker
    if speaker is not None:
        return f"says {name(speaker)}"
    if claim.attribution is Attribution.OWN:
        return "the outlet's own voice"
    return f"{claim.attribution.value}, no speaker named"


def notes(claim: Claim) -> tuple[str, ...]:
    """Say how it is said where it is not plainly asserted, and whether a reference stayed open."""
    mood = () if claim.modality is Modality.ASSERTED else (claim.modality.value,)
    return mood if claim.standalone else (*mood, "not clear by itself")


def standing(cluster: Cluster) -> str:
    """How many outlets, and how many of them are independent of one another."""
    return f"{counted(len(cluster.sources), 'outlet')}, {cluster.independent_sources} independent"


def certainty(relation: Relation) -> str:
    """Give the label and how probable it is, never as a certainty: ``contradiction 0.99``."""
    p = relation.p_contradiction if relation.label is Label.CONTRADICTION else relation.p_entailment
    return f"{relation.label.value} {min(p, 0.99):.2f}"


def number(value: float) -> str:
    """Write a number with commas, as exactly as it is known: ``3,200,000``."""
    return format(value, ",.12g")


def figure(point: FigurePoint) -> str:
    """Put a figure in words: ``40``, ``at least 40``, ``300 (270 to 330)``."""
    value, low, high = point.figure
    if low is not None and high is not None:
        bounds = number(low) if low == high else f"{number(low)} to {number(high)}"
    elif low is not None:
        bounds = f"at least {number(low)}"
    elif high is not None:
        bounds = f"at most {number(high)}"
    else:
        bounds = ""
    if value is None:
        return bounds
    if not bounds:
        return number(value)
    return bounds if {low, high} <= {value, None} else f"{number(value)} ({bounds})"


def switch(found: SideSwitch, one: str, other: str) -> str:
    """Say who stood on side `one` and on side `other`, and when."""
    who = f"{name(found.who)}, in its own voice" if found.is_outlet else name(found.who)
    if not found.one_day:
        return f"{who}: side {one} on {found.from_date}, side {other} on {found.to_date}"
    if found.from_claim.article_id == found.to_claim.article_id:
        return f"{who}: sides {one} and {other} in one article, of {found.to_date}"
    return f"{who}: sides {one} and {other} on one day, {found.to_date}; which came first is not known"
