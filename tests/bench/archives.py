"""The archives of the race: what stands in the folder `shared` next to the checkout, and the invented articles of the repository.

Nothing of them is printed; a race takes evenly spread articles of each.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tests.gold.build import read_all

__all__ = ["ARCHIVES", "write_sample"]

SHARED = Path(__file__).resolve().parents[3] / "shared"


def _invented() -> list[str]:
    return [article.body.text for article in read_all()]


def _wikinews() -> list[str]:
    """The texts that have an annotation beside them; the others are lists of addresses."""
    with tarfile.open(SHARED / "ner" / "winer-fr.tar.xz") as archive:
        members = {member.name: member for member in archive if member.isfile()}
        texts = [name for name in sorted(members) if name.endswith(".txt") and f"{name.removesuffix('.txt')}.ann" in members]
        files = (archive.extractfile(members[name]) for name in texts)
        return [file.read().decode("utf8") for file in files if file is not None]


def _press() -> list[str]:
    lines = (SHARED / "gold" / "dev2.jsonl").read_text(encoding="utf8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def _unread() -> list[str]:
    found = [path.read_text(encoding="utf8", errors="replace") for path in sorted((SHARED / "raw").glob("round-*/*.txt"))]
    if not found:
        raise FileNotFoundError(SHARED / "raw")
    return found


ARCHIVES: dict[str, Callable[[], list[str]]] = {"invented": _invented, "wikinews": _wikinews, "press": _press, "unread": _unread}


def write_sample(texts: Sequence[str], most: int, path: Path) -> Path:
    """A JSON Lines archive of at most `most` of the texts, evenly spread."""
    step = max(1.0, len(texts) / most)
    places = (int(number * step) for number in range(min(most, len(texts))))
    path.write_text("".join(_lines(texts[place] for place in places)), encoding="utf8")
    return path


def _lines(texts: Iterable[str]) -> Iterable[str]:
    return (json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n" for number, text in enumerate(texts))
