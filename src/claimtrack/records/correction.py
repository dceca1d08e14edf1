"""What a person decided about a pair, and what became of clusters: records of a store's history."""

from __future__ import annotations

import datetime
import enum
import hashlib

import attrs
from attrs import validators as v

from claimtrack.records.relation import Kind, Label

__all__ = ["Action", "Correction", "Lineage", "LineageEvent", "Version"]


class Action(enum.Enum):
    """What a person decides: about two claims, the last two about two articles."""

    CONFIRM = "confirm"
    DISMISS = "dismiss"
    RETYPE = "retype"
    JOIN = "join"
    SPLIT = "split"
    COPIES = "copies"
    INDEPENDENT = "independent"

    @property
    def is_about_articles(self) -> bool:
        """Whether the two ids are those of articles."""
        return self in (Action.COPIES, Action.INDEPENDENT)


def _aware(_: object, attribute: attrs.Attribute[datetime.datetime], value: datetime.datetime) -> None:
    """Check that a time says where it is, and that UTC has it too."""
    if value.tzinfo is None:
        raise ValueError(f"{attribute.name} must be a time with a time zone; got {value.isoformat()}.")
    try:
        value.astimezone(datetime.UTC)
    except OverflowError:
        raise ValueError(
            f"{attribute.name} must be a time in the years 1 to 9999 of UTC; got {value.isoformat()}."
        ) from None


_time = [v.instance_of(datetime.datetime), _aware]


@attrs.frozen(kw_only=True)
class Correction:
    """A person's decision, which every later run respects.

    Parameters
    ----------
    action : Action
        ``confirm``: the relation is as it was judged, whatever a later model says; ``dismiss``: there is none; ``retype``:
        it is another one; ``join``: both claims state the same; ``split``: they do not, and stand on different sides;
        ``copies`` and ``independent``: the two articles are one source, or two.
    first_id, second_id : str
        Two claims, or two articles; the lesser id first.
    label : Label or None
        With ``confirm`` and ``retype``, what the relation is.
    kind : Kind or None
        What a contradiction turns on.
    by : str, at least one character
        Who decided.
    at : datetime with a time zone
        When.
    note : str or None
        Why, in words.
    id : str
        From the content.
    """

    action: Action = attrs.field(validator=v.instance_of(Action))
    first_id: str = attrs.field(validator=v.and_(v.instance_of(str), v.min_len(1)))
    second_id: str = attrs.field(validator=v.and_(v.instance_of(str), v.min_len(1)))
    label: Label | None = attrs.field(default=None, validator=v.optional(v.instance_of(Label)))
    kind: Kind | None = attrs.field(default=None, validator=v.optional(v.instance_of(Kind)))
    by: str = attrs.field(validator=v.and_(v.instance_of(str), v.min_len(1)))
    at: datetime.datetime = attrs.field(validator=_time)
    note: str | None = attrs.field(default=None, validator=v.optional(v.instance_of(str)))
    id: str = attrs.field(validator=v.instance_of(str))

    @id.default
    def _default_id(self) -> str:
        parts = (self.action, self.first_id, self.second_id, self.label, self.kind, self.by, self.at, self.note)
        digest = hashlib.blake2b(digest_size=8)
        for part in parts:
            plain = part.value if isinstance(part, enum.Enum) else part
            digest.update(str(plain).encode("utf-8", "surrogatepass") + b"\x00")
        return digest.hexdigest()

    def __attrs_post_init__(self) -> None:
        if not self.first_id < self.second_id:
            raise ValueError(
                f"Correction.first_id must be < Correction.second_id; got {self.first_id!r}, {self.second_id!r}."
            )
        typed = self.action in (Action.CONFIRM, Action.RETYPE)
        if typed != (self.label is not None):
            raise ValueError(f"Correction.label goes with confirm and retype, and only there; got {self.label}.")
        if (self.label is Label.CONTRADICTION) != (self.kind not in (None, Kind.UPDATE)):
            raise ValueError(
                f"Correction.kind must be given for a contradiction and only there; got {self.label}, {self.kind}."
            )

    @property
    def words(self) -> str:
        """Say who decided what, when and why, as in ``confirm: decided by Ana on 2031-03-05, asked both``."""
        decided = f"{self.action.value}: decided by {self.by} on {self.at.date().isoformat()}"
        return ", ".join(filter(None, (decided, self.note)))

    @property
    def pair(self) -> tuple[str, str]:
        """Give both ids, the lesser first."""
        return (self.first_id, self.second_id)


class Lineage(enum.Enum):
    """What can become of clusters."""

    MERGED = "merged"
    SPLIT = "split"
    RENAMED = "renamed"
    ENDED = "ended"


@attrs.frozen(kw_only=True)
class LineageEvent:
    """What became of a cluster when articles came or went.

    Parameters
    ----------
    what : Lineage
        ``merged``: several became one; ``split``: one became several; ``renamed``: its earliest claim is another one now, so
        that it has another id; ``ended``: its claims are in no cluster any more.
    from_ids, into_ids : tuple of str
        Ids of the clusters before and after, ascending; no `into_ids` if it ended.
    claim_ids : tuple of str
        Claims that went over; those that it had if it ended. Ascending.
    at : datetime with a time zone
        When it was noticed.
    """

    what: Lineage = attrs.field(validator=v.instance_of(Lineage))
    from_ids: tuple[str, ...] = attrs.field(validator=v.deep_iterable(v.instance_of(str), v.instance_of(tuple)))
    into_ids: tuple[str, ...] = attrs.field(validator=v.deep_iterable(v.instance_of(str), v.instance_of(tuple)))
    claim_ids: tuple[str, ...] = attrs.field(validator=v.deep_iterable(v.instance_of(str), v.instance_of(tuple)))
    at: datetime.datetime = attrs.field(validator=_time)


@attrs.frozen(kw_only=True)
class Version:
    """An article's text that another one took the place of.

    Parameters
    ----------
    article_id : str
        The old version.
    by_id : str
        The one that took its place.
    at : datetime with a time zone
        When it was taken in.
    """

    article_id: str = attrs.field(validator=v.instance_of(str))
    by_id: str = attrs.field(validator=v.instance_of(str))
    at: datetime.datetime = attrs.field(validator=_time)
