"""Words that begin a sentence."""

from __future__ import annotations

from functools import cache

import regex

from quotes.text.lexicon import load_words

__all__ = ["starter"]


@cache
def starter() -> regex.Pattern[str]:
    """Matches where a word of `patterns/fr/starters.txt` stands, the word behind an elided one included."""
    words = (regex.sub("'$", r"['’]\\p{L}+", word) for word in load_words("starters"))
    return regex.compile(rf"(?:{'|'.join(words)})\b")
