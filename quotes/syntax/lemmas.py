"""Stanza's lemmatizer with a bounded memory: a form with its part of speech has one lemma, so it is looked for once."""

from __future__ import annotations

import collections
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from stanza.models.common import seq2seq_constant as constant
from stanza.models.common.seq2seq_model import Seq2SeqModel
from stanza.models.lemma.edit import edit_word
from stanza.models.lemma.trainer import _unpack_pos_dict

from quotes.syntax.packing import portions

__all__ = ["Lemmatizer"]

# Lemmas of forms that the dictionary lacks are kept for so many forms.
FORMS = 50_000
# So many letters are decoded together.
LETTERS = 20_000
# The dictionary's part for any part of speech.
ANY = "*"

Tagged = tuple[str, str]


class Lemmatizer:
    """Lemmas by the dictionary and, for what it lacks, by the model of a Stanza lemmatizer's file."""

    def __init__(self, checkpoint: Mapping[str, Any]) -> None:
        self.dictionary: dict[str, dict[str, str]] = _unpack_pos_dict(checkpoint["dicts"])
        self._model = Seq2SeqModel(checkpoint["config"])
        self._model.load_state_dict(checkpoint["model"], strict=False)
        self._model.eval()
        vocab = checkpoint["vocab"]
        self._letters: list[str] = vocab["char"]["_id2unit"]
        self._numbers: dict[str, int] = vocab["char"]["_unit2id"]
        self._tags: dict[str, int] = vocab["pos"]["_unit2id"]
        self._known: collections.OrderedDict[Tagged, str] = collections.OrderedDict()

    def find(self, words: Sequence[Tagged]) -> list[str]:
        """The lemma of every form with its part of speech."""
        found = {word: self._look_up(word) for word in dict.fromkeys(words)}
        missing = [word for word, lemma in found.items() if lemma is None]
        for word, lemma in zip(missing, self._decode_all(missing), strict=True):
            found[word] = self._known[word] = lemma
        while len(self._known) > FORMS:
            self._known.popitem(last=False)
        return [found[word] or "_" for word in words]

    def _look_up(self, word: Tagged) -> str | None:
        form, tag = word
        lemma = self.dictionary.get(tag, {}).get(form)
        if lemma is None:
            lemma = self.dictionary.get(ANY, {}).get(form)
        if lemma is None and word in self._known:
            self._known.move_to_end(word)
            lemma = self._known[word]
        return lemma

    def _decode_all(self, words: Sequence[Tagged]) -> list[str]:
        """Lemmas by the model. Forms with a letter that it has not met go one by one, so that no other form's letters turn up in them."""
        lemmas = [""] * len(words)
        strange = [number for number, (form, _) in enumerate(words) if any(letter not in self._numbers for letter in form)]
        usual = sorted(set(range(len(words))).difference(strange))
        groups = [[usual[n] for n in some] for some in portions([len(words[n][0]) + 2 for n in usual], LETTERS)]
        for group in [*groups, *([number] for number in strange)]:
            for number, lemma in zip(group, self._decode([words[n] for n in group]), strict=True):
                lemmas[number] = lemma
        return lemmas

    def _decode(self, words: Sequence[Tagged]) -> list[str]:
        """Lemmas of forms that share their strange letters, the longest form first."""
        unknown = sorted({letter for form, _ in words for letter in form}.difference(self._numbers))
        letters = self._letters + unknown
        numbers = self._numbers | {letter: place for place, letter in enumerate(unknown, len(self._letters))}
        source = torch.full((len(words), len(words[0][0]) + 2), constant.PAD_ID)
        for row, (form, _) in enumerate(words):
            source[row, : len(form) + 2] = torch.tensor([constant.SOS_ID, *(numbers[letter] for letter in form), constant.EOS_ID])
        tags = torch.tensor([self._tags.get(tag, constant.UNK_ID) for _, tag in words])
        outputs, edits = self._model.predict(source, source == constant.PAD_ID, pos=tags, beam_size=1)
        spelt = ["".join(letters[number] for number in output) for output in outputs]
        chosen = edits.argmax(1).tolist()
        return [_usable(form, edit_word(form, lemma, n)) for (form, _), lemma, n in zip(words, spelt, chosen, strict=True)]


def _usable(form: str, lemma: str) -> str:
    return form if not lemma or constant.UNK in lemma else lemma
