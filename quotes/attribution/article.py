"""One article from text to extraction: `prepare` finds passages and frames, `finish` reads the trees."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from quotes.attribution.collect import Collector, Watch
from quotes.attribution.confidence import with_confidence
from quotes.attribution.frames import Frame, Passage, build_frame
from quotes.attribution.incises import cut_incises
from quotes.attribution.pointers import opens_pointer
from quotes.attribution.reading import read_frame
from quotes.attribution.sharing import share_claims, share_following, share_headline, share_repeated, share_subheads
from quotes.model import THRESHOLD, Article, Claim, Extraction, Quote, Span
from quotes.syntax.parts import parts_of
from quotes.syntax.tree import Tree
from quotes.text.code import is_code
from quotes.text.lexicon import Lexicon
from quotes.text.marks import Quotation
from quotes.text.outline import Outline, outline
from quotes.text.plain import read_view
from quotes.text.ranges import Ranges
from quotes.text.sentences import sentences
from quotes.text.view import View, spans_in_source
from quotes.who.links import Linker
from quotes.who.ranker import Weights

# How far behind a quotation, in code points, a sentence begins that points back at it.
NEAR = 6

# The flag of what stands in a sentence that was cut into parts.
LONG = "long-sentence"
Result = TypeVar("Result", Quote, Claim)

__all__ = ["Draft", "Settings", "finish", "in_source", "prepare"]


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose: claims that are not asserted, the confidence under which nobody is named, the linker's weights."""

    unasserted: bool = False
    min_confidence: float = THRESHOLD
    weights: Weights | None = None


@dataclasses.dataclass(frozen=True)
class Draft:
    """An article with its passages, and the frames to parse; `held[i]` are the passages of frame `i`.

    All spans are those of the `view`: `in_source` leads back to the text of the article.
    `long` are the sentences that were cut into several frames.
    """

    article: Article
    view: View
    outline: Outline
    passages: tuple[Passage, ...]
    frames: tuple[Frame, ...]
    held: tuple[tuple[Passage, ...], ...]
    long: tuple[Span, ...]


def prepare(article: Article, lexicon: Lexicon) -> Draft:
    """Everything that needs no parse."""
    view = read_view(article.text)
    parts = outline(view.text)
    text = view.text
    passages = tuple(_passage(text, n, q, lexicon) for n, q in enumerate(parts.quotations))
    free = tuple(p for p in passages if not parts.is_furniture(p.outer))
    frames: list[Frame] = []
    held: list[tuple[Passage, ...]] = []
    long: list[Span] = []
    end = -NEAR
    for sentence, inside in _sentences(parts, free):
        if parts.is_furniture(sentence) or is_code(sentence.of(text)):
            continue
        behind = sentence.start - end < NEAR and opens_pointer(text, sentence)
        if inside or behind or lexicon.has_claim_cue(sentence.of(text)):
            framed = list(_framed(text, sentence, inside))
            frames += [frame for frame, _ in framed]
            held += [within for _, within in framed]
            long += [sentence] if len(framed) > 1 else []
        end = max((p.outer.end for p in inside), default=end)
    return Draft(article, view, parts, free, tuple(frames), tuple(held), tuple(long))


def _framed(text: str, sentence: Span, inside: tuple[Passage, ...]) -> Iterator[tuple[Frame, tuple[Passage, ...]]]:
    """The frame of a sentence; of one that is too long, frames of its parts, no passage cut, with the passages of each."""
    frame = build_frame(text, sentence, inside)
    parts = parts_of(frame.text)
    if len(parts) == 1:
        yield frame, inside
        return
    outer = Ranges(inside, lambda passage: passage.outer)
    places = (frame.starts[part.start] for part in parts[1:])
    cuts = sorted({passage.outer.start if (passage := outer.at(place)) else place for place in places} - {sentence.start})
    for low, high in itertools.pairwise((sentence.start, *cuts, sentence.end)):
        held = tuple(outer.overlapping(low, high))
        yield build_frame(text, Span(low, high), held), held


def _passage(text: str, number: int, quotation: Quotation, lexicon: Lexicon) -> Passage:
    pieces = tuple(cut for piece in quotation.pieces for cut in cut_incises(text, piece, lexicon, quotation.style == "dash"))
    return Passage(number, quotation.outer, pieces, quotation.depth, quotation.parent, quotation.style, quotation.flags)


def _sentences(parts: Outline, passages: Sequence[Passage]) -> Iterator[tuple[Span, tuple[Passage, ...]]]:
    """Sentences with the passages to attribute in them: outermost ones, then those nested inside each quotation."""
    outermost = Ranges((p for p in passages if p.depth == 0), lambda passage: passage.outer)
    children: dict[int, list[Passage]] = {}
    for passage in passages:
        if passage.parent is not None:
            children.setdefault(passage.parent, []).append(passage)
    for sentence in parts.sentences:
        inside = tuple(outermost.overlapping(sentence.start, sentence.end))
        yield sentence, inside
        for passage in inside:
            yield from _nested(parts.text, passage, parts.quotations, children)


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


def finish(
    draft: Draft, trees: Sequence[Tree], lexicon: Lexicon, settings: Settings | None = None, watch: Watch | None = None
) -> Extraction:
    """Attribute, resolve and collect.

    `watch` sees every answer and report just before it is resolved, with spans of the view.
    """
    return in_source(_extraction(draft, trees, lexicon, settings or Settings(), watch), draft)


def in_source(extraction: Extraction, draft: Draft) -> Extraction:
    """An extraction of the view as one of the article: its spans are those of the text as it came."""
    placed = spans_in_source(dataclasses.replace(extraction, article=draft.article), draft.view)
    return dataclasses.replace(placed, flags=(*extraction.flags, *draft.view.flags))


def _extraction(draft: Draft, trees: Sequence[Tree], lexicon: Lexicon, settings: Settings, watch: Watch | None) -> Extraction:
    """The extraction of what the view shows."""
    readings = [read_frame(f, t, h, lexicon) for f, t, h in zip(draft.frames, trees, draft.held, strict=True)]
    article = dataclasses.replace(draft.article, text=draft.view.text)
    collector = Collector(article, Linker(draft.outline, settings.weights), draft.passages, settings.unasserted, watch)
    for reading in readings:
        collector.read(reading)
    text = article.text
    quotes, undecided = share_claims(text, collector.quotes, collector.claims, collector.undecided)
    quotes = (*share_subheads(text, share_following(text, quotes, draft.passages)), *collector.answers())
    quotes = share_headline(text, share_repeated(text, quotes), undecided)
    return _flagged(with_confidence(collector.extraction(quotes), settings.min_confidence), draft.long)


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
