"""The report as Markdown (CommonMark with tables)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from claimtrack.records import Article, Cluster
from claimtrack.report.findings import HOW_TO_READ, KIND_MEANINGS, TITLE, Findings, Segment, Statement, web_address
from claimtrack.visible import one_line, visible

__all__ = ["escape_markdown", "render_markdown"]

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SPECIAL = re.compile(r"[\\`*_{}\[\]#|~$&<>]")
_BLOCK_START = re.compile(r"^( ?)([-+=])|^( ?\d+)([.)])")
_AUTOLINK = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)


def escape_markdown(text: str) -> str:
    """Escape `text` so that CommonMark shows it as it is: no emphasis, link, image, table cell, HTML or block starts in it.

    Spaces at the start are one, and addresses such as ``https://`` and ``www.`` are kept from becoming links where bare ones do. Control characters are made visible first, see :func:`claimtrack.visible.visible`.
    """
    text = _SPECIAL.sub(lambda match: _ENTITIES.get(match[0], f"\\{match[0]}"), visible(text))
    text = re.sub("^ +", " ", _AUTOLINK.sub(r"\\\g<0>", text))
    return _BLOCK_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[3]}\\{m[4]}", text)


def _is_open(character: str) -> bool:
    """Whether emphasis may begin or end beside the character, whatever stands on the other side of the mark."""
    return not character or character.isspace() or unicodedata.category(character)[0] in "PS"


def _strong(text: str, before: str, after: str) -> str:
    """Set `text` in bold; ``**`` where CommonMark's flanking rules allow it between these neighbours, else ``<b>``."""
    inner = text.strip(" ")
    if not inner:
        return text
    start = text[: len(text) - len(text.lstrip(" "))]
    end = text[len(text.rstrip(" ")) :]
    opens = inner[0].isalnum() or bool(start) or _is_open(before[-1:])
    closes = inner[-1].isalnum() or bool(end) or _is_open(after[:1])
    one, other = (
        ("**", "**") if opens and closes and not inner[0].isspace() and not inner[-1].isspace() else ("<b>", "</b>")
    )
    return f"{start}{one}{escape_markdown(inner)}{other}{end}"


def _quote(quote: Sequence[Segment]) -> str:
    texts = ["", *(text for text, _ in quote), ""]
    shown = [
        _strong(text, texts[n], texts[n + 2]) if is_claim else escape_markdown(text)
        for n, (text, is_claim) in enumerate(quote)
    ]
    return "".join(shown).strip(" ")


def _linked(words: str, article: Article) -> str:
    address = web_address(article.url)
    return f"[{words}](<{address.replace('&', '&amp;')}>)" if address else words


def _statement(findings: Findings, statement: Statement) -> Iterator[str]:
    notes = f" ({', '.join(statement.notes)})" if statement.notes else ""
    where = "; ".join(
        f"{_linked(escape_markdown(findings.outlet(article)), article)}, {findings.date(article)}"
        for article in statement.articles
    )
    yield f"- **{statement.reference}** {escape_markdown(statement.voice)}{notes}: {where}"
    yield ""
    yield f"  > {_quote(statement.quote)}"
    yield ""
    if statement.read_as:
        yield f"  Read as: {escape_markdown(statement.read_as)}"
        yield ""


def _cluster(findings: Findings, number: int, cluster: Cluster) -> Iterator[str]:
    yield f"### {number}. {escape_markdown(findings.label(cluster))}"
    yield ""
    outlets = ", ".join(escape_markdown(one_line(source)) for source in cluster.sources)
    yield f"{findings.standing(cluster)}: {outlets}. Cluster {escape_markdown(cluster.id)}."
    yield ""
    folds = findings.folds(cluster)
    yield from (f"- {escape_markdown(fold)}" for fold in folds)
    yield from ("" for _ in folds[:1])
    for position in findings.positions(cluster):
        yield f"**Side {position.letters}**, {position.since}"
        yield ""
        for statement in position.statements:
            yield from _statement(findings, statement)
    conflicts = findings.conflicts(cluster)
    if conflicts:
        yield "**Contradictions**"
        yield ""
        for conflict in conflicts:
            reason = f": {escape_markdown(conflict.reason)}" if conflict.reason else ""
            yield f"- {conflict.one} against {conflict.other}: {escape_markdown(conflict.words)}{reason}"
        yield ""


def _articles(findings: Findings) -> Iterator[str]:
    yield "## Articles"
    yield ""
    yield "| Outlet | Title | Published |"
    yield "| --- | --- | --- |"
    for article in findings.articles:
        title = _linked(escape_markdown(one_line(article.title or article.name) or "(no title)"), article)
        yield f"| {escape_markdown(findings.outlet(article))} | {title} | {findings.date(article)} |"
    yield ""


def _note(findings: Findings) -> Iterator[str]:
    yield "## How to read this"
    yield ""
    yield from (f"- {sentence}" for sentence in HOW_TO_READ)
    yield from (f"- *{kind.value}*: {KIND_MEANINGS[kind]}." for kind in findings.kinds)


def _lines(findings: Findings) -> Iterator[str]:
    yield f"# {TITLE}"
    yield ""
    yield f"{findings.summary}."
    yield ""
    if findings.nothing_found:
        yield findings.nothing_found
        yield ""
    number = 0
    for heading, clusters in (("Contradictions", findings.disputed), ("No contradiction found", findings.agreeing)):
        if clusters:
            yield f"## {heading} ({len(clusters)})"
            yield ""
        for cluster in clusters:
            number += 1
            yield from _cluster(findings, number, cluster)
    yield from _articles(findings)
    yield from _note(findings)


def render_markdown(findings: Findings) -> str:
    """Lay the findings out as Markdown, in the order and with the content of the HTML report.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    str
        CommonMark with tables, with a line end. Article text is escaped: it can't start a link, an image, HTML or a
        block. Articles are linked where their address is http or https.
    """
    return "\n".join(_lines(findings)) + "\n"
