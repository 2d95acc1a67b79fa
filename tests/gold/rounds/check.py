"""The annotations of the blind rounds, by offsets; the articles themselves stay outside of the repository.

    python -m tests.gold.rounds.check RAW

checks every annotation against the texts in RAW/round-NN: the text is the one that was annotated, every span lies in it,
every speaker is in its words. Prints what is wrong, ends with 1 when anything is.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quotes.who.names import folded_words

__all__ = ["ROUNDS", "faults", "read_round", "with_text"]

ROUNDS = Path(__file__).parent


def read_round(path: Path) -> list[dict[str, Any]]:
    """The annotated articles of a round: id, hash of the text, quotes and claims."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def with_text(path: Path, raw: Path) -> Iterator[dict[str, Any]]:
    """The articles of a round with their texts from `raw`, as `quotes evaluate` reads them."""
    for record in read_round(path):
        text = (raw / path.stem / f"{record['id']}.txt").read_text(encoding="utf-8")
        yield {**record, "text": text}


def faults(path: Path, raw: Path) -> Iterator[str]:
    """What is wrong with the annotations of a round, one sentence each."""
    for record in with_text(path, raw):
        name, text = record["id"], record["text"]
        if digest(text) != record["sha256"]:
            yield f"{name}: this is not the text that was annotated."
            continue
        words = " ".join(folded_words(text))
        for row in (*record["quotes"], *record["claims"]):
            spans = [*(row.get("pieces") or [row["span"]]), *(row[key] for key in ("cue", "mention") if row.get(key))]
            yield from (f"{name}: {span} is no span of the text." for span in spans if not 0 <= span[0] < span[1] <= len(text))
            missing = [word for word in folded_words(row.get("speaker") or "") if word not in words]
            if missing:
                yield f"{name}: the speaker {row['speaker']} has words that the text has not: {', '.join(missing)}."


def digest(text: str) -> str:
    """The check sum of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def main(raw: Path) -> int:
    found = [fault for path in sorted(ROUNDS.glob("round-*.jsonl")) for fault in faults(path, raw)]
    print("\n".join(found) or "All annotations fit their texts.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
