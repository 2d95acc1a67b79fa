"""Where the subject of a sentence stands, by its words alone: names, titles and pronouns that open it."""

from __future__ import annotations

import regex

from quotes.model import Span
from quotes.text.grammar import alternatives, word_class
from quotes.text.lexicon import load_table
from quotes.text.vocabulary import plain

__all__ = ["is_subject", "opening_pronoun", "opens_sentence"]

# « Quant au préfet, il attend »: what the sentence is about.
TOPIC = rf"(?i:\b{alternatives('topic-opener')})\s"
FEMININE_PRONOUNS = frozenset(row[0] for row in load_table("pronouns.tsv") if row[1:3] == ("f", "s"))
SINGULAR = "|".join(sorted(word_class("subject-pronoun")))
# « Ensuite, », « Ce lundi, »: what may stand before the subject that opens a sentence.
ADVERBIAL = regex.compile(rf"\s*+(?:[^,.;:!?«»\n]{{3,25}}+,\s){{0,2}}+(?:(?i:{alternatives('cleft-opener')})\s)?+")
OPENING_TOPIC = regex.compile(rf"\s*+{TOPIC}(?:{alternatives('to')}\s)?+")
OPENING_PRONOUN = regex.compile(rf"{ADVERBIAL.pattern}(?P<pronoun>{SINGULAR})\s", regex.IGNORECASE)
BEHIND = regex.compile(rf"(?:(?<!{TOPIC})\b(?:{'|'.join(sorted(word_class('preposition')))})\s+|\bd['’])$", regex.IGNORECASE)
# « …, Léa Roux, a quitté la salle », « … Léa Roux, maire de Brec depuis mai, a quitté la salle »: a name before the auxiliary of one
# person is its subject.
BEFORE_AUXILIARY = regex.compile(
    rf"(?:\s?,(?:[^,.;:!?«»\n]{{3,120}}+,)?+)?\s(?:(?:{alternatives('clitic')})\s?)*+(?!\p{{L}}*nt\b)(?:{alternatives('auxiliary')})(?!\p{{L}})"
)
# A name opens its sentence when it stands in so many code points.
OPENING = 60


def is_subject(text: str, start: int, mention: Span) -> bool:
    """Whether a name stands where the subject of the sentence from `start` stands: early or before the verb, behind no preposition."""
    before = text[start : mention.start]
    return not BEHIND.search(before) and (len(before) < OPENING or BEFORE_AUXILIARY.match(text, mention.end) is not None)


def opens_sentence(text: str, start: int, position: int) -> bool:
    """Whether nothing but an adverbial (« Ce lundi, ») or « Quant à » stands before a position."""
    return bool(ADVERBIAL.fullmatch(text, start, position) or OPENING_TOPIC.fullmatch(text, start, position))


def opening_pronoun(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Where the pronoun for one person stands that opens a sentence, and its gender (`m`, `f`)."""
    match = OPENING_PRONOUN.match(text, start, end)
    if match is None or match.end() == end:
        return None
    return match.start("pronoun"), "f" if plain(match["pronoun"]) in FEMININE_PRONOUNS else "m"
