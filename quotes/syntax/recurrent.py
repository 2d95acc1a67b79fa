"""Highway BiLSTM layers (Stanza's `HighwayLSTM`) for inference: what depends on one word alone is computed apart, so that it can be kept.

The hyperbolic tangent is taken as `2 sigmoid(2x) - 1`, which torch computes five times as fast; the factor 2 is in the weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from quotes.syntax.products import FloatProduct, Product

__all__ = ["HighwayLayer", "highway_layers"]

Weights = Mapping[str, Tensor]


class HighwayLayer:
    """One layer with `size` states in each direction.

    `project` turns its inputs into rows (`width` numbers: gates of both directions, then what the highway carries past the recurrence);
    `run` takes rows in the order of a `Pack`.
    """

    def __init__(self, weights: Weights, number: int, hidden: Tensor, cells: Tensor, product: Product) -> None:
        """`weights` are those of a `HighwayLSTM` by name; `hidden` and `cells` are the states (2 x size) that it starts from.

        The first layer's inputs are projected in floating point: they are unbounded, and what becomes of them is kept.
        """
        ends = ("", "_reverse")
        name = f"lstm.{number}.lstm"
        self.size = hidden.size(1)
        self.width = 10 * self.size
        inputs = [_gates(weights[f"{name}.weight_ih_l0{end}"]) for end in ends]
        biases = [_gates(weights[f"{name}.bias_ih_l0{end}"] + weights[f"{name}.bias_hh_l0{end}"]) for end in ends]
        past = [2 * weights[f"highway.{number}.weight"], weights[f"gate.{number}.weight"]]
        past_bias = [2 * weights[f"highway.{number}.bias"], weights[f"gate.{number}.bias"]]
        # A state lies between -1 and 1, and so does what the highway adds to it.
        self._below = (product if number else FloatProduct)(torch.cat([*inputs, *past]), torch.cat([*biases, *past_bias]), 2)
        recurrent = [_gates(weights[f"{name}.weight_hh_l0{end}"]) for end in ends]
        self._recurrent = [product(weight, torch.zeros(len(weight)), 1) for weight in recurrent]
        self._starts = list(zip(hidden, cells, strict=True))

    def project(self, inputs: Tensor) -> Tensor:
        """Rows (words x `width`) from inputs (words x features)."""
        rows = self._below(inputs)
        past, gate = rows[:, 8 * self.size :].sigmoid_().chunk(2, 1)
        past.mul_(2).sub_(1).mul_(gate)
        return rows[:, : self.width]

    def run(self, rows: Tensor, sizes: Sequence[int]) -> Tensor:
        """States (words x 2 `size`) from rows in the order of a `Pack` with these sizes. The rows are used up."""
        states = rows.new_empty(len(rows), 2 * self.size)
        ends = torch.tensor(sizes).cumsum(0).tolist()
        steps = [(end - size, end, size) for end, size in zip(ends, sizes, strict=True)]
        for side, ordered in enumerate((steps, steps[::-1])):
            gates = rows[:, 4 * side * self.size : 4 * (side + 1) * self.size]
            self._walk(gates, states[:, side * self.size : (side + 1) * self.size], ordered, side)
        return states.add_(rows[:, 8 * self.size :])

    def _walk(self, gates: Tensor, states: Tensor, steps: Sequence[tuple[int, int, int]], side: int) -> None:
        """Fill the states of one direction."""
        first_hidden, first_cells = self._starts[side]
        most = max(size for _, _, size in steps)
        all_hidden, all_cells = first_hidden.repeat(most, 1), first_cells.repeat(most, 1)
        recurrent = self._recurrent[side]
        for start, end, size in steps:
            hidden, cells = all_hidden[:size], all_cells[:size]
            let_in, keep, let_out, new = gates[start:end].add_(recurrent(hidden)).sigmoid_().chunk(4, 1)
            cells.mul_(keep).addcmul_(let_in, new, value=2).sub_(let_in)
            torch.sigmoid(cells + cells, out=hidden)
            hidden.mul_(2).sub_(1).mul_(let_out)
            states[start:end] = hidden


def _gates(weight: Tensor) -> Tensor:
    """Rows of an LSTM's weight in the order in, forget, out, new, the last doubled."""
    let_in, keep, new, let_out = weight.chunk(4)
    return torch.cat([let_in, keep, let_out, 2 * new])


def highway_layers(weights: Weights, name: str, product: Product) -> list[HighwayLayer]:
    """The layers of the `HighwayLSTM` with this name, with the start states that Stanza keeps beside it."""
    own = {key.removeprefix(f"{name}."): value for key, value in weights.items() if key.startswith(f"{name}.")}
    # Layers x directions, one behind the other.
    hidden, cells = (weights[f"{name}_{state}_init"].squeeze(1) for state in "hc")
    sides = [slice(place, place + 2) for place in range(0, len(hidden), 2)]
    return [HighwayLayer(own, number, hidden[side], cells[side], product) for number, side in enumerate(sides)]
