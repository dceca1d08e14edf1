"""What the page shows, in order, with the place of each thing in it; the templates only lay it out."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping

import attrs

from claimtrack.errors import InvalidInputError
from claimtrack.records import Article, Changes, Claim, Cluster, Kind, Timeline
from claimtrack.records.wording import counted, name, side_letters
from claimtrack.report.findings import Findings, Statement, web_address
from claimtrack.report.html.charts import DateAxis
from claimtrack.report.html.links import address_of_words
from claimtrack.report.html.reading import Stand, paragraphs
from claimtrack.report.html.shown import News, Print, ShownArticle, ShownCluster, ShownSide, ShownStatement

__all__ = ["Page"]


def _numbered(names: Iterable[str]) -> dict[str, int]:
    """Give each name its number in the order of the alphabet."""
    return {name: n for n, name in enumerate(sorted(set(names), key=lambda name: (name.casefold(), name)))}


@attrs.frozen(kw_only=True, eq=False)
class Page:
    """Findings in the order of the page, with a place for each thing.

    Parameters
    ----------
    findings : Findings
    timelines : mapping of str to Timeline
        Cluster id -> its timeline, for every cluster.
    changes : Changes or None
        None where nothing is to be said of what is new.

    Raises
    ------
    InvalidInputError
        If a cluster has no timeline, or the changes name an article that is not given.
    """

    findings: Findings
    timelines: Mapping[str, Timeline]
    changes: Changes | None = None

    def __attrs_post_init__(self) -> None:
        given = {article.id for article in self.findings.articles}
        for article_id in self.changes.articles if self.changes else ():
            if article_id not in given:
                raise InvalidInputError(
                    f"articles must hold every article of the changes; got none of id {article_id!r}."
                )
        for cluster in self.findings.clusters:
            if cluster.id not in self.timelines:
                raise InvalidInputError(f"timelines must hold one for every cluster; got none for {cluster.id!r}.")

    @functools.cached_property
    def _new_ids(self) -> frozenset[str]:
        """Ids of new articles and of their claims in clusters."""
        if self.changes is None:
            return frozenset()
        return frozenset(
            (*self.changes.articles, *(claim_id for new in self.changes.claims for claim_id in new.claim_ids))
        )

    @functools.cached_property
    def _claim_place(self) -> dict[str, str]:
        """Claim id -> id of its place in the reading view."""
        numbers: dict[str, int] = {}
        places = {}
        for claim in (
            *self.findings.claims,
            *(claim for cluster in self.findings.clusters for claim in cluster.claims),
        ):
            if claim.id not in places:
                numbers[claim.article_id] = numbers.get(claim.article_id, 0) + 1
                places[claim.id] = f"{self.article_anchor(claim.article_id)}-{numbers[claim.article_id]}"
        return places

    @functools.cached_property
    def _article_numbers(self) -> dict[str, int]:
        return {article.id: number for number, article in enumerate(self.findings.articles, 1)}

    def article_anchor(self, article_id: str) -> str:
        """Give the id of an article's place in the page."""
        return f"t-{self._article_numbers[article_id]}"

    def claim_anchor(self, claim: Claim) -> str:
        """Give the id of a claim's place in the reading view."""
        return self._claim_place[claim.id]

    @functools.cached_property
    def clusters(self) -> tuple[ShownCluster, ...]:
        """All clusters, those with contradictions first."""
        in_order = (*self.findings.disputed, *self.findings.agreeing)
        return tuple(self._shown(cluster, number) for number, cluster in enumerate(in_order, 1))

    @property
    def disputed(self) -> tuple[ShownCluster, ...]:
        """Clusters with a contradiction."""
        return self.clusters[: len(self.findings.disputed)]

    @property
    def agreeing(self) -> tuple[ShownCluster, ...]:
        """Clusters without one."""
        return self.clusters[len(self.findings.disputed) :]

    def _shown(self, cluster: Cluster, number: int) -> ShownCluster:
        anchor = f"c-{cluster.id}" if re.fullmatch(r"[A-Za-z0-9_-]+", cluster.id) else f"n-{number}"
        sides = tuple(
            ShownSide(
                letters=position.letters,
                since=position.since,
                independent_sources=side.independent_sources,
                statements=tuple(
                    ShownStatement(
                        statement=statement,
                        anchor=f"{anchor}-{statement.reference}",
                        prints=self._prints(statement),
                        is_new=any(claim.id in self._new_ids for claim in statement.claims),
                    )
                    for statement in position.statements
                ),
            )
            for position, side in zip(self.findings.positions(cluster), cluster.sides, strict=True)
        )
        timeline = self.timelines[cluster.id]
        return ShownCluster(
            cluster=cluster,
            number=number,
            anchor=anchor,
            sides=sides,
            conflicts=self.findings.conflicts(cluster),
            timeline=timeline,
            axis=DateAxis.of(made.date for side in timeline.sides for made in side.appearances),
            is_new=self.changes is not None and cluster.id in self.changes.clusters,
        )

    def _prints(self, statement: Statement) -> tuple[Print, ...]:
        first = {claim.article_id: claim for claim in reversed(statement.claims)}
        return tuple(
            Print(
                article=article,
                address=address_of_words(article, first[article.id]),
                in_text=self.claim_anchor(first[article.id]),
            )
            for article in statement.articles
        )

    # -- the reading view ------------------------------------------------------------------------------------------

    @functools.cached_property
    def _clustered(self) -> dict[str, tuple[ShownCluster, ShownStatement]]:
        return {
            claim.id: (cluster, shown)
            for cluster in self.clusters
            for shown in cluster.statements
            for claim in shown.statement.claims
        }

    @functools.cached_property
    def _stand_of(self) -> dict[str, Stand]:
        """Claim id -> what is known of it, also where its cluster is not shown."""
        return {
            claim.id: Stand.DISPUTED if cluster.contradictions else Stand.AGREED
            for cluster in (*self.findings.clusters, *self.findings.left_out)
            for claim in cluster.claims
        }

    def clustered(self, claim: Claim) -> tuple[ShownCluster, ShownStatement] | None:
        """Give the cluster and the statement of a claim; None where it is in no cluster that is shown."""
        return self._clustered.get(claim.id)

    @functools.cached_property
    def articles(self) -> tuple[ShownArticle, ...]:
        """All articles to be read, in the order of the findings."""
        claims_of: dict[str, dict[str, Claim]] = {article.id: {} for article in self.findings.articles}
        members = (claim for cluster in self.findings.clusters for claim in cluster.claims)
        for claim in (*self.findings.claims, *members):
            claims_of[claim.article_id][claim.id] = claim
        return tuple(
            self._shown_article(article, tuple(claims_of[article.id].values())) for article in self.findings.articles
        )

    def _shown_article(self, article: Article, claims: tuple[Claim, ...]) -> ShownArticle:
        found = [self._clustered[claim.id] for claim in claims if claim.id in self._clustered]
        kinds = {
            conflict.kind: None
            for cluster, shown in found
            for conflict in cluster.conflicts
            if conflict.kind is not None and shown.statement.reference in (conflict.one, conflict.other)
        }
        return ShownArticle(
            article=article,
            anchor=self.article_anchor(article.id),
            n_claims=len(claims),
            voices=tuple(dict.fromkeys(map(self.findings.voice, claims))),
            kinds=tuple(kinds),
            paragraphs=paragraphs(article.text, claims, self._stand_of),
            is_new=article.id in self._new_ids,
        )

    @staticmethod
    def address(article: Article) -> str | None:
        """Give the address of an article where it may be linked."""
        return web_address(article.url)

    # -- the filters -----------------------------------------------------------------------------------------------

    @functools.cached_property
    def outlets(self) -> dict[str, int]:
        """Names of the outlets, with the numbers that the filter knows them by."""
        return _numbered(map(self.findings.outlet, self.findings.articles))

    @functools.cached_property
    def voices(self) -> dict[str, int]:
        """Who speaks, as `Findings.voice` says it, with the numbers that the filter knows them by."""
        return _numbered(voice for shown in self.articles for voice in shown.voices)

    @functools.cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """Kinds of contradiction in the report."""
        return self.findings.kinds

    @property
    def kind_options(self) -> tuple[tuple[str, str], ...]:
        """The kinds as the filter shows and knows them."""
        return tuple((kind.value, kind.value) for kind in self.kinds)

    # -- what is new -----------------------------------------------------------------------------------------------

    @property
    def since(self) -> str | None:
        """The point in time after which articles are new, in words; None where nothing is to be said of it."""
        if self.changes is None:
            return None
        return self.changes.since.isoformat(sep=" ", timespec="seconds").replace("+00:00", " UTC")

    @property
    def news(self) -> tuple[News, ...]:
        """What new articles brought to the clusters shown that were known before, in the order of the page."""
        if self.changes is None:
            return ()
        known = (cluster for cluster in self.clusters if cluster.has_news and not cluster.is_new)
        return tuple(News(cluster=cluster, words=_brought(cluster, self.changes)) for cluster in known)


def _brought(cluster: ShownCluster, changes: Changes) -> tuple[str, ...]:
    """Say what the changes hold of a cluster that was known before."""
    id_ = cluster.cluster.id
    claims = [claim_id for new in changes.claims if new.cluster_id == id_ for claim_id in new.claim_ids]
    n_contradictions = sum(pair.cluster_id == id_ for pair in changes.contradictions)
    gained = [
        f"side {side_letters(gain.side)} gained {', '.join(map(name, gain.outlets))}"
        for gain in changes.gained
        if gain.cluster_id == id_
    ]
    letters = [side_letters(n) for n in sorted({cluster.side_of[claim_id] for claim_id in claims})]
    where = f"{'side' if len(letters) == 1 else 'sides'} {', '.join(letters)}"
    contradictions = [counted(n_contradictions, "new contradiction")] if n_contradictions else []
    return (f"{counted(len(claims), 'new claim')} on {where}", *contradictions, *gained)
