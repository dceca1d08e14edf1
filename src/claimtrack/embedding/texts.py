"""Which texts can be embedded; one rule for every embedder."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.errors import InvalidInputError

__all__ = ["check_texts"]


def check_texts(texts: Sequence[str]) -> None:
    """Refuse what has no meaning to embed.

    Parameters
    ----------
    texts : sequence of str
        May be empty.

    Raises
    ------
    InvalidInputError
        If `texts` is one str instead of a sequence of them, holds something else than str, or holds a text of nothing
        but white space: its vector would be near to other empty texts and mean nothing. Names the first such position.
    """
    if isinstance(texts, str):
        raise InvalidInputError(
            f"texts must be a sequence of str; got the str {texts[:40]!r}.\nHint: write [text] to embed one text."
        )
    for position, text in enumerate(texts):
        if not isinstance(text, str):
            raise InvalidInputError(f"texts[{position}] must be a str; got {type(text).__name__}.")
        if not text or text.isspace():
            raise InvalidInputError(f"texts[{position}] must hold more than white space; got {text[:40]!r}.")
