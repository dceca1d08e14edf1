"""Commands that keep nothing: report, judge, split."""

from __future__ import annotations

import enum
import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from claimtrack.cli.lines import Lines
from claimtrack.cli.streams import complain, progress_shown, read_named, write_out
from claimtrack.errors import ReadError
from claimtrack.records import Article, to_json
from claimtrack.report import Findings, render_html, render_json, render_markdown, render_terminal
from claimtrack.tracker import Tracker

__all__ = ["ONCE", "ReportFormat", "findings_of", "form_of", "render_findings", "wants_color"]


class ReportFormat(enum.StrEnum):
    """Forms of the report."""

    TERMINAL = "terminal"
    HTML = "html"
    MD = "md"
    JSON = "json"


def form_of(format_: ReportFormat | None, output: Path | None) -> ReportFormat:
    """Give the form that was asked for, else what the output file's ending says, else terminal."""
    endings = {
        ".html": ReportFormat.HTML,
        ".htm": ReportFormat.HTML,
        ".md": ReportFormat.MD,
        ".json": ReportFormat.JSON,
    }
    return format_ or (endings.get(output.suffix.lower()) if output is not None else None) or ReportFormat.TERMINAL


def render_findings(findings: Findings, form: ReportFormat, *, color: bool) -> str:
    """Lay findings out in one of the forms."""
    match form:
        case ReportFormat.HTML:
            return render_html(findings)
        case ReportFormat.MD:
            return render_markdown(findings)
        case ReportFormat.JSON:
            return render_json(findings)
        case ReportFormat.TERMINAL:
            return render_terminal(findings, color=color)


def wants_color(output: Path | None) -> bool:
    """Tell whether the output is a terminal that may be given colour."""
    return output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def findings_of(tracker: Tracker) -> Findings:
    """Give what a report is made of."""
    return Findings(
        articles=tracker.articles,
        claims=tracker.claims,
        relations=tracker.relations,
        clusters=tracker.clusters,
        names=tracker.names,
    )


def report(
    paths: Annotated[
        list[str], typer.Argument(help="Files (.txt, .md, .html, .jsonl), folders or globs.", metavar="PATH...")
    ],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file, not to stdout.")] = None,
    format_: Annotated[
        ReportFormat | None,
        typer.Option("--format", help="By default what the output file's ending says, else terminal."),
    ] = None,
) -> None:
    """Read articles, and report what they agree on and where they contradict each other. Nothing is kept."""
    form = form_of(format_, output)
    if output is not None and not output.parent.is_dir():
        raise ReadError(str(output), "", "the folder to write to must exist.")
    articles = read_named(paths)
    if not articles:
        complain("there is nothing to report: no article could be read.")
        raise typer.Exit(1)
    with progress_shown() as progress:
        tracker = Tracker(progress=progress)
        tracker.add(articles)
        findings = findings_of(tracker)
    write_out(render_findings(findings, form, color=wants_color(output)), output)
    if articles.failures:
        raise typer.Exit(1)


_File = Annotated[Path | None, typer.Argument(help="JSONL file; stdin if left out.", metavar="[FILE]")]


def judge(file: _File = None) -> None:
    """Judge pairs: JSONL {"premise", "hypothesis"} in, the same lines with probabilities and label out."""
    from claimtrack.relations import OnnxCrossEncoder, judge_texts

    lines = Lines(file)
    rows = []
    pairs = []
    for place, row in lines:
        premise, hypothesis = lines.text(row, "premise", place), lines.text(row, "hypothesis", place)
        if premise is not None and hypothesis is not None:
            rows.append(row)
            pairs.append((premise, hypothesis))
    model = OnnxCrossEncoder()
    out = []
    for row, judged in zip(rows, judge_texts(pairs, model, model.thresholds), strict=True):
        values = {
            "p_entailment": round(judged.p_entailment, 4),
            "p_neutral": round(judged.p_neutral, 4),
            "p_contradiction": round(judged.p_contradiction, 4),
            "label": judged.label.value,
            "abstained": judged.abstained,
            "kind": judged.conflict.kind.value if judged.conflict else None,
            "reason": judged.conflict.reason if judged.conflict else None,
            "model": judged.model,
        }
        out.append(json.dumps(row | values) + "\n")
    write_out("".join(out), None)
    lines.leave()


def split(file: _File = None) -> None:
    """Split texts into claims: JSONL {"id", "text"} in, one line out for each claim."""
    from claimtrack.extraction import SpacyExtractor

    lines = Lines(file)
    extractor = SpacyExtractor(parts=True)
    out = []
    for place, row in lines:
        text = lines.text(row, "text", place)
        if text is None:
            continue
        for claim in extractor.extract([Article(name=str(row.get("id", place)), text=text)])[0]:
            values = to_json(claim)
            kept = {
                key: values[key] for key in ("spans", "speaker", "attribution", "polarity", "modality", "standalone")
            }
            out.append(json.dumps({"id": row.get("id"), "claim": claim.text, **kept}) + "\n")
    write_out("".join(out), None)
    lines.leave()


ONCE = (report, judge, split)
