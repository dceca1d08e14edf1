"""A cross-encoder in ONNX form, run by onnxruntime."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from claimtrack.errors import InvalidInputError, ModelError
from claimtrack.relations.base import Probabilities
from claimtrack.relations.model_settings import LABELS, bundled_model, read_decision, read_settings

__all__ = ["OnnxCrossEncoder"]


class OnnxCrossEncoder:
    """Judge pairs with a three-class cross-encoder in ONNX form.

    Parameters
    ----------
    folder : path, optional
        Holds ``model.onnx``, ``tokenizer.json`` and ``model.json`` (name, labels in order, longest input in tokens,
        calibration, decision thresholds, SHA-256 of the weights). By default the first and smaller network of the shipped
        model, see :class:`CascadeCrossEncoder`.
    batch_size : int, at least 1, default 32
        Pairs in one run of the network. Pairs are sorted by length first, so that little is padding; the order of the
        result is that of the input.
    threads : int or None
        Threads of the network; None leaves it to onnxruntime.

    Raises
    ------
    ModelError
        If a file is missing, is not the one that ``model.json`` names, or breaks a rule.
    InvalidInputError
        If `batch_size` is wrong.

    Notes
    -----
    A network's own calibration and thresholds hold for the network alone. The second network of the shipped model has none:
    its probabilities are not calibrated, and the thresholds are the defaults.

    The shipped weights are stored as 4-bit integers with a scale for 64 of them and computed with as 32-bit floats: a pair
    gets the same numbers alone and in any batch, which activations quantised on the fly do not give.
    """

    def __init__(
        self, folder: str | os.PathLike[str] | None = None, *, batch_size: int = 32, threads: int | None = None
    ) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        if isinstance(batch_size, bool) or not isinstance(batch_size, int) or batch_size < 1:
            raise InvalidInputError(f"batch_size must be an int of at least 1; got {batch_size!r}.")
        self._batch_size = batch_size
        place = Path(folder) if folder is not None else bundled_model() / "first"
        try:
            settings = (place / "model.json").read_bytes()
            weights = (place / "model.onnx").read_bytes()
            vocabulary = (place / "tokenizer.json").read_bytes()
        except OSError as error:
            raise ModelError(
                f"a relation model must be a folder with model.json, model.onnx and tokenizer.json; {error}."
            ) from error
        path = place / "model.json"
        read = read_settings(path, settings, "calibration", "labels", "max_tokens", "name", "sha256", "thresholds")
        labels, longest = read["labels"], read["max_tokens"]
        if not isinstance(labels, list) or sorted(map(str, labels)) != sorted(LABELS):
            raise ModelError(f"{path}: a relation model must have the labels {LABELS}; got {labels}.")
        if isinstance(longest, bool) or not isinstance(longest, int) or longest < 1:
            raise ModelError(f"{path} must give max_tokens as an int of at least 1; got {longest!r}.")
        self.sha256 = hashlib.sha256(weights).hexdigest()
        if self.sha256 != read["sha256"]:
            raise ModelError(
                f"{place / 'model.onnx'} must have the SHA-256 {read['sha256']}, as model.json says; got {self.sha256}."
            )
        self._name = str(read["name"])
        self._columns = [labels.index(label) for label in LABELS]
        self._calibration, self.thresholds = read_decision(path, read)
        try:
            tokenizer = Tokenizer.from_buffer(vocabulary)
        except Exception as error:  # tokenizers raises nothing narrower
            raise ModelError(f"{place / 'tokenizer.json'} must hold a tokenizer; {error}.") from error
        tokenizer.enable_truncation(longest, strategy="longest_first")
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        if threads is not None:
            options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        self._inputs = [one.name for one in self.session.get_inputs()]

    @property
    def name(self) -> str:
        """Name and version of the model, kept in each relation."""
        return self._name

    def judge(self, pairs: Sequence[tuple[str, str]], /) -> Probabilities:
        """Judge ordered pairs; see :class:`claimtrack.relations.base.RelationModel`."""
        return self.calibrated(self.logits(pairs))

    def calibrated(self, logits: npt.NDArray[np.float32]) -> Probabilities:
        """Turn logits of shape (n, 3), as :meth:`logits` gives them, into probabilities of the same shape."""
        return self._calibration.apply(logits)

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
            feed = {name: np.zeros((len(rows), width), dtype=np.int64) for name in self._inputs}
            for place, i in enumerate(rows):
                length = len(encoded[i].ids)
                feed["input_ids"][place, :length] = encoded[i].ids
                feed["attention_mask"][place, :length] = 1
                if "token_type_ids" in feed:
                    feed["token_type_ids"][place, :length] = encoded[i].type_ids
            out[rows] = self.session.run(["logits"], feed)[0][:, self._columns]
        return out


def _encodable(text: str) -> str:
    """Replace what is no valid Unicode (lone surrogates), which the tokenizer refuses."""
    return text.encode("utf-8", "replace").decode("utf-8")
