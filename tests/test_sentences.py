"""Sentences: `|` stands where one ends and the next begins."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.model import Span
from quotes.text.lexicon import load_words
from quotes.text.marks import find_quotations
from quotes.text.sentences import paragraphs, sentences

CASES = [
    "Le bac part à midi.| Odile l'attend.| Viendra-t-il ?| Nul ne sait !| Attendons…| Rien.",
    "M. Castan et Mme. Roy ont vu le Dr. Lenoir.| Me Blin aussi.",
    "MM. Castan et Roy ont lu J. K. Ferrand, né en 40 av. J.-C. en Savoie.",
    "Il vécut au temps de J.-C.| Les autres aussi.",
    "Voir l'art. 5 du décret no. 12, p. ex. celui-ci, cf. Blin.",
    "Elle aime son art.| Il aime la mer.",
    "Des clous, des vis, etc. et du bois.| Des vis, etc.| Puis du bois.",
    "Le parc compte 1.500 arbres et 3.14 hectares.| 27 bancs y sont posés.",
    "La S.N.C.F. Ouest recule.| Il travaille à la S.N.C.F.| Le train part.",
    "Il hésite... et puis non.| Il hésite…| Et puis oui.",
    "Ah ! quelle pluie ! dit-il.| Quoi ? rien.",
    "Écrivez à www.phare.example.org ou à blin@Mer.Example.org pour voir.",
    "Un toit (le leur.) fuit.| (Il pleut.)| Tant pis.",
    "« Le phare est vieux. Il tombe. » |Odile soupire.",
    "« Est-ce bien utile ? » s'interroge Odile.",
    "« Le phare est vieux. Il tombe », soupire Odile.| Rien ne bouge.",
    "« Il tombe. »| « Qu'il tombe ! »| Odile rit.",
    '"Il tombe."| "Qu\'il tombe !"| Odile rit.',
    "Odile le dit : « Il tombe. Vite ! »| Irène : « Non ».",
    "« Il tombe », dit Odile ; « il penche », dit Irène : voilà tout.",
    "Elle parle de « M. Propre. Et lui » sans rire.",
    "Odile écrit : « Le moulin ferme.\n\n« Chacun sera payé.\n\n« Merci. »|\n\nRien de plus.",
    "Titre sans point|\n\nLe bac part.| Il revient.",
    "— Vous partez ? Déjà ? dit Odile.|\n— Demain. Ou lundi.",
    "Odile écrit :\n\n« Le moulin ferme. »|\n\nRien de plus.",
    "Bonne nouvelle ! 😀 Le bac part.",
    "Il est venu. – Il est parti.".replace(". –", ".| –"),
]


def cut(text: str) -> tuple[Span, ...]:
    return sentences(text, find_quotations(text))


@pytest.mark.parametrize("marked", CASES)
def test_sentences(marked: str) -> None:
    text = marked.replace("|", "")
    assert [span.of(text) for span in cut(text)] == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize("line", sorted(load_words("abbreviations")))
def test_no_sentence_ends_at_an_abbreviation_before_a_number(line: str) -> None:
    abbreviation, _, sign = line.partition(" ")
    text = f"Voir {abbreviation} 12 ici."
    assert len(cut(text)) == (2 if sign == "*" and abbreviation != "J.-C." else 1) or sign == "*"


PARAGRAPHS = [
    ("Un.\nDeux.\n\n  Trois. \r\nQuatre.", ["Un.", "Deux.", "Trois.", "Quatre."]),
    ("", []),
    (" \n\u00a0\n", []),
    ("pommes\npoires\nprunes", ["pommes", "poires", "prunes"]),
    ("- du pain\n- du lait", ["- du pain", "- du lait"]),
]


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in paragraphs(text)] == expected


def test_long_sentences_are_cut_at_soft_places() -> None:
    text = "Le bac part, " * 1000 + "fin."
    spans = cut(text)
    assert all(len(span.of(text).split()) <= 600 for span in spans)
    assert all(span.of(text).endswith(",") for span in spans[:-1])


def assert_covers(text: str) -> None:
    spans = cut(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    blank = set(range(len(text))) - {place for span in spans for place in range(span.start, span.end)}
    left = {text[place] for place in blank if not text[place].isspace()}
    assert left == set()


@given(st.text(max_size=150) | st.text('aÀé.!?…«»"“” \n—-M0,;()', max_size=100))
@settings(deadline=None, max_examples=300)
def test_sentences_cover_any_text(text: str) -> None:
    assert_covers(text)


@given(st.text('aÀé.!?…«»" \n—M,', max_size=80))
@settings(deadline=None, max_examples=200)
def test_quotations_stay_whole(text: str) -> None:
    quotations = find_quotations(text)
    spans = sentences(text, quotations)
    for quotation in quotations:
        whole = Span(quotation.pieces[0].start, quotation.pieces[-1].end)
        assert any(span.contains(whole) for span in spans)


ARTICLES = [case.replace("|", "") for case in CASES if not case.startswith("—")]


@given(st.lists(st.sampled_from(ARTICLES), min_size=1, max_size=4))
@settings(deadline=None, max_examples=50)
def test_articles_put_together_keep_their_sentences(articles: list[str]) -> None:
    text = "\n\n".join(articles)
    expected = [span.of(article) for article in articles for span in cut(article)]
    assert [span.of(text) for span in cut(text)] == expected
