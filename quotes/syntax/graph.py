"""Stanza's graph parser with the same weights and results, scored where it matters only.

Stanza scores every relation for every pair of words. Here relations are scored for the chosen
arcs alone, and the spanning-tree search runs only when the best heads do not form a tree already.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root
from stanza.models.common.vocab import VOCAB_PREFIX_SIZE
from stanza.models.depparse.model import GraphParser
from torch import Tensor

__all__ = ["ArcParser", "is_tree"]


class ArcParser(GraphParser):  # type: ignore[misc]
    """A `GraphParser` that scores relations arc by arc; models trained by either load into both."""

    def arc_scores(self, *inputs: Any) -> tuple[Tensor, Tensor]:
        """Hidden states and head scores (sentences x words x heads) of a batch."""
        hidden = self.embed(*inputs)
        scores = self.unlabeled(self.drop(hidden), self.drop(hidden)).squeeze(3)
        diagonal = torch.eye(scores.size(1), dtype=torch.bool).unsqueeze(0)
        return hidden, scores.masked_fill(diagonal, -float("inf"))

    def relation_scores(self, hidden: Tensor, heads: Tensor) -> Tensor:
        """Relation scores (words x relations) of the arcs from each word to `heads` (sentences x words)."""
        scorer = self.deprel
        dependents = scorer.dropout(scorer.hidden_func(scorer.W1(self.drop(hidden[:, 1:]))))
        index = heads.unsqueeze(2).expand(-1, -1, hidden.size(2))
        governors = scorer.dropout(scorer.hidden_func(scorer.W2(self.drop(hidden.gather(1, index)))))
        left = _with_one(dependents).flatten(0, 1)
        right = _with_one(governors).flatten(0, 1)
        weight: Tensor = scorer.scorer.W_bilin.weight
        product = (left @ weight.flatten(1)).view(-1, weight.size(1), weight.size(2))
        bias: Tensor = scorer.scorer.W_bilin.bias
        return torch.einsum("mjr,mj->mr", product, right) + bias

    def loss(self, *inputs: Any) -> tuple[Tensor, None]:
        """Cross entropy of gold heads and of gold relations on gold arcs, a word."""
        word_mask, wordchars, head, deprel = inputs[1], inputs[2], inputs[9], inputs[10]
        hidden, scores = self.arc_scores(*inputs)
        scores = scores[:, 1:, :].masked_fill(word_mask.unsqueeze(1), -float("inf"))
        padding = word_mask[:, 1:]
        loss = self.crit(scores.flatten(0, 1), head.masked_fill(padding, -1).view(-1))
        relations = self.relation_scores(hidden, head)
        loss = loss + self.crit(relations, (deprel - VOCAB_PREFIX_SIZE).masked_fill(padding, -1).view(-1))
        return loss / wordchars.size(0), None

    def predict(self, *inputs: Any, resolve_head_constraints: bool = False) -> list[list[list[Any]]]:
        """Head and relation of every word of every sentence, as `GraphParser.predict` returns them."""
        if self.args["linearization"] or self.args["distance"] or self.args.get("use_arc_embedding"):
            return super().predict(*inputs, resolve_head_constraints=resolve_head_constraints)  # type: ignore[no-any-return]
        lengths = inputs[12]
        hidden, scores = self.arc_scores(*inputs)
        trees = [_best_tree(matrix[:n, :n]) for matrix, n in zip(scores.cpu().numpy(), lengths, strict=True)]
        heads = torch.zeros(scores.size(0), scores.size(1) - 1, dtype=torch.long)
        for row, tree in enumerate(trees):
            heads[row, : len(tree)] = torch.from_numpy(tree)
        labels = self.relation_scores(hidden, heads).argmax(1).view(heads.shape) + VOCAB_PREFIX_SIZE
        vocab = self.vocab["deprel"]
        return [
            [[int(h), name] for h, name in zip(tree, vocab.unmap(row[: len(tree)].tolist()), strict=True)]
            for tree, row in zip(trees, labels, strict=True)
        ]


def _with_one(states: Tensor) -> Tensor:
    return torch.cat([states, states.new_ones(*states.shape[:-1], 1)], -1)


def _best_tree(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """Heads of words 1..n from a score matrix whose row 0 is the root symbol."""
    greedy = scores.argmax(1)[1:]
    if is_tree(greedy):
        return np.asarray(greedy, dtype=np.int64)
    shifted = scores - scores.max(1, keepdims=True)
    log_probabilities = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    return np.asarray(chuliu_edmonds_one_root(log_probabilities)[1:], dtype=np.int64)


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
