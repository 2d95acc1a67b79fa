"""How sure a rule is: measured counts, their smoothing, and where the numbers go."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from quotes.attribution.catalogue import Counted, confidence, load_precision, read_rule, with_confidence
from quotes.errors import QuotesError
from quotes.evaluation import evaluate
from quotes.evaluation.precision import HEADER, counted, merged, precision_table, write_precision
from quotes.model import Article, Extraction, Quote, Span
from tests.test_evaluation import GOLD, extraction

ROWS = [
    Counted("a", "quotes", "incise-inverted-subject", 6, 6),
    Counted("a", "quotes", "incise-subject", 2, 0),
    Counted("b", "quotes", "signature", 2, 2),
]


@pytest.fixture
def counts(tmp_path: Path) -> Path:
    path = tmp_path / "precision.tsv"
    write_precision(path, ROWS)
    return path


def test_the_file_holds_what_was_written(counts: Path) -> None:
    assert counts.read_text(encoding="utf-8") == f"{HEADER}\n" + (
        "a\tquotes\tincise-inverted-subject\t6\t6\na\tquotes\tincise-subject\t2\t0\nb\tquotes\tsignature\t2\t2\n"
    )
    assert load_precision(counts) == tuple(ROWS)


def test_small_counts_lean_on_their_family_and_part(counts: Path) -> None:
    part = 8 / 10
    incise = (6 + 16 * part) / (8 + 16)
    assert confidence("quotes", "incise-inverted-subject", counts) == round((6 + 16 * incise) / (6 + 16), 3)
    assert confidence("quotes", "incise-subject", counts) == round((0 + 16 * incise) / (2 + 16), 3)
    assert confidence("quotes", "incise-agent", counts) == round(incise, 3)
    assert confidence("quotes", "floating", counts) == part


def test_what_was_never_measured_has_none(counts: Path, tmp_path: Path) -> None:
    assert confidence("claims", "que-subject", counts) is None
    assert confidence("quotes", "", counts) is None
    assert confidence("quotes", "signature", tmp_path / "no.tsv") is None


def test_a_gold_file_measured_anew_replaces_its_own_counts() -> None:
    new = [Counted("a", "quotes", "colon-subject", 1, 1)]
    assert merged(ROWS, new) == [new[0], ROWS[2]]


def test_counts_come_from_an_evaluation() -> None:
    quote = Quote((Span(2, 21),), "direct", speaker="Odile Morel", type="person", rule="incise-subject")
    assert counted("a", evaluate([GOLD], [extraction(quote)])) == [Counted("a", "quotes", "incise-subject", 1, 0)]


def test_the_table_leaves_out_rare_rules() -> None:
    assert precision_table(ROWS) == [
        "| rule | fires, a | right | fires, b | right |",
        "|---|---|---|---|---|",
        "| quotes: `incise-inverted-subject` | 6 | 6 | 0 | 0 |",
    ]


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(QuotesError) as error:
        write_precision(tmp_path / "no" / "p.tsv", ROWS)
    assert str(error.value) == f"{tmp_path}/no/p.tsv cannot be written: No such file or directory."


@pytest.mark.parametrize(
    ("part", "name", "family", "source"),
    [
        ("quotes", "incise-inverted-subject", "incise", "inverted-subject"),
        ("quotes", "inner-incise-shared-subject", "inner-incise", "shared-subject"),
        ("quotes", "distant-governor-subject", "distant-governor", "subject"),
        ("quotes", "colon-no-cue", "colon-no-cue", ""),
        ("claims", "à-infinitive-agent", "à-infinitive", "agent"),
        ("claims", "fake", "fake", ""),
    ],
)
def test_a_rule_is_a_construction_and_a_source(part: str, name: str, family: str, source: str) -> None:
    rule = read_rule(part, name)
    assert (rule.family, rule.source, bool(rule.description)) == (family, source, name != "fake")


def test_every_result_gets_the_confidence_of_its_rule() -> None:
    quote = Quote((Span(0, 3),), "direct", rule="signature")
    found = with_confidence(Extraction(Article("a", "Oui"), (quote,)))
    assert found.quotes == (dataclasses.replace(quote, confidence=confidence("quotes", "signature")),)
    assert 0.5 < (found.quotes[0].confidence or 0) < 1


def test_the_shipped_counts_are_of_known_rules() -> None:
    rows = load_precision()
    assert {row.gold for row in rows} == {"gold", "dev"}
    assert [row.rule for row in rows if not read_rule(row.part, row.rule).description] == []
    assert all(0 <= row.right <= row.fires for row in rows)
