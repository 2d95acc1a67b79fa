"""Readers: every document comes out once, as an article or as a failure, its text untouched."""

from __future__ import annotations

import itertools
import json
import os
import sys
import tracemalloc
import warnings
import zipfile
from pathlib import Path

import pytest

from quotes.archive import ArchiveError, Failure, open_archive
from quotes.archive.dates import iso_date
from quotes.archive.decode import Undecodable, decode
from quotes.model import Article


def read(*paths: Path) -> tuple[list[Article], list[Failure]]:
    documents = list(open_archive(paths))
    articles = [document for document in documents if isinstance(document, Article)]
    return articles, [document for document in documents if isinstance(document, Failure)]


def reasons(failures: list[Failure]) -> list[tuple[str, str]]:
    return [(failure.id, failure.reason) for failure in failures]


def test_txt_is_kept_as_stored(tmp_path: Path) -> None:
    text = "\n  Le bac à quai \r\n\r\n« Oui »,\x00 dit-il.\r🙂\x0b\n"
    (tmp_path / "bac.txt").write_bytes(text.encode())
    [article], failures = read(tmp_path)
    assert (article.id, article.text, article.title) == ("bac", text, "Le bac à quai")
    assert article.metadata == {} and not failures


def test_long_first_line_is_no_title(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("mot " * 100)
    assert read(tmp_path)[0][0].title is None


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [("utf-8", None), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16-le"), ("cp1252", "windows-1252"), ("utf-32", "utf-32-le")],
)
def test_encodings(tmp_path: Path, codec: str, encoding: str | None) -> None:
    text = "L’été, « ça » coûte 3 €\r\n"
    (tmp_path / "a.txt").write_bytes(text.encode(codec))
    [article], _ = read(tmp_path)
    assert article.text == text
    assert article.metadata.get("encoding") == encoding


def test_big_endian_and_damaged_encodings() -> None:
    assert decode(b"\xfe\xff\x00\xe9").text == "é"
    assert decode(b"\xff\xfe\xe9\x00\xe9").encoding == "utf-16-le, damaged"
    assert decode("l’été à Évry, « déjà »".encode() + b"\xff").encoding == "utf-8, damaged"
    assert decode(b"\xe9t\xe9 \x81").encoding == "latin-1"


@pytest.mark.parametrize("data", [b"%PDF-1.7 ...", b"\x89PNG\r\n", bytes(range(256)), "abc".encode("utf-16-le") * 9, b"\xe9\x00t"])
def test_binary(data: bytes) -> None:
    with pytest.raises(Undecodable):
        decode(data)


def test_binary_and_empty_files_are_failures(tmp_path: Path) -> None:
    (tmp_path / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "blanc.txt").write_text(" \n\u00a0\n")
    (tmp_path / "vide.txt").write_text("")
    (tmp_path / "note.pdf").write_bytes(b"%PDF-")
    articles, failures = read(tmp_path)
    assert not articles
    assert reasons(failures) == [("blanc", "empty"), ("image", "binary"), ("note", "unsupported"), ("vide", "empty")]
    source = tmp_path.as_posix()
    assert failures[1].message == f"{source}/image.txt was not read: it is a binary file."
    assert failures[2].message == f"{source}/note.pdf was not read: only .txt, .jsonl, .ndjson, .zip files are."
    assert failures[3] == Failure(f"{source}/vide.txt", "vide", "empty", f"{source}/vide.txt holds no text.")


def test_order_is_that_of_the_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b.txt", "B/c.txt", ".hidden.txt", "a/.git/x.txt", "README.md", "__MACOSX/m.txt", "A.TXT"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    articles, failures = read(tmp_path)
    assert [article.text for article in articles] == ["A.TXT", "b.txt", "B/c.txt", "a/z.txt"]
    assert reasons(failures) == [("b", "duplicate-id")]


def test_missing_path() -> None:
    with pytest.raises(ArchiveError, match=r"^There is no file or folder nulle/part\.$"):
        open_archive(["nulle/part"])


def test_jsonl_fields(tmp_path: Path) -> None:
    record = {"id": 7, "text": "Oui.", "title": "T", "date": "3 mars 2024", "outlet": None, "author": ["A", "B"]}
    (tmp_path / "a.jsonl").write_text(json.dumps({**record, "url": {"x": 1}, "tags": [1]}) + "\n\n" + '{"text": "Non.\\n"}')
    first, second = read(tmp_path)[0]
    assert first == Article("7", "Oui.", "T", "2024-03-03", author="A, B", metadata={"url": {"x": 1}, "tags": [1]})
    assert second == Article("a:3", "Non.\n")


def test_jsonl_bad_lines(tmp_path: Path) -> None:
    lines = ["{", "[1]", '{"id": "x"}', '{"text": 3}', "[" * 100_000, '{"text": "Oui."}', '{"text": ""}', '{"text": null}', "9" * 5000]
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join(lines))
    articles, failures = read(file)
    assert [article.id for article in articles] == ["a:6"]
    names = ["bad-json", "bad-record", "no-text", "no-text", "bad-json", "empty", "no-text", "bad-json"]
    assert [failure.reason for failure in failures] == names
    assert failures[0].source == f"{file.as_posix()}:1"
    assert failures[0].message.startswith(f"Line 1 of {file.as_posix()} is no JSON: Expecting property name")
    assert failures[1].message == f"Line 2 of {file.as_posix()} is a JSON list, not an object with a field `text`."
    assert failures[2].message == f"Line 3 of {file.as_posix()} has no field `text`."
    assert failures[3].message == f"Line 4 of {file.as_posix()} has a field `text` that is a number, not a string."


