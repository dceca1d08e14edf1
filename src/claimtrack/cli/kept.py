"""Commands on a store, and ``check``, which takes a store or articles."""

from __future__ import annotations

import datetime
import enum
import json
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import attrs
import typer

from claimtrack.cli.lines import Lines
from claimtrack.cli.once import ReportFormat, findings_of, form_of, render_findings, wants_color
from claimtrack.cli.streams import complain, progress_shown, read_named, write_out
from claimtrack.errors import InvalidInputError, ReadError, StoreError
from claimtrack.export import Exported, correction_from_row, to_jsonl
from claimtrack.records import Action, Kind, Label, to_json
from claimtrack.report import (
    render_assessment,
    render_changes,
    render_corrections,
    render_hits,
    render_info,
    render_lineage,
    render_timeline,
)
from claimtrack.report.findings import counted
from claimtrack.tracker import StaleJudgementsWarning, Tracker

__all__ = ["KEPT"]


class Form(enum.StrEnum):
    """Forms of an answer."""

    TERMINAL = "terminal"
    JSON = "json"


class ExportFormat(enum.StrEnum):
    """Forms of an export."""

    JSONL = "jsonl"


_Store = Annotated[Path, typer.Option("--store", help="The store's file.", metavar="FILE")]
_Form = Annotated[Form, typer.Option("--format")]
_Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file, not to stdout.")]


@contextmanager
def _opened(store: Path, *, read_only: bool = True, make: bool = False) -> Iterator[Tracker]:
    """Open a store, show progress, and say each warning in one line."""
    if not (read_only or make or store.exists()):
        raise StoreError(f"{store}: a store must be there; no such file.\nHint: claimtrack add makes one.")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", StaleJudgementsWarning)
        with progress_shown() as progress, Tracker.open(store, read_only=read_only, progress=progress) as tracker:
            yield tracker
    for warning in caught:
        if issubclass(warning.category, StaleJudgementsWarning):
            complain(f"{warning.message}\nHint: claimtrack relate --store {store}")


def _check_output(output: Path | None, store: Path) -> None:
    """Refuse, before any work, what can't be written, and what would take the store's own place."""
    if output is None:
        return
    if not output.parent.is_dir():
        raise ReadError(str(output), "", "the folder to write to must exist.")
    if output.exists() and store.exists() and output.samefile(store):
        raise ReadError(str(output), "", "the output must be another file than the store.")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, indent=1) + "\n"


def add(
    paths: Annotated[
        list[str], typer.Argument(help="Files (.txt, .md, .html, .jsonl), folders or globs.", metavar="PATH...")
    ],
    store: _Store,
    update: Annotated[
        bool, typer.Option("--update", help="Take an article with a kept one's address for its new version.")
    ] = False,
    relate: Annotated[bool, typer.Option(help="Judge the near pairs now, not by `relate` later.")] = True,
    format_: _Form = Form.TERMINAL,
) -> None:
    """Keep articles in a store, which is made if it is not there; what is kept already is left alone."""
    articles = read_named(paths)
    if not articles:
        complain("there is nothing to add: no article could be read.")
        raise typer.Exit(1)
    with _opened(store, read_only=False, make=True) as tracker:
        versions = len(tracker.versions)
        new = tracker.add(articles, relate=relate, update=update)
        ended, claims, made = len(tracker.versions) - versions, len(tracker.claims), len(tracker.clusters)
    told = {"read": len(articles), "new": list(new), "ended": ended, "claims": claims, "clusters": made}
    if format_ is Form.JSON:
        write_out(_json(told), None)
    else:
        changed = f", {counted(ended, 'new version')} among them" if ended else ""
        kept = f"{counted(claims, 'claim')}, {counted(made, 'cluster')}"
        text = f"new: {len(new)} of {counted(len(articles), 'article')}{changed}; kept: {kept}.\n"
        write_out(text, None)
    if articles.failures:
        raise typer.Exit(1)


def relate(store: _Store, format_: _Form = Form.TERMINAL) -> None:
    """Judge the near pairs of a store that have not been judged, or not by this model and these thresholds."""
    with _opened(store, read_only=False) as tracker:
        judged = tracker.relate()
        clusters = len(tracker.clusters)
    told = {"judged": judged, "clusters": clusters}
    write_out(
        _json(told)
        if format_ is Form.JSON
        else f"judged: {counted(judged, 'pair')}; {counted(clusters, 'cluster')}.\n",
        None,
    )


