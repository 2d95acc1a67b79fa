"""Whether words can be a source: things are none, vague rules need a source of a known kind, opinions somebody who holds them."""

from __future__ import annotations

from collections.abc import Callable

from quotes.attribution.catalogue import demand_of
from quotes.model import Span
from quotes.text.grammar import word_class
from quotes.text.nominals import read_nominal
from quotes.text.vocabulary import load_vocabulary, plain
from quotes.who.documents import AUTHORED
from quotes.who.entities import Entity
from quotes.who.links import is_pronoun
from quotes.who.people import People

__all__ = ["Plausible"]

FIRM_PRONOUNS = word_class("first-person") | word_class("indefinite-pronoun")
# Nouns of actions and qualities that no list knows as speakers.
ABSTRACT = tuple(word_class("abstract-ending"))


class Plausible:
    """Judges the mentions of one article; `referent` tells whom one means."""

    def __init__(self, text: str, people: People, referent: Callable[[Span], Entity | None]) -> None:
        self.text, self.people, self.referent = text, people, referent
        self.vocabulary = load_vocabulary()

    def is_inanimate(self, mention: Span) -> bool:
        """Whether a mention is a thing, an action or a quality."""
        nominal = read_nominal(mention.of(self.text), self.vocabulary)
        head = plain(nominal.head)
        thing = {head, head.removesuffix("s"), head.removesuffix("x")} & self.vocabulary.inanimate
        if thing and not (nominal.known or nominal.proper or head in AUTHORED):
            return True
        speaks = nominal.type in ("person", "group", "organization", "document") or head in AUTHORED
        return not speaks and nominal.definite and head.endswith(ABSTRACT)

    def can_speak(self, mention: Span, rule: str) -> bool:
        """Whether a mention can be the source that a rule found: as much as the rule demands of its sources."""
        demand = demand_of(rule)
        if demand == "nothing":
            return True
        if self.is_inanimate(mention):
            return False
        if demand == "animate":
            return True
        nominal = read_nominal(mention.of(self.text), self.vocabulary)
        if demand == "name":
            return bool(self.people.touching(mention)) or nominal.known
        if nominal.known or plain(nominal.head) in AUTHORED:
            return True
        referent = self.referent(mention)
        return referent is None or referent.type != "unknown" or plain(mention.of(self.text)) in FIRM_PRONOUNS

    def holds_opinions(self, mention: Span, referent: Entity | None) -> bool:
        """Whether « pour X, … » can give X's opinion: a person or an organisation, not « pour les tigres » or « pour ses 90 ans »."""
        if referent is None or referent.type in ("unknown", "document"):
            return False
        words = mention.of(self.text)
        known = read_nominal(words, self.vocabulary).known or is_pronoun(words)
        return known or bool(self.people.touching(mention)) or not words[0].islower()
