"""Dates as archives write them, French and English, to ISO 8601."""

from __future__ import annotations

import datetime
import functools
import unicodedata

import regex

from quotes.text.lexicon import load_table

__all__ = ["iso_date"]

# Anything longer is no date but a text that holds one by chance.
_LENGTH = 200
_ISO = regex.compile(
    r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})"
    r"(?:[T\s]\s*+(?P<h>\d{1,2}):(?P<min>\d{2})(?::(?P<s>\d{2})(?:[.,]\d++)?)?\s*+(?P<zone>Z|[+-]\d{2}:?\d{2})?)?",
    regex.IGNORECASE,
)
_COMPACT = regex.compile(r"(?P<y>(?:1[6-9]|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?:T?(?P<h>\d{2})(?P<min>\d{2})(?P<s>\d{2})?(?P<zone>Z)?)?")
_EPOCH = regex.compile(r"(-?\d{9,10})(\d{3})?")
_NUMBERS = r"(?<![\d/.-])(?P<first>\d{1,2})(?P<cut>[/.-])(?P<second>\d{1,2})(?P=cut)(?P<y>\d{4}|\d{2})(?![\d/-])"
_CLOCK = (
    r"[\s,|–-]*+(?:(?:{before})\s++)?(?P<h>\d{{1,2}})(?:\s?+(?:{hour}|:)\s?+(?P<min>\d{{2}})?)(?::(?P<s>\d{{2}}))?\s?+(?P<half>{half})?"
)
_ZONE = r"\s?+(?:\(?+(?P<named>{zone})\b\s?+)?(?P<zone>[+-]\d{{2}}:?\d{{2}}|\bz\b)?"


def iso_date(found: str) -> str:
    """The date that a field names, as ISO 8601; anything that is none as it was found, without edge spaces.

    « 5 fév. 2024 à 18h30 », « Publié le … », « Feb 5, 2024 6:30 PM », 05/02/2024 (the day first unless that is impossible), 2019/02/04,
    20240303, seconds or milliseconds since 1970. Of several dates the one that is said to be that of publication, else the first.
    « février 2024 » is 2024-02. The time is kept where there is one, with its offset from UTC where that is told.
    """
    found = found.strip()
    if len(found) > _LENGTH:
        return found
    return _machine_date(found) or _written_date(found) or found


def _machine_date(found: str) -> str | None:
    """ISO 8601 and its variants, and counts of seconds, as nothing but the date."""
    match = _ISO.fullmatch(found) or _COMPACT.fullmatch(found)
    if match:
        return _iso(int(match["y"]), int(match["m"]), int(match["d"]), _time(match), match["zone"])
    match = _EPOCH.fullmatch(found)
    if match:
        return datetime.datetime.fromtimestamp(int(match[1]), datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return None


def _written_date(found: str) -> str | None:
    """The date among the words of a field."""
    plain = _plain(found)
    dates = [(match, iso) for match in _written().finditer(plain) if (iso := _written_iso(match))]
    if not dates:
        return None
    labels = [_label(plain, match.start()) for match, _ in dates]
    best = labels.index("published") if "published" in labels else 0
    return dates[best][1]


def _label(plain: str, end: int) -> str:
    """What the words before a date call it: `published`, `updated` or nothing; the nearest word counts."""
    places = {kind: max((plain.rfind(word, 0, end) for word in _words(kind)), default=-1) for kind in ("published", "updated")}
    nearest = max(places, key=lambda kind: places[kind])
    return nearest if places[nearest] >= 0 else ""


def _written_iso(match: regex.Match[str]) -> str | None:
    time = _time(match)
    zone = match["zone"] or (_offset(match["named"]) if match["named"] else None)
    if match["year"]:
        return _iso(int(match["year"]), int(match["month"]), int(match["day"]), time, zone)
    if match["y"]:
        first, second, year = int(match["first"]), int(match["second"]), _century(match["y"])
        return _iso(year, second, first, time, zone) or _iso(year, first, second, time, zone)
    if match["dy"]:
        return _iso(int(match["dy"]), _month(match["dm"]), int(match["dd"]), time, zone)
    if match["ey"]:
        return _iso(int(match["ey"]), _month(match["em"]), int(match["ed"]), time, zone)
    month = _month(match["mm"])
    return f"{match['my']}-{month:02}" if month else None


@functools.cache
def _written() -> regex.Pattern[str]:
    """Every way of writing a date, with the time behind it."""
    months = "|".join(rf"{word}\p{{L}}*+" for word in _words("month"))
    parts = (
        r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)",
        _NUMBERS,
        rf"(?<!\d)(?P<dd>\d{{1,2}})(?:er|st|nd|rd|th)?[\s.-]\s?+(?P<dm>{months})\.?,?[\s-]\s?+(?P<dy>\d{{4}})",
        rf"\b(?P<em>{months})\.?\s(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<ey>\d{{4}})",
        rf"\b(?P<mm>{months})\.?\s(?P<my>\d{{4}})",
    )
    kinds = {kind: "|".join(regex.escape(word) for word in _words(kind)) for kind in ("before", "hour", "half", "zone")}
    return regex.compile(rf"(?:{'|'.join(parts)})(?:T?{(_CLOCK + _ZONE).format(**kinds)})?")


@functools.cache
def _words(kind: str) -> tuple[str, ...]:
    return tuple(word for named, word, _ in load_table("dates.tsv") if named == kind)


def _value(kind: str, found: str) -> int | None:
    """The value of the first word of a kind that the found one begins with."""
    return next((int(value) for named, word, value in load_table("dates.tsv") if named == kind and found.startswith(word)), None)


def _month(name: str) -> int:
    """1 to 12, or 0 for a word that is no month."""
    return _value("month", name) or 0


def _offset(zone: str) -> str:
    hours = _value("zone", zone)
    return f"+{hours:02}:00" if hours else "Z"


def _century(year: str) -> int:
    """Of two digits, those up to 69 are of this century."""
    number = int(year)
    return number if len(year) == 4 else number + (2000 if number < 70 else 1900)


def _time(match: regex.Match[str]) -> datetime.time | None:
    """The time of day of a match; None when it has none, or an impossible one."""
    if match["h"] is None:
        return None
    hour, half = int(match["h"]), match.groupdict().get("half")
    if half:
        hour = hour % 12 + (_value("half", half) or 0)
    try:
        return datetime.time(hour, int(match["min"] or 0), int(match["s"] or 0))
    except ValueError:
        return None


def _iso(year: int, month: int, day: int, time: datetime.time | None, zone: str | None) -> str | None:
    try:
        date = datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
    if time is None:
        return date
    offset = zone.upper() if zone else ""
    if len(offset) == 5:
        offset = f"{offset[:3]}:{offset[3:]}"
    return f"{date}T{time.isoformat('seconds')}{offset}"


def _plain(found: str) -> str:
    """Small letters without accents, for comparing; every space an ordinary one."""
    letters = unicodedata.normalize("NFKD", found.lower())
    return regex.sub(r"\s", " ", "".join(char for char in letters if not unicodedata.combining(char)))
