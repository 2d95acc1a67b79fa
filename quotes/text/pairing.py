"""Opening and closing marks put together: nesting, several paragraphs, marks that lack their partner."""

from __future__ import annotations

import bisect
import dataclasses
from collections import defaultdict
from collections.abc import Sequence

import regex

from quotes.model import Span
from quotes.text.glyphs import Glyph, Role, glyphs_of
from quotes.text.recovery import REACH, incise_start, is_fragment, last_sentence_end, unclosed_end, unopened_start

__all__ = ["Draft", "Pairer"]

_PARAGRAPHS_AHEAD = 3
_HANGING = regex.compile(r"\s*+(?:[,;)\]]|\.(?!\.)|\Z)")
_CONTINUES_AFTER_MARK = regex.compile(r"\s*+(?:\p{Lu}|\p{N}|\[|\()")
_ONLY_PUNCTUATION = regex.compile(r"[\s.,;:!?…)]*+\Z")


@dataclasses.dataclass(slots=True)
class Draft:
    """A quotation in the making: `pieces` still with their edge spaces."""

    start: int
    end: int
    pieces: list[tuple[int, int]]
    style: str
    flags: list[str]


@dataclasses.dataclass(slots=True)
class _Frame:
    """A quotation that is open. `inner` is where the next mark of the family opened inside, `child` what came of it."""

    glyph: Glyph
    paragraph: int
    at: int
    flags: list[str]
    pieces: list[tuple[int, int]] = dataclasses.field(default_factory=list)
    inner: int = -1
    child: Draft | None = None
    done: bool = False


