"""Commands that keep nothing: report, judge, split."""

from __future__ import annotations

import enum
import json
from pathlib import Path
from typing import Annotated

import typer

from claimtrack.cli.lines import Lines
from claimtrack.cli.streams import columns, complain, progress_shown, read_named, wants_color, write_out
from claimtrack.errors import ReadError
from claimtrack.records import Article, to_json
from claimtrack.report import Findings, render_html, render_json, render_markdown, render_terminal
from claimtrack.tracker import Tracker
from claimtrack.tracker.stages import LOG, Stages

__all__ = ["ONCE", "PATHS_HELP", "ReportFormat", "findings_of", "form_of", "render_findings"]


PAIRS_AT_ONCE = 512
PATHS_HELP = "Files (.txt, .md, .html, .jsonl, feeds, ClaimReview), folders or globs."
_OF_A_CLAIM = ("spans", "speaker", "attribution", "polarity", "modality", "standalone")


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


def render_findings(findings: Findings, form: ReportFormat, output: Path | None) -> str:
    """Lay findings out in one of the forms, for a file or for stdout."""
    match form:
        case ReportFormat.HTML:
            return render_html(findings)
        case ReportFormat.MD:
            return render_markdown(findings)
        case ReportFormat.JSON:
            return render_json(findings)
        case ReportFormat.TERMINAL:
            return render_terminal(findings, width=columns(output), color=wants_color(output))


def findings_of(tracker: Tracker) -> Findings:
    """Give what a report is made of."""
    return Findings(
        articles=tracker.articles,
        claims=tracker.claims,
        relations=tracker.relations,
        clusters=tracker.clusters,
        corrections=tracker.corrections,
        names=tracker.names,
    )


def report(
    paths: Annotated[list[str], typer.Argument(help=PATHS_HELP, metavar="PATH")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write to this file, not to stdout.", metavar="FILE")
    ] = None,
    format_: Annotated[
        ReportFormat | None,
        typer.Option("--format", help="Form of the report; by default what FILE ends in, else terminal."),
    ] = None,
) -> None:
    """Report what articles agree on and where they contradict.

    Reads the articles, splits them into claims and clusters these. Nothing is kept. An article that cannot be read is
    named on stderr and the others are reported; the exit code is 1 then.
    """
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
    write_out(render_findings(findings, form, output), output)
    if articles.failures:
        raise typer.Exit(1)


_File = Annotated[Path | None, typer.Argument(help="File with lines of JSON; stdin if left out.", metavar="FILE")]


def judge(file: _File = None) -> None:
    """Judge pairs of texts: lines of JSON in, lines of JSON out.

    Each line of the input is an object with "premise" and "hypothesis". It comes back with three probabilities, a label
    and what a contradiction turns on. A line that is broken is named on stderr and left out; the exit code is 1 then.
    """
    from claimtrack.relations import CascadeCrossEncoder, JudgedText, judge_texts

    lines = Lines(file)
    rows = []
    pairs = []
    for place, row in lines:
        premise, hypothesis = lines.text(row, "premise", place), lines.text(row, "hypothesis", place)
        if premise is not None and hypothesis is not None:
            rows.append(row)
            pairs.append((premise, hypothesis))
    found: list[JudgedText] = []
    with progress_shown() as progress:
        stages = Stages(progress)
        with stages.stage("loading the relation model"):
            model = CascadeCrossEncoder()
        LOG.info("relation model: %s", model.name)
        with stages.stage("judging pairs", len(pairs)) as tell:
            for start in range(0, len(pairs), PAIRS_AT_ONCE):
                found += judge_texts(pairs[start : start + PAIRS_AT_ONCE], model, model.thresholds)
                tell(len(found))
    out = []
    for row, judged in zip(rows, found, strict=True):
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
    """Split texts into claims: lines of JSON in, lines of JSON out.

    Each line of the input is an object with "text" and, if wanted, "id". One line comes out for each claim, with its
    place in the text and its speaker. A line that is broken is named on stderr and left out; the exit code is 1 then.
    """
    from claimtrack.extraction import SpacyExtractor

    lines = Lines(file)
    rows = [(place, row, text) for place, row in lines if (text := lines.text(row, "text", place)) is not None]
    out = []
    with progress_shown() as progress:
        stages = Stages(progress)
        with stages.stage("loading the extractor"):
            extractor = SpacyExtractor(parts=True)
        LOG.info("extractor: %s", extractor.name)
        with stages.stage("extracting claims", len(rows)) as tell:
            for done, (place, row, text) in enumerate(rows, start=1):
                for claim in extractor.extract([Article(name=str(row.get("id", place)), text=text)])[0]:
                    values = to_json(claim)
                    kept = {name: values[name] for name in _OF_A_CLAIM}
                    out.append(json.dumps({"id": row.get("id"), "claim": claim.text, **kept}) + "\n")
                tell(done)
    write_out("".join(out), None)
    lines.leave()


ONCE = (report, judge, split)
