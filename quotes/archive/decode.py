"""From bytes to text, without touching a character that is there: line ends and control characters stay."""

from __future__ import annotations

import codecs
import contextlib
import dataclasses
import math
from typing import Any

import regex

__all__ = ["Decoded", "Undecodable", "clean", "clean_all", "decode", "decode_declared", "depth"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
)
_MAGIC = (b"%PDF-", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"SQLite format 3\0")
# What 8-bit French is written in, with the names that metadata has.
_EIGHT_BIT = {"cp1252": "windows-1252", "mac_roman": "macintosh", "cp850": "cp850"}
# So many bytes tell an encoding.
_SAMPLE = 20_000
_CONTROLS = regex.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SURROGATES = regex.compile(r"[\ud800-\udfff]")


class Undecodable(ValueError):
    """The bytes are no text; the message says what they look like."""


@dataclasses.dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the name of its encoding, None when it is plain UTF-8."""

    text: str
    encoding: str | None


def decode(data: bytes) -> Decoded:
    """The text of a file: UTF-8, UTF-8/16/32 with a byte order mark, else the likeliest 8-bit encoding. Raises `Undecodable`."""
    for mark, name, codec in _BOMS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], name, codec)
    if data.startswith(_MAGIC):
        raise Undecodable("it is a binary file")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data)
    # UTF-16 without a byte order mark is valid UTF-8, every other byte NUL. A stray control character is no reason to refuse a text.
    if len(_CONTROLS.findall(data)) > max(8, len(data) // 4):
        raise Undecodable("it is a binary file, or UTF-16 without a byte order mark")
    return Decoded(text, None)


def _marked(data: bytes, name: str, codec: str) -> Decoded:
    try:
        return Decoded(data.decode(codec), name)
    except UnicodeDecodeError:
        return Decoded(clean(data.decode(codec, "replace")), f"{name}, damaged")


def _legacy(data: bytes) -> Decoded:
    """A text that is not UTF-8: one of the 8-bit encodings, or UTF-8 with a few broken bytes."""
    if b"\0" in data or len(_CONTROLS.findall(data)) > len(data) // 50:
        raise Undecodable("it is a binary file")
    repaired = data.decode("utf-8", "replace")
    broken = repaired.count("\ufffd")
    # Accented letters of an 8-bit encoding hardly ever form valid UTF-8 sequences, so a majority of valid ones tells.
    if sum(1 for char in repaired if char > "\x7f") - broken > broken:
        return Decoded(repaired, "utf-8, damaged")
    for codec, name in (*_eight_bit(data), ("cp1252", "windows-1252")):
        with contextlib.suppress(UnicodeDecodeError):
            return Decoded(data.decode(codec), name)
    return Decoded(data.decode("latin-1"), "latin-1")


def _eight_bit(data: bytes) -> list[tuple[str, str]]:
    """The encoding of Windows, old Macs or MS-DOS that makes French of the bytes, if one does: codec and name."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=list(_EIGHT_BIT)).best()
    return [(best.encoding, _EIGHT_BIT[best.encoding])] if best and best.encoding in _EIGHT_BIT else []


def decode_declared(data: bytes, declared: str | None) -> Decoded:
    """`decode` for a file that declares its encoding, which often is not the one it has: only 8-bit bytes are left to what it says."""
    found = decode(data)
    if declared is None or found.encoding in (None, "utf-8-sig", "utf-8, damaged") or (found.encoding or "").startswith("utf-"):
        return found
    try:
        return Decoded(data.decode(declared), declared.lower())
    except (UnicodeDecodeError, LookupError):
        return found


def clean(text: str) -> str:
    """The text with every lone surrogate replaced by U+FFFD: it could be neither stored nor printed. Offsets stay."""
    return _SURROGATES.sub("\ufffd", text)


def clean_all(value: Any) -> Any:
    """`clean` for every string inside a value that came from JSON; NaN and infinity, which JSON cannot hold, become None.

    Raises `RecursionError` for a value nested some hundred levels deep.
    """
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list):
        return [clean_all(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): clean_all(item) for key, item in value.items()}
    return value


def depth(value: Any) -> int:
    """How deep a value that came from JSON is nested: 0 for a string or number, 1 for a list of them."""
    level, below = 0, [value]
    while below := [one for one in below if isinstance(one, dict | list)]:
        level += 1
        below = [item for one in below for item in (one.values() if isinstance(one, dict) else one)]
    return level
