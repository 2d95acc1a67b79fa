"""From a mention to a speaker: names, titles, descriptions and pronouns within one article."""

from __future__ import annotations

import regex

from quotes.model import Span
from quotes.text.grammar import alternatives, word_class
from quotes.text.lexicon import load_table
from quotes.text.nominals import Nominal, read_nominal
from quotes.text.vocabulary import Vocabulary, is_medium, people_gender, plain
from quotes.who.collectives import Collectives
from quotes.who.documents import AUTHORED, author_of, introduced_at, text_named_before
from quotes.who.fit import GENERIC, fit, is_introduced, is_kind, may_be
from quotes.who.focus import FOCUS, Focus, named
from quotes.who.fuller import fuller_phrase
from quotes.who.people import Person, find_people
from quotes.who.referent import Referent, agrees, coordinated, person_referent
from quotes.who.roles import RolePhrase, read_role

__all__ = ["Referent", "Resolver", "is_pronoun", "person_referent"]

PRONOUNS = {form: (gender if gender in ("m", "f") else "", number == "p") for form, gender, number, _ in load_table("pronouns.tsv")}
LATEST = frozenset(row[0] for row in load_table("pronouns.tsv") if row[3] == "yes")
# « le premier », « la seconde » of two
FORMER, LATTER = word_class("former"), word_class("latter")
# Phrases that mean a person, never an organisation.
PERSONAL = word_class("personal-phrase")
INDEFINITE = word_class("indefinite-pronoun")
FIRST_PERSON = word_class("first-person")
OFFICE_NOUNS = word_class("office-noun")
# « son conseil »: a council, or a lawyer.
COUNSEL = word_class("counsel-noun")
LAWYERS = word_class("lawyer")
HEADS = word_class("head-noun")
COMPLEMENT = regex.compile(r"(?:\b(?:de|du|des|chez|à)|\bd['’])\s*+(?:la\s|l['’])?(?:\p{L}+\s)?$", regex.IGNORECASE)
# « le chef de cabinet », « le patron de l'usine »: somebody of their own.
COMPLEMENT_LINK = alternatives("complement-link", r"\s")
BELONGING = regex.compile(rf"\s(?:{COMPLEMENT_LINK})\p{{Ll}}")
# A name behind a comma, perhaps behind an adverb or a participle with its complements; what follows it closes the apposition.
APPOSED = regex.compile(
    rf"(?:\s(?:{alternatives('incise-adverb')}))?+"
    r"(?:\s(?:ayant|étant|\p{Ll}++(?<=ée?s?|ie?s?|ue?s?|ant))(?:\s[^\s,.;:!?«»]++){0,8}+)?+(?:\s?,|\s\([^()\n]{2,40}+\))\s"
    rf"(?:(?:{alternatives('subject-article')})\s?\p{{Ll}}++\s)?+"
    r"(?P<name>\p{Lu}(?:[^,.;:!?«»\n(]|(?<=\s\p{Lu})\.){2,40}+)\s?(?:[,.;(]|$)"
)
APPOSED_REACH = 140
# « L'un d'eux, un pêcheur de Kerlaz »: the apposition says who.
ONE_OF_THEM = regex.compile(r"(?i)(?:l['’])?une?\sd['’](?:entre\s)?(?:eux|elles)(?:\s?,\s|$)")
ONE_OF = regex.compile(r"(?:l'|une? )(?:une? )?(?:des|de|d')")
# « son agent » is somebody else than the person in focus.
POSSESSIVE = regex.compile(rf"(?i)(?:{'|'.join(sorted(word_class('possessive')))})\s")
# « son association » is not the last one that spoke.
OWN = regex.compile(rf"(?i)(?:{alternatives('own-noun-determiner')})\s")
# « de même source », « cette même source », « cette source »: whoever spoke last.
SOURCE = alternatives("on-source")
# « L'école compterait, selon elle, … »: whoever says it is not the subject of what is said.
INSERTED = regex.compile(rf"(?:^|[.?!…\n]\s*+)[^,;:.?!…()\n]{{4,}}+,\s(?:{alternatives('comment-preposition')})\s$")
SAME = regex.compile(rf"(?:(?:la|cette)\s)?(?:{alternatives('same')})\s(?:{SOURCE})$|(?:{alternatives('demonstrative')})\s(?:{SOURCE})$")
# What somebody is beside an office: a mother, a neighbour.
PRIVATE = word_class("private-noun")
# How far, in code points, the next sentence begins at most behind the name of who spoke.
NEXT_SENTENCE, STOPS = 150, (".", "!", "?", "»", "”", '"')
NEXT_WORD = regex.compile(r"\s[\p{L}’'-]++")
# So many code points a name goes on at most.
LONGEST_MEDIUM = 30
DEMONSTRATIVE = regex.compile(rf"(?:{alternatives('demonstrative')})\s")


