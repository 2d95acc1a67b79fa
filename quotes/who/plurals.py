"""Groups of people that a plural pronoun can mean: « les pêcheurs de Brec … ils »."""

from __future__ import annotations

from collections.abc import Callable

import regex

from quotes.model import Span
from quotes.text.grammar import alternatives
from quotes.text.lexicon import fold
from quotes.text.vocabulary import Vocabulary, plain
from quotes.who.fuller import phrase_from

__all__ = ["last_people"]

OF = alternatives("complement-link", r"\s")
PLURAL_NOUN = regex.compile(rf"(?i)\b(?:{alternatives('people-quantifier')})\s(?P<noun>\p{{Ll}}[\p{{L}}-]*s)\b(?:\s(?:{OF})\p{{L}}+)?")


def last_people(text: str, span: Span, vocabulary: Vocabulary, is_quoted: Callable[[int], bool]) -> str | None:
    """The last phrase of a span for several people, outside quotation marks, whole and with its article; None when there is none."""
    found = None
    for match in PLURAL_NOUN.finditer(fold(span.of(text)), overlapped=True):
        noun = plain(match["noun"])
        if not is_quoted(span.start + match.start()) and (noun in vocabulary.groups or noun[:-1] in vocabulary.roles):
            found = match
    if found is None:
        return None
    start, noun_start, end = (span.start + place for place in (found.start(), found.start("noun"), found.end("noun")))
    whole = phrase_from(text, text[noun_start:end], end) or text[noun_start : span.start + found.end()]
    return text[start:noun_start] + whole
