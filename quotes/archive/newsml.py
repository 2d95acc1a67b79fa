"""What agencies deliver: NITF, NewsML 1 and NewsML-G2."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quotes.archive import markup
from quotes.archive.failure import Document
from quotes.archive.reader import Input, Reader
from quotes.archive.record import article_with
from quotes.model import Article

__all__ = ["NEWSML", "NITF"]

_DIALECT = markup.Dialect(
    frozenset(
        "article block blockquote body body.content bq credit dd div dl dt h1 h2 h3 h4 hl1 hl2 li ol p pre section table tagline td tr"
        " ul".split()
    ),
    frozenset(("br",)),
    frozenset("media note head script style figure nitf-table".split()),
    frozenset(("q",)),
)
# Where each format says what, the first that says it.
_NITF = {
    "title": (".//{*}hedline/{*}hl1", "./{*}head/{*}title"),
    "author": (".//{*}body.head/{*}byline",),
    "date": (
        ".//{*}pubdata/@date.publication",
        ".//{*}docdata/{*}date.issue/@norm",
        ".//{*}docdata/{*}date.release/@norm",
        ".//{*}story.date/@norm",
    ),
    "outlet": (".//{*}pubdata/@name", ".//{*}docdata/{*}doc.copyright/@holder"),
    "url": (".//{*}pubdata/@ex-ref",),
}
_G2 = {
    "title": ("./{*}contentMeta/{*}headline", "./{*}itemMeta/{*}title"),
    "author": ("./{*}contentMeta/{*}by", "./{*}contentMeta/{*}creator/{*}name"),
    "date": ("./{*}itemMeta/{*}firstCreated", "./{*}contentMeta/{*}contentCreated", "./{*}itemMeta/{*}versionCreated"),
    "outlet": ("./{*}itemMeta/{*}provider/{*}name", "./{*}contentMeta/{*}infoSource/{*}name", "./{*}itemMeta/{*}provider/@literal"),
    "url": ("./{*}itemMeta/{*}link/@href",),
}
_NEWSML1 = {
    "title": (".//{*}NewsLines/{*}HeadLine",),
    "author": (".//{*}NewsLines/{*}ByLine",),
    "date": (".//{*}NewsManagement/{*}FirstCreated", ".//{*}NewsIdentifier/{*}DateId", ".//{*}NewsManagement/{*}ThisRevisionCreated"),
    "outlet": (".//{*}AdministrativeMetadata/{*}Provider/{*}Party/@FormalName", ".//{*}NewsIdentifier/{*}ProviderId"),
    "url": (),
}
_CONTENT = (".//{*}body.content", ".//{*}inlineXML//{*}body", ".//{*}inlineXML", ".//{*}inlineData", ".//{*}DataContent")


def _read_nitf(file: Input) -> Iterator[Document]:
    """The one article of the file."""
    text, encoding = markup.decoded(file.read())
    for element in markup.elements(text, frozenset(("nitf",))):
        found = element.find(".//{*}docdata/{*}doc-id")
        identity = found.get("id-string") if found is not None else None
        yield file.source, _article(element, identity or file.stem, _NITF, encoding)


def _read_newsml(file: Input) -> Iterator[Document]:
    """Every news item of the file that has a text; those that only list others, and pictures, have none."""
    text, encoding = markup.decoded(file.read())
    for number, element in enumerate(markup.elements(text, frozenset(("newsItem", "NewsItem"))), 1):
        first = markup.local(element) == "NewsItem"
        identity = element.findtext(".//{*}NewsIdentifier/{*}PublicIdentifier") if first else element.get("guid")
        stem = identity or f"{file.stem}:{number}"
        yield f"{file.source}:{number}", _article(element, stem, _NEWSML1 if first else _G2, encoding)


def _article(element: Any, identity: str, places: dict[str, tuple[str, ...]], encoding: str | None) -> Article:
    fields = {name: _first(element, paths) for name, paths in places.items()}
    content = next((found for path in _CONTENT if (found := element.find(path)) is not None), None)
    body = markup.paragraphs(content, _DIALECT) if content is not None else []
    return article_with(identity, "\n\n".join(body), fields, {"encoding": encoding})


def _first(element: Any, paths: tuple[str, ...]) -> str | None:
    """The first text or attribute (behind an @) that one of the paths leads to."""
    for path in paths:
        place, _, attribute = path.partition("/@")
        found = element.find(place)
        value = (found.get(attribute) if attribute else markup.text_of(found, _DIALECT)) if found is not None else None
        if value:
            return str(value)
    return None


NITF = Reader("NITF", (".nitf",), _read_nitf, lambda head: markup.root_of(head) == "nitf")
NEWSML = Reader(
    "NewsML", (".newsml",), _read_newsml, lambda head: markup.root_of(head).lower() in ("newsml", "newsmessage", "newsitem", "packageitem")
)
