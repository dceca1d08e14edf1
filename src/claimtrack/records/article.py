"""An article as it was read, and its id."""

from __future__ import annotations

import datetime
import hashlib

import attrs
from attrs import validators as v

__all__ = ["Article", "article_id"]

_optional_text = v.optional(v.instance_of(str))


def article_id(
    text: str,
    *,
    title: str | None = None,
    source: str | None = None,
    published: str | None = None,
    url: str | None = None,
) -> str:
    """Derive the id of an article from its content.

    The file's name and path take no part: the same article under two names is one article. The outlet does: the same
    words carried by two outlets are two articles (and may be one independent source).

    Returns
    -------
    str
        16 hexadecimal digits, the same on every machine.
    """
    digest = hashlib.blake2b(digest_size=8)
    for part in (text, title, source, published, url):
        digest.update(b"\x00" if part is None else b"\x01" + part.encode("utf-8", "surrogatepass") + b"\x00")
    return digest.hexdigest()


@attrs.frozen(kw_only=True)
class Article:
    """One published text, exactly as read.

    Parameters
    ----------
    name : str
        The file's own name; for a row of JSONL the row's ``id``.
    text : str
        The text as read. Every offset in claimtrack counts code points of it.
    title, source, author, url : str or None
        Headline, outlet, byline and address, where the article carries them.
    published : str or None
        ISO date (``YYYY-MM-DD``). None where the article carries none: never the time of import.
    wire : str or None
        The news agency that the article's metadata name as where the text is from; ``"wire"`` where they say that it is
        an agency's and not which. No part of the id.
    id : str
        From the content, see :func:`article_id`.
    """

    name: str = attrs.field(validator=v.instance_of(str))
    text: str = attrs.field(validator=v.instance_of(str), repr=lambda text: f"<{len(text)} characters>")
    title: str | None = attrs.field(default=None, validator=_optional_text)
    source: str | None = attrs.field(default=None, validator=_optional_text)
    published: str | None = attrs.field(default=None, validator=_optional_text)
    author: str | None = attrs.field(default=None, validator=_optional_text)
    url: str | None = attrs.field(default=None, validator=_optional_text)
    wire: str | None = attrs.field(default=None, validator=_optional_text)
    id: str = attrs.field(validator=v.instance_of(str))

    @id.default
    def _default_id(self) -> str:
        parts = (self.text, self.title, self.source, self.published, self.url)
        if not all(part is None or isinstance(part, str) for part in parts) or self.text is None:
            return ""  # the validators run after this and say what is wrong
        return article_id(self.text, title=self.title, source=self.source, published=self.published, url=self.url)

    @published.validator
    def _check_published(self, _: object, value: str | None) -> None:
        if value is None:
            return
        try:
            iso = datetime.date.fromisoformat(value).isoformat()
        except ValueError:
            iso = None
        if iso != value:
            raise ValueError(f"Article.published must be an ISO date such as 2018-09-10; got {value!r}.")

    @property
    def outlet(self) -> str:
        """Who published it; an article without a source counts under its own name."""
        return self.source or self.name

    def _repr_html_(self) -> str:
        from claimtrack.records.notebook import article_html  # it knows every record, this one too

        return article_html(self)
