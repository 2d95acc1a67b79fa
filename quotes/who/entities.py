"""The values of the table: who is named in an article, and where."""

from __future__ import annotations

import dataclasses
from typing import Literal

from quotes.model import Span, SpeakerType
from quotes.who.roles import RolePhrase

__all__ = ["Entity", "Occurrence", "OccurrenceKind", "Place", "agrees", "coordinated"]

OccurrenceKind = Literal["name", "title", "description", "pronoun"]
# Where an entity stands in its sentence: it opens it, stands early and behind no preposition, or elsewhere.
Place = Literal["opens", "early", "inside"]


@dataclasses.dataclass(frozen=True, slots=True)
class Occurrence:
    """A place of the text that names an entity; `sentence` is its number in the outline."""

    span: Span
    kind: OccurrenceKind
    sentence: int
    place: Place
    quoted: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something an article names that can speak. `occurrences` are in text order, `head` is the noun that heads the name.

    `gender` is `m`, `f` or empty; `roles` are the titles the article gives, `aliases` the other names it uses,
    `evidence` the reasons why different names were taken for one.
    """

    name: str
    type: SpeakerType
    gender: str = ""
    plural: bool = False
    head: str = ""
    roles: tuple[RolePhrase, ...] = ()
    aliases: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()

    @property
    def role(self) -> str | None:
        """The most telling title: the longest."""
        return max((r.text for r in self.roles), key=len, default=None)

    @property
    def named(self) -> bool:
        """Whether a proper name names it."""
        return self.name[:1].isupper()


def agrees(known: str, wanted: str) -> bool:
    """Whether two genders can be the same person's; an empty one agrees with any."""
    return not known or not wanted or known == wanted


def coordinated(names: list[str], joined: bool) -> str:
    """Names as one: « A, B et C », without « et » where the text has none."""
    return ", ".join(names[:-1]) + (" et " if joined else ", ") + names[-1]
