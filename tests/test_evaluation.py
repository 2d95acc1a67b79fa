"""Scoring against annotated articles, without models."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from quotes.cli.app import app
from quotes.errors import QuotesError
from quotes.evaluation import GoldArticle, evaluate, read_gold
from quotes.model import Article, Claim, Extraction, Quote, Span

TEXT = "« La halle est sauvée », a dit Odile Carrat. Le maire assure que le toit tiendra."
GOLD = GoldArticle(
    "a",
    TEXT,
    [{"pieces": [[2, 21]], "kind": "direct", "speaker": "Odile Carrat", "type": "person"}],
    [{"span": [65, 80], "speaker": "maire", "type": "person"}],
)


def extraction(quote: Quote | None = None, claim: Claim | None = None) -> Extraction:
    return Extraction(Article("a", TEXT), (quote,) if quote else (), (claim,) if claim else ())


def test_a_perfect_extraction_scores_one() -> None:
    quote = Quote((Span(2, 21),), "direct", speaker="Odile Carrat", type="person", rule="incise")
    claim = Claim(Span(65, 80), speaker="le maire", type="person", rule="que")
    table = evaluate([GOLD], [extraction(quote, claim)])
    for part in ("quotes", "claims"):
        score = table.total(part)
        assert score.f1(score.found) == score.f1(score.attributed) == 1.0
        assert table.interval(part) == (1.0, 1.0)
    assert table.rules == {("quotes", "incise"): (1, 1, 1), ("claims", "que"): (1, 1, 1)}


def test_a_wrong_speaker_is_found_but_not_attributed() -> None:
    quote = Quote((Span(2, 21),), "direct", speaker="Odile Morel", type="person", rule="incise")
    score = evaluate([GOLD], [extraction(quote)]).total("quotes")
    assert (score.found, score.attributed) == (1, 0)


def test_half_a_quotation_is_not_found() -> None:
    quote = Quote((Span(2, 10),), "direct", speaker="Odile Carrat", type="person", rule="incise")
    score = evaluate([GOLD], [extraction(quote)]).total("quotes")
    assert (score.gold, score.predicted, score.found) == (1, 1, 0)


@pytest.mark.parametrize("content", ["not json", '{"id": "a"}', "[1]"])
def test_a_file_that_is_no_gold(tmp_path: Path, content: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(QuotesError) as error:
        read_gold(path)
    assert str(error.value) == f"{path} is no gold file: every line needs the fields id, text, quotes and claims."


def test_the_command_says_what_is_missing(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["evaluate", str(tmp_path / "none.jsonl")])
    assert result.exit_code == 1
    assert "none.jsonl cannot be read: No such file or directory." in result.output
