"""What an article's text is made of, found once and asked by every room: paragraphs, sentences, quotations, page furniture, headline."""

from __future__ import annotations

import bisect
import dataclasses
from collections.abc import Iterator, Sequence
from functools import cached_property

import regex

from quotes.model import Span
from quotes.text.code import is_code
from quotes.text.lexicon import load_furniture
from quotes.text.lines import paragraphs
from quotes.text.marks import Quotation, find_quotations
from quotes.text.ranges import Ranges
from quotes.text.sentences import sentences
from quotes.text.unbroken import is_unbroken, regrouped

__all__ = ["Outline", "outline"]

# « … . » – X, députée.
SIGNED = regex.compile(r"\s*+(?:[–—-]\s+|\()\p{Lu}")
# On a line of its own a signature is short and no sentence, and no other line of dialogue follows it.
SIGNED_LINE = regex.compile(r"\n\s*+[–—]\s?\p{Lu}[^\n.!?…:«»]{2,90}+(?:\n(?!\s*+[–—-])|$)")
FINAL = ".!?…:;,"
# A headline or subhead is a line without final punctuation of at most so many code points.
LONGEST_HEAD = 140
# What a page may put between two sentences of one line, and how long it is at most, in code points.
NOTICES = frozenset(("subscription", "cookie", "date", "update"))
LONGEST_NOTICE = 160


@dataclasses.dataclass(frozen=True)
class Outline:
    """The parts of one text. All spans are code points; `sentences` cover what is visible and never cut an outermost quotation.

    A signature behind a quotation (« … ». – X, députée) belongs to the quotation's sentence.
    """

    text: str
    quotations: tuple[Quotation, ...]
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    furniture: tuple[Span, ...]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [p.start for p in self.paragraphs]

    @cached_property
    def quoted(self) -> Ranges[Span]:
        """The outermost quotations, their marks included."""
        return Ranges((q.outer for q in self.quotations if q.depth == 0), lambda span: span)

    @cached_property
    def _furniture(self) -> Ranges[Span]:
        return Ranges(self.furniture, lambda span: span)

    def sentence_of(self, position: int) -> int:
        """The number of the sentence that holds a position, or the last one before it; 0 before the first."""
        return max(0, bisect.bisect_right(self._sentence_starts, position) - 1)

    def paragraph_of(self, position: int) -> int:
        """The number of the paragraph that holds a position, or the last one before it; 0 before the first."""
        return max(0, bisect.bisect_right(self._paragraph_starts, position) - 1)

    def is_quoted(self, position: int) -> bool:
        """Whether a position lies between quotation marks."""
        return self.quoted.at(position) is not None

    def is_furniture(self, span: Span) -> bool:
        """Whether a span touches a line that a web page adds to an article."""
        return bool(self._furniture.overlapping(span.start, span.end))

    @cached_property
    def heads(self) -> frozenset[int]:
        """The numbers of the paragraphs that are headline or subheads: short lines without final punctuation, another paragraph behind."""
        return frozenset(n for n, p in enumerate(self.paragraphs[:-1]) if self._is_head(p))

    def _is_head(self, paragraph: Span) -> bool:
        words = paragraph.of(self.text).rstrip('»”" \u00a0\u202f')
        return paragraph.end - paragraph.start <= LONGEST_HEAD and bool(words) and words[-1] not in FINAL


def outline(text: str) -> Outline:
    """The outline of a text; linear in its length, never raises."""
    quotations = tuple(find_quotations(text))
    spans = paragraphs(text)
    cut = sentences(text, quotations)
    if is_unbroken(text, spans):
        spans = regrouped(cut)
    return Outline(text, quotations, spans, tuple(_with_signatures(text, cut, quotations)), tuple(_furniture(text, spans, cut)))


def _furniture(text: str, spans: Sequence[Span], cut: Sequence[Span]) -> Iterator[Span]:
    """Lines of page furniture, and sentences of it inside other lines, in order."""
    patterns = [pattern for kind, pattern in load_furniture() if kind != "interview"]
    place = 0
    for paragraph in spans:
        line = paragraph.of(text)
        if is_code(line) or any(pattern.match(line) for pattern in patterns):
            yield paragraph
            continue
        while place < len(cut) and cut[place].end <= paragraph.start:
            place += 1
        while place < len(cut) and cut[place].end <= paragraph.end:
            if cut[place].end - cut[place].start < LONGEST_NOTICE and cut[place] != paragraph and _is_notice(cut[place].of(text)):
                yield cut[place]
            place += 1


def _is_notice(sentence: str) -> bool:
    """« Article réservé aux abonnés. », « Mis à jour le 3 mai. »: a sentence that a page puts between those of an article."""
    return any(kind in NOTICES and pattern.match(sentence) for kind, pattern in load_furniture())


def _with_signatures(text: str, spans: Sequence[Span], quotations: Sequence[Quotation]) -> Iterator[Span]:
    """Sentences, the signature after a quotation joined to it."""
    ends = {q.outer.end for q in quotations if q.depth == 0}
    pending: Span | None = None
    for span in spans:
        if pending is not None and pending.end in ends and _is_signature(text, pending, span):
            pending = Span(pending.start, span.end)
            continue
        if pending is not None:
            yield pending
        pending = span
    if pending is not None:
        yield pending


def _is_signature(text: str, quoted: Span, span: Span) -> bool:
    same_line = "\n" not in text[quoted.end : span.start]
    return bool((same_line and SIGNED.match(text, quoted.end, span.end)) or SIGNED_LINE.match(text, quoted.end))
