"""Named reasons that decide whom a mention names without weighing: its own name, a name in apposition, the author of a document."""

from __future__ import annotations

import regex

from quotes.model import Span
from quotes.text.grammar import alternatives
from quotes.text.nominals import Nominal, read_nominal
from quotes.text.vocabulary import Vocabulary, is_medium, plain
from quotes.who.documents import AUTHORED, author_of, introduced_at, text_named_before
from quotes.who.entities import Entity, agrees, coordinated
from quotes.who.names import INHABITANT
from quotes.who.people import People, Person

__all__ = ["Sieves", "person_entity"]

COMPLEMENT = regex.compile(r"(?i:\b(?:de|du|des|chez|à)|\bd['’])\s*+(?i:la\s|l['’])?(?:(?P<noun>\p{Ll}+)\s)?$")
# A name behind a comma, perhaps behind an adverb or a participle with its complements; what follows it closes the apposition.
APPOSED = regex.compile(
    rf"(?:\s(?:{alternatives('incise-adverb')}))?+"
    r"(?:\s(?:ayant|étant|\p{Ll}++(?<=ée?s?|ie?s?|ue?s?|ant))(?:\s[^\s,.;:!?«»]++){0,8}+)?+(?:\s?,|\s\([^()\n]{2,40}+\),?)\s"
    rf"(?:(?:{alternatives('subject-article')})\s?(?:\p{{Ll}}++\s)?)?+"
    r"(?P<name>\p{Lu}(?:[^,.;:!?«»\n(]|(?<=\s\p{Lu})\.){2,40}+)\s?(?:[,.;(]|$)"
)
APPOSED_REACH = 140
RENAMED = regex.compile(rf",\s(?:(?:{alternatives('subject-article')})\s?)?(?P<name>\p{{Lu}}[^,;:()«»]*)$")
ONE_OF = regex.compile(r"(?:l'|une? )(?:une? )?(?:des|de|d')")
# « L'un d'eux, un pêcheur de Kerlaz »: the apposition says who.
ONE_OF_THEM = regex.compile(r"(?i)(?:l['’])?une?\sd['’](?:entre\s)?(?:eux|elles)(?:\s?,\s|$)")
# « Léa Roux et plusieurs élus »
JOINED_REST = regex.compile(
    rf"\set\s(?:(?:{alternatives('people-quantifier')})\s|d['’]autres\s|(?:{alternatives('determiner')})\s?)[^,;:]++"
)
NEXT_WORD = regex.compile(r"\s[\p{L}’'-]++")
CLOSING = regex.compile(r"\s?(?:[,.;:)»”\"–—]|$)", regex.MULTILINE)
# So many code points a determiner before a title has at most.
LONGEST_ARTICLE = 6
# So many code points a name goes on at most.
LONGEST_MEDIUM = 30


def person_entity(person: Person) -> Entity:
    """A named person as an entity."""
    return Entity(person.name, "person", person.gender, roles=person.roles)


