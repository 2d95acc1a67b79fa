"""Names that no list, title or civility proves a speaker's, but what stands around them does."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from quotes.model import Span
from quotes.text.nominals import Nominal
from quotes.text.outline import Outline
from quotes.text.vocabulary import load_vocabulary, plain
from quotes.who.entities import Entity
from quotes.who.people import People, Person
from quotes.who.queries import Query

__all__ = ["alone_before", "namesake_of"]

# « la tante de » before a name: somebody else than who is named.
OWNED = regex.compile(r"(?P<noun>\p{L}++)\s(?:de\s|d['’]|du\s)$")


def namesake_of(nominal: Nominal, entities: Iterable[Entity]) -> Entity | None:
    """The person of a bare name that nothing proves one but that it speaks: « Vaimiti Roux », and from then on « Roux ».

    `entities` are those of the article; None when the name may be anything.
    """
    if not nominal.proper or nominal.plural:
        return None
    full = (e for e in entities if e.type in ("person", "unknown") or e.name.istitle())
    known = [e for e in full if e.named and " " in e.name and nominal.name in (e.name, e.name.rpartition(" ")[2])]
    if len(known) == 1:
        return known[0]
    return Entity(nominal.name, "person", head=nominal.head) if nominal.type == "person" and " " in nominal.name else None


def alone_before(parts: Outline, people: People, query: Query) -> Person | None:
    """The only person whom the sentence of a question names before its colon: « Même avis du côté de Léa Roux : « … » »."""
    start = parts.sentences[query.sentence].start if parts.sentences else query.start
    before = Span(start, query.start)
    named = [p for p in people.within(before) if not parts.is_quoted(next(p.touching(before)).start)]
    return named[0] if len(named) == 1 and not _tells_of_another(parts.text, before, named[0]) else None


def _tells_of_another(text: str, span: Span, person: Person) -> bool:
    """Whether somebody is only named to say who somebody else is: « la tante de Paul Roux »."""
    owned = OWNED.search(text, span.start, next(person.touching(span)).start)
    return owned is not None and plain(owned["noun"]) in load_vocabulary().roles