def clusters(
    store: _Store,
    contradicting: Annotated[bool, typer.Option("--contradicting", help="Only those with a contradiction.")] = False,
    output: _Output = None,
    format_: Annotated[
        ReportFormat | None,
        typer.Option("--format", help="By default what the output file's ending says, else terminal."),
    ] = None,
) -> None:
    """Show the clusters of a store: what sources agree on and where they contradict each other."""
    _check_output(output, store)
    with _opened(store) as tracker:
        findings = findings_of(tracker)
    if contradicting:
        findings = attrs.evolve(findings, clusters=tuple(c for c in findings.clusters if c.contradictions))
    write_out(render_findings(findings, form_of(format_, output), color=wants_color(output)), output)


def check(
    claim: Annotated[str, typer.Argument(help="One statement, or with --text a whole text, in quotation marks.")],
    store: Annotated[Path | None, typer.Option("--store", help="Check against this store.", metavar="FILE")] = None,
    articles: Annotated[
        list[str] | None,
        typer.Option("--articles", help="File, folder or glob to check against; may be given again.", metavar="PATH"),
    ] = None,
    text: Annotated[bool, typer.Option("--text", help="Split the text into claims and check each.")] = False,
    format_: _Form = Form.TERMINAL,
) -> None:
    """Hold a claim against a store or articles: who supports it, who contradicts it, and where that stands."""
    if (store is None) == (not articles):
        raise typer.BadParameter("give --store FILE or --articles PATH, one of the two.")
    failures = 0
    if store is not None:
        with _opened(store) as tracker:
            write_out(_checked(tracker, claim, text, format_), None)
    else:
        found = read_named(articles or [])
        failures = len(found.failures)
        if not found:
            complain("there is nothing to check against: no article could be read.")
            raise typer.Exit(1)
        with progress_shown() as progress:
            tracker = Tracker(progress=progress)
            tracker.add(found, relate=False)
            answer = _checked(tracker, claim, text, format_)
        write_out(answer, None)
    if failures:
        raise typer.Exit(1)


def _checked(tracker: Tracker, claim: str, text: bool, form: Form) -> str:
    """Give the answer to ``check``; of a text one for each of its claims."""
    if not text:
        assessment = tracker.check(claim)
        if form is Form.JSON:
            return _json(to_json(assessment))
        return render_assessment(assessment, tracker.articles, names=tracker.names)
    assessments = tracker.check_text(claim)
    if form is Form.JSON:
        return _json([to_json(assessment) for assessment in assessments])
    articles, names = tracker.articles, tracker.names
    return "\n".join(render_assessment(a, articles, names=names) for a in assessments) or "The text holds no claim.\n"


def search(
    query: Annotated[str, typer.Argument(help="What to look for, in quotation marks.")],
    store: _Store,
    k: Annotated[int, typer.Option("-k", min=1, help="How many claims to show.")] = 20,
    format_: _Form = Form.TERMINAL,
) -> None:
    """Find the claims of a store that a query asks for, by meaning and by words."""
    with _opened(store) as tracker:
        hits = tracker.search(query, k=k)
        if format_ is Form.JSON:
            answer = _json([to_json(hit) for hit in hits])
        else:
            answer = render_hits(hits, tracker.articles, names=tracker.names)
    write_out(answer, None)


def timeline(
    cluster: Annotated[str, typer.Argument(help="A cluster's id, as `clusters` shows it.")],
    store: _Store,
    format_: _Form = Form.TERMINAL,
) -> None:
    """Show when each side of a cluster appeared, who changed sides, and figures over time."""
    with _opened(store) as tracker:
        told = tracker.timeline(cluster)
        events = [e for e in tracker.lineage if {told.cluster_id, cluster} & {*e.from_ids, *e.into_ids}]
    if format_ is Form.JSON:
        write_out(_json({**to_json(told), "lineage": [to_json(event) for event in events]}), None)
    else:
        write_out(render_timeline(told) + render_lineage(events), None)


def changes(
    store: _Store,
    since: Annotated[
        str, typer.Option("--since", help="An ISO date or time; without a time zone it is taken for UTC.")
    ],
    format_: _Form = Form.TERMINAL,
) -> None:
    """Show what articles that were added since then have brought."""
    try:
        moment = datetime.datetime.fromisoformat(since)
    except ValueError:
        raise InvalidInputError(f"--since must be an ISO date or time; got {since!r}.") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    with _opened(store) as tracker:
        told = tracker.changes(moment)
        if format_ is Form.JSON:
            answer = _json(to_json(told))
        else:
            answer = render_changes(told, tracker.clusters, tracker.articles)
    write_out(answer, None)


