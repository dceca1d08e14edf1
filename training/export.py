"""Export a trained cross-encoder to ONNX with 8-bit weights, and write it into the package.

Run ``python training/export.py --model build/training/model/final --out src/claimtrack/models/relation``. Weights are
stored as int8 with one scale for each row (per channel) and turned back into 32-bit floats when the file is loaded, so
that the arithmetic is that of floats: activations are not quantised, and a pair's numbers do not depend on its batch.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModelForSequenceClassification, AutoTokenizer


def rows_to_int8(weight: Tensor) -> tuple[Tensor, Tensor]:
    """Quantise each row of a matrix by its largest magnitude."""
    scale = weight.abs().amax(dim=1, keepdim=True).clamp_min(1e-12) / 127
    return torch.round(weight / scale).to(torch.int8), scale


class Int8Linear(nn.Module):
    """A linear layer that keeps its weight as int8."""

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        weight, scale = rows_to_int8(layer.weight.data)
        self.register_buffer("weight", weight)
        self.register_buffer("scale", scale)
        self.register_buffer("bias", layer.bias.data.clone())

    def forward(self, x: Tensor) -> Tensor:
        """Compute in floats."""
        return nn.functional.linear(x, self.weight.to(torch.float32) * self.scale, self.bias)


class Int8Embedding(nn.Module):
    """An embedding table that keeps its rows as int8."""

    def __init__(self, layer: nn.Embedding) -> None:
        super().__init__()
        weight, scale = rows_to_int8(layer.weight.data)
        self.register_buffer("weight", weight)
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        """Look rows up, then scale them."""
        return nn.functional.embedding(ids, self.weight).to(torch.float32) * nn.functional.embedding(ids, self.scale)


def quantise(module: nn.Module) -> None:
    """Replace the layers of a network in place."""
    for name, child in module.named_children():
        if isinstance(child, nn.Linear):
            setattr(module, name, Int8Linear(child))
        elif isinstance(child, nn.Embedding) and child.num_embeddings > 1000:
            setattr(module, name, Int8Embedding(child))
        else:
            quantise(child)


class Logits(nn.Module):
    """The network with plain inputs and one output."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Give logits of shape (n, 3)."""
        return self.model(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids).logits


def main() -> None:
    """Export and describe the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--name", default="claimtrack-nli-minilm-l6-2")
    parser.add_argument("--max-tokens", type=int, default=160)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    model = AutoModelForSequenceClassification.from_pretrained(args.model, attn_implementation="eager").eval()
    tokenizer = AutoTokenizer.from_pretrained(args.model)
    pair = tokenizer(
        ["A man sleeps.", "The minister resigned on Monday."],
        ["A man is awake.", "He stays."],
        padding=True,
        return_tensors="pt",
    )
    example = (pair["input_ids"], pair["attention_mask"], pair["token_type_ids"])
    with torch.no_grad():
        before = Logits(model)(*example)
        quantise(model)
        wrapped = Logits(model).eval()
        after = wrapped(*example)
        names = ["input_ids", "attention_mask", "token_type_ids"]
        axes = {name: {0: "pairs", 1: "tokens"} for name in names} | {"logits": {0: "pairs"}}
        torch.onnx.export(
            wrapped,
            example,
            str(args.out / "model.onnx"),
            input_names=names,
            output_names=["logits"],
            dynamic_axes=axes,
            opset_version=17,
            do_constant_folding=False,
            dynamo=False,
        )
    print("largest change of a logit by 8-bit weights:", float((before - after).abs().max()))
    tokenizer.backend_tokenizer.no_padding()
    tokenizer.backend_tokenizer.no_truncation()
    tokenizer.backend_tokenizer.save(str(args.out / "tokenizer.json"))
    path = args.out / "model.json"
    settings = (
        json.loads(path.read_text(encoding="utf-8"))
        if path.exists()
        else {"calibration": {"temperature": 1.0, "bias": [0, 0, 0]}, "thresholds": {}}
    )
    settings |= {
        "name": args.name,
        "labels": [model.config.id2label[i].lower() for i in range(3)],
        "max_tokens": args.max_tokens,
        "sha256": hashlib.sha256((args.out / "model.onnx").read_bytes()).hexdigest(),
    }
    path.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    print(f"{(args.out / 'model.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
