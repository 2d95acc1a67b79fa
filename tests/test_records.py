"""Formats that hold records: tables, JSON, Parquet. One way from a record to an article for all of them."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from quotes.archive import Failure, Limits, Options, open_archive
from quotes.archive.failure import BadDocument
from quotes.archive.record import article_of, columns_of
from quotes.extras import MissingPackage
from quotes.model import Article

TEXT = "« Le bac rouvre », a déclaré Anne Vidal."


def read(path: Path, **columns: str) -> list[Article | Failure]:
    return list(open_archive(path, Options(columns=columns)))


def articles(path: Path, **columns: str) -> list[Article]:
    documents = read(path, **columns)
    assert [document for document in documents if isinstance(document, Failure)] == []
    return [document for document in documents if isinstance(document, Article)]


# Records


def test_columns_of_other_programs() -> None:
    minet = ["canonical_url", "title", "raw_content", "author", "date", "sitename", "categories"]
    found = {"text": "raw_content", "title": "title", "date": "date", "outlet": "sitename", "url": "canonical_url", "author": "author"}
    assert columns_of(minet, Options()) == found
    assert columns_of(["Texte", "Titre", "URL"], Options(columns={"date": "jour"})) == {
        "date": "jour",
        "text": "Texte",
        "title": "Titre",
        "url": "URL",
    }
    assert columns_of(["content", "text"], Options())["text"] == "text"


def test_nan_and_infinity_are_nothing() -> None:
    record = {"text": TEXT, "id": float("nan"), "author": float("nan"), "score": float("inf"), "below": {"x": [float("nan"), 1.5]}}
    article = article_of(record, "f:1", Options())
    assert article == Article("f:1", TEXT, metadata={"below": {"x": [None, 1.5]}})
    json.dumps(dict(article.metadata), allow_nan=False)
    with pytest.raises(BadDocument, match=r"^has no field `text`$"):
        article_of({"text": float("nan")}, "f:1", Options())


def test_values_that_json_cannot_hold() -> None:
    when = datetime.datetime(2024, 2, 5, 18, 30)
    record = {
        "text": b"Oui.".decode(),
        "date": when,
        "seen": datetime.date(2024, 2, 6),
        "raw": "é".encode(),
        "tags": ("a", "b"),
        "of": {"x": {1}},
    }
    article = article_of(record, "f:1", Options())
    assert article.date == "2024-02-05T18:30:00"
    assert article.metadata == {"seen": "2024-02-06", "raw": "é", "tags": ["a", "b"], "of": {"x": [1]}}


def test_empty_fields_are_left_out_and_joined_lists_are_parted() -> None:
    record = {"text": TEXT, "title": "", "author": "Anne Vidal|Paul Ostier", "tags": "pont|bac", "note": None}
    assert article_of(record, "f:1", Options()) == Article("f:1", TEXT, author="Anne Vidal, Paul Ostier", metadata={"tags": "pont|bac"})


def test_a_record_without_the_column_that_the_user_named() -> None:
    with pytest.raises(BadDocument, match=r"^has no field `corps`$"):
        article_of({"text": TEXT}, "f:1", Options(columns={"text": "corps"}))


# Tables


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_tables_with_any_delimiter(tmp_path: Path, delimiter: str, codec: str) -> None:
    rows = [["id", "text", "titre"], ["1", '"« Oui, ""déjà"" ;\n\t| »"', "Été"], ["2", "Non.", ""]]
    (tmp_path / "a.csv").write_bytes("\n".join(delimiter.join(row) for row in rows).encode(codec))
    first, second = articles(tmp_path)
    assert (first.id, first.text, first.title) == ("1", '« Oui, "déjà" ;\n\t| »', "Été")
    assert (second.id, second.text, second.title) == ("2", "Non.", None)
    assert first.metadata.get("encoding") in (None, "windows-1252")


def test_minet_and_xan_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "url,status,resolved_url,title,raw_content,date,author,sitename,tags\r\n"
        f'http://a.example/1,200,https://a.example/1,Le bac,"{TEXT}",2024-02-05,Anne Vidal|Paul Ostier,Le Courrier,pont|bac\r\n'
    )
    [article] = articles(tmp_path)
    assert article == Article(
        "a:2", TEXT, "Le bac", "2024-02-05", "Le Courrier", "http://a.example/1", "Anne Vidal, Paul Ostier",
        {"status": "200", "resolved_url": "https://a.example/1", "tags": "pont|bac"},
    )  # fmt: skip


def test_columns_of_the_user(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("corps,no,text\nOui.,7,autre\n")
    assert articles(tmp_path, text="corps", id="no") == [Article("7", "Oui.", metadata={"text": "autre"})]


def test_a_table_without_a_text_is_one_failure(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n" + "1,2\n" * 99)
    [failure] = read(tmp_path)
    assert isinstance(failure, Failure)
    assert failure.message == f"{tmp_path}/a.csv has no column `text`, only a, b: name the one with the text in --text-column."


def test_bad_rows_cost_themselves_alone(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('id,text\n1,Oui.\n2,Non, mais,\n3,"Oui" non\n4,\n\n5,Si.\n6,"sans fin\nOui.')
    documents = read(tmp_path)
    assert [document.id for document in documents if isinstance(document, Article)] == ["1", "5"]
    failures = [document for document in documents if isinstance(document, Failure)]
    assert [(failure.id, failure.reason) for failure in failures] == [
        ("a:3", "bad-csv"),
        ("a:4", "bad-csv"),
        ("4", "empty"),
        ("a:8", "bad-csv"),
    ]
    assert failures[0].message == f"Line 3 of {tmp_path}/a.csv has 4 cells, but there are 2 columns."
    assert failures[3].message == f"Line 8 of {tmp_path}/a.csv is no row: unexpected end of data."


def test_a_field_of_fifty_megabytes(tmp_path: Path) -> None:
    text = "Le bac. " * 6_500_000
    (tmp_path / "a.csv").write_text(f"id,text\n1,{text}\n2,court\n")
    assert [len(article.text) for article in articles(tmp_path)] == [len(text), 5]
    first, second = open_archive(tmp_path, Options(limits=Limits(document=1000)))
    assert isinstance(first, Failure) and isinstance(second, Article)
    assert first.message == f"Line 2 of {tmp_path}/a.csv holds more than 0 MB, too much for one document; --max document=N allows more."


# JSON


def test_lists_objects_and_lists_in_objects(tmp_path: Path) -> None:
    records = [{"id": str(number), "text": f"{TEXT} {number}"} for number in range(3)]
    for value in (records, {"articles": records, "total": 3}):
        for indent in (None, 2):
            (tmp_path / "a.json").write_text(json.dumps(value, indent=indent))
            assert [article.id for article in articles(tmp_path)] == ["0", "1", "2"]
    (tmp_path / "a.json").write_text(json.dumps({"text": TEXT, "quotes": [{"a": 1}]}, indent=2))
    assert [article.id for article in articles(tmp_path)] == ["a:1"]


def test_a_list_longer_than_what_is_held_in_memory(tmp_path: Path) -> None:
    records = [{"id": str(number), "text": "é « ] » }" * (number * 97 % 20_000)} for number in range(1, 40)]
    (tmp_path / "a.json").write_text("\ufeff" + json.dumps(records, ensure_ascii=False))
    assert [article.text for article in articles(tmp_path)] == [record["text"] for record in records]


def test_nan_in_json_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"text": "Oui.", "author": NaN, "score": Infinity, "more": -Infinity, "huge": 1e999}]')
    (tmp_path / "b.jsonl").write_text('{"text": "Non.", "title": NaN}\n{"text": NaN}\n')
    first, second, third = read(tmp_path)
    assert (first, second) == (Article("a:1", "Oui."), Article("b:1", "Non."))
    assert isinstance(third, Failure) and third.reason == "no-text"


@pytest.mark.parametrize("end", ['{"text": "cou', "", "12", ",", "{}}"])
def test_a_list_that_is_cut_off(tmp_path: Path, end: str) -> None:
    (tmp_path / "a.json").write_text('[{"text": "Oui."}, ' + end)
    documents = read(tmp_path)
    assert isinstance(documents[0], Article)
    failure = documents[-1]
    assert isinstance(failure, Failure) and failure.reason == "bad-json"
    assert failure.message.startswith(f"{tmp_path}/a.json is no JSON from some record on: ")


def test_json_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text('[{"text": "Oui."}]')
    (tmp_path / "b.json").write_text('{"text": "Un."}\n{"text": "Deux."}\n')
    (tmp_path / "c.jsonl").write_text('[\n{"text": "Trois."}\n]')
    assert [article.text for article in articles(tmp_path)] == ["Oui.", "Un.", "Deux.", "Trois."]


# Parquet


def parquet(path: Path, **columns: Any) -> None:
    arrow, writer = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    writer.write_table(arrow.table(columns), path)


def test_parquet(tmp_path: Path) -> None:
    when = datetime.datetime(2024, 2, 5, 18, 30)
    parquet(
        tmp_path / "a.parquet",
        content=[TEXT, None, b"Non.".decode()],
        date=[when, None, None],
        n=[1.5, float("nan"), None],
        tags=[["a"], None, []],
    )
    first, second, third = read(tmp_path)
    assert first == Article("a:1", TEXT, date="2024-02-05T18:30:00", metadata={"n": 1.5, "tags": ["a"]})
    assert isinstance(second, Failure)
    assert second.message == f"Row 2 of {tmp_path}/a.parquet has no field `content`."
    assert third == Article("a:3", "Non.")


def test_parquet_from_a_stream_and_with_bytes_for_text(tmp_path: Path) -> None:
    import gzip

    parquet(tmp_path / "b.parquet", text=["é".encode()])
    (tmp_path / "a.parquet.gz").write_bytes(gzip.compress((tmp_path / "b.parquet").read_bytes()))
    assert [(article.id, article.text) for article in articles(tmp_path)] == [("a:1", "é"), ("b:1", "é")]


def test_damaged_parquet(tmp_path: Path) -> None:
    parquet(tmp_path / "a.parquet", text=[TEXT] * 100, id=[str(number) for number in range(100)])
    data = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "a.parquet").write_bytes(data[: len(data) // 2])
    parquet(tmp_path / "b.parquet", prose=[TEXT])
    failures = [failure for failure in read(tmp_path) if isinstance(failure, Failure)]
    assert [failure.reason for failure in failures] == ["bad-parquet", "no-text"]


def test_a_missing_package_ends_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(MissingPackage) as caught:
        list(open_archive(tmp_path))
    assert str(caught.value) == 'Reading Parquet needs: pip install "french-quotes[parquet]"'
