"""What HTML and JSON leave in a text: elements, entities, escaped characters."""

from __future__ import annotations

import html.entities
from collections.abc import Iterator

import regex

from quotes.text.view import Edit

__all__ = ["elements", "entities", "escapes", "hidden", "is_page"]

_INLINE = (
    "a|abbr|acronym|b|bdi|bdo|big|center|cite|code|del|dfn|em|font|i|img|ins|kbd|label|mark|o:p|picture|s|samp|small|source|span|strike|strong|sub"
    "|sup|svg|time|tt|u|var|wbr"
)
_BLOCK = (
    "address|article|aside|body|br|button|caption|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|iframe|li|link|main|meta|nav"
    "|object|ol|p|pre|section|select|table|tbody|td|tfoot|th|thead|title|tr|ul|video"
)
_REST = r"(?:\s(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)?+/?>"
_ELEMENT = regex.compile(
    r"(?P<gone><(?:!doctype|\?xml)[^<>]*+>)"
    rf"|(?P<opening><(?:q|blockquote){_REST})|(?P<closing></(?:q|blockquote)\s*+>)"
    rf"|(?P<inline></?(?:{_INLINE}){_REST})|(?P<block></?(?:{_BLOCK}){_REST})",
    regex.IGNORECASE | regex.DOTALL,
)
# What no reader sees, up to its end.
_HIDDEN = regex.compile(r"<!--|<(?P<name>script|style|noscript|template)\b[^<>]*+>", regex.IGNORECASE)
_PAGE = regex.compile(r"<!doctype\s++html|<html[\s>]|<body[\s>]", regex.IGNORECASE)
_ENTITY = regex.compile(r"&(?:amp;)*+(?P<name>#\d{2,6}+|#[xX][\da-fA-F]{2,6}+|[A-Za-z][A-Za-z\d]{1,20}+);")
_ESCAPE = regex.compile(
    r"(?<!\\)\\(?:u(?P<code>[\da-fA-F]{4})|(?P<line>(?:r\\)?n)(?=[\\\s\p{Lu}«“\"'—–-]|\Z)|(?P<tab>t)(?=[\\\s\p{Lu}«“\"]|\Z)|(?P<mark>[\"'/]))"
)


def is_page(text: str) -> bool:
    """Whether a text is a whole page of HTML."""
    return "<" in text and _PAGE.search(text) is not None


def hidden(text: str) -> Iterator[Edit]:
    """The edits that take out comments, scripts and style sheets, in order; one that is never closed stays."""
    if "<" not in text:
        return
    small, position = text.lower(), 0
    unclosed: set[str] = set()
    while match := _HIDDEN.search(text, position):
        end = f"</{match['name'].lower()}" if match["name"] else "-->"
        found = -1 if end in unclosed else small.find(end, match.end())
        last = text.find(">", found) if found >= 0 else -1
        position = last + 1 if last >= 0 else match.end()
        if last >= 0:
            yield match.start(), position, ""
        else:
            unclosed.add(end)


def elements(text: str) -> Iterator[Edit]:
    """The edits that take elements out: those of a line count as nothing, others end it, `<q>` and `<blockquote>` are marks."""
    if "<" not in text:
        return
    for match in _ELEMENT.finditer(text):
        new = {"opening": "“", "closing": "”", "block": "\n"}.get(match.lastgroup or "", "")
        if match.group().lower().startswith(("<blockquote", "</blockquote")):
            new = "\n“" if match.lastgroup == "opening" else "”\n"
        yield match.start(), match.end(), new


def entities(text: str) -> Iterator[Edit]:
    """The edits that write characters for entities; unknown ones stay."""
    if "&" not in text:
        return
    for match in _ENTITY.finditer(text):
        new = _character(match["name"])
        if new:
            yield match.start(), match.end(), new


def _character(name: str) -> str:
    if not name.startswith("#"):
        return html.entities.html5.get(name + ";", "")
    code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    return html.unescape(f"&#{code};")


def escapes(text: str) -> Iterator[Edit]:
    r"""The edits for characters that a program escaped and nobody restored: « \n », « \" », « \u00e9 »."""
    if "\\" not in text:
        return
    for match in _ESCAPE.finditer(text):
        code = match["code"]
        new = "\n" if match["line"] else " " if match["tab"] else match["mark"] or ""
        if code:
            new = chr(int(code, 16))
        if not "\ud800" <= new[:1] <= "\udfff":
            yield match.start(), match.end(), new
