"""Lists of names without a sentence, made up to learn from: casts, line-ups, results, signatures.

News has them (score sheets, tables of results), annotated news too few: there the form of the list and the names around have to tell.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from quotes.text.grammar import word_class
from quotes.training.entities import Name, Pool, Tagged

__all__ = ["name_list"]

Pairs = list[tuple[str, str]]

# What may stand before a list; a capital letter and a colon are added.
HEADS = tuple(sorted(word_class("list-head")))
ROLES = tuple(sorted(word_class("list-role")))
UNITS = tuple(sorted(word_class("list-unit")))
MARKS = (",", ",", ",", ";", "-", "–", "/", "•")
# How often a list names people, organisations, places.
KINDS, SHARES = ("Person", "Organization", "Location"), (7, 1, 2)


def name_list(pool: Pool, chance: random.Random) -> Tagged:
    """One to four lists in the same style, with the names of `pool`, as long as a portion of text."""
    kind = chance.choices(KINDS, SHARES)[0]
    style = (_short(kind, chance), chance.choice(MARKS), chance.randrange(7), chance.random() < 0.25)
    pairs: Pairs = []
    for _ in range(chance.randint(1, 4)):
        pairs += _head(pool, chance)
        pairs += _items(kind, style, pool, chance)
        if chance.random() < 0.6:
            pairs.append((".", "O"))
    return Tagged(tuple(word for word, _ in pairs), tuple(tag for _, tag in pairs))


def _short(kind: str, chance: random.Random) -> str:
    """How the names of one list are written."""
    return chance.choices(("full", "surname", "initial", "capitals"), (5, 4, 1, 1))[0] if kind == "Person" else "full"


def _head(pool: Pool, chance: random.Random) -> Pairs:
    """A word or the name of a team, a colon; or nothing."""
    draw = chance.random()
    if draw < 0.45:
        words = chance.choice(HEADS).split()
        return [(words[0].capitalize(), "O"), *((word, "O") for word in words[1:]), (":", "O")]
    if draw < 0.85:
        return [*_entity(chance.choice(pool["Organization"]), "Organization"), (":", "O")]
    return []


def _items(kind: str, style: tuple[str, str, int, bool], pool: Pool, chance: random.Random) -> Pairs:
    short, mark, beside, last = style
    count = chance.randint(3, 14)
    pairs: Pairs = []
    for number in range(count):
        if number:
            pairs.append(("et" if last and number == count - 1 else mark, "O"))
        if beside == 1:
            pairs += [(str(number + 1), "O")] if chance.random() < 0.5 else [(f"{number + 1}.", "O")]
        pairs += _entity(_written(chance.choice(pool[kind]), short, chance), kind)
        pairs += _beside(kind, beside, pool, chance)
    return pairs


def _written(name: Name, short: str, chance: random.Random) -> Name:
    if short == "full" or (short != "surname" and len(name) < 2):
        return name
    surname = name[-1:] if len(name) < 3 or chance.random() < 0.5 else name[1:]
    if short == "initial":
        return (f"{name[0][0]}.", *surname)
    return (*name[:-1], name[-1].upper()) if short == "capitals" else surname


def _beside(kind: str, beside: int, pool: Pool, chance: random.Random) -> Pairs:
    """What stands after a name: nothing, a number or a role, a place or an organisation in brackets, a count."""
    if beside in (0, 1) or chance.random() < 0.35:
        return []
    if beside in (2, 3):
        return _bracketed([(str(chance.randint(1, 40)), "O")])
    if beside == 4 and kind == "Person":
        other = chance.choice(("Location", "Organization"))
        return _bracketed(_entity(chance.choice(pool[other]), other))
    if beside == 5:
        return [(str(chance.randint(1, 900)), "O"), (chance.choice(UNITS), "O")]
    return _bracketed([(chance.choice(ROLES), "O")]) if kind == "Person" else []


def _bracketed(pairs: Pairs) -> Pairs:
    return [("(", "O"), *pairs, (")", "O")]


def _entity(words: Sequence[str], kind: str) -> Pairs:
    return [(word, tag) for word, tag in zip(words, _tags(len(words), kind), strict=True)]


def _tags(count: int, kind: str) -> Iterator[str]:
    yield f"B-{kind}"
    yield from [f"I-{kind}"] * (count - 1)
