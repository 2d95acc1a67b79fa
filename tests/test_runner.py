"""Whole runs: every document accounted for, resumable, whatever an article does."""

from __future__ import annotations

import collections
import dataclasses
import functools
import itertools
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from quotes.archive.extent import Extent
from quotes.batch import Summary, run
from quotes.batch.crew import Crew
from quotes.batch.engine import Batch
from quotes.batch.work import SetupError
from quotes.errors import QuotesError
from quotes.model import Article
from quotes.sizes import batch_sizes
from quotes.store import Store, StoreError
from tests.conftest import FakeExtractor, dying_factory, fake_extractor, refusing_factory

TEXT = "« Le bac rouvre », a déclaré Anne Vidal. Selon la mairie, tout va bien."
fake_run = functools.partial(run, factory=fake_extractor)


def archive(folder: Path, texts: dict[str, str]) -> Path:
    path = folder / "archive.jsonl"
    path.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items()))
    return path


def rows(path: Path, *, runs: bool = False) -> dict[str, list[dict[str, Any]]]:
    names = ("articles", "speakers", "quotes", "pieces", "claims", "mentions", "failures", *(["runs"] if runs else []))
    with Database(path) as db:
        return {name: list(db.table(name).rows) for name in names}


def ids(path: Path) -> list[str]:
    return [json.loads(line)["id"] for line in path.read_text().splitlines()]


def test_the_first_articles_are_stored_soon(tmp_path: Path) -> None:
    seen: list[int] = []
    source = archive(tmp_path, {f"a{n:02}": "Il pleut. " * 60 for n in range(40)})
    fake_run([source], db=tmp_path / "a.db", watch=lambda summary: seen.append(summary.articles))
    assert seen == [5, 25, 40]


def test_batches_grow_to_their_size() -> None:
    assert list(itertools.islice(batch_sizes(20_000), 5)) == [500, 2000, 8000, 20_000, 20_000]
    assert list(itertools.islice(batch_sizes(1), 2)) == [1, 1]


def test_database_and_lines(tmp_path: Path) -> None:
    source = archive(tmp_path, {"a": TEXT, "b": "Rien.", "c": TEXT})
    seen: list[int] = []
    summary = fake_run(
        [source], db=tmp_path / "a.db", jsonl=tmp_path / "a.jsonl", words=1, watch=lambda summary: seen.append(summary.articles)
    )
    assert (summary.articles, summary.quotes, summary.claims, summary.failures) == (3, 2, 2, {})
    assert summary.words == len(TEXT.split()) * 2 + 1 and summary.seconds > 0
    assert ids(tmp_path / "a.jsonl") == ["a", "b", "c"]
    assert seen == [1, 2, 3]
    [ran] = rows(tmp_path / "a.db", runs=True)["runs"]
    assert (ran["status"], ran["articles"], ran["quotes"], ran["paths"]) == ("finished", 3, 2, json.dumps([source.as_posix()]))


def test_a_second_run_changes_nothing_and_writes_the_same_lines(tmp_path: Path) -> None:
    source = archive(tmp_path, {"a": TEXT, "b": "Rien.", "c": "BOUM", "d": "", "e": TEXT})
    fake_run([source], db=tmp_path / "a.db", jsonl=tmp_path / "a.jsonl")
    before, lines = rows(tmp_path / "a.db"), (tmp_path / "a.jsonl").read_bytes()
    summary = fake_run([source], db=tmp_path / "a.db", jsonl=tmp_path / "a.jsonl")
    assert (summary.articles, summary.unchanged, summary.failures) == (0, 3, {"error": 1, "empty": 1})
    assert rows(tmp_path / "a.db") == before
    assert (tmp_path / "a.jsonl").read_bytes() == lines


def test_a_new_pipeline_version_redoes_everything_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = archive(tmp_path, {"a": TEXT, "b": TEXT})
    fake_run([source], db=tmp_path / "a.db")
    before = rows(tmp_path / "a.db")
    monkeypatch.setattr("quotes.batch.runner._pipeline_version", lambda: 999)
    assert fake_run([source], db=tmp_path / "a.db").articles == 2
    after = rows(tmp_path / "a.db")
    assert {row.pop("pipeline_version") for row in after["articles"]} == {999}
    for row in before["articles"]:
        del row["pipeline_version"]
    assert after == before


