"""The tracker: wires the parts together, and holds no algorithm of its own."""

from __future__ import annotations

import datetime
import hashlib
import os
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import attrs

from claimtrack.checking import assess
from claimtrack.clustering import ClusterOptions, cluster, lineage
from claimtrack.embedding import CachedEmbedder, Embedder, SentenceTransformerEmbedder
from claimtrack.errors import InvalidInputError, StoreError
from claimtrack.export import Exported, to_networkx, to_pandas
from claimtrack.extraction import Extractor, SpacyExtractor
from claimtrack.independence import Fold, SourceCounter, find_copies, read_families
from claimtrack.index import (
    FaissIndex,
    HybridIndex,
    Index,
    Neighborhoods,
    SavedNeighborhoods,
    read_neighborhoods,
    write_neighborhoods,
)
from claimtrack.names import NameTable
from claimtrack.records import (
    Action,
    Article,
    Assessment,
    Changes,
    Claim,
    Cluster,
    Correction,
    Hit,
    Judgement,
    Kind,
    Label,
    LineageEvent,
    Relation,
    Timeline,
    Version,
    Withdrawal,
)
from claimtrack.relations import RULES_VERSION, CascadeCrossEncoder, RelationModel, Thresholds, judge_claims
from claimtrack.store import MemoryStore, SqliteStore, Store
from claimtrack.timeline import changes, timeline
from claimtrack.tracker.decided import corrected_folds, corrected_relations, pairs_joined, pairs_parted
from claimtrack.tracker.live import LiveClaims
from claimtrack.tracker.options import Progress, TrackerOptions
from claimtrack.tracker.stages import LOG, Stages

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

__all__ = ["StaleJudgementsWarning", "Tracker"]

_PAIRS_AT_ONCE = 512


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


class StaleJudgementsWarning(UserWarning):
    """Pairs of a kept store were judged by another model, by other rules or thresholds, or as other texts."""


