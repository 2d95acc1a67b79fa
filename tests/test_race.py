"""The race of tests/bench without the models: samples, turns, ratios."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.bench.archives import ARCHIVES, write_sample
from tests.bench.race import race


class Runner:
    """A contender that takes the given seconds, turn after turn."""

    def __init__(self, name: str, seconds: list[float]) -> None:
        self.name = name
        self.turns = iter(seconds)

    def run(self, archive: Path) -> dict[str, float]:
        """The next turn."""
        return {"seconds": next(self.turns)}


def test_ratios_leave_out_the_first_turn() -> None:
    runners: list[Any] = [Runner("quotes", [1, 2, 4]), Runner("spacy", [9, 4, 4]), Runner("stanza", [9, 20, 20])]
    assert list(race({"press": Path()}, runners, 2)) == [("press", "spacy", [2, 1]), ("press", "stanza", [10, 5])]


def test_a_sample_is_spread_evenly(tmp_path: Path) -> None:
    lines = write_sample([f"« {n} »" for n in range(10)], 4, tmp_path / "a.jsonl").read_text(encoding="utf8").splitlines()
    assert [json.loads(line)["text"] for line in lines] == ["« 0 »", "« 2 »", "« 5 »", "« 7 »"]
    assert len(write_sample(["a", "b"], 5, tmp_path / "b.jsonl").read_text(encoding="utf8").splitlines()) == 2


def test_the_invented_articles_are_always_there() -> None:
    assert len(ARCHIVES["invented"]()) >= 40
