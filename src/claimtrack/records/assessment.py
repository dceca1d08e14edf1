"""Answers to questions: hits of a search, and a claim held against what is kept."""

from __future__ import annotations

import enum

import attrs
from attrs import validators as v

from claimtrack.records.claim import Claim
from claimtrack.records.relation import Relation
from claimtrack.records.span import Span

__all__ = ["Assessment", "Evidence", "Hit", "Status"]


class Status(enum.Enum):
    """What the kept claims say of a claim; it is about sources, not about truth."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    DISPUTED = "disputed"
    NOT_FOUND = "not found"


@attrs.frozen(kw_only=True)
class Hit:
    """A claim found by a search.

    Parameters
    ----------
    claim : Claim
    similarity : float in [-1, 1]
        Cosine of the query's and the claim's embeddings (the better of the claim and its article's title).
    """

    claim: Claim = attrs.field(validator=v.instance_of(Claim))
    similarity: float = attrs.field(validator=v.instance_of(float))


@attrs.frozen(kw_only=True)
class Evidence:
    """A kept claim that entails or contradicts the claim in question.

    Parameters
    ----------
    claim : Claim
        The kept claim.
    span : Span
        The sentence of the article that holds it.
    relation : Relation
        The kept claim as premise, the claim in question as hypothesis (or the reverse, where that direction decided).
    outlet : str or None
        Who published it.
    published : str or None
        When, as an ISO date; None where the article is undated.
    """

    claim: Claim = attrs.field(validator=v.instance_of(Claim))
    span: Span = attrs.field(validator=v.instance_of(Span))
    relation: Relation = attrs.field(validator=v.instance_of(Relation))
    outlet: str | None = attrs.field(default=None, validator=v.optional(v.instance_of(str)))
    published: str | None = attrs.field(default=None, validator=v.optional(v.instance_of(str)))


@attrs.frozen(kw_only=True)
class Assessment:
    """A claim held against the claims that are kept.

    Parameters
    ----------
    claim : str
        The claim in question, as it was asked.
    status : Status
        ``supported``, ``contradicted``, ``disputed`` (both) or ``not found``.
    supporting, contradicting : tuple of Evidence
        Strongest first, ties by claim id.
    nearest : tuple of Hit
        The nearest kept claims, whatever they say.
    supporting_sources, contradicting_sources : int, at least 0
        Independent outlets on either side.
    """

    claim: str = attrs.field(validator=v.instance_of(str))
    status: Status = attrs.field(validator=v.instance_of(Status))
    supporting: tuple[Evidence, ...] = attrs.field(default=(), validator=v.instance_of(tuple))
    contradicting: tuple[Evidence, ...] = attrs.field(default=(), validator=v.instance_of(tuple))
    nearest: tuple[Hit, ...] = attrs.field(default=(), validator=v.instance_of(tuple))
    supporting_sources: int = attrs.field(default=0, validator=[v.instance_of(int), v.ge(0)])
    contradicting_sources: int = attrs.field(default=0, validator=[v.instance_of(int), v.ge(0)])

    def _repr_html_(self) -> str:
        from claimtrack.records.notebook import assessment_html  # it knows every record, this one too

        return assessment_html(self)
