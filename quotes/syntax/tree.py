"""Dependency trees: words with character offsets, and the walks attribution needs."""

from __future__ import annotations

import bisect
import dataclasses
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

__all__ = ["Tree", "Word"]


@dataclasses.dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word. `index` and `head` count from 1 (`head` 0 is the root); `start:end` are offsets in the parsed text.

    The words of a contraction (du = de + le) share the offsets of the surface token.
    """

    index: int
    form: str
    lemma: str
    upos: str
    feats: Mapping[str, str]
    head: int
    deprel: str
    start: int
    end: int

    @property
    def relation(self) -> str:
        """The relation without its subtype."""
        return self.deprel.partition(":")[0]


@dataclasses.dataclass(frozen=True)
class Tree:
    """A parsed sentence: `words[i]` has index `i + 1`."""

    words: tuple[Word, ...]

    @cached_property
    def _children(self) -> tuple[tuple[Word, ...], ...]:
        lists: list[list[Word]] = [[] for _ in range(len(self.words) + 1)]
        for word in self.words:
            lists[word.head].append(word)
        return tuple(tuple(children) for children in lists)

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    @cached_property
    def _edges(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        return tuple(w.start for w in self.words), tuple(w.end for w in self.words)

    def between(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that lie inside `start:end` of the parsed text."""
        starts, ends = self._edges
        return self.words[bisect.bisect_left(starts, start) : bisect.bisect_right(ends, end)]

    def word(self, index: int) -> Word:
        """The word with this index, which counts from 1."""
        return self.words[index - 1]

    def children(self, word: Word, *relations: str) -> tuple[Word, ...]:
        """Dependents of a word in text order, those with one of the relations (subtypes included) when any is given."""
        found = self._children[word.index]
        if not relations:
            return found
        return tuple(c for c in found if c.deprel in relations or c.relation in relations)

    def child(self, word: Word, *relations: str) -> Word | None:
        """The first dependent with one of the relations."""
        return next(iter(self.children(word, *relations)), None)

    def head(self, word: Word) -> Word | None:
        """The governor, None for the root."""
        return self.words[word.head - 1] if word.head else None

    def ancestors(self, word: Word) -> Iterator[Word]:
        """Governor, its governor, … up to the root."""
        seen = {word.index}
        current = self.head(word)
        while current is not None and current.index not in seen:
            seen.add(current.index)
            yield current
            current = self.head(current)

    def subtree(self, word: Word, keep: Callable[[Word], bool] = lambda _: True) -> tuple[Word, ...]:
        """The word and all below it in text order; branches whose top word fails `keep` are left out whole."""
        found, stack = [word], [word]
        seen = {word.index}
        while stack:
            for child in self._children[stack.pop().index]:
                if child.index not in seen and keep(child):
                    seen.add(child.index)
                    found.append(child)
                    stack.append(child)
        return tuple(sorted(found, key=lambda w: w.index))

    def dominates(self, above: Word, below: Word) -> bool:
        """Whether `below` is `above` or lies under it."""
        return above.index == below.index or any(a.index == above.index for a in self.ancestors(below))

    @cached_property
    def root(self) -> Word | None:
        """The word without governor."""
        return next((w for w in self.words if w.head == 0), None)
