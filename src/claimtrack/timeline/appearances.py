"""Claims with the date and the outlet of their article, in order of date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from claimtrack.errors import InvalidInputError
from claimtrack.records import Appearance, Article, Claim, Side, SideHistory

__all__ = ["articles_by_id", "by_date", "canonical", "side_history"]


def articles_by_id(articles: Iterable[Article]) -> dict[str, Article]:
    """Put articles under their ids.

    Raises
    ------
    InvalidInputError
        If an article is there twice.
    """
    by_id: dict[str, Article] = {}
    for article in articles:
        if article.id in by_id:
            raise InvalidInputError(f"articles must have distinct ids; got {article.id!r} twice.")
        by_id[article.id] = article
    return by_id


def canonical(claim: Claim, speakers: Mapping[str, str]) -> str | None:
    """Give the one name of a claim's speaker; without an entry in `speakers` the name that the claim has."""
    return speakers.get(claim.speaker, claim.speaker) if claim.speaker else None


def by_date(
    claims: Iterable[Claim], articles: Mapping[str, Article], speakers: Mapping[str, str]
) -> tuple[Appearance, ...]:
    """Give claims with date, outlet and speaker: earliest first, undated last, ties by claim id.

    Parameters
    ----------
    claims : iterable of Claim
    articles : mapping of str to Article
        Under their ids.
    speakers : mapping of str to str
        Speaker of a claim -> the one name of that speaker.

    Raises
    ------
    InvalidInputError
        If the article of a claim is not given.
    """
    appearances = []
    for claim in claims:
        article = articles.get(claim.article_id)
        if article is None:
            raise InvalidInputError(
                f"articles must hold the article of every claim; got claim {claim.id!r} of article {claim.article_id!r}."
            )
        speaker = canonical(claim, speakers)
        appearances.append(Appearance(claim=claim, outlet=article.outlet, date=article.published, speaker=speaker))
    return tuple(sorted(appearances, key=lambda made: (made.date is None, made.date or "", made.claim.id)))


def side_history(side: Side, articles: Mapping[str, Article], speakers: Mapping[str, str]) -> SideHistory:
    """Put the claims of a side in order of date, undated ones apart; see :func:`by_date`."""
    appearances = by_date(side.claims, articles, speakers)
    dated = tuple(appearance for appearance in appearances if appearance.date is not None)
    return SideHistory(first=dated[0] if dated else None, later=dated[1:], undated=appearances[len(dated) :])
