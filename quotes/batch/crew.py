"""Who extracts: this process, or several others that are replaced when they die or have worked long enough."""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import itertools
import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Self

from quotes.batch.engine import Batch, Results
from quotes.batch.orphans import end_quietly
from quotes.batch.work import BatchExtractor, Documents, Factory, SetupError, build, extract_safely, killed, start_worker, work

__all__ = ["Crew", "cores"]

# Memory of long-running torch processes grows: after this many batches a worker is replaced.
BATCHES_A_WORKER = 100
# So many batches are worth the start of other processes; the first of them are small.
_WORTH_IT = 6


@dataclasses.dataclass(slots=True)
class _Pending:
    batch: Batch
    future: Future[Results]
    pool: ProcessPoolExecutor


class Crew:
    """An `Engine` of `workers` processes (1: this one). The extractor is built when first needed.

    None stands for as many processes as there are cores; an archive of few batches is then extracted in this one, for each process
    has to load the models first.
    """

    def __init__(self, factory: Factory, workers: int | None = 1, batches_a_worker: int = BATCHES_A_WORKER) -> None:
        """`factory` has to be picklable when there are several workers."""
        self._factory = factory
        self._workers = workers or cores()
        self._least = 0 if workers else _WORTH_IT
        self._lifetime = batches_a_worker * self._workers
        self._extractor: BatchExtractor | None = None
        self._pool: ProcessPoolExecutor | None = None
        self._submitted = 0
        self._pending: collections.deque[_Pending] = collections.deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.dismiss()

    def extract(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, Results]]:
        """See `Engine.extract`."""
        rest = iter(batches)
        first = list(itertools.islice(rest, self._least))
        alone = self._workers == 1 or len(first) < self._least
        for batch in itertools.chain(first, rest):
            if not alone:
                self._pending.append(self._submit(batch))
                # Two batches a worker keep all of them busy and the memory bounded.
                if len(self._pending) > 2 * self._workers:
                    yield self._next()
            else:
                yield batch, self._here(batch.todo)
        while self._pending:
            yield self._next()

    def finished(self) -> Iterator[tuple[Batch, Results]]:
        """See `Engine.finished`."""
        while self._pending:
            pending = self._pending.popleft()
            if pending.future.done() and not pending.future.cancelled() and pending.future.exception() is None:
                yield pending.batch, pending.future.result()

    def dismiss(self) -> None:
        """End the workers at once, whatever they are doing."""
        pools = {id(pending.pool): pending.pool for pending in self._pending}
        if self._pool is not None:
            pools[id(self._pool)] = self._pool
        self._pending.clear()
        self._pool = None
        for pool in pools.values():
            _end(pool)

    def _here(self, documents: Documents) -> Results:
        if documents and self._extractor is None:
            self._extractor = build(self._factory)
        return extract_safely(self._extractor, documents) if self._extractor is not None else []

    def _submit(self, batch: Batch) -> _Pending:
        if self._pool is not None and self._submitted >= self._lifetime:
            # It finishes what it has, then its processes end.
            self._pool.shutdown(wait=False)
            self._pool = None
        if self._pool is None:
            self._pool, self._submitted = _pool(self._workers), 0
        self._submitted += bool(batch.todo)
        try:
            return _Pending(batch, self._send(self._pool, batch.todo), self._pool)
        except BrokenProcessPool:
            # A worker died after its last batch: start anew.
            self._pool = None
            return self._submit(batch)

    def _send(self, pool: ProcessPoolExecutor, documents: Documents) -> Future[Results]:
        if documents:
            return pool.submit(work, self._factory, documents)
        nothing: Future[Results] = Future()
        nothing.set_result([])
        return nothing

    def _next(self) -> tuple[Batch, Results]:
        """The oldest batch with its results. It stays pending until they are here, so that an interruption loses nothing."""
        pending = self._pending[0]
        try:
            results = pending.future.result()
        except BrokenProcessPool:
            if pending.pool is self._pool:
                self._pool = None
            results = self._rescue(pending.batch.todo)
        self._pending.popleft()
        return pending.batch, results

    def _rescue(self, documents: Documents) -> Results:
        """A batch whose worker died, or whose neighbour's did: again in a fresh process, then article by article."""
        with contextlib.ExitStack() as stack:
            results = _attempt(self._fresh(stack), self._factory, documents)
            if results is not None:
                return results
            results, pool = [], None
            for document in documents:
                pool = pool or self._fresh(stack)
                found = _attempt(pool, self._factory, [document])
                results += found if found is not None else [killed(*document)]
                pool = None if found is None else pool
            return results

    def _fresh(self, stack: contextlib.ExitStack) -> ProcessPoolExecutor:
        """A pool of one process that holds its models. Raises `SetupError` when it dies while it loads them."""
        pool = _pool(1)
        stack.callback(_end, pool)
        if _attempt(pool, self._factory, []) is None:
            raise SetupError("The worker process died while it loaded the models: free some memory, or use fewer --workers.")
        return pool


def cores() -> int:
    """How many processes can work at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _pool(workers: int) -> ProcessPoolExecutor:
    end_quietly()
    # spawn: a forked torch may hang on locks that its parent held.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=start_worker)


def _attempt(pool: ProcessPoolExecutor, factory: Factory, documents: Documents) -> Results | None:
    """The results, or None when the process died."""
    try:
        return pool.submit(work, factory, documents).result()
    except BrokenProcessPool:
        return None


def _end(pool: ProcessPoolExecutor) -> None:
    # Before Python 3.14 a pool has no public way to end a process that is busy.
    processes = list((getattr(pool, "_processes", None) or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.kill()