def correct(
    store: _Store,
    action: Annotated[
        Action | None, typer.Argument(help="What was decided; left out, the corrections kept are shown.")
    ] = None,
    ids: Annotated[
        list[str] | None, typer.Argument(help="Two ids: of claims, or with copies and independent of articles.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who decides.")] = None,
    label: Annotated[Label | None, typer.Option("--label", help="With retype: what the relation is.")] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", help="With retype: what a contradiction turns on.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="Why.")] = None,
    undo: Annotated[
        str | None, typer.Option("--undo", help="Forget the correction with this id.", metavar="ID")
    ] = None,
    import_: Annotated[
        Path | None, typer.Option("--import", help="Keep the corrections of an export.", metavar="FILE")
    ] = None,
    format_: _Form = Form.TERMINAL,
) -> None:
    """Keep a person's decision about two claims or two articles, undo one, or show all."""
    if sum(x is not None for x in (action, undo, import_)) > 1:
        raise typer.BadParameter("give an action, --undo or --import, one of the three.")
    if action is not None and (ids is None or len(ids) != 2 or by is None):
        raise typer.BadParameter("an action needs two ids, and --by with who decides.")
    if action is None and (by, label, kind, note) != (None, None, None, None):
        raise typer.BadParameter("--by, --label, --kind and --note go with an action.")
    lines = Lines(import_) if import_ is not None else None
    with _opened(store, read_only=action is None and undo is None and import_ is None) as tracker:
        if action is not None and ids and by is not None:
            tracker.correct(action, *ids, by=by, label=label, kind=kind, note=note)
        elif undo is not None:
            tracker.undo(undo)
        elif lines is not None:
            for place, row in lines:
                if row.get("type") == "correction":
                    try:
                        tracker.keep_correction(correction_from_row(row))
                    except InvalidInputError as error:
                        lines.fail(place, str(error))
        if format_ is Form.JSON:
            answer = _json([to_json(correction) for correction in tracker.corrections])
        else:
            answer = render_corrections(
                tracker.corrections,
                {claim.id: claim for claim in tracker.claims},
                {article.id: article for article in tracker.articles},
            )
    write_out(answer, None)
    if lines is not None:
        lines.leave()


def remove(
    store: _Store,
    article_ids: Annotated[list[str], typer.Argument(help="Ids of articles, as `info` and `export` show them.")],
    format_: _Form = Form.TERMINAL,
) -> None:
    """Forget articles, as if they had never been added; their words are in no byte of the store afterwards."""
    removed = list(dict.fromkeys(article_ids))
    with _opened(store, read_only=False) as tracker:
        tracker.remove(removed)
        articles, made = len(tracker.articles), len(tracker.clusters)
    told = {"removed": removed, "articles": articles, "clusters": made}
    left = f"{counted(articles, 'article')}, {counted(made, 'cluster')}"
    text = f"removed: {counted(len(removed), 'article')}; left: {left}.\n"
    write_out(_json(told) if format_ is Form.JSON else text, None)


def export(
    store: _Store,
    output: _Output = None,
    format_: Annotated[ExportFormat, typer.Option("--format")] = ExportFormat.JSONL,
) -> None:
    """Write all that a store tells for other programs: articles without their text, claims, relations, clusters, corrections."""
    _check_output(output, store)
    with _opened(store) as tracker:
        records: tuple[Exported, ...] = (
            *tracker.articles,
            *tracker.claims,
            *tracker.relations,
            *tracker.clusters,
            *tracker.corrections,
            *tracker.versions,
            *tracker.lineage,
        )
        text = "".join(to_jsonl(records))
    write_out(text, output)


def info(
    store: _Store,
    articles: Annotated[bool, typer.Option("--articles", help="List the articles with their ids.")] = False,
    format_: _Form = Form.TERMINAL,
) -> None:
    """Show what a store holds and what it was made with."""
    with _opened(store) as tracker:
        told: dict[str, Any] = tracker.info()
        kept = [to_json(article) for article in tracker.articles] if articles else []
    told["file size"] = store.stat().st_size
    if format_ is Form.JSON:
        write_out(_json(told | ({"list": kept} if articles else {})), None)
        return
    lines = [
        f"{a['id']}  {a['published'] or 'undated':<10}  {a['source'] or a['name']}: {a['title'] or ''}" for a in kept
    ]
    write_out(render_info(told) + render_info({line[:16]: line[18:] for line in lines}), None)


KEPT: tuple[Callable[..., None], ...] = (
    add,
    relate,
    clusters,
    check,
    search,
    timeline,
    changes,
    correct,
    remove,
    export,
    info,
)
