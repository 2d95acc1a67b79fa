"""Lines and paragraphs of a text."""

from __future__ import annotations

import regex

from quotes.model import Span

__all__ = ["breaks", "lines", "paragraphs", "trim"]

_LINE = regex.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]++")
_BREAK = regex.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def trim(text: str, start: int, end: int) -> Span:
    """The span without white space at its edges; empty at `start` when nothing is left."""
    begin, end = start, min(end, len(text))
    while begin < end and text[begin].isspace():
        begin += 1
    while begin < end and text[end - 1].isspace():
        end -= 1
    return Span(begin, end) if begin < end else Span(start, start)


def lines(text: str) -> list[Span]:
    """The lines that hold anything, in order, edge spaces trimmed."""
    return [span for match in _LINE.finditer(text) if (span := trim(text, *match.span())).end > span.start]


def breaks(text: str, start: int, end: int) -> int:
    """How many line breaks stand between two lines."""
    return len(_BREAK.findall(text, start, end))


def paragraphs(text: str) -> tuple[Span, ...]:
    """The non-empty paragraphs in order, edge spaces trimmed: the lines, for a view has no line end inside a paragraph."""
    return tuple(lines(text))
