"""Where a quotation ends or starts when one of its marks is missing."""

from __future__ import annotations

from functools import cache

import regex

from quotes.text.lexicon import load_lexicon, load_table

__all__ = ["REACH", "incise_start", "is_fragment", "last_sentence_end", "unclosed_end", "unopened_start"]

REACH = 2500
_SENTENCE_END = regex.compile(r"(?<!\b(?:MM?|Mme|Mlle|Me|Dr|St|Ste|\p{Lu}))(?:\.{3}|[.!?…])[!?…]*+[)\]]?+(?=\s++[\p{Lu}\p{N}«“\"‹„—–(\[])")
# Without an auxiliary these are no incise: « , mis un mur ».
_PARTICIPLES = frozenset((
    "admis", "appris", "compris", "convenu", "entendu", "mis", "permis", "prévenu", "pris", "promis", "reconnu",
    "remis", "repris", "répondu", "soutenu", "tenu", "transmis", "vu",
))  # fmt: skip
_AFTER_COLON = regex.compile(r"\s?:\s++(?=\p{Lu})")
_REPORTING_QUE = regex.compile(r"\b(?<verb>\p{Ll}{2,}+)\s(?:que?\s|qu['’])")
_FIRST = regex.compile(r"[\p{L}\p{N}\[(]")
_AFTER_INCISE = regex.compile(r"\s*+,\s?+[^,]{1,80}+,\s++")


@cache
def _incise() -> regex.Pattern[str]:
    """One pattern out of all expressions of recovery.tsv."""
    rows = {name: expression for name, expression, _ in load_table("recovery")}
    parts = {"{noun}": rows.pop("noun"), "{clitics}": rows.pop("clitics")}
    verbs = "|".join(rows.values())
    for name, expression in parts.items():
        verbs = verbs.replace(name, expression)
    return regex.compile(rf"(?:\s?,|(?<=[?!…]))\s++(?:{verbs})")


def incise_start(text: str, start: int, end: int) -> int | None:
    """Where the first reporting incise begins (`, a déclaré Claire`), its comma included, or None."""
    for found in _incise().finditer(text, start, end, overlapped=True):
        verb, bare = found.group("verb", "bare")
        if not (verb or bare) or ((verb or bare) in load_lexicon().by_form and bare not in _PARTICIPLES):
            return int(found.start())
    return None


def last_sentence_end(text: str, start: int, end: int) -> int | None:
    """The end of the last sentence that another one follows, or None."""
    last = None
    for found in _SENTENCE_END.finditer(text, start, end):
        last = found.end()
    return last


def unclosed_end(text: str, start: int, limit: int, *, before_mark: bool = False) -> int:
    """Where a quotation opened before `start` and never closed ends.

    That is at an incise, else at `limit`; before the frame that leads to the next mark when another one opens there. A fragment
    (in small letters) does not outlast its sentence.
    """
    end = min(limit, start + REACH)
    if is_fragment(text, start, end) and (stop := _SENTENCE_END.search(text, start, min(len(text), end + 1))):
        end = stop.end() - (stop.group() == ".")
    cut = incise_start(text, start, end)
    if cut is None and before_mark:
        first = _SENTENCE_END.search(text, start, min(len(text), end + 1))
        cut = first.end() if first else None
    if cut is None and end < limit:
        cut = last_sentence_end(text, start, min(len(text), end + 1))
    if cut is None and is_fragment(text, start, end) and text[end - 1] == "." and text[end - 2 : end - 1] != ".":
        cut = end - 1
    return end if cut is None else cut


def is_fragment(text: str, start: int, end: int) -> bool:
    """Whether a quotation starts in small letters: words that the journalist's own sentence needs."""
    first = _FIRST.search(text, start, end)
    return first is not None and first.group().islower()


def unopened_start(text: str, floor: int, end: int, *, after_mark: bool) -> int | None:
    """Where a quotation that closes at `end` without an opening mark starts, not before `floor`.

    None when a quotation ended at `floor` and neither a full stop nor an incise lies between: then the mark is one too many.
    """
    start = max(floor, end - REACH)
    stop = _SENTENCE_END.search(text, start, end) if after_mark else None
    sentence = stop.end() if stop else last_sentence_end(text, start, end)
    if sentence is not None:
        start = sentence
    elif after_mark:
        incise = _AFTER_INCISE.match(text, start, end)
        if incise is None or incise_start(text, start, end) != start:
            return None
        start = incise.end()
    return _after_frame(text, start, end)


def _after_frame(text: str, start: int, end: int) -> int:
    """Skips what leads to a quotation: up to a colon before a capital, or a reporting verb with *que*."""
    if colon := _AFTER_COLON.search(text, start, end):
        return int(colon.end())
    for found in _REPORTING_QUE.finditer(text, start, end):
        if found.group("verb") in load_lexicon().by_form:
            return int(found.end())
    return start
