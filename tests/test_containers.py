"""Archives of files: every member under an id of its own, bombs and damage refused in one sentence, nothing written to the disk."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from pathlib import Path

import pytest

from quotes.archive import Failure, Limits, Options, open_archive
from quotes.archive.failure import Skipped
from quotes.archive.files import open_documents
from quotes.archive.streams import Bomb, Meter, counted, peek
from quotes.model import Article


def found(path: Path, options: Options | None = None) -> tuple[list[tuple[str, str]], list[Failure]]:
    """Id and text of every article, and the failures."""
    documents = list(open_archive(path, options))
    articles = [(document.id, document.text) for document in documents if isinstance(document, Article)]
    return articles, [document for document in documents if isinstance(document, Failure)]


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def tarred(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "ids"),
    [
        ("a.txt.gz", gzip.compress(b"Le bac."), ["a"]),
        ("v1.2.gz", gzip.compress(b"Le bac."), ["v1.2"]),
        ("a.jsonl.bz2", bz2.compress(b'{"text": "Le bac."}'), ["a:1"]),
        ("a.txt.xz", lzma.compress(b"Le bac."), ["a"]),
        ("2023.tar", tarred({"./01.txt": b"Le bac.", "b/.x.txt": b"x", "b/02.txt": b"Le pont."}), ["2023/01", "2023/b/02"]),
        ("2023.tar.gz", gzip.compress(tarred({"01.txt": b"Le bac."})), ["2023/01"]),
        ("a.b.tgz", gzip.compress(tarred({"01.txt": b"Le bac."})), ["a.b/01"]),
        ("a.zip", zipped({"d/b.jsonl.gz": gzip.compress(b'{"text": "Le bac."}'), "photo.jpg": b"\xff\xd8\xff"}), ["a/d/b:1"]),
        ("a.zip", zipped({"b.zip": zipped({"c.txt": b"Le bac."})}), ["a/b/c"]),
        # The name says nothing, or something else.
        ("a.dat", gzip.compress(zipped({"c.txt": b"Le bac."})), ["a/c"]),
        ("a.txt", zipped({"c.txt": b"Le bac."}), ["a/c"]),
    ],
)
def test_members_are_handed_on(tmp_path: Path, name: str, data: bytes, ids: list[str]) -> None:
    (tmp_path / name).write_bytes(data)
    articles, failures = found(tmp_path)
    assert [id for id, _ in articles] == ids and not failures


def test_two_archives_may_hold_files_of_one_name(tmp_path: Path) -> None:
    for year in ("2023", "2024"):
        (tmp_path / f"{year}.zip").write_bytes(zipped({"01.txt": year.encode()}))
    assert found(tmp_path) == ([("2023/01", "2023"), ("2024/01", "2024")], [])


def test_office_documents_are_no_archives(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"}))
    assert [document.kind for document in open_documents([tmp_path]) if isinstance(document, Skipped)] == [".docx"]


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_names_that_lead_out_of_the_archive_are_refused(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    (tmp_path / "a.bin").write_bytes(pack({"../../x.txt": b"x", "/etc/y.txt": b"y", "z.txt": b"z"}))
    articles, failures = found(tmp_path / "a.bin")
    assert articles == [("a/z", "z")]
    assert [failure.reason for failure in failures] == ["unsafe-name"] * 2
    assert failures[0].message == f"{tmp_path}/a.bin/../../x.txt was not read: its name leads out of the archive."


def test_links_in_a_tar_are_skipped(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        info = tarfile.TarInfo("x.txt")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    assert list(open_documents([tmp_path])) == [Skipped(f"{tmp_path}/a.tar/x.txt", "link or device")]


@pytest.mark.parametrize("shape", ["gz", "zip", "jsonl.gz"])
def test_a_bomb_is_refused_and_the_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shape: str) -> None:
    monkeypatch.setattr("quotes.archive.streams._HARMLESS", 1000)
    big = b"0" * 5_000_000
    data = {
        "gz": gzip.compress(big),
        "zip": zipped({"a.txt": b"Le bac.", "b.txt": big}),
        "jsonl.gz": gzip.compress(b'{"text": "Le bac."}\n' + big),
    }
    (tmp_path / f"a.{shape}").write_bytes(data[shape])
    (tmp_path / "z.txt").write_text("Le pont.")
    articles, [failure] = found(tmp_path)
    assert [text for _, text in articles] == (["Le pont."] if shape == "gz" else ["Le bac.", "Le pont."])
    assert failure.reason == "bomb"
    assert (
        failure.message
        == f"{tmp_path}/a.{shape} was not read to its end: it unpacks to more than 200 times its size; --max ratio=N allows more."
    )
    assert "bomb" not in [failure.reason for failure in found(tmp_path, Options(limits=Limits(ratio=10_000)))[1]]


def test_a_bomb_in_many_layers_is_counted_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.archive.streams._HARMLESS", 1000)
    inner = zipped({f"{number}.txt": b"0" * 100_000 for number in range(10)})
    (tmp_path / "a.zip").write_bytes(zipped({f"{number}.zip": inner for number in range(10)}))
    articles, failures = found(tmp_path)
    assert [failure.reason for failure in failures if failure.reason != "duplicate"] == ["bomb"]
    assert 0 < len(articles) < 100


def test_archives_in_archives_in_archives(tmp_path: Path) -> None:
    data = b"Le bac."
    for _ in range(5):
        data = gzip.compress(data)
    (tmp_path / "a.gz").write_bytes(data)
    articles, [failure] = found(tmp_path)
    assert not articles
    assert failure.message == f"{tmp_path}/a.gz was not read: it is an archive inside 4 others; --max depth=N allows more."
    assert found(tmp_path, Options(limits=Limits(depth=5)))[0] == [("a", "Le bac.")]


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("shape", ["jsonl.gz", "tar", "tar.gz", "jsonl.bz2", "jsonl.xz"])
def test_what_comes_before_the_end_of_a_truncated_file_is_read(tmp_path: Path, shape: str, cut: float) -> None:
    lines = b"".join(json.dumps({"text": f"Le bac {number} {hash(str(number))}"}).encode() + b"\n" for number in range(3_000))
    members = tarred({f"{number}.jsonl": lines[:2000] for number in range(100)})
    packed = {
        "jsonl.gz": gzip.compress(lines),
        "tar": members,
        "tar.gz": gzip.compress(members),
        "jsonl.bz2": bz2.compress(lines),
        "jsonl.xz": lzma.compress(lines),
    }
    (tmp_path / f"a.{shape}").write_bytes(packed[shape][: int(len(packed[shape]) * cut)])
    articles, failures = found(tmp_path)
    assert failures
    assert failures[-1].reason in ("bad-gzip", "bad-tar", "bad-bzip2", "bad-xz")
    assert "could not be unpacked to its end: " in failures[-1].message
    assert articles or shape in ("jsonl.bz2", "jsonl.xz", "tar.gz")


@pytest.mark.parametrize("kind", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_damage_of_any_kind_costs_its_member_alone(tmp_path: Path, kind: int) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", kind) as archive:
        for name in ("a.txt", "b.txt", "c.txt"):
            archive.writestr(name, f"{name} rouvre. " * 50)
    data = packed.getvalue()
    second = data.index(b"b.txt")
    for place in range(second - 30, data.index(b"c.txt") - 30):
        (tmp_path / "a.zip").write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        articles, failures = found(tmp_path)
        assert {"a/a", "a/c"} <= {name for name, _ in articles}
        assert len(articles) + len(failures) == 3


def test_damaged_members_cost_themselves_alone(tmp_path: Path) -> None:
    data = zipped({"a.txt": b"Un deux trois " * 9, "b.txt": b"Le pont."})
    (tmp_path / "a.zip").write_bytes(data[:45] + b"\0\0\0" + data[48:])
    articles, failures = found(tmp_path)
    assert articles == [("a/b", "Le pont.")]
    assert [failure.reason for failure in failures] == ["bad-zip"]


# Streams


def test_peek_leaves_the_stream_whole() -> None:
    data = bytes(range(256)) * 1000
    for stream in (io.BytesIO(data), counted(io.BytesIO(data), lambda count: None)):
        head, whole = peek(stream)
        assert data.startswith(head) and len(head) == 65_536
        assert whole.read() == data


def test_the_meter_goes_by_the_size_of_the_file() -> None:
    meter = Meter(10)
    meter.pack(20_000_000)
    meter.unpack(199_000_000)
    with pytest.raises(Bomb, match="more than 10 times its size"):
        meter.unpack(2_000_000)