def is_pronoun(words: str) -> bool:
    """Whether a mention is a pronoun: « lui », « ce dernier », « certains »."""
    return plain(words) in PRONOUNS or plain(words) in INDEFINITE


class Resolver:
    """Resolves the mentions of one article, in text order; `focus` remembers who spoke."""

    def __init__(self, text: str, vocabulary: Vocabulary, quoted: tuple[Span, ...]) -> None:
        self.text = text
        self.vocabulary = vocabulary
        self.people = find_people(text, vocabulary)
        self.collectives = Collectives(text, vocabulary, self.people)
        self.focus = Focus(text, vocabulary, self.people, quoted, lambda span: self._described(span, self._nominal(span)))

    def resolve(self, span: Span) -> Referent | None:
        """Who the words of `span` name; None when nobody fits (« on », « je »)."""
        phrase = plain(span.of(self.text)).strip(" -,")
        phrase = phrase.removeprefix("t-")
        if phrase in PRONOUNS:
            gender, plural = PRONOUNS[phrase]
            inserted = INSERTED.search(self.text, max(0, span.start - FOCUS), span.start) is not None
            incised = inserted or self.text[span.start - 1 : span.start] == "-"
            return self.focus.antecedent(span.start, gender, plural, phrase in LATEST, incised, phrase in PERSONAL)
        if phrase in FORMER | LATTER and (person := self.focus.one_of_two(span.start, int(phrase in LATTER))) is not None:
            return person_referent(person)
        if phrase in INDEFINITE or (phrase in FIRST_PERSON and span.of(self.text) != "Me"):
            return None
        one = ONE_OF_THEM.match(span.of(self.text))
        if one is not None:
            named = Span(span.start + one.end(), span.end)
            return self.resolve(named) if named.start < named.end else None
        return self._noun_phrase(span, phrase)

    def _noun_phrase(self, span: Span, phrase: str) -> Referent | None:
        """Whom words that are no pronoun name; `phrase` is their plain form."""
        span = self._whole_medium(span)
        if SAME.match(phrase):
            last = self.focus.last_speaker(span.start)
            return last[1] if last else self._described(span, self._nominal(span))
        nominal = self._nominal(span)
        person = self._named(span) or self._apposed(span, nominal)
        if person is not None:
            return person
        author = author_of(self.text, span, nominal.head)
        if author is not None and self._nominal(author).type != "document":
            return self.resolve(author)
        if nominal.head in AUTHORED and nominal.definite and (known := self._introduced(nominal.head, span.start)):
            return known
        text = text_named_before(self.text, nominal, span.start)
        if text is not None and not self.focus.is_quoted(text.start):
            return self.resolve(text)
        if DEMONSTRATIVE.match(phrase) and nominal.type in ("person", "unknown") and not nominal.plural:
            focus = self.focus.antecedent(span.start, nominal.gender, False, False)
            if focus is not None and focus.type == "person":
                return focus
        return self._described(span, nominal)

    def _whole_medium(self, span: Span) -> Span:
        """The span with the words behind it that the name of a medium goes on with: « Le Canard enchaîné »."""
        end, proper = span.end, regex.search(r"\p{Lu}", span.of(self.text)) is not None
        while proper and (word := NEXT_WORD.match(self.text, end)) and end - span.end < LONGEST_MEDIUM:
            end = word.end()
            if is_medium(self.text[span.start : end]):
                return Span(span.start, end)
        return span

    def _introduced(self, head: str, position: int) -> Referent | None:
        """Whose document it is: the author named where the article brought it in, else who spoke in that sentence."""
        place = introduced_at(self.text, head, position)
        author = author_of(self.text, place, head) if place is not None else None
        if place is None or author is not None:
            return self.resolve(author) if author is not None else None
        return self.focus.speaker_around(place.start)

    def _nominal(self, span: Span) -> Nominal:
        return read_nominal(span.of(self.text), self.vocabulary)

    def _described(self, span: Span, nominal: Nominal) -> Referent:
        """Whom a noun phrase without name means: somebody with this title, an organisation by its full name, else the phrase itself."""
        return (
            self._counsel(span, nominal)
            or self._by_role(span, nominal)
            or self._by_people(span, nominal)
            or self.collectives.by_title(nominal)
            or (None if OWN.match(span.of(self.text)) else self.collectives.company(nominal) or self.focus.earlier(nominal, span.start))
            or self.collectives.organization(nominal, span.start)
            or self.collectives.group(nominal, span.start)
            or named(self.text, nominal)
        )

    def _named(self, span: Span) -> Referent | None:
        """The person or persons whose names stand in the mention, unless they only specify its head (« l'avocat de Paul »)."""
        people = [p for p in self.people.touching(span) if not self._is_complement(span, p)]
        if not people:
            return None
        if len(people) == 1:
            if regex.search(r"\p{Ll}\set\s(?:le|la|les|l['’]|une?|des)\b", span.of(self.text)):
                return None
            return person_referent(people[0])
        joined = regex.search(r"\set\s", span.of(self.text)) is not None
        if joined or "," in span.of(self.text):
            return Referent(coordinated([p.name for p in people], joined), "group", "m", True)
        return person_referent(max(people, key=lambda p: (p.certain, len(p.words))))

    def _apposed(self, span: Span, nominal: Nominal) -> Referent | None:
        """The name that follows a phrase for one person: « une voisine, Léa Roux, », « l'une des élèves montées à bord, Léa Roux, »."""
        if nominal.proper or nominal.type in ("organization", "document"):
            return None
        match = APPOSED.match(self.text, span.end, span.end + APPOSED_REACH)
        if match is None or (nominal.plural and not ONE_OF.match(plain(span.of(self.text)))):
            return None
        name = Span(*match.span("name"))
        person = next((p for p in self.people.within(name) if any(m.start <= name.start < m.end for m in p.mentions)), None)
        # « L'une des voix du quai, Hugo Tessier, »: a thing's gender is not its person's.
        gender = nominal.gender if nominal.known else ""
        return person_referent(person) if person is not None and agrees(person.gender, gender) else None

    def _is_complement(self, span: Span, person: Person) -> bool:
        place = next(person.touching(span))
        before = self.text[span.start : max(span.start, place.start)]
        if before.endswith("("):
            return True  # « la députée (Les Verts) de Brec »
        return COMPLEMENT.search(before) is not None and regex.search(r"\p{L}{3}", before) is not None

    def _by_role(self, span: Span, nominal: Nominal) -> Referent | None:
        """The person the article gives this title; specifics must not contradict."""
        role = read_role(span.of(self.text), self.vocabulary)
        if role is None or nominal.plural or not nominal.definite or nominal.type != "person":
            return None
        ranked = [
            (*found, person.last_before(span.start), person)
            for person in self.people.persons
            if agrees(person.gender, role.gender) and (found := fit(role, person)) is not None
        ]
        best = max(ranked, key=lambda r: r[:-1])[-1] if ranked else None
        nearer = self._nearer(span.start, role, best) if best is not None and max(r[0] for r in ranked) == 1 else None
        if nearer is not None:
            return nearer
        described = self._described_before(span.start, role, best)
        if described or best:
            return described or (person_referent(best) if best else None)
        return None if POSSESSIVE.match(span.of(self.text)) else self._anaphor(span, role)

    def _nearer(self, position: int, role: RolePhrase, best: Person) -> Referent | None:
        """« l'élue » for a woman without title who spoke since the councillor was named."""
        spoken, last = self.focus.last_speaker(position) or (-1, None)
        person = self.people.named(last.name) if last is not None else None
        fits = person is not None and not person.roles and person.gender == role.gender and spoken > best.last_before(position)
        return last if fits and "\n" not in self.text[spoken:position] else None

    def _by_people(self, span: Span, nominal: Nominal) -> Referent | None:
        """« l'Uruguayen » for the person in focus."""
        paper = is_medium(span.of(self.text))
        origin = nominal.definite and not nominal.plural and not paper and regex.fullmatch(r"\p{Lu}\p{Ll}++", nominal.name)
        gender = people_gender(nominal.head, self.vocabulary) if origin else ""
        if not gender or not agrees(gender, nominal.gender):
            return None
        person = self.focus.antecedent(span.start, gender, False, False, personal=True)
        places = (p.last_before(span.start) for p in self.people.persons if person is not None and p.name == person.name)
        return person if any(span.start - place < FOCUS for place in places if place >= 0) else None

    def _counsel(self, span: Span, nominal: Nominal) -> Referent | None:
        """« son conseil » for the lawyer of the article, when it has no other council."""
        bare = nominal.name in COUNSEL and not nominal.plural
        if not bare or fuller_phrase(self.text, nominal.head, span.start) is not None:
            return None
        lawyers = [p for p in self.people.persons if p.last_before(span.start) >= 0 and any(r.key in LAWYERS for r in p.roles)]
        named = max(lawyers, key=lambda p: p.last_before(span.start), default=None)
        titles = ((r, read_role(r.name, self.vocabulary)) for _, r in reversed(self.focus.history) if r.type == "person")
        spoke = next((r for r, role in titles if role is not None and role.key in LAWYERS), None)
        return person_referent(named) if named is not None else spoke

    def _described_before(self, position: int, role: RolePhrase, rival: Person | None) -> Referent | None:
        """« la soignante » for « une infirmière de nuit », who spoke since the rival was named."""
        spoken, last = self.focus.last_speaker(position) or (-1, None)
        noun = self.vocabulary.roles.get(last.head) if last is not None and last.type == "person" else None
        fits = noun is not None and is_kind(role.key, noun.key) and not role.specifics
        return last if fits and (rival is None or spoken > rival.last_before(position)) else None

    def _anaphor(self, span: Span, role: RolePhrase) -> Referent | None:
        """« le suspect », « la chercheuse » for somebody in focus: whoever spoke last, or the person named last."""
        office = role.key != role.base and not role.specifics
        if role.base in OFFICE_NOUNS and not (office or role.specifics):
            return self._only_speaker(span, role)
        if not office and (role.base in OFFICE_NOUNS or (role.base in HEADS and BELONGING.search(plain(role.text)))):
            return self._just_spoke(span, role) if role.specifics else None
        reach = FOCUS // 2 if role.specifics else FOCUS
        last = self.focus.last_speaker(span.start)
        spoke = last if last and not office and last[1].type == "person" and agrees(last[1].gender, role.gender) else None
        if spoke and not self._may_be(role, spoke[1]) and self._just_spoke(span, role, trade=True) is None:
            spoke = None
        fitting = [p for p in self.people.persons if agrees(p.gender, role.gender) and p.last_before(span.start) >= 0]
        fitting = [p for p in fitting if may_be(role, p) and not (office and (p.roles or is_introduced(self.text, p)))]
        nearest = max(fitting, key=lambda p: (office and len(p.mentions), p.last_before(span.start)), default=None)
        place = nearest.last_before(span.start) if nearest is not None else -1
        if spoke and span.start - spoke[0] < reach and spoke[0] >= place:
            return spoke[1]
        if nearest is None:
            return None
        return person_referent(nearest) if office or span.start - place < reach else None

    def _just_spoke(self, span: Span, role: RolePhrase, trade: bool = False) -> Referent | None:
        """« …, calcule Léa Roux. La porte-parole du collectif … »: whoever spoke right before a sentence that opens with a fuller title."""
        last = self.focus.last_speaker(span.start)
        between = self.text[last[0] : span.start] if last is not None else ""
        behind_verb = last is not None and self.text[max(0, last[0] - 2) : last[0]].rstrip()[-1:].isalpha()
        if last is None or not behind_verb or len(between) > NEXT_SENTENCE or "\n" in between or not between.rstrip().endswith(STOPS):
            return None
        person = self.people.named(last[1].name)
        other = () if person is None or trade else (r for r in person.roles if r.base not in PRIVATE)
        known = person is not None and person.gender == role.gender and not any(other)
        return last[1] if known else None

    def _may_be(self, role: RolePhrase, speaker: Referent) -> bool:
        """Whether somebody who spoke can be called so: somebody named, or « l'élu » for « un maire »."""
        if speaker.name[:1].islower() and speaker.head in self.vocabulary.roles:
            nouns = (self.vocabulary.roles[word] for word in plain(speaker.name).split() if word in self.vocabulary.roles)
            return any(noun.key == role.key or is_kind(role.key, noun.key) or noun.key in GENERIC for noun in nouns)
        return all(may_be(role, p) for p in self.people.persons if p.name == speaker.name)

    def _only_speaker(self, span: Span, role: RolePhrase) -> Referent | None:
        """« le président » without a name: the one person who has spoken so far, when the article names no other title for that person."""
        spoke = {r.name for p, r in self.focus.history if p < span.start and r.type == "person"}
        named = [p for p in self.people.persons if p.last_before(span.start) >= 0]
        only = named[0] if len(named) == 1 else None
        if only is None or only.roles or is_introduced(self.text, only):
            return None
        return person_referent(only) if spoke <= {only.name} and agrees(only.gender, role.gender) else None
