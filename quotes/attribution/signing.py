"""Who signs a quotation that stands alone in its paragraph: the short line behind it, « Anne Vidal, députée »."""

from __future__ import annotations

import regex

from quotes.model import Span
from quotes.text.nominals import read_nominal
from quotes.text.outline import Outline
from quotes.text.vocabulary import Vocabulary
from quotes.who.people import People

__all__ = ["signing_line"]

# What may stand around the words of a quotation in its paragraph.
AROUND = ' \t\u00a0\u202f\u2009«»“”"‹›.…!?,'
# A name that signs is all of its line, or its office follows.
ENDS = regex.compile(r"\s*+(?:$|[,(]|[–—-]\s)")
# A phrase that signs says nothing: « Une élue de la majorité ».
MOST_WORDS = 9


def signing_line(parts: Outline, outer: Span, people: People, vocabulary: Vocabulary) -> Span | None:
    """The words of the line behind a quotation (`outer`, its marks included) that name who says it.

    The quotation fills its paragraph, the line is short and ends without a stop. None when nobody signs.
    """
    number = parts.paragraph_of(outer.start)
    if number + 1 >= len(parts.paragraphs) or not _fills(parts, number, outer):
        return None
    line = parts.paragraphs[number + 1]
    last = number + 2 == len(parts.paragraphs)
    if not (number + 1 in parts.heads or last) or parts.quoted.overlapping(line.start, line.end):
        return None
    return _name(parts.text, line, people) or _phrase(parts.text, line, vocabulary)


def _fills(parts: Outline, number: int, outer: Span) -> bool:
    paragraph = parts.paragraphs[number]
    rest = parts.text[paragraph.start : max(paragraph.start, outer.start)] + parts.text[outer.end : max(outer.end, paragraph.end)]
    return not rest.strip(AROUND)


def _name(text: str, line: Span, people: People) -> Span | None:
    """The name that opens the line."""
    names = (m for p in people.touching(line) for m in p.touching(line) if m.start == line.start)
    name = next(names, None)
    return name if name is not None and ENDS.match(text[name.end : line.end]) else None


def _phrase(text: str, line: Span, vocabulary: Vocabulary) -> Span | None:
    """An indefinite phrase for a person that is all of the line, or what a comma parts from the rest."""
    words = line.of(text).split(",")[0].rstrip()
    nominal = read_nominal(words, vocabulary)
    person = nominal.type == "person" and nominal.known and not nominal.definite and not nominal.proper
    return Span(line.start, line.start + len(words)) if person and len(words.split()) <= MOST_WORDS else None