def test_what_the_archive_says_of_an_article_may_change(tmp_path: Path) -> None:
    source = archive(tmp_path, {"a": TEXT, "b": TEXT})
    fake_run([source], db=tmp_path / "a.db")
    source.write_text(source.read_text().replace('"a"', '"a", "title": "Le bac"', 1))
    summary = fake_run([source], db=tmp_path / "a.db")
    assert (summary.articles, summary.unchanged) == (1, 1)
    assert [row["title"] for row in rows(tmp_path / "a.db")["articles"]] == ["Le bac", None]


def test_another_text_with_the_same_id_is_refused_unless_it_is_to_replace_the_first(tmp_path: Path) -> None:
    fake_run([archive(tmp_path, {"a": TEXT, "b": TEXT})], db=tmp_path / "a.db")
    source = archive(tmp_path, {"a": "« Non »", "b": TEXT})
    before = rows(tmp_path / "a.db")
    for _ in range(2):
        summary = fake_run([source], db=tmp_path / "a.db")
        assert (summary.articles, summary.unchanged, summary.failures, summary.repeated) == (0, 1, {"other-text": 1}, 0)
    assert summary.messages == [f"{source}:1 has another text than the stored article a: give it an id of its own, or --replace that one."]
    assert {**rows(tmp_path / "a.db"), "failures": []} == before
    assert fake_run([source], db=tmp_path / "a.db", replace=True).articles == 1
    assert [row["id"] for row in rows(tmp_path / "a.db")["quotes"]] == ["b#q2-15", "a#q2-5"]


def test_a_page_with_a_newer_date_replaces_the_stored_one(tmp_path: Path) -> None:
    def page(text: str, date: str, url: str = "https://courrier.example/bac") -> Path:
        (tmp_path / "p.jsonl").write_text(json.dumps({"id": "p", "text": text, "date": date, "url": url}))
        return tmp_path / "p.jsonl"

    fake_run([page(TEXT, "2024-02-05")], db=tmp_path / "a.db")
    older, elsewhere = page("Rien.", "2024-02-04"), "https://ailleurs.example/bac"
    assert fake_run([older], db=tmp_path / "a.db").failures == {"other-text": 1}
    assert fake_run([page("Rien.", "2024-02-06", elsewhere)], db=tmp_path / "a.db").failures == {"other-text": 1}
    assert fake_run([page("Rien.", "2024-02-06")], db=tmp_path / "a.db").articles == 1


def test_failures_are_tried_again_when_that_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = archive(tmp_path, {"a": "BOUM", "b": TEXT})
    fake_run([source], db=tmp_path / "a.db")
    before = rows(tmp_path / "a.db")
    mended = functools.partial(run, [source], db=tmp_path / "a.db", factory=Mended)
    summary = mended()
    assert (summary.articles, summary.unchanged, summary.failures, summary.repeated) == (0, 1, {"error": 1}, 1)
    assert rows(tmp_path / "a.db") == before
    summary = mended(retry_failures=True)
    assert (summary.articles, summary.unchanged, summary.failures) == (1, 1, {})
    assert rows(tmp_path / "a.db")["failures"] == []


def test_failures_of_another_version_or_text_are_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = archive(tmp_path, {"a": "BOUM"})
    fake_run([source], db=tmp_path / "a.db")
    assert run([archive(tmp_path, {"a": "BOUM !"})], db=tmp_path / "a.db", factory=Mended).articles == 1
    fake_run([archive(tmp_path, {"c": "BOUM"})], db=tmp_path / "a.db")
    monkeypatch.setattr("quotes.batch.runner._pipeline_version", lambda: 999)
    assert run([source], db=tmp_path / "a.db", factory=Mended).articles == 1


class Mended(FakeExtractor):
    """Does not stumble over what the fake extractor stumbles over."""

    def extract_batch(self, articles: Any) -> Any:
        calm = [dataclasses.replace(article, text=article.text.replace("BOUM", "boum")) for article in articles]
        return [dataclasses.replace(found, article=article) for found, article in zip(super().extract_batch(calm), articles, strict=True)]


