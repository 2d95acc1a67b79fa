"""Raw text to quotation spans: every pair of marks, nested or broken over paragraphs, and every line of dialogue."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from quotes.model import Span
from quotes.text.dashes import dialogue_turns
from quotes.text.glyphs import Glyph
from quotes.text.lines import paragraphs, trim
from quotes.text.pairing import Draft, Pairer

__all__ = ["Quotation", "find_quotations"]


@dataclasses.dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between one pair of marks, or after the dash of a line of dialogue.

    `pieces` are the insides without marks and edge spaces, one per paragraph; `outer` runs from the opening mark to after
    the closing one; `depth` is 0 for an outermost quotation, else `parent` is the index of the quotation around it;
    `style` names the marks (patterns/fr/marks.tsv, or "dash"); `flags` tell what was unusual: "unclosed", "unopened",
    "shared" (one mark closes two levels), "mixed" (marks of two styles), "paragraphs", "dialogue", "dash", "ocr".
    """

    pieces: tuple[Span, ...]
    outer: Span
    depth: int
    parent: int | None
    style: str
    flags: tuple[str, ...]


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """All quotations of a text, sorted by start, the longer first; any two are nested or disjoint. Never raises."""
    spans = paragraphs(text)
    turns = dialogue_turns(text, spans)
    pairer = Pairer(text, spans, turns)
    drafts = [*pairer.run(), *_dash_drafts(pairer, spans, turns)]
    return tuple(_nested(_single(list(_trimmed(text, drafts)))))


def _dash_drafts(pairer: Pairer, spans: Sequence[Span], turns: Sequence[Span | None]) -> Iterator[Draft]:
    """One draft per line of dialogue, unless the line itself starts with a quotation mark."""
    for index, content in enumerate(turns):
        if content is None or _opens_with_mark(content, pairer.glyphs[index]):
            continue
        closing = pairer.turn_ends.get(index)
        end, outer_end = (closing.start, closing.end) if closing else (content.end, content.end)
        yield Draft(spans[index].start, outer_end, [(content.start, end)], "dash", ["dash"])


def _opens_with_mark(content: Span, glyphs: Sequence[Glyph]) -> bool:
    return bool(glyphs) and glyphs[0].start == content.start and glyphs[0].role != "close"


def _trimmed(text: str, drafts: Iterable[Draft]) -> Iterator[Quotation]:
    for draft in drafts:
        pieces = tuple(span for start, end in draft.pieces if start < end and (span := trim(text, start, end)).end > span.start)
        if pieces:
            outer = Span(draft.start, max(draft.end, pieces[-1].end))
            yield Quotation(pieces, outer, 0, None, draft.style, tuple(draft.flags))


def _single(quotations: Sequence[Quotation]) -> Iterator[Quotation]:
    """One quotation where two pairs of marks stand around the same words, nothing but blanks between them: ««…»», “"…"”."""
    around = {quotation.pieces[0]: quotation for quotation in quotations if len(quotation.pieces) == 1}
    inside = {quotation.outer for quotation in quotations}
    for quotation in quotations:
        if len(quotation.pieces) > 1 or quotation.pieces[0] not in inside:
            outer = quotation.outer
            while outer in around:
                outer = around[outer].outer
            yield dataclasses.replace(quotation, outer=outer)


def _nested(quotations: Iterable[Quotation]) -> Iterator[Quotation]:
    """Depth and parent filled in; a quotation that crosses an earlier one is left out."""
    around: list[tuple[int, Quotation]] = []
    index = 0
    for quotation in sorted(quotations, key=lambda quotation: (quotation.outer.start, -quotation.outer.end)):
        while around and around[-1][1].outer.end <= quotation.outer.start:
            around.pop()
        if around and around[-1][1].outer.end < quotation.outer.end:
            continue
        parent = around[-1][0] if around else None
        yield dataclasses.replace(quotation, depth=len(around), parent=parent)
        around.append((index, quotation))
        index += 1
