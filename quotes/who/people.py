"""The people of one article: mentions clustered by name parts, with gender and the roles any sentence gives them."""

from __future__ import annotations

import bisect
import dataclasses
import functools
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import regex

from quotes.model import Span
from quotes.text.grammar import word_class
from quotes.text.ranges import Ranges
from quotes.text.vocabulary import Vocabulary, load_vocabulary, plain
from quotes.who.fuller import goes_on
from quotes.who.names import NameMention, find_names, folded_words
from quotes.who.roles import RolePhrase, roles_beside

__all__ = ["People", "Person", "find_people"]

# « Jacline Aubry, 61 ans, » and « Jacline Aubry (61 ans) » name a person.
AGE = regex.compile(r"\s?[,(]\s?(?:âgée?\sde\s)?\d{1,3}\sans\b")
EPONYMS = word_class("eponym")
# What stands before the name of a person and seldom before that of a thing or place, which takes an article.
ALONE = regex.compile(rf"(?:^|\n|[.,;:!?…(–—]\s|\b(?:{'|'.join(sorted(word_class('name-opener')))})\s|\bqu['’])$", regex.IGNORECASE)
INSIDE = regex.compile(rf"(?:[,;:(]\s|\b(?:{'|'.join(sorted(word_class('name-opener')))})\s|\bqu['’])$", regex.IGNORECASE)
# « d'Agir », « du Lac »: behind these a word that nothing else proves is no person.
BELONGING = regex.compile(r"\b(?:de|du|des)\s$|\bd['’]$", regex.IGNORECASE)
PLURAL_ARTICLES = word_class("plural-determiner")
# So many code points a name may stand behind the beginning of its title.
BEHIND = 100
# How far, in code points, the pattern looks: without an end it would scan a long text for its fixed parts.
NEAR = 40
# A word of a name has at least so many letters to be a misspelling of another.
SHORTEST = 5
# A shorter form of a name has at most so many words.
LONGEST_TAIL = 3


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

    def touching(self, span: Span) -> Iterator[Span]:
        """Mentions that share a character with a span, in text order."""
        number = bisect.bisect_right(self.mentions, span.start, key=lambda m: m.end)
        while number < len(self.mentions) and self.mentions[number].start < span.end:
            yield self.mentions[number]
            number += 1


class People:
    """Looks people up by name, role and position."""

    def __init__(self, persons: Sequence[Person]) -> None:
        self.persons = tuple(persons)
        self._mentions = Ranges(((span, person) for person in persons for span in person.mentions), lambda pair: pair[0])

    def within(self, span: Span) -> list[Person]:
        """People mentioned inside a span, in order of first mention there."""
        return _each_once(person for place, person in self._mentions.overlapping(span.start, span.end) if span.contains(place))

    def touching(self, span: Span) -> list[Person]:
        """People with a mention that shares a character with the span."""
        return _each_once(person for _, person in self._mentions.overlapping(span.start, span.end))

    def right_behind(self, position: int) -> list[Person]:
        """People who are named within some words behind a position."""
        return _each_once(person for _, person in self._mentions.overlapping(position, position + BEHIND))


def _each_once(persons: Iterable[Person]) -> list[Person]:
    return list({id(person): person for person in persons}.values())


class _Cluster:
    """Mentions that name the same person; `key` are the words of the fullest, which comes first."""

    def __init__(self, mention: NameMention, key: tuple[str, ...]) -> None:
        self.mentions, self.key, self.genders = [mention], key, {mention.gender} - {""}

    def add(self, mention: NameMention) -> None:
        self.mentions.append(mention)
        self.genders |= {mention.gender} - {""}

    def agrees(self, mention: NameMention) -> bool:
        return not mention.gender or not self.genders or mention.gender in self.genders

    def nearness(self, position: int) -> tuple[bool, int]:
        """Rank of a homonym: the last one named before the position, else the first after."""
        before = [m.span.start for m in self.mentions if m.span.start < position]
        return (bool(before), max(before) if before else -self.mentions[0].span.start)


