"""Quotation marks as they stand in the text: where they are, what they are, whether they can open or close."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import cache
from typing import Literal

import regex

from quotes.model import Span
from quotes.text.lexicon import load_table

__all__ = ["Glyph", "Role", "glyphs_of"]

Role = Literal["open", "close", "either"]
_CURVED = frozenset(("guillemets", "double"))
_OPENING_BEFORE = frozenset("([{-–—―'’‘/|«“„‹\"“<>*_=:;")
_CLOSING_AFTER = frozenset('.,;:!?)]}…»”›/|-–—"<*_&’“')


@dataclasses.dataclass(slots=True)
class Glyph:
    """One quotation mark. `left` and `right` tell whether the characters around it let it open or close."""

    start: int
    end: int
    style: str
    family: str
    role: Role
    left: bool = False
    right: bool = False


@cache
def _table() -> dict[str, tuple[str, str, Role]]:
    """Mark to style, family and role; the first line that names a mark decides."""
    table: dict[str, tuple[str, str, Role]] = {}
    for style, family, opening, closing, _ in load_table("marks"):
        table.setdefault(opening, (style, family, "either" if opening == closing else "open"))
        table.setdefault(closing, (style, family, "close"))
    return table


@cache
def _pattern() -> regex.Pattern[str]:
    """All marks, longest first. Runs of three and more are ornaments, an apostrophe before a letter is no mark."""
    limits = {
        "’": r"’(?!\p{L})",
        "‘": r"(?<![\p{L}\p{N}])‘(?=\S)|(?<=‚[^‚‘’\n]{1,300})‘(?!\p{L})",
        ",,": r"(?<![\p{L}\p{N},]),,(?!,)",
        "''": r"(?<!')''(?!')",
        "<'": r"(?<!<)<'(?=[\s\p{L}])",
    }
    marks = sorted(_table(), key=len, reverse=True)
    ornaments = r"(?<run>([«»<>\"“”„])\2{2}\2*+)"
    return regex.compile(ornaments + "|" + "|".join(limits.get(mark, regex.escape(mark)) for mark in marks))


def glyphs_of(text: str, paragraph: Span) -> list[Glyph]:
    """The marks of one paragraph in order; measures (27\") are left out and straight marks have got a role where spacing tells."""
    table, found = _table(), []
    for match in _pattern().finditer(text, paragraph.start, paragraph.end):
        if match.group("run") is None:
            style, family, role = table[match.group()]
            glyph = Glyph(match.start(), match.end(), style, family, role)
            _look_around(text, paragraph, glyph)
            found.append(glyph)
    if any(glyph.role == "either" for glyph in found):
        _settle_mixed(text, found)
        found = _settle_straight(text, found)
    _swap_reversed(text, [glyph for glyph in found if glyph.family == "guillemets"])
    return found


def _look_around(text: str, paragraph: Span, glyph: Glyph) -> None:
    before = text[glyph.start - 1] if glyph.start > paragraph.start else "\n"
    after = text[glyph.end] if glyph.end < paragraph.end else "\n"
    blank_before, blank_after = before.isspace(), after.isspace()
    glyph.left = (blank_before or before in _OPENING_BEFORE) and not blank_after and after not in ".,;:!?)]}"
    glyph.right = (blank_after or after in _CLOSING_AFTER) and not blank_before and before not in "([{"
    if glyph.left and glyph.right and (after in "-–—/|*_&" or before in ":;"):
        glyph.right = before not in "-–—:;'’" and not blank_before
        glyph.left = not glyph.right


def _settle_mixed(text: str, glyphs: Sequence[Glyph]) -> None:
    """Gives straight marks a role whose partner is of another kind: "…» and «…" where neither « nor » has one of its own."""
    depth, straight = 0, list[Glyph]()
    for index, glyph in enumerate(glyphs):
        if glyph.role == "either":
            straight.append(glyph)
        elif glyph.family in _CURVED:
            if glyph.role == "close" and not depth and len(straight) % 2 and _may_open(text, straight[-1]):
                straight[-1].role = "open"
            straight, ahead = [], _straight_ahead(glyphs, index)
            depth = max(0, depth + (1 if glyph.role == "open" else -1))
            if glyph.role == "open" and len(ahead) % 2 and ahead[0].right and not ahead[0].left:
                ahead[0].role, depth = "close", depth - 1


def _may_open(text: str, glyph: Glyph) -> bool:
    """Whether words can follow a straight mark: a letter, or a blank and a letter."""
    return not glyph.right and text[glyph.end : glyph.end + 2].lstrip()[:1].isalnum()


def _straight_ahead(glyphs: Sequence[Glyph], index: int) -> list[Glyph]:
    """The straight marks between a mark and the next that opens; none when one closes before."""
    found: list[Glyph] = []
    for glyph in glyphs[index + 1 :]:
        if glyph.family in _CURVED:
            return found if glyph.role == "open" else []
        if glyph.role == "either":
            found.append(glyph)
    return found


def _settle_straight(text: str, glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Gives straight marks a role: they take turns when their number is even and no spacing contradicts, else spacing decides."""
    kept = _without_measures(text, glyphs)
    straight = [glyph for glyph in kept if glyph.role == "either"]
    turns: list[Role] = ["close" if index % 2 else "open" for index in range(len(straight))]
    if len(straight) % 2 == 0:
        against = sum(
            (glyph.left and not glyph.right) if turn == "close" else (glyph.right and not glyph.left)
            for glyph, turn in zip(straight, turns, strict=True)
        )
        if against == 0 or (against * 2 < len(straight) and not _balanced(straight)):
            for glyph, turn in zip(straight, turns, strict=True):
                glyph.role = turn
            return kept
    for glyph in straight:
        if glyph.left != glyph.right:
            glyph.role = "open" if glyph.left else "close"
    return kept


def _balanced(straight: Sequence[Glyph]) -> bool:
    depth = 0
    for glyph in straight:
        closing = glyph.right if glyph.left != glyph.right else depth > 0
        depth += -1 if closing else 1
        if depth < 0:
            return False
    return depth == 0


def _without_measures(text: str, glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Leaves out inch and second signs: a straight mark after a digit with no quotation to close, or with a mark too many around."""
    odd = sum(glyph.role == "either" for glyph in glyphs) % 2 == 1
    kept, inside = [], False
    for glyph in glyphs:
        if glyph.role == "either":
            if (
                glyph.start
                and text[glyph.start - 1].isdigit()
                and (not inside or (odd and regex.match(r"-\p{L}|\s\p{Ll}", text, pos=glyph.end)))
            ):
                odd = not odd
                continue
            inside = not inside
        kept.append(glyph)
    return kept


def _swap_reversed(text: str, guillemets: Sequence[Glyph]) -> None:
    """Turns »…« round when the whole paragraph writes them so, with blanks inside or without."""
    if len(guillemets) < 2 or len(guillemets) % 2:
        return
    turns = [("close", "open")[index % 2] for index in range(len(guillemets))]
    if all(glyph.role == turn and _stands_as(text, glyph, opens=turn == "close") for glyph, turn in zip(guillemets, turns, strict=True)):
        for glyph in guillemets:
            glyph.role = "open" if glyph.role == "close" else "close"


def _stands_as(text: str, glyph: Glyph, *, opens: bool) -> bool:
    """Whether a mark stands like an opening one (words follow it), or like a closing one: nothing follows it, or what goes on."""
    if glyph.left != glyph.right:
        return glyph.left == opens
    following = text[glyph.end : glyph.end + 2]
    return (
        following.lstrip()[:1].isalnum()
        if opens
        else not following.strip() or following.lstrip()[0] in ".,;:!?)" or following.lstrip()[0].islower()
    )
