"""The tracker: wires the parts together, and holds no algorithm of its own."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from types import TracebackType

import attrs
import numpy as np
from attrs import validators as v

from claimtrack.checking import assess
from claimtrack.clustering import ClusterOptions, cluster
from claimtrack.embedding import CachedEmbedder, Embedder, SentenceTransformerEmbedder
from claimtrack.errors import InvalidInputError
from claimtrack.extraction import Extractor, SpacyExtractor
from claimtrack.independence import fold_copies
from claimtrack.index import FaissIndex, Index, candidate_pairs
from claimtrack.names import NameMentions, NameTable, join_names, name_mentions
from claimtrack.records import Article, Assessment, Claim, Cluster, Hit, Kind, Label, Relation
from claimtrack.relations import OnnxCrossEncoder, RelationModel, Thresholds, judge_claims
from claimtrack.store import MemoryStore, SqliteStore, Store

__all__ = ["Progress", "Tracker", "TrackerOptions"]

Progress = Callable[[str, int, int], None]
"""Called with the stage, what is done and what there is to do."""


@attrs.frozen(kw_only=True)
class TrackerOptions:
    """What the tracker holds for near, and at what probability it decides.

    Parameters
    ----------
    min_similarity : float in [-1, 1], default 0.4
        Lowest cosine similarity of a pair that is judged, the bound included. Not a probability.
    n_neighbors : int, at least 1, default 30
        A pair is judged if one claim is among this many nearest of the other.
    thresholds : Thresholds or None
        None takes those that came with the relation model (the defaults of :class:`Thresholds` if it has none).
    """

    min_similarity: float = attrs.field(default=0.4, validator=[v.instance_of(float), v.ge(-1.0), v.le(1.0)])
    n_neighbors: int = attrs.field(default=30, validator=[v.instance_of(int), v.ge(1)])
    thresholds: Thresholds | None = attrs.field(default=None, validator=v.optional(v.instance_of(Thresholds)))


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
    ) -> None:
        self._embedder: Embedder | None = CachedEmbedder(embedder) if embedder is not None else None
        self._model = relation_model
        self._extractor = extractor
        self._index = index
        self._options = options or TrackerOptions()
        self._progress: Progress = progress or (lambda _stage, _done, _total: None)
        self._store: Store = store if store is not None else MemoryStore()
        self._pending = False
        self._names: NameTable | None = None
        self._mentions: dict[str, NameMentions] = {}
        self._indexed: dict[str, str] = {}
        self._filled = False
        self._pairs: tuple[tuple[str, str], ...] | None = None
        self._clusters: tuple[Cluster, ...] | None = None

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
        embedder, relation_model, extractor, index, options, progress
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
        return cls(
            embedder=embedder,
            relation_model=relation_model,
            extractor=extractor,
            index=index,
            store=SqliteStore(path, timeout=timeout, read_only=read_only),
            options=options,
            progress=progress,
        )

    def close(self) -> None:
        """Let the store go; closing twice, or a tracker in memory, is no error."""
        close = getattr(self._store, "close", None)
        if close is not None:
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
            self._progress("loading the embedder", 0, 1)
            self._embedder = CachedEmbedder(SentenceTransformerEmbedder())
        return self._embedder

    @property
    def relation_model(self) -> RelationModel:
        """The relation model in use."""
        if self._model is None:
            self._progress("loading the relation model", 0, 1)
            self._model = OnnxCrossEncoder()
        return self._model

    @property
    def extractor(self) -> Extractor:
        """The extractor in use."""
        if self._extractor is None:
            self._progress("loading the extractor", 0, 1)
            self._extractor = SpacyExtractor()
        return self._extractor

    @property
    def index(self) -> Index:
        """The index in use."""
        if self._index is None:
            self._index = FaissIndex(self.embedder.dim)
        if not self._filled:
            claims = self._store.claims()
            if claims:
                self._index.add([claim.id for claim in claims], self._store.vectors([claim.id for claim in claims]))
            self._indexed = {claim.id: claim.context for claim in claims}
            self._filled = True
        return self._index

    @property
    def thresholds(self) -> Thresholds:
        """Thresholds in force, from the options or else as they came with the relation model."""
        if self._options.thresholds is not None:
            return self._options.thresholds
        own = getattr(self.relation_model, "thresholds", None)
        return own if isinstance(own, Thresholds) else Thresholds()

    # -- keeping ---------------------------------------------------------------------------------------------------

    def add(self, articles: Iterable[Article], *, relate: bool = True) -> tuple[str, ...]:
        """Add articles: split them into claims, embed these and judge the near pairs.

        Parameters
        ----------
        articles : iterable of Article
            What :func:`claimtrack.read` gives, or articles made by hand. One that is kept already is left alone.
        relate : bool, default True
            False keeps the claims, searchable, and leaves the judging to :meth:`relate`.

        Returns
        -------
        tuple of str
            Ids of the articles that are new, in the order given.
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
            self._pending = True
            self._changed()
        for done, article in enumerate(new.values()):
            self._progress("extracting claims", done, len(new))
            self._keep(article)
        if new:
            self._progress("extracting claims", len(new), len(new))
        if relate:
            self.relate()
        return tuple(new)

    def _keep(self, article: Article) -> None:
        claims = self.extractor.extract([article])[0]
        vectors = self.embedder.embed([claim.context for claim in claims])
        title = self.embedder.embed([article.title] if article.title else [])
        index = self.index  # with what the store held before
        self._store.add_article(article, claims, vectors, title)
        index.add([claim.id for claim in claims], vectors)
        self._indexed |= {claim.id: claim.context for claim in claims}

    def remove(self, article_ids: Iterable[str]) -> None:
        """Forget articles, as if they had never been added.

        Where other claims move up among the nearest neighbours, they are judged; only claims that were added with
        ``relate=False`` go on waiting for :meth:`relate`.

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
        for i in ids:
            gone = {claim.id for claim in self._store.claims(article_id=i)}
            self.index.remove(sorted(gone))
            self._store.remove_article(i)
            self._mentions.pop(i, None)
            self._indexed = {claim: text for claim, text in self._indexed.items() if claim not in gone}
        self._changed()
        if not self._pending:
            self.relate()

    def _changed(self) -> None:
        self._names = None
        self._pairs = None
        self._clusters = None

    # -- relating --------------------------------------------------------------------------------------------------

    @property
    def names(self) -> NameTable:
        """Names that the kept articles use for one another."""
        if self._names is None:
            for article in self._store.articles():
                if article.id not in self._mentions:
                    self._mentions[article.id] = name_mentions(f"{article.title or ''}\n{article.text}")
            self._names = join_names(self._mentions.values())
        return self._names

    def _reindex(self) -> dict[str, str]:
        """Bring the index up to date with the names in use; give what each claim is embedded as."""
        texts = {claim.id: self.names.apply(claim.context) for claim in self._store.claims()}
        index = self.index  # filled before its texts are asked for
        stale = sorted(i for i, text in texts.items() if self._indexed[i] != text)
        if stale:
            vectors = self.embedder.embed([texts[i] for i in stale])
            index.remove(stale)
            index.add(stale, vectors)
            self._indexed |= {i: texts[i] for i in stale}
        return texts

    def _read_as(self) -> dict[str, str]:
        """Give what the relation model reads for each claim: its own text, names in one spelling."""
        return {claim.id: self.names.apply(claim.text) for claim in self._store.claims()}

    def _speakers(self) -> dict[str, str]:
        """Give each speaker's one name in all articles: two spellings of it are one speaker."""
        return {claim.speaker: self.names.canonical(claim.speaker) for claim in self._store.claims() if claim.speaker}

    def candidates(self) -> tuple[tuple[str, str], ...]:
        """Give the pairs of claims that are near enough to be judged, by id; each unordered pair once."""
        if self._pairs is None:
            claims = self._store.claims()
            texts = self._reindex()
            speakers = self._speakers()
            ids = [claim.id for claim in claims]
            found = candidate_pairs(
                self.index,
                ids,
                self.embedder.embed([texts[i] for i in ids]),
                {claim.id: (claim.article_id, claim.speaker and speakers[claim.speaker]) for claim in claims},
                k=self._options.n_neighbors,
                min_similarity=self._options.min_similarity,
                texts=texts,
            )
            self._pairs = tuple((pair.id_a, pair.id_b) for pair in found)
        return self._pairs

    def relate(self) -> int:
        """Judge the candidate pairs that have not been judged yet.

        Returns
        -------
        int
            Number of pairs that were judged now, both directions counting once.
        """
        pairs = self.candidates()
        texts = self._read_as()
        keys = {(a, b): self._key(texts[a], texts[b]) for a, b in pairs}
        known = self._store.judgements()
        todo = [pair for pair in pairs if known.get(pair) != keys[pair]]
        claims = {claim.id: claim for claim in self._store.claims()}
        days = {article.id: article.published for article in self._store.articles()}
        published = {claim.id: days[claim.article_id] for claim in claims.values()}
        if todo:
            self._clusters = None
        step = 512
        for start in range(0, len(todo), step):
            self._progress("judging pairs", start, len(todo))
            some = todo[start : start + step]
            done = judge_claims(some, claims, texts, self.relation_model, self.thresholds, published=published)
            self._store.add_relations(
                (relation for pair in done for relation in (pair.forward, pair.backward)),
                {pair: keys[pair] for pair in some},
            )
        if todo:
            self._progress("judging pairs", len(todo), len(todo))
        self._pending = False
        return len(todo)

    def _key(self, one: str, two: str) -> str:
        """Name what a pair is judged as: what the model reads, the model, and the thresholds."""
        digest = hashlib.blake2b(digest_size=12)
        for part in (one, two, self.relation_model.name, repr(self.thresholds)):
            digest.update(part.encode("utf-8", "surrogatepass") + b"\x00")
        return digest.hexdigest()

    # -- reading ---------------------------------------------------------------------------------------------------

    @property
    def articles(self) -> tuple[Article, ...]:
        """Kept articles, by id."""
        return tuple(self._store.articles())

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Kept claims, by article id, then by place."""
        return tuple(self._store.claims())

    @property
    def judged(self) -> tuple[Relation, ...]:
        """All judged candidate pairs, neutral ones too, by premise id, then hypothesis id."""
        pairs = set(self.candidates())
        return tuple(r for r in self._store.relations() if tuple(sorted((r.premise_id, r.hypothesis_id))) in pairs)

    @property
    def relations(self) -> tuple[Relation, ...]:
        """Entailments, contradictions and updates of a count among the judged pairs, by premise id, then hypothesis id."""
        return tuple(r for r in self.judged if r.label is not Label.NEUTRAL or r.kind is Kind.UPDATE)

    @property
    def clusters(self) -> tuple[Cluster, ...]:
        """Clusters, the disputed ones first; empty until pairs were judged."""
        if self._clusters is None:
            articles = self._store.articles()
            self._clusters = tuple(
                cluster(
                    self._store.claims(),
                    self.judged,
                    articles,
                    options=ClusterOptions(
                        min_p_both=self.thresholds.pair_entailment,
                        p_even=min(0.99, max(0.01, self.thresholds.entailment)),
                    ),
                    copies=fold_copies(articles),
                    speakers=self._speakers(),
                )
            )
        return self._clusters

    # -- asking ----------------------------------------------------------------------------------------------------

    def search(self, query: str, *, k: int = 20) -> tuple[Hit, ...]:
        """Find the kept claims nearest to a query.

        Parameters
        ----------
        query : str
            Not empty.
        k : int, at least 1, default 20

        Returns
        -------
        tuple of Hit
            Best first. A claim counts with the better of its own similarity and that of its article's title; ties by its
            own similarity, then by claim id.
        """
        if not isinstance(query, str) or not query.strip():
            raise InvalidInputError(f"query must be a text that is not empty; got {query!r}.")
        _check_k(k)
        claims = self._store.claims()
        if not claims:
            return ()
        vector = self.embedder.embed([query])[0].astype(np.float64)
        own = self._store.vectors([claim.id for claim in claims]).astype(np.float64) @ vector
        titles = {a.id: self._store.title_vector(a.id).astype(np.float64) @ vector for a in self._store.articles()}
        hits = []
        for claim, similarity in zip(claims, own, strict=True):
            best = max([float(similarity), *(float(t) for t in titles[claim.article_id])])
            hits.append((Hit(claim=claim, similarity=round(min(1.0, best), 6)), float(similarity)))
        hits.sort(key=lambda pair: (-pair[0].similarity, -round(pair[1], 6), pair[0].claim.id))
        return tuple(hit for hit, _ in hits[:k])

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
        self._reindex()
        read_as = self.names.apply(claim)
        vector = self.embedder.embed([read_as])
        found = (
            self.index.search(vector, k=k, min_similarity=self._options.min_similarity)[0] if len(self.index) else []
        )
        claims = {kept.id: kept for kept in self._store.claims()}
        hits: Sequence[Hit] = [Hit(claim=claims[n.id], similarity=n.similarity) for n in found]
        return assess(claim, read_as, hits, self._read_as(), self.relation_model, self.thresholds)


def _check_k(k: object) -> None:
    if isinstance(k, bool) or not isinstance(k, int) or k < 1:
        raise InvalidInputError(f"k must be an int of at least 1; got {k!r}.")
