"""Blanks and line ends that got lost: sentences and quotation marks that touch the next word, subheads that run into a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

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
_TOUCHING = regex.compile(r"[»”\"](?=\p{L})")
_MARK = regex.compile(r"[«»“”\"\n]")
_PARTNER = {"»": "«", "”": "“"}


def lost_blanks(text: str) -> Iterator[Edit]:
    """The edits that put a blank where one sentence, quotation or clause touches the next word, in order."""
    places = {match.end() for match in _PLACE.finditer(text) if not _in_address(text, match.end())}
    places |= set(_behind_marks(text))
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


def _behind_marks(text: str) -> Iterator[int]:
    """Places right behind a closing mark that a letter touches."""
    if _TOUCHING.search(text) is None:
        return
    line: list[regex.Match[str]] = []
    for match in _MARK.finditer(text):
        if match.group() == "\n":
            yield from _closing(text, line)
            line = []
        else:
            line.append(match)
    yield from _closing(text, line)


def _closing(text: str, marks: Sequence[regex.Match[str]]) -> Iterator[int]:
    """Ends of the marks of a line that close and touch a letter: every one before has its partner, and the first opens (not »Oui«)."""
    counts, stray = Counter[str](), set[str]()
    even = sum(mark.group() == '"' for mark in marks) % 2 == 0
    for mark in marks:
        sign, partner = mark.group(), _PARTNER.get(mark.group())
        if sign == '"':
            closes = even and counts[sign] % 2 == 1 and not text[mark.start() - 1].isspace()
        else:
            closes = partner is not None and counts[partner] == counts[sign] + 1 and sign not in stray
        if closes and text[mark.end() : mark.end() + 1].isalpha():
            yield mark.end()
        if partner is not None and counts[partner] <= counts[sign]:
            stray.add(sign)
        counts[sign] += 1
