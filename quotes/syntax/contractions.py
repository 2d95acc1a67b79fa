"""A small table that tells *des* the article from *des* = *de* + *les*."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from quotes.syntax.checkpoints import read_checkpoint
from quotes.syntax.words import CONTRACTIONS

__all__ = ["ENDING", "Contractions", "with_edges"]

# Stand for the edges of a sentence, and before the last letters of a word that has no scores of its own.
START, END, ENDING = "<s>", "</s>", "…"


def with_edges(words: Iterable[str]) -> list[str]:
    """The words of a sentence as the scores know them, in small letters with straight apostrophes, two edges before and one after."""
    return [START, START, *(word.lower().replace("’", "'") for word in words), END]


class Contractions:
    """Whether *du* and *des* are contractions, by a score for each of the two words before and the word after."""

    def __init__(self, path: Path) -> None:
        stored = read_checkpoint(path)
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
        if not any(word.lower() in CONTRACTIONS for word in words):
            return [False] * len(words)
        lower = with_edges(words)
        return [
            word in CONTRACTIONS and (word not in self._bias or self.score(word, lower[place : place + 2], lower[place + 3]) > 0)
            for place, word in enumerate(lower[2:-1])
        ]
