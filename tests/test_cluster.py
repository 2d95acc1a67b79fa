"""A real scheduler and real workers on this machine: the same database as without them, though workers die."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from quotes.batch import run
from quotes.batch.cluster import Cluster
from quotes.batch.engine import Batch
from quotes.batch.work import SetupError
from quotes.extras import MissingPackage
from quotes.model import Article
from tests.conftest import fake_extractor, refusing_factory
from tests.test_resume import archive, contents, slow_extractor

pytest.importorskip("distributed")
# Dask opens sockets in threads of its own, which may outlive the test that used them.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

# One death more than none is enough to give up on a task: by default it is three.
HASTY = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
QUIET = {**os.environ, **HASTY, "PYTHONPATH": os.pathsep.join(sys.path), "DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "critical"}


class Machines:
    """A scheduler with its workers, each a process."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "scheduler.json"
        self.scheduler = self._start("dask_scheduler", "--host", "127.0.0.1", "--port", "0")
        while not self.file.exists():
            time.sleep(0.05)
        self.address: str = json.loads(self.file.read_text())["address"]
        self.workers = [self.add_worker() for _ in range(2)]

    def add_worker(self) -> subprocess.Popen[bytes]:
        return self._start("dask_worker", "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")

    def _start(self, module: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{module}", "--scheduler-file", str(self.file), "--no-dashboard", *options]
        return subprocess.Popen(command, env=QUIET, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    found = Machines(tmp_path_factory.mktemp("cluster"))
    yield found
    found.end()


def test_the_database_is_that_of_a_run_on_one_machine(tmp_path: Path, machines: Machines) -> None:
    source = archive(tmp_path / "a.jsonl")
    run([source], db=tmp_path / "whole.db", words=60, factory=fake_extractor)
    killed: list[int] = []

    def watch(summary: object) -> None:
        if not killed:
            # In the middle of the run, one of the two machines is gone for good.
            machines.workers[0].kill()
            killed.append(machines.workers[0].pid)

    with Cluster(machines.address, slow_extractor) as cluster:
        summary = run([source], db=tmp_path / "a.db", words=60, engine=cluster, watch=watch)
    assert killed and summary.articles == 118
    assert contents(tmp_path / "a.db") == contents(tmp_path / "whole.db")
    machines.workers[0] = machines.add_worker()


def test_results_of_an_interrupted_run_are_kept(machines: Machines) -> None:
    batches = [Batch([("x", Article(str(number), "Rien."))], frozenset()) for number in range(3)]
    with Cluster(machines.address, fake_extractor) as cluster:
        found = cluster.extract(batches)
        assert next(found)[0].articles[0][1].id == "0"
        time.sleep(1)
        assert [batch.articles[0][1].id for batch, results in cluster.finished() if results] == ["1", "2"]


def test_errors_are_sentences(machines: Machines, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(
        SetupError, match=r"^There is no scheduler at tcp://127\.0\.0\.1:9: start one with dask scheduler, or check the address\.$"
    ):
        Cluster("tcp://127.0.0.1:9", fake_extractor, patience=0.5)
    batch = Batch([("x", Article("a", "Rien."))], frozenset())
    with (
        Cluster(machines.address, refusing_factory) as cluster,
        pytest.raises(SetupError, match=r"^The models cannot be loaded: OSError: depparse.pt"),
    ):
        list(cluster.extract([batch]))
    with (
        Cluster(machines.address, fake_extractor, version=-1) as cluster,
        pytest.raises(SetupError, match="install the same quotes on all machines"),
    ):
        list(cluster.extract([batch]))
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingPackage) as caught:
        Cluster(machines.address, fake_extractor)
    assert str(caught.value) == 'Working on a cluster needs: pip install "french-quotes[cluster]"'


def test_an_article_that_kills_its_workers_costs_itself_alone(tmp_path: Path) -> None:
    found = Machines(tmp_path)
    with contextlib.ExitStack() as stack:
        stack.callback(found.end)
        # Whoever runs a cluster has dead workers restarted.
        nanny = [sys.executable, "-m", "distributed.cli.dask_worker", "--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard"]
        restarted = subprocess.Popen(
            [*nanny, "--scheduler-file", str(found.file)], env=QUIET, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        stack.callback(restarted.wait)
        stack.callback(restarted.terminate)
        texts = ("Rien.", "MOURIR", "Rien.")
        batch = Batch([("x", Article(str(number), text)) for number, text in enumerate(texts)], frozenset())
        with Cluster(found.address, functools.partial(fake_extractor)) as cluster:
            [(_, results)] = list(cluster.extract([batch]))
    assert [getattr(result, "reason", "") for result in results] == ["", "killed", ""]
