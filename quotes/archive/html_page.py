"""HTML pages: the article in the page and what the page says of it, by trafilatura."""

from __future__ import annotations

import itertools
import json
import warnings
from collections.abc import Iterator
from typing import Any

import regex

from quotes.archive import markup
from quotes.archive.failure import BadDocument, Document
from quotes.archive.reader import Input, Reader
from quotes.archive.record import article_with
from quotes.extras import needed

__all__ = ["HTML_PAGE"]

# The elements of trafilatura's own mark-up.
_BODY = markup.Dialect(
    frozenset("body div head p quote list item table row cell code ab".split()), frozenset(("lb",)), frozenset(("graphic",)), frozenset()
)
# Trafilatura turns every space into an ordinary one: those that French typography sets pass as letters that no text has.
_KEPT = {"\u00a0": "\ue0a0", "\u202f": "\ue02f"}
_TO_LETTERS, _TO_SPACES = str.maketrans(_KEPT), str.maketrans({letter: space for space, letter in _KEPT.items()})
_PUBLISHED = regex.compile(r'"datePublished"\s*+:\s*+"([^"]++)"')
_TIMES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished' or @name='datePublished']/@content",
    "//time[@itemprop='datePublished']/@datetime",
)
# A page whose longest line is shorter holds labels and links alone.
_PARAGRAPH = 40
# Its caches grow with every page: after so many pages they are emptied.
_PAGES = 500
_count = itertools.count(1)


def _read(file: Input) -> Iterator[Document]:
    """The article of the page. Raises `BadDocument` for a page without one."""
    trafilatura = needed("trafilatura", "Reading HTML", "html")
    page = file.read("page")
    text, encoding = markup.decoded(page)
    tree = markup.fragment(text.translate(_TO_LETTERS))
    _write_marks(tree)
    date = _date(tree)
    # It reads dates with libraries that warn of what they do not know, to the terminal of whoever runs a command.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = trafilatura.bare_extraction(
            tree, url=file.facts.get("url"), with_metadata=True, include_comments=False, include_tables=False
        )
    _forget()
    body = markup.paragraphs(found.body, _BODY) if found is not None and found.body is not None else []
    if max(map(len, body), default=0) < _PARAGRAPH:
        raise BadDocument("no-article", "is a page without an article")
    yield file.source, _article(file, found, [line.translate(_TO_SPACES) for line in body], date, encoding)


def _article(file: Input, found: Any, body: list[str], date: str | None, encoding: str | None) -> Any:
    fields = {
        "title": found.title,
        "date": date or found.date,
        "outlet": found.sitename or found.hostname,
        "url": file.facts.get("url") or found.url,
        "author": ", ".join(name.strip() for name in (found.author or "").split(";")),
    }
    fields = {name: value.translate(_TO_SPACES) for name, value in fields.items() if value}
    metadata = {"encoding": encoding, "fetched": file.facts.get("fetched"), "tags": found.tags, "categories": found.categories}
    return article_with(file.stem, "\n\n".join(body), fields, metadata)


def _write_marks(tree: Any) -> None:
    """Write the marks of `<q>` elements into the text: they would be lost."""
    found = [(element, markup.marks_of(element, sum(1 for _ in element.iterancestors("q")))) for element in tree.iter("q")]
    for element, (opening, closing) in found:
        if len(element):
            element[-1].tail = (element[-1].tail or "") + closing
            element.text = opening + (element.text or "")
        else:
            element.text = opening + (element.text or "") + closing
        element.tag = "span"


def _date(tree: Any) -> str | None:
    """When the page says it was published, with the time: what trafilatura finds has none."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        match = _PUBLISHED.search(script.text or "")
        if match:
            return str(json.loads(f'"{match[1]}"'))
    return next((str(value) for path in _TIMES for value in tree.xpath(path)), None)


def _forget() -> None:
    if next(_count) % _PAGES == 0:
        needed("trafilatura.meta", "Reading HTML", "html").reset_caches()


def _sniff(head: bytes) -> bool:
    return markup.root_of(head).lower() == "html"


HTML_PAGE = Reader("HTML", (".html", ".htm", ".xhtml"), _read, _sniff)
