"""One article from text to extraction: `prepare` finds passages and frames, `finish` reads the trees."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import regex

from quotes.attribution.catalogue import with_confidence
from quotes.attribution.collect import Collector, Watch
from quotes.attribution.frames import Frame, Passage, build_frame
from quotes.attribution.incises import cut_incises
from quotes.attribution.pointers import opens_pointer
from quotes.attribution.reading import read_frame
from quotes.attribution.sharing import share_claims, share_following, share_headline, share_repeated, share_subheads
from quotes.model import Article, Claim, Extraction, Quote, Span
from quotes.syntax.parts import parts_of
from quotes.syntax.tree import Tree
from quotes.text.code import is_code
from quotes.text.lexicon import Lexicon, load_furniture
from quotes.text.lines import paragraphs
from quotes.text.marks import Quotation, find_quotations
from quotes.text.ranges import Ranges
from quotes.text.sentences import sentences

# How far behind a quotation, in code points, a sentence begins that points back at it.
NEAR = 6

# The flag of what stands in a sentence that was cut into parts.
LONG = "long-sentence"
Result = TypeVar("Result", Quote, Claim)

__all__ = ["Draft", "finish", "prepare"]


@dataclasses.dataclass(frozen=True)
class Draft:
    """An article with its passages, and the frames to parse; `held[i]` are the passages of frame `i`.

    `long` are the sentences that were cut into several frames.
    """

    article: Article
    passages: tuple[Passage, ...]
    frames: tuple[Frame, ...]
    held: tuple[tuple[Passage, ...], ...]
    furniture: tuple[Span, ...]
    long: tuple[Span, ...]


def prepare(article: Article, lexicon: Lexicon) -> Draft:
    """Everything that needs no parse."""
    text = article.text
    furniture = tuple(_furniture(text))
    quotations = find_quotations(text)
    passages = tuple(_passage(text, n, q, lexicon) for n, q in enumerate(quotations))
    lines = Ranges(furniture, lambda span: span)
    free = tuple(p for p in passages if not lines.overlapping(p.outer.start, p.outer.end))
    frames: list[Frame] = []
    held: list[tuple[Passage, ...]] = []
    long: list[Span] = []
    end = -NEAR
    for sentence, inside in _sentences(text, quotations, free):
        if lines.overlapping(sentence.start, sentence.end) or is_code(sentence.of(text)):
            continue
        behind = sentence.start - end < NEAR and opens_pointer(text, sentence)
        if inside or behind or lexicon.has_claim_cue(sentence.of(text)):
            parts = list(_framed(text, sentence, inside))
            frames += [frame for frame, _ in parts]
            held += [passages for _, passages in parts]
            long += [sentence] if len(parts) > 1 else []
        end = max((p.outer.end for p in inside), default=end)
    return Draft(article, free, tuple(frames), tuple(held), furniture, tuple(long))


def _framed(text: str, sentence: Span, inside: tuple[Passage, ...]) -> Iterator[tuple[Frame, tuple[Passage, ...]]]:
    """The frame of a sentence; of one that is too long, frames of its parts, no passage cut, with the passages of each."""
    frame = build_frame(text, sentence, inside)
    parts = parts_of(frame.text)
    if len(parts) == 1:
        yield frame, inside
        return
    outer = Ranges(inside, lambda passage: passage.outer)
    places = (frame.starts[part.start] for part in parts[1:])
    moved = {passage.outer.start if (passage := outer.at(place)) else place for place in places}
    cuts = sorted(cut for cut in moved if sentence.start < cut < sentence.end)
    for low, high in itertools.pairwise((sentence.start, *cuts, sentence.end)):
        held = tuple(outer.overlapping(low, high))
        yield build_frame(text, Span(low, high), held), held


def _furniture(text: str) -> Iterator[Span]:
    patterns = load_furniture()
    for paragraph in paragraphs(text):
        line = paragraph.of(text)
        if is_code(line) or any(kind != "interview" and pattern.match(line) for kind, pattern in patterns):
            yield paragraph


def _passage(text: str, number: int, quotation: Quotation, lexicon: Lexicon) -> Passage:
    pieces = tuple(cut for piece in quotation.pieces for cut in cut_incises(text, piece, lexicon, quotation.style == "dash"))
    return Passage(number, quotation.outer, pieces, quotation.depth, quotation.parent, quotation.style, quotation.flags)


def _sentences(text: str, quotations: Sequence[Quotation], passages: Sequence[Passage]) -> Iterator[tuple[Span, tuple[Passage, ...]]]:
    """Sentences with the passages to attribute in them: outermost ones, then those nested inside each quotation."""
    outermost = Ranges((p for p in passages if p.depth == 0), lambda passage: passage.outer)
    children: dict[int, list[Passage]] = {}
    for passage in passages:
        if passage.parent is not None:
            children.setdefault(passage.parent, []).append(passage)
    for sentence in _with_signatures(text, sentences(text, quotations), passages):
        begun = outermost.at(sentence.start)
        if begun is not None and begun.outer.start < sentence.start:
            # A quotation so long that it was cut: it belongs to the sentence in which it begins.
            sentence = Span(min(begun.outer.end, sentence.end), sentence.end)
        if sentence.start == sentence.end:
            continue
        inside = tuple(outermost.overlapping(sentence.start, sentence.end))
        yield sentence, inside
        for passage in inside:
            yield from _nested(text, passage, quotations, children)


SIGNED = regex.compile(r"\s*+(?:[–—-]\s+|\()\p{Lu}")
# On a line of its own a signature is short and no sentence, and no other line of dialogue follows it.
SIGNED_LINE = regex.compile(r"\n\s*+[–—]\s?\p{Lu}[^\n.!?…:«»]{2,90}+(?:\n(?!\s*+[–—-])|$)")


def _with_signatures(text: str, spans: Sequence[Span], passages: Sequence[Passage]) -> Iterator[Span]:
    """Sentences, the signature after a quotation joined to it: « … . » – X, députée."""
    ends = {p.outer.end for p in passages if p.depth == 0}
    pending: Span | None = None
    for span in spans:
        quoted = pending is not None and pending.end in ends
        same_line = pending is not None and "\n" not in text[pending.end : span.start]
        signed = SIGNED.match(text, pending.end, span.end) if pending is not None and same_line else None
        signed = signed or (SIGNED_LINE.match(text, pending.end) if pending is not None and quoted else None)
        if pending is not None and quoted and signed:
            pending = Span(pending.start, span.end)
            continue
        if pending is not None:
            yield pending
        pending = span
    if pending is not None:
        yield pending


def _nested(
    text: str, outer: Passage, quotations: Sequence[Quotation], inside: Mapping[int, Sequence[Passage]]
) -> Iterator[tuple[Span, tuple[Passage, ...]]]:
    """Sentences inside a quotation that hold a quotation of their own."""
    children = inside.get(outer.number, ())
    for piece in quotations[outer.number].pieces if children else ():
        inner = [_shifted(quotations[c.number], piece.start) for c in children if piece.contains(c.outer)]
        for local in sentences(piece.of(text), inner):
            sentence = Span(local.start + piece.start, local.end + piece.start)
            held = tuple(c for c in children if sentence.contains(c.outer))
            if held:
                yield sentence, held
                for child in held:
                    yield from _nested(text, child, quotations, inside)


def _shifted(quotation: Quotation, move: int) -> Quotation:
    """A nested quotation as an outermost one of the text that begins at `move`."""
    pieces = tuple(Span(p.start - move, p.end - move) for p in quotation.pieces)
    outer = Span(quotation.outer.start - move, quotation.outer.end - move)
    return dataclasses.replace(quotation, pieces=pieces, outer=outer, depth=0, parent=None)


def finish(draft: Draft, trees: Sequence[Tree], lexicon: Lexicon, unasserted: bool = False, watch: Watch | None = None) -> Extraction:
    """Attribute, resolve and collect; `unasserted` keeps the claims of negated, asked and supposed reporting too.

    `watch` sees every answer and report just before it is resolved.
    """
    readings = [read_frame(f, t, h, lexicon) for f, t, h in zip(draft.frames, trees, draft.held, strict=True)]
    collector = Collector(draft.article, draft.passages, unasserted, watch)
    for reading in readings:
        collector.read(reading)
    text = draft.article.text
    quotes, undecided = share_claims(text, collector.quotes, collector.claims, collector.undecided)
    quotes = (*share_subheads(text, share_following(text, quotes, draft.passages)), *collector.answers())
    quotes = share_headline(text, share_repeated(text, quotes), undecided)
    return _flagged(with_confidence(collector.extraction(quotes)), draft.long)


def _flagged(extraction: Extraction, long: Sequence[Span]) -> Extraction:
    """The extraction, and what stands in sentences that were cut, with a flag that says so."""
    if not long:
        return extraction
    quotes = tuple(_with_flag(quote, long) for quote in extraction.quotes)
    claims = tuple(_with_flag(claim, long) for claim in extraction.claims)
    return dataclasses.replace(extraction, quotes=quotes, claims=claims, flags=(*extraction.flags, LONG))


def _with_flag(result: Result, long: Sequence[Span]) -> Result:
    inside = any(result.span.overlaps(sentence) for sentence in long)
    return dataclasses.replace(result, flags=(*result.flags, LONG)) if inside else result
