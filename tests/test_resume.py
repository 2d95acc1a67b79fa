"""A run killed at any moment, and again, ends with the database of a run that nobody disturbed: row for row, search index included.

QUOTES_KILLS=20 makes as many kills as that.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from quotes.batch import run
from quotes.model import Article, Extraction
from tests.conftest import FakeExtractor, fake_extractor

KILLS = int(os.environ.get("QUOTES_KILLS", "3"))
SCRIPT = """
import sys
from quotes.batch import run
from tests.test_resume import slow_extractor
if __name__ == "__main__":
    told = lambda summary: print(summary.articles, flush=True)
    run([sys.argv[1]], db=sys.argv[2], words=60, workers=int(sys.argv[3]), factory=slow_extractor, watch=told)
"""
TABLES = ("articles", "speakers", "quotes", "pieces", "claims", "mentions", "failures")


class Slow(FakeExtractor):
    """Takes its time, so that there is a moment to be killed at."""

    def extract_batch(self, articles: Sequence[Article]) -> list[Extraction]:
        time.sleep(0.01 * len(articles))
        return super().extract_batch(articles)


def slow_extractor() -> Slow:
    """The factory that workers are given."""
    return Slow()


def archive(path: Path) -> Path:
    """Articles of every kind: found, without results, empty, repeated, refused by the extractor."""
    odd = {7: "", 13: "BOUM", 21: "Rien."}
    with path.open("w") as file:
        for number in range(120):
            text = odd.get(number, f"« Le bac {number} rouvre », a déclaré Anne Vidal. Selon la mairie, tout va bien pour {number}.")
            file.write(json.dumps({"id": f"n{number:03}", "text": text}) + "\n")
            if number == 50:
                file.write(json.dumps({"id": "n050", "text": "Un autre texte."}) + "\n")
    return path


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, and every word of the search indexes with its places."""
    with Database(path) as db:
        found = {name: list(db.query(f"SELECT * FROM {name}")) for name in TABLES}
        for name in ("quotes_fts", "claims_fts"):
            db.execute(f"INSERT INTO {name}({name}) VALUES ('integrity-check')")
            db.execute(f"CREATE VIRTUAL TABLE temp.{name}_words USING fts5vocab(main, {name}, instance)")
            found[f"{name} words"] = list(db.query(f"SELECT * FROM temp.{name}_words ORDER BY term, doc, offset"))
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchone() is None
    return {name: [tuple(row.items()) for row in rows] for name, rows in found.items()}


def start_and_kill(command: list[str], chance: random.Random) -> None:
    """Run the command and kill it at some moment: while it starts, or after some batches."""
    batches = chance.choice((0, 1, 5, 20))
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}) as process:
        assert process.stdout
        for _ in range(batches):
            process.stdout.readline()
        time.sleep(chance.uniform(0, 0.3 if batches else 2))
        process.kill()
        process.communicate(timeout=60)


@pytest.mark.parametrize("workers", [1, 2])
def test_kills_at_random_moments(tmp_path: Path, workers: int) -> None:
    source = archive(tmp_path / "a.jsonl")
    run([source], db=tmp_path / "whole.db", words=60, factory=fake_extractor)
    (tmp_path / "script.py").write_text(SCRIPT)
    command = [sys.executable, str(tmp_path / "script.py"), str(source), str(tmp_path / "a.db"), str(workers)]
    chance = random.Random(workers)
    for _ in range(KILLS):
        start_and_kill(command, chance)
        with contextlib.closing(Database(tmp_path / "a.db")) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    run([source], db=tmp_path / "a.db", words=60, factory=fake_extractor)
    resumed, whole = contents(tmp_path / "a.db"), contents(tmp_path / "whole.db")
    for name in whole:
        assert resumed[name] == whole[name], name
    assert len(whole["articles"]) == 118 and whole["quotes_fts words"]
