"""How a source is named next to its quote or claim: by name, by title, by pronoun, or not at all."""

from __future__ import annotations

from typing import Literal

import regex

from quotes.model import Span
from quotes.text.grammar import word_class
from quotes.text.lexicon import load_table
from quotes.text.vocabulary import load_vocabulary, plain
from quotes.who.people import People, find_people

__all__ = ["MentionType", "Mentions"]

MentionType = Literal["name", "title", "pronoun", "none"]

PRONOUNS = frozenset(row[0] for row in load_table("pronouns.tsv"))
OTHER_PRONOUNS = word_class("indefinite-pronoun") | word_class("first-person") | word_class("neutral-pronoun") | word_class("relative")
DETERMINERS = word_class("determiner")
WORD = regex.compile(r"(?:[lLdD]|[qQ]u)['’]|[\p{L}\p{N}][\p{L}\p{M}\p{N}.'’-]*+")
# « l'avocat de Paul », « le maire d'Orvane »: the name only says whose.
COMPLEMENT = regex.compile(r"(?:\b(?:de|du|des|chez|à)\s|\bd['’])(?:la\s|l['’])?$", regex.IGNORECASE)


class Mentions:
    """Tells the type of the mentions of one article."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._people: People | None = None

    def type_of(self, span: Span | None) -> MentionType:
        """`title` is any noun phrase without a name of its own: a title, a role, a description (« la préfète », « les riverains »)."""
        if span is None:
            return "none"
        phrase = plain(span.of(self._text)).strip(" -,").removeprefix("t-")
        if phrase in PRONOUNS or phrase in OTHER_PRONOUNS:
            return "pronoun"
        return "name" if self._is_person(span) or _is_proper(span.of(self._text)) else "title"

    def _is_person(self, span: Span) -> bool:
        if self._people is None:
            self._people = find_people(self._text, load_vocabulary())
        places = (place for person in self._people.touching(span) for place in person.touching(span))
        return any(not COMPLEMENT.search(self._text[span.start : max(span.start, place.start)]) for place in places)


def _is_proper(phrase: str) -> bool:
    """Whether the first word behind the determiners is a capitalised name: « la CGT », « Reuters », not « Le maire »."""
    words = WORD.findall(phrase)
    while len(words) > 1 and plain(words[0]) in DETERMINERS:
        words = words[1:]
    return bool(words) and words[0][:1].isupper() and plain(words[0]) not in load_vocabulary().roles
