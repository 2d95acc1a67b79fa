"""The command line: exact messages, exit codes, help."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import regex
import typer
from typer.testing import CliRunner, Result

from quotes.batch import runner
from quotes.cli.app import app
from quotes.model import THRESHOLD
from tests.conftest import FakeExtractor

TEXT = "Le bac\n\n« Le bac rouvre », a déclaré Anne Vidal. Selon la mairie, [tout] va bien."
COMMANDS = [
    "extract", "evaluate", "explain", "merge", "search", "speakers", "show", "stats", "models", "models list", "models check", "models download", "models train",
    "models link",
    "db", "db check", "db rebuild",
]  # fmt: skip

pytestmark = pytest.mark.usefixtures("no_models")


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"})


def same(result: Result, code: int, stderr: str) -> None:
    assert (result.stderr, result.exit_code) == (stderr, code)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "bac.txt").write_text(TEXT)
    (folder / "vide.txt").write_text("")
    return folder


@pytest.fixture
def db(archive: Path, tmp_path: Path) -> Path:
    assert call("extract", archive, "--db", tmp_path / "a.db").exit_code == 0
    return tmp_path / "a.db"


def test_every_command_is_tested_for_help() -> None:
    commands: dict[str, Any] = vars(typer.main.get_command(app))["commands"]
    assert {*commands, *(f"{group} {name}" for group in ("models", "db") for name in commands[group].commands)} == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_ends_with_an_example(command: str) -> None:
    result = call(*command.split(), "--help")
    assert result.exit_code == 0
    lines = result.stdout.strip().splitlines()
    name = "models list" if command == "models" else command
    assert lines[-1].strip().startswith(f"Example: quotes {name} ") or lines[-1].strip() == f"Example: quotes {name}"


def test_help_and_version() -> None:
    assert call().exit_code == 2
    assert "Attributed quotes and claims from French news" in call("--help").stdout
    assert regex.fullmatch(r"quotes \d+\.\d+\.\d+\n", call("--version").stdout)


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, quotes.cli.app; print(sorted({'torch', 'stanza', 'sqlite_utils', 'rich.table'} & set(sys.modules)))"
    environment = {**os.environ, "PYTHONPATH": os.getcwd()}
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert found.stdout == "[]\n"


def test_extract(archive: Path, tmp_path: Path) -> None:
    result = call("extract", archive, "--db", tmp_path / "a.db", "--jsonl", tmp_path / "a.jsonl")
    first, *rest = result.stderr.splitlines()
    assert regex.fullmatch(r"1 article, 1 quote, 1 claim, 1 failure, [\d,]+ words/s", first)
    assert rest == ["failures: 1 empty", f"  {archive}/vide.txt holds no text."]
    assert (result.stdout, result.exit_code) == ("", 0)
    assert len((tmp_path / "a.jsonl").read_text().splitlines()) == 1
    again = call("extract", archive, "--db", tmp_path / "a.db")
    assert again.stderr.startswith("0 articles, 1 unchanged, 0 quotes, 0 claims, 1 failure\n")


def test_only_lines_on_standard_output(archive: Path) -> None:
    result = call("extract", archive, "--jsonl", "-")
    [line] = result.stdout.splitlines()
    assert json.loads(line)["id"] == "bac"
    assert set(json.loads(line)) == {"id", "quotes", "claims"}


def test_extract_errors(archive: Path, tmp_path: Path) -> None:
    sentence = "Error: Say where the results should go: --db FILE for a database, --jsonl FILE (or -) for JSON Lines.\n"
    same(call("extract", archive), 2, sentence)
    same(call("extract", "nulle/part", "--jsonl", "-"), 1, "Error: There is no file or folder nulle/part.\n")
    expected = f"Error: There is no folder {tmp_path}/no for {tmp_path}/no/a.db: make it first.\n"
    same(call("extract", archive, "--db", tmp_path / "no" / "a.db"), 1, expected)
    (tmp_path / "notes.txt").write_text("Notes.")
    expected = f"Error: {tmp_path}/notes.txt is no SQLite database: choose another file for --db.\n"
    same(call("extract", archive, "--db", tmp_path / "notes.txt"), 1, expected)
    assert (archive / "bac.txt").read_text() == TEXT
    result = call("extract", archive / "vide.txt", "--jsonl", "-")
    assert result.exit_code == 1 and result.stderr.endswith("\nError: No article could be extracted.\n")
    assert call("extract", archive, "--db", "x.db", "--workers", "0").exit_code == 2


def test_interrupted(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(FakeExtractor):
        def extract_batch(self, articles: object) -> list[object]:  # type: ignore[override]
            raise KeyboardInterrupt

    monkeypatch.setattr(runner, "default_extractor", lambda *choices: Interrupted())
    result = call("extract", archive, "--db", tmp_path / "a.db")
    assert result.exit_code == 130
    assert result.stderr.endswith("Error: Interrupted: what was finished is kept; run the same command again to go on.\n")


def test_missing_models(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(models: object, *choices: object) -> FakeExtractor:
        from quotes.syntax.models import ModelError

        raise ModelError(f"There is no folder of models {models}.")

    monkeypatch.setattr(runner, "default_extractor", refuse)
    same(call("extract", archive, "--jsonl", "-", "--models", "nulle/part"), 1, "Error: There is no folder of models nulle/part.\n")


def test_search(db: Path) -> None:
    result = call("search", "BAC rouvrir", "--db", db)
    assert result.stdout == "Anne Vidal (direct): « Le bac rouvre »\n  Le bac [bac#q10-23]\n\n"
    same(result, 0, "1 found\n")
    assert call("search", "bac", "--db", db, "--kind", "claim").stderr == "0 found\n"
    assert call("search", "bac", "--db", db, "--min-confidence", "0.5").stderr == "0 found\n"
    assert call("search", "bac", "--db", db, "--min-confidence", "1.5").exit_code == 2
    assert "mairie (claim): [tout] va bien\n" in call("search", "", "--db", db, "--speaker", "MAIRIE").stdout
    assert call("search", "", "--db", db, "--act", "deny", "--medium", "social", "--polarity", "denied").stderr == "0 found\n"
    assert (
        "Error: There is no medium radio: use one of agency, book, broadcast, "
        in call("search", "", "--db", db, "--medium", "radio").stderr
    )
    assert call("search", "", "--db", db, "--limit", "1").stderr == "1 found (the best 1; --limit shows more)\n"
    expected = f"Error: There is no database {db}x: make one with quotes extract ARTICLES --db {db}x.\n"
    same(call("search", "bac", "--db", f"{db}x"), 1, expected)


def test_speakers(db: Path) -> None:
    lines = [line.split() for line in call("speakers", "--db", db).stdout.splitlines()]
    assert lines == [
        ["speaker", "type", "articles", "quotes", "claims"],
        ["Anne", "Vidal", "person", "1", "1", "0"],
        ["mairie", "organization", "1", "0", "1"],
    ]
    assert "mairie" not in call("speakers", "vidal", "--db", db).stdout


def test_show(db: Path) -> None:
    assert call("show", "bac", "--db", db).stdout == (
        "Le bac\n1 quote, 1 claim, 2 speakers\n\n"
        "Le bac\n\n« Le bac rouvre [direct: Anne Vidal] », a déclaré Anne Vidal. Selon la mairie, [tout] va bien [claim: mairie].\n"
    )
    same(call("show", "pont", "--db", db), 1, f"Error: There is no article pont in {db}; it holds bac ...\n")


def test_stats(db: Path) -> None:
    assert call("stats", "--db", db).stdout.splitlines() == [
        "articles   1 (17 words)",
        "quotes     1 (1 direct, 0 partial)",
        "claims     1",
        "attributed 2 (100% of quotes and claims)",
        "speakers   2 (1 organization, 1 person)",
        "outlets    1 (1 (none))",
        "failures   1 (1 empty)",
    ]


def test_models(tmp_path: Path) -> None:
    listed = call("models", "list").stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["embedded", "official"]
    same(call("models", "check", tmp_path / "no"), 1, f"Error: There is no folder of models {tmp_path}/no.\n")
    train = call("models", "train", "--treebanks", tmp_path / "no", "--vectors", tmp_path, "--out", tmp_path / "out")
    same(train, 1, f"Error: There is no file or folder {tmp_path}/no.\n")


def test_a_reader_that_goes_away_is_no_error(archive: Path) -> None:
    (archive / "b.jsonl").write_text('{"text": "Rien."}\n' * 3)
    script = (
        "import sys\nfrom quotes.batch import runner\nfrom tests.conftest import FakeExtractor\n"
        "runner.default_extractor = lambda *choices: FakeExtractor()\nfrom quotes.cli.app import app\napp()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, "extract", str(archive), "--jsonl", "-"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(20) == 1


def test_the_least_confidence_of_a_name(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []

    def factory(*choices: object) -> FakeExtractor:
        asked.append(choices)
        return FakeExtractor()

    monkeypatch.setattr(runner, "default_extractor", factory)
    call("extract", archive, "--db", tmp_path / "a.db", "--min-confidence", "0.8")
    assert asked == [(None, False, 0.8)]
    call("extract", archive, "--jsonl", tmp_path / "a.jsonl")
    assert asked[1:] == [(None, False, THRESHOLD)]
    result = call("extract", archive, "--jsonl", "-", "--min-confidence", "1.1")
    assert result.exit_code == 2 and "--min-confidence" in result.stderr
