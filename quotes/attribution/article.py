"""One article from text to extraction: `prepare` finds passages and frames, `finish` reads the trees."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

import regex

from quotes.attribution.catalogue import with_confidence
from quotes.attribution.collect import Collector, Watch
from quotes.attribution.frames import Frame, Passage, build_frame
from quotes.attribution.incises import cut_incises
from quotes.attribution.pointers import opens_pointer
from quotes.attribution.reading import read_frame
from quotes.attribution.sharing import share_claims, share_following, share_headline, share_repeated, share_subheads
from quotes.model import Article, Extraction, Span
from quotes.syntax.tree import Tree
from quotes.text.lexicon import Lexicon, load_furniture
from quotes.text.lines import paragraphs
from quotes.text.marks import Quotation, find_quotations
from quotes.text.plain import read_view
from quotes.text.ranges import Ranges
from quotes.text.sentences import sentences
from quotes.text.view import View, spans_in_source

# How far behind a quotation, in code points, a sentence begins that points back at it.
NEAR = 6

# What a page may put between two sentences of one line, and how long it is at most, in code points.
NOTICES = frozenset(("subscription", "cookie", "date", "update"))
LONGEST_FURNITURE = 160

__all__ = ["Draft", "finish", "in_source", "prepare"]


@dataclasses.dataclass(frozen=True)
class Draft:
    """An article with its passages, and the frames to parse; `held[i]` are the passages of frame `i`.

    All spans are those of the `view`: `in_source` leads back to the text of the article.
    """

    article: Article
    view: View
    passages: tuple[Passage, ...]
    frames: tuple[Frame, ...]
    held: tuple[tuple[Passage, ...], ...]
    furniture: tuple[Span, ...]


def prepare(article: Article, lexicon: Lexicon) -> Draft:
    """Everything that needs no parse."""
    view = read_view(article.text)
    text = view.text
    quotations = find_quotations(text)
    cut = sentences(text, quotations)
    furniture = tuple(_furniture(text, cut))
    passages = tuple(_passage(text, n, q, lexicon) for n, q in enumerate(quotations))
    lines = Ranges(furniture, lambda span: span)
    free = tuple(p for p in passages if not lines.overlapping(p.outer.start, p.outer.end))
    frames: list[Frame] = []
    held: list[tuple[Passage, ...]] = []
    end = -NEAR
    for sentence, inside in _sentences(text, cut, quotations, free):
        if lines.overlapping(sentence.start, sentence.end):
            continue
        behind = sentence.start - end < NEAR and opens_pointer(text, sentence)
        if inside or behind or lexicon.has_claim_cue(sentence.of(text)):
            frames.append(build_frame(text, sentence, inside))
            held.append(inside)
        end = max((p.outer.end for p in inside), default=end)
    return Draft(article, view, free, tuple(frames), tuple(held), furniture)


def _furniture(text: str, cut: Sequence[Span]) -> Iterator[Span]:
    """Lines of page furniture, and sentences of it inside other lines, in order."""
    patterns = load_furniture()
    place = 0
    for paragraph in paragraphs(text):
        line = paragraph.of(text)
        if any(kind != "interview" and pattern.match(line) for kind, pattern in patterns):
            yield paragraph
            continue
        while place < len(cut) and cut[place].end <= paragraph.start:
            place += 1
        while place < len(cut) and cut[place].end <= paragraph.end:
            if cut[place].end - cut[place].start < LONGEST_FURNITURE and cut[place] != paragraph and _is_notice(cut[place].of(text)):
                yield cut[place]
            place += 1


def _is_notice(sentence: str) -> bool:
    """« Article réservé aux abonnés. », « Mis à jour le 3 mai. »: a sentence that a page puts between those of an article."""
    return any(kind in NOTICES and pattern.match(sentence) for kind, pattern in load_furniture())


def _passage(text: str, number: int, quotation: Quotation, lexicon: Lexicon) -> Passage:
    pieces = tuple(cut for piece in quotation.pieces for cut in cut_incises(text, piece, lexicon, quotation.style == "dash"))
    return Passage(number, quotation.outer, pieces, quotation.depth, quotation.parent, quotation.style, quotation.flags)


def _sentences(
    text: str, cut: Sequence[Span], quotations: Sequence[Quotation], passages: Sequence[Passage]
) -> Iterator[tuple[Span, tuple[Passage, ...]]]:
    """Sentences with the passages to attribute in them: outermost ones, then those nested inside each quotation."""
    outermost = Ranges((p for p in passages if p.depth == 0), lambda passage: passage.outer)
    children: dict[int, list[Passage]] = {}
    for passage in passages:
        if passage.parent is not None:
            children.setdefault(passage.parent, []).append(passage)
    for sentence in _with_signatures(text, cut, passages):
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

    `watch` sees every answer and report just before it is resolved, with spans of the view.
    """
    return in_source(_extraction(draft, trees, lexicon, unasserted, watch), draft)


def in_source(extraction: Extraction, draft: Draft) -> Extraction:
    """An extraction of the view as one of the article: its spans are those of the text as it came."""
    placed = spans_in_source(dataclasses.replace(extraction, article=draft.article), draft.view)
    return dataclasses.replace(placed, flags=(*extraction.flags, *draft.view.flags))


def _extraction(draft: Draft, trees: Sequence[Tree], lexicon: Lexicon, unasserted: bool, watch: Watch | None) -> Extraction:
    """The extraction of what the view shows."""
    readings = [read_frame(f, t, h, lexicon) for f, t, h in zip(draft.frames, trees, draft.held, strict=True)]
    article = dataclasses.replace(draft.article, text=draft.view.text)
    collector = Collector(article, draft.passages, unasserted, watch)
    for reading in readings:
        collector.read(reading)
    text = article.text
    quotes, undecided = share_claims(text, collector.quotes, collector.claims, collector.undecided)
    quotes = (*share_subheads(text, share_following(text, quotes, draft.passages)), *collector.answers())
    quotes = share_headline(text, share_repeated(text, quotes), undecided)
    return with_confidence(collector.extraction(quotes))
