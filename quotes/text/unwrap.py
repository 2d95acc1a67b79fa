"""Line ends that stand in the middle of a sentence: narrow columns, hyphenated words, links and inline elements."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Sequence
from functools import cache

import regex

from quotes.model import Span
from quotes.text.grammar import alternatives, word_class
from quotes.text.lexicon import load_lexicon, load_table
from quotes.text.lines import breaks, lines
from quotes.text.view import Edit

__all__ = ["broken_lines"]

_FINAL = frozenset('.!?…:;»”"“›)]*')
_BULLET = regex.compile(r"[-–—―•*·▪►]|\d{1,2}[.)]\s")
_LAST_PART = regex.compile(r"(?r)(?P<head>\p{L}++)(?P<hyphen>[-\u00ac])")
_BROKEN_WORD = regex.compile(r"\p{L}[-\u00ac]\s*+[\n\r]")
_WORD = regex.compile(r"\p{L}++(?:-\p{L}++)*+")
_FIRST_PART = regex.compile(r"\p{L}++")
_TAIL = regex.compile(rf"(?:{alternatives('hyphen-tail')})(?![\p{{L}}'’])")
# What can only go on with what stands before: « , a dit », « . », « », qui ».
_GOES_ON = regex.compile(r"(?P<close>[,;.)\]](?!\.)|[»”\"](?=[,.;]|\s+\p{Ll}|\s*+(?:[\n\r]|\Z)))")
_LOOSE = regex.compile(r"[,;)](?=\s)|\.(?=\s*+(?:[\n\r]|\Z|\p{Lu}))")
_OPEN_END = regex.compile(rf"(?r)(?:[,«“„(\[]|(?<![\p{{L}}'’-])(?:{alternatives('open-context')})|['’])(?=\Z)")
_FIRST_WORDS = regex.compile(r"(?:\p{Ll}['’]\s?+)?+(?P<first>\p{Ll}++)(?:\s(?P<second>\p{Ll}++))?")
_LAST_NAME = regex.compile(r"(?r)(?<=[\p{Ll},.]\s)(?P<name>\p{Lu}[\p{L}-]+)\Z")
_SURNAME = regex.compile(r"\p{Lu}[\p{L}-]++(?:[,.]|\s\p{Ll})")
# A line of so many code points is prose, a shorter one may be a title or an item.
_PROSE, _NARROWEST, _WIDEST = 45, 40, 110
# A link or an inline element is at most so long.
_LINK = 60


@dataclasses.dataclass(frozen=True, slots=True)
class _Line:
    """A line, how much of its paragraph stands before and in it, and the width of the text's columns (0 when lines are paragraphs)."""

    span: Span
    start: int
    width: int


@cache
def _given_names() -> frozenset[str]:
    return frozenset(name for name, _ in load_table("given_names"))


def broken_lines(text: str) -> Iterator[Edit]:
    """The edits that put a blank, or nothing, for each line end in the middle of a sentence, in order."""
    found = lines(text)
    if len(found) < 2:
        return
    width, start = _wrap_width(text, found), found[0].start
    words = frozenset(_WORD.findall(text)) if _BROKEN_WORD.search(text) else frozenset[str]()
    for index, (span, after) in enumerate(itertools.pairwise(found)):
        later = found[index + 2] if index + 2 < len(found) else None
        if _continues(text, _Line(span, start, width), after, later):
            yield _joined(text, span, after, words)
        else:
            start = after.start


def _continues(text: str, line: _Line, after: Span, later: Span | None) -> bool:
    """Whether a line goes on in the next one."""
    gap = breaks(text, line.span.end, after.start)
    if gap > 1:
        return gap < 4 and (_LOOSE.match(text, after.start) is not None or _is_link(text, line, after, later, _LOOSE))
    if _GOES_ON.match(text, after.start):
        return True
    if _BULLET.match(text, after.start) and not _ends_open(text, line, after):
        return False
    return (
        _ends_open(text, line, after)
        or _unfinished(text, line, after)
        or _fills_column(text, line, after)
        or _is_link(text, line, after, later, _GOES_ON)
    )


def _ends_open(text: str, line: _Line, after: Span) -> bool:
    """Whether the last word of a line needs another. « Chère Odile, » alone on its line does not."""
    end = _OPEN_END.search(text[max(line.start, line.span.end - 30) : line.span.end])
    return end is not None and (end.group() != "," or text[after.start].islower() or _is_prose(text, line))


