"""From an archive to a database and JSON Lines: reads, extracts in batches, stores, keeps account of every document."""

from __future__ import annotations

import contextlib
import functools
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from quotes.archive.extent import Extent
from quotes.archive.failure import Document, Failure, Skipped
from quotes.archive.files import open_documents
from quotes.archive.options import Options
from quotes.batch.cluster import Cluster
from quotes.batch.crew import Crew
from quotes.batch.engine import Batch, Engine, Results
from quotes.batch.summary import Summary, open_log
from quotes.batch.work import Factory, default_extractor
from quotes.errors import QuotesError
from quotes.export.jsonl import Lines, open_lines
from quotes.model import Article, Extraction
from quotes.store.loading import load_extraction
from quotes.store.writer import Store

__all__ = ["WORDS_A_BATCH", "Summary", "run"]

WORDS_A_BATCH = 20_000
# A batch ends here even when all its articles are short or stored already.
ARTICLES_A_BATCH = 500
# The reason of a failure: the id of an article is that of another stored text.
OTHER_TEXT = "other-text"


def run(
    paths: Iterable[str | Path],
    *,
    db: str | Path | None = None,
    jsonl: str | Path | None = None,
    workers: int | None = 1,
    models: str | Path | None = None,
    limit: int | None = None,
    unasserted: bool = False,
    options: Options | None = None,
    replace: bool = False,
    retry_failures: bool = False,
    log: str | Path | None = None,
    cluster: str | None = None,
    engine: Engine | None = None,
    factory: Factory | None = None,
    words: int = WORDS_A_BATCH,
    watch: Callable[[Summary], None] | None = None,
) -> Summary:
    """Extract an archive into a database, a JSON Lines file (`-`: standard output), or both.

    Articles that the database holds unchanged are not extracted again. Ctrl-C ends the run with `interrupted` set; what was finished is
    stored. `unasserted` keeps the claims of negated, asked and supposed reporting too; `options` says how the archive is read.

    An id that the database holds with another text is a failure, `other-text`, unless it is the same page with a newer date, or
    `replace` is set. An article that could not be extracted before is not tried again by the same version and models, unless
    `retry_failures` is set. `log` is a file that gets one line a failure.

    Raises `QuotesError` when the archive, the models, the database or the file cannot be used. `watch` is called after every
    batch, `cluster` is the address of a Dask scheduler whose workers extract, `words` is the size of a batch, `factory` makes another extractor than the default one, `engine` extracts elsewhere
    than in `workers` processes here (None: as many as there are cores, as far as the archive is worth it).
    """
    if db is None and jsonl is None:
        raise ValueError("give db, jsonl or both")
    given = [Path(path) for path in paths]
    extent = Extent(given if watch else ())
    documents = open_documents(given, options, extent)
    factory = factory or functools.partial(default_extractor, models, unasserted)
    with contextlib.ExitStack() as stack:
        store = stack.enter_context(Store(db)) if db is not None else None
        lines = stack.enter_context(open_lines(jsonl)) if jsonl is not None else None
        told = stack.enter_context(open_log(log)) if log is not None else None
        engine = stack.enter_context(engine or _engine(factory, workers, cluster))
        if store:
            names = [path.as_posix() for path in given]
            store.start_run(names, pipeline_version=_pipeline_version(), models=str(models or "embedded"), unasserted=unasserted)
        triage = _Triage(store, replace=replace, retry_failures=retry_failures)
        job = _Job(engine, store, lines, triage, extent, watch, told)
        job.extract(_limited(documents, limit), words, complete=limit is None)
        return job.summary


def _engine(factory: Factory, workers: int | None, cluster: str | None) -> Engine:
    return Cluster(cluster, factory, version=_pipeline_version()) if cluster else Crew(factory, workers)


def _pipeline_version() -> int:
    from quotes.pipeline import PIPELINE_VERSION

    return PIPELINE_VERSION


def _limited(documents: Iterator[Document], limit: int | None) -> Iterator[Document]:
    """The documents up to the `limit`th article."""
    taken = 0
    for document in documents:
        if limit is not None and taken >= limit:
            return
        taken += isinstance(document, tuple)
        yield document


class _Triage:
    """What is known of an article before it is extracted."""

    def __init__(self, store: Store | None, *, replace: bool, retry_failures: bool) -> None:
        self._store = store
        self._replace = replace
        self._retry_failures = retry_failures

    def is_current(self, article: Article) -> bool:
        return self._store is not None and self._store.is_current(article)

    def refused(self, source: str, article: Article) -> Failure | None:
        """Why an article is not extracted: its id is another text's, or it failed before."""
        if self._store is None:
            return None
        if not self._replace and self._store.holds_other_text(article):
            message = f"{source} has another text than the stored article {article.id}: give it an id of its own, or --replace that one."
            return Failure(source, article.id, OTHER_TEXT, message)
        return None if self._retry_failures else self._store.failed_before(article)


class _Job:
    """One run: who works, where the results go, and the account."""

    def __init__(
        self,
        engine: Engine,
        store: Store | None,
        lines: Lines | None,
        triage: _Triage,
        extent: Extent,
        watch: Callable[[Summary], None] | None,
        log: Callable[[Failure], None] | None,
    ) -> None:
        self.engine = engine
        self.store = store
        self.lines = lines
        self.triage = triage
        self.extent = extent
        self.watch = watch
        self.log = log
        self.summary = Summary()
        self._started = time.monotonic()

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
        """The articles in batches of about `words` words to extract; failures are recorded on the way."""
        articles: list[tuple[str, Article]] = []
        unchanged: set[int] = set()
        size = 0
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
            if size >= words or len(articles) >= ARTICLES_A_BATCH:
                yield Batch(articles, frozenset(unchanged), self.extent.done)
                articles, unchanged, size = [], set(), 0
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
        self.summary.seconds = time.monotonic() - self._started
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
            extraction = load_extraction(self.store.db, article.id) if stored and self.store else extracted.get(article.id)
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
            self.store.fail(failure, article)

    def _finish(self, status: str, *, complete: bool) -> None:
        self.summary.seconds = time.monotonic() - self._started
        if self.store:
            self.store.finish_run(status, self.summary.counts(), complete=complete)
