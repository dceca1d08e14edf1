"""Export a trained cross-encoder to ONNX with 4-bit weights, and write it into the package.

Run ``python training/export.py --model build/training/shipped --pairs build/training/real.jsonl --name NAME --out
src/claimtrack/models/relation/first``. Linear layers are rounded on the inputs that some of the pairs give them, see
``rounding.py``, and run by onnxruntime's ``MatMulNBits``, which turns their weights back into 32-bit floats: activations are
not quantised, and a pair's numbers do not depend on its batch. Pieces of words in other scripts than the Latin one are left
out of the vocabulary, as are position vectors beyond the longest input. The calibration is none: ``calibrate.py`` fits it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from torch import Tensor, nn
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from rounding import BLOCK, LOW, nearest, round_linears

SEED = 20260115
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class RoundedEmbedding(nn.Module):
    """An embedding table in 4 bits: the first half of a row in the low bits of its bytes, the second in the high ones."""

    def __init__(self, layer: nn.Embedding) -> None:
        super().__init__()
        rounded, scale = nearest(layer.weight.data)
        half = rounded.shape[1] // 2
        self.register_buffer("weight", rounded[:, :half] | (rounded[:, half:] << 4))
        self.register_buffer("scale", scale.half())

    def forward(self, ids: Tensor) -> Tensor:
        """Look rows up, then turn them into floats."""
        packed = self.weight[ids]
        whole = torch.cat([packed & 15, packed >> 4], dim=-1).float() + LOW
        blocks = whole.unflatten(-1, (-1, BLOCK)) * self.scale[ids].float().unsqueeze(-1)
        return blocks.flatten(-2)


class Logits(nn.Module):
    """The network with plain inputs and one output."""

    def __init__(self, model: nn.Module, names: list[str]) -> None:
        super().__init__()
        self.model = model
        self.names = names

    def forward(self, *inputs: Tensor) -> Tensor:
        """Give logits of shape (n, 3)."""
        return self.model(**dict(zip(self.names, inputs, strict=True))).logits


def is_latin(piece: str) -> bool:
    """Tell whether a piece of a word can stand in an English text; signs, figures and Latin letters of any kind can."""

    def can(c: str) -> bool:
        kind = unicodedata.category(c)
        return ord(c) < 0x250 or kind[0] not in "LM" or kind == "Lm" or "LATIN" in unicodedata.name(c, "")

    return not piece.startswith("[unused") and all(can(c) for c in piece.removeprefix("##"))


def cut_vocabulary(model: nn.Module, described: dict[str, Any]) -> None:
    """Leave out what `is_latin` does not keep, from the embedding table and the tokenizer, in place."""
    special = {token["content"] for token in described["added_tokens"]}
    ids = described["model"]["vocab"]
    pieces = sorted((p for p in ids if p in special or is_latin(p)), key=ids.__getitem__)
    table = model.base_model.embeddings.word_embeddings
    kept = nn.Embedding.from_pretrained(table.weight.data[[ids[p] for p in pieces]])
    model.base_model.embeddings.word_embeddings = kept
    new = {piece: i for i, piece in enumerate(pieces)}
    described["model"]["vocab"] = new
    for token in described["added_tokens"]:
        token["id"] = new[token["content"]]
    after = described["post_processor"]
    for end in ("sep", "cls"):
        if end in after:
            after[end][1] = new[after[end][0]]
    for token in after.get("special_tokens", {}).values():
        token["ids"] = [new[content] for content in token["tokens"]]


def cut_positions(model: nn.Module, n: int) -> None:
    """Leave out position vectors from the nth on, in place."""
    parts = model.base_model.embeddings
    parts.position_embeddings = nn.Embedding.from_pretrained(parts.position_embeddings.weight.data[:n])
    parts.position_ids = parts.position_ids[:, :n]


def with_rounded_products(
    graph: onnx.ModelProto, rounded: dict[str, tuple[Tensor, Tensor]], restored: dict[str, Tensor]
) -> None:
    """Replace products with matrices that were rounded by ``MatMulNBits`` on their integers, in place.

    The export turns matrices round and gives them new names; a matrix is known again by its values.
    """
    names = {matrix.numpy().tobytes(): name for name, matrix in restored.items()}
    values = {one.name: numpy_helper.to_array(one) for one in graph.graph.initializer}
    nodes, gone, found = [], set(), set()
    for node in graph.graph.node:
        matrix = values.get(node.input[1]) if node.op_type in {"MatMul", "Gemm"} else None
        turned = node.op_type == "MatMul"
        name = None if matrix is None else names.get(np.ascontiguousarray(matrix.T if turned else matrix).tobytes())
        if name is None:
            nodes.append(node)
            continue
        whole, scale = (part.numpy() for part in rounded[name])
        blocks = whole.reshape(len(whole), -1, BLOCK)
        packed = blocks[..., ::2] | (blocks[..., 1::2] << 4)
        graph.graph.initializer.extend(
            [
                numpy_helper.from_array(packed, f"{name}.whole"),
                numpy_helper.from_array(scale.reshape(-1), f"{name}.scale"),
            ]
        )
        product = node.output[0] if turned else f"{name}.product"
        nodes.append(
            helper.make_node(
                "MatMulNBits", [node.input[0], f"{name}.whole", f"{name}.scale"], [product], domain="com.microsoft",
                K=whole.shape[1], N=len(whole), bits=4, block_size=BLOCK, accuracy_level=1,
            )
        )  # fmt: skip
        if not turned:
            nodes.append(helper.make_node("Add", [product, node.input[2]], [node.output[0]]))
        gone.add(node.input[1])
        found.add(name)
    if found != set(rounded):
        raise SystemExit(f"not found in the exported graph: {sorted(set(rounded) - found)}")
    kept = [one for one in graph.graph.initializer if one.name not in gone]
    del graph.graph.node[:], graph.graph.initializer[:]
    graph.graph.node.extend(nodes)
    graph.graph.initializer.extend(kept)
    graph.opset_import.append(helper.make_opsetid("com.microsoft", 1))


def exported(model: nn.Module, example: dict[str, Tensor]) -> onnx.ModelProto:
    """Trace a network with inputs of any number of pairs and tokens."""
    names = [name for name in INPUTS if name in example]
    axes = {name: {0: "pairs", 1: "tokens"} for name in names} | {"logits": {0: "pairs"}}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.onnx"
        torch.onnx.export(
            Logits(model, names).eval(),
            tuple(example[name] for name in names),
            str(path),
            input_names=names,
            output_names=["logits"],
            dynamic_axes=axes,
            opset_version=18,
            dynamo=False,
        )
        return onnx.load(path)


def main() -> None:
    """Export and describe the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, required=True, help="training pairs, some of which the rounding looks at")
    parser.add_argument("--n-pairs", type=int, default=512)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--max-tokens", type=int, default=160)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    model = AutoModelForSequenceClassification.from_pretrained(args.model, attn_implementation="eager").eval()
    tokenizer = AutoTokenizer.from_pretrained(args.model)
    with args.pairs.open(encoding="utf-8") as lines:
        pairs = [json.loads(line) for line in lines]
    pairs = random.Random(SEED).sample(pairs, args.n_pairs)
    tokenizer.backend_tokenizer.no_padding()
    tokenizer.backend_tokenizer.no_truncation()
    described = json.loads(tokenizer.backend_tokenizer.to_str())
    cut_vocabulary(model, described)
    cut_positions(model, args.max_tokens + 2)  # some networks count from 2
    (args.out / "tokenizer.json").write_text(
        json.dumps(described, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    known = described["model"]["vocab"]
    encoded = tokenizer(
        [r["premise"] for r in pairs], [r["hypothesis"] for r in pairs], truncation="longest_first", max_length=96
    )
    old = tokenizer.convert_ids_to_tokens
    unknown = known[described["model"]["unk_token"]]
    rows = [[known.get(piece, unknown) for piece in old(ids)] for ids in encoded["input_ids"]]
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    batches = []
    for start in range(0, len(order), 32):
        batch = {key: [encoded[key][i] for i in order[start : start + 32]] for key in encoded}
        batch["input_ids"] = [rows[i] for i in order[start : start + 32]]
        batches.append(dict(tokenizer.pad(batch, return_tensors="pt")))
    with torch.no_grad():
        before = torch.cat([model(**batch).logits for batch in batches])
        rounded = round_linears(model, batches)
        modules = dict(model.named_modules())
        restored = {name: modules[name].weight.data for name in rounded}
        model.base_model.embeddings.word_embeddings = RoundedEmbedding(model.base_model.embeddings.word_embeddings)
        after = torch.cat([model(**batch).logits for batch in batches])
        graph = exported(model, batches[len(batches) // 2])
    with_rounded_products(graph, rounded, restored)
    onnx.save(graph, args.out / "model.onnx")
    same = float((before.argmax(1) == after.argmax(1)).float().mean())
    print(f"logits change by {float((before - after).abs().mean()):.3f} on average; {same:.3f} keep the highest one")
    settings = {
        "name": args.name,
        "labels": [model.config.id2label[i].lower() for i in range(3)],
        "max_tokens": args.max_tokens,
        "sha256": hashlib.sha256((args.out / "model.onnx").read_bytes()).hexdigest(),
        "calibration": {"temperature": 1.0, "bias": [0, 0, 0]},
        "thresholds": {},
    }
    (args.out / "model.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    print(f"{(args.out / 'model.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
