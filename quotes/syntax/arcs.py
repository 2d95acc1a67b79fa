"""Stanza's graph parser for inference on prepared tensors: heads and relations of the words of tagged sentences."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import torch
from stanza.models.common.vocab import ROOT_ID, UNK_ID, VOCAB_PREFIX_SIZE
from torch import Tensor

from quotes.syntax.forms import FormVectors, RowStore, WordVectors
from quotes.syntax.graph import best_tree
from quotes.syntax.packing import Pack
from quotes.syntax.products import Product
from quotes.syntax.recurrent import highway_layers

__all__ = ["ROOT", "ArcFinder", "Tagged"]

# A form with its part of speech.
Tagged = tuple[str | None, str | None]
# Stands before the words of every sentence.
ROOT: Tagged = (None, None)
# Forms whose rows are kept: 10 kB each.
FORMS = 8192
# The products of so many heads stay in the processor's cache.
HEADS = 64


class ArcFinder:
    """Trees from the weights of a Stanza graph parser. `checkpoint` is its file as `torch.load` reads it, the weights as floats."""

    def __init__(self, checkpoint: Mapping[str, Any], words: WordVectors, product: Product) -> None:
        weights: Mapping[str, Tensor] = checkpoint["model"]
        vocab = checkpoint["vocab"]
        self._vectors = FormVectors(weights, vocab, words)
        self._tags, self._upos = weights["upos_emb.weight"], vocab["upos"]["_unit2id"]
        self._first, *self._layers = highway_layers(weights, "parserlstm", product)
        self._rows: RowStore[Tagged] = RowStore(FORMS, self._first.width, self._row)
        sides = [f"{scorer}.{side}" for scorer in ("unlabeled", "deprel") for side in ("W1", "W2")]
        self._hidden = torch.cat([weights[f"{side}.weight"] for side in sides]).t().contiguous()
        self._hidden_bias = torch.cat([weights[f"{side}.bias"] for side in sides])
        self._arc = weights["unlabeled.scorer.W_bilin.weight"].squeeze(2)
        self._relations = _Relations(weights, vocab["deprel"]["_id2unit"])

    def find(self, words: Sequence[Tagged], packed: Pack, lengths: Sequence[int]) -> list[list[tuple[int, str]]]:
        """Head and relation of the words of every sentence; in `words` the sentences stand one behind the other, each behind `ROOT`."""
        rows = self._rows.take([words[place] for place in packed.places.tolist()])
        states = self._first.run(rows, packed.sizes)
        for layer in self._layers:
            states = layer.run(layer.project(states), packed.sizes)
        hidden = torch.addmm(self._hidden_bias, states, self._hidden).relu_()[torch.from_numpy(packed.back)]
        below, above, dependents, governors = hidden.chunk(4, 1)
        trees = list(self._trees(below, above, lengths))
        labels = iter(self._relations.find(dependents, governors, trees, lengths))
        return [[(head, next(labels)) for head in tree] for tree in trees]

    def _row(self, words: Sequence[Tagged]) -> Tensor:
        from_words, from_letters = self._vectors.of([form for form, _ in words])
        tags = self._tags[[ROOT_ID if tag is None else self._upos.get(tag, UNK_ID) for _, tag in words]]
        return self._first.project(torch.cat([from_words, tags, from_letters], 1))

    def _trees(self, below: Tensor, above: Tensor, lengths: Sequence[int]) -> Iterator[list[int]]:
        """Heads of the words of every sentence."""
        left = torch.addmm(self._arc[-1], below, self._arc[:-1])
        start = 0
        for length in lengths:
            part = slice(start, start + length)
            # The bias is the same for all heads of a sentence.
            scores = torch.addmm(left[part, -1:], left[part, :-1], above[part].t())
            yield best_tree(scores.fill_diagonal_(-float("inf")).numpy()).tolist()
            start += length


class _Relations:
    """Relations of arcs. The scores are bilinear; the product with the head's side is made once for all words below one head."""

    def __init__(self, weights: Mapping[str, Tensor], names: list[str]) -> None:
        weight = weights["deprel.scorer.W_bilin.weight"]
        self._by_head = weight.permute(1, 0, 2).flatten(1).contiguous()
        self._bias = weights["deprel.scorer.W_bilin.bias"]
        self._shape = (weight.size(0), weight.size(2))
        self._names = names

    def find(self, dependents: Tensor, governors: Tensor, trees: Sequence[Sequence[int]], lengths: Sequence[int]) -> list[str]:
        """The relation of every word, sentence after sentence."""
        below = _words_by_head(trees, lengths)
        by_count: defaultdict[int, list[int]] = defaultdict(list)
        for head, words in below.items():
            by_count[len(words)].append(head)
        found = torch.zeros(len(dependents), dtype=torch.long)
        for heads in by_count.values():
            for some in (heads[start : start + HEADS] for start in range(0, len(heads), HEADS)):
                places = torch.tensor([below[head] for head in some])
                found[places.flatten()] = self._score(dependents[places], governors[some]).argmax(2).flatten()
        numbers = (found + VOCAB_PREFIX_SIZE).numpy().tolist()
        starts = itertools.accumulate(lengths, initial=0)
        return [self._names[n] for start, tree in zip(starts, trees, strict=False) for n in numbers[start + 1 : start + 1 + len(tree)]]

    def _score(self, dependents: Tensor, governors: Tensor) -> Tensor:
        """Scores (heads x words x relations) of words (heads x words x states) below heads (heads x states)."""
        products = torch.addmm(self._by_head[-1], governors, self._by_head[:-1]).view(-1, *self._shape)
        return torch.baddbmm(products[:, -1:], dependents, products[:, :-1]).add_(self._bias)


def _words_by_head(trees: Sequence[Sequence[int]], lengths: Sequence[int]) -> dict[int, list[int]]:
    """The words below each head, by their places among the words of all sentences."""
    below: defaultdict[int, list[int]] = defaultdict(list)
    start = 0
    for tree, length in zip(trees, lengths, strict=True):
        for place, head in enumerate(tree, start + 1):
            below[start + head].append(place)
        start += length
    return below
