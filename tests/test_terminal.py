"""Article text on a terminal: as text, whatever it holds and wherever it goes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from quotes.cli.show import marked
from quotes.cli.terminal import shown, shown_with_places
from quotes.store import Store
from quotes.store.choices import Choices
from tests.conftest import extraction
from tests.test_cli import call

ODD = "\x1b[31m \x1b]0;title\x07 \u202eturned\u202c \x9b31m \ud83d \r\n é 🙂 [sic] [/i] :smile: a\x08b\u200fc\u2066d"
SEEN = "\\x1b[31m \\x1b]0;title\\x07 \\u202eturned\\u202c \\x9b31m \\ud83d \n é 🙂 [sic] [/i] :smile: a\\x08b\\u200fc\\u2066d"


def test_what_acts_is_escaped_and_the_rest_is_as_it_is() -> None:
    assert shown(ODD, lines=True) == SEEN
    assert shown(ODD) == SEEN.replace("\n", "\\n")
    assert shown("a\rb\r\nc\td", lines=True) == "a\nb\nc\td"


def test_places_follow_the_escapes() -> None:
    plain, places = shown_with_places(ODD)
    assert plain == SEEN and len(places) == len(ODD) + 1
    assert plain[places[ODD.index("é")]] == "é" and places[-1] == len(plain)
    assert shown_with_places("a\rb\r\nc") == ("a\nb\nc", [0, 1, 2, 3, 3, 4, 5])


def test_marks_stand_where_they_belong() -> None:
    """Line ends of Windows and bells used to move them."""
    text = marked(extraction("Un\r\n\x07\r\n« Le bac rouvre », a déclaré Anne Vidal.\r\n"))
    styled = {str(span.style): text.plain[span.start : span.end] for span in text.spans}
    assert styled["bold green"] == "Le bac rouvre" and styled["underline"] == "Anne Vidal"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    text = "« Le [sic] bac [/i] \x1b[31m », a déclaré Anne [de Brec] Vidal."
    found = extraction("« Le [sic] bac [/i] \x1b[31m », a déclaré Anne Vidal.", "a\nb", title="[/b]\x1b]0;x\x07", outlet="\x1b[5mOutlet")
    named = extraction(text.replace("[de Brec] ", ""), "[/i]")
    with Store(tmp_path / "a.db") as store:
        store.start_run(["archive"], Choices(1))
        store.save([found, named])
        store.db.execute("UPDATE speakers SET role = '[de Brec]' || char(27)")
    return tmp_path / "a.db"


def test_every_command_prints_text_as_text(db: Path) -> None:
    shown_article = call("show", "a\nb", "--db", db).stdout
    assert "[/b]\\x1b]0;x\\x07\n" in shown_article and "« Le [sic] bac [/i] \\x1b[31m [direct: Anne Vidal] »" in shown_article
    found = call("search", "bac", "--db", db).stdout
    assert (
        "Anne Vidal, [de Brec]\\x1b (direct): « Le [sic] bac [/i] \\x1b[31m »\n  [/b]\\x1b]0;x\\x07, \\x1b[5mOutlet [a\\nb#q2-25]" in found
    )
    assert "\\x1b[5mOutlet" in call("stats", "--db", db).stdout
    assert call("show", "\x1b[2J", "--db", db).stderr == f"Error: There is no article \\x1b[2J in {db}; it holds [/i], a\\nb ...\n"
    for arguments in (("stats",), ("search", ""), ("speakers",), ("show", "[/i]"), ("db", "check")):
        printed = call(*arguments, "--db", db).output
        assert printed and "\x1b" not in printed


def test_speakers_keep_their_brackets(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        store.start_run(["archive"], Choices(1))
        store.save([extraction("« Oui », a déclaré Anne Vidal.")])
        store.db.execute("PRAGMA foreign_keys = OFF")
        store.db.execute("UPDATE speakers SET name = 'Anne [de Brec] [/i] :smile:'")
        store.db.execute("UPDATE quotes SET speaker = 'Anne [de Brec] [/i] :smile:'")
    assert "Anne [de Brec] [/i] :smile:" in call("speakers", "--db", tmp_path / "a.db").stdout


def outside(*arguments: str, stdout: int | None = None, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    command = [sys.executable, "-m", "quotes", *arguments]
    return subprocess.run(
        command, stdout=stdout or subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **environment}, timeout=60, check=False
    )


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "ascii"])
def test_windows_code_pages(db: Path, encoding: str) -> None:
    with Store(db) as store:
        store.start_run([], Choices(1))
        store.save([extraction("« Le bac – 🙂 Ω », a déclaré Anne Vidal.", "c")])
    found = outside("search", "bac", "--db", str(db), PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (found.returncode, found.stderr.replace(b"\r", b"")) == (0, b"3 found\n")
    assert b"\\U0001f642" in found.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_device(db: Path) -> None:
    for arguments in (("search", "bac"), ("stats",), ("show", "a\nb"), ("speakers",)):
        with Path("/dev/full").open("wb") as full:
            found = outside(*arguments, "--db", str(db), stdout=full.fileno())
        assert (found.returncode, found.stderr) == (1, b"Error: The output cannot be written: No space left on device.\n")


def test_a_closed_pipe(db: Path) -> None:
    for arguments in (("search", "bac"), ("stats",), ("show", "a\nb"), ("speakers",)):
        reader, writer = os.pipe()
        os.close(reader)
        found = outside(*arguments, "--db", str(db), stdout=writer)
        os.close(writer)
        assert (found.returncode, found.stderr.replace(b"3 found\n", b"").replace(b"2 found\n", b"")) == (1, b"")


def test_closed_streams(db: Path) -> None:
    script = f'"{sys.executable}" -m quotes search bac --db "{db}" >&- 2>&-'
    assert subprocess.run(["sh", "-c", script], timeout=60, check=False).returncode == 0
