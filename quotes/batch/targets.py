"""Where a run may write: not onto what it reads, nor onto its own other result."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from quotes.archive.files import SUFFIXES
from quotes.errors import QuotesError
from quotes.targets import is_same, lies_in, refuse_clash

__all__ = ["check_targets"]

# What SQLite keeps beside a database.
_BESIDE = ("", "-wal", "-shm", "-journal")


def check_targets(paths: Iterable[Path], db: str | Path | None, jsonl: str | Path | None) -> None:
    """Raises `QuotesError` when a result would be written onto an input, into an archive as one of its articles, or onto the other one."""
    given = list(paths)
    if db is not None:
        refuse_clash("--db", db, given)
        _refuse_article("--db", db, given)
    if jsonl is None or str(jsonl) == "-":
        return
    refuse_clash("--jsonl", jsonl, given)
    _refuse_article("--jsonl", jsonl, given)
    if db is not None and any(is_same(jsonl, f"{db}{suffix}") for suffix in _BESIDE):
        raise QuotesError(f"{jsonl} is a file of the database {db}: choose another place for --jsonl.")


def _refuse_article(option: str, target: str | Path, given: Iterable[Path]) -> None:
    """A result in a folder of articles would be taken for one of them, now or by the next run."""
    if Path(target).suffix.lower() not in SUFFIXES:
        return
    for folder in given:
        if lies_in(target, folder):
            raise QuotesError(f"{target} lies in {folder} and would be read as articles: choose a place outside of it for {option}.")
