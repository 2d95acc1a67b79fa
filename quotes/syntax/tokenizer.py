"""Our words inside Stanza: a tokenizer by rule, and a small table that tells *des* the article from *des* = *de* + *les*."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import regex
import torch
from stanza.models.common.doc import END_CHAR, ID, MISC, START_CHAR, TEXT, Document
from stanza.pipeline.processor import ProcessorVariant, register_processor_variant

from quotes.syntax.words import CONTRACTIONS, tokenize, with_hyphens

__all__ = ["NAME", "Contractions", "FrenchTokenizer", "with_edges"]

NAME = "french"
# Stand for the edges of a sentence, and before the last letters of a word that has no scores of its own.
START, END, ENDING = "<s>", "</s>", "…"
# A word longer than that would fill the memory of the taggers.
LONGEST = 1000
UNKNOWN = "<UNK>"
_PARAGRAPH = regex.compile(r"\n[\s\u0080-\u009f]*\n")
_SPACES = regex.compile(r"\s+")


def with_edges(words: Iterable[str]) -> list[str]:
    """The words of a sentence as the scores know them, in small letters with straight apostrophes, two edges before and one after."""
    return [START, START, *(word.lower().replace("’", "'") for word in words), END]


class Contractions:
    """Whether *du* and *des* are contractions, by a score for each of the two words before and the word after."""

    def __init__(self, path: Path) -> None:
        stored = torch.load(path, map_location="cpu", weights_only=True)
        self._rows: dict[str, list[float]] = dict(zip(stored["words"], stored["scores"].float().tolist(), strict=True))
        self._bias: dict[str, float] = stored["bias"]

    def score(self, form: str, before: Sequence[str], after: str) -> float:
        """Above 0 for a contraction. `before` are two words; all words in small letters with straight apostrophes."""
        shift = 3 * (form == "des")
        words = (*before, after)
        return self._bias[form] + sum(self._score(word, shift + place) for place, word in enumerate(words))

    def _score(self, word: str, column: int) -> float:
        row = self._rows.get(word) or self._rows.get(ENDING + word[-3:])
        return row[column] if row else 0.0

    def find(self, words: Sequence[str]) -> list[bool]:
        """Which words of a sentence are contractions."""
        lower = with_edges(words)
        return [
            word in CONTRACTIONS and (word not in self._bias or self.score(word, lower[place : place + 2], lower[place + 3]) > 0)
            for place, word in enumerate(lower[2:-1])
        ]


@register_processor_variant("tokenize", NAME)
class FrenchTokenizer(ProcessorVariant):  # type: ignore[misc]
    """Tokens of sentences that are already split, set apart by empty lines."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._contractions = Contractions(Path(config["model_path"]))

    def process(self, document: Any) -> Document:
        """A Stanza document with the tokens of every sentence; contractions are marked for the expander."""
        text = document.text if isinstance(document, Document) else "\n\n".join(document) if isinstance(document, list) else document
        return Document(list(self._sentences(text)), text)

    def _sentences(self, text: str) -> Iterator[list[dict[str, Any]]]:
        start = 0
        for gap in [*_PARAGRAPH.finditer(text), None]:
            spans = [(a + start, b + start) for a, b in tokenize(text[start : gap.start() if gap else len(text)])]
            if spans:
                yield self._tokens(text, spans)
            start = gap.end() if gap else len(text)

    def _tokens(self, text: str, spans: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
        forms = [with_hyphens(_SPACES.sub(" ", text[start:end])) if end - start <= LONGEST else UNKNOWN for start, end in spans]
        tokens: list[dict[str, Any]] = []
        for number, (form, (start, end), several) in enumerate(zip(forms, spans, self._contractions.find(forms), strict=True), 1):
            tokens.append({ID: (number,), TEXT: form, START_CHAR: start, END_CHAR: end})
            if several:
                tokens[-1][MISC] = "MWT=Yes"
        return tokens
