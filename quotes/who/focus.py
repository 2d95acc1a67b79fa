"""Who is in focus at a point of an article: who spoke, who opens a sentence, whom a pronoun can mean."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import regex

from quotes.model import Span
from quotes.text.grammar import word_class
from quotes.text.lexicon import fold
from quotes.text.nominals import Nominal, read_nominal
from quotes.text.ranges import Ranges
from quotes.text.vocabulary import Vocabulary, is_medium, plain
from quotes.who.fuller import whole_title
from quotes.who.names import folded_words
from quotes.who.openings import is_subject, opening_name, opening_noun, opening_pronoun, opens_sentence
from quotes.who.people import People, Person
from quotes.who.plurals import last_people
from quotes.who.referent import Referent, agrees, person_referent
from quotes.who.titles import described_name, fuller_name

__all__ = ["FOCUS", "Focus", "named"]

ORGANIZATION_DESCRIPTORS = word_class("organization-descriptor") | word_class("company-noun")
MEDIUM_DESCRIPTORS = word_class("medium-descriptor")
OFFICIAL = word_class("official-organization")
PROPER = regex.compile(r"\p{Lu}|\b(?:de|du|des)\b|d['’]")
# How far back, in code points, a bare title may look for its person.
FOCUS = 900
# Salience of a candidate: points by how it is in view, less one point for so many code points of distance.
SPOKE, OPENS, NAMED, EXACT, FADING = 3.0, 3.4, 1.0, 0.4, 250.0
# A subject of the pronoun's own sentence.
SAME_SENTENCE = 1.0
# Whoever spoke in an earlier paragraph, when the pronoun's own has a subject.
APART = 2.2
# Whoever spoke last.
LAST = 0.4
SPOKE_FEMININE, SPOKE_THING, OPENS_THING = 2.8, 1.2, 1.6
SENTENCE_BREAK = regex.compile(r"[.?!…](?=\s|$)|\n")


def named(text: str, nominal: Nominal) -> Referent:
    """A noun phrase as a speaker, by its fuller name when the article has one."""
    name = fuller_name(text, nominal)
    if nominal.type == "organization" and name == nominal.name and name[:1].isupper():
        name = described_name(text, name)
    return Referent(name, nominal.type, nominal.gender, nominal.plural, None, nominal.head)


class Focus:
    """The memory of who spoke, and the people of the article around it."""

    def __init__(
        self, text: str, vocabulary: Vocabulary, people: People, quoted: tuple[Span, ...], describe: Callable[[Span], Referent | None]
    ) -> None:
        """`describe` tells whom a noun phrase without name means."""
        self.describe = describe
        self.text = text
        self.vocabulary = vocabulary
        self.people = people
        self.quoted = Ranges(quoted, lambda span: span)
        self.folded = fold(text)
        self.history: list[tuple[int, Referent]] = []
        self._plurals: list[tuple[int, Referent]] = []
        self._opening_pronouns: dict[int, Referent | None] = {}
        self._latest: dict[Referent, None] = {}

    def remember(self, position: int, referent: Referent) -> None:
        """Note that `referent` spoke at `position`."""
        self.history.append((position, referent))
        if referent.plural:
            self._plurals.append((position, referent))
        self._latest.pop(referent, None)
        self._latest[referent] = None

    def last_speaker(self, position: int) -> tuple[int, Referent] | None:
        """The speaker attributed last before a position, and where."""
        return next(((p, r) for p, r in reversed(self.history) if p < position), None)

    def speaker_around(self, position: int) -> Referent | None:
        """Who spoke in the sentence that holds a position."""
        start = max((m.end() for m in SENTENCE_BREAK.finditer(self.text, max(0, position - FOCUS), position)), default=position - FOCUS)
        stop = SENTENCE_BREAK.search(self.text, position)
        end = stop.start() if stop else len(self.text)
        spoke = next((r for p, r in reversed(self.history) if start <= p <= end), None)
        opening = (p for p, mention in self._visible(Span(max(0, start), end)) if is_subject(self.text, start, mention))
        return spoke or next((person_referent(p) for p in opening), None) or self._subject(max(0, start), end)

    def antecedent(
        self, position: int, gender: str, plural: bool, latest: bool, incised: bool = False, personal: bool = False
    ) -> Referent | None:
        """Whoever is most in focus and agrees. `incised` clitics look before their own sentence, `personal` ones for a person."""
        if plural:
            own = self._sentences_before(position)[:1] if incised else []
            return self._plural_antecedent(own[0][0] if own else position) or self._plural_antecedent(position)
        if latest:
            people = (person_referent(p) for p in self._outside(position) if agrees(p.gender, gender))
            return next(people, None)
        if incised:
            before = self._most_salient(position, gender, True, personal) or self._most_salient(position, gender, False, personal)
            return before or self._named_next(position, gender)
        # « Il estime que Paul Durand a menti »: whoever is named behind the pronoun is somebody else.
        behind = frozenset(person.name for person, _ in self._visible(Span(position, self._sentence_end(position))))
        return self._most_salient(position, gender, False, personal, behind) or self._named_next(position, gender)

    def _named_next(self, position: int, gender: str) -> Referent | None:
        """« « … », tranche-t-elle. À 61 ans, Léa Roux … »: who is named first in a text that opens with a pronoun."""
        if self._outside(position):
            return None
        end = self._sentence_end(position)
        named = self._visible(Span(end, end + FOCUS))
        fitting = (person for person, _ in sorted(named, key=lambda pair: pair[1]) if agrees(person.gender, gender))
        return next(map(person_referent, fitting), None)

    def _most_salient(
        self, position: int, gender: str, incised: bool, personal: bool, others: frozenset[str] = frozenset()
    ) -> Referent | None:
        """The candidate most in view; none of `others` when there is another."""
        fitting = ((score, r) for score, r in self._in_focus(position, incised) if agrees(r.gender, gender))
        ranked = [(score + (EXACT if r.gender == gender else 0), r) for score, r in fitting]
        ranked = [pair for pair in ranked if not pair[1].plural and (pair[1].type == "person" or not personal)]
        ranked = [pair for pair in ranked if pair[1].name not in others] or ranked
        return max(ranked, key=lambda pair: pair[0])[1] if ranked else None

    def _in_focus(self, position: int, incised: bool) -> Iterator[tuple[float, Referent]]:
        """Candidates before a position with their salience: who spoke, who opens a sentence, who is only named; all fade with distance."""
        paragraph = self._paragraph(position)
        for place, weight, referent in (*self._spoken(position), *self._mentioned(position, incised)):
            apart = APART if place < paragraph else 0.0
            yield weight - apart - self._distance(place, position) / FADING, referent

    def _spoken(self, position: int) -> Iterator[tuple[int, float, Referent]]:
        """Who spoke before a position: where, with what weight."""
        last = self.last_speaker(position)
        for place, referent in self.history[-12:]:
            if place < position:
                recent = LAST if last is not None and referent.name == last[1].name else 0.0
                weight = SPOKE if referent.type == "person" else SPOKE_FEMININE if referent.gender == "f" else SPOKE_THING
                yield place, recent + weight, referent

    def _mentioned(self, position: int, incised: bool) -> Iterator[tuple[int, float, Referent]]:
        """Who is named in the sentences before a position, or opens one: where, with what weight."""
        for number, (start, end) in enumerate(self._sentences_before(position)):
            if incised and number == 0:
                continue
            for person, mention in self._visible(Span(start, end)):
                yield mention.start, OPENS if is_subject(self.text, start, mention) else NAMED, person_referent(person)
            limit = min(end, position)
            subject = self._subject(start, limit) or self._bare_name(start, limit) or self._continued(start, limit)
            if subject is not None:
                spoke = any(start <= place < end and other.name == subject.name for place, other in self.history[-3:])
                weight = OPENS if subject.type == "person" or (spoke and not incised) else OPENS_THING
                yield start, weight + (SAME_SENTENCE if number == 0 else 0), subject

    def _paragraph(self, position: int) -> int:
        """Where the paragraph begins that holds a position, 0 when no sentence of it has a subject before."""
        start = self.text.rfind("\n", 0, position) + 1
        before = [(a, b) for a, b in self._sentences_before(position) if start < b < position]
        return start if any(self._subject(max(a, start), b) for a, b in before) else 0

    def _distance(self, start: int, end: int) -> int:
        """Code points between two places, those inside quotation marks left out."""
        quoted = sum(min(q.end, end) - max(q.start, start) for q in self.quoted.overlapping(start, end))
        return end - start - quoted

    def _subject(self, start: int, end: int) -> Referent | None:
        """A speaker without name whom a sentence opens with: « Le ministère des Finances a proposé », « L'avocat a plaidé »."""
        match = opening_noun(self.folded, start, end)
        if match is None or self.is_quoted(match.start("noun")):
            return None
        noun, phrase = plain(match["noun"]), Span(*match.span("phrase"))
        if noun in self.vocabulary.roles and opens_sentence(self.text, start, phrase.start):
            return self._titled(phrase, Span(*match.span("noun")), end)
        if noun not in self.vocabulary.organizations:
            return None
        if read_nominal(phrase.of(self.text), self.vocabulary).plural:
            return None
        return self.describe(whole_title(self.text, phrase, Span(*match.span("noun"))))

    def _bare_name(self, start: int, end: int) -> Referent | None:
        """An organisation whose name opens a sentence without article: « Orvane, de son côté, conteste l'amende »."""
        name = opening_name(self.text, start, end)
        if name is None or self.people.touching(name) or plain(name.of(self.text)) in self.vocabulary.openers:
            return None
        nominal = read_nominal(name.of(self.text), self.vocabulary)
        again = self.text.count(nominal.name) > 1 and nominal.name.lower() not in self.text
        return named(self.text, nominal) if nominal.type == "organization" and (nominal.known or again) else None

    def _continued(self, start: int, end: int) -> Referent | None:
        """Whom the pronoun means that a sentence opens with: « Il retrouve ainsi Paul Durand » goes on about somebody else."""
        opening = opening_pronoun(self.text, start, end)
        if opening is None:
            return None
        place, gender = opening
        if place not in self._opening_pronouns:
            self._opening_pronouns[place] = None
            self._opening_pronouns[place] = self._most_salient(place, gender, False, True)
        return self._opening_pronouns[place]

    def _titled(self, phrase: Span, noun: Span, end: int) -> Referent | None:
        """Somebody whom the sentence up to `end` calls by the title around `noun`, unless it goes on with the name or has spoken in it."""
        last = self.last_speaker(end)
        if last is not None and last[0] >= phrase.start:
            return None
        whole = whole_title(self.text, phrase, noun)
        if self.people.touching(Span(whole.start, whole.end + 3)):
            return None
        return self.describe(whole)

    def _plural_antecedent(self, position: int) -> Referent | None:
        """Whom « ils » or « eux » means: the plural speaker or the plural noun for people named last."""
        last = next(((p, r) for p, r in reversed(self._plurals) if p < position), None)
        floor = max(last[0] if last else 0, position - FOCUS)
        people = last_people(self.text, Span(floor, position), self.vocabulary, self.is_quoted)
        if people is None:
            return last[1] if last else None
        return named(self.text, read_nominal(people, self.vocabulary))

    def floating(self, position: int) -> Referent | None:
        """Who goes on speaking at `position`: the last speaker, unless the sentence before opens with somebody else."""
        last = self.last_speaker(position)
        for start, end in self._sentences_before(position)[:2]:
            people = self._visible(Span(start, min(end, position)))
            if last and start <= last[0] < end:
                writers = [p for p, place in people if last[1].type == "document" and place.start > last[0]]
                return person_referent(writers[0]) if writers else last[1]
            opening = [p for p, place in people if is_subject(self.text, start, place)]
            if opening:
                return person_referent(opening[0])
        return last[1] if last else next((r for _, r in self._in_focus(position, False)), None)

    def partner(self, position: int) -> Referent | None:
        """The person who spoke before the last speaker did: the other party of a dialogue."""
        last = self.last_speaker(position)
        others = (r for r in reversed(self._latest) if last is not None and r.type == "person" and r.name != last[1].name)
        return next(others, None)

    def _sentence_end(self, position: int) -> int:
        stop = next((m.start() for m in SENTENCE_BREAK.finditer(self.text, position) if not self.is_quoted(m.start())), None)
        return len(self.text) if stop is None else stop

    def _sentences_before(self, position: int) -> list[tuple[int, int]]:
        """The sentence that holds a position and up to four before it, nearest first, as plain text ranges."""
        window = max(0, position - 1500)
        ends = [m.end() for m in SENTENCE_BREAK.finditer(self.text, window, position) if not self.is_quoted(m.start())]
        edges = [window, *ends, position]
        ranges = [(a, b) for a, b in itertools.pairwise(edges) if self.text[a:b].strip()]
        return ranges[::-1][:5]

    def one_of_two(self, position: int, number: int) -> Person | None:
        """« le premier » (0), « la seconde » (1): one of the two people that the nearest sentence before `position` names."""
        for start, end in self._sentences_before(position):
            named = sorted(self._visible(Span(start, min(end, position))), key=lambda pair: pair[1])
            if named:
                return named[number][0] if len(named) == 2 else None
        return None

    def is_quoted(self, position: int) -> bool:
        """Whether a position lies between quotation marks."""
        return self.quoted.at(position) is not None

    def _visible(self, span: Span) -> list[tuple[Person, Span]]:
        """People mentioned in a span outside quotation marks, with their first mention there."""
        found = []
        for person in self.people.within(span):
            place = next((m for m in person.touching(span) if span.contains(m) and not self.is_quoted(m.start)), None)
            if place is not None:
                found.append((person, place))
        return found

    def _outside(self, position: int) -> list[Person]:
        return [p for p in self.people.last_before(position) if any(m.start < position and not self.is_quoted(m.start) for m in p.mentions)]

    def earlier(self, nominal: Nominal, position: int) -> Referent | None:
        """An organisation that spoke before, by a bare noun for it: « la Fondation » for « Fondation Roi Baudouin », « le groupe »."""
        if not nominal.definite or nominal.plural:
            return None
        words = set(folded_words(nominal.name))
        for referent in reversed(self._latest):
            if referent.head == nominal.head and words <= set(folded_words(referent.name)):
                return referent
        described = nominal.head in ORGANIZATION_DESCRIPTORS and len(words) <= 2 and not PROPER.search(nominal.name)
        if not described or fuller_name(self.text[:position], nominal) != nominal.name:
            return None
        speakers = (r for r in reversed(self._latest) if r.type == "organization" and not r.plural)
        return next((r for r in speakers if self._is_described(r) and self._is_medium(r) == (nominal.head in MEDIUM_DESCRIPTORS)), None)

    def _is_medium(self, referent: Referent) -> bool:
        return is_medium(referent.name) or referent.head in MEDIUM_DESCRIPTORS or referent.head in self.vocabulary.media

    def _is_described(self, referent: Referent) -> bool:
        """Whether a bare descriptor can mean an organisation: not a state, a ministry or another that goes by an office."""
        return referent.head not in self.vocabulary.places and referent.head not in OFFICIAL