class Pairer:
    """Reads the paragraphs once, in order, with a stack of open quotations."""

    def __init__(self, text: str, paragraphs: Sequence[Span], turns: Sequence[Span | None]) -> None:
        self.text, self.paragraphs, self.turns = text, paragraphs, turns
        self.glyphs = [glyphs_of(text, paragraph) for paragraph in paragraphs]
        self.stack: list[_Frame] = []
        self.open: defaultdict[str, list[_Frame]] = defaultdict(list)
        self.drafts: list[Draft] = []
        self.turn_ends: dict[int, Glyph] = {}
        self.current, self.closed = 0, -1
        self.places: defaultdict[str, list[int]] = defaultdict(list)

    def run(self) -> list[Draft]:
        """All quotations between marks, unordered. `turn_ends` then holds the marks that close a dialogue at the end of a dash line."""
        for current, glyphs in enumerate(self.glyphs):
            self.current, self.closed = current, -1
            self.places.clear()
            for index, glyph in enumerate(glyphs):
                self.places[glyph.family].append(index)
            used = self._carry() if self.stack else 0
            for index in range(used, len(glyphs)):
                role = self._role(index, glyphs[index])
                if role == "open":
                    self._push(glyphs[index])
                elif role == "close":
                    self._close(index, glyphs[index])
        for frame in self.stack:
            self._finish_unclosed(frame, self.paragraphs[-1].end)
        return self.drafts

    def _next(self, family: str, index: int) -> Glyph | None:
        """The next mark of a family in the paragraph."""
        places = self.places[family]
        place = bisect.bisect_right(places, index)
        return self.glyphs[self.current][places[place]] if place < len(places) else None

    def _role(self, index: int, glyph: Glyph) -> Role | None:
        """What a mark does here; None when it is no mark at all."""
        if glyph.family == "ocr":
            return self._ocr(index, glyph)
        within = bool(self.open[glyph.family])
        if glyph.family == "single":
            if glyph.role == "open" and within and glyph.right and not glyph.left:
                return "close"
            usable = glyph.left if glyph.role == "open" else within and glyph.right
            return glyph.role if usable else None
        if glyph.role == "either":
            return "close" if within or (glyph.right and not glyph.left) else "open"
        if glyph.role == "open" and glyph.family != "straight":
            if within and glyph.family == "double" and glyph.right and not glyph.left:
                return "close"
            if _HANGING.match(self.text, glyph.end, self.paragraphs[self.current].end):
                return "close" if within else None
        if glyph.role == "close" and not within and glyph.left and not glyph.right:
            following = self._next(glyph.family, index)
            return "open" if following is not None and following.role == "close" else "close"
        return glyph.role

    def _ocr(self, index: int, glyph: Glyph) -> Role | None:
        """A misread opening mark counts when the next mark of the paragraph closes something that was not opened."""
        glyphs = self.glyphs[self.current]
        following = glyphs[index + 1] if index + 1 < len(glyphs) else None
        if following is None or following.family in ("ocr", "single") or self.open[following.family]:
            return None
        if following.role == "open" or (following.role == "either" and not following.right):
            return None
        glyph.family = following.family
        return "open"

    def _push(self, glyph: Glyph) -> None:
        frames = self.open[glyph.family]
        if frames and frames[-1].inner < 0:
            frames[-1].inner = glyph.start
        flags = ["ocr"] if glyph.style == "ocr" else []
        frame = _Frame(glyph, self.current, glyph.end, flags)
        self.stack.append(frame)
        frames.append(frame)

    def _close(self, index: int, glyph: Glyph) -> None:
        if self.open[glyph.family]:
            self._close_family(glyph)
        elif self.stack:
            top = self.stack[-1]
            following = self._next(top.glyph.family, index)
            if top.glyph.family != "single" and top.paragraph == self.current and (following is None or following.role == "open"):
                top.flags.append("mixed")
                self._pop()
                self._finish(top, glyph.start, glyph.end)
        elif self.turns[self.current] is not None:
            self.turn_ends.setdefault(self.current, glyph)
        else:
            self._recover_unopened(glyph)

    def _close_family(self, glyph: Glyph) -> None:
        while (frame := self._pop()).glyph.family != glyph.family:
            self._finish_unclosed(frame, glyph.start)
        self._finish(frame, glyph.start, glyph.end)

    def _pop(self) -> _Frame:
        frame = self.stack.pop()
        self.open[frame.glyph.family].pop()
        return frame

    def _finish(self, frame: _Frame, end: int, outer_end: int) -> None:
        draft = Draft(frame.glyph.start, outer_end, [*frame.pieces, (frame.at, end)], frame.glyph.style, frame.flags)
        self.drafts.append(draft)
        self.closed = outer_end
        outside = self.open[frame.glyph.family]
        if outside and outside[-1].inner == frame.glyph.start:
            outside[-1].child = draft

    def _recover_unopened(self, glyph: Glyph) -> None:
        """Finds where a quotation without opening mark starts; << and >> alone are often no quotation marks."""
        if glyph.style == "ascii" and not _HANGING.match(self.text, glyph.end, self.paragraphs[self.current].end):
            return
        after_mark = self.closed >= 0
        floor = self.closed if after_mark else self.paragraphs[self.current].start
        start = unopened_start(self.text, floor, glyph.start, after_mark=after_mark)
        if start is not None:
            self.drafts.append(Draft(start, glyph.end, [(start, glyph.start)], glyph.style, ["unopened"]))
        self.closed = glyph.end

    def _finish_unclosed(self, frame: _Frame, limit: int) -> None:
        """Ends a quotation whose closing mark is missing, or shares the closing mark of the quotation inside."""
        if frame.done or frame.glyph.family == "single":
            return
        if self._shares(frame):
            child = frame.child
            assert child is not None
            frame.flags.append("shared")
            self._finish(frame, child.pieces[-1][1], child.end)
            return
        before_mark = frame.inner >= 0
        limit = frame.inner if before_mark else limit
        end = unclosed_end(self.text, frame.at, limit, before_mark=before_mark)
        if frame.glyph.style == "ascii" and incise_start(self.text, frame.at, min(limit, frame.at + REACH)) is None:
            return
        frame.flags.append("unclosed")
        self._finish(frame, end, end)

    def _shares(self, frame: _Frame) -> bool:
        """« … « … » with one mark for both levels: nothing between the two opening marks ends a sentence or reports.

        In a quotation of several paragraphs the second mark reopens it where a line break got lost.
        """
        if frame.child is None or frame.glyph.family != "guillemets" or frame.inner - frame.at > REACH:
            return False
        if "paragraphs" in frame.flags:
            return True
        return incise_start(self.text, frame.at, frame.inner) is None and last_sentence_end(self.text, frame.at, frame.inner + 1) is None

    def _carry(self) -> int:
        """Decides at the start of a paragraph which open quotations go on; returns how many marks that reopen them were used up."""
        limit, used = self.paragraphs[self.current - 1].end, 0
        frames, self.stack = self.stack, []
        last = {id(family[-1]) for family in self.open.values() if family}
        self.open.clear()
        for frame in frames:
            step = self._goes_on(frame, limit, used) if id(frame) in last else -1
            if step < 0:
                self._finish_unclosed(frame, limit)
                continue
            used += step
            self.stack.append(frame)
            self.open[frame.glyph.family].append(frame)
        return used

    def _goes_on(self, frame: _Frame, limit: int, used: int) -> int:
        """Number of marks used up when the quotation goes on in this paragraph, -1 when it does not."""
        start, family = self.paragraphs[self.current].start, frame.glyph.family
        if family == "single" or (
            self._shares(frame) and frame.child is not None and _ONLY_PUNCTUATION.match(self.text, frame.child.end, limit)
        ):
            return -1
        if self.turns[self.current] is not None:
            return self._enter_dialogue(frame, limit)
        if not frame.pieces and is_fragment(self.text, frame.at, limit):
            return self._wrap(frame, limit, used)
        glyphs = self.glyphs[self.current]
        if used < len(glyphs) and self._reopens(frame, glyphs, used):
            self._break(frame, limit, glyphs[used].end)
            return 1
        if self._wrap(frame, limit, used) < 0:
            if not self._closes_ahead(family, limit, used):
                return -1
            self._break(frame, limit, start)
        return 0

    def _wrap(self, frame: _Frame, limit: int, used: int) -> int:
        """Carries a piece over a line break in the middle of a sentence, as `_goes_on` does."""
        start = self.paragraphs[self.current].start
        same = self.text[start].islower() and self.text.count("\n", limit, min(start, limit + 40)) == 1
        if not same or not self._closes_ahead(frame.glyph.family, limit, used):
            return -1
        frame.inner, frame.child, frame.paragraph = -1, None, self.current
        return 0

    def _enter_dialogue(self, frame: _Frame, limit: int) -> int:
        """A quotation that dash lines follow ends with its paragraph: its closing mark stands after the last of them."""
        if frame.inner < 0:
            frame.flags.append("dialogue")
            self._finish(frame, limit, limit)
            frame.done = True
        return -1

    def _break(self, frame: _Frame, limit: int, at: int) -> None:
        frame.pieces.append((frame.at, limit))
        frame.at, frame.paragraph = at, self.current
        frame.inner, frame.child = -1, None
        if "paragraphs" not in frame.flags:
            frame.flags.append("paragraphs")

    def _reopens(self, frame: _Frame, glyphs: Sequence[Glyph], used: int) -> bool:
        glyph, start = glyphs[used], glyphs[used - 1].end if used else self.paragraphs[self.current].start
        if glyph.family != frame.glyph.family or self.text[start : glyph.start].strip():
            return False
        if glyph.role == "close" and glyph.family != "straight":
            return _CONTINUES_AFTER_MARK.match(self.text, glyph.end) is not None
        return glyph.role == "open" or glyph.left

    def _closes_ahead(self, family: str, limit: int, used: int) -> bool:
        """Whether the next mark of the family closes, near enough and with no dialogue before."""
        for ahead in range(self.current, min(self.current + _PARAGRAPHS_AHEAD, len(self.paragraphs))):
            if self.turns[ahead] is not None or self.paragraphs[ahead].start - limit > REACH:
                return False
            for glyph in self.glyphs[ahead][used if ahead == self.current else 0 :]:
                if glyph.family == family:
                    return glyph.start - limit <= REACH and (glyph.role == "close" or (glyph.role == "either" and glyph.right))
        return False
