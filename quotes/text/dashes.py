"""Lines of dialogue that a dash opens, told from bullet lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from quotes.model import Span
from quotes.text.recovery import REACH, incise_start

__all__ = ["dialogue_turns"]

_DASH = regex.compile(r"(?:[—–―]\s*+|--?+\s++)(?=\S)")
_FINAL = regex.compile(r"[.!?…:»”\")][»”\"’)\s]*+\Z")
_LIVELY = regex.compile(r"[?!…]|\.{3}|\b(?:oui|non|merci|bonjour|monsieur|madame|mademoiselle)\b", regex.IGNORECASE)


def dialogue_turns(text: str, paragraphs: Sequence[Span]) -> list[Span | None]:
    """For each paragraph what stands after its dash when it is a line of dialogue, else None."""
    contents = [_content(text, paragraph) for paragraph in paragraphs]
    spoken = {text[paragraph.start] for paragraph, content in zip(paragraphs, contents, strict=True) if content and _reports(text, content)}
    turns: list[Span | None] = [None] * len(paragraphs)
    for run in _runs(contents):
        lively = any(_LIVELY.search(text, content.start, min(content.end, content.start + REACH)) for _, content in run)
        listed = any(_is_item(text, content) for _, content in run)
        for index, content in run:
            dash = text[paragraphs[index].start]
            if _reports(text, content) or (not listed and (dash in spoken or dash in "—―" or (lively and len(run) > 1))):
                turns[index] = content
    return turns


def _content(text: str, paragraph: Span) -> Span | None:
    match = _DASH.match(text, paragraph.start, paragraph.end)
    return Span(match.end(), paragraph.end) if match else None


def _runs(contents: Sequence[Span | None]) -> Iterator[list[tuple[int, Span]]]:
    """Dash lines that follow one another."""
    run: list[tuple[int, Span]] = []
    for index, content in enumerate(contents):
        if content is not None:
            run.append((index, content))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _reports(text: str, content: Span) -> bool:
    return incise_start(text, content.start, min(content.end, content.start + REACH)) is not None


def _is_item(text: str, content: Span) -> bool:
    """Whether the line looks like an item of a list: lower case at its start, or no sentence end."""
    tail = max(content.start, content.end - 8)
    return text[content.start].islower() or _FINAL.search(text, tail, content.end) is None
