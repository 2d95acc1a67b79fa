"""Lines and paragraphs of a text."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

import regex

from quotes.model import Span

__all__ = ["breaks", "lines", "paragraph_at", "paragraphs", "trim"]

_LINE = regex.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]++")
_SPACE_ENTITY = ("&nbsp;", "&#160;", "&#xa0;", "&#xA0;", "&#8239;", "&#x202f;", "&#x202F;", "&thinsp;", "&ensp;", "&emsp;")
_INVISIBLE = frozenset("\u00ad\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\x00")
_BREAK = regex.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def trim(text: str, start: int, end: int) -> Span:
    """The span without white space, invisible characters and space entities at its edges; empty at `start` when nothing is left."""
    begin, end = start, min(end, len(text))
    while begin < end and (step := _blank_after(text, begin, end)):
        begin += step
    while begin < end and (step := _blank_before(text, begin, end)):
        end -= step
    return Span(begin, end) if begin < end else Span(start, start)


def _blank_after(text: str, start: int, end: int) -> int:
    if text[start].isspace() or text[start] in _INVISIBLE:
        return 1
    if text[start] == "&":
        return next((len(entity) for entity in _SPACE_ENTITY if start + len(entity) <= end and text.startswith(entity, start)), 0)
    return 0


def _blank_before(text: str, start: int, end: int) -> int:
    if text[end - 1].isspace() or text[end - 1] in _INVISIBLE:
        return 1
    if text[end - 1] == ";":
        return next((len(entity) for entity in _SPACE_ENTITY if end - len(entity) >= start and text.endswith(entity, start, end)), 0)
    return 0


def lines(text: str) -> list[Span]:
    """The lines that hold anything, in order, edge spaces trimmed."""
    return [span for match in _LINE.finditer(text) if (span := trim(text, *match.span())).end > span.start]


def breaks(text: str, start: int, end: int) -> int:
    """How many line breaks stand between two lines."""
    return len(_BREAK.findall(text, start, end))


def paragraphs(text: str) -> tuple[Span, ...]:
    """The non-empty paragraphs in order, edge spaces trimmed: the lines, for a view has no line end inside a paragraph."""
    return tuple(lines(text))


def paragraph_at(spans: Sequence[Span], offset: int) -> int:
    """Index of the last paragraph that starts at or before `offset`, -1 when there is none."""
    return bisect.bisect_right(spans, offset, key=lambda span: span.start) - 1
