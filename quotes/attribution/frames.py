"""Frame sentences: what is given to the parser instead of the article's own sentence.

A quotation that stands as an utterance is *masked* (replaced by a short stand-in), so that the parser sees a
ten-word sentence it knows; a fragment that the journalist's sentence needs is *opened* (its marks are dropped).
Every character of a frame knows where it comes from, so results point into the article as stored.
"""

from __future__ import annotations

import bisect
import dataclasses
from collections.abc import Sequence

import regex

from quotes.model import Span
from quotes.syntax.tree import Tree, Word
from quotes.text.grammar import alternatives, word_class
from quotes.text.lexicon import load_lexicon, load_words
from quotes.text.vocabulary import load_vocabulary, plain
from quotes.text.words import WORD

__all__ = ["Frame", "Passage", "build_frame", "is_utterance"]

STAND_IN = "« Oui »"
# A fragment longer than this is masked wherever it stands: parsing it costs more than it tells.
LONGEST_FRAGMENT = 45
FINAL = ".?!…"
CLOSING = "»”\"›>’'"
# « A » et « B », a dit X: two utterances.
ANOTHER = regex.compile(rf"(?:{alternatives('coordinator')})\s[«“\"]")
SPACES = regex.compile(r"[\s\p{Zs}\p{Cc}\p{Cf}]")
# What is copied as it is: no space, no apostrophe to make straight, and no aside begins there.
PLAIN = regex.compile(r"[^\s\p{Zs}\p{Cc}\p{Cf},’]++")
# « l' Autriche »: the space after an elision goes.
ELIDED = regex.compile(rf"(?<!\p{{L}})(?:{alternatives('elided-word')})$", regex.IGNORECASE)
# A sentence that goes on behind these words, or behind any letter.
OPEN_CONTEXT = regex.compile(rf"(?:\b(?:{alternatives('open-context')})\b['’]?|[^\W\d_])\s*+$", regex.IGNORECASE)
# « BREC, 22 oct (AFP) - »: where and by whom a dispatch was written is no part of its first sentence.
DATELINE = regex.compile(
    r"(?:\p{Lu}[\p{L}’'-]*+(?:[\s/-][\p{L}’'-]++){0,3}(?:,\s\d{1,2}(?:er)?\s\p{L}{3,9}+\.?+(?:\s\d{4})?)?\s)?"
    r"\(\p{Lu}[\p{L}/ -]{1,20}\)\s?[-–—]\s++"
)
# What clauses have and titles seldom.
CLAUSE = regex.compile(rf"(?i)\b(?:{alternatives('clause-pronoun')})\b")
# A fragment that goes on with the frame's own clause.
LINKED_START = regex.compile(alternatives("linked-start", r"\b"))
# « de son côté », « quant à lui »: set phrases that only come between verb and subject.
ASIDES = "|".join(regex.escape(phrase).replace(r"\ ", r"\s") for phrase in sorted(load_words("asides.txt")))
ASIDE = regex.compile(rf"(?:\s*+,)?+\s++(?:{ASIDES})\b(?:\s*+,)?+(?=\s)")
# « la maire (PS) de Brec », « le député (LR) Hugo Tessier »: between a title and what it goes on with.
PARTY = regex.compile(
    rf"\s++\(\p{{Lu}}[\p{{L}}./&-]*+(?:[\s-]\p{{L}}[\p{{L}}./&-]*+){{0,4}}+\)(?=\s(?:{alternatives('complement-link')}|\p{{Lu}}))"
)
# A quotation with more incises was never closed: the rest of it is one stand-in.
MOST_INCISES = 12
# What decides about a quotation stands no further from it, in code points.
BESIDE = 300
# No title has more code points.
LONGEST_TITLE = 30


