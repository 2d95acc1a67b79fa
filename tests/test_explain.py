"""Why a result is what it is, on stored parses, and `quotes explain`."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from quotes.attribution.catalogue import read_link
from quotes.attribution.explain import DECIDES, Candidate, Explanation, explain
from quotes.cli.app import app
from quotes.model import Article, Claim, Quote, Span
from quotes.pipeline import PIPELINE_VERSION, Extractor
from quotes.store import Store
from quotes.store.choices import Choices
from quotes.syntax.parser import StoredParser
from quotes.text.lexicon import load_lexicon
from tests.test_attribution import CASES, TREES

CLIMATE = """
# text = "Le climat dit : « Oui »"
1	Le	le	DET	_	_	2	det	_	start_char=0|end_char=2
2	climat	climat	NOUN	_	_	3	nsubj	_	start_char=3|end_char=9
3	dit	dire	VERB	_	VerbForm=Fin	0	root	_	start_char=10|end_char=13
4	:	:	PUNCT	_	_	6	punct	_	start_char=14|end_char=15
5	«	«	PUNCT	_	_	6	punct	_	start_char=16|end_char=17
6	Oui	oui	INTJ	_	_	3	parataxis	_	start_char=18|end_char=21
7	»	»	PUNCT	_	_	6	punct	_	start_char=22|end_char=23
"""
PARSER = StoredParser(TREES.read_text(encoding="utf-8") + "\n" + CLIMATE)
TEXT = (
    "« Nous irons au bout », a déclaré Agathe Tournel. « Le barrage tiendra », promet-elle.\nLe climat dit : « Personne n'y croyait hier »"
)
FIRST, SECOND, THIRD = Span(2, 20), Span(52, 70), Span(105, 130)
ARTICLE = Article("barrage", TEXT)


EXTRACTION = Extractor(parser=PARSER).extract_batch([ARTICLE])[0]


def explained(span: Span) -> Explanation:
    result = next(quote for quote in EXTRACTION.quotes if quote.span == span)
    found = explain(EXTRACTION, result, PARSER, load_lexicon())
    assert found is not None and found.result is result
    return found


def test_every_result_is_explained_as_the_pipeline_gives_it() -> None:
    extractor = Extractor(parser=PARSER)
    for extraction in extractor.extract([Article(case.id, case.parsed.text) for case in CASES]):
        results: tuple[Quote | Claim, ...] = (*extraction.quotes, *extraction.claims)
        for result in results:
            found = explain(extraction, result, PARSER, extractor.lexicon)
            assert found is not None and found.result is result
            deciding = [c for c in found.candidates if c.verdict == DECIDES]
            aside = result.rule.startswith(("floating", "in-claim", "interview", "headline-repeated", "pointed-back"))
            assert len(deciding) == (not aside), extraction.article.id
            assert all(c.cue == result.cue for c in deciding if isinstance(result, Quote))
            assert found.link, result.link


def test_the_rule_and_those_that_lost() -> None:
    found = explained(FIRST)
    assert (found.frame, found.sentence) == ("« Oui », a déclaré Agathe Tournel.", Span(0, 49))
    assert (found.rule.family, found.rule.source_description[:20]) == ("incise", "The subject follows ")
    cue, source = Span(24, 33), Span(34, 48)
    first, *others = found.candidates
    assert first == Candidate("incise-inverted-subject", cue, source, "decides")
    assert others[-1] == Candidate("neighbour-cue", cue, source, "too late: incise-inverted-subject comes first")
    assert found.link == "The words hold a name: its fullest form in the article counts."


def test_who_a_pronoun_could_mean() -> None:
    found = explained(SECOND)
    assert found.link == "A pronoun hangs on the cue (*dit-il*): the most probable of those who agree with it."
    [only] = found.result.candidates
    assert (only.name, only.type, only.probability, bool(only.contributions)) == ("Agathe Tournel", "person", 1.0, True)


def test_a_source_that_cannot_speak_is_refused() -> None:
    found = explained(THIRD)
    assert (found.result.rule, found.result.link) == ("floating", "colon")
    assert found.candidates[0] == Candidate("colon-subject", Span(97, 100), Span(87, 96), "refused: its source cannot speak")
    assert found.result.candidates[0].name == "Agathe Tournel"


def test_links_of_two_steps() -> None:
    assert read_link("author+clitic") == f"{read_link('author+')} {read_link('clitic')}"
    assert read_link("author+fake") == read_link("author+") and read_link("fake") == ""


def test_what_the_rules_no_longer_give_is_not_explained() -> None:
    other = dataclasses.replace(EXTRACTION.quotes[0], pieces=(Span(0, 3),))
    older = dataclasses.replace(EXTRACTION, quotes=(other, *EXTRACTION.quotes))
    assert explain(older, other, PARSER, load_lexicon()) is None
    twice = dataclasses.replace(EXTRACTION, quotes=(EXTRACTION.quotes[0], copy := dataclasses.replace(EXTRACTION.quotes[0])))
    assert explain(twice, copy, PARSER, load_lexicon()) is None


# The command


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    with Store(tmp_path / "a.db") as store:
        store.start_run(["archive"], Choices(PIPELINE_VERSION))
        store.save(Extractor(parser=PARSER).extract_batch([ARTICLE]))
    monkeypatch.setattr("quotes.pipeline.Extractor", lambda models: Extractor(parser=PARSER))
    return tmp_path / "a.db"


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["explain", *map(str, arguments)], env={"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"})


def test_the_command(db: Path) -> None:
    result = call("barrage#q52-70", "--db", db)
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert lines[:2] == ["barrage#q52-70", "« [Le barrage tiendra] », promet-elle."]
    assert "kind direct" in lines and "mention elle" in lines and "speaker Agathe Tournel (person)" in lines
    assert "incise-inverted-clitic promet elle decides" in lines
    assert "resolved clitic: A pronoun hangs on the cue (*dit-il*): the most probable of those who agree with it." in lines
    who = lines.index("Who could be meant")
    assert lines[who + 1] == "who probability for against" and lines[who + 2].startswith("Agathe Tournel 1.000 ")
    assert lines[lines.index("Parse of: « Oui », promet-elle.") + 6] == "5 promet VERB 2 Oui parataxis"


@pytest.mark.parametrize(
    ("id", "code", "sentence"),
    [
        ("barrage", 2, "barrage is no id of a quote or claim: quotes search prints them in brackets, such as article-12#q972-1041."),
        ("pont#q1-2", 1, "There is no article pont in {db}."),
        ("barrage#q1-2", 1, "There is no barrage#q1-2 in {db}: quotes search prints the ids of what it finds in brackets."),
    ],
)
def test_ids_that_are_not_there(db: Path, id: str, code: int, sentence: str) -> None:
    result = call(id, "--db", db)
    assert (result.stderr, result.exit_code) == (f"Error: {sentence.format(db=db)}\n", code)


def test_a_result_of_older_rules(db: Path) -> None:
    with Store(db) as store:
        store.db.execute("PRAGMA foreign_keys = OFF")
        store.db.execute("UPDATE quotes SET id = 'barrage#q2-19', \"end\" = 19 WHERE id = 'barrage#q2-20'")
        store.db.execute("UPDATE pieces SET quote_id = 'barrage#q2-19', \"end\" = 19 WHERE quote_id = 'barrage#q2-20'")
        store.db.conn.commit()
    result = call("barrage#q2-19", "--db", db)
    expected = f"Error: The rules of this version no longer give barrage#q2-19: run quotes extract on its archive again to renew {db}.\n"
    assert (result.stderr, result.exit_code) == (expected, 1)
