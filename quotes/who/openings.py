"""Where the subject of a sentence stands, by its words alone: names, titles and pronouns that open it."""

from __future__ import annotations

import regex

from quotes.model import Span
from quotes.text.grammar import alternatives, word_class
from quotes.text.lexicon import load_table
from quotes.text.vocabulary import plain

__all__ = ["is_subject", "opening_name", "opening_noun", "opening_pronoun", "opens_sentence"]

OF = alternatives("complement-link", r"\s")
# An article as it stands inside a sentence or opens one, never all in capitals.
ARTICLE = "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in alternatives("subject-article", r"\s").split("|"))
# « Quant au préfet, il attend »: what the sentence is about.
TOPIC = rf"(?i:\b{alternatives('topic-opener')})\s"
TO = alternatives("contracted-to", r"\s")
UN = alternatives("indefinite-article")
SUBJECT_NOUN = regex.compile(
    rf"(?<![^\s.,])(?P<phrase>(?:{ARTICLE}|(?<={TOPIC})(?:{TO}))\s?+(?P<noun>\p{{L}}[\p{{L}}-]+)"
    rf"(?:\s\p{{Lu}}[\p{{L}}’'-]+)*(?:\s(?:{OF})(?!(?:{alternatives('own-determiner')})\b)(?:(?:{UN})\s)?+\p{{L}}[\p{{L}}-]+)?)"
)
FEMININE_PRONOUNS = frozenset(row[0] for row in load_table("pronouns.tsv") if row[1:3] == ("f", "s"))
SINGULAR = "|".join(sorted(word_class("subject-pronoun")))
# « Ensuite, », « Ce lundi, »: what may stand before the subject that opens a sentence.
ADVERBIAL = regex.compile(rf"\s*+(?:[^,.;:!?«»\n]{{3,25}}+,\s){{0,2}}+(?:(?i:{alternatives('cleft-opener')})\s)?+")
OPENING_TOPIC = regex.compile(rf"\s*+{TOPIC}(?:{alternatives('to')}\s)?+")
BARE_NAME = regex.compile(r"\s*+(?P<name>\p{Lu}[\p{L}-]++(?:\s\p{Lu}[\p{L}-]++){0,3}+)(?=\s\p{Ll}|\s?,\s)")
OPENING_PRONOUN = regex.compile(rf"{ADVERBIAL.pattern}(?P<pronoun>{SINGULAR})\s", regex.IGNORECASE)
BEHIND = regex.compile(rf"(?:(?<!{TOPIC})\b(?:{'|'.join(sorted(word_class('preposition')))})\s+|\bd['’])$", regex.IGNORECASE)
# « …, Léa Roux, a quitté la salle »: a name right before the auxiliary of one person is its subject.
BEFORE_AUXILIARY = regex.compile(
    rf"(?:\s?,)?\s(?:(?:{alternatives('clitic')})\s?)*+(?!\p{{L}}*nt\b)(?:{alternatives('auxiliary')})(?!\p{{L}})"
)
# A name opens its sentence when it stands in so many code points.
OPENING = 60
# An organisation or title that opens a sentence as its subject stands in so many code points.
SUBJECT = 90


def is_subject(text: str, start: int, mention: Span) -> bool:
    """Whether a name stands where the subject of the sentence from `start` stands: early or before the verb, behind no preposition."""
    before = text[start : mention.start]
    return not BEHIND.search(before) and (len(before) < OPENING or BEFORE_AUXILIARY.match(text, mention.end) is not None)


def opening_noun(folded: str, start: int, end: int) -> regex.Match[str] | None:
    """The noun phrase (`phrase`, its `noun`) that opens the sentence `start:end` of a folded text as its subject."""
    limit = min(end, start + SUBJECT)
    match = SUBJECT_NOUN.search(folded, start, limit)
    if match is None or match.end() == limit < end or BEHIND.search(folded, start, match.start()):
        return None
    return match


def opens_sentence(text: str, start: int, position: int) -> bool:
    """Whether nothing but an adverbial (« Ce lundi, ») or « Quant à » stands before a position."""
    return bool(ADVERBIAL.fullmatch(text, start, position) or OPENING_TOPIC.fullmatch(text, start, position))


def opening_name(text: str, start: int, end: int) -> Span | None:
    """The capitalised words that open a sentence without article: « Orvane, de son côté, conteste l'amende »."""
    match = BARE_NAME.match(text, start, end)
    return Span(*match.span("name")) if match else None


def opening_pronoun(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Where the pronoun for one person stands that opens a sentence, and its gender (`m`, `f`)."""
    match = OPENING_PRONOUN.match(text, start, end)
    if match is None or match.end() == end:
        return None
    return match.start("pronoun"), "f" if plain(match["pronoun"]) in FEMININE_PRONOUNS else "m"
