"""The relation model that the package ships: a small cross-encoder, run by onnxruntime."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from claimtrack.errors import InvalidInputError, ModelError
from claimtrack.relations.base import Probabilities
from claimtrack.relations.calibration import Calibration
from claimtrack.relations.decision import Thresholds

__all__ = ["OnnxCrossEncoder"]

_LABELS = ("entailment", "neutral", "contradiction")


def _bundled() -> Path:
    """Give the folder of the shipped model."""
    return Path(str(resources.files("claimtrack.models"))) / "relation"


class OnnxCrossEncoder:
    """Judge pairs with a three-class cross-encoder in ONNX form.

    Parameters
    ----------
    folder : path, optional
        Holds ``model.onnx``, ``tokenizer.json`` and ``model.json`` (name, labels in order, longest input in tokens,
        calibration, decision thresholds, SHA-256 of the weights). The shipped model by default.
    batch_size : int, default 32
        Pairs in one run of the network. Pairs are sorted by length first, so that little is padding; the order of the
        result is that of the input.
    threads : int or None
        Threads of the network; None leaves it to onnxruntime.

    Raises
    ------
    ModelError
        If a file is missing or is not the one that ``model.json`` names.

    Notes
    -----
    Weights are stored as 8-bit integers with a scale for each row and computed with as 32-bit floats: a pair gets the
    same numbers alone and in any batch, which activations quantised on the fly do not give.
    """

    def __init__(
        self, folder: str | os.PathLike[str] | None = None, *, batch_size: int = 32, threads: int | None = None
    ) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        place = Path(folder) if folder is not None else _bundled()
        try:
            settings = (place / "model.json").read_bytes()
            weights = (place / "model.onnx").read_bytes()
            vocabulary = (place / "tokenizer.json").read_bytes()
        except OSError as error:
            raise ModelError(
                f"a relation model must be a folder with model.json, model.onnx and tokenizer.json; {error}."
            ) from error
        self._settings = _checked(settings)
        digest = hashlib.sha256(weights).hexdigest()
        if digest != self._settings["sha256"]:
            raise ModelError(
                f"model.onnx must have the SHA-256 {self._settings['sha256']}, as model.json says; got {digest}."
            )
        self._columns = [self._settings["labels"].index(label) for label in _LABELS]
        try:
            self._calibration = Calibration.from_mapping(self._settings["calibration"])
            self.thresholds = Thresholds.from_mapping(self._settings["thresholds"])
        except InvalidInputError as error:
            raise ModelError(f"model.json must hold a calibration and thresholds; {error}") from error
        try:
            tokenizer = Tokenizer.from_buffer(vocabulary)
        except Exception as error:  # tokenizers raises nothing narrower
            raise ModelError(f"tokenizer.json must hold a tokenizer; {error}.") from error
        tokenizer.enable_truncation(self._settings["max_tokens"], strategy="longest_first")
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._batch_size = batch_size
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        if threads is not None:
            options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])

    @property
    def name(self) -> str:
        """Name and version of the model, kept in each relation."""
        return str(self._settings["name"])

    def judge(self, pairs: Sequence[tuple[str, str]], /) -> Probabilities:
        """Judge ordered pairs; see :class:`claimtrack.relations.base.RelationModel`."""
        return self._calibration.apply(self.logits(pairs))

    def logits(self, pairs: Sequence[tuple[str, str]], /) -> npt.NDArray[np.float32]:
        """Run the network without calibration.

        Returns
        -------
        ndarray of shape (n_pairs, 3), float32
            Columns entailment, neutral, contradiction.
        """
        out = np.zeros((len(pairs), 3), dtype=np.float32)
        clean = [(_encodable(premise), _encodable(hypothesis)) for premise, hypothesis in pairs]
        encoded = self._tokenizer.encode_batch(clean)
        order = sorted(range(len(pairs)), key=lambda i: (len(encoded[i].ids), clean[i]))
        for start in range(0, len(order), self._batch_size):
            rows = order[start : start + self._batch_size]
            width = max(len(encoded[i].ids) for i in rows)
            feed = {
                name: np.zeros((len(rows), width), dtype=np.int64)
                for name in ("input_ids", "attention_mask", "token_type_ids")
            }
            for place, i in enumerate(rows):
                length = len(encoded[i].ids)
                feed["input_ids"][place, :length] = encoded[i].ids
                feed["attention_mask"][place, :length] = 1
                feed["token_type_ids"][place, :length] = encoded[i].type_ids
            out[rows] = self.session.run(["logits"], feed)[0][:, self._columns]
        return out


def _checked(settings: bytes) -> dict[str, Any]:
    """Read model.json, and check that it names what is needed."""
    try:
        read = json.loads(settings)
    except ValueError as error:
        raise ModelError(f"model.json must be a JSON object; {error}.") from error
    if not isinstance(read, dict):
        raise ModelError(f"model.json must be a JSON object; got {type(read).__name__}.")
    missing = sorted({"calibration", "labels", "max_tokens", "name", "sha256", "thresholds"} - set(read))
    if missing:
        raise ModelError(f"model.json must name its {', '.join(missing)}; got {sorted(read)}.")
    if not isinstance(read["labels"], list) or sorted(map(str, read["labels"])) != sorted(_LABELS):
        raise ModelError(f"a relation model must have the labels {_LABELS}; got {read['labels']}.")
    return read


def _encodable(text: str) -> str:
    """Replace what is no valid Unicode (lone surrogates), which the tokenizer refuses."""
    return text.encode("utf-8", "replace").decode("utf-8")
