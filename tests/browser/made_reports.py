"""Reports made of the public doubles, for a browser to open."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence

import attrs

from claimtrack import Article, Tracker
from claimtrack.records import Attribution, Claim
from claimtrack.report import Findings, render_html
from claimtrack.testing import LetterEmbedder, SentenceExtractor, WordRelationModel

__all__ = ["FERRY", "HOSTILE", "NEWER", "UNION", "report", "report_with_news"]

POST = Article(
    name="post",
    title="Ferry to sail",
    source="Harbour Post",
    published="2031-03-04",
    url="https://harbour-post.example/ferry-1",
    text="The Calder ferry will sail on Monday.\n\nTwo engines were replaced last week. The crew of the tug is on leave.",
)
WIRE = Article(
    name="wire",
    title="No ferry",
    source="Northern Wire",
    published="2031-03-06",
    url="https://wire.example/news?id=7#top",
    text="The Calder ferry will not sail on Monday. Snow fell in the hills.",
)
STAR = Article(
    name="star",
    title="Engines",
    source="Evening Star",
    text="Two engines were replaced last week.",
)
FERRY = (POST, WIRE, STAR)
NEWER = Article(
    name="late",
    title="Still no ferry",
    source="Coast Radio",
    published="2031-03-08",
    text="The Calder ferry will not sail on Monday.",
)
UNION = Article(
    name="union",
    title="The union",
    source="Dock Voice",
    text="The tug was sold in spring.",
)

_ATTACK = (
    "</script><script>document.title = 'owned'</script> <img src=x onerror=\"document.title='owned'\"> "
    "<!-- <svg/onload=alert(1)> {{ 7*7 }} \u202egnp.exe\u202c аррӏе.example"
)
HOSTILE = tuple(
    Article(
        name=f"{_ATTACK} {n}",
        title=_ATTACK,
        source=f"{_ATTACK} {n}",
        author=_ATTACK,
        url="javascript:document.title='owned'",
        text=f"The {_ATTACK} ferry will {word}sail on Monday. السفينة לא תפליג",
    )
    for n, word in enumerate(("", "not "))
)


class _SpokenExtractor(SentenceExtractor):
    """Takes what the article of the union says for words of its speaker."""

    def extract(self, articles: Sequence[Article], /) -> list[list[Claim]]:
        return [
            [attrs.evolve(claim, speaker="Ada Marsh", attribution=Attribution.REPORTED) for claim in claims]
            if article == UNION
            else claims
            for article, claims in zip(articles, super().extract(articles), strict=True)
        ]


_TRACKED = datetime.datetime(2031, 3, 7, tzinfo=datetime.UTC)


def _tracker(clock: Callable[[], datetime.datetime] | None = None) -> Tracker:
    return Tracker(
        extractor=_SpokenExtractor(), embedder=LetterEmbedder(), relation_model=WordRelationModel(), clock=clock
    )


def _findings(tracker: Tracker) -> Findings:
    return Findings(
        articles=tracker.articles,
        claims=tracker.claims,
        relations=tracker.relations,
        clusters=tracker.clusters,
        corrections=tracker.corrections,
        names=tracker.names,
    )


def report(articles: Iterable[Article]) -> str:
    """Write the report on some articles."""
    tracker = _tracker()
    tracker.add(articles)
    return render_html(_findings(tracker))


def report_with_news(articles: Iterable[Article], newer: Iterable[Article]) -> str:
    """Write the report on some articles and on newer ones, which are marked as what is new."""
    times = iter(range(1_000))
    tracker = _tracker(lambda: _TRACKED + datetime.timedelta(hours=next(times)))
    tracker.add(articles)
    since = _TRACKED + datetime.timedelta(hours=next(times))
    tracker.add(newer)
    return render_html(_findings(tracker), changes=tracker.changes(since))