@dataclasses.dataclass(frozen=True, slots=True)
class Passage:
    """A quotation of the article with its incises cut out: `outer` includes the marks, `number` is its place in the article."""

    number: int
    outer: Span
    pieces: tuple[Span, ...]
    depth: int
    parent: int | None
    style: str
    flags: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Frame:
    """The text to parse and the article offsets of its characters (`starts[i]:ends[i]`)."""

    sentence: Span
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    masked: tuple[tuple[int, Span], ...]
    opened: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The article span of frame characters `start:end`."""
        return Span(self.starts[start], self.ends[end - 1])

    def span_of(self, words: Sequence[Word]) -> Span:
        """The article span from the first to the last of some words of the frame's tree."""
        return Span(self.starts[min(w.start for w in words)], self.ends[max(w.end for w in words) - 1])

    def words_in(self, tree: Tree, span: Span) -> tuple[Word, ...]:
        """Words whose article offsets lie inside an article span."""
        low, high = bisect.bisect_left(self.starts, span.start), bisect.bisect_right(self.ends, span.end)
        return tree.between(low, high)


def build_frame(text: str, sentence: Span, passages: Sequence[Passage]) -> Frame:
    """The frame of one sentence; `passages` are the outermost quotations inside it, in order."""
    builder = _Builder(text, sentence)
    for passage in passages:
        if is_utterance(text, sentence, passage):
            builder.mask(passage)
        else:
            builder.open(passage)
    return builder.finish()


class _Builder:
    def __init__(self, text: str, sentence: Span) -> None:
        self.text, self.sentence = text, sentence
        dateline = DATELINE.match(text, sentence.start, sentence.end)
        self.position = dateline.end() if dateline else sentence.start
        self.out: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.masked: list[tuple[int, Span]] = []
        self.opened: list[int] = []
        self.skipped: list[Span] = []

    def copy(self, end: int) -> None:
        """Article characters up to `end`, spaces made plain and single."""
        while self.position < end:
            here = self.position
            plain_run = PLAIN.match(self.text, here, end)
            if plain_run:
                self._put_all(here, plain_run.end())
                continue
            aside = self._aside(end)
            if aside:
                self.position = aside
                continue
            char = self.text[here]
            self.position += 1
            if SPACES.match(char):
                self._space(here)
            else:
                self._put("'" if char == "’" else char, here, here + 1)

    def _aside(self, end: int) -> int | None:
        """Where the set phrase or the party in brackets ends that begins here; None when none does."""
        if not self.out or self.out[-1] in "([":
            return None
        party = PARTY.match(self.text, self.position, end)
        if party is not None:
            before = regex.split(r"[\s'’]", "".join(self.out[-LONGEST_TITLE:]))[-1]
            return party.end() if plain(before) in load_vocabulary().roles else None
        aside = ASIDE.match(self.text, self.position, end)
        return aside.end() if aside else None

    def _put_all(self, start: int, end: int) -> None:
        self.out.extend(self.text[start:end])
        self.starts.extend(range(start, end))
        self.ends.extend(range(start + 1, end + 1))
        self.position = end

    def _put(self, char: str, start: int, end: int) -> None:
        self.out.append(char)
        self.starts.append(start)
        self.ends.append(end)

    def _space(self, here: int) -> None:
        if self.out and self.out[-1] != " " and not (self.out[-1] == "'" and ELIDED.search("".join(self.out[-4:]))):
            self._put(" ", here, here + 1)

    def _drop_last(self) -> None:
        self.out.pop(), self.starts.pop(), self.ends.pop()

    def mask(self, passage: Passage) -> None:
        """Stand-ins for the pieces, what lies between them (incises) as it is."""
        gaps = _incise_gaps(self.text, passage)[:MOST_INCISES]
        self.copy(passage.outer.start)
        start = passage.outer.start
        for gap in gaps:
            self._stand_in(passage.number, start, gap.start)
            self.position = gap.start
            self.copy(gap.end)
            start = gap.end
        if not gaps or gaps[-1].start < passage.pieces[-1].start:
            self._stand_in(passage.number, start, passage.outer.end)
        self.position = passage.outer.end
        self._comma_before_verb(passage)

    def _stand_in(self, number: int, start: int, end: int) -> None:
        if self.out and self.out[-1] not in " ('":
            self._space(start)
        first = len(self.out)
        for char in STAND_IN:
            self._put(char, start, end)
        self.masked.append((number, Span(first, len(self.out))))

    def _comma_before_verb(self, passage: Passage) -> None:
        """« … ? » s'interroge X: the comma that the inner punctuation replaced."""
        end = passage.outer.end
        rest = self.text[end : end + 3].lstrip()
        if rest[:1].islower() and self.text[passage.pieces[-1].end - 1] in (*FINAL, ","):
            self._put(",", end - 1, end)

    def open(self, passage: Passage) -> None:
        """The inside without marks."""
        self.copy(passage.outer.start)
        self.position = passage.pieces[0].start
        if self.out and self.out[-1] not in " ('":
            self._space(passage.outer.start)
        for piece, following in zip(passage.pieces, (*passage.pieces[1:], None), strict=True):
            self.copy(piece.end)
            self.position = following.start if following else passage.outer.end
            if following:
                self._space(piece.end)
        self.opened.append(passage.number)

    def finish(self) -> Frame:
        self.copy(self.sentence.end)
        while self.out and self.out[-1] == " ":
            self._drop_last()
        return Frame(self.sentence, "".join(self.out), tuple(self.starts), tuple(self.ends), tuple(self.masked), tuple(self.opened))


