"""Lines that sign the quotation above them. No parser."""

from __future__ import annotations

import pytest

from quotes.attribution.signing import signing_line
from quotes.text.outline import outline
from quotes.text.vocabulary import load_vocabulary
from quotes.who.people import find_people

BEHIND = "\nLe bac rouvre lundi. Il est vieux."


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("« Le bac coule »\nAnne Vidal, porte-parole des riverains", "Anne Vidal"),
        ("« Le bac coule »\nAnne Vidal", "Anne Vidal"),
        ("« Le bac coule. »\nUne élue de la majorité", "Une élue de la majorité"),
        # A subhead about somebody, a sentence, a line with words of its own, a quotation that is part of its paragraph.
        ("« Le bac coule »\nAnne Vidal au secours du bac", None),
        ("« Le bac coule »\nAnne Vidal attend.", None),
        ("« Le bac coule »\nLe maire en colère", None),
        ("« Le bac coule »\nAnne Vidal, « sereine »", None),
        ("Le maire se tait. « Le bac coule »\nAnne Vidal", None),
    ],
)
@pytest.mark.parametrize("behind", ["", BEHIND])
def test_signing_line(text: str, signs: str | None, behind: str) -> None:
    vocabulary, parts = load_vocabulary(), outline(text + behind)
    found = signing_line(parts, parts.quotations[0].outer, find_people(parts.text, vocabulary), vocabulary)
    assert (found.of(parts.text) if found else None) == signs
