"""Texts that repeat one or two units, and trees of one shape: where work grows faster than the text, it shows here."""

from __future__ import annotations

import contextlib
import itertools
import random
import sys
from collections.abc import Sequence
from types import FrameType
from typing import Any
from unittest import mock

from quotes.model import Article
from quotes.pipeline import Extractor
from quotes.syntax.tree import Tree, Word
from quotes.syntax.words import tokenize
from tests.test_robustness import FEATURES, RELATIONS, UPOS

__all__ = ["UNITS", "ShapedParser", "growth", "pairs", "text_of"]

MARKS = ("« ", " »", "“", "”", '"', "„", "‹ ", " ›", "'", "’", "‘", "<<", ">>", ",, ", "cc ", "&laquo; ", " &raquo;")
CUES = (
    "dit ",
    "il dit ",
    "affirme que ",
    "selon Hugo Tessier, ",
    "d'après lui, ",
    "a-t-il ajouté, ",
    "accuse ",
    "promet de ",
    "la promesse ",
    "Hugo Tessier : ",
)
BREAKS = (
    "\n",
    "\n\n",
    "\r\n",
    ". ",
    "... ",
    "? ",
    "! ",
    "… ",
    ", ",
    "; ",
    " : ",
    " – ",
    "\n– ",
    "– ",
    "(",
    ") ",
    "[",
    "] ",
    "\u2028",
    "\t",
    "\u00a0",
    "A.",
    "M. ",
)
CLITICS = ("-il ", "-t-elle ", "-là", "-le-moi", "l'", "qu'", "d'", "jusqu'", "-", "c'est-à-dire ")
NAMES = (
    "Hugo Tessier ",
    "Hugo ",
    "Brec ",
    "le maire ",
    "la mairie de Brec ",
    "Mme Vidal ",
    "CGT ",
    "elle ",
    "ce dernier ",
    "le pont tient",
    "é",
    "a",
    "1 ",
    "000 ",
    "@",
    "&",
    "<q>",
    "{",
    "=",
    "\x00",
    "\u0301",
    "😀",
)
UNITS = (*MARKS, *CUES, *BREAKS, *CLITICS, *NAMES)
# The sentences between which units stand in a text.
OPENING, CLOSING = "« Le pont tient », a déclaré Hugo Tessier. ", " Le maire affirme que la digue tient."


def pairs() -> list[tuple[str, ...]]:
    """Every unit alone, then every two."""
    return [(unit,) for unit in UNITS] + list(itertools.permutations(UNITS, 2))


def text_of(units: Sequence[str], length: int) -> str:
    """A text of about `length` characters of these units in turn."""
    turn = "".join(units)
    return OPENING + turn * (length // len(turn) + 1) + CLOSING


# How far is looked, where it is written -> how far here.
_REACHES = {
    "quotes.syntax.parts.LONGEST": 40,
    "quotes.text.recovery.REACH": 200,
    "quotes.text.pairing.REACH": 200,
    "quotes.text.dashes.REACH": 200,
    "quotes.who.documents.REACH": 400,
    "quotes.who.fuller.REACH": 400,
}


class ShapedParser:
    """Trees whose words hang in a chain, below one word, or in small groups; parts of speech and relations of a seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def parse(self, sentences: Sequence[str]) -> list[Tree]:
        """See `Parser.parse`."""
        return [self._tree(text) for text in sentences]

    def _tree(self, text: str) -> Tree:
        chance = random.Random(self.seed)
        shape = chance.choice((_chain, _back, _star, _groups))
        kinds = [(chance.choice(UPOS), chance.choice(RELATIONS), chance.choice(FEATURES)) for _ in range(chance.choice((1, 2, 3, 9)))]
        tokens = tokenize(text)
        return Tree(tuple(_word(text, number, token, shape(number, len(tokens)), kinds) for number, token in enumerate(tokens, 1)))


def _chain(number: int, count: int) -> int:
    return number - 1


def _back(number: int, count: int) -> int:
    return (number + 1) % (count + 1)


def _star(number: int, count: int) -> int:
    return int(number > 1)


def _groups(number: int, count: int) -> int:
    return 0 if number == 1 else number - 1 if number % 5 else 1


def _word(text: str, index: int, token: tuple[int, int], head: int, kinds: Sequence[tuple[str, str, dict[str, str]]]) -> Word:
    form = text[token[0] : token[1]]
    upos, relation, features = kinds[hash_of(form) % len(kinds)]
    upos = "PUNCT" if not form[-1].isalnum() and form[-1] not in "'’" else upos
    return Word(index, form, form.lower(), upos, features, head, relation if head else "root", *token)


def hash_of(form: str) -> int:
    """A number of a word, the same in every process."""
    return sum(ord(char) * place for place, char in enumerate(form, 1))


def work(extractor: Extractor, text: str) -> int:
    """How many steps extraction takes: lines run, loops and comprehensions turn by turn, and calls of built-in functions."""
    steps = itertools.count()

    def step(frame: FrameType, event: str, argument: Any) -> Any:
        next(steps)
        return step

    def call(frame: FrameType, event: str, argument: Any) -> None:
        if event == "c_call":
            next(steps)

    old = sys.gettrace()
    sys.setprofile(call)
    sys.settrace(step)
    try:
        extractor.extract_batch([Article("a", text)])
    finally:
        sys.settrace(old)
        sys.setprofile(None)
    return next(steps)


def growth(units: Sequence[str], seed: int, length: int) -> float:
    """How many times the work grows when the text grows fourfold.

    What is looked at together (a part of a sentence, the reach of an unclosed mark) is made small: within it work may grow with the
    square, and a short text shows what becomes of a long one.
    """
    extractor = Extractor(parser=ShapedParser(seed))
    with contextlib.ExitStack() as stack:
        for place, value in _REACHES.items():
            stack.enter_context(mock.patch(place, value))
        return work(extractor, text_of(units, 4 * length)) / work(extractor, text_of(units, length))
