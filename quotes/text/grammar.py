"""Closed classes of grammar words: `patterns/fr/grammar.tsv`."""

from __future__ import annotations

import functools

import regex

from quotes.text.lexicon import load_table

__all__ = ["alternatives", "word_class"]


@functools.cache
def word_class(name: str, language: str = "fr") -> frozenset[str]:
    """The words of a class, straight apostrophes; raises `KeyError` for a class the file does not have."""
    words = frozenset(row[1] for row in load_table("grammar.tsv", language) if row[0] == name)
    if not words:
        raise KeyError(f"grammar.tsv has no class “{name}”")
    return words


def alternatives(name: str, after: str = "") -> str:
    """A pattern for any word of a class, the longest first, with either apostrophe; `after` follows words that no apostrophe ends."""
    words = sorted(word_class(name), key=lambda word: (-len(word), word))
    parts = (regex.escape(word, literal_spaces=True) + ("" if word.endswith("'") else after) for word in words)
    return "|".join(part.replace("'", "['’]") for part in parts)
