"""Stanza's graph parser with the same weights and results, scored where it matters only.

Stanza scores every relation for every pair of words. Here relations are scored for the chosen
arcs alone, and the spanning-tree search runs only when the best heads do not form a tree already.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from stanza.models.common.vocab import VOCAB_PREFIX_SIZE
from stanza.models.depparse.model import GraphParser
from torch import Tensor

__all__ = ["ArcParser", "best_tree", "is_tree", "spanning_tree"]


class ArcParser(GraphParser):  # type: ignore[misc]
    """A `GraphParser` that scores relations arc by arc; models trained by either load into both."""

    def arc_scores(self, *inputs: Any) -> tuple[Tensor, Tensor]:
        """Hidden states and head scores (sentences x words x heads) of a batch."""
        hidden = self.embed(*inputs)
        scores = self.unlabeled(self.drop(hidden), self.drop(hidden)).squeeze(3)
        diagonal = torch.eye(scores.size(1), dtype=torch.bool).unsqueeze(0)
        return hidden, scores.masked_fill(diagonal, -float("inf"))

    def relation_scores(self, dependents: Tensor, governors: Tensor) -> Tensor:
        """Relation scores (words x relations) from the hidden states of words and of their heads (words x states)."""
        scorer = self.deprel
        left = _with_one(scorer.dropout(scorer.hidden_func(scorer.W1(self.drop(dependents)))))
        right = _with_one(scorer.dropout(scorer.hidden_func(scorer.W2(self.drop(governors)))))
        weight: Tensor = scorer.scorer.W_bilin.weight
        bias: Tensor = scorer.scorer.W_bilin.bias
        products = (left @ weight.flatten(1)).view(-1, *weight.shape[1:])
        return torch.einsum("mjr,mj->mr", products, right) + bias

    def loss(self, *inputs: Any) -> tuple[Tensor, None]:
        """Cross entropy of gold heads and of gold relations on gold arcs, a word."""
        word_mask, wordchars, head, deprel = inputs[1], inputs[2], inputs[9], inputs[10]
        hidden, scores = self.arc_scores(*inputs)
        scores = scores[:, 1:, :].masked_fill(word_mask.unsqueeze(1), -float("inf"))
        padding = word_mask[:, 1:]
        loss = self.crit(scores.flatten(0, 1), head.masked_fill(padding, -1).view(-1))
        governors = hidden.gather(1, head.unsqueeze(2).expand(-1, -1, hidden.size(2)))
        relations = self.relation_scores(hidden[:, 1:].flatten(0, 1), governors.flatten(0, 1))
        loss = loss + self.crit(relations, (deprel - VOCAB_PREFIX_SIZE).masked_fill(padding, -1).view(-1))
        return loss / wordchars.size(0), None

    def predict(self, *inputs: Any, resolve_head_constraints: bool = False) -> list[list[list[Any]]]:
        """Head and relation of every word of every sentence, as `GraphParser.predict` returns them."""
        if self.args["linearization"] or self.args["distance"] or self.args.get("use_arc_embedding"):
            return super().predict(*inputs, resolve_head_constraints=resolve_head_constraints)  # type: ignore[no-any-return]
        hidden, scores = self.arc_scores(*inputs)
        trees = [best_tree(matrix[:n, :n]) for matrix, n in zip(scores.cpu().numpy(), inputs[12], strict=True)]
        dependents = torch.cat([states[1 : len(tree) + 1] for states, tree in zip(hidden, trees, strict=True)])
        governors = torch.cat([states[torch.from_numpy(tree)] for states, tree in zip(hidden, trees, strict=True)])
        numbers = self.relation_scores(dependents, governors).argmax(1) + VOCAB_PREFIX_SIZE
        labels = iter(self.vocab["deprel"].unmap(numbers.tolist()))
        return [[[int(head), next(labels)] for head in tree] for tree in trees]


def _with_one(states: Tensor) -> Tensor:
    return torch.cat([states, states.new_ones(*states.shape[:-1], 1)], -1)


def best_tree(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """Heads of words 1..n from a score matrix whose row 0 is the root symbol."""
    greedy = scores.argmax(1)[1:]
    if is_tree(greedy):
        return np.asarray(greedy, dtype=np.int64)
    shifted = (scores - scores.max(1, keepdims=True)).astype(np.float64)
    return _with_one_root(shifted - np.log(np.exp(shifted).sum(1, keepdims=True)))


def _with_one_root(weights: NDArray[np.float64]) -> NDArray[np.int64]:
    """Heads of the heaviest tree that has one root.

    An arc from the root is made dearer than all other arcs together, so that the heaviest tree has as few of them as a tree can: one
    (Gabow and Tarjan 1984, « Efficient algorithms for a family of matroid intersection problems »).
    """
    finite = weights[np.isfinite(weights)]
    dear = weights.copy()
    dear[1:, 0] -= (float(finite.max() - finite.min()) + 1.0) * len(weights)
    return spanning_tree(dear)[1:]


def spanning_tree(weights: NDArray[np.float64]) -> NDArray[np.int64]:
    """The heaviest tree (Chu-Liu, Edmonds): `weights[i, j]` is that of head j for word i, the diagonal is minus infinity.

    Cycles are contracted in one copy of the matrix, so that memory and time are quadratic in the number of words at worst.
    """
    graph = _Graph(weights)
    while cycle := graph.cycle():
        graph.contract(cycle)
    return graph.expanded()


@dataclasses.dataclass(frozen=True, slots=True)
class _Contraction:
    """A cycle that became one word, its first. `inside` are its words, `heads` theirs.

    For every word outside, `leave` is the word of the cycle that is its best head, `enter` the word that it is the best new head of.
    """

    inside: NDArray[np.int64]
    heads: NDArray[np.int64]
    leave: NDArray[np.int64]
    enter: NDArray[np.int64]


class _Graph:
    """Words, cycles that stand for words, and the best head of each; of equal ones the first in `order`, where new cycles come last."""

    def __init__(self, weights: NDArray[np.float64]) -> None:
        self.weights = weights.copy()
        self.order = np.arange(len(weights))
        self.heads = np.asarray(weights.argmax(1), dtype=np.int64)
        self.heads[0] = 0
        self.done: list[_Contraction] = []
        # Words from which the root is reached, whatever is contracted among the others; those before `place` of the order are such.
        self.rooted = {0}
        self.place = 1

    def cycle(self) -> list[int]:
        """The words of a cycle in their order, none when all lead to the root 0."""
        while self.place < len(self.order):
            word = int(self.order[self.place])
            path: dict[int, None] = {}
            while word not in path and word not in self.rooted:
                path[word] = None
                word = int(self.heads[word])
            if word in path:
                found = list(path)[list(path).index(word) :]
                return [int(other) for other in self.order[np.isin(self.order, found)]]
            self.rooted.update(path)
            self.place += 1
        return []

    def contract(self, cycle: list[int]) -> None:
        """Make a cycle one word: entered where that costs least, and the best of its words is head to the others."""
        inside = np.array(cycle)
        first, rest = inside[0], inside[1:]
        own = self.weights[inside, self.heads[inside]]
        enter, leave = self.weights[inside] - own[:, None], self.weights[:, inside]
        self.done.append(_Contraction(inside, self.heads[inside], inside[leave.argmax(1)], inside[enter.argmax(0)]))
        self.weights[first], self.weights[:, first] = enter.max(0), leave.max(1)
        self.weights[first, inside] = -np.inf
        self.weights[:, rest] = -np.inf
        outside = self.order[np.isin(self.order, inside, invert=True)]
        self.order = np.append(outside, first)
        changed = np.append(outside[np.isin(self.heads[outside], inside)], first)
        self.heads[changed] = self.order[self.weights[np.ix_(changed, self.order)].argmax(1)]

    def expanded(self) -> NDArray[np.int64]:
        """The heads of all words, the contracted ones taken apart again, the last first."""
        heads = self.heads
        for step in reversed(self.done):
            first = step.inside[0]
            outside = heads[first]
            below = np.flatnonzero(heads == first)
            heads[below] = step.leave[below]
            heads[step.inside] = step.heads
            heads[step.enter[outside]] = outside
        heads[0] = 0
        return heads


def is_tree(heads: NDArray[np.int64]) -> bool:
    """Whether heads (counted from 1, 0 the root) have one root and no cycle."""
    if int((heads == 0).sum()) != 1:
        return False
    reached = np.arange(len(heads) + 1)
    parents = np.concatenate([[0], heads])
    for _ in range(len(heads).bit_length()):
        reached = parents[reached]
        parents = parents[parents]
    return bool((reached == 0).all())
