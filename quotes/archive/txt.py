"""Plain text files: the whole file is the article's text, its stem the id."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from quotes.archive.decode import MAX_BYTES, Undecodable, decode
from quotes.archive.failure import Document, Failure
from quotes.model import Article

__all__ = ["read_txt"]

# A first line beyond this is a paragraph, no title.
_TITLE_LENGTH = 300


def read_txt(source: str, stem: str, stream: BinaryIO) -> Iterator[Document]:
    """The file's one article, its first line as title (and still part of the text), or the failure to read it."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        yield Failure(source, stem, "too-large", f"{source} holds more than {MAX_BYTES // 1_000_000} MB, too much for one article.")
        return
    try:
        decoded = decode(data)
    except Undecodable as error:
        yield Failure(source, stem, "binary", f"{source} was not read: {error}.")
        return
    metadata = {"encoding": decoded.encoding} if decoded.encoding else {}
    yield source, Article(id=stem, text=decoded.text, title=_title(decoded.text), metadata=metadata)


def _title(text: str) -> str | None:
    lines = text.lstrip().splitlines()
    title = lines[0].strip() if lines else ""
    return title if 0 < len(title) <= _TITLE_LENGTH else None
