"""Files to write: none that is also read, and each whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from quotes.errors import QuotesError

__all__ = ["is_same", "lies_in", "part_of", "refuse_clash", "written_beside"]


def is_same(one: str | Path, other: str | Path) -> bool:
    """Whether both name one file, by whatever link or spelling, whether it exists or not."""
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):
        return _resolved(one) == _resolved(other)


def lies_in(path: str | Path, folder: str | Path) -> bool:
    """Whether the path lies anywhere below the folder."""
    return os.path.isdir(folder) and _resolved(path).is_relative_to(_resolved(folder))


def _resolved(path: str | Path) -> Path:
    # Path.resolve raises for a link that leads to itself.
    return Path(os.path.realpath(path))


def part_of(target: str | Path) -> Path:
    """Where the file is written until it is whole."""
    place = _resolved(target)
    return place.with_name(f"{place.name}.part")


def refuse_clash(option: str, target: str | Path, read: Iterable[str | Path]) -> None:
    """Raises `QuotesError` when writing `target` would destroy one of the files that are read."""
    for path in read:
        if is_same(target, path) or is_same(part_of(target), path):
            raise QuotesError(f"{target} is both {path}, which is read, and the file to write: choose another place for {option}.")


@contextlib.contextmanager
def written_beside(target: str | Path) -> Iterator[BinaryIO]:
    """A stream whose bytes stand in `part_of(target)` until the block ends well, then in `target`.

    After an error they stay there, and what was in the target stays as it was. What is no ordinary file (a pipe, a terminal)
    is written as it goes. Raises `OSError`.
    """
    place = _resolved(target)
    if place.exists() and not stat.S_ISREG(place.stat().st_mode):
        with _quietly_closed(place.open("wb")) as stream:
            yield stream
        return
    part = part_of(target)
    with _quietly_closed(part.open("wb")) as stream:
        yield stream
        stream.flush()
    os.replace(part, place)


@contextlib.contextmanager
def _quietly_closed(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream, closed at the end: after a full disk, closing would only complain again."""
    try:
        yield stream
    finally:
        with contextlib.suppress(OSError):
            stream.close()
