"""An embedder that remembers, so that no text is embedded twice in a process."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from claimtrack.embedding.base import Embedder, Embeddings
from claimtrack.embedding.texts import check_texts
from claimtrack.errors import InvalidInputError

__all__ = ["CachedEmbedder"]


class CachedEmbedder:
    """Remembers the vectors of another embedder by text, in memory.

    Parameters
    ----------
    embedder : Embedder
        Asked only for texts that are not remembered; each distinct text of a call once.
    max_texts : int, at least 1, default 50,000
        Most texts remembered: with 384 dimensions some 77 MB of vectors. Beyond it the texts that were embedded first
        are forgotten first, however often they were asked for since. A call with more texts than that is answered in
        full all the same.
    """

    def __init__(self, embedder: Embedder, *, max_texts: int = 50_000) -> None:
        if isinstance(max_texts, bool) or not isinstance(max_texts, int) or max_texts < 1:
            raise InvalidInputError(f"max_texts must be an int of at least 1; got {max_texts!r}.")
        self._embedder = embedder
        self._max_texts = max_texts
        self._remembered: dict[str, Embeddings] = {}

    @property
    def name(self) -> str:
        """Name of the model; the vectors are the same as without memory."""
        return self._embedder.name

    @property
    def dim(self) -> int:
        """Number of columns of each embedding."""
        return self._embedder.dim

    def __len__(self) -> int:
        """Count the texts remembered."""
        return len(self._remembered)

    def embed(self, texts: Sequence[str], /) -> Embeddings:
        """Embed texts, from memory where they are known.

        Parameters
        ----------
        texts : sequence of str
            May be empty.

        Returns
        -------
        ndarray of shape (n_texts, dim), float32
            Rows of unit length, in the order of `texts`; the caller may change it.

        Raises
        ------
        InvalidInputError
            If a text is empty or only white space; names its position in `texts`. Nothing is embedded then.
        """
        check_texts(texts)
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        missing = list(dict.fromkeys(text for text in texts if text not in self._remembered))
        fresh: dict[str, Embeddings] = {}
        if missing:
            # A copy of each row: a view would keep the whole batch alive after the others are forgotten.
            fresh = {text: row.copy() for text, row in zip(missing, self._embedder.embed(missing), strict=True)}
        vectors = np.stack([fresh[text] if text in fresh else self._remembered[text] for text in texts])
        self._remembered.update(fresh)
        while len(self._remembered) > self._max_texts:
            del self._remembered[next(iter(self._remembered))]
        return vectors
