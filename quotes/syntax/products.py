"""Matrix products, in floating point and in whole numbers of eight bits: three times as fast on most processors, the same on all.

For the latter, inputs that lie between known bounds become whole numbers from -63 to 63 and weights from -127 to 127. Sums of their
products are exact, in the processor's own instructions (through FBGEMM; seven bits of input keep its sums of pairs within sixteen) as in
plain floating point, so that a result does not depend on who computes it, nor on what is computed beside it.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

__all__ = ["FloatProduct", "Product", "WholeProduct"]

ENGINE = "fbgemm"
STEPS, MIDDLE = 63, 64

# `inputs @ weight.t() + bias`, made from the weight (outputs x inputs), the bias, and what bounds the inputs on both sides of 0.
Product = Callable[[Tensor, Tensor, float], Callable[[Tensor], Tensor]]


class FloatProduct:
    """`inputs @ weight.t() + bias`; the inputs may be anything."""

    def __init__(self, weight: Tensor, bias: Tensor, bound: float = float("inf")) -> None:
        self._weight, self._bias = weight.t().contiguous(), bias

    def __call__(self, inputs: Tensor) -> Tensor:
        """The product."""
        return torch.addmm(self._bias, inputs, self._weight)


class WholeProduct:
    """`inputs @ weight.t() + bias` in whole numbers, for inputs between `-bound` and `bound`; each row of the weight has its own scale."""

    def __init__(self, weight: Tensor, bias: Tensor, bound: float, fast: bool | None = None) -> None:
        """`fast` tells to use FBGEMM: unless told, where it is there."""
        scales = weight.abs().amax(1).clamp_(min=1e-12) / 127
        whole = torch.round(weight / scales[:, None])
        self._scale, self._scales, self._bias = bound / STEPS, scales * (bound / STEPS), bias
        fast = ENGINE in torch.backends.quantized.supported_engines if fast is None else fast
        self._packed = _packed(whole, scales, bias) if fast else None
        self._weight = None if fast else whole.t().contiguous()

    def __call__(self, inputs: Tensor) -> Tensor:
        """The product, as floats."""
        if self._weight is None:
            found: Tensor = torch.ops.quantized.linear_with_input_q_dq_qweight_dq_output_fp32(inputs, self._scale, MIDDLE, self._packed)
            return found
        whole = (inputs / self._scale).add_(MIDDLE).round_().clamp_(0, 2 * MIDDLE).sub_(MIDDLE)
        return (whole @ self._weight).mul_(self._scales).add_(self._bias)


def _packed(whole: Tensor, scales: Tensor, bias: Tensor) -> Any:
    """A weight of whole numbers as FBGEMM wants it."""
    before = torch.backends.quantized.engine
    torch.backends.quantized.engine = ENGINE
    try:
        zeros = torch.zeros(len(scales), dtype=torch.int64)
        # torch warns of its plans for this type; there is no other way to FBGEMM yet.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            stored = torch._make_per_channel_quantized_tensor(whole.to(torch.int8), scales.double(), zeros, 0)
            return torch.ops.quantized.linear_prepack(stored, bias)
    finally:
        torch.backends.quantized.engine = before
