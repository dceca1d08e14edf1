"""Where words stand in an article: half-open ranges of code points."""

from __future__ import annotations

import attrs
from attrs import validators as v

__all__ = ["Sentence", "Span"]


@attrs.frozen(order=True)
class Span:
    """Half-open range of code points of ``Article.text``.

    Parameters
    ----------
    start : int, at least 0
        Index of the first code point.
    end : int, greater than `start`
        Index after the last code point.
    """

    start: int = attrs.field(validator=[v.instance_of(int), v.ge(0)])
    end: int = attrs.field(validator=v.instance_of(int))

    @end.validator
    def _check_end(self, _: object, value: int) -> None:
        if value <= self.start:
            raise ValueError(f"Span.end must be > Span.start; got start={self.start}, end={value}.")

    def __len__(self) -> int:
        return self.end - self.start

    def slice(self, text: str) -> str:
        """Give the words back that the span marks in `text`."""
        return text[self.start : self.end]


@attrs.frozen(kw_only=True)
class Sentence:
    """One sentence of the running text of an article; page residue has none.

    Parameters
    ----------
    article_id : str
        The article that the sentence stands in.
    span : Span
        Its characters, without white space around them.
    position : int, at least 0
        Number of the sentence in its article.
    paragraph : int, at least 0
        Number of the block of text (line or paragraph) that it belongs to.
    """

    article_id: str = attrs.field(validator=v.instance_of(str))
    span: Span = attrs.field(validator=v.instance_of(Span))
    position: int = attrs.field(validator=[v.instance_of(int), v.ge(0)])
    paragraph: int = attrs.field(default=0, validator=[v.instance_of(int), v.ge(0)])
