"""An export whose library is not installed names the command that installs it."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from made_records import RECORDS

from claimtrack.errors import ClaimtrackError, MissingExtraError
from claimtrack.export import to_networkx, to_pandas, to_parquet


@pytest.mark.parametrize(
    ("export", "library", "extra"),
    [(to_pandas, "pandas", "pandas"), (to_parquet, "pyarrow", "parquet"), (to_networkx, "networkx", "networkx")],
)
def test_a_library_that_is_missing_is_named_by_its_extra(
    export: Callable[..., object], library: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)

    with pytest.raises(MissingExtraError, match=rf"pip install 'claimtrack\[{extra}\]'") as caught:
        export(RECORDS)

    assert caught.value.extra == extra
    assert isinstance(caught.value, ClaimtrackError)
    assert isinstance(caught.value, ImportError)
