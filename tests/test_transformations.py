"""Texts as archives have them, without models: a sample of the project's articles in every way, and mixtures of all ways."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.attribution.article import prepare
from quotes.model import Article, Span
from quotes.pipeline import Extractor
from quotes.text.lexicon import load_lexicon
from quotes.text.plain import read_view
from tests.test_robustness import RandomParser, check
from tests.transformations import FOLDED, GOLD, TRANSFORMATIONS, change, fold, same_rows

TEXTS = [json.loads(line)["text"] for line in GOLD.read_text(encoding="utf-8").splitlines()]
SAMPLE = TEXTS[::6]
PARAGRAPHS = [line for text in TEXTS for line in text.split("\n") if 80 < len(line) < 500]
# Words are read by tables and dictionaries, so that some come out otherwise; lines cannot be guessed where there are none.
LOOSE = {"mixed-straight": 0.8, "capitals": 0.5, "no-accents": 0.6, "one-line": 0.6}
EXTRACTOR = Extractor(parser=RandomParser(1))


@pytest.mark.parametrize("name", TRANSFORMATIONS)
def test_rows_stay(name: str) -> None:
    """Trees are random but always the same for a text: rows stay where the parser is given the same sentences."""
    same, rows = 0, 0
    for text in SAMPLE:
        plain, changed = EXTRACTOR.extract_batch([Article("a", text)])[0], change(name, text)
        new = EXTRACTOR.extract_batch([Article("a", changed.text)])[0]
        check_spans(changed.text)
        counts = same_rows(plain, new, changed, folded=name in FOLDED)
        same, rows = same + counts[0], rows + counts[1]
    assert rows > 40
    assert same / rows >= LOOSE.get(name, 0.96)


def check_spans(text: str) -> None:
    """Every span of an extraction holds, in the text as it came, the letters that the rules read."""
    draft = prepare(Article("a", text), load_lexicon())
    for passage in draft.passages:
        for piece in passage.pieces:
            assert_same_letters(text, draft.view.origin(piece), piece.of(draft.view.text))
    for frame in draft.frames:
        assert_same_letters(text, draft.view.origin(frame.sentence), frame.sentence.of(draft.view.text))


def assert_same_letters(text: str, stored: Span, read: str) -> None:
    assert 0 <= stored.start < stored.end <= len(text)
    assert letters(read_view(stored.of(text)).text) == letters(read)


def letters(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalpha())


MIXTURES = st.lists(st.sampled_from([name for name in TRANSFORMATIONS if name != "csv"]), max_size=4)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=3), MIXTURES, st.booleans())
def test_offsets_of_any_mixture(paragraphs: list[str], names: list[str], csv: bool) -> None:
    text = "\n\n".join(paragraphs)
    for name in (*names, *(("csv",) if csv else ())):
        text = change(name, text).text
    check_spans(text)
    check(EXTRACTOR.extract_batch([Article("a", text)])[0])


def test_names_come_out_in_ordinary_spelling() -> None:
    """Whatever a name is written with, and however often in which way, it is one speaker."""
    ways = (
        "Agnès Lormeau",
        "Agne\u0300s Lormeau",
        "Agnès  Lormeau",
        "Agn&egrave;s Lor\u00admeau",
        "<b>Agnès</b>\nLormeau\n",
        "AGNÈS LORMEAU",
    )
    text = (
        "\n\n".join(f"« Le bac {number} est à quai », a dit {name}." for number, name in enumerate(ways[:-1]))
        + "\n\nLE BAC DE AGNÈS LORMEAU EST À QUAI"
    )
    view = read_view(text)
    assert view.text.count("Agnès Lormeau") == len(ways)
