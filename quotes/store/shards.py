"""Results as Parquet files in one folder, written by any number of runs on any number of machines at once, merged into a database later."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import socket
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from quotes.archive.account import is_newer
from quotes.archive.decode import clean, clean_all
from quotes.archive.failure import Failure
from quotes.conforms import conforms
from quotes.extras import needed
from quotes.model import Article, Extraction
from quotes.store.choices import Choices
from quotes.store.errors import Damaged, StoreError, reads_rows
from quotes.store.rows import content_hash
from quotes.store.sound import faults
from quotes.store.values import dumped, loaded

__all__ = ["Shard", "Shards", "read_shards"]

# Documents of a file; those that are not in a file yet are lost with a run that is killed.
_DOCUMENTS = 1000
_ARTICLE = ("id", "text", "title", "date", "outlet", "url", "author")
_FAILURE = ("source", "reason", "message")
_CHOICES = tuple(field.name for field in dataclasses.fields(Choices))
_NOTED = ("hash", "text_hash", *_CHOICES)
# What a later run has to know of the articles that are kept.
_KNOWN = ("id", "url", "date", "source", "reason", "message", *_NOTED)


@dataclasses.dataclass(frozen=True, slots=True)
class Shard:
    """A document as the folder `source` holds it: an extraction, or a failure. `tried` is the hash of an article that failed."""

    result: Extraction | Failure
    choices: Choices
    source: str
    tried: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class _Known:
    """What is remembered of an article that is kept: its text and all else as digests, for there may be millions."""

    text: str
    key: str
    url: str | None
    date: str | None


class Shards:
    """A `Keeper` that adds files to a folder: `with Shards(folder) as shards`. Raises `StoreError` with one sentence."""

    def __init__(self, folder: str | Path, documents: int = _DOCUMENTS) -> None:
        """Make the folder or read what its files hold already; `documents` is how many a new file gets."""
        self._arrow, self._parquet = needed("pyarrow", "Writing shards", "parquet"), needed("pyarrow.parquet", "Writing shards", "parquet")
        self._folder, self._documents = Path(folder), documents
        self._noted: dict[str, Any] = dataclasses.asdict(Choices(0, ""))
        self._rows: list[dict[str, Any]] = []
        self._known: dict[str, _Known] = {}
        self._failed: dict[tuple[str, str], dict[str, Any]] = {}
        try:
            self._folder.mkdir(exist_ok=True)
        except OSError as error:
            raise StoreError(f"{folder} cannot be made ({error.strerror or error}): choose another place for --shards.") from error
        for row in _rows(self._folder, list(_KNOWN)):
            self._note(row)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._write()

    def start_run(self, paths: Sequence[str], choices: Choices) -> int:
        """See `Keeper.start_run`."""
        self._noted = dataclasses.asdict(choices)
        return 0

    def finish_run(self, status: str, counts: Mapping[str, int], *, complete: bool = False) -> None:
        """See `Keeper.finish_run`."""
        self._write()

    def is_current(self, article: Article) -> bool:
        """See `Keeper.is_current`."""
        known = self._known.get(clean(article.id))
        return known is not None and known.key == _key(self._note_of(article))

    def holds_other_text(self, article: Article) -> bool:
        """See `Keeper.holds_other_text`."""
        known = self._known.get(clean(article.id))
        return known is not None and known.text != _digest(article.text) and not is_newer(article, url=known.url, date=known.date)

    def failed_before(self, article: Article) -> Failure | None:
        """See `Keeper.failed_before`."""
        known = self._failed.get((clean(article.id), content_hash(article)))
        if known is None or any(known[name] != self._noted[name] for name in ("pipeline_version", "models")):
            return None
        return Failure(known["source"], known["id"], known["reason"], known["message"])

    def save(self, extractions: Iterable[Extraction]) -> None:
        """See `Keeper.save`; they are in a file when there are enough for one, and at the end of the run."""
        for row in [self._row(extraction) for extraction in extractions]:
            self._add(row)

    def _row(self, extraction: Extraction) -> dict[str, Any]:
        article = extraction.article
        row = {name: getattr(article, name) for name in _ARTICLE} | self._note_of(article)
        metadata = json.dumps(clean_all(dict(article.metadata)), ensure_ascii=False, sort_keys=True, default=str)
        return {**row, "metadata": metadata, "found": dumped(extraction)}

    def fail(self, failure: Failure, tried: str | None = None) -> None:
        """See `Keeper.fail`."""
        row = {"id": failure.id, **{name: getattr(failure, name) for name in _FAILURE}, **self._noted}
        self._add({**row, "hash": tried})

    def load(self, article_id: str) -> Extraction | None:
        """Nothing: what shards hold is read when they are merged."""
        return None

    def _note_of(self, article: Article) -> dict[str, Any]:
        return {**self._noted, "hash": content_hash(article), "text_hash": _digest(article.text)}

    def _note(self, row: dict[str, Any]) -> None:
        if row["reason"] is None:
            self._known[row["id"]] = _Known(row["text_hash"], _key(row), row["url"], row["date"])
        elif row["hash"] is not None:
            self._failed[row["id"], row["hash"]] = row

    def _add(self, row: dict[str, Any]) -> None:
        self._rows.append(clean_all(row))
        if len(self._rows) >= self._documents:
            self._write()

    def _write(self) -> None:
        """A file of its own for what is waiting, under a name that no other run takes; it is whole or not there."""
        if not self._rows:
            return
        texts = (*_ARTICLE, "metadata", "found", *_FAILURE, "hash", "text_hash", "models")
        fields = [(name, self._arrow.string()) for name in texts]
        schema = self._arrow.schema(
            [
                *fields,
                ("pipeline_version", self._arrow.int64()),
                ("unasserted", self._arrow.bool_()),
                ("min_confidence", self._arrow.float64()),
            ]
        )
        name = f"{time.time_ns():x}-{socket.gethostname()}-{os.getpid()}"
        try:
            self._parquet.write_table(self._arrow.Table.from_pylist(self._rows, schema), self._folder / f"{name}.part", compression="zstd")
            (self._folder / f"{name}.part").rename(self._folder / f"{name}.parquet")
        except OSError as error:
            raise StoreError(
                f"{self._folder} cannot be written ({error.strerror or error}): make room, then run the same command again."
            ) from error
        self._rows = []


def _key(row: Mapping[str, Any]) -> str:
    return " ".join(str(row[name]) for name in _NOTED)


def _digest(text: str) -> str:
    return hashlib.blake2b(clean(text).encode(), digest_size=16).hexdigest()


def read_shards(folder: str | Path) -> Iterator[Shard]:
    """Every document of a folder of shards, in the order in which they were written. Raises `StoreError`."""
    if not Path(folder).is_dir():
        raise StoreError(f"There is no folder {folder}: quotes extract --shards makes one.")
    for row in _rows(Path(folder), None):
        try:
            yield _shard(row, str(folder))
        except Damaged as error:
            problem = f"What {folder} holds of {row.get('id')} is damaged ({error.__cause__})"
            raise StoreError(f"{problem}: delete its files, and run the command that wrote them again.") from error


@reads_rows
def _shard(row: dict[str, Any], source: str) -> Shard:
    """Raises `Damaged` for values that `Shards` cannot have written."""
    result = _result(row)
    fault = next(faults(result), None) if isinstance(result, Extraction) else None
    if fault:
        raise ValueError(fault)
    tried = row["hash"] if row["reason"] is not None else None
    found = Shard(result, Choices(**{name: row[name] for name in _CHOICES}), source, tried)
    if not conforms(found, Shard):
        raise ValueError("a value is of another type")
    return found


def _result(row: dict[str, Any]) -> Extraction | Failure:
    if row["reason"] is not None:
        return Failure(row["source"], row["id"], row["reason"], row["message"])
    fields = {name: row[name] for name in _ARTICLE}
    return loaded(Article(**fields, metadata=json.loads(row["metadata"])), row["found"])


def _rows(folder: Path, columns: list[str] | None) -> Iterator[dict[str, Any]]:
    arrow, parquet = needed("pyarrow", "Reading shards", "parquet"), needed("pyarrow.parquet", "Reading shards", "parquet")
    for path in sorted(folder.glob("*.parquet")):
        try:
            with parquet.ParquetFile(path) as file:
                for batch in file.iter_batches(256, columns=columns):
                    yield from batch.to_pylist()
        except (arrow.ArrowException, OSError, KeyError) as error:
            raise StoreError(
                f"{path} is no shard of quotes, or damaged ({error}): delete it, and run the command that wrote it again."
            ) from error
