"""What a reader of a format is, and what it is given to read."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import BinaryIO, Literal

from quotes.archive.decode import clean
from quotes.archive.failure import BadDocument, Document, Failure
from quotes.archive.names import stem_of
from quotes.archive.options import Options
from quotes.archive.streams import Meter

__all__ = ["Input", "Reader", "never", "too_large"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file, or a member of one.

    `source` is what failures call it, `stem` the id of the article it holds, `name` the last part of its path, which tells the format
    where the content does not. `named` files are those that the user named one by one, `depth` counts the archives around it,
    `facts` is what an archive knows of its member (`url`, `fetched`).
    """

    source: str
    stem: str
    name: str
    stream: BinaryIO
    options: Options
    meter: Meter
    hand_on: Callable[[Input], Iterator[Document]]
    named: bool = False
    depth: int = 0
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def failure(self, reason: str, message: str) -> Failure:
        """The failure of the whole."""
        return Failure(self.source, self.stem, reason, message)

    def unsafe(self, path: str) -> Failure:
        """The failure of a member whose name leads out of the archive."""
        source = f"{self.source}/{clean(path)}"
        return Failure(source, PurePosixPath(source).stem, "unsafe-name", f"{source} was not read: its name leads out of the archive.")

    def read(self, kind: Literal["document", "page"] = "document") -> bytes:
        """All bytes. Raises `BadDocument` when they are more than a document, or a page, may have."""
        limit: int = getattr(self.options.limits, kind)
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise too_large(limit, kind)
        return data

    def member(self, path: str, stream: BinaryIO, **facts: str) -> Input:
        """What an archive of many files hands on: the file `path` inside it."""
        path = clean(path)
        return dataclasses.replace(
            self,
            source=f"{self.source}/{path}",
            stem=f"{self.stem}/{stem_of(path)}",
            name=PurePosixPath(path).name,
            stream=stream,
            depth=self.depth + 1,
            named=False,
            facts={**self.facts, **facts},
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Reader:
    """One format: the suffixes of its files, whether the first bytes of a file are its (`sniff`), and how it is read.

    `read` yields `(source, Article)`, failures and skipped members; it raises `BadDocument` when nothing more can be read. `archive`
    tells that the format holds files of other formats.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Input], Iterator[Document]]
    sniff: Callable[[bytes], bool]
    archive: bool = False


def never(head: bytes) -> bool:
    """For formats that only the suffix tells."""
    return False


def too_large(limit: int, name: str = "document") -> BadDocument:
    """What to raise for more bytes than a limit allows."""
    return BadDocument("too-large", f"holds more than {limit // 1_000_000} MB, too much for one {name}; --max {name}=N allows more")
