"""Paragraphs and sentences of a raw text; a quotation is never cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

import regex

from quotes.model import Span
from quotes.text.lexicon import load_words
from quotes.text.lines import paragraphs, trim
from quotes.text.marks import Quotation
from quotes.text.starters import starter
from quotes.text.unbroken import is_unbroken, lost_heads

__all__ = ["paragraphs", "sentences"]

_MAX_WORDS = 600
_STOP = regex.compile(r"(?:\.{2,}|[.!?…])[.!?…]*+(?:\s?[)\]])*+")
_OPENING = r"(?:[«“„\"‹‘(\[—–]|<<)"
_STARTS = regex.compile(rf"(?:{_OPENING}|\s|'')*+(?:\p{{Lu}}|\p{{Lt}}|\p{{Lo}})")
_NUMBER = regex.compile(r"\p{Nd}")
_OPENS = regex.compile(rf"{_OPENING}|''|\p{{Lu}}|\p{{Lt}}|[^\P{{So}}°]")
_WORD_BEFORE = regex.compile(r"(?r)[\p{L}\p{N}°.\-]++")
_INITIALS = regex.compile(r"(?:.*[\-.])?\p{Lu}\.")
_ACRONYM = regex.compile(r"(?:\p{Lu}\.){2,}")
_SOFT = (regex.compile(r"[.!?…][)»”\"]?\s"), regex.compile(r"[;:]\s"), regex.compile(r",\s"), regex.compile(r"\s"))


# Where sentences end between two offsets of a block that ends at the third.
Stops = Callable[[str, int, int, int], Iterator[int]]

# How far behind the beginning of a paragraph, in code points, a quotation that opens it may begin (behind a dash).
OPENING = 4


@cache
def _abbreviations() -> dict[str, str]:
    """Abbreviation to its sign: "*" may end a sentence, "#" does unless a number follows, "" never does."""
    lines = (line.partition(" ") for line in load_words("abbreviations"))
    return {abbreviation: sign for abbreviation, _, sign in lines}


def sentences(text: str, quotations: Sequence[Quotation]) -> tuple[Span, ...]:
    """The sentences in order: they cover all that is visible and never overlap; a quotation lies inside one sentence,
    with all its paragraphs, unless that sentence is longer than about 600 words."""
    atoms = [quotation.outer for quotation in quotations if quotation.depth == 0]
    found: list[Span] = []
    place = 0
    spans = paragraphs(text)
    stops = _stops_and_heads if is_unbroken(text, spans) else _stops
    for block in _blocks(text, spans, atoms):
        inside = []
        while place < len(atoms) and atoms[place].start < block.end:
            inside.append(atoms[place])
            place += 1
        for sentence in _cut(text, block, _boundaries(text, block, inside, stops)):
            found.extend(_shortened(text, sentence))
    return tuple(found)


def _blocks(text: str, spans: Sequence[Span], atoms: Sequence[Span]) -> Iterator[Span]:
    """Paragraphs, those put together that a quotation links, or a colon and the quotation after it."""
    block: Span | None = None
    place = 0
    for span in spans:
        while place < len(atoms) and atoms[place].end <= span.start:
            place += 1
        linked = place < len(atoms) and atoms[place].start < span.start
        opens = place < len(atoms) and 0 <= atoms[place].start - span.start < OPENING
        if block is not None and (linked or (opens and text[block.start : block.end].rstrip().endswith(":"))):
            block = Span(block.start, span.end)
            continue
        if block is not None:
            yield block
        block = span
    if block is not None:
        yield block


def _boundaries(text: str, block: Span, atoms: Sequence[Span], stops: Stops) -> Iterator[int]:
    """Offsets where a sentence of the block ends, in order."""
    at = block.start
    for atom in atoms:
        yield from stops(text, at, min(atom.start, block.end), block.end)
        at = max(at, atom.end)
        if _ends_sentence(text, atom, block.end):
            yield at
    yield from stops(text, at, block.end, block.end)


def _ends_sentence(text: str, atom: Span, end: int) -> bool:
    """Whether a quotation that ends like a sentence is one: what follows starts another."""
    inside = trim(text, atom.start, atom.end)
    tail = text[max(inside.start, inside.end - 12) : inside.end].rstrip("»”\"›’>' ")
    if not tail or tail[-1] not in ".!?…":
        return False
    following = trim(text, atom.end, min(end, atom.end + 40))
    return following.start == following.end or _OPENS.match(text, following.start, end) is not None


def _stops(text: str, start: int, end: int, limit: int) -> Iterator[int]:
    for stop in _STOP.finditer(text, start, end):
        after = stop.end()
        if after >= limit or not text[after].isspace():
            continue
        if _new_sentence(text, stop.group(), after, limit) and not _abbreviated(text, start, stop.start(), stop.group(), after):
            yield after


def _stops_and_heads(text: str, start: int, end: int, limit: int) -> Iterator[int]:
    """Stops, and the ends of the headlines that an unbroken text has lost."""
    yield from sorted({*_stops(text, start, end, limit), *lost_heads(text, start, end)})


def _new_sentence(text: str, stop: str, after: int, limit: int) -> bool:
    """Whether what follows the stop can start a sentence."""
    following = trim(text, after, min(limit, after + 60))
    if following.start == following.end:
        return False
    if _STARTS.match(text, following.start, limit):
        return True
    ellipsis = "…" in stop or ".." in stop
    return not ellipsis and "." in stop and (_NUMBER.match(text, following.start) or _OPENS.match(text, following.start)) is not None


def _abbreviated(text: str, start: int, at: int, stop: str, after: int) -> bool:
    """Whether the full stop at `at` belongs to the word before it."""
    if not stop.startswith(".") or stop.startswith(".."):
        return False
    before = _WORD_BEFORE.search(text, max(start, at - 30), at)
    if before is None or before.end() != at:
        return False
    word = before.group() + "."
    following = trim(text, after, after + 60).start
    sign = _abbreviations().get(word)
    if sign is not None:
        return not sign or (sign == "#" and _NUMBER.match(text, following) is not None)
    if _ACRONYM.fullmatch(word) or _INITIALS.fullmatch(word):
        return starter().match(text, following) is None
    return False


def _cut(text: str, block: Span, boundaries: Iterator[int]) -> Iterator[Span]:
    at = block.start
    for boundary in (*boundaries, block.end):
        sentence = trim(text, at, boundary)
        if sentence.end > sentence.start:
            yield sentence
            at = boundary


def _shortened(text: str, sentence: Span) -> Iterator[Span]:
    """The sentence, in several parts when it has far more words than a parser can take."""
    at = sentence.start
    while sentence.end - at > _MAX_WORDS * 2 and (limit := _nth_word(text, at, sentence.end)) is not None:
        cut = _soft_place(text, at, limit)
        yield trim(text, at, cut)
        at = trim(text, cut, sentence.end).start
    if at < sentence.end:
        yield Span(at, sentence.end)


@cache
def _words() -> regex.Pattern[str]:
    return regex.compile(rf"(?:\s*+\S++){{{_MAX_WORDS}}}(?=\s)")


def _nth_word(text: str, start: int, end: int) -> int | None:
    """Offset after as many words as a sentence may have, None when there are fewer; a word of 6,000 letters counts as many."""
    match = _words().match(text, start, min(end, start + _MAX_WORDS * 15))
    if match:
        return match.end() if trim(text, match.end(), end).start > match.end() - 1 else None
    return start + _MAX_WORDS * 15 if end - start > _MAX_WORDS * 15 else None


def _soft_place(text: str, start: int, limit: int) -> int:
    """The best place for a cut in the last third before `limit`."""
    floor = start + (limit - start) * 2 // 3
    for pattern in _SOFT:
        places: list[int] = [match.end() for match in pattern.finditer(text, floor, limit)]
        if places:
            return places[-1]
    return limit
