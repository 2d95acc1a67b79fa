"""Signs of footnotes and cross-references: they stand in a sentence and are no part of it."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from quotes.text.grammar import alternatives
from quotes.text.view import Edit

__all__ = ["footnote_signs"]

# Every alternative begins with the sign or its bracket, which few texts have many of.
_BEHIND = r"(?<=[»”\"]\s?.)"
_SIGN = regex.compile(
    rf"\[{_BEHIND}\d{{1,3}}\](?=[\s,.;:!?…)]|\Z)|\({_BEHIND}\d{{1,2}}\)(?=[\s,.;:!?…)]|\Z)"
    r"|[¹²³⁰-⁹](?<=[»”\"\p{L}]{2}.|[»”\"].)[¹²³⁰-⁹]*+(?=[\s,.;:!?…)]|\Z)|[*†‡](?<=[»”\"].)\**+(?=[\s,.;:!?…)]|\Z)"
    # Behind a word or its punctuation.
    r"|\[(?<=[\p{L},.;]\s?.)\d{1,3}\]"
    # « … » (lire page 4), a dit X.
    rf"|\({_BEHIND}(?:{alternatives('cross-reference')})\b[^()\n]{{0,60}}+\)"
)


def footnote_signs(text: str) -> Iterator[Edit]:
    """The edits that leave out signs of footnotes, and cross-references behind a closing mark."""
    for match in _SIGN.finditer(text):
        blank = text[match.start() - 1].isspace()
        yield match.start() - blank, match.end(), ""
