"""A text as the rules read it, and where each of its characters stands in the text as it came.

A view is made of layers. Each replaces some stretches of the text before it (a doubled mark, an entity, a line end inside a sentence) and
knows what it replaced, so that a span of the view leads back to the stored text, which is never rewritten.
"""

from __future__ import annotations

import bisect
import dataclasses
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from quotes.model import Span

__all__ = ["Edit", "Layer", "View", "spans_in_source"]

T = TypeVar("T")
# Start and end of a stretch of a text, and what stands for it.
Edit = tuple[int, int, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Layer:
    """One set of replacements: the stretch `starts[i]:ends[i]` of the new text stands for `old_starts[i]:old_ends[i]` of the old one."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    old_starts: tuple[int, ...]
    old_ends: tuple[int, ...]

    def origin(self, span: Span) -> Span:
        """The span of the old text that a span of the new one stands for; what was left out at its edges stays outside."""
        start = self._character(span.start)[0]
        return Span(start, self._character(span.end - 1)[1] if span.end > span.start else start)

    def _character(self, at: int) -> tuple[int, int]:
        """Start and end, in the old text, of what one character of the new text stands for."""
        place = bisect.bisect_right(self.starts, at) - 1
        if place < 0:
            return at, at + 1
        if at < self.ends[place]:
            return self.old_starts[place], self.old_ends[place]
        here = at - self.ends[place] + self.old_ends[place]
        return here, here + 1


@dataclasses.dataclass(frozen=True, slots=True)
class View:
    """The text to read, the layers that lead back to the stored one, in the order they were laid, and what was unusual about it."""

    text: str
    layers: tuple[Layer, ...] = ()
    flags: tuple[str, ...] = ()

    def edited(self, edits: Iterable[Edit]) -> View:
        """The view with one more layer; the edits are in order and do not overlap. Itself when there are none."""
        parts: list[str] = []
        places: list[tuple[int, int, int, int]] = []
        position = length = 0
        for start, end, new in edits:
            parts += (self.text[position:start], new)
            length += start - position
            places.append((length, length + len(new), start, end))
            length, position = length + len(new), end
        if not places:
            return self
        parts.append(self.text[position:])
        starts, ends, old_starts, old_ends = zip(*places, strict=True)
        return dataclasses.replace(self, text="".join(parts), layers=(*self.layers, Layer(starts, ends, old_starts, old_ends)))

    def origin(self, span: Span) -> Span:
        """The span of the stored text that a span of the view stands for."""
        for layer in reversed(self.layers):
            span = layer.origin(span)
        return span


def spans_in_source(value: T, view: View) -> T:
    """A value made of frozen dataclasses and tuples, every span of the view in it as one of the stored text."""
    return _placed(value, view.origin) if view.layers else value


def _placed(value: Any, origin: Callable[[Span], Span]) -> Any:
    if isinstance(value, Span):
        return origin(value)
    if isinstance(value, tuple):
        return tuple(_placed(item, origin) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: _placed(old, origin)
            for field in dataclasses.fields(value)
            if isinstance(old := getattr(value, field.name), (Span, tuple))
        }
        return dataclasses.replace(value, **changed)
    return value
