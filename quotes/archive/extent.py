"""How long an archive is, and how much of it was read: for telling how long the rest will take."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

__all__ = ["Extent"]


class Extent:
    """Bytes of an archive: `total` (0 until all its files were looked at), and how many were read."""

    def __init__(self, paths: Iterable[str | Path] = ()) -> None:
        """Begins to look at the files, beside whatever else is done."""
        self.total = 0
        self._finished = 0
        self._stream: BinaryIO | None = None
        self._reached = 0
        given = [str(path) for path in paths]
        if given and "-" not in given:
            threading.Thread(target=self._measure, args=(given,), daemon=True).start()

    def begin(self, stream: BinaryIO) -> None:
        """A file is read from now on."""
        self._stream = stream

    def end(self, size: int) -> None:
        """The file was read; it has this size."""
        self._stream = None
        self._finished += size

    @property
    def done(self) -> int:
        """Bytes read so far; never fewer than before, though zip archives are read to and fro."""
        here = self._stream.tell() if self._stream is not None and not self._stream.closed else 0
        self._reached = max(self._reached, self._finished + here)
        return self._reached

    def _measure(self, paths: list[str]) -> None:
        self.total = sum(_size(path) for path in paths)


def _size(path: str) -> int:
    """The bytes of a file or of all files below a folder; what cannot be looked at has none."""
    try:
        if not os.path.isdir(path):
            return os.stat(path).st_size
        with os.scandir(path) as entries:
            return sum(_size(entry.path) for entry in entries if not entry.name.startswith(".") and not _is_link(entry))
    except OSError:
        return 0


def _is_link(entry: os.DirEntry[str]) -> bool:
    return entry.is_symlink() and entry.is_dir()
