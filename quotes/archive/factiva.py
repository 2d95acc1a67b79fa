"""Factiva exports: HTML and plain text, with or without the codes of their fields, and XML."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import regex

from quotes.archive import markup
from quotes.archive.exports import clean_publication, words_pattern
from quotes.archive.failure import BadDocument, Document, Failure
from quotes.archive.reader import Input, Reader
from quotes.archive.record import article_with
from quotes.model import Article

__all__ = ["FACTIVA_HTML", "FACTIVA_TEXT", "FACTIVA_XML"]

# The codes of fields that are the article's, or that its metadata keep under a name.
_TEXT = ("LP", "TD")
_NAMED = {
    "SE": "section", "PG": "page", "LA": "language", "CY": "rights", "CR": "credit", "ED": "edition", "NS": "subjects", "RE": "regions",
    "CO": "companies", "IN": "industries",
}  # fmt: skip
_CODES = frozenset("AN ART BY CLM CO CR CT CX CY DE ED ET GC HD HL IN IPC IPD LA LP NGC NS PD PG PUB RE RF RST SC SE SN TD VOL WC".split())
_CODE = regex.compile(r"^\s?(?P<code>[A-Z]{2,3})(?:[ \t\r]*+$|(?:[ ]{2,}+|\t)(?=\S))", regex.MULTILINE)
_IN_HTML = regex.compile(r"<div\s[^<>]*?class=[\"'][^\"']*?\barticle\b", regex.IGNORECASE)
_TITLE = regex.compile(r"<title>[^<]*Factiva", regex.IGNORECASE)


def _read_html(file: Input) -> Iterator[Document]:
    """Every article of the page, its id the accession number."""
    text, encoding = markup.decoded(file.read())
    starts = [match.start() for match in _IN_HTML.finditer(text)]
    if not starts:
        raise BadDocument("no-article", "is a Factiva export without an article")
    parts = (text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True))
    yield from _documents(file, (functools.partial(_from_html, part) for part in parts), encoding)


def _read_text(file: Input) -> Iterator[Document]:
    """Every article of the file: from behind the number of one document to that of the next."""
    text, encoding = markup.decoded(file.read())
    ends = [match.end() for match in _number_line().finditer(text)]
    parts = [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    yield from _documents(file, (functools.partial(_from_text, part) for part in parts), encoding)


def _documents(file: Input, readers: Iterable[Any], encoding: str | None) -> Iterator[Document]:
    for number, read in enumerate(readers, 1):
        source, stem = f"{file.source}:{number}", f"{file.stem}:{number}"
        try:
            yield source, _article(read(), stem, encoding)
        except BadDocument as error:
            yield Failure(source, stem, error.reason, f"Article {number} of {file.source} {error}.")


def _article(fields: Mapping[str, list[str]], stem: str, encoding: str | None) -> Article:
    """The article of fields by code, each with its lines."""
    one = {code: " ".join(lines) for code, lines in fields.items()}
    body = [line for code in _TEXT for line in fields.get(code, [])]
    number = regex.search(r"\S++\s*+\Z", one.get("AN", ""))
    date = " ".join(part for part in (one.get("PD"), one.get("ET")) if part)
    found = {
        "title": one.get("HD"),
        "date": date,
        "outlet": clean_publication(one.get("SN", "")),
        "author": _by().sub("", one.get("BY", "")),
    }
    metadata = {name: one.get(code) for code, name in _NAMED.items()} | {"encoding": encoding}
    return article_with(number[0].strip() if number else stem, "\n\n".join(body), found, metadata)


def _from_html(part: str) -> dict[str, list[str]]:
    tree = markup.fragment(f"<body>{part}</body>")
    article = next(iter(tree.xpath("//div[contains(concat(' ', @class, ' '), ' article ')]")), tree)
    rows = [(" ".join(row[0].itertext()).strip(), row[1]) for row in article.xpath(".//tr[count(td) > 1]")]
    coded = {code: markup.paragraphs(cell) for code, cell in rows if code in _CODES}
    return coded or _uncoded(
        markup.paragraphs(article),
        {line for p in article.xpath(".//p[contains(@class, 'articleParagraph')]") for line in markup.paragraphs(p)},
    )


def _from_text(part: str) -> dict[str, list[str]]:
    matches = [match for match in _CODE.finditer(part) if match["code"] in _CODES]
    if not {"HD", "LP"} & {match["code"] for match in matches}:
        return _uncoded([line for block in _blocks(part) for line in _lines(block)], None)
    fields: dict[str, list[str]] = {}
    for match, end in zip(matches, [*(match.start() for match in matches[1:]), len(part)], strict=True):
        fields.setdefault(match["code"], []).extend(" ".join(block.split()) for block in _blocks(part[match.end() : end]))
    return fields


def _blocks(text: str) -> list[str]:
    """Paragraphs: parted by empty lines."""
    return [block.strip() for block in regex.split(r"\n\s*\n", text.replace("\r\n", "\n")) if block.strip()]


def _lines(block: str) -> list[str]:
    """The lines of a block that has the count of words, one paragraph of any other."""
    return block.splitlines() if _count_line().search(block) else [" ".join(block.split())]


def _uncoded(lines: list[str], body: set[str] | None) -> dict[str, list[str]]:
    """The fields of an article whose lines have no codes: title, author, « 295 mots », date, time, publication, ..., text, number.

    `body` are the lines known as the text; without them the text begins behind the notice of rights.
    """
    count = next((place for place, line in enumerate(lines) if _count_line().fullmatch(line)), None)
    if count is None:
        raise BadDocument("no-article", "has no count of words where Factiva writes one")
    head, tail = lines[:count], lines[count + 1 :]
    last = next((place for place, line in enumerate(tail) if _number_line().fullmatch(line)), len(tail))
    rights = next(
        (place for place, line in enumerate(tail[:last]) if "(c)" in line.lower() or "©" in line or "copyright" in line.lower()), -1
    )
    text = [line for line in tail[:last] if line in body] if body else tail[rights + 1 : last]
    known = [line for line in tail[:last] if line not in text]
    timed = len(known) > 1 and regex.fullmatch(r"\d{1,2}:\d{2}", known[1])
    named = known[1 + bool(timed) :][:1]
    fields = {
        "HD": head[:1],
        "BY": head[1:],
        "PD": known[:1],
        "ET": known[1:2] if timed else [],
        "SN": named,
        "LP": text,
        "AN": tail[last : last + 1],
    }
    return {code: found for code, found in fields.items() if found}


@functools.cache
def _count_line() -> regex.Pattern[str]:
    return regex.compile(rf"^\s?\d[\d\s,.]{{0,9}}\s(?:{words_pattern('words')})\s?$", regex.IGNORECASE | regex.MULTILINE)


@functools.cache
def _number_line() -> regex.Pattern[str]:
    return regex.compile(rf"^\s?(?:AN\s++)?(?:{words_pattern('number')}) [A-Z0-9]{{4,}}\w{{8,}}[ \t]*+\r?$", regex.MULTILINE)


@functools.cache
def _by() -> regex.Pattern[str]:
    return regex.compile(rf"\A(?:{words_pattern('by')})\s++", regex.IGNORECASE)


def _read_xml(file: Input) -> Iterator[Document]:
    """Every article of the export, its id the accession number."""
    text, encoding = markup.decoded(file.read())
    for number, element in enumerate(markup.elements(text, frozenset(("article",))), 1):
        yield f"{file.source}:{number}", _from_xml(element, f"{file.stem}:{number}", encoding)


_XML = markup.Dialect(frozenset(("paragraph",)), frozenset(), frozenset(), frozenset())


def _from_xml(element: Any, stem: str, encoding: str | None) -> Article:
    def text(name: str) -> str:
        return " ".join(line for found in element.iterfind(f"{{*}}{name}") for line in markup.paragraphs(found, _XML))

    parts = ("leadParagraph", "tailParagraphs")
    body = [line for name in parts for found in element.iterfind(f"{{*}}{name}") for line in markup.paragraphs(found, _XML)]
    date = element.findtext("{*}publicationDate/{*}dateTime") or element.findtext("{*}publicationDate/{*}date")
    fields = {
        "title": text("headline"),
        "date": date,
        "outlet": clean_publication(text("sourceName")),
        "author": _by().sub("", text("byline")),
    }
    names = {"language": "baseLanguage", "section": "sectionName", "edition": "edition", "rights": "copyright"}
    metadata: dict[str, Any] = {ours: text(theirs) for ours, theirs in names.items()} | {"encoding": encoding}
    return article_with(text("accessionNo") or stem, "\n\n".join(body), fields, metadata)


def _sniff_text(head: bytes) -> bool:
    """Whether a text has the codes of a headline and of a lead on lines of their own, or a count of words and a document's number."""
    start = markup.opening(head)
    codes = {match["code"] for match in _CODE.finditer(start)}
    return {"HD", "WC", "PD", "SN"} <= codes or bool(_count_line().search(start) and _number_line().search(start))


FACTIVA_HTML = Reader("Factiva", (), _read_html, lambda head: bool(_TITLE.search(markup.opening(head[:4096]))))
FACTIVA_TEXT = Reader("Factiva", (), _read_text, _sniff_text)
FACTIVA_XML = Reader(
    "Factiva",
    (),
    _read_xml,
    lambda head: markup.root_of(head) in ("PPSResponse", "ppsArticleResponse", "ppsarticleResultSet", "ppsarticle"),
)
