"""The report for a terminal."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from claimtrack.records import Cluster
from claimtrack.report.findings import Findings, Segment, Statement
from claimtrack.report.wrapping import broken, check_width
from claimtrack.visible import visible

__all__ = ["excerpt", "render_terminal"]

Line: TypeAlias = tuple[int, tuple[tuple[str, str], ...]]
"""Indent in columns, and pieces of (text, rich style)."""

CONTEXT_CHARACTERS = 70
CLAIM_CHARACTERS = 400
_SIDE_STYLES = ("bold blue", "bold yellow", "bold green", "bold magenta", "bold cyan")


def _head(text: str, n: int) -> str:
    """Cut `text` after at most about `n` characters, at a space where there is one, with an ellipsis."""
    if len(text) <= n + 2:
        return text
    space = text.rfind(" ", n // 2, n + 1)
    return text[: space if space > 0 else n].rstrip() + "…"


def _tail(text: str, n: int) -> str:
    """Keep at most about the last `n` characters of `text`, from a space where there is one, with an ellipsis."""
    if len(text) <= n + 2:
        return text
    space = text.find(" ", len(text) - n, len(text) - n // 2)
    return "…" + text[space if space > 0 else len(text) - n :].lstrip()


def _middle(text: str, n: int) -> str:
    """Keep the first and last half of about `n` characters, with an ellipsis between."""
    if len(text) <= n + 2:
        return text
    return f"{_head(text, n // 2)[:-1]} … {_tail(text, n - n // 2)[1:]}"


def excerpt(quote: Sequence[Segment]) -> tuple[Segment, ...]:
    """Shorten a sentence around the words of a claim; an ellipsis shows each place where words are left out.

    Parameters
    ----------
    quote : sequence of Segment
        The sentence.

    Returns
    -------
    tuple of Segment
        About 70 characters around the claim's words on each side, cut at spaces; the claim's own words whole, up to
        some 400 characters of each piece.
    """
    last = len(quote) - 1
    short = []
    for n, (text, is_claim) in enumerate(quote):
        if is_claim:
            short.append((_middle(text, CLAIM_CHARACTERS), True))
        elif n == 0 and last > 0:
            short.append((_tail(text, CONTEXT_CHARACTERS), False))
        elif n == last:
            short.append((_head(text, CONTEXT_CHARACTERS), False))
        else:
            short.append((_middle(text, CONTEXT_CHARACTERS), False))
    return tuple(short)


def _statement(findings: Findings, statement: Statement, style: str, color: bool) -> Iterator[Line]:
    notes = f" ({', '.join(statement.notes)})" if statement.notes else ""
    yield 2, ((statement.reference, style), (f"  {statement.voice}{notes}", ""))
    where = "; ".join(f"{findings.outlet(article)}, {findings.date(article)}" for article in statement.articles)
    yield 6, ((where, "dim"),)
    pieces: list[tuple[str, str]] = []
    for text, is_claim in excerpt(statement.quote):
        # Without colour there is no bold either: asterisks carry the emphasis.
        pieces.append((text if color or not is_claim else f"*{text.strip(' ')}*", "bold" if is_claim else "dim"))
    yield 6, tuple(pieces)


def _cluster(findings: Findings, number: int, cluster: Cluster, color: bool) -> Iterator[Line]:
    yield 0, ()
    yield 0, ((f"{number}. ", "bold"), (findings.label(cluster), "bold"))
    yield 2, ((findings.standing(cluster), ""), (f"  [{cluster.id}]", "dim"))
    for fold in findings.folds(cluster):
        yield 2, ((fold, "dim"),)
    for n, position in enumerate(findings.positions(cluster)):
        style = _SIDE_STYLES[n % len(_SIDE_STYLES)]
        yield 0, ()
        yield 2, ((f"Side {position.letters}", style), (f", {position.since}", ""))
        for statement in position.statements:
            yield from _statement(findings, statement, style, color)
    for n, conflict in enumerate(findings.conflicts(cluster)):
        if n == 0:
            yield 0, ()
        reason = f": {conflict.reason}" if conflict.reason else ""
        yield 2, ((f"{conflict.one} against {conflict.other}: ", "bold"), (conflict.words, "bold red"), (reason, ""))


def _lines(findings: Findings, color: bool) -> Iterator[Line]:
    yield 0, ((f"{findings.summary}.", "bold"),)
    if findings.nothing_found:
        yield 0, ((findings.nothing_found, ""),)
    number = 0
    for heading, clusters in (("Contradictions", findings.disputed), ("No contradiction found", findings.agreeing)):
        if clusters:
            yield 0, ()
            yield 0, ((f"{heading} ({len(clusters)})", "bold underline"),)
        for cluster in clusters:
            number += 1
            yield from _cluster(findings, number, cluster, color)


def render_terminal(findings: Findings, *, width: int = 80, color: bool = False) -> str:
    """Lay the findings out for a terminal.

    Parameters
    ----------
    findings : Findings
    width : int, at least 24
        Columns; no line is wider.
    color : bool, default False
        Whether the text goes to a terminal that shows colour and bold. The environment variable ``NO_COLOR`` takes the
        colour away and leaves bold and dim. Without, the claim's words stand between asterisks.

    Returns
    -------
    str
        Disputed clusters first; all clusters, statements and contradictions are there. A sentence is shortened around
        the words of its claim, see :func:`excerpt`. The only control characters are line ends and, with `color`,
        rich's own escape sequences.

    Raises
    ------
    InvalidInputError
        If `width` is below 24.
    """
    from rich.console import Console
    from rich.text import Text

    check_width(width)
    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        force_jupyter=False,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    with console.capture() as capture:
        for indent, pieces in _lines(findings, color):
            if not pieces:
                console.print()
                continue
            text = Text.assemble(*((visible(piece), style) for piece, style in pieces))
            hanging = indent + 4 if indent == 2 else indent
            for n, line in enumerate(broken(text, width - hanging)):
                console.print(Text(" " * (hanging if n else indent)) + line, soft_wrap=True)
    return capture.get()
