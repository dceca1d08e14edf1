"""Watch a folder of articles day by day: keep what is new, and print what it has brought.

    python watch_folder.py news/ desk.db

Made for cron. A run that finds nothing new prints nothing. A second run beside a first one says so and ends. What a run
that was cut off had not told yet, the next one tells. Files that can't be read are named on stderr, and the rest goes on.

`main` takes the parts of the tracker as arguments. Without any, the trained models are loaded.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import claimtrack as ct
from claimtrack.report import render_changes


def watch(folder: Path, store: Path, **parts: Any) -> int:
    """Add what is new, print what it has brought, and give the number of items that could not be read."""
    told = store.with_name(store.name + "-told")
    with ct.Tracker.open(store, **parts) as tracker:  # held until the end: no other run writes in between
        articles = ct.read(folder)
        for failure in articles.failures:
            print(failure, file=sys.stderr)
        tracker.add(articles)
        changes = tracker.changes(last_told(told))
        if changes.articles:
            print(render_changes(changes, tracker.clusters, tracker.articles), end="")
        note(told, datetime.datetime.now(datetime.UTC))
    return len(articles.failures)


def last_told(path: Path) -> datetime.datetime:
    """Read until when changes were told; before the first run that is the beginning of time."""
    if not path.exists():
        return datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
    return datetime.datetime.fromisoformat(path.read_text(encoding="ascii"))


def note(path: Path, moment: datetime.datetime) -> None:
    """Write the moment as a whole or not at all."""
    half_written = path.with_name(path.name + "-new")
    half_written.write_text(moment.isoformat(), encoding="ascii")
    half_written.replace(path)


def main(arguments: Sequence[str] | None = None, **parts: Any) -> int:
    """Run from the command line; 0 if all went well, 1 if something could not be read or done."""
    parser = argparse.ArgumentParser(description="Keep new articles of a folder and print what they have brought.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("store", type=Path)
    given = parser.parse_args(arguments)
    try:
        return 1 if watch(given.folder, given.store, **parts) else 0
    except ct.StoreError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
