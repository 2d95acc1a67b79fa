"""Phrases that name somebody without a person's name: « le maire de Brec », « la préfecture », « des riverains », « Orvane »."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator

import regex

from quotes.model import Span
from quotes.text.grammar import alternatives, word_class
from quotes.text.nominals import Nominal, read_nominal
from quotes.text.vocabulary import Vocabulary, load_vocabulary, plain
from quotes.who.fuller import phrase_from
from quotes.who.names import NAME, SENTENCE_START
from quotes.who.people import People

__all__ = ["Phrase", "find_phrases"]

DETERMINER = "|".join((alternatives("determiner", r"\s"), alternatives("people-quantifier", r"\s")))
# « les quatre jeunes femmes »: so many words may stand between determiner and noun.
NOUN = regex.compile(rf"(?i)(?<![\p{{L}}'’-])(?:{DETERMINER})\s?+(?:[\p{{L}}\p{{N}}]++\s){{0,2}}?(?P<noun>\p{{L}}[\p{{L}}-]++)")
LOCATED = regex.compile(rf"(?i)\b(?:{'|'.join(sorted(word_class('locating-preposition')))})\s(?:l['’]|la\s|les?\s)?$")
ELIDED = regex.compile(rf"^(?i:{alternatives('elided-article')})")
ARTICLE = alternatives("subject-article", r"\s")
ARTICLE_BEFORE = regex.compile(rf"(?i)(?<![\p{{L}}'’-])(?:{ARTICLE})$")
REACH = 8
BARE_OF = regex.compile(r"(?<!\p{L})(?P<noun>\p{Ll}{3,})\s(?:de\s|d['’])$")
QUANTITIES = word_class("quantity")
LONGEST_NOUN = 30


@dataclasses.dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the text and how it reads; `span` has its determiner."""

    span: Span
    nominal: Nominal


def find_phrases(text: str, people: People, vocabulary: Vocabulary) -> Iterator[Phrase]:
    """Phrases in text order of their heads, those without determiner last; none that touches a person's name."""
    end = 0
    for match in NOUN.finditer(text, overlapped=True):
        noun = Span(*match.span("noun"))
        if noun.start < end or not _can_speak(plain(match["noun"])) or _specifies(text, noun.start):
            continue
        end = noun.end
        whole = phrase_from(text, match["noun"], noun.end)
        span = Span(match.start(), noun.start + len(whole or match["noun"]))
        yield Phrase(span, read_nominal(span.of(text), vocabulary))
    yield from _proper(text, people, vocabulary)


def _specifies(text: str, noun: int) -> bool:
    """« mot d'ordre », « chef d'entreprise »: a noun behind *de* without article tells what kind of thing another is."""
    before = BARE_OF.search(text, max(0, noun - LONGEST_NOUN), noun)
    return before is not None and plain(before["noun"]) not in QUANTITIES


def _can_speak(form: str) -> bool:
    speaking = _speaking()
    return form in speaking or form.removesuffix("s") in speaking or form.removesuffix("x") in speaking


@functools.cache
def _speaking() -> frozenset[str]:
    vocabulary = load_vocabulary()
    return frozenset((*vocabulary.roles, *vocabulary.organizations, *vocabulary.groups, *vocabulary.documents))


def _only_opens(text: str, start: int, name: str) -> bool:
    """Whether a single word has its capital from the sentence it opens: « Globalement »."""
    if " " in name or not name[1:].islower() or not SENTENCE_START.search(text, max(0, start - 12), start):
        return False
    return not regex.search(rf"\p{{L}},?\s(?:\p{{Ll}}{{1,2}}['’])?{regex.escape(name)}(?!\p{{L}})", text)


def _proper(text: str, people: People, vocabulary: Vocabulary) -> Iterator[Phrase]:
    """Proper names of organisations, media and states; none behind a preposition of place."""
    for match in NAME.finditer(text):
        span = Span(*match.span("name"))
        elided = ELIDED.match(span.of(text))
        start = span.start + (elided.end() if elided else 0)
        name = text[start : span.end]
        if people.touching(span) or not name or plain(name) in vocabulary.openers or _only_opens(text, start, name):
            continue
        article = ARTICLE_BEFORE.search(text, max(0, start - REACH), start)
        whole = Span(article.start() if article else start, span.end)
        if not LOCATED.search(text, max(0, whole.start - REACH), whole.start):
            nominal = read_nominal(whole.of(text), vocabulary)
            if nominal.type == "organization":
                yield Phrase(whole, nominal)
