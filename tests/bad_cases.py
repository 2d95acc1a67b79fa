"""What a row of the table of bad input is made of: cases to try, and files to try them with."""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

import regex
from sqlite_utils import Database

from quotes.archive import Options
from quotes.batch import run
from quotes.batch.work import BatchExtractor
from quotes.pipeline import Extractor
from quotes.text.plain import read_view
from tests.test_cli import call
from tests.test_robustness import RandomParser

__all__ = ["RECORD", "TEXT", "Case", "Command", "Documents", "Row", "Seen", "Tried", "lines", "zipped"]

TEXT = "« Le bac rouvre », a déclaré Anne Vidal. Selon la mairie, tout va bien.\n"
RECORD = json.dumps({"id": "r", "text": TEXT}) + "\n"


class Case(Protocol):
    """Something to try in an empty folder."""

    @property
    def names(self) -> frozenset[str]:
        """The reasons, flags and metadata that the table has to name."""
        ...

    def check(self, folder: Path) -> None:
        """Try it; fails when something else happens than the table says."""
        ...


@dataclasses.dataclass(frozen=True)
class Documents:
    """Files, how many failures of which reason they give beside a sound one, how many articles, and what is noted of these."""

    files: Mapping[str, bytes]
    reasons: Mapping[str, int] = dataclasses.field(default_factory=dict)
    articles: int = 0
    encoding: str | None = None
    flag: str | None = None
    text: str | None = None
    options: Options | None = None
    factory: Callable[[], BatchExtractor] = dataclasses.field(default=lambda: Extractor(parser=RandomParser(0)))
    workers: int = 1

    @property
    def names(self) -> frozenset[str]:
        """Reasons and flags."""
        return frozenset(name for name in (*self.reasons, self.flag) if name)

    def check(self, folder: Path) -> None:
        """Every document is an article or a failure, and the file behind them is read."""
        for name, content in {**self.files, "z.txt": TEXT.encode()}.items():
            place = folder / "in" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        summary = run([folder / "in"], db=folder / "a.db", factory=self.factory, workers=self.workers, options=self.options)
        assert (dict(summary.failures), summary.articles) == (dict(self.reasons), self.articles + 1)
        with Database(folder / "a.db") as db:
            failures = list(db.table("failures").rows)
            stored = [row for row in db.table("articles").rows if row["id"] != "z"]
            assert len(failures) == summary.failures.total() and len(stored) == self.articles
            assert all(row["message"].endswith(".") and "\n" not in row["message"] for row in failures)
            assert all(self.encoding == json.loads(row["metadata"], parse_constant=_no_json).get("encoding") for row in stored)
            assert self.text is None or {row["text"] for row in stored} == {self.text}
            flags = [json.loads(row["flags"]) for name in ("articles", "quotes", "claims") for row in db.table(name).rows]
            assert self.flag is None or any(self.flag in found for found in flags)


@dataclasses.dataclass(frozen=True)
class Command:
    """A command line, `DIR` standing for the folder, with its exit code and the one sentence it ends in, a pattern."""

    arguments: tuple[str, ...]
    sentence: str
    code: int = 1
    before: Callable[[Path], object] = lambda folder: None
    names = frozenset[str]()

    def check(self, folder: Path) -> None:
        """One line on standard error says it."""
        (folder / "a.txt").write_text(TEXT, encoding="utf-8")
        self.before(folder)
        found = call(*(argument.replace("DIR", str(folder)) for argument in self.arguments))
        said = [line for line in found.stderr.splitlines() if line.startswith(("Error: ", "│"))]
        assert found.exit_code == self.code, found.output
        assert any(regex.search(self.sentence, line) for line in said), found.output
        assert self.code == 2 or len(said) == 1


@dataclasses.dataclass(frozen=True)
class Tried:
    """Anything else: a function that fails when it does not happen."""

    check: Callable[[Path], None]
    names: frozenset[str] = frozenset()


@dataclasses.dataclass(frozen=True)
class Seen:
    """A text and what it is read as."""

    text: str
    as_what: str
    names = frozenset[str]()

    def check(self, folder: Path) -> None:
        """What rules look at is the ordinary text."""
        assert read_view(self.text).text == self.as_what


@dataclasses.dataclass(frozen=True)
class Row:
    """A row of the table, with the cases that show it."""

    input: str
    happens: str
    cases: tuple[Case, ...]


def _no_json(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


def lines(*lines: str) -> Mapping[str, bytes]:
    return {"a.jsonl": "".join(line + "\n" for line in lines).encode("utf-8", "surrogatepass")}


def zipped(*, damaged: bool = False, flag: int = 0, method: int = 8) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("d/x.txt", TEXT * 20, compress_type=zipfile.ZIP_DEFLATED)
    data = bytearray(stream.getvalue())
    directory = data.index(b"PK\x01\x02")
    for place in (6, directory + 8):
        data[place] |= flag
    for place in (8, directory + 10):
        data[place] = method
    return bytes(data[: len(data) - 30] if damaged else data)
