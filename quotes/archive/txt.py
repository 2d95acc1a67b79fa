"""Plain text files: the whole file is the article's text, its path the id."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.archive.decode import Undecodable, decode
from quotes.archive.failure import BadDocument, Document
from quotes.archive.reader import Input, Reader, never
from quotes.model import Article

__all__ = ["TXT"]

# A first line beyond this is a paragraph, no title.
_TITLE_LENGTH = 300


def _read(file: Input) -> Iterator[Document]:
    """The file's one article, its first line as title (and still part of the text)."""
    try:
        decoded = decode(file.read())
    except Undecodable as error:
        raise BadDocument("binary", f"was not read: {error}") from error
    metadata = {"encoding": decoded.encoding} if decoded.encoding else {}
    yield file.source, Article(id=file.stem, text=decoded.text, title=_title(decoded.text), metadata=metadata)


def _title(text: str) -> str | None:
    lines = text.lstrip().splitlines()
    title = lines[0].strip() if lines else ""
    return title if 0 < len(title) <= _TITLE_LENGTH else None


TXT = Reader("plain text", (".txt",), _read, never)
