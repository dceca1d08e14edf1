"""How many sources are left behind some claims when what is not independent is folded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs
from attrs import validators as v

from claimtrack.errors import InvalidInputError
from claimtrack.independence.agencies import agency_of
from claimtrack.independence.copies import Fold, age
from claimtrack.independence.families import family_of, family_of_address
from claimtrack.independence.groups import Groups
from claimtrack.independence.quotes import find_utterances
from claimtrack.records import Article, Claim, SourceFold

__all__ = ["IndependentSources", "SourceCounter", "count_sources", "independent_sources"]

_MARK = "\x00"
_WITH_ARTICLE = frozenset({"Associated Press", "Australian Associated Press", "Canadian Press"})


@attrs.frozen(kw_only=True)
class IndependentSources:
    """How many sources stand behind some claims, and which outlets do not count by themselves.

    Parameters
    ----------
    count : int, at least 1
        Outlets that are left.
    folds : tuple of SourceFold
        One for each outlet that is not left, sorted by its name.
    """

    count: int = attrs.field(validator=[v.instance_of(int), v.ge(1)])
    folds: tuple[SourceFold, ...] = attrs.field(
        default=(), validator=v.deep_iterable(v.instance_of(SourceFold), v.instance_of(tuple))
    )


@attrs.frozen
class _Link:
    """Two articles with one text, and why, told of the first one."""

    one: int
    other: int
    reason: str


@attrs.frozen
class _Origin:
    """Whose words a claim of an article are: the article that counts for it, and why that is another one."""

    article: Article
    reason: str


class SourceCounter:
    """Counts the sources behind the claims of many clusters, with what is known of their articles looked up once.

    Parameters
    ----------
    articles : iterable of Article
        At least those that the claims stand in. With the articles that `copies` point to as well, a copy of an outlet's
        text counts with that outlet where another article of it stands with the claims.
    copies : sequence of Fold
        From :func:`~claimtrack.independence.find_copies`.
    families : mapping of str to str
        From :func:`~claimtrack.independence.read_families`; empty for none.
    speakers : mapping of str to str
        Speaker of a claim -> the one name of that speaker in all articles; one that is not there goes by its own.

    Raises
    ------
    InvalidInputError
        If an article is there twice, or an article is folded twice.
    """

    def __init__(
        self,
        articles: Iterable[Article],
        *,
        copies: Sequence[Fold],
        families: Mapping[str, str],
        speakers: Mapping[str, str],
    ) -> None:
        self._articles: dict[str, Article] = {}
        for article in articles:
            if article.id in self._articles:
                raise InvalidInputError(f"articles must have distinct ids; got {article.id!r} twice.")
            self._articles[article.id] = article
        self._copies = {fold.article_id: fold for fold in copies}
        if len(self._copies) < len(copies):
            raise InvalidInputError("copies must fold an article once; got one twice.")
        self._families = families
        self._speakers = speakers
        self._agencies: dict[str, str | None] = {}

    def count(self, claims: Iterable[Claim]) -> IndependentSources:
        """Count the sources behind the claims of one cluster or one side; see :func:`count_sources`."""
        claims = list(claims)
        if not claims:
            raise InvalidInputError("claims must be at least one; got none.")
        for claim in claims:
            if claim.article_id not in self._articles:
                raise InvalidInputError(
                    f"articles must hold the article of every claim; "
                    f"got claim {claim.id!r} of article {claim.article_id!r}."
                )
        claims.sort(key=lambda claim: (age(self._articles[claim.article_id]), claim.id))
        origins = self._origins(claims)
        publishers = self._publishers(claims)
        heads: dict[str, str] = {}  # publisher -> its outlet that counts
        for article in sorted((origin.article for origin in origins), key=age):
            heads.setdefault(publishers[article.outlet], article.outlet)
        counted = {origin.article.outlet for origin in origins}
        of_outlet: dict[str, list[_Origin]] = defaultdict(list)
        for claim, origin in zip(claims, origins, strict=True):
            of_outlet[self._articles[claim.article_id].outlet].append(origin)
        folds = []
        for outlet in sorted(of_outlet):
            first = outlet if outlet in counted else of_outlet[outlet][0].article.outlet
            head = heads[publishers[first]]
            if head == outlet:
                continue
            if outlet in counted:
                reason = f"belongs to one publisher ({publishers[outlet].partition(_MARK)[2]}) with {head}"
            else:
                reason = "; ".join(dict.fromkeys(origin.reason for origin in of_outlet[outlet]))
            folds.append(SourceFold(source=outlet, into=head, reason=reason))
        return IndependentSources(count=len(heads), folds=tuple(folds))

    def _publishers(self, claims: Iterable[Claim]) -> dict[str, str]:
        """Give each outlet's family, by its name or the address of one of its articles; or the outlet itself."""
        publishers: dict[str, str] = {}
        articles = sorted({claim.article_id for claim in claims}, key=lambda id: age(self._articles[id]))
        for article in (self._articles[id] for id in articles):
            family = family_of(article.outlet, self._families)
            if family is None and article.url is not None and article.outlet not in publishers:
                family = family_of_address(article.url, self._families)
            if family is not None:
                publishers.setdefault(article.outlet, f"family{_MARK}{family}")
        outlets = {self._articles[id].outlet for id in articles}
        return {outlet: publishers.get(outlet, f"outlet{_MARK}{outlet}") for outlet in outlets}

    def _origins(self, claims: Sequence[Claim]) -> list[_Origin]:
        """Say of each claim whose words it is: its article's, another one's with that text, or an earlier quotation's."""
        origin_of = self._texts(claims)
        scope = [self._articles[id] for id in sorted({claim.article_id for claim in claims})]
        article_of = {claim.id: claim.article_id for claim in claims}
        quoted: dict[str, _Origin] = {}
        for utterance in find_utterances(claims, scope, speakers=self._speakers):
            roots = [origin_of[article_of[claim_id]].article for claim_id in utterance.claim_ids]
            first = min(roots, key=age)
            reason = f"hands on the same words of {utterance.speaker} as {first.outlet}"
            for claim_id, root in zip(utterance.claim_ids, roots, strict=True):
                if root.id != first.id:
                    quoted[claim_id] = _Origin(first, reason)
        return [quoted.get(claim.id, origin_of[claim.article_id]) for claim in claims]

    def _texts(self, claims: Iterable[Claim]) -> dict[str, _Origin]:
        """Put articles with one text together: copies, and what carries one agency; the earliest counts."""
        scope = {claim.article_id: self._articles[claim.article_id] for claim in claims}
        nodes = sorted((scope | self._kept_elsewhere(scope)).values(), key=age)
        links = [*self._copy_links(nodes), *self._agency_links(nodes, scope)]
        groups = Groups(len(nodes))
        of_node: dict[int, list[_Link]] = defaultdict(list)
        for link in links:
            groups.unite(link.one, link.other)
            of_node[link.one].append(link)
            of_node[link.other].append(link)
        return {
            article.id: _Origin(nodes[groups.root(n)], _explain(n, groups.root(n), of_node[n], nodes))
            for n, article in enumerate(nodes)
        }

    def _kept_elsewhere(self, scope: Mapping[str, Article]) -> dict[str, Article]:
        """Find what articles are copies of, where it makes no claim here but its outlet does, in another article."""
        outlets = {article.outlet for article in scope.values()}
        kept = (self._articles.get(self._copies[id].kept_id) for id in scope if id in self._copies)
        return {article.id: article for article in kept if article is not None and article.outlet in outlets}

    def _copy_links(self, nodes: Sequence[Article]) -> Iterator[_Link]:
        groups: dict[str, list[int]] = defaultdict(list)
        for n, article in enumerate(nodes):
            fold = self._copies.get(article.id)
            groups[fold.kept_id if fold else article.id].append(n)
        for kept_id, (head, *rest) in groups.items():
            for n in rest:
                fold = self._copies.get(nodes[n].id)
                if fold is None:
                    reason = f"is one text with {nodes[head].outlet}"
                elif nodes[head].id == kept_id:
                    reason = f"is a copy: {fold.reason}"
                else:
                    reason = f"is a copy, as {nodes[head].outlet} is: {fold.reason}"
                yield _Link(n, head, reason)

    def _agency_links(self, nodes: Sequence[Article], scope: Mapping[str, Article]) -> Iterator[_Link]:
        groups: dict[str, list[int]] = defaultdict(list)
        for n, article in enumerate(nodes):
            agency = self._agency(article) if article.id in scope else None
            if agency is not None:
                groups[agency.casefold()].append(n)
        for head, *rest in groups.values():
            agency = self._agency(nodes[head]) or ""
            name = f"the {agency}" if agency in _WITH_ARTICLE else agency
            is_its_own = nodes[head].outlet.casefold().removeprefix("the ") == agency.casefold()
            for n in rest:
                yield _Link(n, head, f"carries {name}" + ("" if is_its_own else f", as {nodes[head].outlet} does"))

    def _agency(self, article: Article) -> str | None:
        if article.id not in self._agencies:
            self._agencies[article.id] = agency_of(article)
        return self._agencies[article.id]