def test_the_log_has_a_line_a_failure(tmp_path: Path) -> None:
    source = archive(tmp_path, {"a\nb\x1b[2J": "BOUM", "c": "", "d": TEXT})
    for _ in range(2):
        fake_run([source], jsonl=tmp_path / "out", log=tmp_path / "log.tsv")
    lines = [line.split("\t") for line in (tmp_path / "log.tsv").read_text().splitlines()]
    assert [line[1:4] for line in lines] == [["empty", f"{source}:2", "c"], ["error", f"{source}:1", "a b [2J"]] * 2
    assert lines[0][4] == f"{source}:2 holds no text."
    with pytest.raises(QuotesError, match=r"^/dev/full cannot be written \(No space left on device\): choose another place for --log\.$"):
        fake_run([source], jsonl=tmp_path / "out", log="/dev/full")


def test_files_that_hold_no_articles_are_counted(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.ann", "b.ann", "c.jpg"):
        (tmp_path / "in" / name).write_text("T1")
    archive(tmp_path / "in", {"a": TEXT})
    summary = fake_run([tmp_path / "in"], jsonl=tmp_path / "out")
    assert (summary.articles, summary.skipped, summary.failures) == (1, {".ann": 2, ".jpg": 1}, {})


def test_what_is_done_and_how_much_there_is(tmp_path: Path) -> None:
    source = archive(tmp_path, {str(number): f"{TEXT} {number}" for number in range(9)})
    seen: list[int] = []
    fake_run([source], jsonl=tmp_path / "out", words=1, watch=lambda summary: seen.append(summary.done))
    assert seen == sorted(seen) and seen[-1] == source.stat().st_size
    extent = Extent([tmp_path])
    # Measured beside everything else: never at once.
    for _ in range(1000):
        time.sleep(0 if extent.total else 0.01)
    assert extent.total == source.stat().st_size + (tmp_path / "out").stat().st_size


def test_a_small_archive_is_extracted_in_this_process(tmp_path: Path) -> None:
    ran: list[str] = []

    class Here(FakeExtractor):
        def extract_batch(self, articles: Any) -> Any:
            ran.extend(article.id for article in articles)
            return super().extract_batch(articles)

    run([archive(tmp_path, {"a": TEXT, "b": TEXT})], jsonl=tmp_path / "out", workers=None, factory=Here)
    assert ran == ["a", "b"]


@pytest.mark.parametrize("workers", [1, 2])
def test_every_document_is_accounted_for(tmp_path: Path, workers: int) -> None:
    texts = {f"n{number:02}": TEXT for number in range(20)} | {"n03": "BOUM", "n11": "", "n12": "« BOUM »"}
    source = archive(tmp_path, texts)
    with source.open("a") as file:
        file.write('{"id": "n00", "text": "autre"}\n{\n')
    summary = fake_run([source], db=tmp_path / "a.db", jsonl=tmp_path / "a.jsonl", words=25, workers=workers)
    assert summary.articles == 17
    assert summary.failures == {"error": 2, "empty": 1, "duplicate-id": 1, "bad-json": 1}
    stored = rows(tmp_path / "a.db")
    assert len(stored["articles"]) + len(stored["failures"]) == 22
    assert ids(tmp_path / "a.jsonl") == sorted(row["id"] for row in stored["articles"])
    [_, first] = [row for row in stored["failures"] if row["reason"] == "error"]
    assert (first["source"], first["message"]) == (f"{source.as_posix()}:4", "Extracting n03 failed with ValueError: boum.")


def test_a_dying_worker_costs_one_article(tmp_path: Path) -> None:
    texts = {f"n{number}": TEXT for number in range(9)} | {"n4": "MOURIR"}
    summary = fake_run([archive(tmp_path, texts)], jsonl=tmp_path / "a.jsonl", words=25, workers=2)
    assert (summary.articles, summary.failures) == (8, {"killed": 1})
    assert summary.messages == ["The worker process died while it extracted n4, perhaps for lack of memory."]
    assert ids(tmp_path / "a.jsonl") == [name for name in texts if name != "n4"]


def test_workers_are_replaced_after_some_batches() -> None:
    batches = [Batch([("x", Article(str(number), TEXT))], frozenset()) for number in range(7)]
    with Crew(fake_extractor, workers=2, batches_a_worker=1) as crew:
        done = [batch.articles[0][1].id for batch, results in crew.extract(batches) if results]
    assert done == list("0123456")


@pytest.mark.parametrize("workers", [1, 2])
def test_models_that_do_not_load_stop_the_run(tmp_path: Path, workers: int) -> None:
    source = archive(tmp_path, {"a": TEXT})
    with pytest.raises(SetupError) as caught:
        run([source], db=tmp_path / "a.db", factory=refusing_factory, workers=workers)
    assert str(caught.value) == "The models cannot be loaded: OSError: depparse.pt is damaged"
    stored = rows(tmp_path / "a.db", runs=True)
    assert (stored["articles"], stored["failures"], stored["runs"][0]["status"]) == ([], [], "failed")


def test_a_worker_that_dies_while_loading_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="died while it loaded the models: free some memory, or use fewer --workers"):
        run([archive(tmp_path, {"a": TEXT})], jsonl=tmp_path / "a.jsonl", factory=dying_factory, workers=2)


