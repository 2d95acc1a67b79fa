"""Quotations without a source of their own that take it from others: copies, neighbours, the claim around them."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Sequence

import regex

from quotes.attribution.fragments import verbs_of
from quotes.attribution.frames import Passage
from quotes.model import Claim, Quote, Span
from quotes.text.grammar import word_class
from quotes.text.ranges import Ranges
from quotes.who.names import folded_words

__all__ = ["share_claims", "share_following", "share_headline", "share_repeated", "share_subheads"]

NO_SPEAKER = "no-speaker"
ANSWERING = word_class("answering-verb")
# The links of a quotation whose speaker is that of another one, or of the claim around it.
SHARED, CLAIM = "shared", "claim"
SPACES = " \u00a0\u202f"
OPENING_MARKS = f'{SPACES}«“"‹–—-'
# A line that holds a few quoted words without a full stop, and the paragraph below it.
SUBHEAD = regex.compile(r"[ \u00a0\u202f]*+[«“\"][^\n«»“”\".?!…]{4,90}+[»”\"][ \u00a0\u202f]*+\n\s*+[^\n]++")
LETTER = regex.compile(r"[\p{L}\p{N}]")
# A quotation of so many words that comes back is the same quotation; more copies of it than that tell nothing new.
REPEATED, MOST_REPEATED = 5, 30
# Where a headline and its summary end, in code points, and the fewest words of a quotation in them that can be told again.
# How far before a quotation, in code points, the name of its speaker may begin.
BEFORE = 40
HEADLINE, SHORTEST_HEADLINE = 600, 3


def share_claims(
    text: str, quotes: Iterable[Quote], claims: Sequence[Claim], undecided: Iterable[Passage]
) -> tuple[tuple[Quote, ...], tuple[Passage, ...]]:
    """A fragment inside what somebody is said to claim is that source's: « affirme avoir agi « sans haine » ».

    Comes back with the quotes, the new ones last, and the passages of `undecided` that stay so.
    """
    held: list[Quote] = []
    left: list[Passage] = []
    for passage in undecided:
        claim = _claim_around(text, passage, claims)
        if claim is None:
            left.append(passage)
            continue
        flags = passage.flags if claim.speaker else (*passage.flags, NO_SPEAKER)
        told = Quote(passage.pieces, "partial", claim.cue, claim.mention, claim.speaker, claim.type, "in-claim", flags, link=CLAIM)
        held.append(told)
    return (*quotes, *held), tuple(left)


def _claim_around(text: str, passage: Passage, claims: Sequence[Claim]) -> Claim | None:
    """The shortest claim with a source that a passage stands in, outside its brackets."""
    around = [c for c in claims if c.span.contains(passage.outer) and c.mention is not None]
    claim = min(around, key=lambda c: c.span.end - c.span.start, default=None)
    if claim is None or passage.depth:
        return None
    before = text[claim.span.start : passage.outer.start]
    return claim if before.count("(") <= before.count(")") else None


def share_following(text: str, quotes: Iterable[Quote], passages: Iterable[Passage]) -> tuple[Quote, ...]:
    """« A. » « B », dit X: a quotation that opens a paragraph goes with the one right behind it."""
    shared = list(quotes)
    outermost = Ranges((p for p in passages if p.depth == 0), lambda passage: passage.outer)
    outer = (n for n, q in enumerate(shared) if not _is_nested(q.span, outermost))
    ordered = sorted(outer, key=lambda n: shared[n].pieces[0])
    for number, following in reversed(list(itertools.pairwise(ordered))):
        quote, source = shared[number], shared[following]
        sourced = source.speaker is not None and (source.mention is not None or source.rule == "floating-ahead")
        if quote.rule == "floating" and sourced and _leads_to(text, quote, source) and not _is_answered(text, quote, source):
            shared[number] = dataclasses.replace(_spoken_by(quote, source), rule="floating-ahead")
    return tuple(shared)


def _is_answered(text: str, quote: Quote, following: Quote) -> bool:
    """« Quand rouvre le bac ? » « Lundi », a répondu X: a question that somebody else answers."""
    asks = quote.pieces[-1].of(text).rstrip().endswith("?")
    return asks and following.cue is not None and bool(verbs_of(text, following.cue) & ANSWERING)


def share_subheads(text: str, quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """A short quotation that fills a line as a subhead is by whoever speaks first in the paragraph below."""
    shared = sorted(quotes, key=lambda q: q.pieces[0])
    for number, following in reversed(list(itertools.pairwise(range(len(shared))))):
        quote, source = shared[number], shared[following]
        end = below.end() if quote.rule == "floating" and (below := SUBHEAD.match(text, _line_start(text, quote))) else 0
        if source.speaker is not None and source.pieces[0].start < end:
            shared[number] = dataclasses.replace(_spoken_by(quote, source), rule="floating-ahead")
    return tuple(shared)


def _line_start(text: str, quote: Quote) -> int:
    return text.rfind("\n", 0, quote.pieces[0].start) + 1


def _is_nested(span: Span, outermost: Ranges[Passage]) -> bool:
    """Whether a span lies deeper in an outermost quotation."""
    return any(p.pieces[0].start < span.start for p in outermost.overlapping(span.start, span.end))


def _leads_to(text: str, quote: Quote, following: Quote) -> bool:
    """Whether a quotation opens a paragraph and only marks stand between it and the following one."""
    before = text[: quote.pieces[0].start].rstrip(OPENING_MARKS).rstrip(SPACES)[-1:]
    return not before.strip() and not LETTER.search(text, quote.pieces[-1].end, following.pieces[0].start)


def share_repeated(text: str, quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """A pull-quote or caption that repeats a quotation has its speaker; a name beats a description."""
    shared = list(quotes)
    keys = [_words(text, q.pieces) for q in shared]
    alike: dict[tuple[str, ...], list[int]] = {}
    for number, key in enumerate(keys):
        alike.setdefault(key[:REPEATED], []).append(number)
    for numbers in (group for start, group in alike.items() if len(start) == REPEATED):
        for number, other in itertools.permutations(numbers[:MOST_REPEATED], 2):
            quote, best = shared[number], shared[other]
            if _repeats(keys[number], keys[other]) and _surer(best, quote):
                flags = (*quote.flags, "repeated")
                shared[number] = dataclasses.replace(_spoken_by(quote, best), flags=flags)
    return tuple(shared)


def _repeats(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two quotations have the same words, or one begins with the other."""
    short = min(len(one), len(other))
    return one[:short] == other[:short]


