"""The annotations of the blind rounds fit the articles they were made of, where these are there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.gold.rounds.add import add_round, names_in_words
from tests.gold.rounds.check import ROUNDS, faults, read_round, with_text
from tests.gold.rounds.offsets import by_offsets, digest, resolved, spans_of

RAW = Path(__file__).resolve().parents[2] / "shared" / "raw"
FILES = sorted(ROUNDS.glob("round-*.jsonl"))


@pytest.mark.skipif(not RAW.is_dir(), reason=f"no articles in {RAW}")
@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_annotations_fit_their_articles(path: Path) -> None:
    assert list(faults(path, RAW)) == []


TEXT = "Le maire de Brec, Léa Roux, attend. Léa Roux, du Lac uni, a dit : « Oui. » La Léa Rouxel dort."


def words(name: str, place: int) -> list[str] | str:
    found = spans_of(name, TEXT, place)
    return found if isinstance(found, str) else [TEXT[start:end] for start, end in found]


def test_a_name_is_the_fewest_spans_near_its_mention() -> None:
    assert (spans_of("Léa Roux", TEXT, 0), spans_of("Léa Roux", TEXT, 90)) == ([[18, 26]], [[36, 44]])
    assert words("maire du Lac", 40) == ["maire", "du Lac"] and words("maire de Brec", 40) == ["maire de Brec"]
    assert words("Rouxe", 0) == ["Rouxe"]


@pytest.mark.parametrize("name", ["léa roux", "maire d'Orvane", "Zoé Roux", ""])
def test_a_name_that_the_text_has_not_stays_in_its_words(name: str) -> None:
    assert spans_of(name, TEXT, 0) == name


def test_what_is_stored_is_what_was_annotated() -> None:
    quote = {"pieces": [[69, 73]], "cue": [60, 63], "mention": [36, 44], "speaker": "Léa Roux", "aliases": ["maire du Lac", "la maire"]}
    claim = {"span": [27, 34], "cue": None, "mention": None, "speaker": None}
    record = {"id": "a", "text": TEXT, "quotes": [quote], "claims": [claim], "other": []}
    stored = by_offsets(record, TEXT)
    assert stored["quotes"] == [{**quote, "speaker": [[36, 44]], "aliases": [[[3, 8], [46, 52]], "la maire"]}]
    assert resolved(stored, TEXT) == {"id": "a", "sha256": digest(TEXT), "quotes": [quote], "claims": [claim]}


def test_a_round_is_added_once(tmp_path: Path) -> None:
    row = {"span": [27, 34], "cue": None, "mention": None, "speaker": "Léa Roux", "aliases": ["la maire"]}
    gold, path = tmp_path / "gold.jsonl", tmp_path / "round-99.jsonl"
    gold.write_text(f"{json.dumps({'id': 'a', 'text': TEXT, 'quotes': [], 'claims': [row]})}\n", encoding="utf-8")
    (tmp_path / "round-99").mkdir()
    (tmp_path / "round-99" / "a.txt").write_text(TEXT, encoding="utf-8")
    add_round(gold, path)
    assert [*read_round(path)[0]] == ["id", "sha256", "quotes", "claims"] and list(names_in_words(path)) == ["a: la maire"]
    assert [record["claims"] for record in with_text(path, tmp_path)] == [[row]]
    with pytest.raises(FileExistsError):
        add_round(gold, path)


def test_what_does_not_fit_is_told(tmp_path: Path) -> None:
    text = "« Oui », dit Léa Roux."
    good = {"id": "a", "sha256": digest(text), "quotes": [{"pieces": [[2, 5]], "cue": [9, 12], "mention": [13, 21], "speaker": "Léa Roux"}]}
    rows = [
        {**good, "claims": []},
        {**good, "claims": [{"span": [5, 99], "cue": None, "mention": None, "speaker": "Zoé Roux"}]},
        {**good, "claims": [{"span": [0, 8], "cue": None, "mention": None, "speaker": [[13, 98]]}]},
        {**good, "sha256": "0", "claims": []},
    ]
    path = tmp_path / "round-99.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    (tmp_path / "round-99").mkdir()
    (tmp_path / "round-99" / "a.txt").write_text(text, encoding="utf-8")
    assert list(faults(path, tmp_path)) == [
        "a: [5, 99] is no span of the text.",
        "a: the speaker Zoé Roux has words that the text has not: zoe.",
        "a: [13, 98] is no span of the text.",
        "a: this is not the text that was annotated.",
    ]
