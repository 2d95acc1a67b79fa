"""Characters that only look like others, and characters that nobody sees: the table of equivalents."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator

import regex

from quotes.text.grammar import word_class
from quotes.text.view import Edit

__all__ = ["composed_letters", "even_characters", "odd_blanks", "odd_characters", "single_marks"]

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
_COMPOSED = regex.compile(r"\p{L}\p{Mn}++")
_SIGNS = "´`′‘ʹˈ"
_ODD = regex.compile(
    rf"(?P<soft>\u00ad[ ]*+(?:\r\n|[\n\r])\s*+(?=\p{{Ll}}))|(?P<unseen>[{_INVISIBLE}]++|[\u200c\u200d](?<=\p{{L}}.)(?=\p{{L}}))"
    rf"|(?P<ligature>[\ufb00-\ufb06])|(?P<apostrophe>[{_SIGNS}](?<=\p{{L}}.)(?=\p{{L}}))"
)
_GUARD = regex.compile(rf"[{_INVISIBLE}\u200c\u200d\ufb00-\ufb06{_SIGNS}]")
_BLANKS = regex.compile(r"[ ]{2,}+")
_APART = regex.compile(rf"['’{_SIGNS}][ ]++(?=\p{{L}})(?<=(?<![\p{{L}}\p{{N}}'’])(?i:{_ELIDED})['’{_SIGNS}][ ]+)")
# 'La mairie ment': what is between is no single word of a few letters ('n'), and an apostrophe inside stands before a letter.
_SINGLE = regex.compile(r"(?<![\p{L}\p{N}'’])'(?=\p{L}[^'\n]{3})[^'\n]{1,300}+(?:'(?=\p{L})[^'\n]{1,300}+){0,20}+'(?![\p{L}\p{N}'])")


def even_characters(text: str) -> str:
    """The text with its look-alikes evened out; same length, code point for code point."""
    return text.translate(_TABLE)


def single_marks(text: str) -> Iterator[Edit]:
    """The edits that write ‘…’ for straight single marks that stand in no others, in order; an apostrophe is none."""
    if "'" not in text:
        return
    counts, position = Counter[str](), 0
    for match in _SINGLE.finditer(text):
        # What is open where the line has come to: words in single marks there are only mentioned.
        *before, line = text[position : match.start()].split("\n")
        counts = Counter(line) if before else counts + Counter(line)
        position = match.start()
        if not (counts['"'] % 2 or counts["«"] > counts["»"] or counts["“"] > counts["”"]):
            yield match.start(), match.start() + 1, "‘"
            yield match.end() - 1, match.end(), "’"


def composed_letters(text: str) -> Iterator[Edit]:
    """The edits that write one letter for a letter and its accents, in order."""
    if unicodedata.is_normalized("NFC", text):
        return
    for match in _COMPOSED.finditer(text):
        if (new := unicodedata.normalize("NFC", match.group())) != match.group():
            yield match.start(), match.end(), new


def odd_characters(text: str) -> Iterator[Edit]:
    """The edits for what cannot be evened out in place, in order: ligatures, what nobody sees, accents for apostrophes."""
    if _GUARD.search(text) is None:
        return
    new = {"apostrophe": _apostrophe(text)}
    for match in _ODD.finditer(text):
        kind = match.lastgroup or ""
        yield match.start(), match.end(), unicodedata.normalize("NFKC", match.group()) if kind == "ligature" else new.get(kind, "")


def odd_blanks(text: str) -> Iterator[Edit]:
    """The edits for several blanks, and for those behind an elision, in order."""
    edits = [(match.start(), match.end(), " ") for match in _BLANKS.finditer(text)] if "  " in text else []
    apostrophe = _apostrophe(text)
    for match in _APART.finditer(text):
        edits.append((match.start(), match.end(), match.group()[0] if match.group()[0] in "'’" else apostrophe))
    ends = {edit[1] for edit in edits if edit[2] != " "}
    return iter(sorted(edit for edit in edits if edit[2] != " " or edit[1] not in ends))


def _apostrophe(text: str) -> str:
    """The apostrophe that a text writes."""
    return "’" if "’" in text else "'"
