"""A small article set about a bridge that does not exist, with claims, relations and clusters made by hand."""

from __future__ import annotations

from claimtrack.records import (
    Article,
    Attribution,
    Claim,
    Cluster,
    Kind,
    Label,
    Modality,
    Polarity,
    Provenance,
    Quantity,
    Relation,
    Side,
    SourceFold,
    Span,
    cluster_id,
)
from claimtrack.report import Findings

POST = Article(
    name="harbour-post.txt",
    title="Mayor names the day",
    source="Harbour Post",
    published="2031-03-04",
    author="Jo Adair",
    url="https://harbour-post.example/varn-bridge?page=1&view=full",
    text="The old Varn bridge will reopen on 14 May, Mayor Ilse Brandt told reporters on Tuesday.\n\n"
    "Repairs have cost 3.2 million crowns so far, the city says. Twelve workers were hurt when a crane fell in January.\n",
)
WIRE_TEXT = (
    "The Varn bridge will be open to traffic on 14 May, according to Mayor Ilse Brandt. "
    "A dozen workers were injured in January when a crane came down on the north pier.\n"
)
WIRE = Article(
    name="northern-wire.txt", title="Bridge to open", source="Northern Wire", published="2031-03-05", text=WIRE_TEXT
)
LEDGER = Article(
    name="ledger.txt", title="Bridge to open", source="Evening Ledger", published="2031-03-06", text=WIRE_TEXT
)
RADIO = Article(
    name="coast-radio.html",
    title="“Not this spring”: dockers doubt the date",
    source="Coast Radio",
    url="http://coastradio.example/news/17",
    text="“The bridge will certainly not, whatever the mayor may promise, reopen in May,” said Tomas Reyl, who heads the "
    "dockers' union and has walked the piers every week since the accident in January closed them to all traffic. "
    "The bill stands at 4.1 million crowns.\n",
)
NOTES = Article(
    name="notes_on_the_bridge.txt",
    text="I went to see the *bridge* <today>. Nobody was hurt when the crane fell, a foreman told me.\n",
)


def claim(
    article: Article,
    *words: str,
    text: str,
    speaker: str | None = None,
    attribution: Attribution = Attribution.OWN,
    modality: Modality = Modality.ASSERTED,
    polarity: Polarity = Polarity.POSITIVE,
    quantities: tuple[Quantity, ...] = (),
) -> Claim:
    """Make a claim of `words` in the article, in the sentence around the first of them."""
    spans = []
    for piece in words:
        start = article.text.index(piece)
        spans.append(Span(start, start + len(piece)))
    start = max(article.text.rfind(mark, 0, spans[0].start) + len(mark) for mark in (". ", "\n\n", "\n"))
    start = (
        0 if article.text.rfind(". ", 0, spans[0].start) < 0 and "\n" not in article.text[: spans[0].start] else start
    )
    ends = [article.text.find(mark, spans[-1].end) for mark in (". ", ".\n")]
    return Claim(
        text=text,
        provenance=Provenance(
            article_id=article.id,
            spans=tuple(spans),
            extractor="by hand",
            sentence=Span(start, min(end for end in ends if end >= 0) + 1),
        ),
        speaker=speaker,
        attribution=attribution,
        modality=modality,
        polarity=polarity,
        quantities=quantities,
    )


def relation(premise: Claim, hypothesis: Claim, label: Label, p: float, kind: Kind | None = None) -> Relation:
    """Make a relation with probability `p` for its label; the rest goes to neutral, or half and half."""
    rest = 1.0 - p
    p_neutral = p if label is Label.NEUTRAL else rest
    return Relation(
        premise_id=premise.id,
        hypothesis_id=hypothesis.id,
        p_entailment=p if label is Label.ENTAILMENT else rest if label is Label.NEUTRAL else 0.0,
        p_neutral=p_neutral,
        p_contradiction=p if label is Label.CONTRADICTION else 0.0,
        label=label,
        kind=kind,
        model="by hand",
    )


def _count(side: tuple[Claim, ...], folds: tuple[SourceFold, ...]) -> int:
    """Count the outlets of a side that are not folded."""
    outlets = {article.id: article.outlet for article in (POST, WIRE, LEDGER, RADIO, NOTES)}
    return len({outlets.get(claim.article_id, claim.article_id) for claim in side} - {fold.source for fold in folds})


def cluster(
    label: str,
    sides: tuple[tuple[Claim, ...], ...],
    sources: tuple[str, ...],
    independent: int,
    *pairs: tuple[Claim, Claim],
    folds: tuple[SourceFold, ...] = (),
) -> Cluster:
    """Make a cluster whose anchor is the first claim of the first side."""
    return Cluster(
        id=cluster_id(sides[0][0].id),
        label=label,
        sides=tuple(Side(claims=side, independent_sources=_count(side, folds)) for side in sides),
        contradictions=tuple((one.id, other.id) for one, other in pairs),
        sources=sources,
        independent_sources=independent,
        folds=folds,
    )


def forecast(article: Article, words: str, text: str) -> Claim:
    """Make the mayor's forecast."""
    return claim(
        article,
        words,
        text=text,
        speaker="Mayor Ilse Brandt",
        attribution=Attribution.REPORTED,
        modality=Modality.FORECAST,
    )


