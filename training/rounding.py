"""Round the weights of a cross-encoder to 4 bits so that its outputs change least.

Linear layers by GPTQ: column by column, the error of a column is made up for in those that are not rounded yet, as the
inputs of the layer on some training pairs ask for. Embedding tables, which have no such inputs, to the nearest.

References
----------
Frantar, Ashkboos, Hoefler, Alistarh (2023), GPTQ: accurate post-training quantization for generative pre-trained
transformers.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

BLOCK = 64
"""Neighbouring weights of a row that share a scale."""
LOW, HIGH = -8, 7
DAMPING = 0.01


def scales_of(blocks: Tensor) -> Tensor:
    """Give each block of shape (..., BLOCK) the scale, in 16 bits, with which rounding to the nearest errs least in square."""
    extreme = torch.gather(blocks, -1, blocks.abs().argmax(-1, keepdim=True)).squeeze(-1)
    best, least = torch.zeros_like(extreme), torch.full_like(extreme, torch.inf)
    for end in (LOW, HIGH):
        for share in range(100, 55, -5):
            scale = (extreme / end * share / 100).half().float()
            scale = torch.where(scale.abs() < 1e-6, 1e-6, scale)
            rounded = torch.clamp(torch.round(blocks / scale[..., None]), LOW, HIGH)
            error = ((rounded * scale[..., None] - blocks) ** 2).sum(-1)
            best, least = torch.where(error < least, scale, best), torch.minimum(error, least)
    return best


def nearest(weight: Tensor) -> tuple[Tensor, Tensor]:
    """Round a matrix to the nearest.

    Returns
    -------
    tuple of Tensor
        Integers from 0 to 15 of the matrix's shape, and scales of shape (rows, columns / BLOCK).
    """
    blocks = weight.reshape(len(weight), -1, BLOCK)
    scale = scales_of(blocks)
    rounded = torch.clamp(torch.round(blocks / scale[..., None]), LOW, HIGH) - LOW
    return rounded.reshape(weight.shape).to(torch.uint8), scale


def restored(rounded: Tensor, scale: Tensor) -> Tensor:
    """Turn integers and scales back into floats."""
    blocks = (rounded.float() + LOW).reshape(len(rounded), -1, BLOCK)
    return (blocks * scale[..., None]).reshape(rounded.shape)


def gptq(weight: Tensor, products: Tensor) -> tuple[Tensor, Tensor]:
    """Round a layer's matrix, given the products of its inputs, of shape (columns, columns); returns as `nearest`."""
    left, columns = weight.clone(), weight.shape[1]
    products = products.clone()
    silent = products.diagonal() == 0
    products[silent, silent] = 1
    left[:, silent] = 0
    products += torch.eye(columns) * DAMPING * products.diagonal().mean()
    inverse = torch.cholesky_inverse(torch.linalg.cholesky(products))
    factor = torch.linalg.cholesky(inverse, upper=True)
    rounded = torch.zeros(weight.shape, dtype=torch.uint8)
    scale = torch.zeros(len(weight), columns // BLOCK)
    for number, start in enumerate(range(0, columns, BLOCK)):
        end = start + BLOCK
        block, errors = left[:, start:end].clone(), torch.zeros(len(weight), BLOCK)
        scale[:, number] = scales_of(block)
        for i in range(BLOCK):
            whole = torch.clamp(torch.round(block[:, i] / scale[:, number]), LOW, HIGH)
            rounded[:, start + i] = (whole - LOW).to(torch.uint8)
            errors[:, i] = (block[:, i] - whole * scale[:, number]) / factor[start + i, start + i]
            block[:, i:] -= errors[:, i : i + 1] * factor[start + i, start + i : end][None]
        left[:, end:] -= errors @ factor[start:end, end:]
    return rounded, scale


def products_of_inputs(
    model: nn.Module, layers: dict[str, nn.Module], batches: list[dict[str, Tensor]]
) -> dict[str, Tensor]:
    """Sum, for each layer, the products of what goes into it; padding left out."""
    products = {name: torch.zeros(layer.in_features, layer.in_features) for name, layer in layers.items()}
    mask: list[Tensor] = []

    def collect(name: str, inputs: Tensor) -> None:
        seen = inputs[mask[-1]] if inputs.ndim == 3 else inputs
        products[name] += seen.T @ seen

    hooks = [m.register_forward_hook(lambda _, x, __, n=n: collect(n, x[0])) for n, m in layers.items()]
    for batch in batches:
        mask.append(batch["attention_mask"].bool())
        model(**batch)
    for hook in hooks:
        hook.remove()
    return products


@torch.no_grad()
def round_linears(model: nn.Module, batches: list[dict[str, Tensor]]) -> dict[str, tuple[Tensor, Tensor]]:
    """Round the linear layers of a classifier in place, first layers first, each on what the rounded ones before it give.

    The last one, which gives the labels, stays as it is.

    Returns
    -------
    dict
        Name of each module -> integers and scales.
    """
    layers: list[nn.Module] = list(model.base_model.encoder.layer)
    of_layers = {id(part) for layer in layers for part in layer.modules()}
    wide = {n: m for n, m in model.named_modules() if isinstance(m, nn.Linear) and m.out_features > 3}
    groups = [{n: m for n, m in wide.items() if m in set(layer.modules())} for layer in layers]
    groups.append({n: m for n, m in wide.items() if id(m) not in of_layers})
    found: dict[str, tuple[Tensor, Tensor]] = {}
    for group in groups:
        products = products_of_inputs(model, group, batches)
        for name, layer in group.items():
            found[name] = gptq(layer.weight.data, products[name])
            layer.weight.data = restored(*found[name])
        print("rounded", ", ".join(group), flush=True)
    return found