class Interrupted(FakeExtractor):
    """Ctrl-C comes at the third batch."""

    def __init__(self) -> None:
        self.calls = 0

    def extract_batch(self, articles: Any) -> Any:
        self.calls += 1
        if self.calls == 3:
            raise KeyboardInterrupt
        return super().extract_batch(articles)


def test_ctrl_c_keeps_what_is_finished_and_the_next_run_goes_on(tmp_path: Path) -> None:
    source = archive(tmp_path, {name: TEXT for name in "abcde"})
    summary = run([source], db=tmp_path / "a.db", words=1, factory=Interrupted)
    assert (summary.interrupted, summary.articles) == (True, 2)
    assert [row["status"] for row in rows(tmp_path / "a.db", runs=True)["runs"]] == ["interrupted"]
    summary = fake_run([source], db=tmp_path / "a.db")
    assert (summary.articles, summary.unchanged, summary.interrupted) == (3, 2, False)
    fake_run([source], db=tmp_path / "whole.db")
    assert rows(tmp_path / "a.db") == rows(tmp_path / "whole.db")


# A suite that runs in the background of a shell inherits an ignored SIGINT: the script asks for it again.
SCRIPT = """
import signal
import sys
from quotes.batch import run
from tests.conftest import fake_extractor
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    told = lambda summary: print(summary.articles, flush=True)
    summary = run([sys.argv[1]], db=sys.argv[2], words=1, workers=int(sys.argv[3]), factory=fake_extractor, watch=told)
    sys.exit(130 if summary.interrupted else 0)
"""


@pytest.mark.parametrize(("workers", "how"), [(1, signal.SIGKILL), (2, signal.SIGKILL), (2, signal.SIGINT), (2, signal.SIGTERM)])
def test_resume_after_a_kill(tmp_path: Path, workers: int, how: signal.Signals) -> None:
    source = archive(tmp_path, {"a": TEXT, "b": TEXT, "c": "DORMIR", "d": TEXT})
    (tmp_path / "script.py").write_text(SCRIPT)
    command = [sys.executable, str(tmp_path / "script.py"), str(source), str(tmp_path / "a.db"), str(workers)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}) as process:
        assert process.stdout
        # Two articles are stored, or with two workers: some may still be on their way.
        assert process.stdout.readline() == b"1\n"
        if workers == 1:
            assert process.stdout.readline() == b"2\n"
        process.send_signal(how)
        # The output ends when nobody holds it any more: the workers are gone as well, whatever they were doing.
        process.communicate(timeout=50)
        assert process.returncode == (-how if how == signal.SIGKILL else 130)
    source = archive(tmp_path, {"a": TEXT, "b": TEXT, "c": TEXT, "d": TEXT})
    summary = fake_run([source], db=tmp_path / "a.db")
    assert summary.articles + summary.unchanged == 4 and summary.unchanged >= 1
    fake_run([source], db=tmp_path / "whole.db")
    resumed, whole = rows(tmp_path / "a.db"), rows(tmp_path / "whole.db")
    for stored in (resumed, whole):
        # What was finished after the interrupted batch came first.
        for name in ("articles", "quotes", "claims"):
            stored[name] = sorted(({**row, "key": 0} for row in stored[name]), key=lambda row: str(row["id"]))
    assert resumed == whole


