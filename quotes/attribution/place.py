"""Where a quotation stands in its frame sentence."""

from __future__ import annotations

import dataclasses
import functools

from quotes.attribution.cues import CueHit
from quotes.attribution.frames import Passage
from quotes.attribution.phrases import Source, case_of, source_at
from quotes.attribution.reading import AccordingHit, Reading
from quotes.model import Span
from quotes.syntax.tree import Word
from quotes.text.grammar import word_class

__all__ = ["Found", "Place", "cue_span", "is_clausal", "noun_owner", "place_of"]

# « la promesse *du* recteur », not « un message sur Orvagram »
OWNING = word_class("phrase-of") | word_class("agent-preposition")
Found = tuple[Span | None, Source | Span | None, str]


@dataclasses.dataclass(frozen=True)
class Place:
    """Where a passage stands in its frame: characters `start:end`, and its words (the stand-in when masked)."""

    reading: Reading
    passage: Passage
    masked: bool
    start: int
    end: int
    words: tuple[Word, ...]

    @property
    def before(self) -> str:
        return self.reading.frame.text[: self.start].rstrip()

    @property
    def after(self) -> str:
        return self.reading.frame.text[self.end :].lstrip()

    @functools.cached_property
    def indexes(self) -> frozenset[int]:
        """The indexes of its words."""
        return frozenset(w.index for w in self.words)

    @property
    def top(self) -> Word | None:
        """The word that links the passage to the rest of the sentence."""
        return next((w for w in self.words if w.head not in self.indexes and w.upos != "PUNCT"), None)

    def holds(self, hit: CueHit | AccordingHit) -> bool:
        """Whether a word of a cue stands in the passage."""
        return any(w.index in self.indexes for w in hit.words)


def place_of(reading: Reading, passage: Passage) -> Place:
    """Where a passage stands."""
    frame = reading.frame
    spans = [place for number, place in frame.masked if number == passage.number]
    if spans:
        words = tuple(w for s in spans for w in reading.tree.between(s.start, s.end))
        return Place(reading, passage, True, spans[0].start, spans[-1].end, words)
    words = frame.words_in(reading.tree, passage.outer)
    start = min((w.start for w in words), default=len(frame.text))
    end = max((w.end for w in words), default=len(frame.text))
    return Place(reading, passage, False, start, end, words)


def is_clausal(place: Place) -> bool:
    """Whether a passage is masked or holds a finite verb or infinitive."""
    return place.masked or any(w.feats.get("VerbForm") in ("Fin", "Inf") for w in place.words)


def cue_span(place: Place, hit: CueHit) -> Span:
    """Article span of a cue."""
    return place.reading.span_of(hit.words)


def noun_owner(place: Place, hit: CueHit) -> Source | None:
    """Whose words a noun means: la promesse *du recteur*."""
    tree = place.reading.tree
    below = (c for word in hit.words for c in tree.children(word, "nmod", "obl") if c not in hit.words)
    owned = (c for c in below if c.upos in ("NOUN", "PROPN") and case_of(tree, c) in OWNING)
    owner = next((c for c in owned if c.index not in place.reading.quoted), None)
    return source_at(tree, owner, "noun") if owner is not None else None
