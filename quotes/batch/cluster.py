"""Workers on other machines: a Dask scheduler hands them batches, the results come back to the one process that stores them."""

from __future__ import annotations

import collections
import contextlib
import pickle
import threading
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Any, Self

from quotes.batch.engine import Batch, Results
from quotes.batch.work import BatchExtractor, Documents, Factory, SetupError, build, extract_safely, killed
from quotes.extras import needed

__all__ = ["Cluster"]

# Seconds to wait for the scheduler, and for a first worker.
_PATIENCE = 30


class Cluster:
    """An `Engine` of the workers of a Dask scheduler, which may come and go while it runs."""

    def __init__(self, address: str, factory: Factory, *, version: int = 0, patience: float = _PATIENCE) -> None:
        """`factory` has to be picklable; `version` is that of the pipeline which the workers have to have. Raises `SetupError`."""
        self._distributed = needed("distributed", "Working on a cluster", "cluster")
        self._factory, self._version = pickle.dumps(factory), version
        self._address = address
        self._pending: collections.deque[tuple[Batch, Any]] = collections.deque()
        try:
            self._client = self._distributed.Client(address, timeout=patience, set_as_default=False)
        except (OSError, ValueError) as error:
            raise SetupError(f"There is no scheduler at {address}: start one with dask scheduler, or check the address.") from error
        try:
            self._client.wait_for_workers(1, timeout=patience)
        except Exception as error:
            self._client.close()
            raise SetupError(f"The scheduler at {address} has no workers: start some with dask worker {address} --nthreads 1.") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for _, future in self._pending:
            with contextlib.suppress(Exception):
                future.cancel()
        self._pending.clear()
        self._client.close(timeout=5)

    def extract(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, Results]]:
        """See `Engine.extract`."""
        for batch in batches:
            self._pending.append((batch, self._submit(batch.todo) if batch.todo else None))
            # Two batches a thread keep all of them busy and the memory bounded.
            if len(self._pending) > 2 * max(1, self._threads()):
                yield self._next()
        while self._pending:
            yield self._next()

    def finished(self) -> Iterator[tuple[Batch, Results]]:
        """See `Engine.finished`."""
        while self._pending:
            batch, future = self._pending.popleft()
            if future is None or future.status == "finished":
                yield batch, future.result() if future is not None else []

    def _threads(self) -> int:
        workers = self._client.scheduler_info(n_workers=-1)["workers"]
        return sum(worker["nthreads"] for worker in workers.values())

    def _submit(self, documents: Documents) -> Any:
        # Every batch is a task of its own, though another one may have the same articles.
        return self._client.submit(work_remotely, self._factory, self._version, documents, pure=False, retries=0)

    def _next(self) -> tuple[Batch, Results]:
        """The oldest batch with its results. It stays pending until they are here, so that an interruption loses nothing."""
        batch, future = self._pending[0]
        results = self._results(future, batch.todo) if future is not None else []
        self._pending.popleft()
        return batch, results

    def _results(self, future: Any, documents: Documents) -> Results:
        """What came of a batch. One that killed its workers is taken apart, so that it costs the article that did it."""
        try:
            found: Results = future.result()
            return found
        except self._distributed.KilledWorker:
            if len(documents) == 1:
                return [killed(*documents[0])]
            return [result for document in documents for result in self._results(self._submit([document]), [document])]
        except (self._distributed.CancelledError, self._distributed.comm.CommClosedError, OSError, TimeoutError) as error:
            message = (
                f"The scheduler at {self._address} is gone: what was stored is safe; start it and run the same command again to go on."
            )
            raise SetupError(message) from error


_lock = threading.Lock()
_extractors: dict[bytes, BatchExtractor] = {}


def work_remotely(factory: bytes, version: int, documents: Documents) -> list[Any]:
    """`extract_safely` in a worker of the cluster, which keeps the extractor of the latest run. Raises `SetupError`.

    One batch at a time, whatever threads the worker has.
    """
    from quotes.pipeline import PIPELINE_VERSION

    if version not in (0, PIPELINE_VERSION):
        raise SetupError(
            f"The workers have version {PIPELINE_VERSION} of the rules, this run has {version}: install the same quotes on all machines."
        )
    with _lock:
        if factory not in _extractors:
            _extractors.clear()
            _extractors[factory] = build(pickle.loads(factory))
        return extract_safely(_extractors[factory], documents)
