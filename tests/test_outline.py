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


UNBROKEN = (
    "Le bac de Brec est à quai depuis mardi La mairie de Brec a fermé le ponton. " + "Les passagers attendent une navette sur la rive. " * 12
    + "« On nous oublie. Encore », dit Anne Vidal. " + "Le chantier doit durer tout l'été. " * 12
).strip()  # fmt: skip


def test_a_text_without_line_ends_has_paragraphs_of_whole_sentences() -> None:
    parts = outline(UNBROKEN)
    assert parts.sentences[0].of(UNBROKEN) == "Le bac de Brec est à quai depuis mardi"
    assert " ".join(paragraph.of(UNBROKEN) for paragraph in parts.paragraphs) == UNBROKEN
    assert 3 <= len(parts.paragraphs) < len(parts.sentences)
    assert {paragraph.start for paragraph in parts.paragraphs} <= {sentence.start for sentence in parts.sentences}
    assert any("« On nous oublie. Encore », dit Anne Vidal." in paragraph.of(UNBROKEN) for paragraph in parts.paragraphs)


def test_one_line_end_keeps_a_text_as_it_is() -> None:
    text = UNBROKEN.replace(" «", "\n«")
    assert [paragraph.of(text) for paragraph in outline(text).paragraphs] == text.split("\n")
