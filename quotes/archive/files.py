"""Finds the files of an archive and hands each to the reader of its format."""

from __future__ import annotations

import collections
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from quotes.archive.account import account
from quotes.archive.decode import clean
from quotes.archive.extent import Extent
from quotes.archive.failure import ArchiveError, Document, Failure, Skipped
from quotes.archive.formats import read_stream
from quotes.archive.names import hidden, stem_of
from quotes.archive.options import Options
from quotes.archive.reader import Input
from quotes.archive.streams import Bomb, Meter, counted
from quotes.model import Article

__all__ = ["STDIN", "open_archive", "open_documents"]

# The path that stands for standard input.
STDIN = "-"


def open_archive(paths: str | Path | Iterable[str | Path], options: Options | None = None) -> Iterator[Article | Failure]:
    """Every document of a file, a folder or several, in a stable order, as an article or as the failure to read it; `-` is standard input.

    Folders are read with their subfolders, files sorted by name; files that hold no articles (images, annotations, databases) are passed
    over. Raises `ArchiveError` at once for a path that does not exist, `MissingPackage` when it comes to a format that needs another
    package. An id that comes up again gives a failure: `duplicate` for the same text, `duplicate-id` for another one.
    """
    documents = open_documents([paths] if isinstance(paths, str | Path) else paths, options)
    found = (document for document in documents if not isinstance(document, Skipped))
    return (document if isinstance(document, Failure) else document[1] for document in found)


def open_documents(paths: Iterable[str | Path], options: Options | None = None, extent: Extent | None = None) -> Iterator[Document]:
    """`open_archive` with the source of every article and the files that were passed over; `extent` is told how far the reading is."""
    given = [_existing(path) for path in paths]
    return account(document for path in given for document in _read_path(path, options or Options(), extent or Extent()))


def _existing(path: str | Path) -> Path:
    """The path. Raises `ArchiveError` when there is nothing, or nothing that can be reached."""
    if not str(path):
        raise ArchiveError("An empty path names no file or folder: say . for the folder you are in.")
    if str(path) == STDIN:
        return Path(path)
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise ArchiveError(f"There is no file or folder {clean(str(path))}.") from error
    except OSError as error:
        raise ArchiveError(f"{clean(str(path))} could not be read: {error.strerror or error}.") from error
    return Path(path)


def _read_path(path: Path, options: Options, extent: Extent) -> Iterator[Document]:
    if str(path) == STDIN:
        meter = Meter(options.limits.ratio)
        yield from _read(_input(STDIN, "stdin", counted(sys.stdin.buffer, meter.pack), options, meter, named=True))
    elif os.path.isdir(path):
        for found in _walk(path):
            yield from [found] if isinstance(found, Failure | Skipped) else _open(found, found.relative_to(path), options, extent)
    else:
        yield from _open(path, Path(path.name), options, extent, named=True)


def _walk(top: Path) -> Iterator[Path | Failure | Skipped]:
    """The files of a folder by name, then those of its subfolders. Links to folders are followed last, and no folder is read twice."""
    seen: set[tuple[int, int]] = set()
    folders, links = [top], collections.deque[Path]()
    while folders or links:
        folder = folders.pop() if folders else links.popleft()
        try:
            found = folder.stat()
            if (found.st_dev, found.st_ino) in seen:
                yield Skipped(clean(folder.as_posix()), "link to a folder already read")
                continue
            seen.add((found.st_dev, found.st_ino))
            entries = sorted((entry for entry in os.scandir(folder) if not hidden(entry.name)), key=lambda entry: entry.name)
        except OSError as error:
            yield _unreadable(clean(folder.as_posix()), error)
            continue
        yield from (Path(entry.path) for entry in entries if not _is_folder(entry))
        folders += [Path(entry.path) for entry in reversed(entries) if _is_folder(entry) and not entry.is_symlink()]
        links += [Path(entry.path) for entry in entries if _is_folder(entry) and entry.is_symlink()]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link in a circle, or into a closed folder: what opens it as a file tells what is wrong.
        return False


def _open(path: Path, relative: Path, options: Options, extent: Extent, *, named: bool = False) -> Iterator[Document]:
    """What the file at `path` holds; `relative` is what its id comes from."""
    source = clean(path.as_posix())
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            yield Failure(
                source, path.stem, "unsupported", f"{source} is no ordinary file: pipe what it gives into quotes extract - instead."
            )
            return
        with path.open("rb") as stream:
            extent.begin(stream)
            meter = Meter(options.limits.ratio, found.st_size)
            yield from _read(_input(source, clean(relative.as_posix()), stream, options, meter, named=named))
        extent.end(found.st_size)
    except OSError as error:
        yield _unreadable(source, error)


def _input(source: str, path: str, stream: BinaryIO, options: Options, meter: Meter, *, named: bool) -> Input:
    name = PurePosixPath(path).name
    return Input(
        source=source, stem=stem_of(path), name=name, stream=stream, options=options, meter=meter, hand_on=read_stream, named=named
    )


def _read(file: Input) -> Iterator[Document]:
    try:
        yield from read_stream(file)
    except Bomb as error:
        yield file.failure("bomb", f"{file.source} was not read to its end: {error}.")


def _unreadable(source: str, error: OSError) -> Failure:
    return Failure(source, PurePosixPath(source).stem, "unreadable", f"{source} could not be read: {error.strerror or error}.")
