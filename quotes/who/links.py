"""From a mention, or from nothing, to somebody of the table: sieves for names and documents, the ranker for the rest."""

from __future__ import annotations

import dataclasses
import itertools
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

import regex

from quotes.model import Candidate, Span
from quotes.text.grammar import alternatives, word_class
from quotes.text.lexicon import load_table
from quotes.text.nominals import Nominal, read_nominal
from quotes.text.outline import Outline
from quotes.text.vocabulary import Vocabulary, load_vocabulary, plain
from quotes.text.words import WORD
from quotes.who.collectives import Collectives
from quotes.who.documents import AUTHORED, GENERAL, is_first_told, issued_at
from quotes.who.entities import Entity, Occurrence
from quotes.who.features import ITSELF, View, best_facts, facts, itself_facts, nobody_facts, overtaking, rivals_facts, title_grades
from quotes.who.names import INHABITANT
from quotes.who.openings import opening_pronoun
from quotes.who.people import People, find_people
from quotes.who.proofless import alone_before, namesake_of
from quotes.who.queries import Query, QueryKind, can_be_meant
from quotes.who.ranker import Ranked, Weights, load_weights, rank
from quotes.who.roles import read_role
from quotes.who.sieves import Sieves, person_entity
from quotes.who.table import Table, build_table
from quotes.who.trail import OPENING, Trail

__all__ = ["Link", "Linker", "is_pronoun"]

