"""Texts that were read in the wrong encoding: repaired where nothing else can be meant, else only said to be so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import regex

from quotes.text.view import Edit

__all__ = ["is_garbled", "misread_letters", "misread_utf8"]

# Encodings of one byte a character that older archives were written in.
_CODECS = ("mac_roman", "cp850")
_FRENCH = frozenset("àâçéèêëîïôùûüÿœæÀÂÇÉÈÊËÎÏÔÙÛÜŒÆ«»’‘“”–—…°€\u00a0")
_ACCENTED = regex.compile(r"[éèàêç]")
# So many odd signs between small letters prove an encoding, and of all signs that it would replace so many have to be French.
_PROOF, _SHARE = 2, 0.9
# Signs that stand in no French word: what bytes of other encodings look like, and the sign for a lost character.
_BETWEEN = regex.compile(r"(?<=\p{L}|\p{L}['’])[\x80-\x84\x86-\x9f‚ƒ„†‡ˆ‰Š‹Ž•˜™›Õ¡-¦¨-ª¬®¯±´µ¶¸º¿×÷](?=\p{Ll})|\ufffd")


@cache
def _bytes() -> Mapping[str, int]:
    """The byte that a character of Windows-1252 came from; what Windows leaves out as in Latin-1."""
    found = {chr(byte): byte for byte in range(0x80, 0x100)}
    for byte in range(0x80, 0xA0):
        char = bytes([byte]).decode("cp1252", "ignore")
        if char:
            found[char] = byte
    return found


@cache
def _sequence() -> regex.Pattern[str]:
    """What a letter of two or three bytes in UTF-8 looks like; « Ã » before a blank is the « à » whose second byte is one."""
    following = "".join(regex.escape(char) for char, byte in _bytes().items() if 0x80 <= byte < 0xC0)
    return regex.compile(rf"[\u00c2-\u00df][{following}]|[\u00e0-\u00ef][{following}]{{2}}|Ã(?=[ ]\p{{L}})")


def misread_utf8(text: str) -> Iterator[Edit]:
    """The edits for UTF-8 that was read as Windows-1252 or Latin-1, in order: « Ã© », « â€™ », « Â« »."""
    if text.isascii():
        return
    for match in _sequence().finditer(text):
        new = "à " if match.group() == "Ã" else bytes(_bytes()[char] for char in match.group()).decode("utf-8", "ignore")
        if new and (new < "\u0250" or "\u2010" <= new <= "\u2122"):
            yield match.start(), match.end(), new.strip(" ")


def misread_letters(text: str) -> str:
    """The text, code point for code point, when it was read as Windows-1252 and had been written as Mac Roman or code page 850."""
    if text.isascii() or _ACCENTED.search(text) or len(_BETWEEN.findall(text)) < _PROOF:
        return text
    return max((_reread(text, codec) for codec in _CODECS), key=_french_letters, default=text)


def _reread(text: str, codec: str) -> str:
    """The text in another encoding; as it is when that gives hardly any French."""
    table = {char: bytes([byte]).decode(codec) for char, byte in _bytes().items() if char in text}
    replaced = [table[char] for char in text if char in table]
    if not replaced or sum(char in _FRENCH for char in replaced) < _SHARE * len(replaced):
        return text
    return "".join(table.get(char, char) for char in text)


def _french_letters(text: str) -> int:
    return sum(char in _FRENCH and char.isalpha() for char in text)


def is_garbled(text: str) -> bool:
    """Whether signs stand in the middle of words that no encoding explains, or the sign for a lost character."""
    return not text.isascii() and len(_BETWEEN.findall(text)) >= _PROOF
