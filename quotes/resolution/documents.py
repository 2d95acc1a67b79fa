"""Whose words a document holds: « un communiqué du zoo » and, later, « le communiqué »."""

from __future__ import annotations

import regex

from quotes.model import Span
from quotes.text.grammar import word_class

__all__ = ["AUTHORED", "author_of", "introduced_at"]

# Documents that somebody sends or says, as a report or a poll speaks for itself.
AUTHORED = word_class("authored-document")
AUTHOR = regex.compile(r"\s(?:de\s(?=la\b|l['’])|du\s|des\s|de\s|d['’])(?P<author>\S)")
# How far back, in code points, a document may have been brought in.
REACH = 6000
# The words that name an author end at a mark or a verb.
NAME = regex.compile(r"[^,.;:!?«»()\n]{2,60}+")


def author_of(text: str, span: Span, head: str) -> Span | None:
    """Who a phrase such as « un communiqué du zoo » says is the author; `head` is its noun. From the author's first letter to the end."""
    found = AUTHOR.search(text, span.start, span.end) if head in AUTHORED else None
    return Span(found.start("author"), span.end) if found is not None else None


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
