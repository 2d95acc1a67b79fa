"""From a text as archives have it to the text that the rules read: a `View`, the only place where what is written is evened out."""

from __future__ import annotations

import dataclasses

from quotes.text.accents import restore_accents
from quotes.text.casing import ordinary_case
from quotes.text.doubled import doubled_marks
from quotes.text.footnotes import footnote_signs
from quotes.text.glued import lost_blanks, lost_line_ends
from quotes.text.lookalikes import composed_letters, even_characters, odd_blanks, odd_characters, single_marks
from quotes.text.mojibake import is_garbled, misread_letters, misread_utf8
from quotes.text.tags import elements, entities, escapes, hidden, is_page
from quotes.text.unwrap import broken_lines
from quotes.text.view import View

__all__ = ["read_view"]

# In this order: what stands for a character first, then single characters, marks and their surroundings.
_STEPS = (escapes, hidden, elements, entities)
_FINER = (
    odd_characters,
    odd_blanks,
    composed_letters,
    doubled_marks,
    footnote_signs,
    broken_lines,
    single_marks,
    lost_blanks,
    lost_line_ends,
)


def read_view(text: str) -> View:
    """The view of a stored text; a text that needs none is its own view.

    Its flags: "mojibake" (read in the wrong encoding, repaired or not), "page" (a whole page of HTML).
    """
    view = _decoded(View(text, flags=("page",) if is_page(text) else ()))
    for step in _STEPS:
        view = view.edited(step(view.text))
    view = dataclasses.replace(view, text=even_characters(view.text))
    for step in _FINER:
        view = view.edited(step(view.text))
    return dataclasses.replace(view, text=restore_accents(ordinary_case(view.text)))


def _decoded(view: View) -> View:
    """The view with its letters put right, and flagged, when the text was read in the wrong encoding."""
    repaired = view.edited(misread_utf8(view.text))
    repaired = dataclasses.replace(repaired, text=misread_letters(repaired.text))
    if repaired.text != view.text or is_garbled(view.text):
        return dataclasses.replace(repaired, flags=("mojibake", *view.flags))
    return view
