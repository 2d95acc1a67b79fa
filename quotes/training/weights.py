"""Weights that make a loss smallest: where those of links and of the confidence come from. No chance is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import torch

__all__ = ["facts_matrix", "smallest"]


def facts_matrix(pairs: Iterable[tuple[int, int]], rows: int, columns: int) -> torch.Tensor:
    """A sparse matrix that counts how often each pair of row and column is given: what is told of a case, a fact a column."""
    places = torch.tensor(list(pairs), dtype=torch.int64).reshape(-1, 2).T
    ones = torch.ones(places.shape[-1], dtype=torch.float64)
    return torch.sparse_coo_tensor(places, ones, (rows, columns), check_invariants=True).coalesce()


def smallest(loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor], facts: torch.Tensor) -> list[float]:
    """The weights of the facts by which the loss of all scores and weights is smallest: `loss(scores, weights)`."""
    torch.set_num_threads(1)
    weights = torch.zeros(facts.shape[1], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def step() -> torch.Tensor:
        optimizer.zero_grad()
        value = loss(torch.sparse.mm(facts, weights.unsqueeze(1)).squeeze(1), weights)
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(step)  # type: ignore[no-untyped-call]
    return [float(weight) for weight in weights.detach()]
