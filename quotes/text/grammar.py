"""Closed classes of grammar words: `patterns/fr/grammar.tsv`."""

from __future__ import annotations

import functools

from quotes.text.lexicon import load_table

__all__ = ["word_class"]


@functools.cache
def word_class(name: str, language: str = "fr") -> frozenset[str]:
    """The lower-case words of a class, straight apostrophes; raises `KeyError` for a class the file does not have."""
    words = frozenset(row[1] for row in load_table("grammar.tsv", language) if row[0] == name)
    if not words:
        raise KeyError(f"grammar.tsv has no class “{name}”")
    return words
