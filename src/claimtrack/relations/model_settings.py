"""The file model.json beside a relation model's weights: read, and checked before anything is run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from claimtrack.errors import InvalidInputError, ModelError
from claimtrack.relations.calibration import Calibration
from claimtrack.relations.decision import Thresholds

__all__ = ["LABELS", "bundled_model", "read_decision", "read_settings", "read_share"]

LABELS = ("entailment", "neutral", "contradiction")


def bundled_model() -> Path:
    """Give the folder of the shipped relation model, which holds one folder for each of its networks."""
    return Path(str(resources.files("claimtrack.models"))) / "relation"


def read_settings(path: Path, content: bytes, *needed: str) -> dict[str, Any]:
    """Read the content of a model.json, and check that it names what is needed.

    Raises
    ------
    ModelError
        If it is no JSON object, or lacks a name.
    """
    try:
        read = json.loads(content)
    except ValueError as error:
        raise ModelError(f"{path} must be a JSON object; {error}.") from error
    if not isinstance(read, dict):
        raise ModelError(f"{path} must be a JSON object; got {type(read).__name__}.")
    missing = sorted(set(needed) - set(read))
    if missing:
        raise ModelError(f"{path} must name its {', '.join(missing)}; got {sorted(read)}.")
    return read


def read_decision(path: Path, settings: Mapping[str, Any]) -> tuple[Calibration, Thresholds]:
    """Give the calibration and the thresholds of a model.json, or raise ModelError."""
    try:
        return Calibration.from_mapping(settings["calibration"]), Thresholds.from_mapping(settings["thresholds"])
    except InvalidInputError as error:
        raise ModelError(f"{path} must hold a calibration and thresholds; {error}") from error


def read_share(path: Path, settings: Mapping[str, Any], key: str) -> float:
    """Give a number from 0 to 1 of a model.json, or raise ModelError."""
    value = settings[key]
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise ModelError(f"{path} must give {key} as a number in [0, 1]; got {value!r}.")
    return float(value)
