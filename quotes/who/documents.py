"""Whose words a document holds: « un communiqué du zoo » and, later, « le communiqué »."""

from __future__ import annotations

import regex

from quotes.model import Span
from quotes.text.grammar import alternatives, word_class
from quotes.text.nominals import Nominal
from quotes.text.vocabulary import load_vocabulary
from quotes.who.fuller import phrase_from
from quotes.who.names import folded_words

__all__ = ["AUTHORED", "GENERAL", "author_of", "introduced_at", "is_first_told", "issued_at", "text_named_before"]

# Documents that somebody sends or says, as a report or a poll speaks for itself.
AUTHORED = word_class("authored-document")
AUTHOR = regex.compile(r"\s(?:de\s(?=la\b|l['’])|du\s|des\s|de\s|d['’])(?P<author>\S)")
# « le texte », for a law, a resolution, an appeal; and the nouns for those.
GENERAL = word_class("general-text")
TEXTS = alternatives("text-noun")
TEXT = regex.compile(rf"(?i)(?<![\p{{L}}-])(?P<noun>{TEXTS})(?:\sd[eu]\s(?:{TEXTS}))?+(?![\p{{L}}-])")
# « rédigé par la mairie »
MADE_BY = regex.compile(
    rf"\s\p{{Ll}}++(?<=[éiut]e?s?)\s(?:{alternatives('agent-preposition')})\s(?P<author>(?:(?:{alternatives('determiner')})(?:\s|(?<=['’])))?+"
    r"[\p{L}-]++(?:\s\p{Lu}[\p{L}-]++)*+)"
)
THROUGH = alternatives("issuing-preposition")
# What a body sends out itself: « le communiqué », not « la loi ».
ISSUED = word_class("issued-document")
# How far back, in code points, a document may have been brought in.
REACH = 6000
# And how far a text that « le texte » takes up.
NEAR = 1500
# The words that name an author end at a mark or a verb.
NAME = regex.compile(r"[^,.;:!?«»()\n]{2,60}+")


def author_of(text: str, span: Span, head: str) -> Span | None:
    """Who « un communiqué du zoo », « les informations fournies par le zoo » say is the author; `head` is the noun, `span` the phrase.

    From the author's first letter to the end.
    """
    if head not in AUTHORED:
        return None
    found = AUTHOR.search(text, span.start, span.end)
    if found is not None:
        return Span(found.start("author"), span.end)
    made = None if head in load_vocabulary().documents else MADE_BY.match(text, span.end)
    if made is None:
        return None
    noun = made["author"].split()[-1]
    whole = phrase_from(text, noun, made.end()) or noun
    return Span(made.start("author"), made.end() - len(noun) + len(whole))


def introduced_at(text: str, head: str, position: int) -> Span | None:
    """The last place before `position` where an indefinite phrase brings in the document: « dans un communiqué (du zoo) »."""
    pattern = rf"(?i)\b(?:une?|son|sa)\s(?:\p{{Ll}}++\s)?{regex.escape(head)}\b"
    places = regex.finditer(pattern, text, pos=max(0, position - REACH), endpos=position)
    found = max(places, key=lambda match: match.start(), default=None)
    if found is None:
        return None
    author = AUTHOR.match(text, found.end())
    name = NAME.match(text, author.start("author")) if author else None
    return Span(found.start(), name.end() if name else found.end())


def _is_bare(nominal: Nominal) -> bool:
    """« le communiqué », that the text must have told of, not « un communiqué » or « le communiqué du zoo »."""
    return nominal.definite and len(folded_words(nominal.name)) <= 1


def issued_at(text: str, nominal: Nominal, position: int) -> int | None:
    """Where the last sentence before `position` says through which document it was said: « dans un communiqué »; None for other nouns."""
    general = nominal.head in GENERAL
    if not (general or nominal.head in AUTHORED) or not _is_bare(nominal):
        return None
    noun = TEXTS if general else regex.escape(nominal.head)
    pattern = rf"(?i)\b(?:{THROUGH})\s(?:une?|son|sa|leur)\s(?:\p{{Ll}}++\s)?(?:{noun})\b"
    places = regex.finditer(pattern, text, pos=max(0, position - REACH), endpos=position)
    return max((match.start() for match in places), default=None)


def is_first_told(text: str, nominal: Nominal, position: int) -> bool:
    """Whether a bare « le communiqué » at `position` is the first that a text tells of it, so that its author must be who spoke."""
    if nominal.head not in ISSUED or not _is_bare(nominal):
        return False
    return regex.search(rf"(?i)(?<!\p{{L}}){regex.escape(nominal.head)}", text[max(0, position - REACH) : position]) is None


def text_named_before(text: str, nominal: Nominal, position: int) -> Span | None:
    """The phrase before `position` (code points) that names what « le texte » means: « la résolution du conseil »; None for other nouns."""
    if nominal.head not in GENERAL or not _is_bare(nominal):
        return None
    found = max(TEXT.finditer(text, max(0, position - NEAR), position), key=lambda match: match.start(), default=None)
    if found is None:
        return None
    phrase = phrase_from(text, found["noun"], found.end("noun")) or found["noun"]
    end = found.start() + len(phrase)
    made = MADE_BY.match(text, end, position)
    return Span(found.start(), made.end() if made else end)
