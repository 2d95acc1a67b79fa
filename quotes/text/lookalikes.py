"""Characters that only look like others, and characters that nobody sees: the table of equivalents."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import regex

from quotes.text.grammar import alternatives
from quotes.text.view import Edit

__all__ = ["even_characters", "odd_characters"]

# One character for another, wherever it stands: blanks, hyphens, apostrophes.
_TABLE = str.maketrans({
    **dict.fromkeys("\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
    **dict.fromkeys("\u2010\u2011\ufe63\uff0d", "-"),
    **dict.fromkeys("\u02bc\uff07", "'"),
    "\uff02": '"',
})  # fmt: skip
# Left out; a soft hyphen with the line end that it stands at.
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00"
_ELIDED = alternatives("elided-word")
_ODD = regex.compile(
    rf"(?P<soft>\u00ad[ ]*+(?:\r\n|[\n\r])\s*+(?=\p{{Ll}}))|(?P<unseen>[{_INVISIBLE}]++|(?<=\p{{L}})[\u200c\u200d]++(?=\p{{L}}))"
    r"|(?P<composed>\p{L}\p{Mn}++)|(?P<ligature>[\ufb00-\ufb06])|(?P<blanks>[ ]{2,}+)"
    r"|(?<=\p{L})(?P<apostrophe>[´`′‘ʹˈ])[ ]?+(?=\p{L})"
    rf"|(?i:(?<![\p{{L}}\p{{N}}'’])(?:{_ELIDED}))(?<=['’])(?P<apart>[ ]++)(?=\p{{L}})"
)
_GUARD = regex.compile(rf"[{_INVISIBLE}\u200c\u200d\p{{Mn}}\ufb00-\ufb06´`′‘ʹˈ]|  |['’] ")


def even_characters(text: str) -> str:
    """The text with its look-alikes evened out; same length, code point for code point."""
    return text.translate(_TABLE)


def odd_characters(text: str) -> Iterator[Edit]:
    """The edits for what cannot be evened out in place, in order: letters in parts, ligatures, what nobody sees, several blanks,
    accents for apostrophes, blanks behind an elision."""
    if _GUARD.search(text) is None:
        return
    apostrophe = "’" if "’" in text else "'"
    for match in _ODD.finditer(text):
        kind = match.lastgroup or ""
        start, end = match.span(kind)
        new = _new(kind, match.group(kind), apostrophe)
        if kind == "apostrophe":
            end = match.end()
        if new != match.group(kind) or kind == "apostrophe":
            yield start, end, new


def _new(kind: str, old: str, apostrophe: str) -> str:
    """What stands for a stretch of odd characters."""
    if kind == "composed":
        return unicodedata.normalize("NFC", old)
    if kind == "ligature":
        return unicodedata.normalize("NFKC", old)
    return {"blanks": " ", "apostrophe": apostrophe}.get(kind, "")
