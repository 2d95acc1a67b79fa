"""The table of entities: everybody an article names that can speak, built once, before anybody is attributed.

Mentions are merged by named reasons (sieves); `Entity.evidence` keeps which reason merged what.
"""

from __future__ import annotations

import dataclasses

from quotes.model import Span, SpeakerType
from quotes.text.nominals import Nominal
from quotes.text.outline import Outline
from quotes.text.vocabulary import Vocabulary, is_medium, plain
from quotes.who.entities import Entity, Occurrence, OccurrenceKind, Place, agrees
from quotes.who.fit import has_office
from quotes.who.names import folded_words
from quotes.who.openings import is_subject, opens_sentence
from quotes.who.people import People, Person
from quotes.who.phrases import Phrase, find_phrases
from quotes.who.roles import RolePhrase, read_role

__all__ = ["Table", "build_table"]

# A description that names no person is one entity with another when so many code points lie between at most.
NEXT_NAME = 3


@dataclasses.dataclass(frozen=True)
class Table:
    """The entities of one article, those with a person's name first."""

    entities: tuple[Entity, ...]


@dataclasses.dataclass
class _Draft:
    """An entity while the table is built."""

    name: str
    type: SpeakerType
    gender: str
    plural: bool
    head: str
    role: RolePhrase | None = None
    person: Person | None = None
    aliases: dict[str, None] = dataclasses.field(default_factory=dict)
    evidence: dict[str, None] = dataclasses.field(default_factory=dict)
    occurrences: list[Occurrence] = dataclasses.field(default_factory=list)

    def finish(self) -> Entity:
        roles = self.person.roles if self.person else (self.role,) if self.role else ()
        places = tuple(sorted(self.occurrences, key=lambda o: o.span))
        aliases = tuple(alias for alias in self.aliases if alias != self.name)
        return Entity(self.name, self.type, self.gender, self.plural, self.head, roles, aliases, tuple(self.evidence), places)


def build_table(parts: Outline, people: People, vocabulary: Vocabulary) -> Table:
    """The table of an article's text; linear in its phrases, never raises."""
    builder = _Builder(parts, people, vocabulary)
    for phrase in sorted(find_phrases(parts.text, people, vocabulary), key=lambda p: p.span):
        builder.add(phrase)
    return Table(tuple(draft.finish() for draft in builder.drafts))


class _Builder:
    def __init__(self, parts: Outline, people: People, vocabulary: Vocabulary) -> None:
        self.parts, self.people, self.vocabulary = parts, people, vocabulary
        self.drafts = [self._person(person) for person in people.persons]
        self.by_name: dict[str, _Draft] = {}
        self.by_head: dict[tuple[str, str], list[_Draft]] = {}

    def _person(self, person: Person) -> _Draft:
        draft = _Draft(person.name, "person", person.gender, False, "", person=person)
        for span in person.mentions:
            self._note(draft, span, "name", "name" if span.of(self.parts.text) == person.name else "surname")
        return draft

    def _note(self, draft: _Draft, span: Span, kind: OccurrenceKind, reason: str) -> None:
        text, number = self.parts.text, self.parts.sentence_of(span.start)
        start = self.parts.sentences[number].start if self.parts.sentences else 0
        place: Place = "opens" if opens_sentence(text, start, span.start) else "early" if is_subject(text, start, span) else "inside"
        draft.occurrences.append(Occurrence(span, kind, number, place, self.parts.is_quoted(span.start)))
        draft.aliases[span.of(text)] = None
        draft.evidence[reason] = None

    def add(self, phrase: Phrase) -> None:
        """Put a phrase where it belongs: somebody's title, an entity named before, or a new one."""
        span, nominal = phrase.span, phrase.nominal
        if self.people.touching(Span(span.start, span.end + NEXT_NAME)):
            return  # « la maire Anne Vidal »: a role of hers
        if nominal.type == "person" and not nominal.plural:
            self._describe(span, nominal)
        elif nominal.type in ("organization", "group", "document"):
            self._collect(span, nominal)

    def _describe(self, span: Span, nominal: Nominal) -> None:
        role = read_role(span.of(self.parts.text), self.vocabulary)
        if role is None:
            return
        holder = self._holder(role) if nominal.definite else None
        if holder is not None:
            self._note(holder, span, "title", "same office")
            return
        known = self._described(role, nominal)
        self._note(known or self._open(nominal, role), span, "description", "same phrase")

    def _holder(self, role: RolePhrase) -> _Draft | None:
        """The only person the article gives this office."""
        fitting = [d for d in self.drafts if d.person is not None and agrees(d.gender, role.gender)]
        fits = [d for d in fitting if d.person is not None and has_office(role, d.person.roles)]
        return fits[0] if len(fits) == 1 else None

    def _described(self, role: RolePhrase, nominal: Nominal) -> _Draft | None:
        """The last entity without a name that the same noun described, unless their specifics differ or this one is new (« un voisin »)."""
        if not nominal.definite:
            return None
        alike = (d for d in reversed(self.by_head.get(("person", role.key), [])) if d.role is not None and agrees(d.gender, role.gender))
        return next((d for d in alike if d.role and (role.specifics <= d.role.specifics or d.role.specifics <= role.specifics)), None)

    def _open(self, nominal: Nominal, role: RolePhrase | None = None) -> _Draft:
        gender = role.gender if role else nominal.gender
        draft = _Draft(nominal.name, nominal.type, gender, nominal.plural, nominal.head, role)
        self.drafts.append(draft)
        self.by_name.setdefault(plain(nominal.name), draft)
        self.by_head.setdefault((nominal.type, role.key if role else nominal.head), []).append(draft)
        return draft

    def _bare(self, nominal: Nominal) -> _Draft | None:
        """The entity of the bare noun that this phrase says more about, which gets its name: « les pêcheurs », « les pêcheurs de Brec »."""
        words = folded_words(nominal.name)
        alike = reversed(self.by_head.get((nominal.type, nominal.head), []))
        bare = next((d for d in alike if d.plural == nominal.plural and len(folded_words(d.name)) == 1), None)
        if bare is None or len(words) < 2 or bare.name[:1].isupper():
            return None
        bare.name = nominal.name
        self.by_name.setdefault(plain(nominal.name), bare)
        return bare

    def _collect(self, span: Span, nominal: Nominal) -> None:
        name = plain(nominal.name)
        known = self.by_name.get(name)
        if known is None and nominal.definite:
            alike = reversed(self.by_head.get((nominal.type, nominal.head), []))
            words = set(folded_words(nominal.name))
            known = next((d for d in alike if words <= set(folded_words(d.name)) and d.plural == nominal.plural), None)
        if known is None and nominal.type == "organization" and is_medium(nominal.name):
            known = next((d for d in self.drafts if d.type == "organization" and is_medium(d.name) and plain(d.name) == name), None)
        draft = known or self._bare(nominal) or self._open(nominal)
        self._note(draft, span, "name" if nominal.name[:1].isupper() else "description", "same phrase")