def test_limit(tmp_path: Path) -> None:
    source = archive(tmp_path, {"": "", "a": TEXT, "b": TEXT, "c": TEXT})
    summary = fake_run([source], jsonl=tmp_path / "a.jsonl", limit=2)
    assert (summary.articles, summary.failures) == (2, {"empty": 1})


def test_a_full_disk_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = archive(tmp_path, {"a": TEXT, "b": TEXT * 3000, "c": TEXT})
    fake_run([source], db=tmp_path / "a.db", limit=1)
    original = Store._prepare

    def small(self: Store) -> None:
        original(self)
        self.db.execute("PRAGMA max_page_count = 40").fetchone()

    with monkeypatch.context() as patch:
        patch.setattr(Store, "_prepare", small)
        with pytest.raises(StoreError, match=r"^The disk is full, .*a\.db cannot grow: what was stored is safe"):
            fake_run([source], db=tmp_path / "a.db", words=1)
    assert [row["id"] for row in rows(tmp_path / "a.db")["articles"]] == ["a"]
    assert fake_run([source], db=tmp_path / "a.db").articles == 2


def test_an_extraction_that_the_store_refuses_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Odd(FakeExtractor):
        def extract_batch(self, articles: Any) -> Any:
            odd: dict[str, Any] = {"words": None}
            return [dataclasses.replace(found, **odd) if found.article.id == "b" else found for found in super().extract_batch(articles)]

    summary = run([archive(tmp_path, {"a": TEXT, "b": "x", "c": TEXT})], db=tmp_path / "a.db", factory=Odd)
    assert (summary.articles, summary.failures) == (2, {"error": 1})
    assert summary.messages[0].startswith("Storing b failed with IntegrityError: ")


def test_an_extractor_that_loses_articles_is_asked_one_by_one(tmp_path: Path) -> None:
    class Forgetful(FakeExtractor):
        def extract_batch(self, articles: Any) -> Any:
            return super().extract_batch(articles)[:1]

    assert run([archive(tmp_path, {"a": TEXT, "b": TEXT})], jsonl=tmp_path / "a.jsonl", factory=Forgetful).articles == 2


def test_lines_that_cannot_be_written(tmp_path: Path) -> None:
    source = archive(tmp_path, {"a": TEXT})
    with pytest.raises(QuotesError) as caught:
        fake_run([source], jsonl=tmp_path / "no" / "a.jsonl")
    expected = f"{tmp_path}/no/a.jsonl cannot be written (No such file or directory): choose another place for --jsonl."
    assert str(caught.value) == expected
    if Path("/dev/full").exists():
        with pytest.raises(QuotesError, match=r"^/dev/full cannot be written \(No space left on device\)"):
            fake_run([source], jsonl="/dev/full")


def test_neither_db_nor_jsonl(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="give db, jsonl or both, or shards alone"):
        fake_run([tmp_path])


def test_messages_are_bounded(tmp_path: Path) -> None:
    summary = fake_run([archive(tmp_path, {str(number): "" for number in range(99)})], jsonl=tmp_path / "a.jsonl")
    assert (summary.failures, len(summary.messages)) == ({"empty": 99}, 10)
    assert Summary(failures=collections.Counter(empty=2)).counts()["failures"] == 2


def test_other_choices_redo_what_is_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[bool, float]] = []

    def factory(models: object, unasserted: bool, min_confidence: float) -> FakeExtractor:
        asked.append((unasserted, min_confidence))
        return FakeExtractor()

    monkeypatch.setattr("quotes.batch.runner.default_extractor", factory)
    source = archive(tmp_path, {"a": TEXT})
    choices = [(False, 0.5), (True, 0.5), (True, 0.5), (True, 0.7), (False, 0.5)]
    found = [run([source], db=tmp_path / "a.db", unasserted=wanted, min_confidence=bound) for wanted, bound in choices]
    assert asked == [(False, 0.5), (True, 0.5), (True, 0.7), (False, 0.5)]
    assert [summary.unchanged for summary in found] == [0, 0, 1, 0, 0]