class Tracker:
    """Keeps articles and their claims, judges near pairs, and clusters what agrees and what contradicts.

    Parameters
    ----------
    embedder, relation_model, extractor, index
        Every part can be exchanged for one that follows its protocol; by default the bundled models, which are loaded
        when they are first needed. Nothing is downloaded.
    options : TrackerOptions
    progress : callable, optional
        Called as ``progress(stage, done, total)`` while work goes on.
    store : Store, optional
        Where articles, claims and judged pairs are kept; in memory by default. :meth:`open` keeps them on disk.
    families : mapping of str to str, optional
        Outlet -> publisher family, from :func:`claimtrack.independence.read_families`; by default the families shipped.
    clock : callable, optional
        Gives the time, with a time zone; by default the system's.

    Notes
    -----
    The result depends on which articles were added, not on their order.

    Examples
    --------
    >>> from claimtrack.testing import LetterEmbedder, SentenceExtractor, WordRelationModel
    >>> tracker = Tracker(
    ...     embedder=LetterEmbedder(), extractor=SentenceExtractor(), relation_model=WordRelationModel()
    ... )
    >>> added = tracker.add([Article(name="north.txt", text="The bridge will open in June.")])
    >>> [claim.text for claim in tracker.claims]
    ['The bridge will open in June.']
    """

    def __init__(
        self,
        *,
        embedder: Embedder | None = None,
        relation_model: RelationModel | None = None,
        extractor: Extractor | None = None,
        index: Index | None = None,
        store: Store | None = None,
        options: TrackerOptions | None = None,
        progress: Progress | None = None,
        families: Mapping[str, str] | None = None,
        clock: Callable[[], datetime.datetime] | None = None,
    ) -> None:
        self._embedder: Embedder | None = CachedEmbedder(embedder) if embedder is not None else None
        self._model = relation_model
        self._extractor = extractor
        self._index = index
        self._options = options or TrackerOptions()
        self._stages = Stages(progress)
        self._store: Store = store if store is not None else MemoryStore()
        self._families = read_families() if families is None else dict(families)
        self._clock = clock or _now
        self._live = LiveClaims(self._store, lambda: self.embedder, self._neighborhoods)
        self._cache_read = False
        self._closed = False
        self._waiting: set[tuple[str, str]] = set()
        self._unrelated = False
        self._outdated()

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        timeout: float = 5.0,
        read_only: bool = False,
        embedder: Embedder | None = None,
        relation_model: RelationModel | None = None,
        extractor: Extractor | None = None,
        index: Index | None = None,
        options: TrackerOptions | None = None,
        progress: Progress | None = None,
        families: Mapping[str, str] | None = None,
        clock: Callable[[], datetime.datetime] | None = None,
    ) -> Tracker:
        """Open a tracker that is kept on disk, or begin one.

        Parameters
        ----------
        path : path
            One SQLite file, and beside it what SQLite needs while it is open.
        timeout : float, in seconds, default 5.0
            How long to wait for another writer.
        read_only : bool, default False
            Look only: nothing can be added or removed, and no writer is waited for.
        embedder, relation_model, extractor, index, options, progress, families, clock
            As of :class:`Tracker`.

        Returns
        -------
        Tracker
            Close it, or use it with ``with``.

        Raises
        ------
        StoreError
            If the file is no store, of a newer schema, or open for writing elsewhere.

        Examples
        --------
        >>> import tempfile
        >>> from claimtrack.testing import LetterEmbedder, SentenceExtractor, WordRelationModel
        >>> parts = {
        ...     "embedder": LetterEmbedder(),
        ...     "extractor": SentenceExtractor(),
        ...     "relation_model": WordRelationModel(),
        ... }
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with Tracker.open(f"{folder}/desk.db", **parts) as tracker:
        ...         added = tracker.add([Article(name="north.txt", text="The bridge will open in June.")])
        ...     with Tracker.open(f"{folder}/desk.db", **parts) as tracker:
        ...         [claim.text for claim in tracker.claims]
        ['The bridge will open in June.']
        """
        with Stages(progress).stage("opening the store"):
            store = SqliteStore(path, timeout=timeout, read_only=read_only)
        return cls(
            embedder=embedder,
            relation_model=relation_model,
            extractor=extractor,
            index=index,
            store=store,
            options=options,
            progress=progress,
            families=families,
            clock=clock,
        )

    def close(self) -> None:
        """Let the store go, and keep its index beside it; closing twice, or a tracker in memory, is no error.

        Raises
        ------
        StoreError
            If the index can't be written. The store itself is complete then.
        """
        close = getattr(self._store, "close", None)
        if close is None or self._closed:
            return
        self._closed = True
        try:
            self._write_cache()
        except OSError as error:
            raise StoreError(f"{self._cache_path}: {error.strerror or error}; the store itself is complete.") from error
        finally:
            close()

    def __enter__(self) -> Tracker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- parts, built when they are first needed -------------------------------------------------------------------

    @property
    def embedder(self) -> Embedder:
        """The embedder in use."""
        if self._embedder is None:
            with self._stages.stage("loading the embedder"):
                self._embedder = CachedEmbedder(SentenceTransformerEmbedder())
            LOG.info("embedder: %s", self._embedder.name)
        return self._embedder

    @property
    def relation_model(self) -> RelationModel:
        """The relation model in use."""
        if self._model is None:
            with self._stages.stage("loading the relation model"):
                self._model = CascadeCrossEncoder()
            LOG.info("relation model: %s", self._model.name)
        return self._model

    @property
    def extractor(self) -> Extractor:
        """The extractor in use."""
        if self._extractor is None:
            with self._stages.stage("loading the extractor"):
                self._extractor = SpacyExtractor()
            LOG.info("extractor: %s", self._extractor.name)
        return self._extractor

    def _neighborhoods(self) -> Neighborhoods:
        index = self._index if self._index is not None else FaissIndex(self.embedder.dim)
        self._check_kept_embedder()
        return Neighborhoods(index, k=self._options.n_neighbors, min_similarity=self._options.min_similarity)

    @property
    def thresholds(self) -> Thresholds:
        """Thresholds in force, from the options or else as they came with the relation model."""
        if self._options.thresholds is not None:
            return self._options.thresholds
        own = getattr(self.relation_model, "thresholds", None)
        return own if isinstance(own, Thresholds) else Thresholds()

    # -- keeping ---------------------------------------------------------------------------------------------------

    def add(self, articles: Iterable[Article], *, relate: bool = True, update: bool = False) -> tuple[str, ...]:
        """Add articles: split them into claims, embed these and judge the near pairs.

        Parameters
        ----------
        articles : iterable of Article
            What :func:`claimtrack.read` gives, or articles made by hand. One that is kept already is left alone.
        relate : bool, default True
            False keeps the claims, searchable, and leaves the judging to :meth:`relate`.
        update : bool, default False
            True takes an article with the address of a kept one, or without an address with its name and outlet, for a new
            version of it: the claims of the old version end. They are kept, with the time of their end.

        Returns
        -------
        tuple of str
            Ids of the articles that are new, in the order given.

        Warns
        -----
        StaleJudgementsWarning
            If pairs in the store were judged otherwise than they would be now; :meth:`relate` judges them again.
        """
        if isinstance(articles, (str, bytes, Article)) or not isinstance(articles, Iterable):
            raise InvalidInputError(
                f"articles must be an iterable of Article; got {type(articles).__name__}.\nHint: read files with claimtrack.read(path)."
            )
        known = {article.id for article in self._store.articles()}
        new: dict[str, Article] = {}
        for article in articles:
            if not isinstance(article, Article):
                raise InvalidInputError(f"articles must hold Article records; got {type(article).__name__}.")
            if article.id not in known:
                new.setdefault(article.id, article)
        if new:
            self._take_over_cache()
            self._unrelated = True
            with self._stages.stage("extracting claims", len(new)) as tell:
                for done, article in enumerate(new.values(), start=1):
                    self._keep(article, self._versions_before(article) if update else ())
                    tell(done)
        if relate:
            self._relate(stale=False)
        return tuple(new)

    def _keep(self, article: Article, ends: Sequence[str]) -> None:
        claims = self.extractor.extract([article])[0]
        vectors = self.embedder.embed([claim.context for claim in claims])
        title = self.embedder.embed([article.title] if article.title else [])
        self._check_embedder()
        self._store.add_article(article, claims, vectors, title, at=self._clock(), ends=ends)
        self._outdated()

    def _versions_before(self, article: Article) -> tuple[str, ...]:
        """Give the kept articles that an article is a new version of."""

        def is_version(kept: Article) -> bool:
            if article.url or kept.url:
                return article.url == kept.url
            return (article.name, article.source) == (kept.name, kept.source)

        return tuple(kept.id for kept in self.articles if is_version(kept))

    def _check_embedder(self) -> None:
        """Refuse to mix vectors of two embedders in one store."""
        made = self._store.settings().get("embedder")
        if made is None:
            self._store.set_settings({"embedder": self.embedder.name})
        elif made != self.embedder.name:
            raise StoreError(
                f"the embedder must be the one that the store was made with, {made!r}; got {self.embedder.name!r}.\n"
                "Hint: open the store with that embedder, or begin a new one from the articles."
            )

    def remove(self, article_ids: Iterable[str]) -> None:
        """Forget articles, as if they had never been added.

        Where other claims move up among the nearest neighbours, they are judged; only claims that were added with
        ``relate=False`` go on waiting for :meth:`relate`. What people decided about the claims is kept, and counts again if
        the article comes back. A version that the article took the place of counts again.

        Raises
        ------
        InvalidInputError
            If an id is not kept; nothing is removed then.
        """
        ids = list(dict.fromkeys([article_ids] if isinstance(article_ids, str) else article_ids))
        known = {article.id for article in self._store.articles()}
        unknown = [i for i in ids if i not in known]
        if unknown:
            raise InvalidInputError(f"article_ids must be ids of kept articles; got {unknown[0]!r}.")
        if ids:
            self._take_over_cache()
            self._forget_cache()
            self._unsettle()
        for i in ids:
            self._store.remove_article(i)
            self._outdated()
        if self._unrelated:
            self._refreshed()  # what goes is noticed, should it come back before anything is related
        else:
            self._relate(stale=False)

    def _outdated(self) -> None:
        """Note that articles came or went."""
        self._live.outdate()
        self._settled = False
        self._pairs: tuple[tuple[str, str], ...] | None = None
        self._clusters: tuple[Cluster, ...] | None = None
        self._folds: list[Fold] | None = None
        self._hybrid: HybridIndex | None = None

    def _refreshed(self) -> LiveClaims:
        """Give the claims that count now, up to date with the store."""
        self._check_kept_embedder()
        if not self._live.is_current:
            with self._stages.stage("finding neighbours"):
                self._live.refresh(self._cached())
            settled = self._store.settings().get("judged")
            if settled and self._live.is_restored and settled == self._state:
                self._live.trust()
        return self._live

    def _check_kept_embedder(self) -> None:
        if "embedder" in self._store.settings() and self._embedder is not None:
            self._check_embedder()

    # -- the cache beside a store on disk ---------------------------------------------------------------------------

    @property
    def _cache_path(self) -> Path | None:
        path = getattr(self._store, "path", None)
        return path.with_name(path.name + "-index") if isinstance(path, Path) else None

    def _cached(self) -> SavedNeighborhoods | None:
        checksum = self._store.settings().get("index")
        if self._cache_path is None or not checksum or self._cache_read:
            return None
        self._cache_read = True
        return read_neighborhoods(self._cache_path, checksum)

    def _take_over_cache(self) -> None:
        """Take over the neighbourhoods while the store holds the claims that they are of."""
        if self._cache_path is not None and not self._cache_read and "index" in self._store.settings():
            self._refreshed()

    def _write_cache(self) -> None:
        """Keep the neighbourhoods beside the store, and note that all is judged, so that the next start need not find out."""
        if self._cache_path is None or getattr(self._store, "read_only", True) or not self._live.is_current:
            return
        if len(self._live.neighborhoods) and self._live.changed:
            checksum = write_neighborhoods(self._cache_path, self._live.neighborhoods.save())
            self._store.set_settings({"index": checksum})
        if self._settled and self._store.settings().get("judged") != (state := self._state):
            self._store.set_settings({"judged": state})

    @property
    def _state(self) -> str:
        """Name what is near, what is read of it, and who judges it: a store that was settled so need not be gone through."""
        return f"{self._live.digest} {self._judge_name}"

    def _unsettle(self) -> None:
        """Note, before pairs go or are judged, that the store may hold candidates that were not judged."""
        self._settled = False
        if self._store.settings().get("judged"):
            self._store.set_settings({"judged": ""})

    def _forget_cache(self) -> None:
        """Take the file away before what it tells of is removed."""
        if self._cache_path is not None and not getattr(self._store, "read_only", True):
            self._cache_path.unlink(missing_ok=True)

    # -- relating --------------------------------------------------------------------------------------------------

    @property
    def names(self) -> NameTable:
        """Names that the kept articles use for one another."""
        return self._refreshed().names

    def candidates(self) -> tuple[tuple[str, str], ...]:
        """Give the pairs of claims that are near enough to be judged, by id; each unordered pair once."""
        if self._pairs is None:
            self._pairs = tuple(self._refreshed().neighborhoods.pairs())
        return self._pairs

    def relate(self) -> int:
        """Judge the candidate pairs that have not been judged yet, or not by this model, these rules and these thresholds.

        Returns
        -------
        int
            Number of pairs that were judged now, both directions counting once.
        """
        return self._relate(stale=True)

    def _relate(self, *, stale: bool) -> int:
        live = self._refreshed()
        self._waiting = live.neighborhoods.near(self._waiting | live.take_doubtful())
        pairs = sorted(self._waiting)
        keys = self._keys([(live.text(a), live.text(b)) for a, b in pairs]) if pairs else []
        todo: list[tuple[str, str]] = []
        left: set[tuple[str, str]] = set()
        key_of = dict(zip(pairs, keys, strict=True))
        for pair, known in zip(pairs, self._store.judged_as(pairs), strict=True):
            if known is None or (known != key_of[pair] and (stale or not self._is_foreign)):
                todo.append(pair)
            elif known != key_of[pair]:
                left.add(pair)
        self._judge(todo, key_of)
        self._waiting = left
        self._settled = not left
        self._unrelated = False
        if left:
            made = self._store.settings().get("judge", "")
            warnings.warn(
                f"{len(left)} pairs were judged by {made}; now {self._judge_name}. Tracker.relate() judges them again.",
                StaleJudgementsWarning,
                stacklevel=3,
            )
        elif (todo or stale) and self._store.settings().get("judge") != self._judge_name and self._may_write:
            self._store.set_settings({"judge": self._judge_name})
        return len(todo)

    def _judge(self, todo: Sequence[tuple[str, str]], key_of: Mapping[tuple[str, str], str]) -> None:
        if not todo:
            return
        live = self._live
        self._clusters = None
        self._unsettle()
        days = {article.id: article.published for article in self._store.articles()}
        claims = {i: live.claims[i] for pair in todo for i in pair}
        published = {i: days[claim.article_id] for i, claim in claims.items()}
        texts = {i: live.text(i) for i in claims}
        with self._stages.stage("judging pairs", len(todo)) as tell:
            for start in range(0, len(todo), _PAIRS_AT_ONCE):
                some = todo[start : start + _PAIRS_AT_ONCE]
                done = judge_claims(some, claims, texts, self.relation_model, self.thresholds, published=published)
                self._store.add_judgements(
                    Judgement(forward=judged.forward, backward=judged.backward, key=key_of[pair])
                    for pair, judged in zip(some, done, strict=True)
                )
                tell(start + len(some))

    @property
    def _judge_name(self) -> str:
        return f"{self.relation_model.name}, rules {RULES_VERSION}, {self.thresholds!r}"

    @property
    def _is_foreign(self) -> bool:
        """Whether the store's pairs were judged by another model, other rules or other thresholds."""
        made = self._store.settings().get("judge")
        return made is not None and made != self._judge_name

    @property
    def _may_write(self) -> bool:
        return not getattr(self._store, "read_only", False)

    def _keys(self, texts: Iterable[tuple[str, str]]) -> list[str]:
        """Name what each pair is judged as: what the model reads, the model, the rules and the thresholds."""

        def part(text: str) -> bytes:
            return text.encode("utf-8", "surrogatepass") + b"\x00"

        judge = part(self._judge_name)
        return [hashlib.blake2b(part(one) + part(two) + judge, digest_size=12).hexdigest() for one, two in texts]

    # -- reading ---------------------------------------------------------------------------------------------------

    @property
    def articles(self) -> tuple[Article, ...]:
        """Kept articles, by id; of an article with several versions the last."""
        ended = {version.article_id for version in self._store.versions()}
        return tuple(article for article in self._store.articles() if article.id not in ended)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Kept claims of these articles, by article id, then by place."""
        ended = {version.article_id for version in self._store.versions()}
        return tuple(claim for claim in self._store.claims() if claim.article_id not in ended)

    @property
    def versions(self) -> tuple[Version, ...]:
        """Old versions of articles, with what took their place and when."""
        return tuple(self._store.versions())

    def article(self, article_id: str) -> Article:
        """Give a kept article, old versions too.

        Raises
        ------
        InvalidInputError
            If none has this id.
        """
        for article in self._store.articles():
            if article.id == article_id:
                return article
        raise InvalidInputError(f"article_id must be that of a kept article; got {article_id!r}.")

    @property
    def judged(self) -> tuple[Relation, ...]:
        """All judged candidate pairs as people corrected them, neutral ones too, by premise id, then hypothesis id."""
        return self._standing(self._store.relations())

    def _standing(self, relations: Sequence[Relation]) -> tuple[Relation, ...]:
        """Give those of some kept relations whose claims are near each other now, with what people decided laid over."""
        live = self._refreshed()
        near = live.neighborhoods.near({relation.pair for relation in relations})
        found = [relation for relation in relations if relation.pair in near]
        return tuple(corrected_relations(found, self._store.corrections(), live.claims))

    def _told(self, *, with_chains: bool) -> tuple[Relation, ...]:
        """Give of :attr:`judged` the pairs that are more than plainly neutral, and those among claims people decided on.

        With chains, also all pairs among claims that entail each other. Clusters depend on no more than that: between
        claims that nothing could join, a neutral pair parts nothing.
        """
        telling = self._store.relations(telling=True)
        chained = {id_ for made in self._store.corrections() for id_ in made.pair}
        if with_chains:
            chained |= {id_ for relation in telling if relation.label is Label.ENTAILMENT for id_ in relation.pair}
        found = {(r.premise_id, r.hypothesis_id): r for r in (*telling, *self._store.relations(among=chained))}
        return self._standing([found[pair] for pair in sorted(found)])

    @property
    def relations(self) -> tuple[Relation, ...]:
        """Entailments, contradictions and updates of a count among the judged pairs, by premise id, then hypothesis id."""
        return tuple(relation for relation in self._told(with_chains=False) if relation.is_telling)

    @property
    def clusters(self) -> tuple[Cluster, ...]:
        """Clusters, the disputed ones first; empty until pairs were judged.

        What became of clusters since they were last asked for is noted in :attr:`lineage`, unless the store is read only.
        """
        if self._clusters is None:
            live = self._refreshed()
            corrections = self._store.corrections()
            options = ClusterOptions(
                min_p_both=self.thresholds.pair_entailment,
                p_even=min(0.99, max(0.01, self.thresholds.entailment)),
            )
            with self._stages.stage("clustering"):
                made = cluster(
                    self.claims,
                    self._told(with_chains=True),
                    self.articles,
                    options=options,
                    copies=self._copies(),
                    speakers=live.speakers,
                    families=self._families,
                    joined=pairs_joined(corrections, live.claims),
                    parted=pairs_parted(corrections, live.claims),
                )
            self._clusters = tuple(made)
            self._note_lineage()
        return self._clusters

    def _copies(self) -> list[Fold]:
        if self._folds is None:
            self._folds = corrected_folds(find_copies(self.articles), self._store.corrections(), self.articles)
        return self._folds

    def _note_lineage(self) -> None:
        if not self._may_write:
            return
        seen = self._store.seen_clusters()
        now = {made.id: tuple(sorted(claim.id for claim in made.claims)) for made in self._clusters or ()}
        if now != seen:
            before, after = ({i: frozenset(c) for i, c in kept.items()} for kept in (seen, now))
            self._store.see_clusters(now, lineage(before, after, self._clock()))

    @property
    def lineage(self) -> tuple[LineageEvent, ...]:
        """What became of clusters, in the order it was noticed. It depends on when clusters were asked for."""
        return tuple(self._store.lineage())

    # -- for other programs -----------------------------------------------------------------------------------------

    @property
    def records(self) -> tuple[Exported, ...]:
        """All that the tracker tells, for the functions of ``claimtrack.export``: articles first, its history last."""
        return (
            *self.articles,
            *self.claims,
            *self.relations,
            *self.clusters,
            *self.corrections,
            *self.versions,
            *self.lineage,
        )

    def to_pandas(self) -> dict[str, pd.DataFrame]:
        """Make data frames of articles, claims, relations and clusters, see :func:`claimtrack.export.to_pandas`."""
        return to_pandas(self.records)

    def to_networkx(self) -> nx.DiGraph[str]:
        """Make a graph of claims and relations, see :func:`claimtrack.export.to_networkx`."""
        return to_networkx(self.records)

    # -- over time -------------------------------------------------------------------------------------------------

    def timeline(self, cluster_id: str) -> Timeline:
        """Tell how a cluster came about: when each side appeared, who changed sides, figures over time, what was withdrawn.

        Parameters
        ----------
        cluster_id : str
            Also the id that a cluster had before it got another one, see :attr:`lineage`.

        Raises
        ------
        InvalidInputError
            If there is no such cluster.
        """
        found = self.cluster(cluster_id)
        told = timeline(found, self.articles, speakers=self._live.speakers)
        ended = {version.article_id: version for version in self._store.versions()}
        own = {claim.id for claim in found.claims}
        linked = {
            pair[0] if pair[1] in own else pair[1]
            for r in self._store.relations(telling=True)
            if r.label is Label.ENTAILMENT and own.intersection(pair := r.pair)
        }
        withdrawn = [
            Withdrawal(
                claim=claim,
                outlet=self.article(claim.article_id).outlet,
                date=ended[claim.article_id].at.astimezone(datetime.UTC).date().isoformat(),
            )
            for article_id in sorted(ended)
            for claim in self._store.claims(article_id=article_id)
            if claim.id in linked
        ]
        return attrs.evolve(told, withdrawn=tuple(sorted(withdrawn, key=lambda gone: (gone.date, gone.claim.id))))

    def cluster(self, cluster_id: str) -> Cluster:
        """Give a cluster by its id, or by one that it had before.

        Raises
        ------
        InvalidInputError
            If there is none.
        """
        by_id = {made.id: made for made in self.clusters}
        wanted = cluster_id
        for event in self._store.lineage():
            if wanted not in by_id and wanted in event.from_ids and len(event.into_ids) == 1:
                wanted = event.into_ids[0]
        if wanted not in by_id:
            raise InvalidInputError(f"cluster_id must be that of a cluster; got {cluster_id!r}.")
        return by_id[wanted]

    def changes(self, since: datetime.datetime) -> Changes:
        """Tell what articles that were added after a point in time have brought.

        Parameters
        ----------
        since : datetime with a time zone

        Returns
        -------
        Changes
            New clusters, new contradictions, and sides that gained an outlet.

        Raises
        ------
        InvalidInputError
            If `since` has no time zone.
        """
        return changes(self.clusters, self.articles, self._store.added(), since, speakers=self._refreshed().speakers)

    # -- decisions of people ----------------------------------------------------------------------------------------

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What people decided, by time."""
        return tuple(self._store.corrections())

    def correct(
        self,
        action: Action | str,
        first_id: str,
        second_id: str,
        *,
        by: str,
        label: Label | str | None = None,
        kind: Kind | str | None = None,
        note: str | None = None,
    ) -> Correction:
        """Keep a person's decision about two claims or two articles; every later run respects it.

        Parameters
        ----------
        action : Action or its value
            See :class:`Action`.
        first_id, second_id : str
            Claims that are kept, or with ``copies`` and ``independent`` articles.
        by : str
            Who decided.
        label : Label or its value, optional
            With ``retype``, what the relation is; ``confirm`` takes what it is now.
        kind : Kind or its value, optional
            With ``retype`` to a contradiction, what it turns on; ``other`` if it is left out.
        note : str, optional
            Why.

        Returns
        -------
        Correction
            It takes the place of an earlier one about the same two.

        Raises
        ------
        InvalidInputError
            If a value is wrong, an id is not kept, or ``confirm`` is said of a pair that was not judged.
        """
        try:
            action = Action(action)
            label = Label(label) if label is not None else None
            kind = Kind(kind) if kind is not None else None
        except ValueError as error:
            raise InvalidInputError(f"{error}.") from None
        self._check_ids(action, first_id, second_id)
        if action is Action.CONFIRM:
            label, kind = self._as_judged(first_id, second_id)
        elif action is Action.RETYPE and label is Label.CONTRADICTION and kind is None:
            kind = Kind.OTHER
        one, two = sorted((first_id, second_id))
        try:
            correction = Correction(
                action=action,
                first_id=one,
                second_id=two,
                label=label,
                kind=kind,
                by=by,
                at=self._clock(),
                note=note,
            )
        except (TypeError, ValueError) as error:
            raise InvalidInputError(str(error)) from None
        self.keep_correction(correction)
        return correction

    def keep_correction(self, correction: Correction) -> None:
        """Keep a decision that was made elsewhere, as it is; of claims that are not there it waits for them."""
        self._store.add_correction(correction)
        self._decided()

    def undo(self, correction_id: str) -> None:
        """Forget a person's decision.

        Raises
        ------
        InvalidInputError
            If there is none with this id.
        """
        if not self._store.remove_correction(correction_id):
            raise InvalidInputError(f"correction_id must be that of a kept correction; got {correction_id!r}.")
        self._decided()

    def _decided(self) -> None:
        self._clusters = None
        self._folds = None

    def _check_ids(self, action: Action, first_id: str, second_id: str) -> None:
        what = "articles" if action.is_about_articles else "claims"
        known = {kept.id for kept in (self.articles if action.is_about_articles else self.claims)}
        for id_ in (first_id, second_id):
            if id_ not in known:
                raise InvalidInputError(f"{action.value} must be said of kept {what}; got {id_!r}.")
        if first_id == second_id:
            raise InvalidInputError(f"{action.value} must be said of two {what}; got {first_id!r} twice.")

    def _as_judged(self, first_id: str, second_id: str) -> tuple[Label, Kind | None]:
        """Give what a pair was judged to be; a contradiction or an entailment in either direction."""
        pair = (min(first_id, second_id), max(first_id, second_id))
        found = [relation for relation in self._standing(self._store.relations(among=pair)) if relation.pair == pair]
        if not found:
            raise InvalidInputError(f"confirm must be said of a judged pair; got {first_id!r}, {second_id!r}.")
        for label in (Label.CONTRADICTION, Label.ENTAILMENT):
            for relation in found:
                if relation.label is label:
                    return label, relation.kind
        return Label.NEUTRAL, found[0].kind

    def info(self) -> dict[str, object]:
        """Give how much is kept, and what it was made with.

        Returns
        -------
        dict
            Counts of articles, old versions, claims, judged pairs and corrections, first and last date, outlets, when the
            last article was taken in, and the parts by name. Nothing is computed for it.
        """
        articles = self.articles
        dates = sorted(article.published for article in articles if article.published)
        added = self._store.added()
        settings = self._store.settings()
        return {
            "articles": len(articles),
            "old versions": len(self._store.versions()),
            "claims": len(self.claims),
            "judged pairs": self._store.count_judgements(),
            "clusters when last seen": len(self._store.seen_clusters()),
            "corrections": len(self._store.corrections()),
            "outlets": len({article.outlet for article in articles}),
            "published": f"{dates[0]} to {dates[-1]}" if dates else "undated",
            "undated": len(articles) - len(dates),
            "last added": max(added.values()).isoformat(timespec="seconds") if added else "never",
            "embedder": settings.get("embedder", "none yet"),
            "judge": settings.get("judge", "none yet"),
        }

    # -- asking ----------------------------------------------------------------------------------------------------

    def search(self, query: str, *, k: int = 20) -> tuple[Hit, ...]:
        """Find the kept claims that a query asks for, by their meaning and by their words.

        Parameters
        ----------
        query : str
            Not empty. Words to look for, a question or a statement; nothing in it is an operator.
        k : int, at least 1, default 20

        Returns
        -------
        tuple of Hit
            Best first: two rankings, by cosine and by BM25, fused by the reciprocals of their places; ties by claim id. In
            both a claim is helped by its article's title. The hits' similarity is the cosine alone, so it does not fall
            steadily.

        Notes
        -----
        Exact; see :class:`claimtrack.index.HybridIndex`, which is built at the first search after articles were added
        or removed: some 2 s for 50,000 claims.
        """
        if not isinstance(query, str) or not query.strip():
            raise InvalidInputError(f"query must be a text that is not empty; got {query!r}.")
        _check_k(k)
        index = self._searched()
        if not len(index):
            return ()
        vector = self.embedder.embed([query])[0]
        self._check_kept_embedder()
        return tuple(index.search(query, vector, k=k))

    def _searched(self) -> HybridIndex:
        if self._hybrid is None:
            claims = self.claims
            titles = {
                article.id: (article.title or "", self._store.title_vector(article.id)) for article in self.articles
            }
            with self._stages.stage("indexing words"):
                self._hybrid = HybridIndex(
                    claims,
                    self._store.vectors([claim.id for claim in claims]),
                    {i: (title, rows[0]) for i, (title, rows) in titles.items() if len(rows)},
                )
        return self._hybrid

    def check(self, claim: str, *, k: int = 50) -> Assessment:
        """Hold a claim against the kept claims.

        Parameters
        ----------
        claim : str
            One statement, not empty.
        k : int, at least 1, default 50
            How many of the nearest kept claims are judged.

        Returns
        -------
        Assessment
        """
        if not isinstance(claim, str) or not claim.strip():
            raise InvalidInputError(f"claim must be a text that is not empty; got {claim!r}.")
        _check_k(k)
        return self._assessed(claim, k)

    def check_text(self, text: str, *, k: int = 50) -> tuple[Assessment, ...]:
        """Split a text into claims, and hold each against the kept claims.

        Parameters
        ----------
        text : str
            A paragraph, a speech or an article, not empty. It is not kept.
        k : int, at least 1, default 50
            How many of the nearest kept claims are judged for each.

        Returns
        -------
        tuple of Assessment
            In the order of the text; of claims that read alike the first. Empty if the text holds no claim.
        """
        if not isinstance(text, str) or not text.strip():
            raise InvalidInputError(f"text must be a text that is not empty; got {text!r}.")
        _check_k(k)
        claims = self.extractor.extract([Article(name="text in question", text=text)])[0]
        return tuple(self._assessed(one, k) for one in dict.fromkeys(claim.text for claim in claims))

    def _assessed(self, claim: str, k: int) -> Assessment:
        live = self._refreshed()
        read_as = live.names.apply(claim)
        vector = self.embedder.embed([read_as])
        found = live.neighborhoods.search(vector, k=k) if live.claims else []
        hits = [Hit(claim=live.claims[n.id], similarity=n.similarity) for n in found]
        articles = {article.id: article for article in self.articles}
        counter = SourceCounter(
            articles.values(), copies=self._copies(), families=self._families, speakers=live.speakers
        )
        with self._stages.stage("checking"):
            return assess(
                claim,
                read_as,
                hits,
                {hit.claim.id: live.text(hit.claim.id) for hit in hits},
                self.relation_model,
                self.thresholds,
                articles=articles,
                counter=counter,
            )


def _check_k(k: object) -> None:
    if isinstance(k, bool) or not isinstance(k, int) or k < 1:
        raise InvalidInputError(f"k must be an int of at least 1; got {k!r}.")
