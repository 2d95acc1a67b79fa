"""What the exports of press databases have in common: words around an article, names of publications."""

from __future__ import annotations

import functools

import regex

from quotes.text.lexicon import load_table

__all__ = ["clean_publication", "words", "words_pattern"]


def words(kind: str) -> tuple[str, ...]:
    """The words of a kind in exports.tsv, the longest first."""
    return tuple(sorted((word for named, word in load_table("exports.tsv") if named == kind), key=lambda word: (-len(word), word)))


def words_pattern(kind: str) -> str:
    """A pattern for any of them."""
    return "|".join(regex.escape(word, literal_spaces=True) for word in words(kind))


@functools.cache
def _edition() -> regex.Pattern[str]:
    return regex.compile(rf",\s(?:{words_pattern('issue')})\s?+\S.*+|\s*+\((?:{words_pattern('edition')})\)", regex.IGNORECASE)


def clean_publication(name: str) -> str:
    """A publication without the number of the issue and « (site web) »: the name that all its articles share."""
    return _edition().sub("", " ".join(name.split())).strip(" ,")