def _surer(best: Quote, quote: Quote) -> bool:
    """Whether `best` knows the speaker better: a name next to the quote beats a floating one and a description."""
    if best.speaker is None or best.speaker == quote.speaker or best.mention is None:
        return False
    return quote.mention is None or (best.type == "person" and best.speaker[:1].isupper() and not (quote.speaker or "")[:1].isupper())


def share_headline(text: str, quotes: Iterable[Quote], undecided: Iterable[Passage]) -> tuple[Quote, ...]:
    """A quotation of the headline that the article takes from a longer one has its speaker; so do the passages of `undecided`."""
    own = tuple(quotes)
    known = sorted((q for q in own if q.speaker is not None), key=lambda q: q.mention is None)
    sourced = [(f" {' '.join(_words(text, q.pieces))} ", q) for q in known]
    shared: list[Quote] = []
    for quote in own:
        above = quote.pieces[0].start < HEADLINE and quote.mention is None
        source = _longer(text, quote.pieces, [pair for pair in sourced if pair[1] is not quote]) if above else None
        shared.append(_repeating(quote, source) if source is not None else quote)
    for passage in undecided:
        above = passage.outer.start < HEADLINE
        source = (_longer(text, passage.pieces, sourced) or _beside_name(text, passage, own)) if above else None
        if source is not None:
            told = Quote(passage.pieces, "direct", None, None, None, "unknown", "headline-repeated", passage.flags, act="assert")
            shared.append(_repeating(told, source))
    return tuple(shared)


def _longer(text: str, pieces: tuple[Span, ...], sourced: list[tuple[str, Quote]]) -> Quote | None:
    """The first of the quotes with a source that holds the words of these pieces."""
    words = _words(text, pieces)
    return next((q for told, q in sourced if f" {' '.join(words)} " in told), None) if len(words) >= SHORTEST_HEADLINE else None


def _beside_name(text: str, passage: Passage, quotes: tuple[Quote, ...]) -> Quote | None:
    """« Le Drian « inquiet » »: the quote of the article with these words by whoever is named right before the mark."""
    words, before = _words(text, passage.pieces), folded_words(text[max(0, passage.outer.start - BEFORE) : passage.outer.start])
    same = (q for q in quotes if q.type == "person" and q.speaker and q.mention is not None and _words(text, q.pieces) == words)
    return next((q for q in same if before[-1:] == folded_words(q.speaker or "")[-1:]), None)


def _repeating(quote: Quote, source: Quote) -> Quote:
    shared = _spoken_by(quote, source)
    return dataclasses.replace(shared, flags=(*shared.flags, "repeated"))


def _spoken_by(quote: Quote, source: Quote) -> Quote:
    """The quote with the speaker of another one."""
    flags = tuple(flag for flag in quote.flags if flag != NO_SPEAKER)
    return dataclasses.replace(quote, speaker=source.speaker, type=source.type, link=SHARED, candidates=source.candidates, flags=flags)


def _words(text: str, pieces: tuple[Span, ...]) -> tuple[str, ...]:
    return folded_words(" ".join(p.of(text) for p in pieces))
