"""What a text is made of: sentences, paragraphs, heads, furniture, what stands in quotation marks."""

from __future__ import annotations

import pytest

from quotes.model import Span
from quotes.text.outline import Outline, outline


def cut(text: str) -> list[str]:
    return [sentence.of(text) for sentence in outline(text).sentences]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("M. Ahmed Roux, maire de Brec, a visité le port. Il a promis un phare.", 2),
        ("Mme Odile Carrat et M. A. Roux sont venus. Ils repartent.", 2),
        ("« Le bac rouvre. Enfin. Lundi », dit Anne Vidal. Elle rit.", 2),
        ("Le bac coûte 3.5 millions. Le préfet paie.", 2),
    ],
)
def test_civilities_and_quotations_end_no_sentence(text: str, sentences: int) -> None:
    assert len(cut(text)) == sentences and " ".join(cut(text)) == text


@pytest.mark.parametrize("gap", [" ", "\n"])
def test_a_signature_belongs_to_the_quotation(gap: str) -> None:
    text = f"« Le bac rouvre. »{gap}– Anne Vidal, maire de Brec\nLa suite demain."
    assert cut(text) == [f"« Le bac rouvre. »{gap}– Anne Vidal, maire de Brec", "La suite demain."]


PAGE = "Le port rouvre\n\nLes bacs repartent, dit la mairie.\n\nUn chantier\nLe quai est refait.\n\nLire aussi : le port"


def test_heads_are_short_lines_above_a_paragraph() -> None:
    parts = outline(PAGE)
    assert [parts.paragraphs[n].of(PAGE) for n in sorted(parts.heads)] == ["Le port rouvre", "Un chantier"]
    assert outline("Le port rouvre").heads == frozenset()
    assert outline(f"{'Le port ' * 18}\nLa suite.").heads == frozenset(), "too long for a headline"


def test_furniture_is_what_a_page_adds() -> None:
    parts = outline(PAGE)
    assert [span.of(PAGE) for span in parts.furniture] == ["Lire aussi : le port"]
    assert parts.is_furniture(Span(PAGE.index("aussi"), PAGE.index("aussi") + 1)) and not parts.is_furniture(Span(0, 9))


def test_places_are_numbered() -> None:
    parts = outline(PAGE)
    place = PAGE.index("quai")
    assert (parts.sentence_of(place), parts.paragraph_of(place), parts.sentence_of(0), parts.paragraph_of(10**6)) == (3, 3, 0, 4)
    quoted = outline("Il dit « oui, « non » » et rit.")
    assert [quoted.is_quoted(quoted.text.index(word)) for word in ("Il", "oui", "non", "rit")] == [False, True, True, False]


@pytest.mark.parametrize("text", ["", " \n ", "\n\n\n"])
def test_nothing_has_no_parts(text: str) -> None:
    parts = outline(text)
    assert parts == Outline(text, (), (), (), ()) and (parts.sentence_of(0), parts.paragraph_of(9), parts.heads) == (0, 0, frozenset())
