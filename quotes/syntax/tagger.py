"""Stanza's tagger for inference on prepared tensors: parts of speech and features, nothing that no rule reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from stanza.models.common.vocab import EMPTY_ID
from torch import Tensor

from quotes.syntax.forms import FormVectors, RowStore, WordVectors
from quotes.syntax.packing import Pack
from quotes.syntax.products import Product
from quotes.syntax.recurrent import highway_layers

__all__ = ["Tagger"]

# Forms whose rows are kept: 8 kB each.
FORMS = 8192


class Tagger:
    """Tags of words from the weights of a Stanza tagger. `checkpoint` is its file as `torch.load` reads it, the weights as floats."""

    def __init__(self, checkpoint: Mapping[str, Any], words: WordVectors, product: Product) -> None:
        weights: Mapping[str, Tensor] = checkpoint["model"]
        self._vectors = FormVectors(weights, checkpoint["vocab"], words)
        self._first, *self._layers = highway_layers(weights, "taggerlstm", product)
        self._rows: RowStore[str] = RowStore(FORMS, self._first.width, self._row)
        self._hidden = torch.cat([weights["upos_hid.weight"], weights["tag_hid.feats.weight"]]).t().contiguous()
        self._hidden_bias = torch.cat([weights["upos_hid.bias"], weights["tag_hid.feats.bias"]])
        self._split = len(weights["upos_hid.bias"])
        self._upos, self._upos_bias = weights["upos_clf.weight"].t(), weights["upos_clf.bias"]
        self._names: list[str] = checkpoint["vocab"]["upos"]["_id2unit"]
        self._features = _Features(weights, checkpoint["vocab"]["feats"])

    def tag(self, forms: Sequence[str], packed: Pack) -> list[tuple[str, str]]:
        """Part of speech and features (`_` for none) of every form, the forms of sentences one behind the other."""
        rows = self._rows.take([forms[place] for place in packed.places.tolist()])
        states = self._first.run(rows, packed.sizes)
        for layer in self._layers:
            states = layer.run(layer.project(states), packed.sizes)
        hidden = torch.addmm(self._hidden_bias, states, self._hidden).relu_()
        upos = torch.addmm(self._upos_bias, hidden[:, : self._split], self._upos).argmax(1)
        features = self._features.find(hidden[:, self._split :], upos)
        found = [(self._names[number], cell) for number, cell in zip(upos.numpy().tolist(), features, strict=True)]
        return [found[place] for place in packed.back.tolist()]

    def _row(self, forms: Sequence[str]) -> Tensor:
        return self._first.project(torch.cat(self._vectors.of(forms), 1))


class _Features:
    """Features from hidden states and parts of speech; the scores are bilinear in the two, so each part of speech has one matrix."""

    def __init__(self, weights: Mapping[str, Tensor], vocab: Mapping[str, Any]) -> None:
        self._values: list[tuple[str, list[str]]] = list(vocab["_id2unit"].items())
        scorers = [f"tag_clf.feats.{number}.W_bilin" for number in range(len(self._values))]
        weight = torch.cat([weights[f"{name}.weight"] for name in scorers])
        upos = weights["upos_emb.weight"]
        with_one = torch.cat([upos, torch.ones(len(upos), 1)], 1)
        matrices = torch.einsum("vhu,pu->phv", weight, with_one)
        self._matrices = matrices[:, :-1].contiguous()
        self._biases = matrices[:, -1] + torch.cat([weights[f"{name}.bias"] for name in scorers])
        self._cells: dict[tuple[int, ...], str] = {}

    def find(self, hidden: Tensor, upos: Tensor) -> list[str]:
        """The features of words in CoNLL-U."""
        scores = hidden.new_empty(len(hidden), self._biases.size(1))
        for number in set(upos.numpy().tolist()):
            places = (upos == number).nonzero().squeeze(1)
            scores[places] = torch.addmm(self._biases[number], hidden[places], self._matrices[number])
        parts = torch.split(scores, [len(values) for _, values in self._values], 1)
        numbers = torch.stack([part.argmax(1) for part in parts], 1)
        return [self._cell(tuple(row)) for row in numbers.numpy().tolist()]

    def _cell(self, numbers: tuple[int, ...]) -> str:
        if numbers not in self._cells:
            pairs = [f"{name}={values[n]}" for (name, values), n in zip(self._values, numbers, strict=True) if n != EMPTY_ID]
            self._cells[numbers] = "|".join(pairs) or "_"
        return self._cells[numbers]
