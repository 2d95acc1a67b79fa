"""Runs side by side that write shards, and the database that is merged from them."""

from __future__ import annotations

import dataclasses
import functools
import json
from pathlib import Path
from typing import Any

import pytest

from quotes.batch import run
from quotes.batch.merge import merge
from quotes.model import Article, Candidate, Extraction, Span, Speaker
from quotes.store import Store, StoreError
from quotes.store.choices import Choices
from quotes.store.shards import Shards, read_shards
from quotes.store.values import dumped, loaded
from tests.conftest import extraction, fake_extractor
from tests.test_resume import archive, contents
from tests.test_runner import TEXT, Mended

pytest.importorskip("pyarrow")

fake_run = functools.partial(run, factory=fake_extractor)


def sorted_contents(path: Path) -> dict[str, list[Any]]:
    """The rows of a database without the numbers that depend on the order in which they were stored."""
    found = {name: rows for name, rows in contents(path).items() if "words" not in name}
    return {name: sorted(str([item for item in row if item[0] != "key"]) for row in rows) for name, rows in found.items()}


def test_extractions_come_back_as_they_were() -> None:
    article = Article("a", TEXT, metadata={"k": [1, None]})
    found = extraction("« Oui, dit-il, non », a déclaré Anne Vidal. Selon la mairie, tout va bien.")
    weighed = (Candidate("Anne Vidal", "person", 0.75, (("near", 1.5), ("role", -0.25))), Candidate(None, "unknown", 0.25))
    quotes = (dataclasses.replace(found.quotes[0], link="clitic", candidates=weighed, relay=(Span(0, 5),), flags=("unsure",)),)
    speakers = (Speaker("Anne Vidal", "person", "maire", "f", False, ("la maire",), ("maire",), ("head",)), *found.speakers[1:])
    odd = Extraction(article, quotes, found.claims, speakers, found.mentions, 12, ("long",))
    assert loaded(article, dumped(odd)) == odd
    assert odd.quotes[0].pieces == (Span(2, 5), Span(15, 18))


def test_parts_side_by_side_make_the_database_of_one_run(tmp_path: Path) -> None:
    source = archive(tmp_path / "a.jsonl")
    fake_run([source], db=tmp_path / "whole.db")
    counted = [fake_run([source], shards=tmp_path / "shards", part=(part, 3)) for part in (1, 2, 3)]
    assert sum(summary.articles for summary in counted) == 118 and min(summary.articles for summary in counted) > 20
    assert sum(summary.failures.total() for summary in counted) == 3
    summary = merge([tmp_path / "shards"], tmp_path / "a.db")
    assert (summary.articles, summary.failures) == (118, {"empty": 1, "error": 1, "duplicate-id": 1})
    merged, whole = sorted_contents(tmp_path / "a.db"), sorted_contents(tmp_path / "whole.db")
    assert merged == whole
    again = merge([tmp_path / "shards"], tmp_path / "a.db")
    assert (again.articles, again.unchanged) == (0, 118)
    assert sorted_contents(tmp_path / "a.db") == whole


def test_a_second_run_goes_on_where_the_shards_end(tmp_path: Path) -> None:
    source = archive(tmp_path / "a.jsonl")
    first = fake_run([source], shards=tmp_path / "shards", limit=30)
    second = fake_run([source], shards=tmp_path / "shards")
    assert (first.articles, second.articles, second.unchanged, second.repeated) == (29, 89, 29, 1)
    assert fake_run([source], shards=tmp_path / "shards").articles == 0
    summary = run([source], shards=tmp_path / "shards", retry_failures=True, factory=Mended)
    assert summary.articles == 1
    assert merge([tmp_path / "shards"], tmp_path / "a.db").failures == {"empty": 1, "duplicate-id": 1}


def test_other_texts_under_one_id(tmp_path: Path) -> None:
    def records(text: str, **more: str) -> Path:
        (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": text, **more}))
        return tmp_path / "a.jsonl"

    fake_run([records(TEXT)], shards=tmp_path / "one")
    assert fake_run([records("Rien.")], shards=tmp_path / "one").failures == {"other-text": 1}
    assert fake_run([records(TEXT, title="Le bac")], shards=tmp_path / "one").articles == 1
    fake_run([records("Rien.")], shards=tmp_path / "two")
    summary = merge([tmp_path / "one", tmp_path / "two"], tmp_path / "a.db")
    assert summary.failures == {"other-text": 2}
    assert summary.messages[0].startswith(f"{tmp_path}/two has another text than the stored article a")
    with Store(tmp_path / "a.db") as store:
        found = store.load("a")
    assert found is not None and (found.article.text, found.article.title) == (TEXT, "Le bac")


def test_files_are_whole_or_not_there(tmp_path: Path) -> None:
    with Shards(tmp_path / "s", documents=2) as shards:
        shards.start_run([], Choices(1))
        shards.save(extraction(TEXT, str(number)) for number in range(3))
        assert len(list((tmp_path / "s").glob("*.parquet"))) == 1
    assert [shard.result.article.id for shard in read_shards(tmp_path / "s") if isinstance(shard.result, Extraction)] == ["0", "1", "2"]
    assert not list((tmp_path / "s").glob("*.part"))


@pytest.mark.parametrize(
    ("column", "value"),
    [("found", "[]"), ("found", "{"), ("found", '{"words": "x"}'), ("metadata", "["), ("text", "Oui"), ("text", None), ("models", None)],
)
def test_other_values_than_were_written_are_told(tmp_path: Path, column: str, value: str | None) -> None:
    with Shards(tmp_path / "s") as shards:
        shards.start_run([], Choices(1))
        shards.save([extraction(TEXT, "a")])
    parquet, arrow = pytest.importorskip("pyarrow.parquet"), pytest.importorskip("pyarrow")
    [path] = (tmp_path / "s").iterdir()
    table = parquet.read_table(path)
    changed = arrow.array([value], table.schema.field(column).type)
    parquet.write_table(table.set_column(table.schema.get_field_index(column), column, changed), path)
    with pytest.raises(StoreError, match=r"^What .*/s holds of a is damaged \(.*\): delete its files, and run the command that wrote"):
        merge([tmp_path / "s"], tmp_path / "a.db")


def test_extractions_are_kept_together_or_not_at_all(tmp_path: Path) -> None:
    deep: list[Any] = []
    for _ in range(5000):
        deep = [deep]
    one, other = extraction(TEXT, "a"), dataclasses.replace(extraction(TEXT, "b"), article=Article("b", TEXT, metadata={"k": deep}))
    with Shards(tmp_path / "s") as shards:
        with pytest.raises(RecursionError):
            shards.save([one, other])
        shards.save([one])
    assert [shard.result for shard in read_shards(tmp_path / "s")] == [one]


def test_errors_are_sentences(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"^There is no folder .*nulle: quotes extract --shards makes one\.$"):
        merge([tmp_path / "nulle"], tmp_path / "a.db")
    (tmp_path / "x.parquet").write_bytes(b"PAR1")
    with pytest.raises(
        StoreError, match=r"x\.parquet is no shard of quotes, or damaged .*: delete it, and run the command that wrote it again\.$"
    ):
        merge([tmp_path], tmp_path / "a.db")
    with pytest.raises(StoreError, match="cannot be made"):
        Shards(tmp_path / "no" / "folder")
