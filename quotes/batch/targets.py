"""Where a run may write: not onto what it reads, nor onto its own other result."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from quotes.archive.files import STDIN
from quotes.archive.formats import SUFFIXES
from quotes.errors import QuotesError
from quotes.targets import is_same, lies_in, part_of, refuse_clash

__all__ = ["check_targets"]

# What SQLite keeps beside a database.
_BESIDE = ("", "-wal", "-shm", "-journal")
# The file behind standard input, where there is one.
_INPUT = Path("/dev/stdin")


def check_targets(
    paths: Iterable[Path],
    *,
    db: str | Path | None = None,
    jsonl: str | Path | None = None,
    log: str | Path | None = None,
    shards: str | Path | None = None,
) -> None:
    """Raises `QuotesError` when a result would be written onto an input, into an archive as one of its articles, or onto another result."""
    given = [_INPUT if str(path) == STDIN else path for path in paths]
    lines = None if str(jsonl) == "-" else jsonl
    targets = {"--db": db, "--jsonl": lines, "--log": log, "--shards": shards}
    for option, target in targets.items():
        if target is not None:
            refuse_clash(option, target, given)
            _refuse_article(option, target, given)
    for option, target in (("--jsonl", lines), ("--log", log)):
        if target is not None and db is not None and any(is_same(target, f"{db}{suffix}") for suffix in _BESIDE):
            raise QuotesError(f"{target} is a file of the database {db}: choose another place for {option}.")
    if log is not None and lines is not None and (is_same(log, lines) or is_same(log, part_of(lines))):
        raise QuotesError(f"{log} is also the file of --jsonl: choose another place for --log.")


def _refuse_article(option: str, target: str | Path, given: Iterable[Path]) -> None:
    """A result in a folder of articles would be taken for one of them, now or by the next run."""
    # Lines are told by what they hold, whatever their file is called.
    if option in ("--db", "--log") and Path(target).suffix.lower() not in SUFFIXES:
        return
    for folder in given:
        if lies_in(target, folder):
            raise QuotesError(f"{target} lies in {folder} and would be read as articles: choose a place outside of it for {option}.")
