"""Runs that are killed, at any statement or any moment of their life, and full disks: the next run ends where an undisturbed one does."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from quotes.batch import run
from quotes.errors import QuotesError
from tests.conftest import fake_extractor
from tests.fuzz.harness import Fuzzer, chance

__all__ = ["DISKS", "KILLS", "can_mount"]

_TEXT = "« Le bac rouvre, dit-il, en mai », a déclaré Anne Vidal. Selon la mairie, le bac rouvrira."
_TABLES = ("articles", "speakers", "quotes", "pieces", "claims", "mentions", "failures")
# A run in a process of its own; it kills itself at a statement of SQLite when it is told a number.
_SCRIPT = """
import os, signal, sqlite3, sys, time
from quotes.batch import run
from tests.conftest import FakeExtractor
import quotes.store.connect as connect

class Slow(FakeExtractor):
    def extract_batch(self, articles):
        time.sleep(0.01)
        return super().extract_batch(articles)

def watched(path, **options):
    found = sqlite3.Connection(path, **options)
    left = iter(range(int(sys.argv[4]), 0, -1))
    found.set_trace_callback(lambda sql: next(left, None) is None and os.kill(os.getpid(), signal.SIGKILL))
    return found

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if int(sys.argv[4]):
        connect.sqlite3.connect = watched
    print("begun", flush=True)
    run([sys.argv[1]], db=sys.argv[2], words=40, workers=int(sys.argv[3]), factory=Slow)
"""


def _archive(folder: Path) -> Path:
    """Sixty documents: some repeat others, some are empty, some fail."""
    path = folder / "in.jsonl"
    texts = {f"n{number:02}": f"{_TEXT} {number}" for number in range(52)} | {"n07": "BOUM", "n11": "", "n19": "« BOUM »"}
    lines = [json.dumps({"id": name, "text": text}) for name, text in texts.items()]
    path.write_text("\n".join([*lines, lines[0], "{", '{"id": "n03", "text": "autre"}', "[]"]) + "\n", encoding="utf-8")
    return path


def rows(path: Path) -> dict[str, list[Mapping[str, Any]]]:
    """Every table but `runs`, in an order that does not depend on when a row was written."""
    with Database(path) as db:
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        found = {name: [{**row, "key": 0} for row in db.table(name).rows] for name in _TABLES}
    return {name: sorted(kept, key=lambda row: json.dumps(row, sort_keys=True)) for name, kept in found.items()}


def _one_kill(seed: int, number: int, folder: Path) -> list[str]:
    luck = chance("kills", seed, number)
    source, database = _archive(folder), folder / "a.db"
    faults: list[str] = []
    for _ in range(luck.choice((1, 1, 2, 3))):
        faults += _disturbed(luck, folder, source, database)
    return faults + _differences(folder, source, database)


def _disturbed(luck: random.Random, folder: Path, source: Path, database: Path) -> list[str]:
    (folder / "script.py").write_text(_SCRIPT, encoding="utf-8")
    # Two in three kill themselves at a statement, a third of these while the tables are made; the others are killed from outside.
    statement = luck.choice((luck.randint(1, 120), luck.randint(1, 1500), 0))
    workers = 1 if statement else luck.choice((1, 2))
    command = [sys.executable, str(folder / "script.py"), str(source), str(database), str(workers), str(statement)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        process.stdout.readline()
        if not statement:
            time.sleep(luck.random() ** 2 * 1.5)
            process.send_signal(luck.choice((signal.SIGKILL, signal.SIGINT, signal.SIGTERM)))
            if luck.random() < 0.3:
                time.sleep(0.02)
                process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=120)
    # Ctrl-C twice ends the run as it is; only the command line makes a sentence of it.
    return [said.decode()] if b"Traceback" in said and b"KeyboardInterrupt" not in said else []


def _differences(folder: Path, source: Path, database: Path) -> list[str]:
    """Go on to the end, then compare with a run that nothing disturbed."""
    try:
        run([source], db=database, factory=fake_extractor)
    except QuotesError as error:
        return [f"the next run did not go on: {error}"]
    run([source], db=folder / "whole.db", factory=fake_extractor)
    found, expected = rows(database), rows(folder / "whole.db")
    return [f"the rows of {name} differ" for name in _TABLES if found[name] != expected[name]]


def can_mount(folder: Path) -> bool:
    """Whether this process may mount a small disk: root on Linux."""
    done = sys.platform == "linux" and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], capture_output=True, check=False
    )
    if done and done.returncode == 0:
        subprocess.run(["umount", folder], check=True)
        return True
    return False


def _one_disk(seed: int, number: int, folder: Path) -> list[str]:
    """A disk that is full after some pages, first while the tables are made; then it is made larger."""
    luck = chance("disks", seed, number)
    source, disk = _archive(folder), folder / "disk"
    disk.mkdir()
    size = luck.choice((luck.randint(1, 60), luck.randint(60, 260)))
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size * 4}k", "tmpfs", disk], check=True)
    faults = []
    try:
        try:
            run([source], db=disk / "a.db", jsonl=disk / "a.jsonl", words=40, factory=fake_extractor)
        except QuotesError as error:
            faults = [] if "full" in str(error) or "No space left" in str(error) else [f"{size} pages: {error}"]
        subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
        return faults + _differences(folder, source, disk / "a.db")
    finally:
        subprocess.run(["umount", disk], check=True)


KILLS = Fuzzer("kills", _one_kill, 2, 200)
DISKS = Fuzzer("disks", _one_disk, 1, 20)
