"""Commands on a store, and ``check``, which takes a store or articles."""

from __future__ import annotations

import datetime
import enum
import json
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import attrs
import typer

from claimtrack.cli.lines import Lines
from claimtrack.cli.once import PATHS_HELP, ReportFormat, findings_of, form_of, render_findings
from claimtrack.cli.streams import columns, complain, encoded, progress_shown, read_named, write_out
from claimtrack.errors import InvalidInputError, ReadError, StoreError
from claimtrack.export import (
    Exported,
    correction_from_row,
    to_claim_review,
    to_csv,
    to_graphml,
    to_jsonl,
    to_parquet,
    to_zip,
)
from claimtrack.records import Action, Kind, Label, to_json
from claimtrack.records.wording import counted
from claimtrack.report import (
    render_articles,
    render_assessment,
    render_changes,
    render_corrections,
    render_hits,
    render_html,
    render_info,
    render_lineage,
    render_timeline,
)
from claimtrack.report.wrapping import wrap
from claimtrack.tracker import StaleJudgementsWarning, Tracker

__all__ = ["KEPT"]


class Form(enum.StrEnum):
    """Forms of an answer."""

    TERMINAL = "terminal"
    JSON = "json"


class ExportFormat(enum.StrEnum):
    """Forms of an export."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    CLAIMREVIEW = "claimreview"
    GRAPHML = "graphml"


class Table(enum.StrEnum):
    """Tables of an export."""

    ARTICLES = "articles"
    CLAIMS = "claims"
    RELATIONS = "relations"
    CLUSTERS = "clusters"
    CORRECTIONS = "corrections"
    VERSIONS = "versions"
    LINEAGE = "lineage"


_Store = Annotated[Path, typer.Option("--store", help="The store's file.", metavar="FILE")]
_Form = Annotated[Form, typer.Option("--format", help="Form of the answer.")]
_Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write to this file, not to stdout.", metavar="FILE")
]


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
        is_stale = issubclass(warning.category, StaleJudgementsWarning)
        complain(f"{warning.message}\nHint: claimtrack relate --store {store}" if is_stale else str(warning.message))


def _check_output(output: Path | None, store: Path) -> None:
    """Refuse, before any work, what can't be written, and what would take the store's own place."""
    if output is None:
        return
    if not output.parent.is_dir():
        raise ReadError(str(output), "", "the folder to write to must exist.")
    if output.exists() and store.exists() and output.samefile(store):
        raise ReadError(str(output), "", "the output must be another file than the store.")


def _moment(since: str) -> datetime.datetime:
    """Read the point in time of ``--since``; without a time zone it is taken for UTC."""
    try:
        moment = datetime.datetime.fromisoformat(since)
        return moment.astimezone(datetime.UTC) if moment.tzinfo is not None else moment.replace(tzinfo=datetime.UTC)
    except (ValueError, OverflowError):  # the latter where UTC is in the year 0 or 10,000
        raise InvalidInputError(f"--since must be an ISO date or time; got {since!r}.") from None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, indent=1) + "\n"


def _said(text: str) -> str:
    """Give one sentence in lines that fit the terminal."""
    return "\n".join([*wrap(text, columns()), ""])


def add(
    paths: Annotated[list[str], typer.Argument(help=PATHS_HELP, metavar="PATH")],
    store: _Store,
    update: Annotated[
        bool, typer.Option("--update", help="Take an article with a kept one's address for its new version.")
    ] = False,
    relate: Annotated[bool, typer.Option(help="Judge the near pairs now, not by `relate` later.")] = True,
    format_: _Form = Form.TERMINAL,
) -> None:
    """Keep articles in a store.

    The store is made if it is not there. What is kept already is left alone. An article that cannot be read is named on
    stderr and the others are kept; the exit code is 1 then.
    """
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
        write_out(_said(f"new: {len(new)} of {counted(len(articles), 'article')}{changed}; kept: {kept}."), None)
    if articles.failures:
        raise typer.Exit(1)


def relate(store: _Store, format_: _Form = Form.TERMINAL) -> None:
    """Judge the near pairs of a store that have not been judged yet.

    Pairs that another model judged, or with other thresholds, are judged again.
    """
    with _opened(store, read_only=False) as tracker:
        judged = tracker.relate()
        clusters = len(tracker.clusters)
    told = {"judged": judged, "clusters": clusters}
    write_out(
        _json(told)
        if format_ is Form.JSON
        else _said(f"judged: {counted(judged, 'pair')}; {counted(clusters, 'cluster')}."),
        None,
    )


def clusters(
    store: _Store,
    contradicting: Annotated[bool, typer.Option("--contradicting", help="Only those with a contradiction.")] = False,
    output: _Output = None,
    format_: Annotated[
        ReportFormat | None,
        typer.Option("--format", help="Form of the report; by default what FILE ends in, else terminal."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            help="With html: mark what articles added since this ISO date or time have brought.",
            metavar="TIME",
        ),
    ] = None,
) -> None:
    """Show what the sources of a store agree on and where they differ."""
    form = form_of(format_, output)
    if since is not None and form is not ReportFormat.HTML:
        raise typer.BadParameter("--since goes with html; claimtrack changes tells the same on a terminal.")
    moment = _moment(since) if since is not None else None
    _check_output(output, store)
    with _opened(store) as tracker:
        findings = findings_of(tracker)
        if contradicting:
            disputed = tuple(cluster for cluster in findings.clusters if cluster.contradictions)
            findings = attrs.evolve(findings, clusters=disputed, left_out=findings.agreeing)
        if form is ReportFormat.HTML:
            timelines = [tracker.timeline(cluster.id) for cluster in findings.clusters]
            news = tracker.changes(moment) if moment is not None else None
            text = render_html(findings, timelines=timelines, changes=news)
        else:
            text = render_findings(findings, form, output)
    write_out(text, output)


def check(
    claim: Annotated[
        str, typer.Argument(help="One statement, or with --text a whole text, in quotation marks.", metavar="CLAIM")
    ],
    store: Annotated[Path | None, typer.Option("--store", help="Check against this store.", metavar="FILE")] = None,
    articles: Annotated[
        list[str] | None,
        typer.Option("--articles", help="File, folder or glob to check against; may be given again.", metavar="PATH"),
    ] = None,
    text: Annotated[bool, typer.Option("--text", help="Split the text into claims and check each.")] = False,
    format_: _Form = Form.TERMINAL,
) -> None:
    """Hold a claim against a store or against articles.

    The answer says who supports the claim, who contradicts it, in which words and where. It says what sources say, not
    what is true. The exit code is 0 whatever the answer is; it is 1 if an article could not be read.
    """
    if (store is None) == (not articles):
        raise typer.BadParameter("give --store FILE or --articles PATH, one of the two.")
    failures = 0
    if store is not None:
        with _opened(store) as tracker:
            answer = _checked(tracker, claim, text, format_)
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
        return render_assessment(assessment, tracker.articles, names=tracker.names, width=columns())
    assessments = tracker.check_text(claim)
    if form is Form.JSON:
        return _json([to_json(assessment) for assessment in assessments])
    articles, names, width = tracker.articles, tracker.names, columns()
    shown = [render_assessment(assessment, articles, names=names, width=width) for assessment in assessments]
    return "\n".join(shown) or "The text holds no claim.\n"


def search(
    query: Annotated[str, typer.Argument(help="What to look for, in quotation marks.", metavar="QUERY")],
    store: _Store,
    k: Annotated[int, typer.Option("-k", min=1, help="How many claims to show.", metavar="N")] = 20,
    format_: _Form = Form.TERMINAL,
) -> None:
    """Find claims of a store by meaning and by words."""
    with _opened(store) as tracker:
        hits = tracker.search(query, k=k)
        if format_ is Form.JSON:
            answer = _json([to_json(hit) for hit in hits])
        else:
            answer = render_hits(hits, tracker.articles, names=tracker.names, width=columns())
    write_out(answer, None)


def timeline(
    cluster: Annotated[str, typer.Argument(help="A cluster's id, as `clusters` shows it.", metavar="CLUSTER")],
    store: _Store,
    format_: _Form = Form.TERMINAL,
) -> None:
    """Show how a cluster came about.

    When each side appeared, who stood on two, figures over time, what was withdrawn, and what became of the cluster.
    """
    with _opened(store) as tracker:
        told = tracker.timeline(cluster)
        events = [e for e in tracker.lineage if {told.cluster_id, cluster} & {*e.from_ids, *e.into_ids}]
    if format_ is Form.JSON:
        write_out(_json({**to_json(told), "lineage": [to_json(event) for event in events]}), None)
    else:
        write_out(render_timeline(told, width=columns()) + render_lineage(events, width=columns()), None)


def changes(
    store: _Store,
    since: Annotated[
        str,
        typer.Option("--since", help="An ISO date or time; without a time zone it is taken for UTC.", metavar="TIME"),
    ],
    format_: _Form = Form.TERMINAL,
) -> None:
    """Show what articles that were added since then have brought.

    New clusters, new contradictions, and sides that gained an outlet.
    """
    moment = _moment(since)
    with _opened(store) as tracker:
        told = tracker.changes(moment)
        if format_ is Form.JSON:
            answer = _json(to_json(told))
        else:
            answer = render_changes(told, tracker.clusters, tracker.articles, width=columns())
    write_out(answer, None)


def correct(
    store: _Store,
    action: Annotated[
        Action | None,
        typer.Argument(help="What was decided; left out, the kept decisions are shown.", metavar="ACTION"),
    ] = None,
    ids: Annotated[
        list[str] | None,
        typer.Argument(help="Two ids: of claims, or with copies and independent of articles.", metavar="ID"),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who decides.", metavar="NAME")] = None,
    label: Annotated[Label | None, typer.Option("--label", help="With retype: what the relation is.")] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", help="With retype: what a contradiction turns on.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="Why.", metavar="TEXT")] = None,
    undo: Annotated[
        str | None, typer.Option("--undo", help="Forget the correction with this id.", metavar="ID")
    ] = None,
    import_: Annotated[
        Path | None, typer.Option("--import", help="Keep the corrections of an export.", metavar="FILE")
    ] = None,
    format_: _Form = Form.TERMINAL,
) -> None:
    """Keep a person's decision, undo one, or show all.

    A decision is about two claims (confirm, dismiss, retype, join, split) or two articles (copies, independent). It
    holds against what the models say, also after later runs. After a decision the kept ones are shown, and what became
    of clusters.
    """
    if sum(x is not None for x in (action, undo, import_)) > 1:
        raise typer.BadParameter("give an action, --undo or --import, one of the three.")
    if action is not None and (ids is None or len(ids) != 2 or by is None):
        raise typer.BadParameter("an action needs two ids, and --by with who decides.")
    if action is None and (by, label, kind, note) != (None, None, None, None):
        raise typer.BadParameter("--by, --label, --kind and --note go with an action.")
    lines = Lines(import_) if import_ is not None else None
    only_shown = action is None and undo is None and import_ is None
    with _opened(store, read_only=only_shown) as tracker:
        noticed = len(tracker.lineage)
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
        if not only_shown:
            _ = tracker.clusters  # asking for them notes what became of them
        if format_ is Form.JSON:
            answer = _json([to_json(correction) for correction in tracker.corrections])
        else:
            answer = render_corrections(
                tracker.corrections,
                {claim.id: claim for claim in tracker.claims},
                {article.id: article for article in tracker.articles},
                width=columns(),
            ) + render_lineage(tracker.lineage[noticed:], width=columns())
    write_out(answer, None)
    if lines is not None:
        lines.leave()


def remove(
    store: _Store,
    article_ids: Annotated[
        list[str], typer.Argument(help="Ids of articles, as `info --articles` shows them.", metavar="ID")
    ],
    format_: _Form = Form.TERMINAL,
) -> None:
    """Forget articles, as if they had never been added.

    Their words are in no byte of the store afterwards.
    """
    removed = list(dict.fromkeys(article_ids))
    with _opened(store, read_only=False) as tracker:
        tracker.remove(removed)
        articles, made = len(tracker.articles), len(tracker.clusters)
    told = {"removed": removed, "articles": articles, "clusters": made}
    left = f"{counted(articles, 'article')}, {counted(made, 'cluster')}"
    text = f"removed: {counted(len(removed), 'article')}; left: {left}."
    write_out(_json(told) if format_ is Form.JSON else _said(text), None)


def export(
    store: _Store,
    output: _Output = None,
    format_: Annotated[ExportFormat, typer.Option("--format", help="Form of the export.")] = ExportFormat.JSONL,
    table: Annotated[
        Table | None,
        typer.Option("--table", help="With csv and parquet: which table. [default: claims; all, if FILE ends in .zip]"),
    ] = None,
) -> None:
    """Write what a store holds for other programs.

    Articles without their text, claims, relations, clusters, corrections, old versions and lineage.
    """
    tabular = format_ in (ExportFormat.CSV, ExportFormat.PARQUET)
    if table is not None and not tabular:
        raise typer.BadParameter("--table goes with --format csv and parquet.")
    if format_ is ExportFormat.PARQUET and output is None and sys.stdout.isatty():
        raise typer.BadParameter("parquet is not for a terminal; give -o FILE.")
    _check_output(output, store)
    with _opened(store) as tracker:
        records = tracker.records
    if tabular and output is not None and output.suffix.lower() == ".zip":
        wanted = tuple(Table) if table is None else (table,)
        files = {f"{name}.{format_}": encoded(_exported(records, format_, name)) for name in wanted}
        write_out(to_zip(files), output)
    else:
        write_out(_exported(records, format_, table or Table.CLAIMS), output)


def _exported(records: tuple[Exported, ...], format_: ExportFormat, table: Table) -> str | bytes:
    match format_:
        case ExportFormat.JSONL:
            return "".join(to_jsonl(records))
        case ExportFormat.CSV:
            return to_csv(records, table)
        case ExportFormat.PARQUET:
            return to_parquet(records, table)
        case ExportFormat.CLAIMREVIEW:
            return to_claim_review(records)
        case ExportFormat.GRAPHML:
            return to_graphml(records)


def info(
    store: _Store,
    articles: Annotated[bool, typer.Option("--articles", help="List the articles with their ids.")] = False,
    format_: _Form = Form.TERMINAL,
) -> None:
    """Show what a store holds and what it was made with."""
    with _opened(store) as tracker:
        told: dict[str, Any] = tracker.info()
        kept = tracker.articles if articles else ()
    told["file size"] = store.stat().st_size
    if format_ is Form.JSON:
        answer = _json(told | ({"list": [to_json(article) for article in kept]} if articles else {}))
    else:
        answer = render_info(told, width=columns()) + render_articles(kept, width=columns())
    write_out(answer, None)


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