def _explain(n: int, root: int, links: Sequence[_Link], nodes: Sequence[Article]) -> str:
    """Say why an article has the text of the one that counts, by its own links: directly, or through a third."""
    if n == root:
        return ""
    forward = {link.other: link.reason for link in reversed(links) if link.one == n}
    if root in forward:
        return forward[root]
    if forward:
        reason = forward[min(forward)]
    else:
        other = min(link.one for link in links)
        reason = f"is one text with {nodes[other].outlet}"
    return f"{reason}, of one group with {nodes[root].outlet}"


def count_sources(
    claims: Iterable[Claim],
    articles: Iterable[Article],
    *,
    copies: Sequence[Fold],
    families: Mapping[str, str],
    speakers: Mapping[str, str],
) -> IndependentSources:
    """Count the sources behind the claims of one cluster or one side, and say why the other outlets do not count.

    Parameters
    ----------
    claims : iterable of Claim, at least one
    articles, copies, families, speakers
        As :class:`SourceCounter` takes them, which is quicker for many clusters of the same articles.

    Returns
    -------
    IndependentSources
        The same for any order of the arguments. The outlets that count and those that are folded make up all outlets.

    Raises
    ------
    InvalidInputError
        If there is no claim, the article of a claim is missing, or an article is there or is folded twice.

    Notes
    -----
    Several articles are one text if they are copies, or carry the same news agency
    (:func:`~claimtrack.independence.agency_of`) and both stand here. Several claims are one utterance if they hand on the
    same words (:func:`~claimtrack.independence.find_utterances`). What is one counts with its earliest article (undated
    last, ties by id), so an outlet is folded only if nothing it says here is its own: none of its articles is the
    earliest of its text, or each of the claims in them is handed on. Last, outlets of one publisher count as one.

    Whom two outlets have asked is not known beyond that: two texts about one press conference in words of their own are
    two sources.
    """
    return SourceCounter(articles, copies=copies, families=families, speakers=speakers).count(claims)


def independent_sources(article_ids: Iterable[str], copies: Mapping[str, str], outlets: Mapping[str, str]) -> int:
    """Count the outlets behind some articles after copies are folded, and nothing else; see :func:`count_sources`.

    Two articles of one outlet count once, and a copy counts with the outlet of what it copies.

    Parameters
    ----------
    article_ids : iterable of str
    copies : mapping of str to str
        From :func:`fold_copies`; an article that is not there counts by itself.
    outlets : mapping of str to str
        Article id -> name of the outlet, for `article_ids` and for what `copies` makes of them.

    Returns
    -------
    int, at least 0

    Raises
    ------
    InvalidInputError
        If the outlet of an article is missing.
    """
    try:
        return len({outlets[copies.get(article_id, article_id)] for article_id in article_ids})
    except KeyError as error:
        raise InvalidInputError(
            f"outlets must name the outlet of every article; got none for {error.args[0]!r}."
        ) from None