PRONOUNS = {form: (gender if gender in ("m", "f") else "", number == "p") for form, gender, number, _ in load_table("pronouns.tsv")}
LATEST = frozenset(row[0] for row in load_table("pronouns.tsv") if row[3] == "yes")
SUBJECTS = word_class("subject-pronoun") | word_class("plural-subject-pronoun")
INDEFINITE = word_class("indefinite-pronoun")
FIRST_PERSON = word_class("first-person")
# « de même source », « cette source »: whoever spoke last.
SOURCE = alternatives("on-source")
SAME = regex.compile(
    rf"(?:de\s)?(?:(?:la|cette)\s)?(?:{alternatives('same')})\s(?:{SOURCE})|(?:{alternatives('demonstrative')})\s(?:{SOURCE})"
)
# « son agent » is somebody else than who is in view.
POSSESSIVE = regex.compile(rf"(?i)(?:{alternatives('possessive')})\s")
# Phrases that mean a person, never an organisation.
PERSONAL = word_class("personal-phrase")
# So many candidates are weighed.
MOST = 14
# So many of those ranked are told.
KEPT = 5
TOLD = 8


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
        self.trail = Trail(parts, self.entities.values())
        self._scanned = 0
        self._heads = Counter(plain(e.head) for e in self.table.entities for _ in e.occurrences)

    def note(self, position: int, entity: Entity) -> None:
        """Remember that somebody spoke at a position (code points)."""
        self.entities.setdefault(entity.name, entity)
        self.trail.speak(entity.name, position)

    def last_speaker(self, position: int) -> tuple[int, Entity] | None:
        """Who was found to speak last before a position, and where."""
        last = self.trail.last_speaker(position)
        return (last[0], self.entities[last[1]]) if last else None

    def link(self, span: Span) -> Link:
        """Whom the words of a span mean."""
        found = self._read(span)
        if isinstance(found, Span):
            link = self.link(found)
            return dataclasses.replace(link, how=f"author+{link.how}")
        return self._ranked(found) if isinstance(found, Query) else found

    def asked(self, span: Span) -> Query | None:
        """The question that the words of a span put to the ranker; None when a sieve answers it."""
        found = self._read(span)
        return found if isinstance(found, Query) else None

    def _read(self, span: Span) -> Link | Query | Span:
        """What the words of a span are: somebody whom a sieve knows, a question, or a text, by the words for whoever wrote it."""
        words = span.of(self.text)
        phrase = plain(words).strip(" -,").removeprefix("t-")
        if phrase in PRONOUNS:
            return self._pronoun(span, phrase)
        if phrase in INDEFINITE or (phrase in FIRST_PERSON and words != "Me"):
            return Link(None, "nobody", 1.0)
        if SAME.fullmatch(plain(words)) and (last := self.last_speaker(span.start)) is not None:
            return Link(last[1], "same source", 1.0)
        span = self.sieves.whole_medium(span)
        nominal = read_nominal(span.of(self.text), self.vocabulary)
        found = self.sieves.name(span, nominal)
        if found is not None:
            return Link(self.known(found[0]), found[1], 1.0)
        if not WORD.search(nominal.name):
            return Link(None, "nobody", 1.0)
        namesake = namesake_of(nominal, self.entities.values())
        if namesake is not None:
            return Link(namesake, "name", 1.0)
        renamed = self.sieves.renamed(span, nominal)
        if renamed is not None:
            return self._read(renamed)
        author = self.sieves.author(span, nominal) or self._issuer(span, nominal)
        return author if author is not None and author != span else self.described(span, nominal)

    def _issuer(self, span: Span, nominal: Nominal) -> Link | None:
        """Who was found to speak in the sentence that brought in a document: « a dit Léa Roux dans un communiqué … Le texte ajoute »;
        of one that nothing brought in, who spoke just before: « selon Orvane. … précise le communiqué »."""
        place = issued_at(self.text, nominal, span.start)
        if place is None and not is_first_told(self.text, nominal, span.start):
            return None
        number = self.parts.sentence_of(span.start if place is None else place)
        first = self.parts.sentences[max(0, number - (place is None))]
        speaker = self.last_speaker(min(self.parts.sentences[number].end, span.start))
        return Link(speaker[1], "author", 1.0) if speaker is not None and speaker[0] >= first.start else None

    def floating(self, span: Span) -> Link:
        """Who says a quotation (with its marks) whose sentence names nobody."""
        query = self.unnamed(span)
        alone = alone_before(self.parts, self.people, query) if query.kind == "colon" else None
        if alone is None:
            return self._ranked(query)
        entity = self.known(person_entity(alone))
        return Link(entity, "same sentence", 1.0)

    def unnamed(self, span: Span) -> Query:
        """The question whose a quotation is that stands alone in its sentence."""
        sentence = self.parts.sentences[self.parts.sentence_of(span.start)] if self.parts.sentences else span
        before = self.text[sentence.start : span.start].strip(OPENING)
        paragraph = self.parts.paragraphs[self.parts.paragraph_of(span.start)] if self.parts.paragraphs else span
        opens = not self.text[paragraph.start : span.start].strip(OPENING)
        kind: QueryKind = "colon" if before.endswith(":") else "fragment" if before else "opening" if opens else "going-on"
        return dataclasses.replace(self.query(kind, span), words=len(WORD.findall(span.of(self.text))))

    def query(self, kind: QueryKind, span: Span, gender: str = "", plural: bool = False, personal: bool = False) -> Query:
        """A question about a place of the text."""
        sentence, paragraph = self.parts.sentence_of(span.start), self.parts.paragraph_of(span.start)
        return Query(kind, span.start, span.end, sentence, paragraph, gender, plural, personal)

    def _pronoun(self, span: Span, phrase: str) -> Query:
        gender, plural = PRONOUNS[phrase]
        clitic = self.text[span.start - 1 : span.start] == "-"
        single: QueryKind = "latest" if phrase in LATEST else "clitic" if clitic else "subject" if phrase in SUBJECTS else "oblique"
        return self.query("plural" if plural else single, span, gender, plural, phrase in PERSONAL)

    def described(self, span: Span, nominal: Nominal) -> Query:
        """The question whom a noun phrase without a name means."""
        role = read_role(span.of(self.text), self.vocabulary)
        inhabitant = not nominal.proper and INHABITANT.fullmatch(nominal.name) is not None and not nominal.known
        nominal = dataclasses.replace(nominal, type="person") if inhabitant and not nominal.plural else nominal
        person = nominal.type in ("person", "unknown") and not nominal.plural
        text = nominal.definite and nominal.head in AUTHORED | GENERAL
        kind: QueryKind = "document" if text else "person" if person else "body"
        query = self.query(kind, span, role.gender if role else nominal.gender, nominal.plural)
        owned = POSSESSIVE.match(span.of(self.text)) is not None
        return dataclasses.replace(query, nominal=nominal, role=role, owned=owned)

    def known(self, entity: Entity) -> Entity:
        """The entity of the table with this name, the given one when there is none."""
        return self.entities.get(entity.name, entity)

    def itself(self, query: Query) -> Entity | None:
        """What a description stands for when it means nobody else: its fullest phrase in the article."""
        nominal = query.nominal
        if nominal is None:
            return None
        fullest = self.collectives.fullest(nominal, query.start)
        known = self._bearer(fullest) or self._spoken_of(fullest) or self.known(fullest)
        # « le Brécois »: the table has what only a capital shows as a body.
        return fullest if nominal.type == "person" and known.type == "organization" else known

    def _spoken_of(self, phrase: Entity) -> Entity | None:
        """Whoever spoke under a longer name that begins with a phrase: « le collectif Dune vive », then « le collectif »."""
        spoke = (self.entities[name] for name in self.trail.speakers if name.startswith(f"{phrase.name} "))
        return next((e for e in spoke if e.head == phrase.head and e.type == phrase.type), None)

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
        others = [e for e, _ in views]
        grades = title_grades(query, others)
        options: list[tuple[Entity | None, tuple[str, ...]]] = [
            (e, (*facts(query, e, view), *more)) for (e, view), more in zip(views, rivals_facts(grades), strict=True)
        ]
        if query.floating:
            options.append((None, tuple(nobody_facts(query, len(self.trail.speakers)))))
        if itself is not None:
            options.append((itself, (*self._itself_facts(query, itself), *best_facts(query, others, grades))))
        return options

    def _itself_facts(self, query: Query, itself: Entity) -> Iterator[str]:
        yield from itself_facts(query, self._heads)
        yield f"{ITSELF}-spoke:{min(self.trail.spoke_before(itself.name, query.start), 2)}"
        yield f"{ITSELF}-named:{min(self.trail.named_before(itself.name, query.start), 2)}"

    def _views(self, query: Query) -> list[tuple[Entity, View]]:
        # « l'avocat de Paul Roux » is not Paul Roux.
        owners = {person.name for person in self.people.touching(Span(query.start, query.end))} if query.nominal is not None else set()
        near = (self.entities[name] for name in self.trail.candidates(query) if name not in owners)
        seen = list(itertools.islice((e for e in near if can_be_meant(query, e) and self.trail.in_reach(query, e)), MOST))
        here = self.parts.paragraphs[query.paragraph].start if self.parts.paragraphs else 0
        alone = sum(self.trail.latest(e.name, query.start) >= here for e in seen) == 1
        views = [(e, self.trail.view(query, e, rank, here, alone)) for rank, e in enumerate(seen)]
        speech = self.trail.last_speaker(query.start)
        overtaken = overtaking(views, speech[0] if speech else -1)
        return [(e, dataclasses.replace(view, overtaken=overtaken(e.name))) for e, view in views]

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
        entity = ranked[0][0] if ranked else None
        if entity is not None:
            span = Span(asked.start, max(asked.end, asked.start + 1))
            self.entities.setdefault(entity.name, entity)
            self.trail.follow(entity.name, Occurrence(span, "pronoun", number, "opens", False))
