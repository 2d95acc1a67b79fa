"""Vectors of word forms, from their letters and from stored word vectors, and a bounded store for what follows from a form alone."""

from __future__ import annotations

import collections
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Generic, TypeVar

import regex
import torch
from stanza.models.common.vocab import ROOT_ID, UNK_ID
from torch import Tensor
from torch.nn.utils.rnn import PackedSequence

from quotes.syntax.packing import pack, portions

__all__ = ["FormVectors", "RowStore", "WordVectors", "plain_form"]

# So many letters are read together, and no longer word is: their states have to fit into memory.
LETTERS = 4000
_QUESTION = regex.compile("[?？︖﹖⁇][?？︖﹖⁇!！︕﹗‼]+")
_EXCLAMATION = regex.compile("[!！︕﹗‼][?？︖﹖⁇!！︕﹗‼]+")
_MARKS = frozenset("?？︖﹖⁇!！︕﹗‼")

Key = TypeVar("Key", bound=Hashable)


def plain_form(form: str) -> str:
    """A form as tagger and parser know it: of several question or exclamation marks one."""
    if len(form) < 2 or form[0] not in _MARKS:
        return form
    return "?" if _QUESTION.fullmatch(form) else "!" if _EXCLAMATION.fullmatch(form) else form


class RowStore(Generic[Key]):
    """Rows of `width` numbers by key, the last `capacity` that were asked for; `make` computes missing ones, a row a key."""

    def __init__(self, capacity: int, width: int, make: Callable[[Sequence[Key]], Tensor]) -> None:
        self.capacity = capacity
        self._make = make
        self._places: collections.OrderedDict[Key, int] = collections.OrderedDict()
        # Memory that was never written to is not taken.
        self._rows = torch.empty(capacity, width)

    def __len__(self) -> int:
        return len(self._places)

    def take(self, keys: Sequence[Key]) -> Tensor:
        """The rows of the keys, one each, as a new tensor."""
        wanted = dict.fromkeys(keys)
        if len(wanted) > self.capacity:
            half = len(keys) // 2
            return torch.cat([self.take(keys[:half]), self.take(keys[half:])])
        places = self._places
        missing = []
        for key in wanted:
            if key in places:
                places.move_to_end(key)
            else:
                missing.append(key)
        if missing:
            self._add(missing)
        return self._rows.index_select(0, torch.tensor([places[key] for key in keys]))

    def _add(self, keys: Sequence[Key]) -> None:
        rows = self._make(keys)
        for key in keys:
            # None of the keys asked for now is the oldest: they are fewer than the store holds.
            place = len(self._places) if len(self._places) < self.capacity else self._places.popitem(last=False)[1]
            self._places[key] = place
        self._rows[torch.tensor([self._places[key] for key in keys])] = rows


class WordVectors:
    """Stored vectors of words in small letters, as `stanza.models.common.pretrain` writes them."""

    def __init__(self, stored: Mapping[str, Any]) -> None:
        self._numbers: dict[str, int] = stored["vocab"]["_unit2id"]
        self.table: Tensor = stored["emb"].float()

    def of(self, forms: Sequence[str | None]) -> Tensor:
        """One vector a form; None is the root of a sentence."""
        return self.table[[ROOT_ID if f is None else self._numbers.get(f.lower().replace(" ", "\xa0"), UNK_ID) for f in forms]]


class FormVectors:
    """What a form alone gives a tagger or parser: from its word vector, and from its letters (Stanza's `CharacterModel`)."""

    def __init__(self, weights: Mapping[str, Tensor], vocab: Mapping[str, Any], words: WordVectors) -> None:
        self._words = words
        self._numbers: dict[str, int] = vocab["char"]["_unit2id"]
        self._from_words, self._from_letters = weights["trans_pretrained.weight"].t(), weights["trans_char.weight"].t()
        self._letters, self._attention = weights["charmodel.char_emb.weight"], weights["charmodel.char_attn.weight"].t()
        self._start = [weights[f"charmodel.charlstm_{state}_init"] for state in "hc"]
        hidden = self._start[0].size(-1)
        self._lstm = torch.nn.LSTM(self._letters.size(1), hidden)
        prefix = "charmodel.charlstm.lstm."
        self._lstm.load_state_dict({name.removeprefix(prefix): value for name, value in weights.items() if name.startswith(prefix)})
        self.size = self._from_words.size(1)

    def of(self, forms: Sequence[str | None]) -> tuple[Tensor, Tensor]:
        """What the word vectors and what the letters of forms give (forms x `size` each); None is the root of a sentence."""
        letters = [[ROOT_ID] if form is None else [self._numbers.get(letter, UNK_ID) for letter in form] for form in forms]
        states = torch.empty(len(forms), self._lstm.hidden_size)
        for numbers in portions([len(word) for word in letters], LETTERS):
            states[numbers] = self._read([letters[n] for n in numbers])
        return self._words.of(forms) @ self._from_words, states @ self._from_letters

    def _read(self, words: Sequence[Sequence[int]]) -> Tensor:
        """States of words from the numbers of their letters, the longest first."""
        packed = pack([len(word) for word in words])
        flat = torch.tensor([number for word in words for number in word])
        inputs = PackedSequence(self._letters[flat[torch.from_numpy(packed.places)]], torch.tensor(packed.sizes))
        first = tuple(state.expand(-1, len(words), -1).contiguous() for state in self._start)
        states = self._lstm(inputs, first)[0].data
        weighted = states * torch.sigmoid(states @ self._attention)
        return torch.zeros(len(words), states.size(1)).index_add_(0, torch.from_numpy(packed.owners), weighted)