class _Clusters:
    """The clusters of a text, found by whole name, by its last words (surname) and by its first (given name)."""

    def __init__(self, given: frozenset[str]) -> None:
        self.given = given
        self.all: list[_Cluster] = []
        self._named: defaultdict[tuple[str, ...], list[_Cluster]] = defaultdict(list)
        self._ending: defaultdict[tuple[str, ...], list[_Cluster]] = defaultdict(list)
        self._beginning: defaultdict[str, list[_Cluster]] = defaultdict(list)

    def place(self, mention: NameMention) -> None:
        """Put a mention where it belongs; fuller names come before shorter ones."""
        key = folded_words(mention.name)
        fits = self._fits(mention, key)
        if fits:
            max(fits, key=lambda cluster: cluster.nearness(mention.span.start) if len(fits) > 1 else (True, 0)).add(mention)
        else:
            self._open(_Cluster(mention, key))

    def _fits(self, mention: NameMention, key: tuple[str, ...]) -> list[_Cluster]:
        """Clusters a mention can belong to: same words, or the tail or, alone, the head of a longer name."""
        fits = [c for c in self._named[key] if c.agrees(mention)] or [c for c in self._ending[key] if c.agrees(mention)]
        if not fits and len(key) == 1 and not mention.civility:
            fits = [c for c in self._ending[key] if len(c.key) > 1]  # a surname that is a given name too tells no gender
        if not fits and len(key) > 1 and len(key[0]) == 1:
            fits = [c for c in self._ending[key[1:]] if c.key[0][:1] == key[0] and c.agrees(mention)]
        if not fits and len(key) == 1 and not mention.civility:
            return [c for c in self._beginning[key[0]] if c.mentions[0].certain]
        return fits or self._misspelt(mention, key)

    def _misspelt(self, mention: NameMention, key: tuple[str, ...]) -> list[_Cluster]:
        """Clusters of a name with a slip in one word: « Vanick Barbier » for « Vanik Barbier », but not « Louis » for « Louise »."""
        if len(key) < 2:
            return []
        alike = (c for c in (*self._ending[key[-1:]], *self._beginning[key[0]]) if len(c.key) == len(key) and c.agrees(mention))
        return [c for c in alike if sum(a != b for a, b in zip(c.key, key, strict=True)) == 1 and _is_slip(c.key, key, self.given)]

    def _open(self, cluster: _Cluster) -> None:
        self.all.append(cluster)
        self._named[cluster.key].append(cluster)
        for length in range(1, min(len(cluster.key), LONGEST_TAIL + 1)):
            self._ending[cluster.key[-length:]].append(cluster)
        if len(cluster.key) > 1:
            self._beginning[cluster.key[0]].append(cluster)


@functools.cache
def _folded_given() -> frozenset[str]:
    return frozenset(word for name in load_vocabulary().given_names for word in folded_words(name))


def _common(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _is_slip(one: tuple[str, ...], other: tuple[str, ...], given: frozenset[str]) -> bool:
    """Whether the words in which two names differ are the same but for one letter, and not two given names."""
    a, b = next((a, b) for a, b in zip(one, other, strict=True) if a != b)
    start = _common(a, b)
    end = _common(a[start:][::-1], b[start:][::-1])
    close = max(len(a), len(b)) - start - end <= 1
    return close and min(len(a), len(b)) >= SHORTEST and not (a in given and b in given)


def find_people(text: str, vocabulary: Vocabulary) -> People:
    """Cluster the names of a text; a name is a person when a civility, given name, title or fuller name proves it."""
    mentions = find_names(text, vocabulary)
    beside = {m.span: roles_beside(text, m, vocabulary) for m in mentions}
    clusters = _Clusters(_folded_given())
    for mention in sorted(mentions, key=lambda m: (-len(m.words), not m.certain, m.span.start)):
        clusters.place(mention)
    aged = {m.span for m in mentions if len(m.words) > 1 and AGE.match(text, m.span.end, m.span.end + NEAR)}
    named = [c.mentions for c in clusters.all]
    persons = [_person(m, beside) for m in named if _is_person(text, m, beside, aged) or _bare(text, m, vocabulary)]
    return People(sorted(persons, key=lambda p: p.mentions[0].start))


def _is_person(text: str, cluster: list[NameMention], beside: dict[Span, tuple[RolePhrase, ...]], aged: set[Span]) -> bool:
    proved = (m.certain or m.span in aged or (beside[m.span] and not _is_body(text, m)) for m in cluster)
    return any(proved) or _shortened(cluster)


def _is_body(text: str, mention: NameMention) -> bool:
    """Whether a capitalised word beside a title is rather a body's name: « leader d'Agir », « Les Écoutilles », « militant Lutte unie »."""
    if len(mention.words) > 1:
        return plain(mention.words[0]) in PLURAL_ARTICLES
    return bool(BELONGING.search(text, max(0, mention.span.start - 4), mention.span.start) or goes_on(text, mention.span.end))


def _bare(text: str, cluster: list[NameMention], vocabulary: Vocabulary) -> bool:
    """« …, Vaimiti Roux, … »: two or three capitalised words that only stand where people's names do, not always where a sentence opens."""
    fullest = max((m.words for m in cluster), key=len)
    if len(fullest) not in (2, 3) or not all(w.istitle() for w in fullest) or plain(fullest[0]) in vocabulary.openers | EPONYMS:
        return False
    places = [(max(0, m.span.start - 30), m.span.start) for m in cluster]
    return all(ALONE.search(text, *place) for place in places) and any(INSIDE.search(text, *place) for place in places)


def _shortened(cluster: list[NameMention]) -> bool:
    """« Jacline Aubry … Aubry »: two capitalised words that come back as the last of them are a given name and a surname."""
    forms = {m.words for m in cluster}
    return any(len(full) == 2 and all(w.istitle() for w in full) and full[-1:] in forms for full in forms)


def _person(cluster: list[NameMention], beside: dict[Span, tuple[RolePhrase, ...]]) -> Person:
    fullest = max(cluster, key=lambda m: (len(m.words), -m.span.start))
    spans = sorted(m.span for m in cluster)
    roles = tuple(role for span in spans for role in beside[span])
    genders = Counter(m.gender for m in cluster if m.gender) or Counter(r.gender for r in roles if r.gender in "mf" and r.gender)
    gender = genders.most_common(1)[0][0] if genders else ""
    return Person(fullest.name, fullest.words, gender, any(m.certain for m in cluster), tuple(spans), roles)
