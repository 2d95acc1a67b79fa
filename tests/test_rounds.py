"""The annotations of the blind rounds fit the articles they were made of, where these are there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.gold.rounds.check import ROUNDS, digest, faults

RAW = Path(__file__).resolve().parents[2] / "shared" / "raw"
FILES = sorted(ROUNDS.glob("round-*.jsonl"))


@pytest.mark.skipif(not RAW.is_dir(), reason=f"no articles in {RAW}")
@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_annotations_fit_their_articles(path: Path) -> None:
    assert list(faults(path, RAW)) == []


def test_what_does_not_fit_is_told(tmp_path: Path) -> None:
    text = "« Oui », dit Léa Roux."
    good = {"id": "a", "sha256": digest(text), "quotes": [{"pieces": [[2, 5]], "cue": [9, 12], "mention": [13, 21], "speaker": "Léa Roux"}]}
    rows = [
        {**good, "claims": []},
        {**good, "claims": [{"span": [5, 99], "cue": None, "mention": None, "speaker": "Zoé Roux"}]},
        {**good, "sha256": "0", "claims": []},
    ]
    path = tmp_path / "round-99.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    (tmp_path / "round-99").mkdir()
    (tmp_path / "round-99" / "a.txt").write_text(text, encoding="utf-8")
    assert list(faults(path, tmp_path)) == [
        "a: [5, 99] is no span of the text.",
        "a: the speaker Zoé Roux has words that the text has not: zoe.",
        "a: this is not the text that was annotated.",
    ]
