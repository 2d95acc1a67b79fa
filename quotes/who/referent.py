"""A speaker of one article, as resolved."""

from __future__ import annotations

import dataclasses

from quotes.model import SpeakerType
from quotes.who.people import Person

__all__ = ["Referent", "agrees", "coordinated", "person_referent"]


@dataclasses.dataclass(frozen=True, slots=True)
class Referent:
    """A speaker of the article, as resolved: what the rows call it, and what pronouns can agree with."""

    name: str
    type: SpeakerType
    gender: str = ""
    plural: bool = False
    role: str | None = None
    head: str = ""


def person_referent(person: Person) -> Referent:
    """A named person as a speaker."""
    return Referent(person.name, "person", person.gender, False, person.role)


def agrees(known: str, wanted: str) -> bool:
    """Whether two genders can be the same person's; an empty one agrees with any."""
    return not known or not wanted or known == wanted


def coordinated(names: list[str], joined: bool) -> str:
    """Names as one: « A, B et C », without « et » where the text has none."""
    return ", ".join(names[:-1]) + (" et " if joined else ", ") + names[-1]
