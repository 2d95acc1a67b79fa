"""Europresse exports in HTML, of today (one `<article>` each) and of before 2014 (one table each)."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import regex

from quotes.archive import markup
from quotes.archive.exports import clean_publication, words_pattern
from quotes.archive.failure import BadDocument, Document, Failure
from quotes.archive.reader import Input, Reader
from quotes.archive.record import article_with

__all__ = ["EUROPRESSE"]

_SIGN = "DocPublicationName"
# Where an article begins: each is read alone, so that broken mark-up of one does no harm to the others.
_ARTICLE = regex.compile(r"<article\b", regex.IGNORECASE)
_TABLE = regex.compile(r"<table id=[\"']tbHeaderImages", regex.IGNORECASE)
_NUMBER = regex.compile(r"news·[\w·]++")
# The older form has no element for the author: a short line of its own between the title and the text.
_AUTHOR_LENGTH = 100


def _read(file: Input) -> Iterator[Document]:
    """Every article of the export, its id the number of the document."""
    text, encoding = markup.decoded(file.read())
    new = _ARTICLE.search(text) is not None
    starts = [match.start() for match in (_ARTICLE if new else _TABLE).finditer(text)]
    if not starts:
        raise BadDocument("no-article", "is a Europresse export without an article")
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True), 1):
        source, stem = f"{file.source}:{number}", f"{file.stem}:{number}"
        try:
            tree = markup.fragment(f"<div>{text[start:end]}</div>")
            yield source, (_article if new else _old_article)(tree, stem, encoding)
        except BadDocument as error:
            yield Failure(source, stem, error.reason, f"Article {number} of {file.source} {error}.")


def _article(tree: Any, stem: str, encoding: str | None) -> Any:
    header = _first(tree, "//header")
    titles = _first(tree, "//*[contains(@class, 'titreArticle')]")
    fields = _fields(tree)
    author = _author(header, titles) if header is not None else ""
    body = [
        line
        for section in tree.xpath("//section | //div[contains(@class, 'DocText')][not(ancestor::section)]")
        for line in markup.paragraphs(section)
    ]
    metadata = {**_metadata(tree), "subtitle": _texts(tree, "//*[contains(@class, 'rdp__subtitle')]"), "encoding": encoding}
    return article_with(_number(tree) or stem, "\n\n".join(body), {**fields, "author": author}, metadata)


def _author(header: Any, titles: Any) -> str:
    """The author: the element of that name, else what stands below the titles."""
    named = header.xpath(".//*[contains(@class, 'sm-margin-bottomNews')]")
    following = named or (titles.xpath("following-sibling::div") if titles is not None else [])
    return ", ".join(line for element in following[:1] for line in markup.paragraphs(element))


def _old_article(tree: Any, stem: str, encoding: str | None) -> Any:
    lines = _old_lines(tree)
    author = lines.pop(0) if _is_author(lines, tree) else None
    return article_with(
        _number(tree) or stem, "\n\n".join(lines), {**_fields(tree), "author": author}, {**_metadata(tree), "encoding": encoding}
    )


def _old_lines(tree: Any) -> list[str]:
    """The lines from below the title to the notice of rights."""
    title = _first(tree, "//*[@class='TitreArticleVisu']")
    if title is None:
        raise BadDocument("no-article", "has no title where Europresse writes one")
    lines = markup.paragraphs(title.getparent())
    wanted = markup.text_of(title)
    below = lines[lines.index(wanted) + 1 :] if wanted in lines else lines
    end = next((place for place, line in enumerate(below) if _closing().search(line)), len(below))
    return below[:end]


@functools.cache
def _closing() -> regex.Pattern[str]:
    return regex.compile(rf"\A©.*(?:{words_pattern('rights')})|\A(?:{words_pattern('number')}) : news·", regex.IGNORECASE)


def _is_author(lines: list[str], tree: Any) -> bool:
    """Whether the first line is the author's name: short, without the end of a sentence, and a paragraph begins below it."""
    if len(lines) < 2 or len(lines[0]) > _AUTHOR_LENGTH or lines[0][-1] in ".!?…»":
        return False
    after = tree.xpath("//*[@class='TitreArticleVisu']/following-sibling::*")
    return [markup.local(element) for element in after[:4]] == ["br", "br", "br", "p"]


def _fields(tree: Any) -> dict[str, str | None]:
    header = " ".join(markup.text_of(element) for element in tree.xpath("//*[contains(@class, 'DocHeader')]"))
    title = _texts(tree, "//*[contains(@class, 'titreArticleVisu') or @class='TitreArticleVisu']")
    return {"title": title, "date": header, "outlet": clean_publication(_texts(tree, f"//*[@class='{_SIGN}']"))}


def _metadata(tree: Any) -> dict[str, Any]:
    """Publication as it is written, section and page."""
    header = " ".join(" ".join(markup.text_of(element) for element in tree.xpath("//*[contains(@class, 'DocHeader')]")).split())
    page = regex.search(rf",\s?(?:{words_pattern('page')})\s?+(\S++)\s*+\Z", header)
    section, comma, _ = header.partition(",")
    has_section = comma and not regex.search(r"\d{4}", section)
    return {
        "publication": _texts(tree, f"//*[@class='{_SIGN}']"),
        "section": section if has_section else None,
        "page": page[1] if page else None,
    }


def _number(tree: Any) -> str | None:
    match = _NUMBER.search("".join(tree.itertext()))
    return match[0] if match else None


def _first(tree: Any, path: str) -> Any:
    return next(iter(tree.xpath(path)), None)


def _texts(tree: Any, path: str) -> str:
    found = _first(tree, path)
    return markup.text_of(found) if found is not None else ""


def _sniff(head: bytes) -> bool:
    start = markup.opening(head)
    return _SIGN in start and "<" in start[:200]


EUROPRESSE = Reader("Europresse", (), _read, _sniff)
