"""Any sentence-transformers ``CrossEncoder`` with three NLI labels as a relation model."""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np

from claimtrack.errors import ModelError
from claimtrack.relations.base import Probabilities
from claimtrack.relations.calibration import Calibration

__all__ = ["SentenceTransformerCrossEncoder"]

_LABELS = ("entailment", "neutral", "contradiction")


class SentenceTransformerCrossEncoder:
    """Judge pairs with a cross-encoder given by path or name.

    Parameters
    ----------
    model : str or path
        A folder, or the name of a model that is in the local cache: nothing is downloaded.
    calibration : Calibration, optional
        None leaves the model's probabilities as they are.
    batch_size : int, default 32

    Raises
    ------
    ModelError
        If the model is not to be had locally, or its ``id2label`` lacks one of the three labels. The order of the labels
        is read from the model, never assumed.
    """

    def __init__(
        self, model: str | os.PathLike[str], *, calibration: Calibration | None = None, batch_size: int = 32
    ) -> None:
        from sentence_transformers import CrossEncoder

        try:
            self._model = CrossEncoder(os.fspath(model), device="cpu", local_files_only=True)
        except (OSError, ValueError) as error:
            raise ModelError(
                f"the relation model {os.fspath(model)!r} must be a folder or a model in the local cache; {error}"
            ) from error
        names = {str(label).lower(): int(i) for i, label in (self._model.config.id2label or {}).items()}
        missing = [label for label in _LABELS if label not in names]
        if missing:
            raise ModelError(f"id2label of {os.fspath(model)!r} must name {_LABELS}; got {sorted(names)}.")
        self._columns = [names[label] for label in _LABELS]
        self._name = os.path.basename(os.path.normpath(os.fspath(model)))  # noqa: PTH119 - a hub name is no path
        self._calibration = calibration or Calibration()
        self._batch_size = batch_size

    @property
    def name(self) -> str:
        """Last part of the path or name."""
        return self._name

    def judge(self, pairs: Sequence[tuple[str, str]], /) -> Probabilities:
        """Judge ordered pairs; see :class:`claimtrack.relations.base.RelationModel`."""
        if not pairs:
            return np.zeros((0, 3))
        import torch

        logits = self._model.predict(
            [
                [text.encode("utf-8", "replace").decode("utf-8") for text in pair] for pair in pairs
            ],  # no lone surrogates
            batch_size=self._batch_size,
            activation_fn=torch.nn.Identity(),
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return self._calibration.apply(np.asarray(logits)[:, self._columns])
