"""Reporting incises inside quotation marks: « Je pars, dit-il, et je ne reviens pas. »"""

from __future__ import annotations

import functools

import regex

from quotes.model import Span
from quotes.text.grammar import alternatives, word_class
from quotes.text.lexicon import Lexicon
from quotes.text.vocabulary import load_vocabulary

__all__ = ["cut_incises"]

# A comma, dash or closing stop, then a verb with an inverted clitic, or a verb followed by a noun phrase.
START = regex.compile(
    r"(?P<gap>\s*+[,–—]\s*+|(?<=[?!…])\s++)"
    rf"(?P<incise>(?P<pre>(?:(?:{alternatives('incise-clitic')})\b['’ ]\s*+)*+)"
    rf"(?P<verb>\p{{Ll}}++)(?P<clitic>-(?:t-)?+(?:{alternatives('inverted-pronoun')})\b)?(?P<participle>\s++\p{{Ll}}++)?)",
)
ADVERBS = "|".join(sorted(word_class("incise-adverb")))
NOUN_PHRASE = regex.compile(
    rf"(?:\s++(?:\p{{Ll}}++(?<=ment)|{ADVERBS})(?![\p{{L}}-]))*+"
    rf"\s++(?:\p{{Lu}}|(?:{alternatives('incise-determiner')})(?:\s|(?<=['’])))"
)
STOP = regex.compile(r"\s*+[,–—](?=\s)|\s*+[.?!…;:]++(?=\s|$)|$")
ABBREVIATION = regex.compile(r"\b(?:M|MM|Mme|Mmes|Mlle|Me|Dr|Pr|Mgr|\p{Lu})\.?+$")
# What somebody does while speaking, up to the end of a line: « en riant », « avec malice », « d'une voix lente ».
MANNER = regex.compile(rf"\s*+(?:en\s\p{{Ll}}++(?<=ant)|(?:{alternatives('manner-opener')})\s)[^.,;?!…]*+(?:,[^.,;?!…]*+)?[.!…]*+\s*+$")
PLURAL_PERSON = regex.compile(r"(?:ons|ez)$")
QUI = word_class("subject-relative")
RESUMING = word_class("resuming")
AUXILIARIES = word_class("auxiliary")
LONGEST = 140


def cut_incises(text: str, piece: Span, lexicon: Lexicon, dialogue: bool = False) -> tuple[Span, ...]:
    """The piece without its reporting incises: one span when there is none. Only clauses that hold a reporting verb are cut.

    In a `dialogue` of dashes, an incise that closes the line goes on with what its speaker does: « …, dit-elle, en sautant à terre. »
    """
    pieces, start = [], piece.start
    for match in START.finditer(text, piece.start, piece.end):
        if match.start() < start or match.start() == piece.start:
            continue
        end = _incise_end(text, match, piece.end, lexicon)
        if end is None:
            continue
        pieces.append(_trimmed(text, Span(start, match.start())))
        start = piece.end if dialogue and MANNER.match(text, end, piece.end) else end
        if start >= piece.end:
            break
    if start < piece.end:
        pieces.append(_trimmed(text, Span(start, piece.end)))
    return tuple(p for p in pieces if p.start < p.end) or (piece,)


def _incise_end(text: str, match: regex.Match[str], limit: int, lexicon: Lexicon) -> int | None:
    verb, clitic, participle = match["verb"].lower(), match["clitic"], (match["participle"] or "").strip().lower()
    auxiliary = verb in AUXILIARIES and participle
    head = participle if auxiliary else verb
    if not clitic and PLURAL_PERSON.search(verb):
        return None  # « nous partons, nous passons le relais »
    if not _reports(lexicon, head) or (not clitic and (head.endswith("ant") or head in lexicon.verbs)):
        return None
    after = match.end("participle") if auxiliary else match.end("clitic") if clitic else match.end("verb")
    if not clitic and not NOUN_PHRASE.match(text, after):
        return None
    end = _stop(text, after, limit)
    return None if end is None or end - match.start() > LONGEST else end


def _stop(text: str, position: int, limit: int) -> int | None:
    for stop in STOP.finditer(text, position, limit):
        if stop.group().strip().startswith(".") and ABBREVIATION.search(text, position, stop.start()):
            continue
        return _past_apposition(text, stop.end(), limit) if "," in stop.group() else stop.end()
    return limit


APPOSITION = regex.compile(
    r"\s*+(?:\d++\sans|\p{Lu}[\p{L}’'-]++(?:\s\p{Lu}[\p{L}’'-]++){1,3}+|(?:le|la|l['’]|un|une|ancien(?:ne)?|ex-)?+\s*+(?P<noun>\p{Ll}[\p{L}-]++)[^,.;:?!«»]*+)"
    r"(?P<end>[,.])(?=\s)"
)


def _past_apposition(text: str, position: int, limit: int) -> int:
    """Past « maire de Vannes, » or « 81 ans, » after the name: age, title or participle between two commas."""
    while match := APPOSITION.match(text, position, limit):
        noun = (match["noun"] or "").lower()
        participle = noun.endswith(("ée", "é", "ie", "i", "ue", "u", "ées", "és"))
        circumstance = match["end"] == "." and len(match.group().split()) <= 6 and noun not in RESUMING
        if match["noun"] and noun not in load_vocabulary().roles and not participle and noun not in QUI and not circumstance:
            break
        position = match.end()
        if match["end"] == ".":
            break
    return position


@functools.lru_cache(maxsize=4096)
def _reports(lexicon: Lexicon, form: str) -> bool:
    return lexicon.form_takes(form, "incise")


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)
