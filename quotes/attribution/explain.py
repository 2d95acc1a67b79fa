"""Why a result is what it is: the rule that decided, the rules that lost, how the speaker was resolved, the parse.

The article is extracted once more, exactly as the pipeline does, with somebody watching.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from quotes.attribution.article import Draft, finish, prepare
from quotes.attribution.catalogue import Rule, read_rule
from quotes.attribution.clauses import find_clauses, is_asked_for
from quotes.attribution.collect import Collector
from quotes.attribution.cues import CueHit
from quotes.attribution.insertions import comme_report
from quotes.attribution.passages import RULES, Attribution, _is_within
from quotes.attribution.phrases import Source
from quotes.attribution.place import Place, place_of
from quotes.attribution.reading import Reading
from quotes.attribution.reports import Report
from quotes.attribution.sources import source_of
from quotes.model import Article, Claim, Quote, Span
from quotes.syntax.parser import Parser
from quotes.syntax.tree import Tree
from quotes.text.lexicon import Lexicon
from quotes.text.view import spans_in_source
from quotes.who.account import Resolution, account_floating, account_mention

__all__ = ["DECIDES", "Candidate", "Explanation", "explain", "explain_draft"]

DECIDES = "decides"
REPEATED = "The same words stand elsewhere in the article, next to a surer source: its speaker was taken."


@dataclasses.dataclass(frozen=True, slots=True)
class Candidate:
    """What could have given the source: a rule by `name`, or a cue (without name), with spans in the article, and what became of it."""

    name: str
    cue: Span | None
    source: Span | None
    verdict: str


@dataclasses.dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that led to a result. `sentence` is None for answers of interviews, which no sentence decides.

    For a quote, `candidates` are the rules that answered, in the order in which they are tried; for a claim, the cues of the sentence.
    `tree` is the parse of `frame`, the sentence as the parser sees it (whole quotations stand as « Oui »).
    """

    article: Article
    result: Quote | Claim
    rule: Rule
    role: str | None
    sentence: Span | None = None
    frame: str = ""
    tree: Tree | None = None
    candidates: tuple[Candidate, ...] = ()
    resolution: Resolution | None = None


def explain(article: Article, part: str, span: Span, parser: Parser, lexicon: Lexicon, *, number: int = 1) -> Explanation | None:
    """The explanation of the quote or claim (`part` is `quotes` or `claims`) with this span, the `number`-th of them in the article.

    None when the extraction holds no such result.
    """
    draft = prepare(article, lexicon)
    return explain_draft(draft, parser.parse([frame.text for frame in draft.frames]), lexicon, part, span, number)


def explain_draft(draft: Draft, trees: Sequence[Tree], lexicon: Lexicon, part: str, span: Span, number: int = 1) -> Explanation | None:
    """`explain` for an article whose frames are parsed."""
    seen: dict[object, _Seen] = {}

    def watch(collector: Collector, reading: Reading, item: Attribution | Report) -> None:
        key, noted = _note_quote(collector, reading, item) if isinstance(item, Attribution) else _note_claim(collector, reading, item)
        seen[spans_in_source(key, draft.view)] = noted

    extraction = finish(draft, trees, lexicon, unasserted=True, watch=watch)
    results: list[Quote | Claim] = [r for r in getattr(extraction, part) if r.span == span]
    if len(results) < number:
        return None
    result = results[number - 1]
    role = next((s.role for s in extraction.speakers if s.name == result.speaker), None)
    found = Explanation(draft.article, result, read_rule(part, result.rule), role)
    noted = seen.get(result.pieces if isinstance(result, Quote) else (result.span, result.cue))
    if noted is None:
        return found
    frame = noted.reading.frame
    resolution = Resolution(REPEATED) if "repeated" in result.flags else noted.resolution
    sentence, candidates, resolution = spans_in_source((frame.sentence, noted.candidates, resolution), draft.view)
    seen_in = Explanation(draft.article, result, found.rule, role, sentence, frame.text, noted.reading.tree)
    return dataclasses.replace(seen_in, candidates=candidates, resolution=resolution)


