"""Links from the report to the words in the article that was published."""

from __future__ import annotations

from urllib.parse import quote

from claimtrack.records import Article, Claim
from claimtrack.report.findings import web_address

__all__ = ["address_of_words"]

_N_WORDS = 8
_DIRECTIVE = ":~:"


def _encoded(words: list[str]) -> str:
    """Percent-encode words for a text directive, in which ``-``, ``,`` and ``&`` have a meaning of their own."""
    return quote(" ".join(words), safe="", errors="replace").replace("-", "%2D")


def _text_directive(text: str) -> str:
    """Name a stretch of text: the whole of it, or its first and last words where it is long or runs over lines."""
    lines = text.split("\n")
    first, last = lines[0].split(), lines[-1].split()
    if len(lines) == 1 and len(first) <= 2 * _N_WORDS:
        return f"text={_encoded(first)}"
    return f"text={_encoded(first[:_N_WORDS])},{_encoded(last[-_N_WORDS:])}"


def address_of_words(article: Article, claim: Claim) -> str | None:
    """Give the address of an article, with a text fragment that makes a browser show the claim's words in the page.

    Parameters
    ----------
    article : Article
        The article of the claim.
    claim : Claim

    Returns
    -------
    str or None
        None where the article's address may not be linked, see :func:`~claimtrack.report.findings.web_address`. The
        fragment goes from the first to the last of the claim's words that stand in its sentence. A fragment that the
        address has is kept before it; a text fragment that it has is replaced.

    References
    ----------
    WICG, URL Fragment Text Directives: the syntax ``#:~:text=start,end``.
    """
    address = web_address(article.url)
    if address is None:
        return None
    sentence = claim.provenance.sentence
    spans = claim.provenance.spans
    within = [span for span in spans if span.start < sentence.end and sentence.start < span.end] or spans
    words = article.text[within[0].start : within[-1].end].strip()
    page, _, _ = address.partition(_DIRECTIVE)
    if not words:
        return page
    return f"{page}{'' if '#' in page else '#'}{_DIRECTIVE}{_text_directive(words)}"
