"""Dates as archives write them, to ISO 8601."""

from __future__ import annotations

import datetime
import unicodedata

import regex

__all__ = ["iso_date"]

_MONTHS = ("janv", "fevr", "mars", "avr", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "dec")
_NUMBERS = regex.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_WORDS = regex.compile(r"(?:\p{L}++\.?,?\s+)?+(\d{1,2})(?:er)?\s+(\p{L}{3,9})\.?\s+(\d{4})")


def iso_date(found: str) -> str:
    """« 3 mars 2024 », « 03/03/2024 » and ISO dates as ISO 8601; anything else as it was found, without edge spaces."""
    found = found.strip()
    match = _NUMBERS.fullmatch(found)
    if match:
        return _iso(int(match[3]), int(match[2]), int(match[1])) or found
    match = _WORDS.fullmatch(found)
    if match:
        return _iso(int(match[3]), _month(match[2]), int(match[1])) or found
    return found


def _month(name: str) -> int:
    """1 to 12, or 0 for a word that is no French month."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return next((number for number, start in enumerate(_MONTHS, 1) if plain.startswith(start)), 0)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