def _unfinished(text: str, line: _Line, after: Span) -> bool:
    """Whether a line stops inside a word or a sentence, as the next one shows."""
    last = text[line.span.end - 1]
    if _hyphen(text, line.span, after):
        return True
    if text[after.start].islower():
        return _tells(text, after) if last in '»”"!?' else last not in _FINAL and _is_prose(text, line)
    return _ends_with_given_name(text, line) and _SURNAME.match(text, after.start, after.end) is not None


def _tells(text: str, after: Span) -> bool:
    """« « Oui »⏎a dit X »: whether a line opens with a verb of saying, alone or behind its auxiliary."""
    forms, words = load_lexicon().by_form, _FIRST_WORDS.match(text, after.start, after.end)
    return words is not None and (words["first"] in forms or (words["first"] in word_class("auxiliary") and words["second"] in forms))


def _ends_with_given_name(text: str, line: _Line) -> bool:
    """« a confirmé Solange⏎Miquet »: whether a line that holds more ends with a given name."""
    name = _LAST_NAME.search(text, line.start, line.span.end)
    return name is not None and name["name"] in _given_names()


def _is_prose(text: str, line: _Line) -> bool:
    """Whether a line is no item of a list: it is long, or opens like a sentence and is not the only one of its paragraph."""
    return line.span.end - line.start >= _PROSE or (line.start < line.span.start and not text[line.start].islower())


def _fills_column(text: str, line: _Line, after: Span) -> bool:
    """Whether the first word of the next line had no room in a narrow column."""
    if not line.width:
        return False
    room = line.span.end - line.span.start + 1 + len(text[after.start : after.end].split(maxsplit=1)[0])
    return room > line.width if text[line.span.end - 1] in _FINAL else room > line.width * 0.8


def _is_link(text: str, line: _Line, link: Span, later: Span | None, goes_on: regex.Pattern[str]) -> bool:
    """« a dit⏎Rosa Timmer⏎, qui … »: whether a short line behind an unfinished one is part of a sentence that goes on behind it."""
    if later is None or link.end - link.start > _LINK or text[line.span.end - 1] in _FINAL or text[link.end - 1] in _FINAL:
        return False
    if breaks(text, link.end, later.start) > 3:
        return False
    names = goes_on is _GOES_ON and text[link.start].isupper()
    return goes_on.match(text, later.start) is not None or (names and text[later.start].islower())


def _hyphen(text: str, line: Span, after: Span) -> regex.Match[str] | None:
    """The part of a word that a line ends with, when the next line has the rest of it."""
    part = _LAST_PART.match(text, line.start, line.end)
    return part if part and text[after.start].isalpha() else None


def _joined(text: str, line: Span, after: Span, words: frozenset[str]) -> Edit:
    """The edit for the line end between two lines of one sentence; `words` are all of the text."""
    part = _hyphen(text, line, after)
    if part is None:
        glued = text[line.end - 1] in "'’([" or text[after.start] in ",.)]"
        return line.end, after.start, "" if glued else " "
    rest = _FIRST_PART.match(text, after.start)
    assert rest is not None
    return (line.end if _keeps_hyphen(text, part, rest, words) else line.end - 1), after.start, ""


def _keeps_hyphen(text: str, part: regex.Match[str], rest: regex.Match[str], words: frozenset[str]) -> bool:
    """Whether a hyphen at a line end belongs to the word: « a-t-⏎il », « porte-⏎parole », « Jean-⏎Marc »."""
    head = part["head"].lower()
    if part["hyphen"] == "-" and (rest.group()[0].isupper() or head in word_class("hyphen-head") or _TAIL.match(text, rest.start())):
        return True
    return f"{part['head']}-{rest.group()}" in words and part["head"] + rest.group() not in words


def _wrap_width(text: str, found: Sequence[Span]) -> int:
    """Column width of a hard-wrapped text, 0 when lines are paragraphs."""
    followed = [line for line, after in itertools.pairwise(found) if breaks(text, line.end, after.start) == 1]
    lengths = sorted(line.end - line.start for line in followed)
    if len(lengths) < 3 or not _NARROWEST <= lengths[-1] <= _WIDEST:
        return 0
    unfinished = sum(text[line.end - 1] not in _FINAL for line in followed)
    long = sum(length >= lengths[-1] - 15 for length in lengths)
    return lengths[-1] if unfinished * 5 >= len(lengths) * 3 and long * 5 >= len(lengths) * 3 else 0
