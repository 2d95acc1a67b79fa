"""Signs of footnotes and cross-references: they stand in a sentence and are no part of it."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from quotes.text.grammar import alternatives
from quotes.text.view import Edit

__all__ = ["footnote_signs"]

_GUARD = regex.compile(r"[\[(*†‡¹²³⁰-⁹]")
_SIGN = regex.compile(
    # Right behind a closing mark.
    r"(?<=[»”\"])(?:\s?\[\d{1,3}\]|\s?\(\d{1,2}\)|[¹²³⁰-⁹]++|\*{1,3}+|[†‡])++(?=[\s,.;:!?…)]|\Z)"
    # Behind a word or its punctuation.
    r"|(?<=[\p{L},.;])\s?\[\d{1,3}\]|(?<=\p{L}{2})[¹²³⁰-⁹]++(?=[\s,.;:!?…)]|\Z)"
    # « … » (lire page 4), a dit X.
    rf"|(?<=[»”\"])\s?\((?:{alternatives('cross-reference')})\b[^()\n]{{0,60}}+\)"
)


def footnote_signs(text: str) -> Iterator[Edit]:
    """The edits that leave out signs of footnotes, and cross-references behind a closing mark."""
    if _GUARD.search(text) is None:
        return iter(())
    return ((match.start(), match.end(), "") for match in _SIGN.finditer(text))
