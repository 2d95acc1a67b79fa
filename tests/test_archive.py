"""Readers: every document comes out once, as an article or as a failure, its text untouched."""

from __future__ import annotations

import collections
import gzip
import io
import itertools
import json
import os
import sqlite3
import sys
import tracemalloc
import warnings
import zipfile
from pathlib import Path
from typing import Any

import pytest

from quotes.archive import ArchiveError, Failure, Limits, Options, open_archive
from quotes.archive.dates import iso_date
from quotes.archive.decode import Decoded, Undecodable, decode
from quotes.archive.failure import Skipped
from quotes.archive.files import open_documents
from quotes.archive.options import limits_from
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


@pytest.mark.parametrize(("codec", "encoding"), [("mac_roman", "macintosh"), ("cp850", "cp850"), ("latin-1", "windows-1252")])
def test_eight_bit_encodings_are_told_apart(codec: str, encoding: str) -> None:
    text = "À Évry, la préfète a déclaré que le collège serait fermé : « Ça coûte très cher », a-t-elle répété."
    assert decode(text.encode(codec)) == Decoded(text, encoding)


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
    assert reasons(failures) == [("blanc", "empty"), ("image", "binary"), ("vide", "empty")]
    source = tmp_path.as_posix()
    assert failures[1].message == f"{source}/image.txt was not read: it is a binary file."
    assert failures[2] == Failure(f"{source}/vide.txt", "vide", "empty", f"{source}/vide.txt holds no text.")


def test_files_without_articles_are_skipped_unless_they_are_named(tmp_path: Path) -> None:
    for name in ("note.pdf", "photo.JPG", "a.ann", "b.ann", "LICENSE", "README.md", "noise"):
        (tmp_path / name).write_bytes(b"%PDF-\x00\x01")
    with sqlite3.connect(tmp_path / "press.db") as db:
        db.execute("CREATE TABLE t (a)")
    db.close()
    kinds = collections.Counter(found.kind for found in open_documents([tmp_path]) if isinstance(found, Skipped))
    assert kinds == {".ann": 2, ".pdf": 1, ".jpg": 1, "notes": 2, "no suffix": 1, ".db": 1}
    [failure] = open_archive(tmp_path / "note.pdf")
    assert failure == Failure(
        f"{tmp_path}/note.pdf", "note", "unsupported", f"{tmp_path}/note.pdf was not read: it is of none of the formats that are."
    )


def test_order_is_that_of_the_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b.txt", "B/c.txt", ".hidden.txt", "a/.git/x.txt", "README.md", "__MACOSX/m.txt", "A.TXT"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    articles, failures = read(tmp_path)
    assert [article.text for article in articles] == ["A.TXT", "b.txt", "B/c.txt", "a/b.txt", "a/z.txt"]
    assert not failures


def test_ids_are_paths_relative_to_the_folder_that_was_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("2023/01.txt", "2024/01.txt", "2024/n° 1.5"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "2024" / "b.jsonl").write_text('{"text": "Oui."}')
    assert [article.id for article in read(tmp_path)[0]] == ["2023/01", "2024/01", "2024/b:1", "2024/n° 1.5"]
    monkeypatch.chdir(tmp_path)
    assert [article.id for article in read(Path("2024"), Path("2023/01.txt"))[0]] == ["01", "b:1", "n° 1.5"]
    assert reasons(read(Path("2024"), Path("2023/01.txt"))[1]) == [("01", "duplicate-id")]


def test_a_newer_page_of_the_same_address_takes_the_place_of_the_older(tmp_path: Path) -> None:
    pages = [("u", "un", "2024-01-02"), ("u", "deux", "2024-01-03"), ("u", "trois", "2024-01-01"), ("v", "quatre", "2024-01-09")]
    lines = [json.dumps({"id": "x", "url": url, "text": text, "date": date}) for url, text, date in pages]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    articles, failures = read(tmp_path)
    assert [article.text for article in articles] == ["un", "deux"]
    assert reasons(failures) == [("x", "duplicate-id")] * 2


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
    assert [(article.id, article.text) for article in articles] == [("a/b:1", "Deux"), ("a/d/un", "Un\r\n")]
    assert reasons(failures) == [("a/b:2", "bad-json")]
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


