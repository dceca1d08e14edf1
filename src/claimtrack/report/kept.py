"""What is in a store, and what a search found, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from claimtrack.names import NameTable
from claimtrack.records import Article, Claim, Correction, Hit, LineageEvent
from claimtrack.records.wording import counted, date, name, outlet
from claimtrack.report.wrapping import wrap
from claimtrack.visible import one_line

__all__ = ["render_articles", "render_corrections", "render_hits", "render_info", "render_lineage"]


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
        who = one_line((names or NameTable()).full_name(speaker)) if speaker else "the outlet's own voice"
        where = f"{outlet(article)}, {date(article.published)}; {who}"
        lines += wrap(one_line(hit.claim.text), width, f"{n:>3}. ")
        lines += wrap(f"{where}; similarity {hit.similarity:.2f}; claim {hit.claim.id}", width, "     ")
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
        lines += wrap(f"{what}, by {name(one.by)}, {one.at.isoformat(timespec='minutes')} [{one.id}]", width)
        for id_ in one.pair:
            if one.action.is_about_articles:
                text = _headline(articles[id_]) if id_ in articles else ""
            else:
                text = claims[id_].text if id_ in claims else ""
            lines += wrap(f"{id_} {one_line(text) or '(not kept now)'}", width, "  ")
        if one.note:
            lines += wrap(one_line(one.note), width, "  note: ")
    return "\n".join([*(lines or ["Nothing was corrected."]), ""])


def render_lineage(events: Iterable[LineageEvent], *, width: int = 80) -> str:
    """Write what became of clusters."""
    lines: list[str] = []
    for event in events:
        into = f" -> {', '.join(event.into_ids)}" if event.into_ids else ""
        text = f"{event.at.isoformat(timespec='minutes')} {event.what.value}: {', '.join(event.from_ids)}{into}"
        lines += wrap(f"{text} ({counted(len(event.claim_ids), 'claim')})", width, hanging=2)
    return "\n".join([*lines, ""]) if lines else ""


def render_info(info: Mapping[str, object], *, width: int = 80) -> str:
    """Write names and values, one below the other."""
    widest = max(map(len, info), default=0)
    lines: list[str] = []
    for what, value in info.items():
        lines += wrap(one_line(str(value)), width, f"{what:<{widest}}  ")
    return "\n".join([*lines, ""])


def render_articles(articles: Iterable[Article], *, width: int = 80) -> str:
    """Write each article's id, date, outlet and title."""
    lines: list[str] = []
    for article in articles:
        lines += wrap(f"{date(article.published):<10}  {_headline(article)}", width, f"{article.id}  ")
    return "".join(f"{line}\n" for line in lines)


def _headline(article: Article) -> str:
    """Name an article by its outlet and its title."""
    return f"{outlet(article)}: {name(article.title or article.name)}"
