"""How sure a result is: the calibrated probability, who is left unnamed, and the measured counts of the rules."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from quotes.attribution.catalogue import Counted, demand_of, load_precision, read_rule
from quotes.attribution.confidence import probability, with_confidence
from quotes.errors import QuotesError
from quotes.evaluation import evaluate
from quotes.evaluation.precision import HEADER, counted, merged, precision_table, write_precision
from quotes.model import Article, Candidate, Claim, Extraction, Quote, Span
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


TEXT = "« Le quai sera refait avant l'hiver », a promis Odile Carrat."
QUOTE = Quote(
    (Span(2, 35),), "direct", Span(39, 47), Span(48, 60), "Odile Carrat", "person", "incise-inverted-subject", link="name"
)  # fmt: skip
CLAIM = Claim(
    Span(5, 35),
    Span(39, 47),
    Span(48, 60),
    "elle",
    "unknown",
    "que-subject",
    link="clitic",
    candidates=(Candidate("Odile Carrat", "person", 0.4),),
)


@pytest.mark.parametrize(
    ("name", "demand"),
    [
        ("incise-inverted-subject", "nothing"),
        ("incise-subject", "animate"),
        ("inner-incise-inverted-subject", "animate"),
        ("distant-governor-possessive", "kind"),
        ("colon-subject", "animate"),
        ("colon-no-cue", "kind"),
        ("signature", "name"),
        ("in-no-file", "animate"),
    ],
)
def test_what_a_rule_demands_of_its_source(name: str, demand: str) -> None:
    assert demand_of(name) == demand


def test_a_name_right_behind_is_surer_than_somebody_weighed() -> None:
    rivals = (Candidate("Odile Carrat", "person", 0.4),)
    weighed = dataclasses.replace(QUOTE, rule="floating", link="fragment", mention=None, cue=None, candidates=rivals)
    assert 0 < probability("quotes", weighed, TEXT) < 0.5 < 0.9 < probability("quotes", QUOTE, TEXT) < 1


def test_every_result_gets_its_probability() -> None:
    found = with_confidence(Extraction(Article("a", TEXT), (QUOTE,), (CLAIM,)), 0.0)
    assert found.quotes == (dataclasses.replace(QUOTE, confidence=probability("quotes", QUOTE, TEXT)),)
    assert found.claims == (dataclasses.replace(CLAIM, confidence=probability("claims", CLAIM, TEXT)),)


def test_nobody_is_named_below_the_threshold_and_the_guess_is_kept() -> None:
    [quote] = with_confidence(Extraction(Article("a", TEXT), (QUOTE,)), 1.0).quotes
    assert (quote.speaker, quote.type, quote.flags, quote.link) == (None, "unknown", ("unsure",), "name")
    assert quote.candidates == (Candidate("Odile Carrat", "person", 1.0),)
    assert quote.confidence == probability("quotes", QUOTE, TEXT)


def test_the_guess_comes_before_those_who_were_weighed() -> None:
    rivals = tuple(Candidate(f"Voisine {n}", "person", 0.2) for n in range(5))
    [quote] = with_confidence(Extraction(Article("a", TEXT), (dataclasses.replace(QUOTE, candidates=rivals),)), 1.0).quotes
    assert quote.candidates == (Candidate("Odile Carrat", "person", 1.0), *rivals[:4])


def test_whoever_has_no_speaker_is_not_unsure() -> None:
    nobody = dataclasses.replace(QUOTE, speaker=None, type="unknown", flags=("no-speaker",))
    [quote] = with_confidence(Extraction(Article("a", TEXT), (nobody,)), 1.0).quotes
    assert quote.flags == ("no-speaker",)


def test_the_shipped_counts_are_of_known_rules() -> None:
    rows = load_precision()
    assert {row.gold for row in rows} == {"gold", "dev"}
    assert [row.rule for row in rows if not read_rule(row.part, row.rule).description] == []
    assert all(0 <= row.right <= row.fires for row in rows)
