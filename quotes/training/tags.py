"""Predicted tags: the parser learns from the tags it will meet, and the words of grafts get the features they lack."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from stanza.models.pos.data import Dataset
from stanza.models.pos.trainer import Trainer
from stanza.utils.conll import CoNLL

from quotes.training.learn import load_pretrain
from quotes.training.treebank import Sentence, write_conllu

__all__ = ["Tagger"]

INFLECTED = {"ADJ", "DET", "NOUN", "PRON", "PROPN", "VERB"}


class Tagger:
    """A trained tagger over sentences of the treebanks."""

    def __init__(self, model: Path, vectors: Path) -> None:
        self._vectors = load_pretrain(vectors)
        self._trainer = Trainer(model_file=str(model), pretrain=self._vectors, device="cpu")

    def predict(self, sentences: Sequence[Sentence]) -> list[list[tuple[str, str]]]:
        """Tag and features of every word."""
        with tempfile.NamedTemporaryFile(suffix=".conllu") as file:
            write_conllu(sentences, Path(file.name))
            document = CoNLL.conll2doc(file.name)
        data = Dataset(document, self._trainer.args, self._vectors, vocab=self._trainer.vocab, evaluation=True)
        found: list[list[Any]] = []
        with torch.no_grad():
            for batch in data.to_loader(batch_size=100):
                found += self._trainer.predict(batch)
        return [[(word[0], word[2]) for word in words] for words in found]

    def retag(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        """The same sentences with predicted tags."""
        return [
            dataclasses.replace(s, rows=tuple(dataclasses.replace(row, upos=upos) for row, (upos, _) in zip(s.rows, words, strict=True)))
            for s, words in zip(sentences, self.predict(sentences), strict=True)
        ]

    def complete(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        """The same sentences, inflected words without features given the predicted ones."""
        return [
            dataclasses.replace(
                s,
                rows=tuple(
                    dataclasses.replace(row, feats=feats) if row.feats == "_" and row.upos in INFLECTED and row.upos == upos else row
                    for row, (upos, feats) in zip(s.rows, words, strict=True)
                ),
            )
            for s, words in zip(sentences, self.predict(sentences), strict=True)
        ]
