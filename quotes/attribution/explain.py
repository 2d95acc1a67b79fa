"""Why a result is what it is: the rule that decided, the rules that lost, the link that was recorded, the parse.

For rules and parse the article is extracted once more, exactly as the pipeline does, with somebody watching. Whom the words mean is not
asked again: link and candidates are those of the result.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from quotes.attribution.article import Draft, Settings, finish, prepare
from quotes.attribution.catalogue import Rule, read_link, read_rule
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
from quotes.model import Article, Claim, Extraction, Quote, Span
from quotes.syntax.parser import Parser
from quotes.syntax.tree import Tree
from quotes.text.lexicon import Lexicon
from quotes.text.view import spans_in_source

__all__ = ["DECIDES", "Candidate", "Explanation", "explain", "explain_draft"]

DECIDES = "decides"
# « pour les tigres, « … » »
NO_OPINION = "its source is nobody who has opinions"


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
    `link` says in words how the speaker was found; who else was weighed is in `result.candidates`.
    `tree` is the parse of `frame`, the sentence as the parser sees it (whole quotations stand as « Oui »).
    """

    article: Article
    result: Quote | Claim
    rule: Rule
    link: str
    role: str | None
    sentence: Span | None = None
    frame: str = ""
    tree: Tree | None = None
    candidates: tuple[Candidate, ...] = ()


def explain(extraction: Extraction, result: Quote | Claim, parser: Parser, lexicon: Lexicon) -> Explanation | None:
    """The explanation of a result of an extraction; None when the rules of this version no longer give it."""
    draft = prepare(extraction.article, lexicon)
    return explain_draft(draft, parser.parse([frame.text for frame in draft.frames]), lexicon, extraction, result)


def explain_draft(
    draft: Draft, trees: Sequence[Tree], lexicon: Lexicon, extraction: Extraction, result: Quote | Claim
) -> Explanation | None:
    """`explain` for an article whose frames are parsed."""
    seen: dict[object, _Seen] = {}

    def watch(collector: Collector, reading: Reading, item: Attribution | Report) -> None:
        key, noted = _note_quote(collector, reading, item) if isinstance(item, Attribution) else _note_claim(collector, reading, item)
        seen[spans_in_source(key, draft.view)] = noted

    again = finish(draft, trees, lexicon, Settings(unasserted=True), watch)
    number = next(n for n, alike in enumerate(_alike(extraction, result)) if alike is result)
    found = _alike(again, result)[number : number + 1]
    if not found:
        return None
    part = "quotes" if isinstance(result, Quote) else "claims"
    role = next((s.role for s in extraction.speakers if s.name == result.speaker), None)
    told = Explanation(draft.article, result, read_rule(part, result.rule), read_link(result.link), role)
    noted = seen.get(result.pieces if isinstance(result, Quote) else (result.span, result.cue))
    if noted is None:
        return told
    frame = noted.reading.frame
    sentence, candidates = spans_in_source((frame.sentence, tuple(_kept(noted, result))), draft.view)
    return dataclasses.replace(told, sentence=sentence, frame=frame.text, tree=noted.reading.tree, candidates=candidates)


def _alike(extraction: Extraction, result: Quote | Claim) -> list[Quote | Claim]:
    """The results of an extraction that have the span of this one."""
    own: Sequence[Quote | Claim] = extraction.quotes if isinstance(result, Quote) else extraction.claims
    return [other for other in own if other.span == result.span]


@dataclasses.dataclass(frozen=True)
class _Seen:
    """What was noted of an answer or report just before its words were linked."""

    reading: Reading
    candidates: tuple[Candidate, ...]


def _kept(noted: _Seen, result: Quote | Claim) -> Iterator[Candidate]:
    """What was noted; the rule that would have decided is refused where the result has come about without it."""
    for candidate in noted.candidates:
        given_up = candidate.verdict == DECIDES and candidate.name and candidate.name != result.rule
        yield dataclasses.replace(candidate, verdict=f"refused: {NO_OPINION}") if given_up else candidate


def _note_quote(collector: Collector, reading: Reading, answer: Attribution) -> tuple[object, _Seen]:
    return answer.passage.pieces, _Seen(reading, tuple(_rules(collector, place_of(reading, answer.passage), answer)))


def _rules(collector: Collector, place: Place, answer: Attribution) -> Iterator[Candidate]:
    """The rules that answer, with what becomes of each: only the first whose source stands outside the quotation and can speak counts."""
    chosen = ""
    for rule in RULES:
        found = rule(place)
        if found is None:
            continue
        cue, source, name = found
        mention = place.reading.mention(source) if isinstance(source, Source) else source
        refused = _refusal(place, source)
        if not refused and not chosen and (name, cue) == (answer.rule, answer.cue):
            chosen, mention, verdict = name, answer.mention, DECIDES
        elif refused or not chosen:
            verdict = f"refused: {refused or _doubt(collector, mention)}"
        else:
            verdict = f"too late: {chosen} comes first"
        yield Candidate(name, cue, mention, verdict)


def _refusal(place: Place, source: Source | Span | None) -> str:
    if not isinstance(source, Source) or not _is_within(place, source):
        return ""
    return "its source stands in quotation marks" if place.reading.is_quoted(source) else "the quotation is part of its source"


def _doubt(collector: Collector, mention: Span | None) -> str:
    """Why a source was passed over that stands outside of the quotation."""
    inanimate = mention is not None and collector.plausible.is_inanimate(mention)
    return "its source cannot speak" if inanimate else "a vague rule needs a source of a known kind"


def _note_claim(collector: Collector, reading: Reading, report: Report) -> tuple[object, _Seen]:
    return (collector._whole(report.span), report.cue), _Seen(reading, tuple(_cues(reading, report)))


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