class Sieves:
    """The sieves of one article; all positions are code points."""

    def __init__(self, text: str, vocabulary: Vocabulary, people: People) -> None:
        self.text, self.vocabulary, self.people = text, vocabulary, people

    def name(self, span: Span, nominal: Nominal) -> tuple[Entity, str] | None:
        """Who is named in the words, or right behind them, and by which reason; None when nobody is."""
        named = self._named(span)
        if named is not None:
            return named, "name"
        titled = self._titled(span)
        if titled is not None:
            return titled, "apposition"
        apposed = self._apposed(span, nominal)
        return (apposed, "apposition") if apposed is not None else None

    def renamed(self, span: Span, nominal: Nominal) -> Span | None:
        """The name behind the comma of a phrase for a body: « le premier opérateur du pays, Orvane » is Orvane."""
        found = RENAMED.search(span.of(self.text)) if nominal.type in ("organization", "unknown") and not nominal.proper else None
        return Span(span.start + found.start("name"), span.end) if found is not None else None

    def author(self, span: Span, nominal: Nominal) -> Span | None:
        """The words that name the author of a document, « le texte » or « le communiqué » that came up before; None for anything else."""
        one = ONE_OF_THEM.match(span.of(self.text))
        if one is not None:
            rest = Span(span.start + one.end(), span.end)
            return rest if rest.start < rest.end else None
        author = self._author(span, nominal.head)
        if author is not None:
            return author
        if nominal.head in AUTHORED and nominal.definite:
            place = introduced_at(self.text, nominal.head, span.start)
            author = self._author(place, nominal.head) if place is not None else None
            if author is not None:
                return author
        return text_named_before(self.text, nominal, span.start)

    def _author(self, span: Span, head: str) -> Span | None:
        """The author that a phrase for a text names: somebody who can write, not what it is about (« le rapport de l'enquête »)."""
        author = author_of(self.text, span, head)
        if author is None:
            return None
        nominal = read_nominal(author.of(self.text), self.vocabulary)
        writes = nominal.type in ("person", "organization", "group")
        return author if writes and (nominal.known or bool(self.people.touching(author)) or nominal.name[:1].isupper()) else None

    def whole_medium(self, span: Span) -> Span:
        """The span with the words behind it that the name of a medium goes on with: « Le Canard enchaîné »."""
        end, proper = span.end, regex.search(r"\p{Lu}", span.of(self.text)) is not None
        while proper and (word := NEXT_WORD.match(self.text, end)) and end - span.end < LONGEST_MEDIUM:
            end = word.end()
            if is_medium(self.text[span.start : end]):
                return Span(span.start, end)
        return span

    def _named(self, span: Span) -> Entity | None:
        """The person or persons whose names stand in the mention, unless they only specify its head (« l'avocat de Paul »)."""
        people = [p for p in self.people.touching(span) if not self._is_complement(span, p)]
        words = span.of(self.text)
        if len(people) == 1 and self._is_longer(people[0], span):
            return None
        if len(people) == 1 and (rest := JOINED_REST.match(self.text, span.start + self._end_of(people[0], span), span.end)):
            return Entity(people[0].name + rest.group(), "group", "m", True)
        if not people:
            return None
        joined = regex.search(r"\set\s", words) is not None
        if len(people) > 1 and (joined or "," in words):
            return Entity(coordinated([p.name for p in people], joined), "group", "m", True)
        return person_entity(max(people, key=lambda p: (p.certain, len(p.words))))

    def _is_longer(self, person: Person, span: Span) -> bool:
        """Whether a mention has more capitalised words than the name of somebody whom only capitals prove: « Rise for Brec »."""
        rest = self.text[span.start + self._end_of(person, span) : span.end]
        return not person.certain and len(person.words) == 1 and regex.search(r"^\s\p{Ll}+\s\p{Lu}", rest) is not None

    def _end_of(self, person: Person, span: Span) -> int:
        """Where in the words of a span the name of a person ends."""
        return min(max(m.end for m in person.touching(span)), span.end) - span.start

    def _titled(self, span: Span) -> Entity | None:
        """The person whose name follows a title: « son avocat », where the text has « son avocat Me Paul Roux »."""
        person = next((p for p in self.people.right_behind(span.end) if self._is_title(span, p)), None)
        return person_entity(person) if person is not None else None

    def _is_title(self, span: Span, person: Person) -> bool:
        """Whether a phrase is what stands before a name of somebody as a title, or its beginning."""
        places = (role.place for role in person.roles if role.place is not None)
        titles = (place for place in places if place.start <= span.end - 1 < place.end and span.start >= place.start - LONGEST_ARTICLE)
        title = next(titles, None)
        # « Selon la maire, Léa Roux n'a rien dit »: behind a comma, a name belongs to its title when nothing goes on behind it.
        return title is not None and ("," not in self.text[span.end : title.end] or self._closes(person, title.end))

    def _closes(self, person: Person, start: int) -> bool:
        """Whether a mark stands right behind the name of somebody that begins at a position."""
        name = next((m for m in person.mentions if m.start <= start < m.end), None)
        return name is not None and CLOSING.match(self.text, name.end) is not None

    def _apposed(self, span: Span, nominal: Nominal) -> Entity | None:
        """The name that follows a phrase for one person: « une voisine, Léa Roux, », « l'une des élèves montées à bord, Léa Roux, »."""
        inhabitant = not nominal.proper and INHABITANT.fullmatch(nominal.name) is not None and not is_medium(span.of(self.text))
        if nominal.proper or (nominal.type in ("organization", "document") and not inhabitant):
            return None
        match = APPOSED.match(self.text, span.end, span.end + APPOSED_REACH)
        if match is None or (nominal.plural and not ONE_OF.match(plain(span.of(self.text)))):
            return None
        name = Span(*match.span("name"))
        person = next((p for p in self.people.within(name) if self._closes(p, name.start)), None)
        # « L'une des voix du quai, Hugo Tessier, »: a thing's gender is not its person's.
        gender = nominal.gender if nominal.known else ""
        return person_entity(person) if person is not None and agrees(person.gender, gender) else None

    def _is_complement(self, span: Span, person: Person) -> bool:
        place = next(person.touching(span))
        before = self.text[span.start : max(span.start, place.start)]
        if before.endswith("("):
            return True  # « la députée (Les Verts) de Brec »
        found = COMPLEMENT.search(before)
        if found is None or not regex.search(r"\p{L}{3}", before):
            return False
        # « l'avocat du chanteur Paul Roux », but « la porte-parole du gouvernement Léa Roux », « le substitut de la procureure Paul Roux »
        role = self.vocabulary.roles.get(plain(found["noun"] or ""))
        return not found["noun"] or (role is not None and agrees(person.gender, role.gender if role.gender in ("m", "f") else ""))
