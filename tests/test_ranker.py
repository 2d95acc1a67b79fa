"""How candidates are ranked, and the sieves that decide before."""

from __future__ import annotations

import math
import typing

import pytest

from quotes.model import Span
from quotes.text.lexicon import load_table
from quotes.text.nominals import read_nominal
from quotes.text.outline import outline
from quotes.text.vocabulary import load_vocabulary
from quotes.who.links import Linker
from quotes.who.people import find_people
from quotes.who.queries import FLOATING, QueryKind
from quotes.who.ranker import GROUPS, keys, load_weights, rank
from quotes.who.sieves import Sieves

WEIGHTS = {"pronoun\tnear": 1.0, "clitic\tnear": 0.5, "pronoun\tother": -2.0}


def test_probabilities_are_the_softmax_of_summed_weights() -> None:
    first, second = rank("clitic", [("other",), ("near", "unknown")], WEIGHTS)
    assert (first.number, second.number) == (1, 0)
    assert first.probability == pytest.approx(1 / (1 + math.exp(-3.5))) and first.probability + second.probability == pytest.approx(1)
    assert (first.contributions, second.contributions) == ((("near", 1.5),), (("other", -2.0),))


def test_a_kind_has_its_own_weights_beside_those_of_its_group() -> None:
    assert keys("clitic", "near") == ("pronoun\tnear", "clitic\tnear") and keys("plural", "near") == ("plural\tnear",)
    assert rank("subject", [("near",)], WEIGHTS)[0].contributions == (("near", 1.0),)


def test_equal_candidates_keep_their_order_and_nobody_is_ranked_for_nothing() -> None:
    assert [found.number for found in rank("person", [("a",), ("b",), ("c",)], {})] == [0, 1, 2]
    assert rank("person", [], WEIGHTS) == []
    [huge] = rank("clitic", [("near",)], {"pronoun\tnear": 1e6})
    assert huge.probability == 1.0


def test_every_kind_of_question_has_a_group_and_weights() -> None:
    kinds = set(typing.get_args(QueryKind))
    assert set(GROUPS) == kinds and {kind for kind, group in GROUPS.items() if group == "floating"} == FLOATING
    assert {kind for kind, *_ in load_table("who.tsv")} <= kinds | set(GROUPS.values())
    assert all(math.isfinite(weight) for weight in load_weights().values())


# Sieves


def sieved(text: str, words: str) -> tuple[str, str, str] | None:
    """Name, type and reason that a sieve gives for the first place of the words."""
    span = Span(text.index(words), text.index(words) + len(words))
    sieves = Sieves(text, load_vocabulary(), find_people(text, load_vocabulary()))
    found = sieves.name(span, read_nominal(words, load_vocabulary()))
    return (found[0].name, found[0].type, found[1]) if found else None


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Anne Lormier rit.", "Anne Lormier", ("Anne Lormier", "person", "name")),
        ("La préfète Anne Lormier rit.", "La préfète Anne Lormier", ("Anne Lormier", "person", "name")),
        ("Une voisine, Léa Roux, raconte.", "Une voisine", ("Léa Roux", "person", "apposition")),
        ("Le maire, Léa Roux le sait, ment.", "Le maire", None),
        ("Léa Roux et Marc Aubin signent.", "Léa Roux et Marc Aubin", ("Léa Roux et Marc Aubin", "group", "name")),
        ("Léa Roux et plusieurs élus rient.", "Léa Roux et plusieurs élus", ("Léa Roux et plusieurs élus", "group", "name")),
        ("La veuve de Paul Roux pleure.", "La veuve de Paul Roux", None),
        ("La préfecture rit.", "La préfecture", None),
    ],
)
def test_who_a_sieve_names(text: str, words: str, found: tuple[str, str, str] | None) -> None:
    assert sieved(text, words) == found


@pytest.mark.parametrize(
    ("text", "words", "author"),
    [
        ("Le rapport de la Cour des comptes accuse.", "Le rapport de la Cour des comptes", "la Cour des comptes"),
        ("L'un d'eux, un pêcheur de Brec, rit.", "L'un d'eux, un pêcheur de Brec", "un pêcheur de Brec"),
        ("Le rapport de l'enquête accuse.", "Le rapport de l'enquête", None),
        ("La mairie accuse.", "La mairie", None),
    ],
)
def test_who_wrote_a_text(text: str, words: str, author: str | None) -> None:
    span = Span(text.index(words), text.index(words) + len(words))
    sieves = Sieves(text, load_vocabulary(), find_people(text, load_vocabulary()))
    found = sieves.author(span, read_nominal(words, load_vocabulary()))
    assert (found.of(text) if found else None) == author


def test_the_whole_name_of_a_medium() -> None:
    text = "Le Canard enchaîné rit."
    sieves = Sieves(text, load_vocabulary(), find_people(text, load_vocabulary()))
    assert sieves.whole_medium(Span(0, 9)) == Span(0, 18) and sieves.whole_medium(Span(3, 9)).of(text) == "Canard enchaîné"


# Links


def how(text: str, words: str) -> tuple[str, float]:
    linker = Linker(outline(text))
    link = linker.link(Span(text.rindex(words), text.rindex(words) + len(words)))
    return link.how, link.probability


@pytest.mark.parametrize(
    ("text", "words", "link"),
    [
        ("Anne Lormier rit.", "Anne Lormier", "name"),
        ("Anne Lormier rit, dit-elle.", "elle", "clitic"),
        ("Anne Lormier rit. Elle parle.", "Elle", "subject"),
        ("Anne Lormier rit, selon elle.", "elle", "subject"),
        ("Anne Lormier rit. Cette dernière parle.", "Cette dernière", "latest"),
        ("Les élus rient. Ils parlent.", "Ils", "plural"),
        ("Anne Lormier rit. La préfète parle.", "La préfète", "person"),
        ("La mairie de Brec rit. La mairie parle.", "La mairie", "body"),
        ("Le rapport de la Cour des comptes accuse.", "Le rapport de la Cour des comptes", "author+body"),
        ("On rit.", "On", "nobody"),
        ("Il rit.", "Il", "nobody"),
    ],
)
def test_links_tell_what_decided(text: str, words: str, link: str) -> None:
    found, probability = how(text, words)
    assert found == link and 0 < probability <= 1


def test_candidates_are_few_and_the_most_probable_first() -> None:
    text = "".join(f"{name} Roux parle. " for name in ("Paul", "Marc", "Hugo", "Luc", "Jean", "Louis", "Pierre")) + "Il rit."
    linker = Linker(outline(text))
    link = linker.link(Span(text.rindex("Il"), text.rindex("Il") + 2))
    shares = [candidate.probability for candidate in link.candidates]
    assert len(shares) == 5 and shares == sorted(shares, reverse=True) and sum(shares) <= 1
    assert link.entity is not None and link.entity.name == link.candidates[0].name
