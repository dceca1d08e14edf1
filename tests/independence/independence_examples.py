"""Articles and claims for the tests of this folder, made by hand."""

from __future__ import annotations

from typing import Any

from claimtrack.records import Article, Attribution, Claim, Provenance, Span

WIRE = """The harbour authority of Port Marle closed its northern basin on Tuesday after divers found cracks in the lock
gates, officials said. Some forty ships are waiting outside the breakwater, and the first of them may enter on Friday at the
earliest. The head of the authority, Ilse Brandt, told reporters that the gates were inspected last autumn and that no damage
was seen at the time. Engineers from the ministry arrived by train in the evening and began to measure the cracks with
ultrasound. Fishermen on the quay complained that nobody had warned them. A spokesman for the shipowners put the loss at two
million euros for each day that the basin stays shut. The town council will meet on Wednesday to discuss help for the market
traders, whose stalls depend on the morning catch."""

APART = """Ships have been turned away from Port Marle since divers reported damage to a lock on Tuesday. Our reporter
counted thirty-eight vessels at anchor off the breakwater in the afternoon. Ilse Brandt, who runs the port, defended the
inspections of last year and promised that traffic would resume before the weekend. In the bars along the quay people speak
of little else; many remember the flood of 1987, when the same basin was lost for a whole winter. The ministry has sent a team
to examine the steel. Owners say that every day of waiting costs them millions."""


def article(text: str, source: str, *, day: str | None = "2020-01-01", **fields: Any) -> Article:
    """Make an article of an outlet."""
    return Article(name=f"{source}.txt", text=text, source=source, published=day, **fields)


def claim(where: Article, text: str = "The basin is shut.", *, speaker: str | None = None, **fields: Any) -> Claim:
    """Make a claim of an article: quoted where it has a speaker, unless said otherwise."""
    span = Span(0, 1)
    fields.setdefault("attribution", Attribution.QUOTED if speaker else Attribution.OWN)
    provenance = Provenance(article_id=where.id, spans=(span,), extractor="by hand", sentence=span)
    return Claim(text=text, speaker=speaker, provenance=provenance, **fields)


def carried() -> list[Article]:
    """Give one wire story as eight outlets carry it: small edits, cut tails, an agency line in front."""
    sentences = WIRE.split(". ")
    texts = [
        WIRE,
        "WASHINGTON (AP) - " + WIRE,
        ". ".join(sentences[:4]) + ".",
        "PORT MARLE, March 3 - " + ". ".join(sentences[:5]) + ".",
        WIRE.replace("officials said", "according to officials").replace("Some forty", "About 40"),
        WIRE.replace("on Tuesday ", "").replace("told reporters", "said").replace("the evening", "the afternoon"),
        WIRE.replace("\n", " ").upper(),
        "Basin shut\n\n"
        + ". ".join(sentences[1:]).replace("complained", "said angrily")
        + "\n\nRead more on our site.",
    ]
    return [article(text, f"Outlet {n}", day=None) for n, text in enumerate(texts)]