def test_too_large(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x" * 31)
    (tmp_path / "b.jsonl").write_text('{"text": "' + "x" * 99 + '"}\n{"text": "court"}\n')
    found = list(open_archive(tmp_path, Options(limits=Limits(document=30))))
    assert [(article.id, article.text) for article in found if isinstance(article, Article)] == [("b:2", "court")]
    assert reasons([failure for failure in found if isinstance(failure, Failure)]) == [("a", "too-large"), ("b:1", "too-large")]


def test_limits_of_the_user() -> None:
    assert limits_from(["page=20", "ratio=5"]) == Limits(page=20_000_000, ratio=5)
    for wrong in ("page", "page=0", "page=x", "pages=3"):
        with pytest.raises(ArchiveError, match=f"^“{wrong}” is no limit: write document, page, ratio, depth with = and a number"):
            limits_from([wrong])


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
        ("5 fév. 2024 à 18h30", "2024-02-05T18:30:00"),
        ("5 sept. 2023 à 7h05 CEST", "2023-09-05T07:05:00+02:00"),
        ("Publié le 5 février 2024 à 18 h 30, mis à jour le 6 février 2024 à 9h", "2024-02-05T18:30:00"),
        ("Mis à jour le 6 mars 2024, publié le 5 février 2024", "2024-02-05"),
        ("Communication, mardi 14 mars 2006, p. 16", "2006-03-14"),
        ("AOÛT 2024", "2024-08"),
        ("2024", "2024"),
        ("2019/02/04", "2019-02-04"),
        ("2024-3-1", "2024-03-01"),
        ("20240303", "2024-03-03"),
        ("20240303T101500Z", "2024-03-03T10:15:00Z"),
        ("2024-03-01 12:00:00.123+0100", "2024-03-01T12:00:00+01:00"),
        ("2024-03-01T12:00:00Z", "2024-03-01T12:00:00Z"),
        ("2024-02-30", "2024-02-30"),
        ("1709251200", "2024-03-01T00:00:00Z"),
        ("1709251200000", "2024-03-01T00:00:00Z"),
        ("05/02/24", "2024-02-05"),
        ("05.02.2024 18:30", "2024-02-05T18:30:00"),
        ("12/31/2023", "2023-12-31"),
        ("Mon, 05 Feb 2024 18:30:00 +0100", "2024-02-05T18:30:00+01:00"),
        ("Feb 5, 2024 6:30 PM", "2024-02-05T18:30:00"),
        ("February 5th, 2024 12:10 am", "2024-02-05T00:10:00"),
        ("le pont, fermé le 5 mars 2024, " * 9, ("le pont, fermé le 5 mars 2024, " * 9).strip()),
    ],
)
def test_iso_date(found: str, iso: str) -> None:
    assert iso_date(found) == iso


# Folders


def test_links_are_followed_once(tmp_path: Path) -> None:
    (tmp_path / "z" / "below").mkdir(parents=True)
    (tmp_path / "z" / "below" / "a.txt").write_text("Le bac.")
    (tmp_path / "z" / "loop").symlink_to(tmp_path / "z")
    (tmp_path / "other").symlink_to(tmp_path / "z" / "below")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nulle part")
    documents = list(open_documents([tmp_path]))
    assert [found[1].id for found in documents if isinstance(found, tuple)] == ["z/below/a"]
    assert [found.kind for found in documents if isinstance(found, Skipped)] == ["link to a folder already read"] * 2
    [failure] = [found for found in documents if isinstance(found, Failure)]
    assert failure.message == f"{tmp_path}/gone.txt could not be read: No such file or directory."


def test_a_link_to_itself_costs_itself_alone(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("a")
    (tmp_path / "b.txt").write_text("Le bac.")
    articles, failures = read(tmp_path)
    assert [article.id for article in articles] == ["b"]
    assert [failure.message for failure in failures] == [f"{tmp_path}/a could not be read: Too many levels of symbolic links."]


def test_a_link_to_another_folder_is_read_under_its_own_name(tmp_path: Path) -> None:
    for name in ("archive", "elsewhere"):
        (tmp_path / name).mkdir()
    (tmp_path / "elsewhere" / "a.txt").write_text("Le bac.")
    (tmp_path / "archive" / "2023").symlink_to(tmp_path / "elsewhere")
    assert [article.id for article in read(tmp_path / "archive")[0]] == ["2023/a"]


def test_pipes_and_devices_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text("Le bac.")
    articles, failures = read(tmp_path, Path("/dev/zero"))
    assert [article.id for article in articles] == ["b"]
    assert reasons(failures) == [("a", "unsupported"), ("zero", "unsupported")]
    assert failures[1].message == "/dev/zero is no ordinary file: pipe what it gives into quotes extract - instead."


@pytest.mark.skipif(os.getuid() == 0, reason="the superuser may read everything")
def test_folders_and_files_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    (tmp_path / "b.txt").touch(mode=0)
    assert reasons(read(tmp_path)[1]) == [("b", "unreadable"), ("closed", "unreadable")]


def test_a_folder_that_cannot_be_listed_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "z.txt").write_text("Le bac.")
    listed = os.scandir

    def scandir(path: Path) -> Any:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    articles, failures = read(tmp_path)
    assert [article.id for article in articles] == ["z"]
    assert failures[0].message == f"{tmp_path}/closed could not be read: Permission denied."


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, ids in (
        (b"Le bac.", ["stdin"]),
        (b'{"text": "Un"}\n{"id": "b", "text": "Deux"}\n', ["stdin:1", "b"]),
        (gzip.compress(b"Le bac."), ["stdin"]),
    ):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert [found.id for found in open_archive("-")] == ids


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
    assert [article.id for article in articles] == ["a/a:32000001"] and reasons(failures) == [("a/a:32000003", "bad-json")]
    assert next(calls) < 20_000


def test_wide_lines_are_held_one_by_one(tmp_path: Path) -> None:
    line = '{"text": "' + "é" * 1000 + '"}\n'
    (tmp_path / "a.jsonl").write_bytes((line * 20_000).encode("utf-16"))
    tracemalloc.start()
    count = sum(isinstance(document, Article) or document.reason == "duplicate" for document in open_archive([tmp_path]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 20_000 and peak < 20_000_000


def test_a_wide_line_that_is_too_long(tmp_path: Path) -> None:
    for codec in ("utf-16", "utf-8"):
        (tmp_path / "a.jsonl").write_bytes(('{"text": "Oui."}\n{"text": "' + "é" * 3_000_000 + '"}\n{"text": "Non."}').encode(codec))
        found = list(open_archive(tmp_path, Options(limits=Limits(document=1000))))
        assert [document.text for document in found if isinstance(document, Article)] == ["Oui.", "Non."]
        assert reasons([document for document in found if isinstance(document, Failure)]) == [("a:2", "too-large")]
