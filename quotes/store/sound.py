"""Whether values can be what this program stored: their types, and spans that lie in their text."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.conforms import conforms
from quotes.model import Article, Claim, Extraction, Mention, Quote, Span

__all__ = ["faults"]


def faults(extraction: Extraction) -> Iterator[str]:
    """What is wrong with a loaded extraction, nothing when it is sound."""
    if not conforms(extraction, Extraction):
        yield "a value is of another type"
        return
    names = {speaker.name for speaker in extraction.speakers}
    parts: tuple[Quote | Claim | Mention, ...] = (*extraction.quotes, *extraction.claims, *extraction.mentions)
    for number, part in enumerate(parts):
        if not all(_lies_in(span, extraction.article) for span in _spans(part)):
            yield f"a span of result {number} does not lie in the text"
        if part.speaker is not None and part.speaker not in names:
            yield f"the speaker of result {number} is missing"
    if not all(quote.pieces for quote in extraction.quotes):
        yield "a quote has no words"


def _spans(part: Quote | Claim | Mention) -> Iterator[Span]:
    if isinstance(part, Quote):
        yield from part.pieces
    else:
        yield part.span
    if not isinstance(part, Mention):
        yield from (span for span in (part.cue, part.mention, part.addressee, *part.relay) if span is not None)


def _lies_in(span: Span, article: Article) -> bool:
    return 0 <= span.start <= span.end <= len(article.text)
