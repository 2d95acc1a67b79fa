"""Names of files: which are none of an archive's articles, and which lead out of it."""

from __future__ import annotations

from pathlib import PurePosixPath

__all__ = ["hidden", "is_note", "kind_of", "stem_of", "suffix_of", "unsafe"]

# Files about an archive rather than of it; macOS adds a shadow of every file under __MACOSX.
_NOTES = {"README", "LICENSE", "LICENCE", "COPYING", "CHANGELOG"}
_SHADOWS = "__MACOSX"


def suffix_of(path: str) -> str:
    """The suffix in small letters, with its point; none for « n° 1.5 », where the point is part of the name."""
    suffix = PurePosixPath(path).suffix
    return suffix.lower() if len(suffix) <= 9 and suffix[1:].isalnum() and not suffix[1:].isdecimal() else ""


def stem_of(path: str) -> str:
    """A path without its suffix, if it has one: `2023/01.txt` is `2023/01`."""
    return path[: len(path) - len(suffix_of(path))]


def hidden(path: str) -> bool:
    """Whether a part of the path begins with a point, or is what macOS leaves in archives."""
    parts = PurePosixPath(path).parts
    return any(part == _SHADOWS or (part.startswith(".") and part != "..") for part in parts)


def is_note(name: str) -> bool:
    """Whether a file tells of the archive that it lies in."""
    return stem_of(name).upper() in _NOTES and suffix_of(name) in ("", ".md", ".rst", ".txt")


def kind_of(name: str) -> str:
    """What a skipped file is counted by: its suffix."""
    return suffix_of(name) or "no suffix"


def unsafe(path: str) -> bool:
    """Whether the name of an archive's member leads out of the archive."""
    pure = PurePosixPath(path.replace("\\", "/"))
    return pure.is_absolute() or ".." in pure.parts
