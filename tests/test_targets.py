"""What is written never destroys what is read, and takes its place only when it is whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from quotes.batch import run
from quotes.errors import QuotesError
from quotes.store import StoreError
from quotes.targets import part_of, written_beside
from tests.conftest import FakeExtractor, fake_extractor

TEXT = "« Le bac rouvre », a déclaré Anne Vidal."


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.jsonl").write_text(json.dumps({"id": "b", "text": TEXT}) + "\n")
    return folder


def refusal(paths: list[Path], **targets: Any) -> str:
    with pytest.raises(QuotesError) as caught:
        run(paths, factory=fake_extractor, **targets)
    return str(caught.value)


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_no_result_onto_an_input(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "link.jsonl").symlink_to(archive / "b.jsonl")
    os.link(archive / "b.jsonl", tmp_path / "hard.jsonl")
    (tmp_path / "sub").mkdir()
    (tmp_path / "chain.jsonl").symlink_to("link.jsonl")
    (tmp_path / "b.jsonl.part").write_text("")
    before = content(tmp_path)
    source = archive / "b.jsonl"
    for spelling in ("link.jsonl", "hard.jsonl", "chain.jsonl", "sub/../archive/b.jsonl", "archive/./b.jsonl"):
        expected = f"{tmp_path / spelling} is both {source}, which is read, and the file to write: choose another place for "
        assert refusal([source], jsonl=tmp_path / spelling) == f"{expected}--jsonl."
        assert refusal([source], db=tmp_path / spelling) == f"{expected}--db."
    assert refusal([tmp_path / "b.jsonl.part"], jsonl=tmp_path / "b.jsonl").endswith("choose another place for --jsonl.")
    assert content(tmp_path) == before


def test_no_result_among_the_articles(archive: Path) -> None:
    before = content(archive)
    for name in ("b.jsonl", "new.jsonl", "NEW.TXT", "sub/../new.ndjson", "new.out", "new"):
        expected = f"{archive / name} lies in {archive} and would be read as articles: choose a place outside of it for --jsonl."
        assert refusal([archive], jsonl=archive / name) == expected
    assert content(archive) == before


def test_no_result_onto_the_other(archive: Path, tmp_path: Path) -> None:
    run([archive], db=tmp_path / "a.db", factory=fake_extractor)
    before = content(tmp_path)
    for name in ("a.db", "a.db-wal", "archive/../a.db"):
        expected = f"{tmp_path / name} is a file of the database {tmp_path / 'a.db'}: choose another place for --jsonl."
        assert refusal([archive], db=tmp_path / "a.db", jsonl=tmp_path / name) == expected
    assert content(tmp_path) == before


def test_neither_logs_nor_shards_among_what_is_read_or_written(archive: Path, tmp_path: Path) -> None:
    before = content(tmp_path)
    source, lines, db = archive / "b.jsonl", tmp_path / "out.jsonl", tmp_path / "a.db"
    assert refusal([source], db=db, log=source).endswith("which is read, and the file to write: choose another place for --log.")
    assert refusal([archive], db=db, log=archive / "log.txt").endswith("choose a place outside of it for --log.")
    for folder in (archive, archive / "shards"):
        assert refusal([archive], shards=folder).endswith("for --shards.")
    assert refusal([archive], db=db, log=f"{db}-wal") == f"{db}-wal is a file of the database {db}: choose another place for --log."
    for log in (lines, part_of(lines)):
        assert refusal([archive], jsonl=lines, log=log) == f"{log} is also the file of --jsonl: choose another place for --log."
    assert content(tmp_path) == before


@pytest.mark.skipif(not os.path.exists("/dev/stdin"), reason="the file behind standard input has no name here")
def test_no_result_onto_standard_input(archive: Path) -> None:
    source = archive / "b.jsonl"
    program = f"from quotes.batch import run\nrun(['-'], jsonl={str(source)!r})"
    with source.open() as stream:
        ended = subprocess.run([sys.executable, "-c", program], stdin=stream, capture_output=True, text=True, check=False)
    assert f"{source} is both /dev/stdin, which is read, and the file to write" in ended.stderr
    assert json.loads(source.read_text())["id"] == "b"


class Failing(FakeExtractor):
    """Ends at the second batch."""

    calls = 0
    error: type[BaseException] = StoreError

    def extract_batch(self, articles: Any) -> Any:
        type(self).calls += 1
        if self.calls % 2 == 0:
            raise self.error("Enough.")
        return super().extract_batch(articles)


class Interrupted(Failing):
    error = KeyboardInterrupt


def test_an_error_found_later_leaves_what_was_there(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("mine\n")
    (tmp_path / "notes.db").write_text("no database")
    with pytest.raises(QuotesError, match="There is no file or folder"):
        run([archive, tmp_path / "no"], jsonl=target, factory=fake_extractor)
    with pytest.raises(QuotesError, match="is no SQLite database"):
        run([archive], jsonl=target, db=tmp_path / "notes.db", factory=fake_extractor)
    monkeypatch.setattr("quotes.batch.runner._Job._keep", _full)
    with pytest.raises(QuotesError, match="full"):
        run([archive], jsonl=target, factory=fake_extractor)
    assert target.read_text() == "mine\n"


def _full(*_: object) -> None:
    raise QuotesError("The disk is full.")


def test_an_interrupted_file_stays_beside_its_place(archive: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("mine\n")
    assert run([archive], jsonl=target, factory=Interrupted, words=1).interrupted
    assert target.read_text() == "mine\n"
    assert [json.loads(line)["id"] for line in part_of(target).read_text().splitlines()] == ["a"]
    run([archive], jsonl=target, factory=fake_extractor)
    assert [json.loads(line)["id"] for line in target.read_text().splitlines()] == ["a", "b"]
    assert not part_of(target).exists()


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real/out")
    with written_beside(tmp_path / "link") as stream:
        stream.write(b"new")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real" / "out").read_bytes() == b"new"


def test_a_pipe_is_written_as_it_goes(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    with written_beside(tmp_path / "pipe") as stream:
        stream.write(b"line\n")
    assert os.read(reader, 99) == b"line\n"
    os.close(reader)
    assert not part_of(tmp_path / "pipe").exists()
