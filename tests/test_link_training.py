"""The weights of the linker and of the confidence, learned from invented articles on stored parses: no model is loaded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from quotes.cli.app import app
from quotes.errors import QuotesError
from quotes.evaluation import GoldArticle
from quotes.pipeline import Extractor
from quotes.syntax.parser import StoredParser
from quotes.training.calibrate import Judged, Trained, fit, train, write_confidence
from quotes.training.link import Question, learn, questions, share_right, write_weights
from quotes.who.ranker import load_weights, rank
from tests.test_attribution import CASES, TREES

OUTLET = r"^([a-z]+)-"
PARSER = StoredParser(TREES.read_text(encoding="utf-8"))


def gold() -> list[GoldArticle]:
    """Cases of the attribution tests as the articles of three outlets."""
    parsed = [case.parsed for case in CASES if len(case.parsed.quotes) + len(case.parsed.claims) > 1][:45]
    names = ("phare", "filaos", "nordet")
    return [GoldArticle(f"{names[n % 3]}-{n}", p.text, p.quotes, p.claims) for n, p in enumerate(parsed)]


@pytest.fixture(scope="module")
def trained() -> Trained:
    return train(gold(), OUTLET, PARSER)


def test_the_same_articles_give_the_same_weights(trained: Trained, tmp_path: Path) -> None:
    again = train(gold(), OUTLET, PARSER)
    assert (again.links, again.confidence, again.answered) == (trained.links, trained.confidence, trained.answered)
    assert again.unseen == trained.unseen and len(trained.links) > 50 and len(trained.confidence) > 10
    for number, found in enumerate((trained, again)):
        write_weights(found.links, tmp_path / f"who-{number}.tsv")
        write_confidence(found.confidence, tmp_path / f"confidence-{number}.tsv")
    assert (tmp_path / "who-0.tsv").read_bytes() == (tmp_path / "who-1.tsv").read_bytes()
    assert (tmp_path / "confidence-0.tsv").read_bytes() == (tmp_path / "confidence-1.tsv").read_bytes()


def test_every_question_is_answered_once_by_weights_that_did_not_see_it(trained: Trained) -> None:
    assert sum(total for _, total in trained.answered.values()) == trained.asked > 10
    assert all(0 <= right <= total for right, total in trained.answered.values())
    assert [e.article.id for e in trained.unseen] == [article.id for article in gold()]


def test_weights_answer_what_they_were_learned_from() -> None:
    asked = [Question(str(n), "subject", (("near", "old"), ("far", "old")), frozenset((0,))) for n in range(9)]
    weights = learn(asked)
    assert weights["pronoun\tnear"] > 0 > weights["pronoun\tfar"] and "pronoun\told" not in weights
    assert share_right(asked, weights) == {"subject": (9, 9)}
    assert rank("subject", asked[0].candidates, weights)[0].number == 0


def test_facts_of_right_results_weigh_more() -> None:
    results = [Judged("quotes", ("any", "name" if n % 2 else "weighed"), bool(n % 2)) for n in range(20)]
    weights = fit(results)
    assert weights["quotes\tname"] > 0 > weights["quotes\tweighed"]


def test_questions_are_those_that_no_name_answers() -> None:
    text = "Odile Carrat est venue. Elle a dit que le toit tiendra. Odile Carrat a dit que le quai rouvrira."
    one = {"span": [text.index("le toit"), 54], "mention": [24, 28], "speaker": "Odile Carrat", "type": "person"}
    other = {"span": [text.index("le quai"), 95], "mention": [56, 68], "speaker": "Odile Carrat", "type": "person"}
    [asked] = questions(GoldArticle("a", text, [], [one, other]), load_weights())
    assert (asked.kind, asked.right, len(asked.candidates)) == ("subject", frozenset((0,)), 1)


def test_what_nothing_can_be_learned_from() -> None:
    silent = [GoldArticle(f"{name}-1", "Le vent souffle.", [], []) for name in ("phare", "filaos")]
    with pytest.raises(QuotesError, match="There is nothing to learn from: no quote or claim has a speaker"):
        train(silent, OUTLET, PARSER)
    with pytest.raises(QuotesError, match=r"give articles of two at least, told apart by --outlet\.$"):
        train(silent[:1], OUTLET, PARSER)
    with pytest.raises(QuotesError, match=r"The article phare-1 is annotated twice: give each article once\."):
        train([*silent, silent[0]], OUTLET, PARSER)


# The command


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["models", "link", *map(str, arguments)])


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("quotes.batch.work.load_extractor", lambda models: Extractor(parser=PARSER))
    records = ({"id": a.id, "text": a.text, "quotes": a.quotes, "claims": a.claims} for a in gold())
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records), encoding="utf-8")
    return path


def test_the_command_writes_weights_and_a_table(file: Path, tmp_path: Path, trained: Trained) -> None:
    result = call(file, "--out", tmp_path / "fr")
    write_weights(trained.links, tmp_path / "who.tsv")
    assert (tmp_path / "fr" / "who.tsv").read_bytes() == (tmp_path / "who.tsv").read_bytes()
    head, *rows, whole, last = result.stdout.splitlines()
    assert head.split() == ["question", "right", "of", "share"] and [row.split()[0] for row in rows] == sorted(trained.answered)
    assert whole.split()[2] == str(trained.asked)
    weights = f"{len(trained.links):,} weights in {tmp_path}/fr/who.tsv, {len(trained.confidence):,} in {tmp_path}/fr/confidence.tsv."
    assert (last, result.exit_code) == (weights, 0)


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("([a-z", "([a-z is no regular expression (unterminated character set at position 1): write --outlet so that its first group is"),
        ("^r", "^r has no group: put what is the outlet in an article's id into brackets, such as ^([a-z]+)-."),
    ],
)
def test_patterns_of_outlets(file: Path, pattern: str, sentence: str) -> None:
    result = call(file, "--outlet", pattern)
    assert result.exit_code == 2 and result.stderr.startswith(f"Error: {sentence}")


def test_a_file_that_is_not_there(tmp_path: Path, file: Path) -> None:
    result = call(tmp_path / "no.jsonl")
    assert result.exit_code == 1 and result.stderr.startswith("Error: ") and result.stderr.count("\n") == 1
