"""Sentences that are too long for a parser, parsed in parts: its memory grows with the square of their words."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from quotes.model import Span
from quotes.syntax.parser import Parser
from quotes.syntax.tree import Tree, Word
from quotes.syntax.words import tokenize

__all__ = ["LONGEST", "PartParser", "is_long", "parts_of"]

# Tokens of a part. Sentences of news that are longer are lists, tables or code.
LONGEST = 400
# A part ends behind the first of these marks that there is in its last third.
_SOFT = (frozenset(".!?…"), frozenset(";:"), frozenset(",)»”"))


class PartParser:
    """A parser that sees no sentence of more than `LONGEST` tokens; the parts of a longer one hang under the root of the first."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser

    def parse(self, sentences: Sequence[str]) -> list[Tree]:
        """See `Parser.parse`."""
        parts = [parts_of(sentence) for sentence in sentences]
        texts = [span.of(sentence) for sentence, spans in zip(sentences, parts, strict=True) for span in spans]
        trees = iter(self._parser.parse(texts))
        return [_joined([(next(trees), span.start) for span in spans]) for spans in parts]


def is_long(sentence: str) -> bool:
    """Whether the sentence is parsed in parts."""
    return len(parts_of(sentence)) > 1


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


def _joined(parts: Sequence[tuple[Tree, int]]) -> Tree:
    """One tree of the parts, each with the place of its text."""
    if len(parts) == 1:
        return parts[0][0]
    words: list[Word] = []
    root = 0
    for tree, start in parts:
        base = len(words)
        words += [_moved(word, base, root, start) for word in tree]
        root = root or next((word.index for word in words if word.head == 0), 0)
    return Tree(tuple(words))


def _moved(word: Word, base: int, root: int, start: int) -> Word:
    """The word in the joined tree; `root` is that of the first part, 0 while there is none."""
    head = word.head + base if word.head else root
    deprel = word.deprel if word.head or not root else "parataxis"
    return dataclasses.replace(word, index=word.index + base, head=head, deprel=deprel, start=word.start + start, end=word.end + start)
