"""TEI documents: what the header says of the text, and the paragraphs of its body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quotes.archive import markup
from quotes.archive.failure import Document
from quotes.archive.reader import Input, Reader
from quotes.archive.record import article_with
from quotes.model import Article

__all__ = ["TEI"]

_ROOTS = ("TEI", "teiCorpus", "TEI.2")
# Of an alternative, the corrected reading is the one that is read.
_DIALECT = markup.Dialect(
    frozenset(
        "ab argument body byline closer div div1 div2 div3 epigraph front head item l lg list opener p row salute signed sp speaker table"
        " text".split()
    ),
    frozenset(),
    frozenset("abbr bibl del figure fw gap graphic note orig sic teiHeader back".split()),
    frozenset(("q", "quote", "said")),
)
_HEADER = {
    "title": (".//{*}titleStmt/{*}title", ".//{*}sourceDesc//{*}title"),
    "author": (".//{*}titleStmt/{*}author", ".//{*}sourceDesc//{*}author"),
    "date": (".//{*}sourceDesc//{*}date", ".//{*}publicationStmt/{*}date", ".//{*}creation/{*}date"),
    "outlet": (".//{*}sourceDesc//{*}title[@level='j']", ".//{*}sourceDesc//{*}publisher", ".//{*}publicationStmt/{*}publisher"),
    "url": (".//{*}sourceDesc//{*}ref[@target]", ".//{*}sourceDesc//{*}idno[@type='URL']", ".//{*}sourceDesc//{*}idno[@type='url']"),
}
_ID = "{http://www.w3.org/XML/1998/namespace}id"


def _read(file: Input) -> Iterator[Document]:
    """The document, or each of a corpus. A corpus numbers those that have no `xml:id`."""
    text, encoding = markup.decoded(file.read())
    corpus = markup.root_of(text[:65_536].encode("utf-8", "replace")) == "teiCorpus"
    for number, element in enumerate(markup.elements(text, frozenset(("TEI", "TEI.2"))), 1):
        stem = element.get(_ID) or (f"{file.stem}:{number}" if corpus else file.stem)
        yield f"{file.source}:{number}" if corpus else file.source, _article(element, stem, encoding)


def _article(element: Any, stem: str, encoding: str | None) -> Article:
    header = element.find("{*}teiHeader")
    fields = {name: _first(header, paths, name) for name, paths in _HEADER.items()} if header is not None else {}
    for end in element.iter("{*}lb"):
        # The line of a printed page: a space, unless it parts a word.
        end.tail = ("" if end.get("break") == "no" else " ") + (end.tail or "")
    body = [line for found in element.iterfind(".//{*}body") for line in markup.paragraphs(found, _DIALECT)]
    return article_with(stem, "\n\n".join(body), fields, {"encoding": encoding})


def _first(header: Any, paths: tuple[str, ...], name: str) -> str | None:
    """The text of the first path that has one; of dates and addresses, what their attributes say."""
    for path in paths:
        texts = [_value(element, name) for element in header.iterfind(path)]
        found = [text for text in texts if text]
        if found:
            return ", ".join(found) if name == "author" else found[0]
    return None


def _value(element: Any, name: str) -> str:
    attribute = {"date": "when", "url": "target"}.get(name)
    return (attribute and element.get(attribute)) or " ".join("".join(element.itertext()).split())


TEI = Reader("TEI", (".tei",), _read, lambda head: markup.root_of(head) in _ROOTS)
