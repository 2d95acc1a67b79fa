"""Organisations and groups that a mention calls by a bare noun, by what the article calls them more fully elsewhere."""

from __future__ import annotations

import functools
from collections import Counter

import regex

from quotes.model import Span
from quotes.text.grammar import alternatives, word_class
from quotes.text.nominals import Nominal, read_nominal
from quotes.text.vocabulary import Vocabulary, is_medium, people_gender, plain
from quotes.who.entities import Entity
from quotes.who.fuller import compound_phrase, fuller_phrase
from quotes.who.names import NAME, folded_words
from quotes.who.people import People
from quotes.who.titles import full_title, fuller_name

__all__ = ["Collectives"]

LOCATED = regex.compile(rf"\b(?:{'|'.join(sorted(word_class('locating-preposition')))})\s$", regex.IGNORECASE)
ELIDED = regex.compile(rf"^(?i:{alternatives('elided-article')})")
OFFICIAL = word_class("official-organization")
COMPANIES = word_class("company-noun")


class Collectives:
    """What one article calls its organisations and groups; all positions are code points."""

    def __init__(self, text: str, vocabulary: Vocabulary, people: People) -> None:
        self.text, self.vocabulary, self.people = text, vocabulary, people

    @functools.cached_property
    def topic(self) -> Nominal | None:
        """The name that the article tells of most, when it can be a company's."""
        name = _topic_name(self.text, self.people, self.vocabulary)
        topic = read_nominal(name, self.vocabulary) if name else None
        return None if topic is None or topic.head in OFFICIAL or is_medium(topic.name) else topic

    def fullest(self, nominal: Nominal, position: int) -> Entity:
        """A noun phrase that stands for itself, by the fullest phrase that the article has for it."""
        return (
            self.by_title(nominal)
            or self.company(nominal)
            or self.organization(nominal, position)
            or self.group(nominal, position)
            or self.named(nominal)
        )

    def named(self, nominal: Nominal) -> Entity:
        """A noun phrase as an entity, by its fuller name when the article has one."""
        name = self._own(fuller_name(self.text, nominal))
        return Entity(name, nominal.type, nominal.gender, nominal.plural, nominal.head)

    def _own(self, name: str) -> str:
        """A body's name without the person's that follows it: « PS » for « PS Léa Roux »."""
        person = next((p for p in self.people.persons if name.endswith(f" {p.name}")), None)
        return name.removesuffix(f" {person.name}") if person is not None else name

    def by_title(self, nominal: Nominal) -> Entity | None:
        """« la Fédération » for « Fédération des taxis »."""
        return self._called(nominal, full_title(self.text, nominal.head))

    def organization(self, nominal: Nominal, position: int) -> Entity | None:
        """A bare organisation noun by a phrase with a name in it, else by what the article is about, else by the longest phrase."""
        phrase = fuller_phrase(self.text, nominal.head, position)
        phrase = self._own(phrase) if phrase is not None and nominal.type == "organization" else phrase
        whole = self._called(nominal, phrase)
        return whole if phrase is not None and not phrase[1:].islower() else self.company(nominal) or whole

    def group(self, nominal: Nominal, position: int) -> Entity | None:
        """« les pêcheurs » for « les pêcheurs de Brec », « les membres » for « les 27 pays membres », named before."""
        bare = nominal.type == "group" and nominal.definite and nominal.plural and len(folded_words(nominal.name)) == 1
        if not bare:
            return None
        name = compound_phrase(self.text, nominal.head, position, self.vocabulary) or fuller_phrase(self.text, nominal.head, position)
        return Entity(name, nominal.type, nominal.gender, nominal.plural, nominal.head) if name else None

    def company(self, nominal: Nominal) -> Entity | None:
        """« la compagnie », « le groupe suédois » for the company that the article is about."""
        words = plain(nominal.name).split()
        bare = len(words) == 1 or (len(words) == 2 and people_gender(words[1], self.vocabulary) != "")
        meant = bare and nominal.head in COMPANIES and nominal.definite
        return self.named(self.topic) if meant and self.topic is not None else None

    def _called(self, nominal: Nominal, title: str | None) -> Entity | None:
        """A bare organisation noun or document by a title that the article has for it."""
        bare = nominal.definite and not nominal.plural and len(folded_words(nominal.name)) == 1
        known = bare and (nominal.head in self.vocabulary.organizations or nominal.type == "document")
        return Entity(title, nominal.type, nominal.gender, False, nominal.head) if title and known else None


def _topic_name(text: str, people: People, vocabulary: Vocabulary) -> str | None:
    """The name that an article tells of most: neither a person's nor a place's, and named at least twice; None when no name leads."""
    names: Counter[str] = Counter()
    places: set[str] = set()
    for match in NAME.finditer(text):
        span = Span(*match.span("name"))
        name = ELIDED.sub("", span.of(text))
        form = plain(name)
        known = form in vocabulary.places or form in vocabulary.demonyms or form in vocabulary.openers or form in vocabulary.roles
        if len(name) > 2 and not known and not people.touching(span):
            names[name] += 1
        if LOCATED.search(text, max(0, span.start - 6), span.start):
            places.add(name)
    ranked = [(name, count) for name, count in names.most_common() if name not in places][:2]
    leads = bool(ranked) and ranked[0][1] > 1 and (len(ranked) == 1 or ranked[0][1] > ranked[1][1])
    return ranked[0][0] if leads else None
