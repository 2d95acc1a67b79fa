"""What the readings of an article found, resolved in text order into quotes, claims and speakers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import Any

import regex

from quotes.attribution.acts import ANSWERED, fields, say_claim, say_quote
from quotes.attribution.claims import Report, find_reports, find_unasserted
from quotes.attribution.fragments import gives_name, in_brackets, size_of, verbs_of, word_before
from quotes.attribution.frames import Passage
from quotes.attribution.layout import Answer, find_answers
from quotes.attribution.other import TermIndex, is_known_term, is_term
from quotes.attribution.passages import Attribution, attribute
from quotes.attribution.plausible import Plausible
from quotes.attribution.pointers import pointer, statement_before
from quotes.attribution.reading import Reading
from quotes.attribution.signing import signing_line
from quotes.model import Article, Claim, Extraction, Kind, Mention, Quote, Span, Speaker, SpeakerType
from quotes.text.grammar import word_class
from quotes.text.nominals import read_nominal
from quotes.text.ranges import Ranges
from quotes.text.vocabulary import load_vocabulary, plain
from quotes.text.words import RUN
from quotes.who.entities import Entity, agrees
from quotes.who.links import Link, Linker
from quotes.who.sieves import person_entity

__all__ = ["Collector", "Watch"]

# How far behind a claim, in code points, a fragment that goes on with it can begin.
NEAR = 3
# How far back, in code points, whoever goes on speaking has spoken.
NEARBY = 900
# A quotation that nobody says has at least so many words to be an utterance of its own.
UTTERANCE = 4
UNKNOWN: SpeakerType = "unknown"
PUBLISHING = word_class("publishing-verb")
CONTINUING = word_class("continuing-verb")
DEFINITE = word_class("definite")
OPINION = word_class("opening-preposition")
FUNCTION_WORDS = word_class("linker") | word_class("title-small")
LETTER = regex.compile(r"\p{L}")
Watch = Callable[["Collector", Reading, Attribution | Report], None]


class Collector:
    """Resolves what the readings found, in text order. `watch` sees every answer and report just before it is resolved."""

    def __init__(
        self, article: Article, linker: Linker, passages: tuple[Passage, ...], unasserted: bool = False, watch: Watch | None = None
    ) -> None:
        self.watch = watch
        self.article = article
        self.unasserted = unasserted
        self.passages = passages
        self.text = article.text
        self.vocabulary = load_vocabulary()
        self.linker = linker
        self.plausible = Plausible(self.text, linker.people, self._referent)
        self.outermost = Ranges((p for p in passages if p.depth == 0), lambda passage: passage.outer)
        self.terms = TermIndex(self.text, passages)
        self.opened: set[int] = set()
        self.undecided: list[Passage] = []
        self.term_end = 0
        self.quotes: list[Quote] = []
        self.claims: list[Claim] = []
        self.referents: dict[str, Entity] = {}
        self.mentions: dict[Span, str] = {}
        self.links: dict[Span, Link] = {}

    def read(self, reading: Reading) -> None:
        """Quotes and claims of one frame, in text order."""
        self.opened.update(reading.frame.opened)
        self._point_back(reading)
        known = dict(self.links)
        answers = attribute(reading, self.plausible.can_speak)
        self.links = known  # who a pronoun is gets settled in text order
        found: list[tuple[int, Attribution | Report, bool]] = [(a.passage.outer.start, a, True) for a in answers]
        found += [(report.span.start, report, True) for report in find_reports(reading)]
        if self.unasserted:
            found += [(report.span.start, report, False) for report in find_unasserted(reading)]
        for _, item, asserted in sorted(found, key=lambda triple: triple[0]):
            if self.watch is not None:
                self.watch(self, reading, item)
            if isinstance(item, Report):
                self._claim(item, reading, asserted)
            else:
                self._quote(item, reading)

    def _point_back(self, reading: Reading) -> None:
        """« « … ». C'est ce qu'a déclaré X. »: the floating quotation right before a sentence that tells whose it is."""
        found = pointer(reading)
        last = self.quotes[-1] if self.quotes else None
        if found is None:
            return
        cue, source = found
        mention = reading.mention(source)
        referent = self._referent(mention)
        if referent is None or self.plausible.is_inanimate(mention):
            return
        if last is None or LETTER.search(self.text, last.pieces[-1].end, reading.frame.sentence.start):
            self._claim_before(reading, cue, mention, referent)
        elif last.rule == "floating":
            self._note(mention.start, mention, referent)
            flags = tuple(flag for flag in last.flags if flag != "no-speaker")
            told = dataclasses.replace(last, cue=cue, mention=mention, **_spoken(self._link(mention)))
            self.quotes[-1] = dataclasses.replace(told, rule="pointed-back", flags=flags)

    def _claim_before(self, reading: Reading, cue: Span | None, mention: Span, referent: Entity) -> None:
        """« Le pont rouvrira lundi. C'est ce qu'a annoncé X. »: the sentence in the journalist's words that *ce que* stands for."""
        span = statement_before(self.text, reading.frame.sentence.start)
        if cue is None or span is None or any(c.span.overlaps(span) for c in self.claims[-3:]):
            return
        if not any(self.outermost.overlapping(span.start, span.end)):
            self._note(mention.start, mention, referent)
            self.claims.append(Claim(span, cue, mention, rule="pointed-back", **_spoken(self._link(mention))))

    def _quote(self, answer: Attribution, reading: Reading) -> None:
        passage = answer.passage
        cue, mention, rule = answer.cue, answer.mention and self._closed(answer.mention), answer.rule
        if mention is None and (mention := signing_line(self.linker.parts, passage.outer, self.linker.people, self.vocabulary)):
            rule = "signature"
        opinion = cue is not None and mention is not None and plain(cue.of(self.text)) in OPINION
        if opinion and mention is not None and not self.plausible.holds_opinions(mention, self._referent(mention)):
            cue, mention, rule = None, None, ""
        clause = answer.clausal and not answer.masked
        # « signe « Une lampe pour tous » »: what is published is a title.
        governed = answer.masked or (answer.governed and not (cue is not None and verbs_of(self.text, cue) & PUBLISHING))
        gloss = self.term_end and self.text[self.term_end : passage.outer.start].strip() == "("
        if gloss or is_term(self.text, passage, self.terms, governed, cue, clause):
            self.term_end = passage.outer.end  # « X » (« its translation »)
            return
        if cue is not None and not answer.masked and gives_name(self.text, cue, passage):
            return
        link = self._going_on(cue, mention, self._link(mention)) if mention else self.linker.floating(passage.outer)
        referent = link.entity
        if mention is None and not self._stands_alone(answer, referent):
            self.undecided.append(passage)
            return
        if rule != "colon-cited":
            self._note(passage.outer.start, mention, referent)
        name = referent.name if referent else None
        flags = passage.flags if referent else (*passage.flags, "no-speaker")
        kind: Kind = "direct" if answer.masked else "partial"
        said = fields(say_quote(reading, answer, cue, mention, name, self.text), name, self._resolved())
        self.quotes.append(Quote(passage.pieces, kind, cue, mention, rule=rule or "floating", flags=flags, **_spoken(link), **said))

    def _stands_alone(self, answer: Attribution, referent: Entity | None) -> bool:
        """Whether a quotation without source in its sentence is speech all the same: an utterance, or somebody goes on speaking."""
        if not answer.masked and (referent is None or answer.passage.depth or not self._goes_on(answer)):
            return False
        return referent is not None or "dash" in answer.passage.flags or size_of(self.text, answer.passage) >= UTTERANCE

    def _goes_on(self, answer: Attribution) -> bool:
        """Whether a fragment without source belongs to speech: a clause, long, or one person has the floor; no « la « dame de fer » »."""
        size = size_of(self.text, answer.passage)
        named = word_before(self.text, answer.passage) in DEFINITE or in_brackets(self.text, answer.passage)
        if size < 3 or (named and not answer.clausal):
            return False
        lately = [name for _, name in self.linker.trail.history[-3:]]
        return answer.clausal or size > 6 or (len(lately) == 3 and len(set(lately)) == 1)

    def _link(self, mention: Span) -> Link:
        if mention not in self.links:
            found = self.linker.link(mention)
            blank = found.entity is not None and not found.entity.name.strip()
            self.links[mention] = dataclasses.replace(found, entity=None) if blank else found  # marks and spaces name nobody
        return self.links[mention]

    def _referent(self, mention: Span) -> Entity | None:
        return self._link(mention).entity

    def _resolved(self) -> dict[Span, Entity | None]:
        return {mention: link.entity for mention, link in self.links.items()}

    def _going_on(self, cue: Span | None, mention: Span, link: Link) -> Link:
        """« …, conclut le chef de zone »: whoever spoke last, when nobody of the article is known by this title."""
        referent = link.entity
        if cue is None or referent is None or referent.type != "person" or not referent.name[0].islower():
            return link
        nominal = read_nominal(mention.of(self.text), self.vocabulary)
        last = self.linker.last_speaker(mention.start)
        if not (verbs_of(self.text, cue) & CONTINUING and nominal.definite and last is not None):
            return link
        near = mention.start - last[0] < NEARBY and last[1].type == "person" and last[1].name[0].isupper()
        goes_on = near and agrees(last[1].gender, referent.gender)
        return dataclasses.replace(link, entity=last[1], how="goes on") if goes_on else link

    def _note(self, position: int, mention: Span | None, referent: Entity | None) -> None:
        if referent is None:
            return
        self.linker.note(mention.start if mention else position, referent)
        self.referents.setdefault(referent.name, referent)
        if mention:
            self.mentions[mention] = referent.name

    def _whole(self, span: Span) -> Span:
        """The span without cutting a quotation in two, its marks included, and with a fragment that follows it directly."""
        span = self._closed(span)
        for passage in self.outermost.overlapping(span.start, span.end + NEAR):
            outer, pieces = passage.outer, passage.pieces
            if pieces[0].start <= span.start and span.start < outer.end < span.end:
                span = Span(outer.start, span.end)
            elif span.end <= outer.start and self.text[span.end : outer.start].isspace() and passage.number in self.opened:
                span = Span(span.start, outer.end)
        return span

    def _closed(self, span: Span) -> Span:
        """The span with the closing mark of a quotation that ends it."""
        for passage in self.outermost.overlapping(span.start, span.end):
            if span.start <= passage.outer.start < span.end < passage.outer.end:
                span = Span(span.start, passage.outer.end)
        return span

    def _claim(self, report: Report, reading: Reading, asserted: bool) -> None:
        """Keep a claim. One that is not asserted leaves no trace: nobody has the floor by what they did not say."""
        report = dataclasses.replace(report, span=self._whole(report.span))
        if self._only_quoted(report.span) or self._inside_quote(report):
            return
        mention = self._closed(reading.mention(report.source))
        if self.plausible.is_inanimate(mention):
            return
        link = self._link(mention) if asserted else self.linker.link(mention)
        referent = link.entity
        if plain(report.cue.of(self.text)) in OPINION and not self.plausible.holds_opinions(mention, referent):
            return
        said = say_claim(reading, report, report.span)
        if asserted and said.polarity != "denied":
            self._note(report.span.start, mention, referent)
        elif said.asserted or not self.unasserted:
            return  # « sans préciser si »
        flags = () if referent else ("no-speaker",)
        told = fields(said, referent.name if referent else None, self._resolved())
        self.claims.append(Claim(report.span, report.cue, mention, rule=report.rule, flags=flags, **_spoken(link), **told))

    def _only_quoted(self, span: Span) -> bool:
        """Reported content wholly between quotation marks is a quote and no claim."""
        outside = self.text[span.start : span.end]
        for passage in self.outermost.overlapping(span.start, span.end):
            if is_known_term(self.text, passage):
                continue
            start, end = max(passage.outer.start, span.start) - span.start, min(passage.outer.end, span.end) - span.start
            outside = outside[:start] + " " * (end - start) + outside[end:]
        return all(plain(w) in FUNCTION_WORDS for w in RUN.findall(outside))

    def _inside_quote(self, report: Report) -> bool:
        return any(p.outer.contains(report.cue) for p in self.outermost.overlapping(report.cue.start, report.cue.end))

    def answers(self) -> list[Quote]:
        """The answers of an interview, which make quotes of the claims inside them."""
        taken = tuple(p.outer for p in self.passages)
        return [self._answer(answer) for answer in find_answers(self.text, self.linker.people, taken)]

    def _answer(self, answer: Answer) -> Quote:
        link = self._link(answer.mention) if answer.mention else Link(None, "layout", 1.0)
        if link.entity is None:
            person = next((p for p in self.linker.people.persons if p.name == answer.speaker), None)
            link = Link(person_entity(person) if person else None, "layout", 1.0)
        self._note(answer.pieces[0].start, answer.mention, link.entity)
        whole = Span(answer.pieces[0].start, answer.pieces[-1].end)
        self.claims = [c for c in self.claims if not whole.contains(c.span)]
        return Quote(answer.pieces, "direct", None, answer.mention, rule=answer.rule, **_spoken(link), **fields(ANSWERED))

    def extraction(self, quotes: Iterable[Quote]) -> Extraction:
        """All values, in text order, with these quotes."""
        return Extraction(
            self.article,
            tuple(sorted(quotes, key=lambda q: q.pieces[0])),
            tuple(sorted(self.claims, key=lambda c: c.span)),
            tuple(map(_speaker, self.referents.values())),
            tuple(Mention(span, name) for span, name in sorted(self.mentions.items())),
            words=len(RUN.findall(self.text)),
        )


def _spoken(link: Link) -> dict[str, Any]:
    """The fields of a quote or claim that tell whose it is."""
    name, type_ = (link.entity.name, link.entity.type) if link.entity else (None, UNKNOWN)
    return {"speaker": name, "type": type_, "link": link.how, "candidates": link.candidates}


def _speaker(entity: Entity) -> Speaker:
    roles = tuple(dict.fromkeys(role.text for role in entity.roles))
    return Speaker(entity.name, entity.type, entity.role, entity.gender, entity.plural, entity.aliases, roles, entity.evidence)