def _incise_gaps(text: str, passage: Passage) -> list[Span]:
    """The stretches between and after the pieces that hold words: incises, not the marks and breaks of a new paragraph."""
    gaps = [Span(a.end, b.start) for a, b in zip(passage.pieces, passage.pieces[1:], strict=False)]
    gaps.append(Span(passage.pieces[-1].end, _before_mark(text, passage)))
    return [gap for gap in gaps if WORD.search(gap.of(text))]


def _before_mark(text: str, passage: Passage) -> int:
    """The end of an outer span without its closing mark."""
    end = passage.outer.end
    while end > passage.pieces[-1].end and (text[end - 1].isspace() or text[end - 1] in CLOSING):
        end -= 1
    return end


def is_utterance(text: str, sentence: Span, passage: Passage) -> bool:
    """Whether a quotation stands for itself (masked) or is a fragment the sentence needs (opened)."""
    if len(passage.pieces) > 1:
        return True
    inside = passage.pieces[0].of(text)
    words = len(WORD.findall(inside))
    if words > LONGEST_FRAGMENT:
        return True
    before = text[max(sentence.start, passage.outer.start - BESIDE) : passage.outer.start].rstrip()
    after = text[passage.outer.end : min(sentence.end, passage.outer.end + BESIDE)].lstrip()
    final = inside.rstrip()[-1:] in (*FINAL, ",")
    if before.endswith(":"):
        return True
    if not before:
        return _opens_sentence(inside, after, words, final)
    if LINKED_START.match(inside):
        return False
    if OPEN_CONTEXT.search(before):
        return words > 12 and inside[:1].isupper() and final
    return words > 3 and (not after or after[0] in ".,;!?" or final or inside[:1].isupper())


def _opens_sentence(inside: str, after: str, words: int, final: bool) -> bool:
    if not WORD.search(after) or after[0] in ",(–—-:" or (words > 3 and ANOTHER.match(after)):
        return True
    return final or words > 12 or (words > 3 and CLAUSE.search(inside) is not None and _tells(after))


def _tells(after: str) -> bool:
    """« « Nous partons lundi » a dit X »: whether a verb of saying follows, alone or behind its auxiliary."""
    forms, auxiliaries = load_lexicon().by_form, word_class("auxiliary")
    first, *more = (plain(word) for word in WORD.findall(after)[:2])
    return first in forms or (first in auxiliaries and bool(more) and more[0] in forms)
