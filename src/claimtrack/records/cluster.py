"""Claims on one proposition, and the sides they take."""

from __future__ import annotations

import hashlib

import attrs
from attrs import validators as v

from claimtrack.records.claim import Claim

__all__ = ["Cluster", "Side", "SourceFold", "cluster_id"]


def cluster_id(anchor_id: str) -> str:
    """Derive the id of a cluster from its anchor, the earliest claim (undated last, ties by claim id)."""
    return hashlib.blake2b(b"cluster\x00" + anchor_id.encode(), digest_size=8).hexdigest()


@attrs.frozen(kw_only=True)
class Side:
    """Claims of a cluster that state the same; no two of them contradict.

    Parameters
    ----------
    claims : tuple of Claim, at least one
        Earliest article first (undated last), ties by id.
    independent_sources : int, at least 1, default 1
        Outlets of this side that are left after folding, as `Cluster.independent_sources`; 1 where nobody has counted.
    """

    claims: tuple[Claim, ...] = attrs.field(
        validator=[v.deep_iterable(v.instance_of(Claim), v.instance_of(tuple)), v.min_len(1)]
    )
    independent_sources: int = attrs.field(default=1, validator=[v.instance_of(int), v.ge(1)])

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """Ids of the claims, in the same order."""
        return tuple(claim.id for claim in self.claims)


@attrs.frozen(kw_only=True)
class SourceFold:
    """An outlet that does not count as a source of its own, and why.

    Parameters
    ----------
    source : str
        The outlet.
    into : str
        The outlet that counts instead.
    reason : str
        In words that go on from the outlet's name: ``"carries the Associated Press, as Daily Post does"``.
    """

    source: str = attrs.field(validator=v.instance_of(str))
    into: str = attrs.field(validator=v.instance_of(str))
    reason: str = attrs.field(validator=v.instance_of(str))


@attrs.frozen(kw_only=True)
class Cluster:
    """One proposition under discussion, with its sides.

    Parameters
    ----------
    id : str
        From the anchor, see :func:`cluster_id`.
    label : str
        The anchor's text, shortened.
    sides : tuple of Side, at least one
        The anchor's side first, then by their own first claim.
    contradictions : tuple of (str, str)
        Ids of claims that contradict each other, each pair once, always of two sides of this cluster.
    sources : tuple of str
        Distinct outlets, sorted; an article without one counts under its own name.
    independent_sources : int, at least 1
        Outlets that are left when copies, texts of one agency, handed-on words and outlets of one publisher are folded.
    folds : tuple of SourceFold
        Outlets that do not count by themselves, sorted by name.
    """

    id: str = attrs.field(validator=v.instance_of(str))
    label: str = attrs.field(validator=v.instance_of(str))
    sides: tuple[Side, ...] = attrs.field(
        validator=[v.deep_iterable(v.instance_of(Side), v.instance_of(tuple)), v.min_len(1)]
    )
    contradictions: tuple[tuple[str, str], ...] = attrs.field(default=(), validator=v.instance_of(tuple))
    sources: tuple[str, ...] = attrs.field(validator=v.deep_iterable(v.instance_of(str), v.instance_of(tuple)))
    independent_sources: int = attrs.field(validator=[v.instance_of(int), v.ge(1)])
    folds: tuple[SourceFold, ...] = attrs.field(
        default=(), validator=v.deep_iterable(v.instance_of(SourceFold), v.instance_of(tuple))
    )

    def __attrs_post_init__(self) -> None:
        side_of = {claim.id: n for n, side in enumerate(self.sides) for claim in side.claims}
        if len(side_of) != sum(len(side.claims) for side in self.sides):
            raise ValueError("a claim must stand on one side of a Cluster only.")
        for one, two in self.contradictions:
            if one not in side_of or two not in side_of or side_of[one] == side_of[two]:
                raise ValueError(f"Cluster.contradictions must join two sides of the cluster; got {(one, two)}.")
        for fold in self.folds:
            if fold.source not in self.sources or fold.into not in self.sources or fold.source == fold.into:
                raise ValueError(f"Cluster.folds must fold one of its sources into another; got {fold}.")

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims, side by side."""
        return tuple(claim for side in self.sides for claim in side.claims)

    def _repr_html_(self) -> str:
        from claimtrack.records.notebook import cluster_html  # it knows every record, this one too

        return cluster_html(self)
