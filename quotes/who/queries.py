"""What is asked of the table: who a pronoun, a description or a quotation without source in its sentence means."""

from __future__ import annotations

import dataclasses
from typing import Literal

from quotes.text.nominals import Nominal
from quotes.who.entities import Entity, agrees
from quotes.who.fit import compare_roles
from quotes.who.roles import RolePhrase

__all__ = ["FLOATING", "Query", "QueryKind", "can_be_meant"]

FLOATING = frozenset(("fragment", "colon", "opening", "going-on"))

QueryKind = Literal[
    "clitic", "subject", "oblique", "latest", "plural", "person", "body", "document", "fragment", "colon", "opening", "going-on"
]


@dataclasses.dataclass(frozen=True, slots=True)
class Query:
    """A question: `start` is where it is asked (code points), `sentence` and `paragraph` are numbers of the outline.

    `kind` is how the source is named: a pronoun behind its verb (*clitic*), before it, in another place (*oblique*), one that points to
    whoever was named last, a plural one, a noun for a person, one for another body, one for a text that somebody wrote, or nothing:
    a quotation inside a sentence (*fragment*), behind a *colon*, *opening* a paragraph or *going-on* in it.
    `owned` tells a noun that belongs to somebody (« son agent »), who is somebody else.
    """

    kind: QueryKind
    start: int
    end: int
    sentence: int
    paragraph: int
    gender: str = ""
    plural: bool = False
    personal: bool = False
    nominal: Nominal | None = None
    role: RolePhrase | None = None
    words: int = 0
    owned: bool = False

    @property
    def floating(self) -> bool:
        """Whether nothing in the sentence names the source."""
        return self.kind in FLOATING

    @property
    def introduces(self) -> bool:
        """Whether the words bring somebody in who has no name so far: « un riverain »."""
        return self.nominal is not None and not self.nominal.definite and not self.nominal.proper


def can_be_meant(query: Query, entity: Entity) -> bool:
    """Hard facts: gender and number agree, and the kind can be meant."""
    if query.floating or query.kind == "document":
        return True
    if query.plural != entity.plural and not (query.plural and entity.type in ("group", "organization")):
        return False
    if query.kind == "person" or query.personal:
        fits = entity.type == "person" and agrees(entity.gender, query.gender) and not (query.introduces and entity.named)
        return fits and (not query.owned or query.role is None or compare_roles(query.role, entity.roles).grade > 0)
    if query.kind == "body":
        return entity.type != "person" or (entity.named and query.nominal is not None and not query.nominal.known)
    return agrees(entity.gender, query.gender)
