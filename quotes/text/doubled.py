"""Straight marks as comma-separated files leave them: a field in one pair of marks, every mark inside it written twice."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from quotes.model import Span
from quotes.text.view import Edit

__all__ = ["doubled_marks"]

# A whole paragraph, or several: every mark inside is doubled.
_FIELD = regex.compile(r'(?<![^\n\r])\s*+(?P<open>")(?:[^"]++|"")*+(?P<close>")[ \t]*+(?![^\n\r])')
_DOUBLED = regex.compile(r'(?<!")""(?!")')
# Around words that both marks touch: """Le bac passe""".
_TRIPLED = regex.compile(r'(?<!")"{3}+(?=[^\s"])[^"\n\r]*+(?<=\S)"{3}+(?!")')
_FIRST_LINE = regex.compile(r"\s*+[^\n\r]*+[\n\r]\s*+")
_SENTENCE_END = regex.compile(r"[.!?…]\s++(?=\p{Lu})")
_RUNS = tuple((f"{opening}{closing}", regex.compile(f"([{opening}{closing}])\\1*+")) for opening, closing in ("«»", "“”"))
_LONE = regex.compile(r'(?<!")"(?:"")*+(?!")')
_AT_EDGE = regex.compile(r'(?<![^\n\r])"(?!")|(?<!")"\s*+\Z')
# A text of so many sentences between one pair of marks is no utterance.
_SENTENCES = 3


def doubled_marks(text: str) -> Iterator[Edit]:
    """The edits that leave one mark for each doubled one and none for the pair around a field, in order."""
    edits = [*_straight(text), *(edit for marks, run in _RUNS if marks[0] * 2 in text for edit in _curved(text, run))]
    return iter(sorted(edits))


def _curved(text: str, run: regex.Pattern[str]) -> list[Edit]:
    """Those of a text that writes all its marks of a kind twice: ««…»»."""
    found = list(run.finditer(text))
    return [(at.start(), at.end(), at[1]) for at in found] if all(len(at[0]) == 2 for at in found) else []


def _straight(text: str) -> Iterator[Edit]:
    if '"' not in text:
        return
    position = 0
    for field in _fields(text):
        yield from _single(text, Span(position, field.start))
        yield field.start, field.start + 1, ""
        yield from ((at, at + 2, '"') for at in _pairs(text, field))
        yield field.end - 1, field.end, ""
        position = field.end
    yield from _single(text, Span(position, len(text)))


def _fields(text: str) -> Iterator[Span]:
    """The fields, from mark to mark."""
    for match in _FIELD.finditer(text):
        field = Span(match.start("open"), match.end("close"))
        if '""' in field.of(text)[1:-1] or _is_body(text, field):
            yield field


def _is_body(text: str, field: Span) -> bool:
    """Whether a pair without marks inside holds all of the text, or all but its first line, and more than somebody says at once."""
    first = _FIRST_LINE.match(text)
    alone = not text[field.end :].strip() and (not text[: field.start].strip() or (first is not None and first.end() >= field.start))
    return alone and len(_SENTENCE_END.findall(text, field.start, field.end)) + 1 >= _SENTENCES


def _pairs(text: str, field: Span) -> Iterator[int]:
    at = field.start + 1
    while (at := text.find('""', at, field.end - 1)) >= 0:
        yield at
        at += 2


def _single(text: str, part: Span) -> Iterator[Edit]:
    """Marks of a part that no field holds: doubled and tripled ones that come in pairs; a lone one, left of a field cut off, goes."""
    doubled = [(at.start(), at.end(), '"') for at in _DOUBLED.finditer(text, part.start, part.end)]
    edits = doubled if len(doubled) > 1 else []
    for match in _TRIPLED.finditer(text, part.start, part.end):
        edits += ((match.start(), match.start() + 3, '"'), (match.end() - 3, match.end(), '"'))
    if len(doubled) > 1:
        lone = list(_LONE.finditer(text, part.start, part.end))
        if len(lone) == 1 and (edge := _AT_EDGE.match(text, lone[0].start(), part.end)):
            edits.append((edge.start(), edge.start() + 1, ""))
    return iter(sorted(edits))