def test_jsonl_surrogates_are_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "\\ud83d", "text": "a\\ud83db \\ud83d\\ude42", "k": ["\\udc00"]}')
    [article], _ = read(tmp_path)
    assert article == Article("\ufffd", "a\ufffdb 🙂", metadata={"k": ["\ufffd"], "surrogates": "replaced"})


def test_jsonl_in_other_encodings(tmp_path: Path) -> None:
    line = '{"id": "é", "text": "été"}\n'
    for codec in ("cp1252", "utf-16", "utf-8-sig"):
        (tmp_path / "a.jsonl").write_bytes((line + '{"id": "n", "text": "nu"}\n').encode(codec))
        articles, failures = read(tmp_path)
        assert [article.text for article in articles] == ["été", "nu"] and not failures
    (tmp_path / "a.jsonl").write_bytes(line.encode("cp1252"))
    assert read(tmp_path)[0][0].metadata == {"encoding": "windows-1252"}


def test_duplicates(tmp_path: Path) -> None:
    texts = [("x", "un"), ("x", "un"), ("x", "deux"), ("y", "un")]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts))
    articles, failures = read(tmp_path, tmp_path / "a.jsonl")
    assert [article.id for article in articles] == ["x", "y"]
    assert [failure.reason for failure in failures] == ["duplicate", "duplicate-id", "duplicate", "duplicate", "duplicate-id", "duplicate"]
    source = (tmp_path / "a.jsonl").as_posix()
    assert failures[0].message == f"{source}:2 repeats the article x word for word."
    assert failures[1].message == f"{source}:3 has the id x of another article: give it an id of its own."


def test_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("d/un.txt", "Un\r\n")
        archive.writestr("b.jsonl", '{"text": "Deux"}\n!')
        archive.writestr("__MACOSX/un.txt", "x")
        archive.writestr("README.md", "x")
        archive.writestr("photo.jpg", "x")
    articles, failures = read(tmp_path)
    assert [(article.id, article.text) for article in articles] == [("b:1", "Deux"), ("un", "Un\r\n")]
    assert reasons(failures) == [("b:2", "bad-json"), ("photo", "unsupported")]
    assert failures[0].source == f"{tmp_path.as_posix()}/a.zip/b.jsonl:2"


