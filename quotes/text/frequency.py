"""How often the forms of French are written, names left out: the dictionary of `pyspellchecker`, loaded when a text needs it."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

__all__ = ["bare", "bare_forms", "frequencies", "known_share"]


@cache
def frequencies() -> Mapping[str, int]:
    """Form in small letters to how often it was counted; forms that it lacks are names, or rare."""
    from spellchecker import SpellChecker

    counts: Mapping[str, int] = SpellChecker(language="fr", distance=1).word_frequency.dictionary
    return counts


@cache
def bare_forms() -> Mapping[str, tuple[str, ...]]:
    """Form without accents to the forms it may stand for, the most frequent first."""
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for form in frequencies():
        key = bare(form)
        if len(key) == len(form):
            forms[key].append(form)
    return {key: tuple(sorted(some, key=lambda form: -frequencies()[form])) for key, some in forms.items()}


def bare(text: str) -> str:
    """The text without accents, code point for code point when it is composed."""
    if text.isascii():
        return text
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def known_share(words: list[str]) -> float:
    """Share of the words, in small letters, that are French with or without their accents."""
    return sum(word in frequencies() or word in bare_forms() for word in words) / len(words) if words else 0.0
