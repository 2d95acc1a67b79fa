"""Sentences that are too long for a parser and for all that looks at their words in pairs: where they are cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.model import Span
from quotes.syntax.words import tokenize

__all__ = ["LONGEST", "parts_of"]

# Tokens of a part. Sentences of news that are longer are lists, tables or code.
LONGEST = 400
# A part ends behind the last of these marks in its last third, of the first kind that there is.
_SOFT = (frozenset(".!?…"), frozenset(";:"), frozenset(",)»”"))


def parts_of(sentence: str) -> list[Span]:
    """What is parsed at once: the whole sentence, or parts of at most `LONGEST` tokens that end at punctuation where they can."""
    # A token has a character at least.
    tokens = tokenize(sentence) if len(sentence) > LONGEST else []
    if len(tokens) <= LONGEST:
        return [Span(0, len(sentence))]
    return [Span(tokens[low][0], tokens[high - 1][1]) for low, high in _stretches(sentence, tokens)]


def _stretches(sentence: str, tokens: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    low = 0
    while len(tokens) - low > LONGEST:
        high = _soft_end(sentence, tokens, low)
        yield low, high
        low = high
    yield low, len(tokens)


def _soft_end(sentence: str, tokens: Sequence[tuple[int, int]], low: int) -> int:
    for marks in _SOFT:
        for place in range(low + LONGEST, low + LONGEST * 2 // 3, -1):
            if sentence[tokens[place - 1][1] - 1] in marks:
                return place
    return low + LONGEST
