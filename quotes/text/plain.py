"""From a text as archives have it to the text that the rules read: a `View`, the only place where what is written is evened out."""

from __future__ import annotations

from quotes.text.doubled import doubled_marks
from quotes.text.glued import lost_blanks
from quotes.text.view import View

__all__ = ["read_view"]


def read_view(text: str) -> View:
    """The view of a stored text; a text that needs none is its own view."""
    view = View(text)
    view = view.edited(doubled_marks(view.text))
    return view.edited(lost_blanks(view.text))
