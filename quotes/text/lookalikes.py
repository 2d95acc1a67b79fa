"""Characters that only look like others, and characters that nobody sees: the table of equivalents."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import regex

from quotes.text.grammar import word_class
from quotes.text.view import Edit

__all__ = ["even_characters", "odd_characters", "single_marks"]

# One character for another, wherever it stands: blanks, hyphens, apostrophes.
_TABLE = str.maketrans({
    **dict.fromkeys("\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
    **dict.fromkeys("\u2010\u2011\ufe63\uff0d", "-"),
    **dict.fromkeys("\u02bc\uff07", "'"),
    "\uff02": '"',
})  # fmt: skip
# Left out; a soft hyphen with the line end that it stands at.
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00"
_ELIDED = "|".join(sorted(word.removesuffix("'") for word in word_class("elided-word")))
_ODD = regex.compile(
    rf"(?P<soft>\u00ad[ ]*+(?:\r\n|[\n\r])\s*+(?=\p{{Ll}}))|(?P<unseen>[{_INVISIBLE}]++|(?<=\p{{L}})[\u200c\u200d]++(?=\p{{L}}))"
    r"|(?P<composed>\p{L}\p{Mn}++)|(?P<ligature>[\ufb00-\ufb06])|(?P<blanks>[ ]{2,}+)"
    r"|(?<=\p{L})(?P<apostrophe>[´`′‘ʹˈ])(?=\p{L})"
    rf"|(?<=(?<![\p{{L}}\p{{N}}'’])(?i:{_ELIDED}))(?P<apart>['’´`′‘ʹˈ][ ]++)(?=\p{{L}})"
)
# 'La mairie ment': what is between is no single word of a few letters ('n'), and an apostrophe inside stands before a letter.
_SINGLE = regex.compile(r"(?<![\p{L}\p{N}'’])'(?=\p{L}[^'\n]{3})[^'\n]++(?:'(?=\p{L})[^'\n]++)*+'(?![\p{L}\p{N}'])")
_GUARD = regex.compile(rf"[{_INVISIBLE}\u200c\u200d\p{{Mn}}\ufb00-\ufb06´`′‘ʹˈ]|  |['’] ")


def even_characters(text: str) -> str:
    """The text with its look-alikes evened out; same length, code point for code point."""
    return text.translate(_TABLE)


def single_marks(text: str) -> Iterator[Edit]:
    """The edits that write ‘…’ for straight single marks that stand in no others, in order; an apostrophe is none."""
    if "'" not in text:
        return
    for match in _SINGLE.finditer(text):
        if not _inside_marks(text, match.start()):
            yield match.start(), match.start() + 1, "‘"
            yield match.end() - 1, match.end(), "’"


def _inside_marks(text: str, at: int) -> bool:
    """Whether other marks are open where a line has come to; what stands in single ones there is a word that somebody mentions."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return line.count('"') % 2 == 1 or line.count("«") > line.count("»") or line.count("“") > line.count("”")


def odd_characters(text: str) -> Iterator[Edit]:
    """The edits for what cannot be evened out in place, in order: letters in parts, ligatures, what nobody sees, several blanks,
    accents for apostrophes, blanks behind an elision."""
    if _GUARD.search(text) is None:
        return
    apostrophe = "’" if "’" in text else "'"
    for match in _ODD.finditer(text):
        old = match.group()
        new = _new(match.lastgroup or "", old, apostrophe)
        if new != old:
            yield match.start(), match.end(), new


def _new(kind: str, old: str, apostrophe: str) -> str:
    """What stands for a stretch of odd characters."""
    if kind == "composed":
        return unicodedata.normalize("NFC", old)
    if kind == "ligature":
        return unicodedata.normalize("NFKC", old)
    if kind == "apart":
        return old[0] if old[0] in "'’" else apostrophe
    return {"blanks": " ", "apostrophe": apostrophe}.get(kind, "")
