"""Scoring against annotated articles, without models."""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quotes.cli.app import app
from quotes.errors import QuotesError
from quotes.evaluation import GoldArticle, Score, evaluate, read_gold
from quotes.evaluation.bootstrap import interval, ratio
from quotes.evaluation.mentions import Mentions
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


def test_groups_count_both_sides_where_each_puts_it() -> None:
    wrong = Quote((Span(2, 21),), "partial", speaker="Odile Morel", type="person", rule="incise")
    groups = evaluate([GOLD], [extraction(wrong, Claim(Span(65, 80), mention=Span(47, 55), speaker="le maire", rule="que"))]).groups
    assert groups["quotes", "kind", "direct"] == (Score(gold=1, found=1),)
    assert groups["quotes", "kind", "partial"] == (Score(predicted=1, hits=1),)
    assert groups["claims", "mention", "title"] == (Score(predicted=1, hits=1, right=1),)
    assert groups["claims", "mention", "none"] == (Score(gold=1, found=1, attributed=1),)
    assert groups["claims", "type", "person"] == (Score(gold=1, found=1, attributed=1),)
    assert groups["claims", "type", "unknown"] == (Score(predicted=1, hits=1, right=1),)


@pytest.mark.parametrize(
    ("mention", "kind"),
    [
        ("Odile Carrat", "name"),
        ("la maire Odile Carrat", "name"),
        ("Carrat", "name"),
        ("la CGT", "name"),
        ("l'adjointe d'Odile Carrat", "title"),
        ("La maire", "title"),
        ("les riverains", "title"),
        ("-elle", "pronoun"),
        ("on", "pronoun"),
        ("ce dernier", "pronoun"),
        ("Je", "pronoun"),
    ],
)
def test_types_of_mentions(mention: str, kind: str) -> None:
    text = f"Odile Carrat est venue. Puis, {mention}"
    assert Mentions(text).type_of(Span(30, len(text))) == kind
    assert Mentions(text).type_of(None) == "none"


def test_intervals_are_of_the_share_over_all_articles() -> None:
    assert ratio([(1, 2), (1, 6)]) == 0.25
    assert interval([(1, 2)] * 5) == (0.5, 0.5)
    assert interval([(0, 0), (1, 1)]) == (1.0, 1.0), "draws that count nothing tell nothing"
    assert interval([]) == interval([(0, 0)]) == (0.0, 0.0)
    low, high = interval([(1, 1), (0, 1)] * 20)
    assert 0.3 < low < 0.4 and 0.6 < high < 0.7


class Stub:
    """An extractor whose quote is right in every article."""

    def __init__(self, models: str | None) -> None:
        self.parser = types.SimpleNamespace(parse=lambda sentences: [])

    def extract(self, found: Iterable[Article]) -> Iterator[Extraction]:
        quote = Quote(
            (Span(2, 21),),
            "direct",
            mention=Span(31, 43),
            speaker="Odile Carrat",
            type="person",
            rule="incise-inverted-subject",
            link="name",
        )
        return (Extraction(article, (quote,)) for article in found)


@pytest.fixture
def gold_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("quotes.pipeline.Extractor", Stub)
    (tmp_path / "mine.jsonl").write_text(json.dumps(dataclasses.asdict(GOLD)), encoding="utf-8")
    return tmp_path / "mine.jsonl"


def test_the_command_prints_tables(gold_file: Path) -> None:
    lines = [" ".join(line.split()) for line in CliRunner().invoke(app, ["evaluate", str(gold_file)]).output.splitlines()]
    assert lines == [
        "quotes: 1 annotated, 1 predicted, found F1 1.000, attributed F1 1.000 (95 % interval 1.000 to 1.000)",
        "claims: 1 annotated, 0 predicted, found F1 0.000, attributed F1 0.000 (95 % interval 0.000 to 0.000)",
        "",
        "part by group annotated found attributed predicted right",
        "quotes kind direct 1 1.00 (1.00 to 1.00) 1.00 (1.00 to 1.00) 1 1.00 (1.00 to 1.00)",
        "quotes mention name 0 - - 1 1.00 (1.00 to 1.00)",
        "quotes mention none 1 1.00 (1.00 to 1.00) 1.00 (1.00 to 1.00) 0 -",
        "quotes type person 1 1.00 (1.00 to 1.00) 1.00 (1.00 to 1.00) 1 1.00 (1.00 to 1.00)",
        "claims mention none 1 0.00 (0.00 to 0.00) 0.00 (0.00 to 0.00) 0 -",
        "claims type person 1 0.00 (0.00 to 0.00) 0.00 (0.00 to 0.00) 0 -",
        "",
        "part rule fires found right precision",
        "quotes incise-inverted-subject 1 1 1 1.00 (1.00 to 1.00)",
        "",
        "part link fires found right precision",
        "quotes name 1 1 1 1.00 (1.00 to 1.00)",
    ]


def test_one_breakdown_alone(gold_file: Path) -> None:
    lines = [line.split() for line in CliRunner().invoke(app, ["evaluate", str(gold_file), "--by", "kind"]).output.splitlines()]
    assert [line[:3] for line in lines[3:]] == [["part", "by", "group"], ["quotes", "kind", "direct"]]
    assert CliRunner().invoke(app, ["evaluate", str(gold_file), "--by", "rule"]).output.split()[-8] == "incise-inverted-subject"
    links = CliRunner().invoke(app, ["evaluate", str(gold_file), "--by", "link"]).output.splitlines()[3:]
    assert [line.split()[:5] for line in links] == [["part", "link", "fires", "found", "right"], ["quotes", "name", "1", "1", "1"]]


def test_the_command_writes_the_counts(gold_file: Path, tmp_path: Path) -> None:
    counts = tmp_path / "precision.tsv"
    result = CliRunner().invoke(app, ["evaluate", str(gold_file), "--precision", str(counts), "--table"])
    assert result.output == "| rule | fires, mine | right |\n|---|---|---|\n", "a rule that fired once is left out"
    assert counts.read_text(encoding="utf-8").splitlines()[1:] == ["mine\tquotes\tincise-inverted-subject\t1\t1"]


def test_cues_tell_nothing_of_precision(tmp_path: Path) -> None:
    path = tmp_path / "cues.jsonl"
    path.write_text('{"id": "a", "text": "b", "frames": []}', encoding="utf-8")
    result = CliRunner().invoke(app, ["evaluate", str(path), "--table"])
    sentence = "holds cues, which tell nothing about the precision of rules: leave it out, or --precision and --table."
    assert (result.output, result.exit_code) == (f"Error: {path} {sentence}\n", 2)


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
