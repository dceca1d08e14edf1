"""The relation model that the package ships: a small cross-encoder, and a deeper one for the pairs it is in doubt about."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from claimtrack.errors import ModelError
from claimtrack.relations.base import Probabilities
from claimtrack.relations.calibration import softmax
from claimtrack.relations.model_settings import bundled_model, read_decision, read_settings, read_share
from claimtrack.relations.onnx_cross_encoder import OnnxCrossEncoder

__all__ = ["CascadeCrossEncoder"]

_EDGE = 1e-4
"""Probabilities that differ by less may be those of one pair in two batches."""


class CascadeCrossEncoder:
    """Judge pairs with a small cross-encoder, and those that it does not find plainly neutral with a deeper one as well.

    Nearly all near pairs of news are neutral. The small network is sure of most of these; what it is not sure of is decided
    by both networks together.

    Parameters
    ----------
    folder : path, optional
        Holds ``model.json`` (name, doubt, heard, share, calibration, decision thresholds, SHA-256 of the weights of both
        networks), and the folders ``first`` and ``second``, each as :class:`OnnxCrossEncoder` reads it. The shipped model by
        default.
    batch_size : int, at least 1, default 32
        Pairs in one run of a network.
    threads : int or None
        Threads of a network; None leaves it to onnxruntime.

    Attributes
    ----------
    first, second : OnnxCrossEncoder
    doubt : float
        From 0 to 1. A pair is in doubt if the first network's probability of anything but neutral is at least this.
    heard : float
        From 0 to 1. The second network counts if its largest probability, uncalibrated, is at least this. On texts that it
        cannot tell anything of, it gives all three labels nearly alike.
    share : float
        From 0 to 1. Weight of the second network's logits where both decide; the first network's have the rest.
    calibration : Calibration
        Of the weighted logits.
    thresholds : Thresholds

    Raises
    ------
    ModelError
        If a file is missing, is not the one that a ``model.json`` names, or breaks a rule.
    InvalidInputError
        If `batch_size` is wrong.

    Notes
    -----
    All other pairs have the first network's probabilities, by its own calibration. Each pair is decided on by itself, so that
    it gets the same numbers alone and in any batch.

    References
    ----------
    Viola, Jones (2001), Rapid object detection using a boosted cascade of simple features.
    """

    def __init__(
        self, folder: str | os.PathLike[str] | None = None, *, batch_size: int = 32, threads: int | None = None
    ) -> None:
        place = Path(folder) if folder is not None else bundled_model()
        path = place / "model.json"
        try:
            content = path.read_bytes()
        except OSError as error:
            raise ModelError(f"a cascade must be a folder with model.json, first and second; {error}.") from error
        read = read_settings(path, content, "calibration", "doubt", "heard", "name", "share", "thresholds", "weights")
        self._name = str(read["name"])
        self.calibration, self.thresholds = read_decision(path, read)
        self.doubt, self.heard, self.share = (read_share(path, read, key) for key in ("doubt", "heard", "share"))
        self.first = OnnxCrossEncoder(place / "first", batch_size=batch_size, threads=threads)
        self.second = OnnxCrossEncoder(place / "second", batch_size=batch_size, threads=threads)
        found = [self.first.sha256, self.second.sha256]
        if read["weights"] != found:
            raise ModelError(
                f"{path} must be of the weights in first and second; it is of {read['weights']}, they are {found}."
            )

    @property
    def name(self) -> str:
        """Name and version of the model, kept in each relation."""
        return self._name

    def judge(self, pairs: Sequence[tuple[str, str]], /) -> Probabilities:
        """Judge ordered pairs; see :class:`claimtrack.relations.base.RelationModel`."""
        logits = self.first.logits(pairs)
        judged = self.first.calibrated(logits)
        places, deeper = self.by_both(pairs, judged)
        if len(places):
            judged[places] = self.calibration.apply(self.share * deeper + (1 - self.share) * logits[places])
        return judged

    def by_both(
        self, pairs: Sequence[tuple[str, str]], judged: Probabilities
    ) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float32]]:
        """Find the pairs that both networks decide.

        Parameters
        ----------
        pairs : sequence of (premise, hypothesis)
        judged : ndarray of shape (n_pairs, 3)
            The first network's probabilities.

        Returns
        -------
        tuple of ndarray
            Places in `pairs`, ascending, of shape (n,), and the second network's logits of these, of shape (n, 3).
        """

        def doubt_alone(place: int) -> float:
            return float(1 - self.first.judge([pairs[place]])[0, 1])

        def voice_alone(place: int) -> float:
            return float(softmax(self.second.logits([asked[place]])).max())

        doubtful = np.flatnonzero(_reaches(1 - judged[:, 1], self.doubt, doubt_alone))
        asked = [pairs[int(place)] for place in doubtful]
        deeper = self.second.logits(asked)
        if not len(doubtful):
            return doubtful, deeper
        heard = _reaches(softmax(deeper).max(axis=1), self.heard, voice_alone)
        return doubtful[heard], deeper[heard]


def _reaches(values: npt.NDArray[np.float64], bar: float, alone: Callable[[int], float]) -> npt.NDArray[np.bool_]:
    """Tell which values of a batch are at least `bar`; of those so near that another batch may differ, alone decides."""
    settled = values.copy()
    for place in np.flatnonzero(np.abs(values - bar) < _EDGE):
        settled[place] = alone(int(place))
    return settled >= bar
