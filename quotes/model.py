"""The values that flow through the house: frozen, without files, databases or Stanza.

All spans are half-open ranges of Unicode code points in `Article.text`, and `text[start:end]` is what they mean.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Literal

__all__ = [
    "THRESHOLD",
    "Article",
    "Candidate",
    "Claim",
    "Extraction",
    "Kind",
    "Linked",
    "Mention",
    "Polarity",
    "Quote",
    "Saying",
    "Span",
    "Speaker",
    "SpeakerType",
]

Kind = Literal["direct", "partial"]
Polarity = Literal["affirmed", "denied", "questioned", "hypothetical"]
SpeakerType = Literal["person", "group", "organization", "document", "unknown"]

# Below this confidence nobody is named, unless a user chooses another one: about where a name is as often wrong as right.
THRESHOLD = 0.4


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return max(self.start, other.start) < min(self.end, other.end)

    def contains(self, other: Span) -> bool:
        """Whether `other` lies inside."""
        return self.start <= other.start and other.end <= self.end


@dataclasses.dataclass(frozen=True, slots=True)
class Article:
    """A text and what its archive says of it. `date` is ISO 8601 when it could be read, else as found."""

    id: str
    text: str
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    metadata: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom a mention could mean (`name` None: nobody in particular), how probable that is by the linker alone (0 to 1),

    and what spoke for and against: facts and their weights, the largest first.
    """

    name: str | None
    type: SpeakerType
    probability: float
    contributions: tuple[tuple[str, float], ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What the act of speech was, as the article tells it.

    `polarity`: whether it is reported as a fact; `hearsay`: whether the conditional keeps it at a distance (« aurait déclaré »);
    `act`: its kind, a value of the column `act` of cues.tsv; `medium`: a value of mediums.tsv; `relay`: who passed the words on,
    from the one who had them from the speaker outwards; `addressee`: to whom they were said. None and () where nothing tells.
    """

    polarity: Polarity = "affirmed"
    hearsay: bool = False
    act: str | None = None
    medium: str | None = None
    relay: tuple[Span, ...] = ()
    addressee: Span | None = None

    @property
    def asserted(self) -> bool:
        """Whether the article says that this was said: neither denied, nor asked, nor supposed."""
        return self.polarity == "affirmed"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Linked(Saying):
    """An act of speech and how its speaker was found.

    `link`: the reason that tells whom the mention means, a name of docs/rules.md (`name`, `apposition`, `clitic` …);
    `candidates`: who was weighed, the most probable first, empty where a name decides.
    """

    link: str = ""
    candidates: tuple[Candidate, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Quote(Linked):
    """Words between quotation marks that somebody said or wrote.

    `pieces` are the insides of the marks without edge spaces, in order; `speaker` is the source's fullest name
    in the article, `mention` the words that name it next to the quote, `rule` what found the words that name it, `link` whom they mean.
    `confidence` is the probability (0 to 1) that words and speaker are right, as calibrated on annotated articles. Where it is too low
    the speaker is None and the flags have `unsure`: the best guess is the first of `candidates`.
    """

    pieces: tuple[Span, ...]
    kind: Kind
    cue: Span | None = None
    mention: Span | None = None
    speaker: str | None = None
    type: SpeakerType = "unknown"
    rule: str = ""
    flags: tuple[str, ...] = ()
    confidence: float | None = None

    @property
    def span(self) -> Span:
        """From the first piece to the end of the last."""
        return Span(self.pieces[0].start, self.pieces[-1].end)


@dataclasses.dataclass(frozen=True, slots=True)
class Claim(Linked):
    """Reported content in the journalist's words: the clause, without cue and speaker. `confidence` as for a quote."""

    span: Span
    cue: Span | None = None
    mention: Span | None = None
    speaker: str | None = None
    type: SpeakerType = "unknown"
    rule: str = ""
    flags: tuple[str, ...] = ()
    confidence: float | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a speaker of the article: `speaker` is the name of an entry in `Extraction.speakers`."""

    span: Span
    speaker: str


@dataclasses.dataclass(frozen=True, slots=True)
class Speaker:
    """A source as the article names it most fully. `role` is a title found beside the name (« préfète du Doubs »), the longest of `roles`.

    `gender` is `m`, `f` or empty, `aliases` are the other words that name it, `evidence` the reasons why they were taken for one.
    """

    name: str
    type: SpeakerType = "unknown"
    role: str | None = None
    gender: str = ""
    plural: bool = False
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Extraction:
    """Everything one article yields. Every `speaker` of a quote or claim is the name of an entry in `speakers`."""

    article: Article
    quotes: tuple[Quote, ...] = ()
    claims: tuple[Claim, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    mentions: tuple[Mention, ...] = ()
    words: int = 0
    flags: tuple[str, ...] = ()