OPEN_POST = forecast(POST, "The old Varn bridge will reopen on 14 May", "The old Varn bridge will reopen on 14 May.")
OPEN_WIRE = forecast(
    WIRE, "The Varn bridge will be open to traffic on 14 May", "The Varn bridge will be open to traffic on 14 May."
)
OPEN_LEDGER = forecast(
    LEDGER, "The Varn bridge will be open to traffic on 14 May", "The Varn bridge will be open to traffic on 14 May."
)
SHUT_RADIO = claim(
    RADIO,
    "The bridge will certainly not",
    "reopen in May",
    text="The Varn bridge will certainly not reopen in May.",
    speaker="Tomas Reyl",
    attribution=Attribution.QUOTED,
    modality=Modality.FORECAST,
    polarity=Polarity.NEGATIVE,
)
COST_POST = claim(
    POST,
    "Repairs have cost 3.2 million crowns so far",
    text="Repairs have cost 3.2 million crowns so far.",
    speaker="the city",
    attribution=Attribution.REPORTED,
    quantities=(Quantity(value=3_200_000.0, unit="crown", span=Span(107, 125)),),
)
COST_RADIO = claim(
    RADIO, "The bill stands at 4.1 million crowns", text="The bill for the Varn bridge stands at 4.1 million crowns."
)
HURT_POST = claim(
    POST, "Twelve workers were hurt when a crane fell", text="Twelve workers were hurt when a crane fell."
)
HURT_WIRE = claim(WIRE, "A dozen workers were injured", text="A dozen workers were injured.")
HURT_LEDGER = claim(LEDGER, "A dozen workers were injured", text="A dozen workers were injured.")
UNHURT_NOTES = claim(
    NOTES,
    "Nobody was hurt when the crane fell",
    text="Nobody was hurt when the crane fell.",
    speaker="a foreman",
    attribution=Attribution.REPORTED,
    polarity=Polarity.NEGATIVE,
)
JANUARY_WIRE = claim(WIRE, "in January when a crane came down", text="A crane came down in January.")
JANUARY_POST = claim(POST, "a crane fell in January", text="A crane fell in January.")

COPY = SourceFold(
    source="Evening Ledger",
    into="Northern Wire",
    reason="is a copy: shares 100 % of its word sequences with Northern Wire",
)

BRIDGE = Findings(
    articles=(POST, WIRE, LEDGER, RADIO, NOTES),
    claims=(
        OPEN_POST,
        COST_POST,
        HURT_POST,
        JANUARY_POST,
        OPEN_WIRE,
        HURT_WIRE,
        JANUARY_WIRE,
        OPEN_LEDGER,
        HURT_LEDGER,
        SHUT_RADIO,
        COST_RADIO,
        UNHURT_NOTES,
    ),
    relations=(
        relation(OPEN_POST, SHUT_RADIO, Label.CONTRADICTION, 0.87, Kind.NEGATION),
        relation(SHUT_RADIO, OPEN_POST, Label.CONTRADICTION, 0.91, Kind.NEGATION),
        relation(OPEN_WIRE, SHUT_RADIO, Label.CONTRADICTION, 0.83, Kind.NEGATION),
        relation(OPEN_LEDGER, SHUT_RADIO, Label.CONTRADICTION, 0.82, Kind.NEGATION),
        relation(OPEN_POST, OPEN_WIRE, Label.ENTAILMENT, 0.97),
        relation(OPEN_WIRE, OPEN_POST, Label.ENTAILMENT, 0.95),
        relation(COST_POST, COST_RADIO, Label.CONTRADICTION, 0.998, Kind.FIGURE),
        relation(COST_POST, OPEN_POST, Label.NEUTRAL, 0.99),
        relation(HURT_POST, HURT_WIRE, Label.ENTAILMENT, 0.93),
        relation(HURT_POST, UNHURT_NOTES, Label.CONTRADICTION, 0.96, Kind.NEGATION),
        relation(JANUARY_WIRE, JANUARY_POST, Label.ENTAILMENT, 0.9),
    ),
    clusters=(
        cluster("A crane fell in January.", ((JANUARY_POST, JANUARY_WIRE),), ("Harbour Post", "Northern Wire"), 2),
        cluster(
            "Repairs have cost 3.2 million crowns so far.",
            ((COST_POST,), (COST_RADIO,)),
            ("Coast Radio", "Harbour Post"),
            2,
            (COST_POST, COST_RADIO),
        ),
        cluster(
            "The old Varn bridge will reopen on 14 May.",
            ((OPEN_POST, OPEN_WIRE, OPEN_LEDGER), (SHUT_RADIO,)),
            ("Coast Radio", "Evening Ledger", "Harbour Post", "Northern Wire"),
            3,
            (OPEN_POST, SHUT_RADIO),
            (OPEN_WIRE, SHUT_RADIO),
            (OPEN_LEDGER, SHUT_RADIO),
            folds=(COPY,),
        ),
        cluster(
            "Twelve workers were hurt when a crane fell.",
            ((HURT_POST, HURT_WIRE, HURT_LEDGER), (UNHURT_NOTES,)),
            ("Evening Ledger", "Harbour Post", "Northern Wire", "notes_on_the_bridge.txt"),
            3,
            (HURT_POST, UNHURT_NOTES),
            (HURT_WIRE, UNHURT_NOTES),
            folds=(COPY,),
        ),
    ),
)
