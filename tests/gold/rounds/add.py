"""Adds a round to the repository: where its annotations lie in the articles, no word of them.

    python -m tests.gold.rounds.add GOLD.jsonl --round 06

GOLD.jsonl has a line an article: id, text, quotes and claims, names in words.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.gold.rounds.check import ROUNDS
from tests.gold.rounds.offsets import by_offsets

__all__ = ["add_round", "names_in_words"]


def add_round(gold: Path, path: Path) -> None:
    """Write the annotated articles of `gold` by offsets to `path`. Raises `FileExistsError`: a round is never written over."""
    records = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    with path.open("x", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(by_offsets(record, record['text']), ensure_ascii=False)}\n" for record in records)


def names_in_words(path: Path) -> Iterator[str]:
    """The names of a stored round that are no offsets, each with its article."""
    for record in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        for row in (*record["quotes"], *record["claims"]):
            yield from (f"{record['id']}: {name}" for name in (row["speaker"], *row.get("aliases", ())) if isinstance(name, str))


def main() -> int:
    """Add the round that the command line names, and say which names stayed words."""
    parser = argparse.ArgumentParser(description="Add an annotated round by offsets.")
    parser.add_argument("gold", type=Path)
    parser.add_argument("--round", required=True)
    given = parser.parse_args()
    path = ROUNDS / f"round-{given.round}.jsonl"
    try:
        add_round(given.gold, path)
    except FileExistsError:
        print(f"{path} is there already: a round is never written over.")
        return 1
    words = list(names_in_words(path))
    print("\n".join([f"{path}: {len(words)} names are no stretch of their text and stay words.", *words]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
