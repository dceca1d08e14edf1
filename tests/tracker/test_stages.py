from __future__ import annotations

import logging
import re

import pytest

from claimtrack.tracker.stages import LOG, Stages


def test_a_stage_is_told_from_nothing_to_all_of_it_each_step_once() -> None:
    told: list[tuple[str, int, int]] = []
    stages = Stages(lambda stage, done, total: told.append((stage, done, total)))

    with stages.stage("reading"):
        pass
    with stages.stage("judging", 3) as tell:
        for done in (1, 2, 3):
            tell(done)

    assert told == [
        ("reading", 0, 1),
        ("reading", 1, 1),
        ("judging", 0, 3),
        ("judging", 1, 3),
        ("judging", 2, 3),
        ("judging", 3, 3),
    ]


def test_what_progress_sets_going_itself_is_not_told_to_it() -> None:
    """Whoever hears of progress may look into the tracker, which may begin a stage of its own."""
    told: list[str] = []

    def look(stage: str, done: int, total: int) -> None:
        told.append(stage)
        with stages.stage("looking"):
            pass

    stages = Stages(look)
    with stages.stage("adding"):
        pass

    assert told == ["adding", "adding"]


def test_a_stage_is_logged_when_it_begins_and_with_its_time_when_it_is_over(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "claimtrack"), Stages().stage("judging pairs", 512):
        assert caplog.messages == ["judging pairs (512)"]

    assert len(caplog.messages) == 2
    assert re.fullmatch(r"judging pairs \(512\): \d+\.\d\d s", caplog.messages[1])


def test_the_log_says_nothing_unless_it_is_asked_to() -> None:
    """Without a handler of its own the warnings of a library go to stderr."""
    assert any(isinstance(handler, logging.NullHandler) for handler in LOG.handlers)
    assert LOG.name == "claimtrack"
