"""What goes wrong with input, and what happens then: the cases that tests/test_bad_input.py runs and the table of README.md shows."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

import pytest
import regex
from sqlite_utils import Database

from quotes.archive import ArchiveError, Failure, decode, open_archive
from quotes.batch import run
from quotes.batch.work import BatchExtractor
from quotes.pipeline import Extractor
from quotes.store import Store
from quotes.store.schema import migrations
from tests.conftest import FakeExtractor, fake_extractor
from tests.fuzz.kills import can_mount
from tests.test_cli import call
from tests.test_robustness import RandomParser

__all__ = ["ROWS", "Row", "table"]

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
        summary = run([folder / "in"], db=folder / "a.db", factory=self.factory, workers=self.workers)
        assert (dict(summary.failures), summary.articles) == (dict(self.reasons), self.articles + 1)
        with Database(folder / "a.db") as db:
            failures = list(db.table("failures").rows)
            stored = [row for row in db.table("articles").rows if row["id"] != "z"]
            assert len(failures) == summary.failures.total() and len(stored) == self.articles
            assert all(row["message"].endswith(".") and "\n" not in row["message"] for row in failures)
            assert all(self.encoding == json.loads(row["metadata"]).get("encoding") for row in stored)
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
    names = frozenset[str]()


@dataclasses.dataclass(frozen=True)
class Row:
    """A row of the table, with the cases that show it."""

    input: str
    happens: str
    cases: tuple[Case, ...]


def table() -> str:
    """The rows as Markdown."""
    return "\n".join(["| input | what happens |", "|---|---|", *(f"| {row.input} | {row.happens} |" for row in ROWS)]) + "\n"


def _lines(*lines: str) -> Mapping[str, bytes]:
    return {"a.jsonl": "".join(line + "\n" for line in lines).encode("utf-8", "surrogatepass")}


def _zip(*, damaged: bool = False, flag: int = 0, method: int = 8) -> bytes:
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


def _too_large(folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("txt", "jsonl"):
            patch.setattr(f"quotes.archive.{name}.MAX_BYTES", 1000)
        big = json.dumps({"text": "a" * 2000}) + "\n"
        Documents({"a.txt": b"a" * 1001, **_lines(big, RECORD.strip())}, {"too-large": 2}, 1).check(folder)
    assert decode.MAX_BYTES == 100_000_000


def _forbidden(folder: Path) -> None:
    """A folder that may be listed and not entered; root, whom nothing is forbidden, becomes nobody for that."""
    nobody = 65534 if hasattr(os, "geteuid") and os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory() as name:
        inside = Path(name, "in")
        inside.mkdir()
        (inside / "a.txt").write_text(TEXT, encoding="utf-8")
        inside.chmod(0o644)
        Path(name).chmod(0o755)
        if nobody is not None:
            os.seteuid(nobody)
        try:
            found = list(open_archive([inside]))
            with pytest.raises(ArchiveError, match="could not be read: Permission denied"):
                open_archive([inside / "a.txt"])
        finally:
            if nobody is not None:
                os.seteuid(0)
            inside.chmod(0o700)
    assert [document.reason for document in found if isinstance(document, Failure)] == ["unreadable"] and len(found) == 1


def _other_formats(folder: Path) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "gone.txt").symlink_to("nothing.txt")
    (folder / "in" / "loop").symlink_to(folder / "in")
    os.mkfifo(folder / "in" / "pipe.txt")
    (folder / "in" / "a.pdf").write_bytes(b"%PDF-")
    Documents({}, {"unreadable": 1, "unsupported": 3}).check(folder)


def _newer(folder: Path) -> None:
    Store(folder / "a.db").close()
    with Database(folder / "a.db") as db:
        db.table(migrations.migrations_table).insert({"migration_set": "quotes", "name": "m999_later", "applied_at": "2030"})


def _no_database(folder: Path) -> None:
    (folder / "a.db").write_text("Ceci n'est pas une base.", encoding="utf-8")


def _damaged(folder: Path) -> None:
    Store(folder / "a.db").close()
    with Database(folder / "a.db") as db:
        db.execute("DROP TABLE pieces")


def _half_born(folder: Path) -> None:
    (folder / "in.jsonl").write_text(RECORD, encoding="utf-8")
    with Database(folder / "a.db") as db:
        migrations.ensure_migrations_table(db)
    assert run([folder / "in.jsonl"], db=folder / "a.db", factory=fake_extractor).articles == 1


def _full(folder: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("only Linux has a device that is always full")
    Command(("extract", "DIR/a.txt", "--jsonl", "/dev/full"), "^Error: /dev/full cannot be written \\(No space left on device\\)").check(
        folder
    )
    if can_mount(folder):
        from tests.fuzz.harness import search
        from tests.fuzz.kills import DISKS

        assert [fault for _, found in search(DISKS, 0, 1, 1) for fault in found] == []


class _Interrupted(FakeExtractor):
    def extract_batch(self, articles: object) -> list[object]:  # type: ignore[override]
        raise KeyboardInterrupt


def _interrupted(folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("quotes.batch.runner.default_extractor", lambda models, unasserted: _Interrupted())
        Command(("extract", "DIR/a.txt", "--db", "DIR/b.db"), "Interrupted: what was finished is kept", 130).check(folder)


def _early_interrupt(folder: Path) -> None:
    """At any moment of its first second: Python itself, before it runs any program, is all that can be surprised."""
    for tenth in (2, 4, 7):
        with subprocess.Popen(
            [sys.executable, "-m", "quotes", "models", "check"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            signal.set_wakeup_fd(-1)
            try:
                process.wait(tenth / 10)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=60)
        assert b"Traceback" not in said or b"/quotes/" not in said, said.decode()


ROWS = (
    Row("empty file, only spaces", "failure `empty`", (Documents({"a.txt": b"", "b.txt": " \n\u00a0\ufeff\0".encode()}, {"empty": 2}),)),
    Row(
        "binary file (PDF, image, office file, UTF-16 without byte order mark)",
        "failure `binary`",
        (Documents({"a.txt": b"%PDF-1.7", "b.txt": b"\x89PNG\r\n", "c.txt": b"PK\x03\x04", "d.txt": TEXT.encode("utf-16-le")}, {"binary": 4}),),
    ),
    Row(
        "UTF-16 or UTF-32 with byte order mark, Windows-1252, Latin-1",
        "decoded; `metadata` says `encoding`",
        tuple(
            Documents({"a.txt": TEXT.encode(codec)}, articles=1, encoding=name, text=TEXT)
            for codec, name in (("utf-16", "utf-16-le"), ("utf-32", "utf-32-le"), ("cp1252", "windows-1252"))
        ),
    ),
    Row(
        "UTF-8 with damaged bytes",
        "decoded, damaged bytes become U+FFFD; `metadata` says `utf-8, damaged`",
        (Documents({"a.txt": TEXT.encode() + b"\xff"}, articles=1, encoding="utf-8, damaged", text=TEXT + "\ufffd"),),
    ),
    Row(
        "a JSONL line that is no JSON, no object, or nested more than 100 levels deep",
        "failure `bad-json`, `bad-record`",
        (Documents(_lines("{", "9" * 5000, "[1]", "[" * 99_999, '{"text": "a", "k": ' + "[" * 500 + "]" * 500 + "}"), {"bad-json": 3, "bad-record": 2}),),
    ),
    Row(
        "a JSONL record without the string `text`",
        "failure `no-text`",
        (Documents(_lines("{}", '{"text": 3}', '{"text": null}'), {"no-text": 3}),),
    ),
    Row(
        "an id that comes up again, a file named twice",
        "failure `duplicate` (same text) or `duplicate-id` (another one), each with a row of its own",
        (Documents(_lines(RECORD.strip(), RECORD.strip(), '{"id": "r", "text": "autre"}'), {"duplicate": 1, "duplicate-id": 1}, 1),),
    ),
    Row(
        "ids and names with NUL, line ends, controls, or bytes that are no UTF-8",
        "kept (bytes that are no UTF-8 become U+FFFD); shown as escapes",
        (
            Documents(_lines('{"id": "a\\u0000b", "text": "Oui."}', '{"id": "a\\nb", "text": "Oui."}', '{"id": "\\ud83d", "text": "Oui."}'), articles=3),
            Documents({os.fsdecode(b"\xff.txt"): b"Oui."}, articles=1),
        ),
    ),
    Row(
        "damaged or encrypted zip, a method of packing that is not known",
        "failure `bad-zip` for what cannot be read of it",
        tuple(
            Documents({"a.zip": content}, {"bad-zip": 1})
            for content in (b"PK nothing", _zip(damaged=True), _zip(flag=1), _zip(method=99), _zip(method=12), _zip(method=14))
        ),
    ),
    Row(
        "file that cannot be read, folder that may not be entered, file of another format, link to a folder",
        "failure `unreadable`, `unsupported`",
        (Tried(_forbidden), Tried(_other_formats)),
    ),
    Row("document of more than 100 MB", "failure `too-large`", (Tried(_too_large),)),
    Row("5 MB on one line", "extracted like any other", (Documents({"a.txt": b"mot " * 1_250_000}, articles=1, factory=fake_extractor),)),
    Row(
        "a sentence of 2,000 words",
        "parsed in parts, flag `long-sentence`",
        (Documents({"a.txt": b"Le maire affirme que " + b"le pont tient et " * 500}, articles=1, flag="long-sentence"),),
    ),
    Row(
        "program code, style sheets, JSON left in a page",
        "no sentence: nothing is extracted from it",
        (Documents({"a.txt": b'var a={"dit":"que"};if(a){b({"selon":"x"});}c={d:function(){return{};}};\n' * 9}, articles=1),),
    ),
    Row(
        "NUL, control characters, emoji",
        "kept as they are; offsets count code points",
        (Documents({"a.txt": "\0 \x1b[0m 🙂 « Oui »,\x7f dit-il.".encode()}, articles=1, text="\0 \x1b[0m 🙂 « Oui »,\x7f dit-il."),),
    ),
    Row(
        "missing or unclosed quotation marks",
        "recovered, flag `unclosed` or `unopened`",
        (
            Documents({"a.txt": "« Le pont tient, et la digue tiendra, a déclaré Hugo Tessier.".encode()}, articles=1, flag="unclosed"),
            Documents({"a.txt": "Le pont tient et la digue tiendra », a déclaré Hugo Tessier.".encode()}, articles=1, flag="unopened"),
        ),
    ),
    Row(
        "an article on which the extractor fails",
        "failure `error`; the others of its batch are not lost",
        (Documents({"a.txt": b"BOUM", "b.txt": b"Oui."}, {"error": 1}, 1, factory=fake_extractor),),
    ),
    Row(
        "an article that kills a worker process (memory)",
        "failure `killed`; the worker is replaced",
        (Documents({"a.txt": b"MOURIR", "b.txt": b"Oui."}, {"killed": 1}, 1, factory=fake_extractor, workers=2),),
    ),
    Row(
        "missing or empty path, missing folder of the database, file that is no database of `quotes`, models that are not here",
        "one sentence, exit code 1",
        (
            Command(("extract", "DIR/no", "--jsonl", "-"), r"There is no file or folder .*/no\.$"),
            Command(("extract", "", "--jsonl", "-"), "An empty path names no file or folder"),
            Command(("extract", "DIR/" + "x" * 300, "--jsonl", "-"), "could not be read: File name too long"),
            Command(("extract", "DIR/a.txt", "--db", "DIR/no/a.db"), "There is no folder .* make it first"),
            Command(("extract", "DIR/a.txt", "--db", "DIR/a.db"), "is no SQLite database", before=_no_database),
            Command(("stats", "--db", "DIR/a.db"), "is no SQLite database", before=_no_database),
            Command(("models", "check", "DIR/no"), "There is no folder of models"),
        ),
    ),
    Row(
        "a result onto an input, among the articles, or onto the database",
        "refused with one sentence before anything is opened, exit code 1",
        (
            Command(("extract", "DIR/a.txt", "--jsonl", "DIR/../DIR/a.txt".replace("/../DIR", "/./")), "which is read, and the file to write"),
            Command(("extract", "DIR", "--jsonl", "DIR/new.jsonl"), "would be read as articles"),
            Command(("extract", "DIR/a.txt", "--db", "DIR/x.db", "--jsonl", "DIR/x.db"), "is a file of the database"),
        ),
    ),
    Row(
        "database of a newer version",
        "refused with one sentence, exit code 1",
        (Command(("extract", "DIR/a.txt", "--db", "DIR/a.db"), "was written by a newer version of quotes", before=_newer),),
    ),
    Row(
        "database whose making was cut short",
        "started again",
        (Tried(_half_born),),
    ),
    Row(
        "damaged or edited database",
        "told with one sentence in every command, exit code 1; `quotes db check`, `quotes db rebuild`",
        tuple(
            Command((*command, "--db", "DIR/a.db"), r"is damaged: quotes db check --db .* tells where, quotes db rebuild", before=_damaged)
            for command in (("stats",), ("search", "x"), ("speakers",), ("show", "a"), ("explain", "a#q1-2"), ("extract", "DIR/a.txt"))
        ),
    ),
    Row("full disk", "one sentence, exit code 1; what was stored is safe", (Tried(_full),)),
    Row(
        "wrong options",
        "one sentence, exit code 2",
        (
            Command(("extract", "DIR/a.txt"), "Say where the results should go", 2),
            Command(("search", "x", "--db", "DIR/a.db", "--limit", "0"), "--limit", 2),
        ),
    ),
    Row("Ctrl-C", "one sentence, exit code 130", (Tried(_interrupted), Tried(_early_interrupt))),
)  # fmt: skip
