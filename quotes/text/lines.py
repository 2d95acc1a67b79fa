"""Physical lines and paragraphs of a raw text, hard-wrapped and hyphenated lines joined."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence

import regex

from quotes.model import Span

__all__ = ["paragraph_at", "paragraphs", "trim"]

_LINE = regex.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]++")
_SPACE_ENTITY = ("&nbsp;", "&#160;", "&#xa0;", "&#xA0;", "&#8239;", "&#x202f;", "&#x202F;", "&thinsp;", "&ensp;", "&emsp;")
_INVISIBLE = frozenset("\u00ad\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\x00")
_HYPHENATED = regex.compile(r"\p{L}[-\u2010\u00ad\u00ac]\Z")
_FINAL = frozenset('.!?…:;»”"“›)]*')
_BULLET = regex.compile(r"[-–—―•*·▪►]|\d+[.)]\s")


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


def paragraphs(text: str) -> tuple[Span, ...]:
    """The non-empty paragraphs in order, edge spaces trimmed; lines that only a narrow column broke are one paragraph."""
    lines = [span for match in _LINE.finditer(text) if (span := trim(text, *match.span())).end > span.start]
    width = _wrap_width(text, lines)
    joined: list[Span] = []
    previous: Span | None = None
    for line in lines:
        if previous is not None and _continues(text, previous, line, width):
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
        previous = line
    return tuple(joined)


def paragraph_at(spans: Sequence[Span], offset: int) -> int:
    """Index of the last paragraph that starts at or before `offset`, -1 when there is none."""
    return bisect.bisect_right(spans, offset, key=lambda span: span.start) - 1


def _wrap_width(text: str, lines: Sequence[Span]) -> int:
    """Column width of a hard-wrapped text, 0 when lines are paragraphs."""
    followed = [line for line, after in itertools.pairwise(lines) if _adjacent(text, line, after)]
    lengths = sorted(line.end - line.start for line in followed)
    if len(lengths) < 3 or lengths[-1] > 110 or lengths[-1] < 40:
        return 0
    unfinished = sum(text[line.end - 1] not in _FINAL for line in followed)
    long = sum(length >= lengths[-1] - 15 for length in lengths)
    return lengths[-1] if unfinished * 5 >= len(lengths) * 3 and long * 5 >= len(lengths) * 3 else 0


def _adjacent(text: str, line: Span, after: Span) -> bool:
    """Whether nothing but one line break stands between two lines."""
    between = text[line.end : after.start] if after.start - line.end < 40 else "\n\n"
    return len(regex.findall(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", between)) == 1


def _continues(text: str, line: Span, after: Span, width: int) -> bool:
    if not _adjacent(text, line, after) or _BULLET.match(text, after.start):
        return False
    lower = text[after.start].islower()
    if lower and _HYPHENATED.search(text, max(line.start, line.end - 2), line.end):
        return True
    finished = text[line.end - 1] in _FINAL
    if lower and not finished and 45 <= line.end - line.start <= 110:
        return True
    if not width:
        return False
    room = line.end - line.start + 1 + len(text[after.start : after.end].split(maxsplit=1)[0])
    return room > width if finished else room > width * 0.8
