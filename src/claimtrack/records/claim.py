"""One atomic statement as one article makes it."""

from __future__ import annotations

import enum
import hashlib
import itertools

import attrs
from attrs import validators as v

from claimtrack.records.span import Span

__all__ = ["Attribution", "Claim", "Entity", "EntityType", "Modality", "Polarity", "Provenance", "Quantity", "claim_id"]


class Attribution(enum.Enum):
    """How the statement entered the article: in quotation marks, reported, or in the outlet's own voice."""

    QUOTED = "quoted"
    REPORTED = "reported"
    OWN = "own"


class Polarity(enum.Enum):
    """Whether the statement's main predicate is negated."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Modality(enum.Enum):
    """In what mood the statement is made."""

    ASSERTED = "asserted"
    FORECAST = "forecast"
    CONDITIONAL = "conditional"
    WISHED = "wished"
    ORDERED = "ordered"
    ASKED = "asked"
    DENIED = "denied"
    HEDGED = "hedged"


class EntityType(enum.Enum):
    """What kind of thing a proper name names; see :class:`Entity`."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    GROUP = "group"
    EVENT = "event"
    OTHER = "other"


def _spans(instance: object, attribute: attrs.Attribute[tuple[Span, ...]], value: tuple[Span, ...]) -> None:
    """Check that spans are there, ascending and apart."""
    if not value:
        raise ValueError("Provenance.spans must hold at least one span; got ().")
    for one, two in itertools.pairwise(value):
        if two.start < one.end:
            raise ValueError(f"Provenance.spans must be ascending and apart; got {one} before {two}.")


@attrs.frozen(kw_only=True)
class Provenance:
    """Where a claim came from and what extracted it.

    Parameters
    ----------
    article_id : str
        The article.
    spans : tuple of Span, at least one, ascending, apart
        The characters of the article that the claim's own words came from.
    extractor : str
        Name and version of the extractor.
    sentence : Span
        The sentence that the spans stand in, for showing the claim in its place.
    """

    article_id: str = attrs.field(validator=v.instance_of(str))
    spans: tuple[Span, ...] = attrs.field(
        validator=[v.deep_iterable(v.instance_of(Span), v.instance_of(tuple)), _spans]
    )
    extractor: str = attrs.field(validator=v.instance_of(str))
    sentence: Span = attrs.field(validator=v.instance_of(Span))


@attrs.frozen(kw_only=True)
class Quantity:
    """A figure in a claim: how many of what.

    Parameters
    ----------
    value : float or None
        The figure; None where only bounds are known ("dozens").
    low, high : float or None
        Bounds that the words allow, included; None where open.
    unit : str or None
        ``"percent"``, ``"USD"``, ``"km"``, ... or None for a plain count.
    of : str or None
        The head noun of what is counted, lower case, singular.
    span : Span
        The characters of the figure in the article.
    """

    value: float | None = attrs.field(default=None, validator=v.optional(v.instance_of(float)))
    low: float | None = attrs.field(default=None, validator=v.optional(v.instance_of(float)))
    high: float | None = attrs.field(default=None, validator=v.optional(v.instance_of(float)))
    unit: str | None = attrs.field(default=None, validator=v.optional(v.instance_of(str)))
    of: str | None = attrs.field(default=None, validator=v.optional(v.instance_of(str)))
    span: Span = attrs.field(validator=v.instance_of(Span))


@attrs.frozen(kw_only=True)
class Entity:
    """A proper name in a claim.

    Parameters
    ----------
    text : str, at least one character
        The name as the article writes it, without article, title or possessive: "Holm" of "Mr Holm's".
    type : EntityType
        Buildings and states are places; peoples, faiths and nationalities are groups, as adjectives too ("Greek"); ships,
        treaties, programmes and works are other.
    span : Span
        The characters of the name in the article.
    """

    text: str = attrs.field(validator=v.and_(v.instance_of(str), v.min_len(1)))
    type: EntityType = attrs.field(validator=v.instance_of(EntityType))
    span: Span = attrs.field(validator=v.instance_of(Span))


def claim_id(article_id: str, spans: tuple[Span, ...], text: str, speaker: str | None) -> str:
    """Derive the id of a claim from the article's id, its spans, its text and its speaker."""
    digest = hashlib.blake2b(digest_size=8)
    places = ",".join(f"{s.start}-{s.end}" for s in spans)
    for part in (article_id, places, text, speaker or ""):
        digest.update(part.encode("utf-8", "surrogatepass") + b"\x00")
    return digest.hexdigest()


@attrs.frozen(kw_only=True)
class Claim:
    """One atomic statement in one article.

    Parameters
    ----------
    text : str
        The statement as a sentence that can be read by itself, as far as that was possible.
    provenance : Provenance
        Its place in the article.
    context : str
        What the embedder reads: for a claim that was cut out of a longer statement ("the fair was opened in Lyon", from
        "the fair was opened in Lyon on Monday") the whole of that statement. Equal to `text` otherwise.
    speaker : str or None
        The holder's name, at most eight words; None for the outlet's own voice.
    attribution : Attribution
    polarity : Polarity
    modality : Modality
    standalone : bool
        False where a reference (a pronoun, "the province") stayed open.
    quantities : tuple of Quantity
    entities : tuple of Entity
        In the order of the article.
    check_worthy : bool
        Whether it is a statement of fact, which evidence could show to be true or false, now or, for a forecast, when its
        time comes; False for an opinion, a greeting and procedure. It says nothing about importance.
    id : str
        From the content, see :func:`claim_id`.
    """

    text: str = attrs.field(validator=v.and_(v.instance_of(str), v.min_len(1)))
    provenance: Provenance = attrs.field(validator=v.instance_of(Provenance))
    context: str = attrs.field(validator=v.and_(v.instance_of(str), v.min_len(1)))
    speaker: str | None = attrs.field(default=None, validator=v.optional(v.instance_of(str)))
    attribution: Attribution = attrs.field(default=Attribution.OWN, validator=v.instance_of(Attribution))
    polarity: Polarity = attrs.field(default=Polarity.POSITIVE, validator=v.instance_of(Polarity))
    modality: Modality = attrs.field(default=Modality.ASSERTED, validator=v.instance_of(Modality))
    standalone: bool = attrs.field(default=True, validator=v.instance_of(bool))
    quantities: tuple[Quantity, ...] = attrs.field(
        default=(), validator=v.deep_iterable(v.instance_of(Quantity), v.instance_of(tuple))
    )
    entities: tuple[Entity, ...] = attrs.field(
        default=(), validator=v.deep_iterable(v.instance_of(Entity), v.instance_of(tuple))
    )
    check_worthy: bool = attrs.field(default=True, validator=v.instance_of(bool))
    id: str = attrs.field(validator=v.instance_of(str))

    @context.default
    def _default_context(self) -> str:
        return self.text

    @id.default
    def _default_id(self) -> str:
        if not (
            isinstance(self.text, str)
            and isinstance(self.provenance, Provenance)
            and isinstance(self.speaker, str | None)
        ):
            return ""  # the validators run after this and say what is wrong
        return claim_id(self.provenance.article_id, self.provenance.spans, self.text, self.speaker)

    @speaker.validator
    def _check_speaker(self, _: object, value: str | None) -> None:
        if value is not None and not 1 <= len(value.split()) <= 8:
            raise ValueError(f"Claim.speaker must be a name of one to eight words; got {value!r}.")

    @property
    def article_id(self) -> str:
        """The article that the claim stands in."""
        return self.provenance.article_id

    def _repr_html_(self) -> str:
        from claimtrack.records.notebook import claim_html  # it knows every record, this one too

        return claim_html(self)
