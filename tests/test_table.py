"""The table of everybody an article names: which words are one entity, and by which reason."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from quotes.text.outline import outline
from quotes.text.vocabulary import load_vocabulary
from quotes.who.entities import Entity, Occurrence, agrees, coordinated
from quotes.who.people import find_people
from quotes.who.phrases import find_phrases
from quotes.who.roles import RolePhrase
from quotes.who.table import Table, build_table


def table(text: str) -> Table:
    return build_table(outline(text), find_people(text, load_vocabulary()), load_vocabulary())


def entity(text: str, name: str) -> Entity:
    entities = {e.name: e for e in reversed(table(text).entities)}
    assert name in entities, list(entities)
    return entities[name]


def test_the_m_of_a_mayor_ends_no_sentence() -> None:
    found = entity("M. Ahmed Roux, maire de Brec, a visité le port. Il a promis que le pont rouvrirait.", "Ahmed Roux")
    assert (found.type, found.gender, found.role) == ("person", "m", "maire de Brec")
    assert [(o.sentence, o.place) for o in found.occurrences] == [(0, "opens")]


def test_names_and_offices_of_one_person_are_pooled() -> None:
    found = entity("Anne Lormier, préfète du Doubs, est venue. La préfète rassure. Mme Lormier repart.", "Anne Lormier")
    assert (found.gender, found.aliases, found.evidence) == ("f", ("Mme Lormier", "La préfète"), ("name", "surname", "same office"))
    assert [(o.kind, o.sentence) for o in found.occurrences] == [("name", 0), ("title", 1), ("name", 2)]


def test_an_office_of_two_is_nobodys() -> None:
    text = "La ministre Anne Lormier et la ministre Odile Brunet sont venues. La ministre parle."
    assert [(e.name, len(e.occurrences)) for e in table(text).entities] == [("Anne Lormier", 1), ("Odile Brunet", 1), ("ministre", 1)]


def test_a_group_gets_its_fuller_name() -> None:
    found = entity("Les pêcheurs protestent. Hier, les pêcheurs de Brec ont écrit.", "pêcheurs de Brec")
    assert (found.type, found.plural, len(found.occurrences)) == ("group", True, 2)


def test_an_indefinite_description_is_somebody_new() -> None:
    people = [e for e in table("Un voisin a vu le feu. Le voisin a appelé. Un voisin dormait.").entities if e.name == "voisin"]
    assert [len(e.occurrences) for e in people] == [2, 1]


def test_a_body_by_a_shorter_phrase_and_what_is_quoted() -> None:
    found = entity("La préfecture du Rhône attend. « La préfecture ment », dit-on. La préfecture se tait.", "préfecture du Rhône")
    assert [o.quoted for o in found.occurrences] == [False, True, False]


def test_homonyms_are_two() -> None:
    text = "M. et Mme Roux sont venus. Mme Roux parle. M. Roux se tait."
    people = [(e.name, e.gender) for e in table(text).entities if e.type == "person"]
    assert sorted(people) == [("Roux", "f"), ("Roux", "m")]


def test_capitals_and_small_letters_are_one_name() -> None:
    people = [e for e in table("HUGO TESSIER, maire de Brec, a parlé. Hugo Tessier est reparti.").entities if e.type == "person"]
    assert [(e.name, e.aliases, e.role) for e in people] == [("HUGO TESSIER", ("Hugo Tessier",), "maire de Brec")]


@pytest.mark.parametrize("text", ["", "Le vent souffle sur la mer.", "Il a dit qu'elle viendrait.", "The wind blows.", "…", "«»"])
def test_texts_that_name_nobody(text: str) -> None:
    assert table(text).entities == ()


def test_every_word_of_a_name_stands_in_the_text() -> None:
    text = "Anne Lormier said the bridge would open. The mayor of Brec left. La préfecture du Rhône, M. Roux et les élus aussi."
    for found in table(text).entities:
        assert found.name in text and all(alias in text for alias in found.aliases)
        assert all(o.span.of(text) and 0 <= o.sentence < 3 for o in found.occurrences)


def test_genders_agree_unless_they_differ() -> None:
    assert [agrees(*pair) for pair in (("m", "m"), ("", "f"), ("f", ""), ("m", "f"))] == [True, True, True, False]
    assert coordinated(["A", "B", "C"], True) == "A, B et C" and coordinated(["A", "B"], False) == "A, B"
    role = [RolePhrase("maire", "maire", "m", frozenset(), text) for text in ("maire", "maire de Brec")]
    assert Entity("Hugo", "person", roles=tuple(role)).role == "maire de Brec" and Entity("élu", "person").named is False


# Phrases


def phrases(text: str) -> list[tuple[str, str, bool]]:
    found = find_phrases(text, find_people(text, load_vocabulary()), load_vocabulary())
    return [(p.span.of(text), p.nominal.type, p.nominal.definite) for p in found]


def test_phrases_name_who_can_speak() -> None:
    assert phrases("La préfecture du Rhône et un élu attendent des riverains.")[:3] == [
        ("La préfecture du Rhône", "organization", True), ("un élu", "person", False), ("des riverains", "group", False),
    ]  # fmt: skip
    assert phrases("Le vent souffle. La mer monte.") == []


def test_persons_and_places_are_no_phrases() -> None:
    assert phrases("Anne Lormier rit à Lisbonne.") == []
    assert ("Lisbonne", "organization", False) in phrases("Hier, Lisbonne a démenti.")


def test_a_capital_that_only_opens_a_sentence_names_nobody() -> None:
    assert [words for words, *_ in phrases("Globalement, la CGT attend.")] == ["la CGT", "la CGT"]


# Work


def calls(work: Callable[[], object]) -> int:
    """How many functions a piece of work calls."""
    count = 0

    def note(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def test_outline_and_table_take_work_by_the_length_of_the_text() -> None:
    text = "M. Ahmed Roux, maire de Brec, a visité le port. « Le pont rouvrira », a-t-il dit. La préfecture du Rhône doute.\n"
    table(text * 8)
    short, long = (calls(lambda n=n: table(text * n)) for n in (60, 240))  # type: ignore[misc]
    assert long < 4.5 * short


def test_occurrences_are_in_text_order() -> None:
    found = entity("Anne Lormier, préfète, est venue. La préfète rassure. Anne Lormier repart.", "Anne Lormier").occurrences
    starts = [o.span.start for o in found if isinstance(o, Occurrence)]
    assert starts == sorted(starts) and len(starts) == 3
