"""The annotations of the blind rounds, by offsets; the articles themselves stay outside of the repository.

    python -m tests.gold.rounds.check RAW

checks every annotation against the texts in RAW/round-NN: the text is the one that was annotated, every span lies in it,
every speaker is in its words. Prints what is wrong, ends with 1 when anything is.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from quotes.who.names import folded_words
from tests.gold.rounds.offsets import digest, resolved

__all__ = ["ROUNDS", "faults", "read_round", "with_text"]

ROUNDS = Path(__file__).parent


def read_round(path: Path) -> list[dict[str, Any]]:
    """The annotated articles of a round as they are stored: id, check sum of the text, quotes and claims, names by offsets."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def with_text(path: Path, raw: Path) -> Iterator[dict[str, Any]]:
    """The articles of a round with their texts from `raw` and names in words, as `quotes evaluate` reads them."""
    for record, text in _texts(path, raw):
        yield {**resolved(record, text), "text": text}


def _texts(path: Path, raw: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """The stored articles of a round, each with its text."""
    for record in read_round(path):
        yield record, (raw / path.stem / f"{record['id']}.txt").read_text(encoding="utf-8")


def faults(path: Path, raw: Path) -> Iterator[str]:
    """What is wrong with the annotations of a round, one sentence each."""
    for record, text in _texts(path, raw):
        name = record["id"]
        if digest(text) != record["sha256"]:
            yield f"{name}: this is not the text that was annotated."
            continue
        words = " ".join(folded_words(text))
        for row in (*record["quotes"], *record["claims"]):
            yield from (f"{name}: {span} is no span of the text." for span in _spans(row) if not 0 <= span[0] < span[1] <= len(text))
        for row in (row for part in ("quotes", "claims") for row in resolved(record, text)[part]):
            missing = [word for word in folded_words(row.get("speaker") or "") if word not in words]
            if missing:
                yield f"{name}: the speaker {row['speaker']} has words that the text has not: {', '.join(missing)}."


def _spans(row: Mapping[str, Any]) -> Iterator[list[int]]:
    """All spans of a row: what is said, cue, mention, and those of its names."""
    yield from row.get("pieces") or [row["span"]]
    yield from (row[key] for key in ("cue", "mention") if row.get(key))
    for name in (row.get("speaker"), *row.get("aliases", ())):
        yield from name if isinstance(name, list) else ()


def main(raw: Path) -> int:
    found = [fault for path in sorted(ROUNDS.glob("round-*.jsonl")) for fault in faults(path, raw)]
    print("\n".join(found) or "All annotations fit their texts.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
