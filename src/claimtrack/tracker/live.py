"""The claims that count now: how each reads with the names in use, and which of them are near one another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

from claimtrack.embedding import Embedder
from claimtrack.index import Neighborhoods, Placed, SavedNeighborhoods
from claimtrack.names import NamedTexts, NameTable, NameTally, join_tally, name_mentions
from claimtrack.records import Article, Claim
from claimtrack.store import Store

__all__ = ["LiveClaims", "text_digest"]


def text_digest(text: str) -> str:
    """Give a short digest of what a claim is embedded as."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class LiveClaims:
    """Keeps what follows from the articles of a store, and brings it up to date at the cost of what changed.

    Parameters
    ----------
    store : Store
    make_embedder : callable
        Gives the embedder; called when there is something to embed.
    make_neighborhoods : callable
        Gives empty neighbourhoods; called when they are first needed.

    Attributes
    ----------
    claims : dict of str to Claim
        Claims of all articles but old versions, as of the last :meth:`refresh`.
    names : NameTable
        Names that these articles use for one another, likewise.
    """

    def __init__(
        self, store: Store, make_embedder: Callable[[], Embedder], make_neighborhoods: Callable[[], Neighborhoods]
    ) -> None:
        self._store = store
        self._make_embedder = make_embedder
        self._make_neighborhoods = make_neighborhoods
        self._neighborhoods: Neighborhoods | None = None
        self._tally = NameTally()
        self._claims_of: dict[str, tuple[str, ...]] = {}
        self._read = NamedTexts()
        self._embedded = NamedTexts()
        self._speakers = NamedTexts(speakers=True)
        self._spoken: dict[str, set[str]] = {}
        self._doubtful: set[tuple[str, str]] = set()
        self._all_doubtful = False
        # What was taken in and has not come to the neighbourhoods yet: an embedder may fail in between.
        self._gone: set[str] = set()
        self._fresh: set[str] = set()
        self._reread: set[str] = set()
        self._current = False
        self._changed = False
        self.claims: dict[str, Claim] = {}
        self.names = NameTable()

    def outdate(self) -> None:
        """Note that the store holds other articles now."""
        self._current = False

    @property
    def is_current(self) -> bool:
        """Whether the store holds the articles of the last :meth:`refresh`."""
        return self._current

    @property
    def changed(self) -> bool:
        """Whether the neighbourhoods are other ones than were restored."""
        return self._changed

    @property
    def neighborhoods(self) -> Neighborhoods:
        """Who is near whom, as of the last :meth:`refresh`."""
        if self._neighborhoods is None:
            self._neighborhoods = self._make_neighborhoods()
        return self._neighborhoods

    def text(self, claim_id: str) -> str:
        """Give what the relation model reads for a claim: its own text with the names in use."""
        return self._read[claim_id]

    @property
    def speakers(self) -> dict[str, str]:
        """Give every speaker's one name."""
        return {name: self._speakers[name] for name in self._spoken}

    def take_doubtful(self) -> set[tuple[str, str]]:
        """Give the pairs that may have to be judged since this was asked last; some may be near no more."""
        doubtful, self._doubtful = self._doubtful, set()
        if self._all_doubtful:
            self._all_doubtful = False
            doubtful |= set(self.neighborhoods.pairs())
        return doubtful

    @property
    def is_restored(self) -> bool:
        """Whether neighbourhoods were taken over, and their pairs have not been asked for."""
        return self._all_doubtful

    def trust(self) -> None:
        """Take it that all pairs of the neighbourhoods that were taken over are judged."""
        self._all_doubtful = False

    @property
    def digest(self) -> str:
        """A digest of which pairs are near, and of what the relation model reads of them."""
        digest = hashlib.blake2b(self.neighborhoods.digest.encode(), digest_size=16)
        for id_ in sorted(self.claims):
            digest.update(f"\0{id_} {self._read[id_]}".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    # -- keeping up ------------------------------------------------------------------------------------------------

    def refresh(self, saved: SavedNeighborhoods | None = None) -> None:
        """Take in what the store holds now.

        Parameters
        ----------
        saved : SavedNeighborhoods or None
            Neighbourhoods kept from an earlier run; taken over if they are of these very claims as they read now.
        """
        if self._current:
            return
        ended = {version.article_id for version in self._store.versions()}
        articles = {article.id: article for article in self._store.articles() if article.id not in ended}
        leaving = set(self._claims_of) - set(articles)
        arriving = [articles[i] for i in sorted(set(articles) - set(self._claims_of))]
        self._tally.update(
            leaving, {article.id: name_mentions(f"{article.title or ''}\n{article.text}") for article in arriving}
        )
        self._gone |= self._let_go(leaving)
        coming = self._take_in(arriving)
        self.names = join_tally(self._tally)
        self._reread |= self._read.use(self.names)
        moved = self._embedded.use(self.names)
        for name in self._speakers.use(self.names):
            moved |= self._spoken[name]
        self._write(coming)
        self._fresh = {i for i in self._fresh | {claim.id for claim in coming} | moved if i in self.claims}
        if saved is None or self._neighborhoods is not None or not self._restored(saved, self._fresh):
            placed = self._placed(sorted(self._fresh))
            leaving = {i for i in self._gone | self._fresh if i in self.neighborhoods}
            self._doubtful |= self.neighborhoods.update(leaving, placed)
            self._changed = self._changed or bool(leaving or placed)
        else:
            self._all_doubtful = True
        self._doubtful |= set(self.neighborhoods.pairs(i for i in self._reread if i in self.claims))
        self._gone, self._fresh, self._reread = set(), set(), set()
        self._current = True

    def _let_go(self, article_ids: Iterable[str]) -> set[str]:
        gone: set[str] = set()
        for article_id in article_ids:
            gone |= set(self._claims_of.pop(article_id))
        for id_ in gone:
            speaker = self.claims.pop(id_).speaker
            if speaker:
                self._spoken[speaker].discard(id_)
                if not self._spoken[speaker]:
                    del self._spoken[speaker]
                    self._speakers.remove([speaker])
        self._read.remove(gone)
        self._embedded.remove(gone)
        return gone

    def _take_in(self, articles: Iterable[Article]) -> list[Claim]:
        coming: list[Claim] = []
        for article in articles:
            claims = self._store.claims(article_id=article.id)
            self._claims_of[article.id] = tuple(claim.id for claim in claims)
            coming += claims
        return coming

    def _write(self, coming: Iterable[Claim]) -> None:
        for claim in coming:
            self.claims[claim.id] = claim
            self._read.add({claim.id: claim.text})
            self._embedded.add({claim.id: claim.context})
            if claim.speaker:
                self._spoken.setdefault(claim.speaker, set()).add(claim.id)
                if claim.speaker not in self._speakers:
                    self._speakers.add({claim.speaker: claim.speaker})

    def _group(self, claim: Claim) -> tuple[str, str | None]:
        return (claim.article_id, self._speakers[claim.speaker] if claim.speaker else None)

    def _placed(self, ids: list[str]) -> dict[str, Placed]:
        """Place claims by what they are embedded as now; only those that a name changed are embedded anew."""
        if not ids:
            return {}
        vectors = self._store.vectors(ids)
        changed = [n for n, i in enumerate(ids) if self._embedded[i] != self.claims[i].context]
        if changed:
            vectors[changed] = self._make_embedder().embed([self._embedded[ids[n]] for n in changed])
        return {
            i: Placed(vector=vector, text=text_digest(self._embedded[i]), group=self._group(self.claims[i]))
            for i, vector in zip(ids, vectors, strict=True)
        }

    def _restored(self, saved: SavedNeighborhoods, fresh: set[str]) -> bool:
        """Take over saved neighbourhoods, if they are of these claims as they read now."""
        if set(saved.ids) != fresh:
            return False
        placed = {
            i: Placed(vector=vector, text=text_digest(self._embedded[i]), group=self._group(self.claims[i]))
            for i, vector in zip(saved.ids, saved.vectors, strict=True)
        }
        if not self.neighborhoods.fits(saved, placed):
            return False
        self.neighborhoods.restore(saved, placed)
        return True
