"""What goes wrong with input, and what happens then: the cases that tests/test_bad_input.py runs and the table of README.md shows."""

from __future__ import annotations

import bz2
import functools
import gzip
import io
import json
import lzma
import os
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from pathlib import Path

import pytest
from sqlite_utils import Database

from quotes.archive import ArchiveError, Failure, Limits, Options, open_archive
from quotes.batch import run
from quotes.store import Store
from quotes.store.migrations import migrations
from tests.bad_cases import RECORD, TEXT, Command, Documents, Row, Seen, Tried, lines, zipped
from tests.conftest import FakeExtractor, fake_extractor
from tests.fuzz.kills import can_mount

__all__ = ["ROWS", "table"]


def table() -> str:
    """The rows as Markdown."""
    return "\n".join(["| input | what happens |", "|---|---|", *(f"| {row.input} | {row.happens} |" for row in ROWS)]) + "\n"


def _tar(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(f"{name}.txt")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def _out_of(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, TEXT)
    return stream.getvalue()


def _swallowed() -> bytes:
    """Two members; in the directory the second is the comment of the first."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "Oui.")
        archive.writestr("b.txt", "Non.")
    data = bytearray(stream.getvalue())
    data[data.index(b"PK\x01\x02") + 32] = 46 + len("b.txt")
    return bytes(data)


def _nested(times: int) -> bytes:
    return functools.reduce(lambda data, _: gzip.compress(data), range(times), TEXT.encode())


def _limits(folder: Path) -> None:
    assert (Limits().document, Limits().page, Limits().ratio) == (100_000_000, 10_000_000, 200)


def _bomb(folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("quotes.archive.streams._HARMLESS", 1000)
        Documents({"a.txt.gz": gzip.compress(b"0" * 1_000_000)}, {"bomb": 1}).check(folder)


def _other_text(folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    run([folder / "a.txt"], db=folder / "a.db", factory=fake_extractor)
    (folder / "a.txt").write_text("Autre chose.", encoding="utf-8")
    assert run([folder / "a.txt"], db=folder / "a.db", factory=fake_extractor).failures == {"other-text": 1}


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


def _dead_link(folder: Path) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "gone.txt").symlink_to("nothing.txt")
    Documents({}, {"unreadable": 1}).check(folder)


def _no_file(folder: Path) -> None:
    (folder / "in").mkdir()
    os.mkfifo(folder / "in" / "pipe.txt")
    (folder / "in" / "a.pdf").write_bytes(b"%PDF-")
    Documents({}, {"unsupported": 1}).check(folder)
    named = [document for document in open_archive([folder / "in" / "a.pdf", "/dev/null"]) if isinstance(document, Failure)]
    assert [document.reason for document in named] == ["unsupported"] * 2


def _links(folder: Path) -> None:
    for name in ("in", "other"):
        (folder / name).mkdir()
    (folder / "in" / "loop").symlink_to(folder / "in")
    (folder / "in" / "one").symlink_to(folder / "other")
    (folder / "in" / "two").symlink_to(folder / "other")
    (folder / "other" / "x.txt").write_text(TEXT, encoding="utf-8")
    Documents({}, articles=1).check(folder)


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
    def __init__(self, how: signal.Signals) -> None:
        self.how = how

    def extract_batch(self, articles: object) -> list[object]:  # type: ignore[override]
        os.kill(os.getpid(), self.how)
        time.sleep(10)
        return []


def _interrupted(how: signal.Signals, folder: Path) -> None:
    # A shell that starts the tests in the background has them ignore Ctrl-C.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        _run_interrupted(how, folder)
    finally:
        signal.signal(signal.SIGINT, before)


def _run_interrupted(how: signal.Signals, folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("quotes.batch.runner.default_extractor", lambda *choices: _Interrupted(how))
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


_ACCENTS = "« L'été dernier », a déclaré Élodie à l'échevine : ça ira, où ?\n"
_EXPORT = b"<html><body><span class='DocPublicationName'>Le Cap</span></body></html>"
_OFFICE = b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml"
_DEEP = '{"text": "a", "k": ' + "[" * 500 + "]" * 500 + "}"
_ENTITIES = '<!ENTITY e0 "bac">' + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
_MULTIPLYING = f"<!DOCTYPE TEI [{_ENTITIES}]><TEI><text><body><p>&e9;</p></body></text></TEI>"
_FETCHING = '<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/hostname">]><TEI><text><body><p>Le bac &x;</p></body></text></TEI>'
_FIELD = 'Elle rit. ""Vite"", dit-elle.Odile part.'
_SMALL = Options(limits=Limits(document=1000, page=500))

ROWS = (
    Row("empty file, only spaces", "failure `empty`", (Documents({"a.txt": b"", "b.txt": " \n\u00a0\ufeff\0".encode()}, {"empty": 2}),)),
    Row(
        "binary file (PDF, image, office file, UTF-16 without byte order mark)",
        "failure `binary`",
        (Documents({"a.txt": b"%PDF-1.7", "b.txt": b"\x89PNG\r\n", "c.txt": _OFFICE, "d.txt": TEXT.encode("utf-16-le")}, {"binary": 4}),),
    ),
    Row(
        "UTF-16 or UTF-32 with byte order mark, Windows-1252, Latin-1, Macintosh, cp850",
        "decoded; `metadata` says `encoding`",
        tuple(
            Documents({"a.txt": text.encode(codec)}, articles=1, encoding=name, text=text)
            for text, codec, name in (
                (TEXT, "utf-16", "utf-16-le"), (TEXT, "utf-32", "utf-32-le"), (TEXT, "cp1252", "windows-1252"),
                (_ACCENTS, "mac_roman", "macintosh"), (_ACCENTS, "cp850", "cp850"),
            )
        ),
    ),
    Row(
        "UTF-8 with damaged bytes",
        "decoded, damaged bytes become U+FFFD; `metadata` says `utf-8, damaged`",
        (Documents({"a.txt": TEXT.encode() + b"\xff"}, articles=1, encoding="utf-8, damaged", text=TEXT + "\ufffd"),),
    ),
    Row(
        "a JSON text or line that is none, no object, or nested more than 100 levels deep",
        "failure `bad-json`, `bad-record`",
        (
            Documents(lines("{", "9" * 5000, "[1]", "[" * 99_999, _DEEP), {"bad-json": 3, "bad-record": 2}),
            Documents({"a.json": b'{"text": ', "b.json": _DEEP.encode()}, {"bad-json": 1, "bad-record": 1}),
        ),
    ),
    Row(
        "a row with more cells than columns, an unclosed quotation mark in a table",
        "failure `bad-csv`",
        (Documents({"a.csv": b'text,id\nOui.,1\nOui.,2,3\n"Oui.,4\n'}, {"bad-csv": 2}, 1),),
    ),
    Row(
        "a record without a text, a table without its column",
        "failure `no-text`",
        (Documents(lines("{}", '{"text": 3}', '{"text": null}'), {"no-text": 3}), Documents({"a.csv": b"id,prix\n1,2\n"}, {"no-text": 1})),
    ),
    Row(
        "NaN and Infinity in records",
        "nothing; metadata is always valid JSON",
        (Documents(lines('{"text": "Oui.", "k": NaN, "l": [Infinity], "date": NaN}'), articles=1),),
    ),
    Row(
        "an id that comes up again, a file named twice",
        "failure `duplicate` (same text) or `duplicate-id` (another one), each with a row of its own; `other-text` when a database holds another text under it",
        (
            Documents(lines(RECORD.strip(), RECORD.strip(), '{"id": "r", "text": "autre"}'), {"duplicate": 1, "duplicate-id": 1}, 1),
            Tried(_other_text, frozenset(["other-text"])),
        ),
    ),
    Row(
        "ids and names with NUL, line ends, controls, or bytes that are no UTF-8",
        "kept (bytes that are no UTF-8 become U+FFFD); shown as escapes",
        (
            Documents(lines('{"id": "a\\u0000b", "text": "Oui."}', '{"id": "a\\nb", "text": "Oui."}', '{"id": "\\ud83d", "text": "Oui."}'), articles=3),
            Documents({os.fsdecode(b"\xff.txt"): b"Oui."}, articles=1),
            Documents({"a.tar": _tar(**{os.fsdecode(b"\xff"): b"Oui."})}, articles=1),
        ),
    ),
    Row(
        "damaged, truncated or encrypted archive or file, a method of packing that is not known",
        "failure `bad-zip`, `bad-tar`, `bad-gzip`, `bad-bzip2`, `bad-xz`, `bad-warc`, `bad-parquet` for what cannot be read of it; what comes before the damage is read",
        (
            *(
                Documents({"a.zip": content}, {"bad-zip": 1})
                for content in (b"PK nothing", zipped(damaged=True), zipped(flag=1), zipped(method=99), zipped(method=12), zipped(method=14))
            ),
            Documents({"a.zip": _swallowed()}, {"bad-zip": 1}, 1),
            *(Documents({"a.tar": _tar(a=b"Oui.", b=b"Non.")[:end]}, {"bad-tar": 1}, 1) for end in (1024, 1500)),
            Documents({"a.tar": _tar(a=b"Oui.", b=b"Non.").replace(b"b.txt", b"c.txt")}, {"bad-tar": 1}, 1),
            Documents({"a.jsonl.gz": gzip.compress(RECORD.encode())[:-4]}, {"bad-gzip": 1}, 1),
            Documents({"a.jsonl.gz": b""}, {"bad-gzip": 1}),
            Documents({"a.jsonl.bz2": bz2.compress(RECORD.encode())[:-4]}, {"bad-bzip2": 1}, 1),
            Documents({"a.jsonl.xz": lzma.compress(RECORD.encode())[:-4]}, {"bad-xz": 1}, 1),
            Documents({"a.warc": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Le"}, {"bad-warc": 1}),
            Documents({"a.parquet": b"PAR1 nothing"}, {"bad-parquet": 1}),
        ),
    ),
    Row(
        "HTML or XML that is broken, or an entity that multiplies or fetches",
        "failure `bad-html`, `bad-xml`",
        (
            Documents({"a.html": b""}, {"bad-html": 1}),
            *(Documents({"a.tei": text.encode()}, {"bad-xml": 1}) for text in ("<TEI><text>", _MULTIPLYING, _FETCHING)),
        ),
    ),
    Row(
        "a page or an export without an article",
        "failure `no-article`",
        (Documents({"a.html": b"<html><body><nav><a href='/'>Accueil</a></nav></body></html>", "b.html": _EXPORT}, {"no-article": 2}),),
    ),
    Row(
        "an archive that unpacks to 200 times its size, or holds archives in archives in archives",
        "failure `bomb`, `too-deep`",
        (Tried(_bomb, frozenset(["bomb"])), Documents({"a.txt": _nested(5)}, {"too-deep": 1})),
    ),
    Row(
        "a member whose name leads out of its archive",
        "failure `unsafe-name`",
        tuple(Documents({"a.zip": _out_of(name)}, {"unsafe-name": 1}) for name in ("../x.txt", "/etc/x.txt", "a/../../x.txt")),
    ),
    Row(
        "file or folder that cannot be read or entered, link that leads nowhere",
        "failure `unreadable`",
        (Tried(_forbidden), Tried(_dead_link)),
    ),
    Row(
        "pipe, device, file of no known format, named by itself",
        "failure `unsupported`; in a folder, a file of no known format is skipped",
        (Tried(_no_file),),
    ),
    Row("folders of links, links in a circle", "each folder is read once", (Tried(_links),)),
    Row(
        "document of more than 100 MB, page of more than 10 MB",
        "failure `too-large`; [limits](docs/formats.md#limits) can be set",
        (
            Documents({"a.txt": b"a" * 1001, **lines(json.dumps({"text": "a" * 2000}), RECORD.strip())}, {"too-large": 2}, 1, options=_SMALL),
            Documents({"a.html": b"<html>" + b"a" * 501}, {"too-large": 1}, options=_SMALL),
            Tried(_limits),
        ),
    ),
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
        "letters in parts (NFD), ligatures, soft hyphens, characters nobody sees, other hyphens, apostrophes and blanks",
        "read as what they look like; names come out in ordinary spelling",
        (
            Seen("Odile a de\u0301cide\u0301, aﬃrme la bou\u00adlan\u00adge\u00adrie\ufeff", "Odile a décidé, affirme la boulangerie"),
            Seen("Jean\u2011Marc a\u2010t\u2011il dit : « L`eau\u202fpart »", "Jean-Marc a-t-il dit : « L'eau part »"),
        ),
    ),
    Row(
        "hard-wrapped lines, hyphenated words, line ends around links, missing blanks, doubled or mixed marks, fields of CSV files",
        "read as running text; spans point into the text as it came",
        (
            Seen("la boulan\u00ad\nge\u00adrie", "la boulangerie"),
            Seen("Le bac est fermé.Le maire rit.", "Le bac est fermé. Le maire rit."),
            Seen('Elle rit. """Nous partons""", dit-elle.', 'Elle rit. "Nous partons", dit-elle.'),
            Documents({"a.txt": _FIELD.encode()}, articles=1, text=_FIELD),
        ),
    ),
    Row(
        "HTML tags and entities, escapes such as `\\n`, signs of footnotes",
        "count as nothing, or as what they stand for; a whole page has the article flag `page`",
        (
            Seen("&laquo; Oui &raquo;[1], a dit <i>Odile</i>.<br>Le bac part.", "« Oui », a dit Odile.\nLe bac part."),
            Seen(r"« Un. »\n\nOdile a dit \"oui\", \u00e9t\u00e9", '« Un. »\n\nOdile a dit "oui", été'),
            Documents(lines(json.dumps({"text": "<!DOCTYPE html><html><body><p>Le bac part.</p></body></html>"})), articles=1, flag="page"),
        ),
    ),
    Row(
        "text in capitals or without accents",
        "read in ordinary case, with accents",
        (
            Seen("ODILE VARNES A DECLARE QUE LA HALLE ETAIT FERMEE.", "Odile Varnes a déclaré que la halle était fermée."),
            Seen("Le prefet declare qu'il n'a pas ete prevenu.", "Le préfet déclare qu'il n'a pas été prévenu."),
        ),
    ),
    Row(
        "text read in the wrong encoding (`Ã©`)",
        "repaired where nothing else can be meant, article flag `mojibake` either way",
        (
            Seen("« L'été », a déclaré Élodie.".encode().decode("cp1252", "ignore"), "« L'été », a déclaré Élodie."),
            Documents({"a.txt": "« L'été », a déclaré Élodie.".encode().decode("latin-1").encode()}, articles=1, flag="mojibake"),
            Documents({"a.txt": "L\ufffdt\ufffd est l\ufffd.".encode()}, articles=1, flag="mojibake"),
        ),
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
    Row(
        "Ctrl-C, SIGTERM",
        "one sentence, exit code 130",
        (*(Tried(functools.partial(_interrupted, how)) for how in (signal.SIGINT, signal.SIGTERM)), Tried(_early_interrupt)),
    ),
)  # fmt: skip
