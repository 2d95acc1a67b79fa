"""Blanks and line ends that got lost: sentences and quotation marks that touch the next word, subheads that run into a sentence."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from quotes.text.grammar import alternatives
from quotes.text.view import Edit

__all__ = ["lost_blanks", "lost_line_ends"]

# « fermé.Le maire », « fermé ».Le maire », « fermé.« Oui » », « fermé,a dit »; « A.-M. » and « 12.30 » are no ends.
_PLACE = regex.compile(
    r"(?<=[\p{Ll}\p{N}»”\")\]]\s?)[.!?…]++(?=\p{Lu}\p{Ll}|\p{Lu}['’]|[«“])"
    r"|(?<=\p{L}{2}|[»”\")\]]),(?=\p{L})"
)
# « Coupable naïveté Ces attentats ont », « Coupable naïvetéCes attentats »: a capital that only a sentence gives.
_OPENER = regex.compile(rf"(?:{alternatives('sentence-opener')})(?=\s\p{{Ll}})")
_BEFORE = regex.compile(r"(?r)(?:\p{L}{2}[ ]|(?<!\p{L})\p{Ll}{3,40}+)")
# « … dit-il. Lire aussi : Le bac … »: the title or the sentence behind it stands for itself.
_INVITATION = regex.compile(
    rf"(?<=[.!?…»”\")\n]|\A)(?P<before>[ ]?)(?i:{alternatives('reading-invitation')})"
    r"(?:[ ][^\n.:;!?«»]{1,40})?[ ]?:(?P<after>[ ]|(?=\p{Lu}))"
)
# « … le bac - Regarder sur Brec Live »
_WATCH = regex.compile(rf"[ ]*+[-–—][ ]*+(?=(?i:{alternatives('watching-verb')})[ ]sur[ ]\p{{Lu}}[^\n.!?]{{1,40}}(?:\n|\Z))")
_CLOSING = regex.compile(r"(?<=[\p{L}\p{P}\s])[»”\"](?=\p{L})")
_OPENING = {"»": "«", "”": "“", '"': ""}


def lost_blanks(text: str) -> Iterator[Edit]:
    """The edits that put a blank where one sentence, quotation or clause touches the next word, in order."""
    places = {match.end() for match in _PLACE.finditer(text) if not _in_address(text, match.end())}
    places |= {match.end() for match in _CLOSING.finditer(text) if _closes(text, match.start())}
    return ((at, at, " ") for at in sorted(places))


def lost_line_ends(text: str) -> Iterator[Edit]:
    """The edits that end the line between words without a full stop and the first word of a sentence, and around invitations
    to read something else, in order."""
    edits = {match.span(side) for match in _INVITATION.finditer(text) for side in ("before", "after") if match.span(side) != (0, 0)}
    edits |= {match.span() for match in _WATCH.finditer(text)}
    return ((start, end, "\n") for start, end in sorted(edits | set(_subheads(text))))


def _subheads(text: str) -> Iterator[tuple[int, int]]:
    """The gaps between a subhead and the sentence behind it."""
    for match in _OPENER.finditer(text):
        before = _BEFORE.match(text, 0, match.start())
        if before is not None:
            yield match.start() - before.group().endswith(" "), match.start()


def _in_address(text: str, at: int) -> bool:
    """Whether a full stop stands in a web or mail address or a file name."""
    word = text[max(0, at - 60) : at].rsplit(maxsplit=1)
    return bool(word) and any(sign in word[-1] for sign in ("www.", "://", "@"))


def _closes(text: str, at: int) -> bool:
    """Whether a mark closes: in its line every one before it has its partner, and the first is an opening one (not »Oui«)."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    mark = text[at]
    opening = _OPENING[mark]
    before = text.count(mark, start, at)
    if not opening:
        return before % 2 == 1 and text.count(mark, start, len(text) if end < 0 else end) % 2 == 0 and not text[at - 1].isspace()
    first = text.find(mark, start, at + 1)
    return text.count(opening, start, at) == before + 1 and text.count(opening, start, first) == 1
