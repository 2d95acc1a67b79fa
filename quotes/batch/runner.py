"""From an archive to a database and JSON Lines: reads, extracts in batches, stores, keeps account of every document."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from quotes.archive.extent import Extent
from quotes.archive.failure import Document, Failure, Skipped
from quotes.archive.files import open_documents
from quotes.archive.options import Options
from quotes.batch.cluster import Cluster
from quotes.batch.crew import Crew
from quotes.batch.engine import Batch, Engine, Results
from quotes.batch.keeper import Keeper
from quotes.batch.summary import Summary, open_log
from quotes.batch.targets import check_targets
from quotes.batch.triage import OTHER_TEXT, Triage, limited, parted
from quotes.batch.work import Factory, default_extractor
from quotes.errors import QuotesError
from quotes.export.jsonl import Lines, open_lines
from quotes.model import THRESHOLD, Article, Extraction
from quotes.sizes import WORDS_A_BATCH, batch_sizes
from quotes.store.choices import Choices
from quotes.store.rows import content_hash
from quotes.store.shards import Shards
from quotes.store.writer import Store

__all__ = ["WORDS_A_BATCH", "Summary", "run"]

# A batch ends here even when all its articles are short or stored already.
ARTICLES_A_BATCH = 500


def run(
    paths: Iterable[str | Path],
    *,
    db: str | Path | None = None,
    jsonl: str | Path | None = None,
    shards: str | Path | None = None,
    part: tuple[int, int] | None = None,
    workers: int | None = 1,
    models: str | Path | None = None,
    limit: int | None = None,
    unasserted: bool = False,
    min_confidence: float = THRESHOLD,
    options: Options | None = None,
    replace: bool = False,
    retry_failures: bool = False,
    log: str | Path | None = None,
    cluster: str | None = None,
    engine: Engine | None = None,
    factory: Factory | None = None,
    words: int = WORDS_A_BATCH,
    watch: Callable[[Summary], None] | None = None,
    documents: Iterable[Document] | None = None,
) -> Summary:
    """Extract an archive into a database, a JSON Lines file (`-`: standard output), or both; or into a folder of shards.

    Articles that the database holds unchanged are not extracted again. Ctrl-C ends the run with `interrupted` set; what was finished is
    stored. `unasserted` keeps the claims of negated, asked and supposed reporting too; speakers less sure than `min_confidence` (0 to 1)
        are not named; `options` says how the archive is read.
    `documents` are extracted instead of the files of `paths`, which then only say where they come from.

    The JSON Lines file takes its place when the run ends; until then, and for good when it is interrupted or fails, its lines are in
    `quotes.targets.part_of(jsonl)`. Nothing is opened for writing before it is sure that it is none of the files that are read.

    An id that the database holds with another text is a failure, `other-text`, unless it is the same page with a newer date, or
    `replace` is set. An article that could not be extracted before is not tried again by the same version and models, unless
    `retry_failures` is set. `part` (1, 3) is the first third of the archive's documents, (3, 3) the last. `log` is a file that gets one
    line a failure.

    Raises `QuotesError` when the archive, the models, the database or the file cannot be used. `watch` is called after every batch,
    `words` is the size of a batch, `factory` makes another extractor than the default one. `workers` processes extract (None: as many
    as there are cores, as far as the archive is worth it), or the workers of the Dask scheduler at `cluster`, or another `engine`.
    """
    if (shards is None) == (db is None and jsonl is None):
        raise ValueError("give db, jsonl or both, or shards alone")
    named = list(paths)
    given = [Path(path) for path in named]
    extent = Extent(given if watch and documents is None else ())
    documents = iter(documents) if documents is not None else open_documents(named, options, extent)
    check_targets(given, db=db, jsonl=jsonl, log=log, shards=shards)
    factory = factory or functools.partial(default_extractor, models, unasserted, min_confidence)
    summary = Summary()
    with contextlib.suppress(_Interrupted), contextlib.ExitStack() as stack:
        store = stack.enter_context(_keeper(db, shards))
        lines = stack.enter_context(open_lines(jsonl) if jsonl is not None else contextlib.nullcontext())
        told = stack.enter_context(open_log(log) if log is not None else contextlib.nullcontext())
        engine = stack.enter_context(engine or _engine(factory, workers, cluster))
        if store:
            choices = Choices(_pipeline_version(), str(models or "embedded"), unasserted, min_confidence)
            store.start_run([path.as_posix() for path in given], choices)
        triage = Triage(store, replace=replace, retry_failures=retry_failures)
        job = _Job(engine, store, lines, triage, extent, watch, told, summary)
        job.extract(limited(parted(documents, part), limit), words, complete=limit is None and part is None)
        if summary.interrupted:
            raise _Interrupted
    return summary


class _Interrupted(Exception):
    """Ends a run that Ctrl-C cut short: a file that is not whole does not take its place."""


def _keeper(db: str | Path | None, shards: str | Path | None) -> AbstractContextManager[Keeper | None]:
    if db is not None:
        return Store(db)
    return Shards(shards) if shards is not None else contextlib.nullcontext()


def _engine(factory: Factory, workers: int | None, cluster: str | None) -> Engine:
    return Cluster(cluster, factory, version=_pipeline_version()) if cluster else Crew(factory, workers)


def _pipeline_version() -> int:
    from quotes.pipeline import PIPELINE_VERSION

    return PIPELINE_VERSION


@dataclasses.dataclass(slots=True)
class _Job:
    """One run: who works, where the results go, and the account."""

    engine: Engine
    store: Keeper | None
    lines: Lines | None
    triage: Triage
    extent: Extent
    watch: Callable[[Summary], None] | None
    log: Callable[[Failure], None] | None
    summary: Summary
    started: float = dataclasses.field(default_factory=time.monotonic)

    def extract(self, documents: Iterator[Document], words: int, *, complete: bool) -> None:
        """Everything, to the end, an interruption or an error that concerns all articles."""
        try:
            for batch, results in self.engine.extract(self._batches(documents, words)):
                self._keep(batch, results)
        except KeyboardInterrupt:
            self.summary.interrupted = True
            for batch, results in self.engine.finished():
                self._keep(batch, results)
        except BaseException:
            # The database itself may be what failed; the error under way says more than a second one would.
            with contextlib.suppress(QuotesError):
                self._finish("failed", complete=False)
            raise
        self._finish("interrupted" if self.summary.interrupted else "finished", complete=complete and not self.summary.interrupted)

    def _batches(self, documents: Iterator[Document], words: int) -> Iterator[Batch]:
        """The articles in batches of about `words` words to extract, the first ones smaller; failures are recorded on the way."""
        articles: list[tuple[str, Article]] = []
        unchanged: set[int] = set()
        sizes = batch_sizes(words)
        size, most = 0, next(sizes)
        for document in documents:
            if not isinstance(document, tuple):
                self._pass_over(document)
                continue
            if self.triage.is_current(document[1]):
                unchanged.add(len(articles))
            elif (refused := self.triage.refused(*document)) is not None:
                self._refuse(refused, document[1])
                continue
            else:
                # A French word is about six characters long with its space.
                size += len(document[1].text) // 6 + 1
            articles.append(document)
            if size >= most or len(articles) >= ARTICLES_A_BATCH:
                yield Batch(articles, frozenset(unchanged), self.extent.done)
                articles, unchanged, size, most = [], set(), 0, next(sizes)
        if articles:
            yield Batch(articles, frozenset(unchanged), self.extent.done)

    def _keep(self, batch: Batch, results: Results) -> None:
        """Store and write a batch's results, in the order of its articles."""
        kept = self._stored([result for result in results if isinstance(result, Extraction)])
        for (_, article), result in zip(batch.todo, results, strict=True):
            if isinstance(result, Failure):
                self._fail(result, article)
        self.summary.unchanged += len(batch.unchanged)
        for extraction in kept:
            self.summary.add(extraction)
        if self.lines:
            self._write(batch, {extraction.article.id: extraction for extraction in kept}, self.lines)
        self.summary.seconds = time.monotonic() - self.started
        self.summary.done, self.summary.total = batch.position, self.extent.total
        if self.watch:
            self.watch(self.summary)

    def _stored(self, extractions: list[Extraction]) -> list[Extraction]:
        """The extractions that the database took (all, without one). One that it refuses is recorded and does not hold up the others."""
        if not self.store:
            return extractions
        try:
            self.store.save(extractions)
        except QuotesError:
            raise
        except Exception as error:
            if len(extractions) > 1:
                return [kept for extraction in extractions for kept in self._stored([extraction])]
            article = extractions[0].article
            message = f"Storing {article.id} failed with {type(error).__name__}: {error}."
            self._fail(Failure(article.id, article.id, "error", message), article)
            return []
        return extractions

    def _write(self, batch: Batch, extracted: dict[str, Extraction], lines: Lines) -> None:
        for place, (_, article) in enumerate(batch.articles):
            stored = place in batch.unchanged and self.store is not None
            extraction = self.store.load(article.id) if stored and self.store else extracted.get(article.id)
            if extraction is not None:
                lines(extraction)

    def _pass_over(self, document: Failure | Skipped) -> None:
        if isinstance(document, Skipped):
            self.summary.skipped[document.kind] += 1
        else:
            self._fail(document)

    def _refuse(self, failure: Failure, article: Article) -> None:
        repeated = failure.reason != OTHER_TEXT
        self.summary.repeated += repeated
        self._fail(failure, article if repeated else None)

    def _fail(self, failure: Failure, article: Article | None = None) -> None:
        """Account for a failure; with the article that it kept from being extracted, later runs do not try it again."""
        self.summary.fail(failure)
        if self.log:
            self.log(failure)
        if self.store:
            self.store.fail(failure, content_hash(article) if article is not None else None)

    def _finish(self, status: str, *, complete: bool) -> None:
        self.summary.seconds = time.monotonic() - self.started
        if self.store:
            self.store.finish_run(status, self.summary.counts(), complete=complete)
