"""A quick test that says which sentences may hold a reporting cue, so that only those are parsed."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import regex

__all__ = ["COMPANIONS", "WORD", "Gate", "GateDraft", "fold"]

APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "＇": "'"})
# An elided word keeps its apostrophe, any other run of letters is a word: « qu'a-t-il dit » is qu', a, t, il, dit.
# A comma counts as one, for incises, and a colon.
WORD = regex.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'|[^\W\d_]++|[,–—:]")
# What must stand beside a cue for each kind of clause.
COMPANIONS = {
    "que": ("que", "qu'"),
    "si": ("si", "s'"),
    "de_inf": ("de", "d'"),
    "à_inf": ("à",),
    "inf": ("",),
    "direct": (":",),
    "incise": (",", "–", "—"),
    "source": ("",),
}


def fold(text: str) -> str:
    """The text with every apostrophe straight; same length, code point for code point."""
    return text.translate(APOSTROPHES)


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """A quick test of a sentence: words that are enough by themselves, words that need others with them, and patterns."""

    lone: frozenset[str]
    joined: Mapping[str, tuple[frozenset[str], ...]]
    special: regex.Pattern[str] | None

    def opens(self, text: str) -> bool:
        """Whether the sentence holds what the gate looks for."""
        words = frozenset(WORD.findall(fold(unicodedata.normalize("NFC", text)).lower()))
        if not self.lone.isdisjoint(words):
            return True
        if any(needed <= words for head in words & self.joined.keys() for needed in self.joined[head]):
            return True
        return self.special is not None and self.special.search(text) is not None


class GateDraft:
    """A gate while its words are gathered."""

    def __init__(self) -> None:
        self.words: dict[str, set[frozenset[str]]] = {}
        self.special: list[str] = []

    def add(self, word: str, needed: Iterable[frozenset[str]]) -> None:
        """Open for `word` when all words of one of the sets of `needed` stand with it."""
        self.words.setdefault(word, set()).update(needed)

    def finish(self) -> Gate:
        """The gate for all that was added."""
        lone = frozenset(word for word, needed in self.words.items() if frozenset() in needed)
        joined = {word: tuple(needed) for word, needed in self.words.items() if needed and word not in lone}
        special = regex.compile("|".join(self.special), regex.IGNORECASE) if self.special else None
        return Gate(lone, MappingProxyType(joined), special)
