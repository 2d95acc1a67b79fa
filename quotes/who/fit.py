"""Whether a title can be somebody's: the same office, a more general noun for it, nothing that contradicts."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import regex

from quotes.text.grammar import word_class
from quotes.text.lexicon import load_table
from quotes.text.vocabulary import plain
from quotes.who.names import folded_words
from quotes.who.roles import RolePhrase

__all__ = ["Match", "compare_roles", "has_office", "is_generic"]

# Offices that a bare noun names too: « le président » for « le chef de l'État ».
OFFICES = frozenset((row[0], row[1]) for row in load_table("offices.tsv"))
# Nouns that alone before a name mean one office only: « le président Paul Roux » is not the president of a party.
OFFICIAL = frozenset(row[1] for row in load_table("offices.tsv") if row[2] == "only")
# General nouns for more exact ones: « l'élue » for a mayor.
KINDS = frozenset((row[0], row[1]) for row in load_table("kinds.tsv"))
GENERIC = word_class("generic-person")
# From this grade on, an office is the same, not only called by a more general noun.
SAME_OFFICE = 2
# What a title is of.
COMPLEMENTS = regex.compile(r"(?:\b(?:de la|de l'|de|du|des)\s?|\bd')(?P<noun>\p{L}++)")


@dataclasses.dataclass(frozen=True, slots=True)
class Match:
    """How a title compares with those somebody has: `grade` 3 same office, 2 the same noun or office by another name, 1 a kinder noun,
    0 nothing known, -1 another office, -2 the same office of something else; `shared` words, and whether the title says `more`."""

    grade: int
    shared: int
    more: bool


def compare_roles(role: RolePhrase, known: Iterable[RolePhrase]) -> Match:
    """The best match of a title among the titles of somebody."""
    best = Match(0, 0, False)
    for number, other in enumerate(known):
        match = Match(_grade(role, other), len(role.specifics & other.specifics), bool(role.specifics - other.specifics))
        best = match if number == 0 else max(best, match, key=lambda m: (m.grade, m.shared))
    return best


def has_office(role: RolePhrase, known: Iterable[RolePhrase]) -> bool:
    """Whether a title names an office of somebody, by one of the titles they have; two towns' mayors hold different ones."""
    return any(_grade(role, other) >= SAME_OFFICE and _meets(role, other) for other in known)


def _meets(role: RolePhrase, known: RolePhrase) -> bool:
    """Whether two titles share what they are of, or one of them doesn't say it."""
    return not role.specifics or not known.specifics or bool(role.specifics & known.specifics)


def _grade(role: RolePhrase, known: RolePhrase) -> int:
    if _excludes(role, known) or _adds_complement(role, known):
        return -2 if role.key == known.key else -1
    if role.key == known.key:
        other = role.key in OFFICIAL and not known.specifics and COMPLEMENTS.search(plain(role.text)) is not None
        return 1 if other else 3
    bare = not role.specifics or not known.specifics
    office = ((role.key, known.base) in OFFICES and not known.specifics) or ((known.key, role.key) in OFFICES and not role.specifics)
    if office or (role.base == known.base and bare and (known.key == known.base or role.key == role.base)):
        return 2
    kinder = _is_kind(role.key, known.base) or _is_kind(known.key, role.base) or is_generic(role) or is_generic(known)
    return 1 if kinder else -1


def is_generic(role: RolePhrase) -> bool:
    """Whether a title can be anybody's: « l'homme », « la jeune femme », « le quadragénaire »."""
    return role.key in GENERIC


def _is_kind(general: str, exact: str) -> bool:
    """Whether a noun can be called by a more general one, by their keys: a mayor « l'élu »."""
    return (general, exact) in KINDS


def _excludes(role: RolePhrase, known: RolePhrase) -> bool:
    """Whether each of two titles tells something that the other doesn't, beside what they share."""
    return bool(role.specifics & known.specifics and role.specifics - known.specifics and known.specifics - role.specifics)


def _adds_complement(role: RolePhrase, known: RolePhrase) -> bool:
    """Whether a title says of what more than the known one does: « secrétaire de la fédération du Livre » is not that of the federation."""
    more = role.specifics - known.specifics
    told = {w for match in COMPLEMENTS.finditer(plain(role.text)) for w in folded_words(match["noun"])}
    return bool(known.specifics) and known.specifics < role.specifics and bool(more & told)
