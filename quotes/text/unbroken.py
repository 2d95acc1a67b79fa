"""Texts without any line end: where their paragraphs may have been."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from quotes.model import Span
from quotes.text.starters import starter

__all__ = ["is_unbroken", "lost_heads", "regrouped"]

# A text on one line with more code points than this had paragraphs once: the median of press paragraphs is 233.
LONGEST_LINE = 1000
PARAGRAPH = 300
# What may stand before the end of a lost headline, and behind the word that begins the sentence after it.
_SEAM = regex.compile(r"(?<=\p{Ll}{2}|[»?!\d])\s(?=\p{Lu})")
_GOES_ON = regex.compile(r"\s(?:\p{Ll}|\p{N})")


def is_unbroken(text: str, paragraphs: Sequence[Span]) -> bool:
    """Whether all of a long text stands on one line."""
    return len(paragraphs) == 1 and len(text) > LONGEST_LINE


def lost_heads(text: str, start: int, end: int) -> Iterator[int]:
    """Where a headline or subhead between two offsets of an unbroken text ran into the sentence behind it: no stop, then a word that
    begins a sentence and is no part of a name (« est à quai La mairie », not « quotidien Le Monde »)."""
    for seam in _SEAM.finditer(text, start, end):
        word = starter().match(text, seam.end(), end)
        if word and _GOES_ON.match(text, word.end(), end):
            yield seam.start()


def regrouped(sentences: Sequence[Span]) -> tuple[Span, ...]:
    """Paragraphs of an unbroken text: its sentences, as many together as make one of common length."""
    found: list[Span] = []
    for sentence in sentences:
        if found and sentence.end - found[-1].start <= PARAGRAPH:
            found[-1] = Span(found[-1].start, sentence.end)
        else:
            found.append(sentence)
    return tuple(found)
