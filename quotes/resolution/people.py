"""The people of one article: mentions clustered by name parts, with gender and the roles any sentence gives them."""

from __future__ import annotations

import bisect
import dataclasses
from collections import Counter
from collections.abc import Sequence

from quotes.model import Span
from quotes.resolution.names import NameMention, find_names, folded_words
from quotes.resolution.roles import RolePhrase, roles_beside
from quotes.resolution.vocabulary import Vocabulary

__all__ = ["People", "Person", "find_people"]


@dataclasses.dataclass(frozen=True, slots=True)
class Person:
    """Someone named in the article. `mentions` are in text order, `roles` as found beside the name."""

    name: str
    words: tuple[str, ...]
    gender: str
    certain: bool
    mentions: tuple[Span, ...]
    roles: tuple[RolePhrase, ...]

    @property
    def role(self) -> str | None:
        """The most telling title: the longest."""
        return max((r.text for r in self.roles), key=len, default=None)


class People:
    """Looks people up by name, role and position."""

    def __init__(self, persons: Sequence[Person]) -> None:
        self.persons = tuple(persons)
        placed = sorted((span.start, span.end, number) for number, p in enumerate(persons) for span in p.mentions)
        self._starts = [start for start, _, _ in placed]
        self._placed = placed

    def within(self, span: Span) -> list[Person]:
        """People mentioned inside a span, in order of first mention there."""
        first = bisect.bisect_left(self._starts, span.start)
        found: dict[int, Person] = {}
        for start, end, number in self._placed[first:]:
            if start >= span.end:
                break
            if end <= span.end:
                found.setdefault(number, self.persons[number])
        return list(found.values())

    def touching(self, span: Span) -> list[Person]:
        """People with a mention that shares a character with the span."""
        first = max(0, bisect.bisect_left(self._starts, span.start) - 2)
        found: dict[int, Person] = {}
        for start, end, number in self._placed[first:]:
            if start >= span.end:
                break
            if end > span.start:
                found.setdefault(number, self.persons[number])
        return list(found.values())

    def last_before(self, position: int, count: int = 12) -> list[Person]:
        """People mentioned before a position, the most recent first, each once."""
        last = bisect.bisect_left(self._starts, position)
        found: dict[int, Person] = {}
        for _, _, number in reversed(self._placed[:last]):
            found.setdefault(number, self.persons[number])
            if len(found) == count:
                break
        return list(found.values())


def find_people(text: str, vocabulary: Vocabulary) -> People:
    """Cluster the names of a text; a name is a person when a civility, given name, title or fuller name proves it."""
    mentions = find_names(text, vocabulary)
    beside = {m.span: roles_beside(text, m, vocabulary) for m in mentions}
    clusters: list[list[NameMention]] = []
    keys: list[tuple[str, ...]] = []
    for mention in sorted(mentions, key=lambda m: (-len(m.words), not m.certain, m.span.start)):
        key = folded_words(mention.name)
        place = _cluster(mention, key, clusters, keys)
        if place is None:
            clusters.append([mention])
            keys.append(key)
        else:
            clusters[place].append(mention)
    persons = [_person(cluster, beside) for cluster in clusters if _is_person(cluster, beside)]
    return People(sorted(persons, key=lambda p: p.mentions[0].start))


def _cluster(mention: NameMention, key: tuple[str, ...], clusters: list[list[NameMention]], keys: list[tuple[str, ...]]) -> int | None:
    """The cluster a shorter form belongs to: same words, or the tail (surname) or, alone, the head (given name) of a longer name."""
    fits = [n for n, other in enumerate(keys) if other == key and _agrees(mention, clusters[n])]
    if not fits and len(key) < 4:
        fits = [n for n, other in enumerate(keys) if len(other) > len(key) and other[-len(key) :] == key and _agrees(mention, clusters[n])]
    if not fits and len(key) == 1 and not mention.civility:
        fits = [n for n, other in enumerate(keys) if len(other) > 1 and other[0] == key[0] and clusters[n][0].certain]
    if len(fits) > 1:
        return max(fits, key=lambda n: _nearest(clusters[n], mention.span.start))
    return fits[0] if fits else None


def _agrees(mention: NameMention, cluster: list[NameMention]) -> bool:
    genders = {m.gender for m in cluster if m.gender}
    return not mention.gender or not genders or mention.gender in genders


def _nearest(cluster: list[NameMention], position: int) -> tuple[bool, int]:
    """Rank of a homonym: the last one named before the position, else the first after."""
    before = [m.span.start for m in cluster if m.span.start < position]
    return (bool(before), max(before) if before else -cluster[0].span.start)


def _is_person(cluster: list[NameMention], beside: dict[Span, tuple[RolePhrase, ...]]) -> bool:
    return any(m.certain for m in cluster) or any(beside[m.span] for m in cluster) or _shortened(cluster)


def _shortened(cluster: list[NameMention]) -> bool:
    """« Jacline Aubry … Aubry »: two capitalised words that come back as the last of them are a given name and a surname."""
    full = [m for m in cluster if len(m.words) == 2 and all(w.istitle() for w in m.words)]
    return any(short.words == whole.words[-1:] for whole in full for short in cluster)


def _person(cluster: list[NameMention], beside: dict[Span, tuple[RolePhrase, ...]]) -> Person:
    fullest = max(cluster, key=lambda m: (len(m.words), -m.span.start))
    spans = sorted(m.span for m in cluster)
    roles = tuple(role for span in spans for role in beside[span])
    genders = Counter(m.gender for m in cluster if m.gender) or Counter(r.gender for r in roles if r.gender in "mf" and r.gender)
    gender = genders.most_common(1)[0][0] if genders else ""
    return Person(fullest.name, fullest.words, gender, any(m.certain for m in cluster), tuple(spans), roles)
