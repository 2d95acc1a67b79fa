from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from quotes.training import compare as module
from quotes.training.compare import Result, Setting, compare, table
from quotes.training.learn import fit
from quotes.training.treebank import Sentence
from tests.test_training import PARSER
from tests.treebank_samples import write_treebank, write_vectors


class _NoTagger:
    def __init__(self, *paths: Path) -> None:
        pass

    def retag(self, sentences: Sequence[Sentence]) -> Sequence[Sentence]:
        return sentences


def test_settings_are_compared_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for role in ("train", "dev"):
        write_treebank(tmp_path / f"fr_alpha-ud-{role}.conllu")
    write_vectors(tmp_path / "vectors.pt")
    settings = (Setting("as shipped"), Setting("no relation subtypes", "--hidden_dim 12", train=module.PLAIN, constant=True))
    for name, value in (("Tagger", _NoTagger), ("models_dir", lambda: tmp_path), ("PARSER", PARSER), ("SETTINGS", settings)):
        monkeypatch.setattr(module, name, value)
    best: list[float] = []
    monkeypatch.setattr(module, "fit", lambda *given: best.append(fit(*given)))
    results = compare(tmp_path, tmp_path / "work", 0, settings)
    assert [results[0].las, results[2].las] == pytest.approx(best)
    assert [result.name for result in results] == [
        "as shipped", "no averaged weights", "no relation subtypes",
        "stored with 32 bits", "stored with 16 bits", "stored with 8 bits, a scale a row", "stored with 6 bits, a scale a row",
    ]  # fmt: skip
    assert results[0].las == results[3].las
    assert results[5].bytes < results[4].bytes < results[3].bytes
    monkeypatch.setattr(module, "fit", None)
    assert compare(tmp_path, tmp_path / "work", 0, settings) == results


def test_table_in_per_cent() -> None:
    rows = table([Result("as shipped", 200, 0.81234, 1, 0.5, 4321.4, 7_571_949), Result("stored", 0, 0.8, 1, 0.5, 4000, 9)]).splitlines()
    assert rows[2:] == [
        "| as shipped | 200 | 81.23 | 100.00 | 50.00 | 4,321 | 7.6 |",
        "| stored |  | 80.00 | 100.00 | 50.00 | 4,000 | 0.0 |",
    ]
