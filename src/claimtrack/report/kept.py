"""What is in a store, and what a search found, for a terminal."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence

from claimtrack.names import NameTable
from claimtrack.records import Article, Claim, Correction, Hit, LineageEvent
from claimtrack.report.visible import one_line

__all__ = ["render_corrections", "render_hits", "render_info", "render_lineage"]


def _wrap(text: str, width: int, lead: str, rest: int | None = None) -> list[str]:
    """Break text at `width` columns, a character of two columns counts as two; later lines are indented like the lead."""
    from rich.cells import cell_len
    from rich.console import Console
    from rich.text import Text

    indent = cell_len(lead) if rest is None else rest
    console = Console(file=io.StringIO(), width=width, force_jupyter=False, legacy_windows=False)
    rows = [line.plain.rstrip(" ") for line in Text(one_line(text)).wrap(console, width - indent)] or [""]
    return [((lead if n == 0 else " " * indent) + row).rstrip(" ") for n, row in enumerate(rows)]


def render_hits(
    hits: Sequence[Hit], articles: Sequence[Article], *, names: NameTable | None = None, width: int = 80
) -> str:
    """Write the claims that a search found: who says it, where and when, the claim's id and its words.

    Parameters
    ----------
    hits : sequence of Hit
        Best first.
    articles : sequence of Article
        At least those of the hits.
    names : NameTable or None
        Gives the names that speakers go under.
    width : int, default 80
        Columns of a line.
    """
    by_id = {article.id: article for article in articles}
    lines = [] if hits else ["Nothing is kept that could be found."]
    for n, hit in enumerate(hits, start=1):
        article = by_id[hit.claim.article_id]
        speaker = hit.claim.speaker
        who = (names or NameTable()).full_name(speaker) if speaker else "the outlet's own voice"
        where = f"{article.outlet}, {article.published or 'undated'}; {who}"
        lines += _wrap(hit.claim.text, width, f"{n:>3}. ")
        lines += _wrap(f"{where}; similarity {hit.similarity:.2f}; claim {hit.claim.id}", width, "     ")
    return "\n".join([*lines, ""])


def render_corrections(
    corrections: Iterable[Correction],
    claims: Mapping[str, Claim],
    articles: Mapping[str, Article],
    *,
    width: int = 80,
) -> str:
    """Write what people decided: the action, who and when, and the two claims or articles."""
    lines: list[str] = []
    for one in corrections:
        what = one.action.value + (f" as {one.label.value}" if one.label else "")
        what += f" ({one.kind.value})" if one.kind else ""
        lines += _wrap(f"{what}, by {one.by}, {one.at.isoformat(timespec='minutes')}  [{one.id}]", width, "")
        for id_ in one.pair:
            if one.action.is_about_articles:
                text = f"{articles[id_].outlet}: {articles[id_].title or articles[id_].name}" if id_ in articles else ""
            else:
                text = claims[id_].text if id_ in claims else ""
            lines += _wrap(f"{id_} {text or '(not kept now)'}", width, "  ")
        if one.note:
            lines += _wrap(one.note, width, "  note: ")
    return "\n".join([*(lines or ["Nothing was corrected."]), ""])


def render_lineage(events: Iterable[LineageEvent], *, width: int = 80) -> str:
    """Write what became of clusters."""
    lines: list[str] = []
    for event in events:
        into = f" -> {', '.join(event.into_ids)}" if event.into_ids else ""
        text = f"{event.at.isoformat(timespec='minutes')} {event.what.value}: {', '.join(event.from_ids)}{into}"
        lines += _wrap(f"{text} ({len(event.claim_ids)} claims)", width, "", rest=2)
    return "\n".join([*lines, ""]) if lines else ""


def render_info(info: Mapping[str, object], *, width: int = 80) -> str:
    """Write names and values, one below the other."""
    widest = max(map(len, info), default=0)
    lines: list[str] = []
    for name, value in info.items():
        lines += _wrap(str(value), width, f"{name:<{widest}}  ")
    return "\n".join([*lines, ""])
