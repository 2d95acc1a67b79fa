"""From a mention to a speaker: names, titles, pronouns and floating quotes within one article."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import regex

from quotes.model import SpeakerType, Span
from quotes.resolution.names import folded_words
from quotes.resolution.nominals import Nominal, read_nominal
from quotes.resolution.people import People, Person, find_people
from quotes.resolution.roles import RolePhrase, read_role
from quotes.resolution.vocabulary import Vocabulary, plain
from quotes.text.grammar import word_class
from quotes.text.lexicon import fold, load_lexicon, load_table

__all__ = ["Referent", "Resolver", "person_referent"]

PRONOUNS = {form: (gender if gender in ("m", "f") else "", number == "p") for form, gender, number, _ in load_table("pronouns.tsv")}
LATEST = frozenset(row[0] for row in load_table("pronouns.tsv") if row[3] == "yes")
INDEFINITE = word_class("indefinite-pronoun")
FIRST_PERSON = word_class("first-person")
# Offices that a bare noun names too: « le président » for « le chef de l'État ».
OFFICES = frozenset((row[0], row[1]) for row in load_table("offices.tsv"))
OFFICE_NOUNS = word_class("office-noun")
ORGANIZATION_DESCRIPTORS = word_class("organization-descriptor")
TITLE_BREAK = word_class("title-break")
TITLE_OPENING = word_class("title-link")
GENERIC = word_class("generic-person")
# How far back, in code points, a bare title may look for its person.
FOCUS = 900
DEMONSTRATIVE = regex.compile(r"(?:ce|cet|cette)\s")
PLURAL_NOUN = regex.compile(r"(?i)\b(?:les|des|aux|plusieurs|certaine?s|quelques|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)\s(?P<noun>\p{Ll}[\p{L}-]*s)\b(?:\s(?:de|des|du|d'|de la|de l')\s?\p{L}+)?")
SUBJECT_NOUN = regex.compile(r"(?:^|[.,]\s*|\s)(?P<phrase>(?:[Ll]es?|[Ll]a|[Ll]')\s?(?P<noun>\p{L}[\p{L}-]+)(?:\s\p{Lu}[\p{L}’'-]+)*(?:\s(?:de la|de l'|de|du|des|d')\s?\p{L}[\p{L}-]+)?)")
# Salience of a candidate: points by how it is in view, less one point for so many code points of distance.
SPOKE, OPENS, NAMED, EXACT, FADING = 3.0, 3.4, 1.0, 0.7, 250.0
SPOKE_FEMININE, SPOKE_THING, OPENS_THING = 2.8, 1.2, 1.6
# A name opens its sentence when it stands in so many code points.
OPENING = 60
SENTENCE_BREAK = regex.compile(r"[.?!…](?=\s|$)|\n")


@dataclasses.dataclass(frozen=True, slots=True)
class Referent:
    """A speaker of the article, as resolved: what the rows call it, and what pronouns can agree with."""

    name: str
    type: SpeakerType
    gender: str = ""
    plural: bool = False
    role: str | None = None
    head: str = ""


class Resolver:
    """Resolves mentions in text order; remembers who spoke."""

    def __init__(self, text: str, vocabulary: Vocabulary, quoted: tuple[Span, ...]) -> None:
        self.text = text
        self.vocabulary = vocabulary
        self.people: People = find_people(text, vocabulary)
        self.quoted = quoted
        self.history: list[tuple[int, Referent]] = []

    def remember(self, position: int, referent: Referent) -> None:
        """Note that `referent` spoke at `position`."""
        self.history.append((position, referent))

    def last_speaker(self, position: int) -> tuple[int, Referent] | None:
        """The speaker attributed last before a position, and where."""
        return next(((p, r) for p, r in reversed(self.history) if p < position), None)

    def resolve(self, span: Span) -> Referent | None:
        """Who the words of `span` name; None when nobody fits (« on », « je »)."""
        phrase = plain(span.of(self.text)).strip(" -,")
        phrase = phrase.removeprefix("t-")
        if phrase in PRONOUNS:
            gender, plural = PRONOUNS[phrase]
            return self._pronoun(span.start, gender, plural, phrase in LATEST, incised=span.of(self.text)[0] in "-t")
        if phrase in INDEFINITE or (phrase in FIRST_PERSON and span.of(self.text) != "Me"):
            return None
        named = self._named(span)
        if named is not None:
            return named
        nominal = read_nominal(span.of(self.text), self.vocabulary)
        if DEMONSTRATIVE.match(phrase) and nominal.type in ("person", "unknown") and not nominal.plural:
            focus = self._pronoun(span.start, nominal.gender, False, False)
            if focus is not None and focus.type == "person":
                return focus
        return self._by_role(span, nominal) or self._titled(nominal) or self._earlier(nominal) or self._nominal(nominal)

    def _named(self, span: Span) -> Referent | None:
        """The person or persons whose names stand in the mention, unless they only specify its head (« l'avocat de Paul »)."""
        people = [p for p in self.people.touching(span) if not self._is_complement(span, p)]
        if not people:
            return None
        if len(people) == 1:
            if regex.search(r"\p{Ll}\set\s(?:le|la|les|l['’]|une?|des)\b", span.of(self.text)):
                return None
            return person_referent(people[0])
        if regex.search(r"\set\s|,", span.of(self.text)):
            return Referent(_coordinated([p.name for p in people]), "group", "m", True)
        return person_referent(people[0])

    def _is_complement(self, span: Span, person: Person) -> bool:
        place = next(m for m in person.mentions if m.overlaps(span))
        before = self.text[span.start : max(span.start, place.start)]
        return bool(regex.search(r"(?:\b(?:de|du|des|chez|à)|\bd['’])\s*+(?:la\s|l['’])?(?:\p{L}+\s)?$", before, regex.IGNORECASE)) and bool(
            regex.search(r"\p{L}{3}", before)
        )

    def _by_role(self, span: Span, nominal: Nominal) -> Referent | None:
        """The person the article gives this title; specifics must not contradict."""
        role = read_role(span.of(self.text), self.vocabulary)
        if role is None or nominal.plural or not nominal.definite or nominal.type != "person":
            return None
        ranked = [
            (*fit, self._closeness(person, span.start), person)
            for person in self.people.persons
            if _agrees(person.gender, role.gender) and (fit := _fit(role, person)) is not None
        ]
        if ranked:
            return person_referent(max(ranked, key=lambda r: r[:-1])[-1])
        return self._anaphor(span, role)

    def _anaphor(self, span: Span, role: RolePhrase) -> Referent | None:
        """« le suspect », « la chercheuse » for somebody in focus: whoever spoke last, or the person named last."""
        office = role.key != role.base and not role.specifics
        if role.base in OFFICE_NOUNS and not office:
            return None
        reach = FOCUS // 2 if role.specifics else FOCUS
        last = self.last_speaker(span.start)
        spoke = last if last and not office and last[1].type == "person" and _agrees(last[1].gender, role.gender) else None
        fitting = [p for p in self.people.persons if _agrees(p.gender, role.gender) and self._closeness(p, span.start) >= 0]
        fitting = [p for p in fitting if not (office and p.roles)]
        nearest = max(fitting, key=lambda p: (office and len(p.mentions), self._closeness(p, span.start)), default=None)
        place = self._closeness(nearest, span.start) if nearest is not None else -1
        if spoke and span.start - spoke[0] < reach and spoke[0] >= place:
            return spoke[1]
        if nearest is None:
            return None
        return person_referent(nearest) if office or span.start - place < reach else None

    def _closeness(self, person: Person, position: int) -> int:
        return max((m.start for m in person.mentions if m.start < position), default=-1)

    def _earlier(self, nominal: Nominal) -> Referent | None:
        """A fuller phrase with the same head that spoke before: « la Fondation » for « Fondation Roi Baudouin »."""
        if not nominal.definite or nominal.plural:
            return None
        words = set(folded_words(nominal.name))
        for _, referent in reversed(self.history):
            if referent.head == nominal.head and words <= set(folded_words(referent.name)):
                return referent
        if len(words) == 1 and nominal.head in ORGANIZATION_DESCRIPTORS:
            return next((r for _, r in reversed(self.history) if r.type == "organization" and not r.plural), None)
        return None

    def _titled(self, nominal: Nominal) -> Referent | None:
        """A bare organisation noun whose full title the article has: « la Fédération » for « Fédération des taxis »."""
        bare = nominal.definite and not nominal.plural and len(folded_words(nominal.name)) == 1
        title = self._title_of(nominal.head) if bare and nominal.head in self.vocabulary.organizations else None
        return Referent(title, nominal.type, nominal.gender, False, None, nominal.head) if title else None

    def _nominal(self, nominal: Nominal) -> Referent:
        name = self._fuller(nominal)
        return Referent(name, nominal.type, nominal.gender, nominal.plural, None, nominal.head)

    def _fuller(self, nominal: Nominal) -> str:
        """A bare head noun or acronym by its proper name when the article spells it out."""
        if nominal.plural or len(folded_words(nominal.name)) != 1 or nominal.type not in ("organization", "document"):
            return nominal.name
        spelled = self._spelled_out(nominal.name) if nominal.name.isupper() else None
        if spelled:
            return spelled
        name = regex.escape(nominal.name)
        longer = regex.search(rf"(?<![\p{{L}}-])((?i:{name})(?:\s\p{{Lu}}[\p{{L}}'’-]++){{1,4}})", self.text)
        if longer:
            return " ".join(longer[1].split())
        return nominal.name

    def _title_of(self, head: str) -> str | None:
        """« la Ligue » by the full title that begins with this noun: Ligue de football professionnel."""
        start = regex.escape(head[:1].upper() + head[1:])
        for match in regex.finditer(rf"(?<![\p{{L}}-]){start}(?P<rest>(?:\s(?:[ld]['’])?[\p{{L}}-]++){{2,8}})", fold(self.text)):
            words = match["rest"].split()
            stop = next((i for i, w in enumerate(words) if plain(w) in TITLE_BREAK or plain(w) in load_lexicon().by_form), len(words))
            if words[0] in TITLE_OPENING and stop > 1 and words[stop - 1] not in TITLE_OPENING:
                return " ".join([match.group()[: len(head)], *words[:stop]])
        return None

    def _spelled_out(self, acronym: str) -> str | None:
        """The words before « (CGT) » whose initials it abbreviates."""
        match = regex.search(rf"(?P<words>(?:[\p{{L}}'’-]++\s){{1,12}})\(\s?{regex.escape(acronym)}\s?\)", self.text)
        words = match["words"].split() if match else []
        for start in range(len(words) - 1, -1, -1):
            candidate = " ".join(words[start:])
            initials = [w[0] for w in folded_words(candidate) if len(w) > 3 or w[0].isupper()]
            first = regex.sub(r"^[lLdD]['’]", "", words[start])
            if first[:1].upper() == acronym[0].upper() and len(initials) >= min(len(acronym), 4) - 1 and len(initials) > 1:
                return regex.sub(r"^[lLdD]['’]", "", candidate)
        return None

    def _pronoun(self, position: int, gender: str, plural: bool, latest: bool, incised: bool = False) -> Referent | None:
        """The antecedent: whoever is most in focus and agrees. `incised` clitics look before their own sentence."""
        if plural:
            return self._plural_antecedent(position)
        if latest:
            people = (person_referent(p) for p in self._outside(position) if _agrees(p.gender, gender))
            return next(people, None)
        ranked = [(score + (EXACT if r.gender == gender else 0), r) for score, r in self._in_focus(position, incised) if _agrees(r.gender, gender)]
        ranked = [pair for pair in ranked if not pair[1].plural]
        return max(ranked, key=lambda pair: pair[0])[1] if ranked else None

    def _in_focus(self, position: int, incised: bool) -> Iterator[tuple[float, Referent]]:
        """Candidates before a position with their salience: who spoke, who opens a sentence, who is only named; all fade with distance."""
        for place, referent in self.history[-12:]:
            if place < position:
                weight = SPOKE if referent.type == "person" else SPOKE_FEMININE if referent.gender == "f" else SPOKE_THING
                yield weight - self._distance(place, position) / FADING, referent
        for number, (start, end) in enumerate(self._sentences_before(position)):
            if incised and number == 0:
                continue
            for person, place in self._visible(Span(start, end)):
                weight = OPENS if place.start - start < OPENING else NAMED
                yield weight - self._distance(place.start, position) / FADING, person_referent(person)
            subject = self._organization(start, end)
            if subject is not None:
                yield OPENS_THING - self._distance(start, position) / FADING, subject

    def _distance(self, start: int, end: int) -> int:
        """Code points between two places, those inside quotation marks left out."""
        quoted = sum(min(q.end, end) - max(q.start, start) for q in self.quoted if q.start < end and q.end > start)
        return end - start - quoted

    def _organization(self, start: int, end: int) -> Referent | None:
        """An organisation that a sentence names in its first words: « Le ministère des Finances a proposé »."""
        match = SUBJECT_NOUN.search(fold(self.text), start, min(end, start + 90))
        if match is None or plain(match["noun"]) not in self.vocabulary.organizations or self._in_quote(match.start("noun")):
            return None
        nominal = read_nominal(self.text[match.start("phrase") : match.end("phrase")], self.vocabulary)
        return None if nominal.plural else self._earlier(nominal) or self._nominal(nominal)

    def _plural_antecedent(self, position: int) -> Referent | None:
        """Whom « ils » or « eux » means: the plural speaker or the plural noun for people named last."""
        last = next(((p, r) for p, r in reversed(self.history) if r.plural and p < position), None)
        floor = max(last[0] if last else 0, position - FOCUS)
        found = None
        for match in PLURAL_NOUN.finditer(fold(self.text), floor, position):
            noun = plain(match["noun"])
            if self._in_quote(match.start()) or not (noun in self.vocabulary.groups or noun[:-1] in self.vocabulary.roles):
                continue
            found = match
        if found is None:
            return last[1] if last else None
        return self._nominal(read_nominal(self.text[found.start() : found.end()], self.vocabulary))

    def floating(self, position: int) -> Referent | None:
        """Who goes on speaking at `position`: the last speaker, unless the sentence before opens with somebody else."""
        last = self.last_speaker(position)
        for start, end in self._sentences_before(position)[:2]:
            if last and start <= last[0] < end:
                return last[1]
            opening = [p for p, place in self._visible(Span(start, min(end, position))) if place.start - start < OPENING]
            if opening:
                return person_referent(opening[0])
        return last[1] if last else next((r for _, r in self._in_focus(position, False)), None)

    def _sentences_before(self, position: int) -> list[tuple[int, int]]:
        """The sentence that holds a position and up to four before it, nearest first, as plain text ranges."""
        window = max(0, position - 1500)
        ends = [m.end() for m in SENTENCE_BREAK.finditer(self.text, window, position) if not self._in_quote(m.start())]
        edges = [window, *ends, position]
        ranges = [(a, b) for a, b in zip(edges, edges[1:], strict=False) if self.text[a:b].strip()]
        return ranges[::-1][:5]

    def _in_quote(self, position: int) -> bool:
        return any(q.start <= position < q.end for q in self.quoted)

    def _visible(self, span: Span) -> list[tuple[Person, Span]]:
        """People mentioned in a span outside quotation marks, with their first mention there."""
        found = []
        for person in self.people.within(span):
            place = next((m for m in person.mentions if span.contains(m) and not self._in_quote(m.start)), None)
            if place is not None:
                found.append((person, place))
        return found

    def _outside(self, position: int) -> list[Person]:
        return [p for p in self.people.last_before(position) if any(m.start < position and not self._in_quote(m.start) for m in p.mentions)]


def person_referent(person: Person) -> Referent:
    """A named person as a speaker."""
    return Referent(person.name, "person", person.gender, False, person.role)


def _fit(role: RolePhrase, person: Person) -> tuple[int, int] | None:
    """How well a title fits the titles of a person (same office, shared specifics), None when it does not."""
    best: tuple[int, int] | None = None
    for known in person.roles:
        shared = len(role.specifics & known.specifics)
        bare = not role.specifics or not known.specifics
        if known.key == role.key and (shared or bare):
            fit = (3, shared)
        elif known.base == role.base and (known.key == known.base or role.key == role.base) and bare:
            fit = (2, shared)
        elif (role.key, known.base) in OFFICES and not known.specifics:
            fit = (2, shared)
        elif shared and (role.key in GENERIC or known.key in GENERIC or role.specifics == known.specifics):
            fit = (1, shared)
        else:
            continue
        best = max(best or fit, fit)
    return best


def _agrees(known: str, wanted: str) -> bool:
    return not known or not wanted or known == wanted


def _coordinated(names: list[str]) -> str:
    return ", ".join(names[:-1]) + " et " + names[-1] if len(names) > 1 else names[0]
