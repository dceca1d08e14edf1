from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from claimtrack.extraction import SpacyExtractor
from claimtrack.relations import CascadeCrossEncoder

# A busy machine is slow now and then; that is no failure of the code under test.
settings.register_profile("claimtrack", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("claimtrack")

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write tests/golden/ anew instead of comparing with it"
    )


@pytest.fixture
def check_golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the file of that name in tests/golden/; with --update-golden write the file instead."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8", newline="")
        expected = path.read_bytes().decode("utf-8")

        assert text == expected, f"{name} differs; if the change is meant, run pytest --update-golden and read the diff"

    return check


@pytest.fixture(scope="session")
def extractor() -> SpacyExtractor:
    """The default extractor, loaded once for all tests."""
    return SpacyExtractor()


@pytest.fixture(scope="session")
def relation_model() -> CascadeCrossEncoder:
    """The shipped relation model, loaded once for all tests."""
    return CascadeCrossEncoder(threads=2)
