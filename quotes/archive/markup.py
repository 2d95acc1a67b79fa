"""From mark-up to text: paragraphs of HTML and XML trees, and trees of files whatever they declare."""

from __future__ import annotations

import dataclasses
import html
import io
from collections.abc import Iterator
from typing import Any

import regex

from quotes.archive.decode import Undecodable, decode_declared
from quotes.archive.failure import BadDocument, reason_of
from quotes.extras import needed

__all__ = ["HTML", "Dialect", "decoded", "elements", "fragment", "local", "marks_of", "opening", "paragraphs", "root_of", "text_of"]

# Spaces that mark-up may add or break anywhere; those that French typography sets stay.
_SPACES = regex.compile(r"[ \t\r\n\f]++")
_DECLARED = regex.compile(rb"""(?:charset|encoding)\s*+=\s*+["']?([\w.:-]++)""", regex.IGNORECASE)
_DECLARATION = regex.compile(r"\A\s*+<\?xml[^>]*+\?>")
_ENTITY = regex.compile(r"&(?!(?:amp|lt|gt|quot|apos);)\w++;")
_PROLOG = regex.compile(
    r"\A(?:\s++|\ufeff|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*+(?:\[.*?\])?\s*+>)*+<([\w.-]++:)?([\w.-]++)", regex.DOTALL | regex.IGNORECASE
)
_OPENING = ("«", "“", '"', "„", "‘")
_MARKS = (*_OPENING, "'", "»", "”", "’")


@dataclasses.dataclass(frozen=True, slots=True)
class Dialect:
    """Names of elements: those that are paragraphs or part them, end a line, hold no text of the article, mean quotation marks."""

    blocks: frozenset[str]
    breaks: frozenset[str]
    skipped: frozenset[str]
    quotes: frozenset[str]


HTML = Dialect(
    frozenset(
        "address article aside blockquote body caption center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header"
        " hr li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
    ),
    frozenset(("br",)),
    frozenset("head script style template noscript button input select textarea svg img iframe object".split()),
    frozenset(("q",)),
)


def decoded(data: bytes) -> tuple[str, str | None]:
    """The text of a file with mark-up and its encoding, None for UTF-8. Raises `BadDocument` for a binary file.

    What the file declares counts only where its bytes leave a choice: exports of databases are known to declare another one.
    """
    declared = _DECLARED.search(data[:4096])
    try:
        found = decode_declared(data, declared[1].decode("ascii") if declared else None)
    except Undecodable as error:
        raise BadDocument("binary", f"was not read: {error}") from error
    return found.text, None if found.encoding == "utf-8-sig" else found.encoding


def opening(head: bytes) -> str:
    """The beginning of a file for recognising it: whatever its encoding, mark-up reads the same."""
    return head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").decode("latin-1")


def root_of(head: bytes) -> str:
    """The name of the outermost element of a file, without its prefix; nothing for a file without mark-up."""
    match = _PROLOG.match(opening(head))
    return match[2] if match else ""


def fragment(text: str) -> Any:
    """The tree of HTML text, however broken. Raises `BadDocument` when there is none."""
    markup, etree = needed("lxml.html", "Reading HTML exports", "xml"), needed("lxml.etree", "Reading HTML exports", "xml")
    try:
        return markup.fromstring(_DECLARATION.sub("", text).replace("\0", ""))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise BadDocument("bad-html", f"is no HTML: {reason_of(error)}") from error


def elements(text: str, names: frozenset[str]) -> Iterator[Any]:
    """The elements of these names (without namespace) of an XML text, one by one; each is emptied when the next one is asked for.

    Nothing outside the text is ever fetched, and entities may not multiply. Raises `BadDocument` where the text is no XML.
    """
    etree = needed("lxml.etree", "Reading XML", "xml")
    if "<!ENTITY" not in text[:10_000]:
        # Names of HTML letters without the declaration that would make them legal.
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    source = io.BytesIO(_DECLARATION.sub("", text.lstrip("\ufeff")).encode("utf-8", "replace"))
    wanted = tuple(f"{{*}}{name}" for name in sorted(names))
    try:
        for _, element in etree.iterparse(
            source,
            tag=wanted,
            encoding="utf-8",
            no_network=True,
            load_dtd=False,
            resolve_entities="internal",
            remove_comments=True,
            remove_pis=True,
        ):
            yield element
            element.clear(keep_tail=True)
    except etree.XMLSyntaxError as error:
        raise BadDocument("bad-xml", f"is no XML from some point on: {error.msg}") from error


def local(element: Any) -> str:
    """The name of an element without its namespace; nothing for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text_of(element: Any, dialect: Dialect = HTML) -> str:
    """All text of an element on one line."""
    return " ".join(paragraphs(element, dialect))


def paragraphs(element: Any, dialect: Dialect = HTML) -> list[str]:
    """The texts of an element's paragraphs and lines, in order, without the empty ones.

    Spaces and line ends of the source become single spaces, no-break ones stay. Marks of search terms leave no trace. Where an element
    means quotation marks, and none are written, the result has them.
    """
    lines = [""]
    for part in _parts(element, dialect):
        if part is None:
            lines.append("")
        else:
            lines[-1] += part
    return [line for found in lines if (line := _SPACES.sub(" ", found).strip(" "))]


def _parts(element: Any, dialect: Dialect, depth: int = 0) -> Iterator[str | None]:
    """The text of an element; None parts lines."""
    name = local(element)
    if name in dialect.skipped or not name:
        return
    apart = name in dialect.blocks or name in dialect.breaks
    inline = name in dialect.quotes and not any(local(child) in dialect.blocks for child in element)
    marks = marks_of(element, depth) if inline else ("", "")
    if apart:
        yield None
    yield marks[0] + (element.text or "")
    for child in element:
        yield from _parts(child, dialect, depth + bool(marks[0]))
        yield child.tail or ""
    yield marks[1]
    if name in dialect.blocks:
        yield None


def marks_of(element: Any, depth: int) -> tuple[str, str]:
    """The marks that an element for quoted words stands for; none where its text or the text before brings its own."""
    inside = "".join(element.itertext()).strip()
    previous, parent = element.getprevious(), element.getparent()
    before = ((previous.tail if previous is not None else parent.text if parent is not None else "") or "").rstrip()
    if not inside or inside.startswith(_MARKS) or before.endswith(_OPENING):
        return "", ""
    return ("«\u00a0", "\u00a0»") if depth == 0 else ("“", "”")