def test_bad_zip(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK nothing")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("un.txt", "Un deux trois")
    data = (tmp_path / "b.zip").read_bytes()
    (tmp_path / "b.zip").write_bytes(data.replace(b"Un deux", b"Un DEUX"))
    articles, failures = read(tmp_path)
    assert not articles
    assert reasons(failures) == [("a", "bad-zip"), ("un", "bad-zip")]


def test_five_megabytes_on_one_line(tmp_path: Path) -> None:
    text = "« Le bac rouvre », dit-elle. " * 180_000
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": text}))
    first, second = read(tmp_path)[0]
    assert first.text == second.text == text


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.archive.txt.MAX_BYTES", 10)
    monkeypatch.setattr("quotes.archive.jsonl.MAX_BYTES", 30)
    (tmp_path / "a.txt").write_text("x" * 11)
    (tmp_path / "b.jsonl").write_text('{"text": "' + "x" * 99 + '"}\n{"text": "court"}\n')
    articles, failures = read(tmp_path)
    assert [(article.id, article.text) for article in articles] == [("b:2", "court")]
    assert reasons(failures) == [("a", "too-large"), ("b:1", "too-large")]


@pytest.mark.parametrize(
    ("found", "iso"),
    [
        ("2024-03-01", "2024-03-01"),
        ("01/03/2024", "2024-03-01"),
        ("vendredi 1er mars 2024", "2024-03-01"),
        ("12 août 2023", "2023-08-12"),
        ("31/02/2024", "31/02/2024"),
        ("3 brumaire 1799", "3 brumaire 1799"),
        (" hier ", "hier"),
    ],
)
def test_iso_date(found: str, iso: str) -> None:
    assert iso_date(found) == iso


def test_every_failure_is_told_apart(tmp_path: Path) -> None:
    """Failures are as many as documents that gave no article: the table has a row for each, also of one file named three times."""
    (tmp_path / "a.txt").write_text("Oui.")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(3):
            archive.writestr("x.txt", "")
    articles, failures = read(tmp_path / "a.txt", tmp_path / "a.txt", tmp_path / "a.txt", tmp_path / "b.zip")
    source = tmp_path.as_posix()
    assert len(articles) == 1
    assert [(failure.source.removeprefix(source), failure.reason) for failure in failures] == [
        ("/a.txt", "duplicate"), ("/a.txt#2", "duplicate"), ("/b.zip/x.txt", "empty"), ("/b.zip/x.txt#2", "empty"), ("/b.zip/x.txt#3", "empty"),
    ]  # fmt: skip


def test_names_that_are_no_utf8(tmp_path: Path) -> None:
    for name in (b"\xff.txt", b"\xfe.txt", b"\xfd.txt"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("Oui.")
    articles, failures = read(tmp_path)
    assert [article.id for article in articles] == ["\ufffd"]
    assert [failure.source.rpartition("/")[2] for failure in failures] == ["\ufffd.txt", "\ufffd.txt#2"]


def test_links_to_folders_are_told(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "loop").symlink_to(tmp_path / "a")
    (tmp_path / "a" / "gone.txt").symlink_to(tmp_path / "nothing.txt")
    _, failures = read(tmp_path)
    source = tmp_path.as_posix()
    assert [failure.message for failure in failures] == [
        f"{source}/a/loop was not read: it is a link to a folder; name that folder.",
        f"{source}/a/gone.txt could not be read: No such file or directory.",
    ]


def test_deep_json(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        "".join('{"text": "Oui.", "k": ' + "[" * deep + "]" * deep + "}\n" for deep in (50, 99, 100, 900, 90_000))
    )
    articles, failures = read(tmp_path)
    assert len(articles) == 2 and [failure.reason for failure in failures] == ["bad-record", "bad-record", "bad-json"]
    assert failures[0].message == f"Line 3 of {tmp_path.as_posix()}/a.jsonl is nested more than 100 levels deep."


@pytest.mark.parametrize("name", ["x" * 300, "y/" * 2500])
def test_long_names(name: str, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="could not be read: File name too long"):
        open_archive([tmp_path / name])


def test_an_empty_path_is_not_the_current_folder() -> None:
    with pytest.raises(ArchiveError, match=r"^An empty path names no file or folder: say \. for the folder you are in\.$"):
        open_archive([""])


def test_a_small_zip_of_many_empty_lines(tmp_path: Path) -> None:
    """32 MB of line ends in 32 kB: passed at once, counted, and what stands behind them is read."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.jsonl", b"\n" * 32_000_000 + b'{"text": "Oui."}\n \n!')
    assert (tmp_path / "a.zip").stat().st_size < 40_000
    calls = itertools.count()
    sys.setprofile(lambda frame, event, argument: next(calls))
    try:
        articles, failures = read(tmp_path)
    finally:
        sys.setprofile(None)
    assert [article.id for article in articles] == ["a:32000001"] and reasons(failures) == [("a:32000003", "bad-json")]
    assert next(calls) < 20_000


def test_wide_lines_are_held_one_by_one(tmp_path: Path) -> None:
    line = '{"text": "' + "é" * 1000 + '"}\n'
    (tmp_path / "a.jsonl").write_bytes((line * 20_000).encode("utf-16"))
    tracemalloc.start()
    count = sum(isinstance(document, Article) or document.reason == "duplicate" for document in open_archive([tmp_path]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 20_000 and peak < 20_000_000


def test_a_wide_line_that_is_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.archive.jsonl.MAX_BYTES", 1000)
    for codec in ("utf-16", "utf-8"):
        (tmp_path / "a.jsonl").write_bytes(('{"text": "Oui."}\n{"text": "' + "é" * 3_000_000 + '"}\n{"text": "Non."}').encode(codec))
        articles, failures = read(tmp_path)
        assert [article.text for article in articles] == ["Oui.", "Non."] and reasons(failures) == [("a:2", "too-large")]
