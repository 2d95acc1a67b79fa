"""Look-up of spans by position, for texts with many of them."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from quotes.model import Span

__all__ = ["Ranges"]

T = TypeVar("T")


class Ranges(Generic[T]):
    """Items whose spans are disjoint; finds those that overlap a range in logarithmic time."""

    def __init__(self, items: Iterable[T], span: Callable[[T], Span]) -> None:
        self._items = sorted(items, key=lambda item: span(item).start)
        self._starts = [span(item).start for item in self._items]
        self._ends = [span(item).end for item in self._items]

    def overlapping(self, start: int, end: int) -> list[T]:
        """Items that share a character with `start:end`, in text order."""
        return self._items[bisect.bisect_right(self._ends, start) : bisect.bisect_left(self._starts, end)]

    def at(self, position: int) -> T | None:
        """The item that covers a position."""
        return next(iter(self.overlapping(position, position + 1)), None)
