"""Finds the files of an archive and hands each to the reader of its format."""

from __future__ import annotations

import collections
import dataclasses
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from quotes.archive.decode import clean
from quotes.archive.failure import ArchiveError, Document, Failure
from quotes.archive.jsonl import read_jsonl
from quotes.archive.txt import read_txt
from quotes.archive.zipped import read_zip
from quotes.model import Article

__all__ = ["SUFFIXES", "open_archive", "open_documents"]

Reader = Callable[[str, str, BinaryIO], Iterator[Document]]

_READERS: dict[str, Reader] = {".txt": read_txt, ".jsonl": read_jsonl, ".ndjson": read_jsonl}
SUFFIXES = (*_READERS, ".zip")
# Files about an archive rather than of it; macOS adds a shadow of every file under __MACOSX.
_NOTES = {"README", "LICENSE", "LICENCE", "COPYING", "CHANGELOG"}
_SHADOWS = "__MACOSX"


def open_archive(paths: Iterable[str | Path]) -> Iterator[Article | Failure]:
    """Every document of the files and folders, in a stable order, as an article or as the failure to read it.

    Folders are read with their subfolders, files sorted by name. Raises `ArchiveError` at once for a path that does not exist.
    An id that comes up again gives a failure: `duplicate` for the same text, `duplicate-id` for another one.
    """
    documents = open_documents(paths)
    return (document if isinstance(document, Failure) else document[1] for document in documents)


def open_documents(paths: Iterable[str | Path]) -> Iterator[Document]:
    """`open_archive` with the source of every article."""
    given = [_existing(path) for path in paths]
    return _account(document for path in given for document in _read_path(path))


def _existing(path: str | Path) -> Path:
    """The path. Raises `ArchiveError` when there is nothing, or nothing that can be reached."""
    if not str(path):
        raise ArchiveError("An empty path names no file or folder: say . for the folder you are in.")
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise ArchiveError(f"There is no file or folder {clean(str(path))}.") from error
    except OSError as error:
        raise ArchiveError(f"{clean(str(path))} could not be read: {error.strerror or error}.") from error
    return Path(path)


def _account(documents: Iterable[Document]) -> Iterator[Document]:
    """Every document once: empty ones and repeated ids become failures."""
    seen: dict[str, bytes] = {}
    told: collections.Counter[tuple[str, str, str]] = collections.Counter()
    for document in documents:
        found = document if isinstance(document, Failure) else _first_time(*document, seen)
        yield _told_apart(found, told) if isinstance(found, Failure) else found


def _told_apart(failure: Failure, told: collections.Counter[tuple[str, str, str]]) -> Failure:
    """The failure, its source followed by `#2` when it is the second of a file named twice, or of two members with one name."""
    key = (failure.source, failure.id, failure.reason)
    told[key] += 1
    return failure if told[key] == 1 else dataclasses.replace(failure, source=f"{failure.source}#{told[key]}")


def _first_time(source: str, article: Article, seen: dict[str, bytes]) -> Document:
    if not article.text.strip(" \t\r\n\f\v\0\u00a0\ufeff"):
        return Failure(source, article.id, "empty", f"{source} holds no text.")
    digest = hashlib.blake2b(article.text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    known = seen.setdefault(article.id, digest)
    if known is digest:
        return source, article
    if known == digest:
        return Failure(source, article.id, "duplicate", f"{source} repeats the article {article.id} word for word.")
    return Failure(source, article.id, "duplicate-id", f"{source} has the id {article.id} of another article: give it an id of its own.")


def _read_path(path: Path) -> Iterator[Document]:
    if not os.path.isdir(path):
        yield from _read_file(path)
        return
    problems: list[OSError] = []
    for folder, subfolders, names in os.walk(path, onerror=problems.append):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith(".") and name != _SHADOWS)
        yield from (_not_followed(link) for name in subfolders if (link := Path(folder, name)).is_symlink())
        for name in sorted(names):
            if not _is_note(name):
                yield from _read_file(Path(folder, name))
    yield from (_unreadable(clean(str(problem.filename)), problem) for problem in problems)


def _not_followed(path: Path) -> Failure:
    source = clean(path.as_posix())
    return Failure(source, PurePosixPath(source).stem, "unsupported", f"{source} was not read: it is a link to a folder; name that folder.")


def _is_note(name: str) -> bool:
    """Whether a file that a folder holds is none of its articles."""
    path = PurePosixPath(name)
    return name.startswith(".") or (path.suffix.lower() not in SUFFIXES and path.stem.upper() in _NOTES)


def _unreadable(source: str, error: OSError) -> Failure:
    return Failure(source, PurePosixPath(source).stem, "unreadable", f"{source} could not be read: {error.strerror or error}.")


def _read_file(path: Path) -> Iterator[Document]:
    source = clean(path.as_posix())
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            yield Failure(source, PurePosixPath(source).stem, "unsupported", f"{source} is no ordinary file.")
            return
        with path.open("rb") as stream:
            if path.suffix.lower() == ".zip":
                yield from read_zip(source, stream, _read_member)
            else:
                yield from _read_stream(source, stream)
    except OSError as error:
        yield _unreadable(source, error)


def _read_member(source: str, stream: BinaryIO) -> Iterator[Document]:
    """A file inside a zip archive; notes and shadows give nothing."""
    path = PurePosixPath(source)
    if _SHADOWS not in path.parts and not _is_note(path.name):
        yield from _read_stream(source, stream)


def _read_stream(source: str, stream: BinaryIO) -> Iterator[Document]:
    path = PurePosixPath(source)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        yield Failure(source, path.stem, "unsupported", f"{source} was not read: only {', '.join(SUFFIXES)} files are.")
    else:
        yield from reader(source, path.stem, stream)
