"""From a mention, or from nothing, to somebody of the table: sieves for names and documents, the ranker for the rest."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

import regex

from quotes.model import Candidate, Span
from quotes.text.grammar import alternatives, word_class
from quotes.text.lexicon import load_table
from quotes.text.nominals import Nominal, read_nominal
from quotes.text.outline import Outline
from quotes.text.vocabulary import Vocabulary, load_vocabulary, plain
from quotes.who.collectives import Collectives
from quotes.who.documents import AUTHORED, GENERAL
from quotes.who.entities import Entity, Occurrence, agrees
from quotes.who.features import ITSELF, View, facts, itself_facts, nobody_facts
from quotes.who.names import INHABITANT
from quotes.who.openings import opening_pronoun
from quotes.who.people import People, find_people
from quotes.who.queries import Query, QueryKind
from quotes.who.ranker import Ranked, Weights, load_weights, rank
from quotes.who.roles import read_role
from quotes.who.sieves import Sieves
from quotes.who.table import Table, build_table

__all__ = ["Link", "Linker", "is_pronoun"]

PRONOUNS = {form: (gender if gender in ("m", "f") else "", number == "p") for form, gender, number, _ in load_table("pronouns.tsv")}
LATEST = frozenset(row[0] for row in load_table("pronouns.tsv") if row[3] == "yes")
SUBJECTS = word_class("subject-pronoun") | word_class("plural-subject-pronoun")
INDEFINITE = word_class("indefinite-pronoun")
FIRST_PERSON = word_class("first-person")
# « de même source », « cette source »: whoever spoke last.
SOURCE = alternatives("on-source")
SAME = regex.compile(rf"(?:(?:la|cette)\s)?(?:{alternatives('same')})\s(?:{SOURCE})|(?:{alternatives('demonstrative')})\s(?:{SOURCE})")
# Phrases that mean a person, never an organisation.
PERSONAL = word_class("personal-phrase")
# So many sentences back somebody can still be meant; whoever spoke, so many.
REACH, SPOKE_REACH = 20, 40
MOST = 14
# So many code points may stand before the name that signs a quotation.
SIGNING = 4
# So many of those ranked are told.
KEPT = 5
TOLD = 8
# What stands before the words of a quotation that opens its sentence.
OPENING = ' \t\n\u00a0\u202f\u2009«“”"‹–—-•'


@dataclasses.dataclass(frozen=True, slots=True)
class Link:
    """Whom a mention means (`entity`, None for nobody in particular), which reason decided (`how`) and how probable it is.

    `how` is the name of a sieve (*name*, *apposition*, …) or the kind of question that was ranked; `candidates` are those ranked,
    the most probable first.
    """

    entity: Entity | None
    how: str
    probability: float
    candidates: tuple[Candidate, ...] = ()


def _candidate(entity: Entity | None, ranked: Ranked) -> Candidate:
    told = ranked.contributions[:TOLD]
    return Candidate(entity.name if entity else None, entity.type if entity else "unknown", round(ranked.probability, 4), told)


def is_pronoun(words: str) -> bool:
    """Whether a mention is a pronoun: « lui », « ce dernier », « certains »."""
    return plain(words) in PRONOUNS or plain(words) in INDEFINITE


class Linker:
    """Links the mentions of one article, asked in text order: it remembers who was found to speak."""

    def __init__(self, parts: Outline, weights: Weights | None = None) -> None:
        self.parts, self.text = parts, parts.text
        self.weights = load_weights() if weights is None else weights
        self.vocabulary: Vocabulary = load_vocabulary()
        self.people: People = find_people(self.text, self.vocabulary)
        self.table: Table = build_table(parts, self.people, self.vocabulary)
        self.entities = {entity.name: entity for entity in reversed(self.table.entities)}
        self.sieves = Sieves(self.text, self.vocabulary, self.people)
        self.collectives = Collectives(self.text, self.vocabulary, self.people)
        self.history: list[tuple[int, str]] = []
        self._spoke: defaultdict[str, list[int]] = defaultdict(list)
        self._pronouns: defaultdict[str, list[Occurrence]] = defaultdict(list)
        self._scanned = 0
        self._heads = Counter(plain(e.head) for e in self.table.entities for _ in e.occurrences)

    def note(self, position: int, entity: Entity) -> None:
        """Remember that somebody spoke at a position (code points)."""
        self.entities.setdefault(entity.name, entity)
        self.history.append((position, entity.name))
        self._spoke[entity.name].append(position)

    def last_speaker(self, position: int) -> tuple[int, Entity] | None:
        """Who was found to speak last before a position, and where."""
        return next(((p, self.entities[name]) for p, name in reversed(self.history) if p < position), None)

    def link(self, span: Span) -> Link:
        """Whom the words of a span mean."""
        phrase = plain(span.of(self.text)).strip(" -,").removeprefix("t-")
        if phrase in PRONOUNS:
            return self._ranked(self._pronoun(span, phrase))
        if phrase in INDEFINITE or (phrase in FIRST_PERSON and span.of(self.text) != "Me"):
            return Link(None, "nobody", 1.0)
        return self._noun_phrase(span)

    def asked(self, span: Span) -> Query | None:
        """The question that the words of a span put to the ranker; None when a sieve answers it."""
        phrase = plain(span.of(self.text)).strip(" -,").removeprefix("t-")
        if phrase in PRONOUNS:
            return self._pronoun(span, phrase)
        if phrase in INDEFINITE or phrase in FIRST_PERSON:
            return None
        span = self.sieves.whole_medium(span)
        nominal = read_nominal(span.of(self.text), self.vocabulary)
        if self.sieves.name(span, nominal) is not None or self.sieves.author(span, nominal) is not None:
            return None
        return self.described(span, nominal)

    def floating(self, span: Span) -> Link:
        """Who says a quotation (with its marks) whose sentence names nobody."""
        return self._ranked(self.unnamed(span))

    def unnamed(self, span: Span) -> Query:
        """The question whose a quotation is that stands alone in its sentence."""
        sentence = self.parts.sentences[self.parts.sentence_of(span.start)] if self.parts.sentences else span
        before = self.text[sentence.start : span.start].strip(OPENING)
        paragraph = self.parts.paragraphs[self.parts.paragraph_of(span.start)] if self.parts.paragraphs else span
        opens = not self.text[paragraph.start : span.start].strip(OPENING)
        kind: QueryKind = "colon" if before.endswith(":") else "fragment" if before else "opening" if opens else "going-on"
        return dataclasses.replace(self.query(kind, span), words=len(span.of(self.text).split()))

    def query(self, kind: QueryKind, span: Span, gender: str = "", plural: bool = False, personal: bool = False) -> Query:
        """A question about a place of the text."""
        sentence, paragraph = self.parts.sentence_of(span.start), self.parts.paragraph_of(span.start)
        return Query(kind, span.start, span.end, sentence, paragraph, gender, plural, personal)

    def _pronoun(self, span: Span, phrase: str) -> Query:
        gender, plural = PRONOUNS[phrase]
        clitic = self.text[span.start - 1 : span.start] == "-"
        single: QueryKind = "latest" if phrase in LATEST else "clitic" if clitic else "subject" if phrase in SUBJECTS else "oblique"
        return self.query("plural" if plural else single, span, gender, plural, phrase in PERSONAL)

    def _noun_phrase(self, span: Span) -> Link:
        if SAME.fullmatch(plain(span.of(self.text))) and (last := self.last_speaker(span.start)) is not None:
            return Link(last[1], "same source", 1.0)
        span = self.sieves.whole_medium(span)
        nominal = read_nominal(span.of(self.text), self.vocabulary)
        found = self.sieves.name(span, nominal)
        if found is not None:
            entity, how = found
            return Link(self.known(entity), how, 1.0)
        author = self.sieves.author(span, nominal)
        if author is not None and author != span:
            link = self.link(author)
            return dataclasses.replace(link, how=f"author+{link.how}")
        return self._ranked(self.described(span, nominal))

    def described(self, span: Span, nominal: Nominal) -> Query:
        """The question whom a noun phrase without a name means."""
        role = read_role(span.of(self.text), self.vocabulary)
        inhabitant = nominal.definite and INHABITANT.fullmatch(nominal.name) is not None and not nominal.known
        person = (nominal.type in ("person", "unknown") or inhabitant) and not nominal.plural
        text = nominal.definite and nominal.head in AUTHORED | GENERAL
        kind: QueryKind = "document" if text else "person" if person else "body"
        query = self.query(kind, span, role.gender if role else nominal.gender, nominal.plural)
        return dataclasses.replace(query, nominal=nominal, role=role)

    def known(self, entity: Entity) -> Entity:
        """The entity of the table with this name, the given one when there is none."""
        return self.entities.get(entity.name, entity)

    def itself(self, query: Query) -> Entity | None:
        """What a description stands for when it means nobody else: its fullest phrase in the article."""
        nominal = query.nominal
        if nominal is None:
            return None
        fullest = self.collectives.fullest(nominal, query.start)
        return self._bearer(fullest) or self.known(fullest)

    def _bearer(self, phrase: Entity) -> Entity | None:
        """The person whose name ends a fuller phrase: « producteur Hugo Tessier » is Hugo Tessier."""
        found = (e for e in self.table.entities if e.type == "person" and e.named and phrase.name.endswith(f" {e.name}"))
        return next(found, None) if phrase.type != "group" and not phrase.named else None

    def _ranked(self, query: Query) -> Link:
        ranked = self.rank(query)
        if not ranked:
            return Link(None, "nobody", 0.5)
        candidates = tuple(candidate for _, candidate in ranked)
        return Link(ranked[0][0], query.kind, candidates[0].probability, candidates[:KEPT])

    def rank(self, query: Query) -> list[tuple[Entity | None, Candidate]]:
        """All candidates for a question with their probabilities, the most probable first."""
        options = self.options(query)
        ranked = rank(query.kind, [told for _, told in options], self.weights)
        found = [(options[r.number][0], r) for r in ranked]
        return [(e, _candidate(e, r)) for e, r in found]

    def options(self, query: Query) -> list[tuple[Entity | None, tuple[str, ...]]]:
        """Everybody who could be meant, with the facts about each."""
        self._scan_openings(query)
        itself = self.itself(query)
        views = [pair for pair in self._views(query) if itself is None or pair[0].name != itself.name]
        options: list[tuple[Entity | None, tuple[str, ...]]] = [(e, tuple(facts(query, e, view))) for e, view in views]
        if query.floating:
            options.append((None, tuple(nobody_facts(query, len(self._spoke)))))
        if itself is not None:
            options.append((itself, tuple(self._itself_facts(query, itself))))
        return options

    def _itself_facts(self, query: Query, itself: Entity) -> Iterator[str]:
        yield from itself_facts(query, self._heads)
        yield f"{ITSELF}-spoke:{min(len(self._spoke[itself.name]), 2)}"
        yield f"{ITSELF}-named:{min(len(itself.before(query.start)), 2)}"

    def _views(self, query: Query) -> list[tuple[Entity, View]]:
        fitting = [e for e in self.entities.values() if self._fits(query, e)]
        placed = [(e, self._places(query, e)) for e in fitting]
        seen = [(e, before, spoke) for e, (before, spoke) in placed if self._in_reach(query, e, before, spoke)]
        seen.sort(key=lambda item: -self._latest(item[1], item[2]))
        here = self.parts.paragraphs[query.paragraph].start if self.parts.paragraphs else 0
        near = sum(self._latest(before, spoke) >= here for _, before, spoke in seen)
        views = [(e, self._view(query, e, before, spoke, rank, here, near)) for rank, (e, before, spoke) in enumerate(seen[:MOST])]
        return [(e, dataclasses.replace(view, overtaken=self._overtaken(query, e, views))) for e, view in views]

    def _overtaken(self, query: Query, entity: Entity, views: Sequence[tuple[Entity, View]]) -> str:
        """What somebody else did since anybody spoke last: `opened` a sentence, was `named`, or nothing."""
        last = max((p for p, _ in self.history if p < query.start), default=-1)
        others = [view for e, view in views if e.name != entity.name and e.type == "person"]
        if any(view.opened_since for view in others):
            return "opened"
        return "named" if any(view.last is not None and view.last.span.start > last for view in others) else ""

    def _fits(self, query: Query, entity: Entity) -> bool:
        """Hard facts: gender and number agree, and the kind can be meant."""
        if query.floating or query.kind == "document":
            return True
        if query.plural != entity.plural and not (query.plural and entity.type in ("group", "organization")):
            return False
        if query.kind == "person" or query.personal:
            return entity.type == "person" and agrees(entity.gender, query.gender)
        if query.kind == "body":
            return entity.type != "person" or (entity.named and query.nominal is not None and not query.nominal.known)
        return agrees(entity.gender, query.gender)

    def _places(self, query: Query, entity: Entity) -> tuple[list[Occurrence], list[int]]:
        before = [*entity.before(query.start), *(o for o in self._pronouns[entity.name] if o.span.start < query.start)]
        return sorted(before, key=lambda o: o.span.start), [p for p in self._spoke[entity.name] if p < query.start]

    def _latest(self, before: Sequence[Occurrence], spoke: Sequence[int]) -> int:
        return max(before[-1].span.start if before else -1, spoke[-1] if spoke else -1)

    def _in_reach(self, query: Query, entity: Entity, before: Sequence[Occurrence], spoke: Sequence[int]) -> bool:
        if spoke and query.sentence - self.parts.sentence_of(spoke[-1]) <= SPOKE_REACH:
            return True
        if before and (query.sentence - before[-1].sentence <= REACH or entity.type == "person"):
            return True
        behind = entity.behind(query.end)
        return behind is not None and behind.sentence - query.sentence <= 1

    def _view(
        self, query: Query, entity: Entity, before: Sequence[Occurrence], spoke: Sequence[int], rank: int, here: int, near: int
    ) -> View:
        """What is seen of a candidate; `here` is where the paragraph begins, `near` how many candidates it has."""
        last = before[-1] if before else None
        subject = next((o for o in reversed(before) if o.place == "opens"), None)
        since = {name for p, name in self.history if spoke and spoke[-1] < p < query.start} - {entity.name}
        paragraph = self.parts.paragraph_of(last.span.start) if last else -1
        numbers = [self.parts.sentence_of(p) for p in spoke]
        total = len(entity.occurrences)
        now = (
            bool(spoke) and spoke[-1] >= here,
            subject is not None and subject.span.start >= here,
            bool(before) and before[0].span.start >= here,
            near == 1 and self._latest(before, spoke) >= here,
        )
        latest = max((p for p, _ in self.history if p < query.start), default=-1)
        opened = subject is not None and subject.span.start > latest
        behind = entity.behind(query.end)
        signs = query.floating and behind is not None and self._signs(query, behind)
        return View(last, subject, behind, numbers, len(since), rank, paragraph, total, *now, opened, "", signs)

    def _signs(self, query: Query, behind: Occurrence) -> bool:
        """Whether a name stands in a short line of its own right behind a quotation that fills its paragraph."""
        line = query.paragraph + 1
        if line >= len(self.parts.paragraphs) or self.text[query.end : self.parts.paragraphs[query.paragraph].end].strip(OPENING):
            return False
        opens = behind.span.start - self.parts.paragraphs[line].start < SIGNING
        return opens and (line in self.parts.heads or line == len(self.parts.paragraphs) - 1)

    def _scan_openings(self, query: Query) -> None:
        """Who the pronouns and descriptions mean that open the sentences up to a question: they stay in view."""
        while self._scanned <= query.sentence and self._scanned < len(self.parts.sentences):
            number = self._scanned
            asked = self._opening(number)
            if asked is not None and asked.start >= query.start:
                return
            self._scanned += 1
            if asked is not None and not self.parts.is_quoted(asked.start):
                self._follow(number, asked)

    def _opening(self, number: int) -> Query | None:
        """The question that the opening of a sentence puts: « Il … », « Cette mère de famille … »."""
        sentence = self.parts.sentences[number]
        pronoun = opening_pronoun(self.text, sentence.start, sentence.end)
        if pronoun is not None:
            return self.query("subject", Span(pronoun[0], pronoun[0] + 1), pronoun[1])
        described = self._descriptions.get(number)
        return self.described(described, read_nominal(described.of(self.text), self.vocabulary)) if described is not None else None

    @cached_property
    def _descriptions(self) -> dict[int, Span]:
        """The definite nouns for a person that open a sentence, by its number."""
        people = (e for e in self.table.entities if e.type == "person" and not e.named)
        places = (o for e in people for o in e.occurrences if o.kind == "description" and o.place == "opens" and not o.quoted)
        return {o.sentence: o.span for o in places if read_nominal(o.span.of(self.text), self.vocabulary).definite}

    def _follow(self, number: int, asked: Query) -> None:
        ranked = self.rank(asked)
        if ranked and ranked[0][0] is not None:
            span = Span(asked.start, max(asked.end, asked.start + 1))
            self._pronouns[ranked[0][0].name].append(Occurrence(span, "pronoun", number, "opens", False))
