"""Where everybody of an article is named and speaks, in text order: who is in view at a place, without walking through the whole text."""

from __future__ import annotations

import bisect
import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from quotes.text.outline import Outline
from quotes.who.entities import Entity, Occurrence
from quotes.who.features import View
from quotes.who.queries import Query

__all__ = ["OPENING", "Trail"]

# So many sentences back a body or group can still be meant; whoever spoke, so many. A person can always be.
REACH, SPOKE_REACH = 20, 40
# So many places are looked at on the way back, and so many speakers tell how long somebody has been silent.
STEPS, TURNS = 600, 3
# So many code points may stand before the name that signs a quotation.
SIGNING = 4
# What stands before the words of a quotation that opens its sentence.
OPENING = ' \t\n\u00a0\u202f\u2009«“”"‹–—-•'


@dataclasses.dataclass(slots=True)
class _Track:
    """The places of one entity, each list in text order: occurrences outside quotation marks, those that open a sentence, speeches."""

    named: list[Occurrence] = dataclasses.field(default_factory=list)
    opens: list[Occurrence] = dataclasses.field(default_factory=list)
    spoke: list[int] = dataclasses.field(default_factory=list)

    def add(self, occurrence: Occurrence) -> None:
        bisect.insort(self.named, occurrence, key=_start)
        if occurrence.place == "opens":
            bisect.insort(self.opens, occurrence, key=_start)


def _start(occurrence: Occurrence) -> int:
    return occurrence.span.start


def _before(occurrences: Sequence[Occurrence], position: int) -> Occurrence | None:
    number = bisect.bisect_left(occurrences, position, key=_start)
    return occurrences[number - 1] if number else None


class Trail:
    """The memory of one article: who is named where, and who was found to speak. All positions are code points."""

    def __init__(self, parts: Outline, entities: Iterable[Entity]) -> None:
        self.parts = parts
        self.history: list[tuple[int, str]] = []
        self._tracks: defaultdict[str, _Track] = defaultdict(_Track)
        self._places: list[tuple[int, str]] = []
        # Everybody who was found to speak.
        self.speakers: set[str] = set()
        for entity in entities:
            for occurrence in entity.occurrences:
                if not occurrence.quoted:
                    self._tracks[entity.name].add(occurrence)
                    self._places.append((occurrence.span.start, entity.name))
        self._places.sort()

    def follow(self, name: str, occurrence: Occurrence) -> None:
        """Note that somebody is meant at a place that does not name them."""
        self._tracks[name].add(occurrence)
        bisect.insort(self._places, (occurrence.span.start, name))

    def speak(self, name: str, position: int) -> None:
        """Note that somebody spoke."""
        self.speakers.add(name)
        bisect.insort(self.history, (position, name))
        bisect.insort(self._tracks[name].spoke, position)

    def last_speaker(self, position: int) -> tuple[int, str] | None:
        """Who spoke last before a position, and where."""
        number = bisect.bisect_left(self.history, (position, ""))
        return self.history[number - 1] if number else None

    def spoke_before(self, name: str, position: int) -> int:
        """How often somebody spoke before a position."""
        return bisect.bisect_left(self._tracks[name].spoke, position)

    def named_before(self, name: str, position: int) -> int:
        """How often somebody is named before a position, outside quotation marks."""
        return bisect.bisect_left(self._tracks[name].named, position, key=_start)

    def candidates(self, query: Query) -> Iterator[str]:
        """Names around a question, each once: those before, the nearest first, then those right behind."""
        seen: dict[str, None] = {}
        for name in (*self._backwards(query.start), *self._right_behind(query)):
            if name not in seen:
                seen[name] = None
                yield name

    def _backwards(self, position: int) -> Iterator[str]:
        named, spoke = bisect.bisect_left(self._places, (position, "")), bisect.bisect_left(self.history, (position, ""))
        for _ in range(min(STEPS, named + spoke)):
            speaks = spoke and (not named or self.history[spoke - 1] >= self._places[named - 1])
            if speaks:
                spoke -= 1
                yield self.history[spoke][1]
            else:
                named -= 1
                yield self._places[named][1]

    def _right_behind(self, query: Query) -> Iterator[str]:
        number = bisect.bisect_left(self._places, (query.end, ""))
        while number < len(self._places) and self.parts.sentence_of(self._places[number][0]) - query.sentence <= 1:
            yield self._places[number][1]
            number += 1

    def in_reach(self, query: Query, entity: Entity) -> bool:
        """Whether somebody is near enough to be meant."""
        track = self._tracks[entity.name]
        spoken = bisect.bisect_left(track.spoke, query.start)
        if spoken and query.sentence - self.parts.sentence_of(track.spoke[spoken - 1]) <= SPOKE_REACH:
            return True
        last = _before(track.named, query.start)
        if last is not None and (query.sentence - last.sentence <= REACH or entity.type == "person"):
            return True
        behind = self._behind(track, query.end)
        return behind is not None and behind.sentence - query.sentence <= 1

    def latest(self, name: str, position: int) -> int:
        """Where somebody is named or spoke last before a position, -1 for never."""
        track = self._tracks[name]
        last, spoken = _before(track.named, position), bisect.bisect_left(track.spoke, position)
        return max(last.span.start if last else -1, track.spoke[spoken - 1] if spoken else -1)

    def _behind(self, track: _Track, position: int) -> Occurrence | None:
        number = bisect.bisect_left(track.named, position, key=_start)
        return track.named[number] if number < len(track.named) else None

    def view(self, query: Query, entity: Entity, rank: int, here: int, alone: bool) -> View:
        """What is seen of a candidate; `here` is where the paragraph begins, `alone` whether nobody else is near."""
        track = self._tracks[entity.name]
        last, subject, behind = _before(track.named, query.start), _before(track.opens, query.start), self._behind(track, query.end)
        spoken = bisect.bisect_left(track.spoke, query.start)
        spoke = track.spoke[max(0, spoken - TURNS) : spoken]
        first = track.named[0].span.start if track.named else -1
        now = (
            bool(spoke) and spoke[-1] >= here,
            subject is not None and subject.span.start >= here,
            last is not None and first >= here,
            alone and self.latest(entity.name, query.start) >= here,
        )
        speech = self.last_speaker(query.start)
        opened = subject is not None and subject.span.start > (speech[0] if speech else -1)
        signs = query.floating and behind is not None and self._signs(query, behind)
        paragraph = self.parts.paragraph_of(last.span.start) if last else -1
        numbers = [self.parts.sentence_of(p) for p in spoke]
        turn = self._turn(entity.name, spoke[-1], query.start) if spoke else 0
        return View(last, subject, behind, numbers, turn, rank, paragraph, len(entity.occurrences), *now, opened, "", signs)

    def _turn(self, name: str, since: int, position: int) -> int:
        """How many others spoke between two positions, at most three."""
        others: set[str] = set()
        number = bisect.bisect_left(self.history, (position, "")) - 1
        while number >= 0 and self.history[number][0] > since and len(others) < TURNS:
            others.add(self.history[number][1])
            others.discard(name)
            number -= 1
        return len(others)

    def _signs(self, query: Query, behind: Occurrence) -> bool:
        """Whether a name stands in a short line of its own right behind a quotation that fills its paragraph."""
        lines, line = self.parts.paragraphs, query.paragraph + 1
        if line >= len(lines) or self.parts.text[query.end : lines[query.paragraph].end].strip(OPENING):
            return False
        opens = behind.span.start - lines[line].start < SIGNING
        return opens and (line in self.parts.heads or line == len(lines) - 1)