@dataclasses.dataclass(frozen=True)
class _Seen:
    """What was noted of an answer or report just before it was resolved."""

    reading: Reading
    candidates: tuple[Candidate, ...]
    resolution: Resolution


def _note_quote(collector: Collector, reading: Reading, answer: Attribution) -> tuple[object, _Seen]:
    place = place_of(reading, answer.passage)
    known = dict(collector.resolved)
    candidates = tuple(_rules(collector, place))
    collector.resolved = known
    position = answer.passage.outer.start
    if answer.mention is not None and any(c.verdict == DECIDES for c in candidates):
        resolution = account_mention(collector.resolver, answer.mention)
    else:
        resolution = account_floating(collector.resolver, position, collector._floating(answer.passage))
    return answer.passage.pieces, _Seen(reading, candidates, resolution)


def _rules(collector: Collector, place: Place) -> Iterator[Candidate]:
    """The rules that answer, with what becomes of each: only the first whose source stands outside the quotation and can speak counts."""
    chosen = ""
    for rule in RULES:
        found = rule(place)
        if found is None:
            continue
        cue, source, name = found
        mention = place.reading.mention(source) if isinstance(source, Source) else source
        refused = _refusal(place, source)
        refused = refused or ("" if chosen else _doubt(collector, mention, name))
        if not refused and not chosen:
            chosen, verdict = name, DECIDES
        else:
            verdict = f"refused: {refused}" if refused else f"too late: {chosen} comes first"
        yield Candidate(name, cue, mention, verdict)


def _refusal(place: Place, source: Source | Span | None) -> str:
    if not isinstance(source, Source) or not _is_within(place, source):
        return ""
    return "its source stands in quotation marks" if place.reading.is_quoted(source) else "the quotation is part of its source"


def _doubt(collector: Collector, mention: Span | None, rule: str) -> str:
    if mention is None or collector._can_speak(mention, rule):
        return ""
    return "its source cannot speak" if collector._is_inanimate(mention) else "a vague rule needs a source of a known kind"


def _note_claim(collector: Collector, reading: Reading, report: Report) -> tuple[object, _Seen]:
    span = collector._whole(report.span)
    resolution = account_mention(collector.resolver, reading.mention(report.source))
    return (span, report.cue), _Seen(reading, tuple(_cues(reading, report)), resolution)


def _cues(reading: Reading, report: Report) -> Iterator[Candidate]:
    """The deciding cue, then the other cues of the sentence in text order, with what became of each."""
    yield Candidate("", report.cue, reading.mention(report.source), DECIDES)
    for hit in sorted((*reading.verbs, *reading.nouns), key=lambda h: h.head.index):
        cue = reading.span_of(hit.words)
        if not cue.overlaps(report.cue):
            source = source_of(reading.tree, hit, incised=reading.is_incised(hit)) if hit in reading.verbs else None
            yield Candidate("", cue, reading.mention(source) if source else None, _fate(reading, hit, source))
    for place in reading.according:
        cue = reading.span_of(place.words)
        if not cue.overlaps(report.cue):
            verdict = "gives a claim of its own, or none" if place.source else "has no source"
            yield Candidate("", cue, reading.mention(place.source) if place.source else None, verdict)


def _fate(reading: Reading, hit: CueHit, source: Source | None) -> str:
    """Why a cue gives no claim, or that it gives one of its own."""
    if hit.denied:
        return "negated, asked or supposed"
    if is_asked_for(reading, hit):
        return "tells what another cue asks for"
    if not find_clauses(reading, hit) and not reading.is_incised(hit) and comme_report(reading, hit) is None:
        return "governs no clause"
    if hit in reading.nouns:
        return "gives a claim of its own, or has no owner"
    if source is None:
        return "has no source"
    return "its source stands in quotation marks" if reading.is_quoted(source) else "gives a claim of its own"
