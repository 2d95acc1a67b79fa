"""From an archive to a database and JSON Lines: reads, extracts in batches, stores, keeps account of every document."""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import functools
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from quotes.archive.failure import Document, Failure, Skipped
from quotes.archive.files import open_documents
from quotes.archive.options import Options
from quotes.batch.crew import Batch, Crew, Results
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
# The first failures are told in full, all are counted (and stored, where there is a database).
MESSAGES = 10


@dataclasses.dataclass(slots=True)
class Summary:
    """What a run did. Documents read = `articles` (extracted) + `unchanged` (stored before) + the sum of `failures` (by reason).

    `skipped` counts files that hold no articles, by suffix.
    """

    articles: int = 0
    unchanged: int = 0
    quotes: int = 0
    claims: int = 0
    words: int = 0
    seconds: float = 0.0
    interrupted: bool = False
    failures: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    skipped: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    messages: list[str] = dataclasses.field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """The columns of `runs`."""
        kept = {name: getattr(self, name) for name in ("articles", "unchanged", "quotes", "claims", "words")}
        return {**kept, "failures": self.failures.total()}


def run(
    paths: Iterable[str | Path],
    *,
    db: str | Path | None = None,
    jsonl: str | Path | None = None,
    workers: int = 1,
    models: str | Path | None = None,
    limit: int | None = None,
    unasserted: bool = False,
    options: Options | None = None,
    factory: Factory | None = None,
    words: int = WORDS_A_BATCH,
    watch: Callable[[Summary], None] | None = None,
) -> Summary:
    """Extract an archive into a database, a JSON Lines file (`-`: standard output), or both.

    Articles that the database holds unchanged are not extracted again. Ctrl-C ends the run with `interrupted` set; what was finished is
    stored. `unasserted` keeps the claims of negated, asked and supposed reporting too; `options` says how the archive is read.

    Raises `QuotesError` when the archive, the models, the database or the file cannot be used. `watch` is called after every
    batch, `words` is the size of a batch, `factory` makes another extractor than the default one.
    """
    if db is None and jsonl is None:
        raise ValueError("give db, jsonl or both")
    given = [Path(path) for path in paths]
    documents = open_documents(given, options)
    factory = factory or functools.partial(default_extractor, models, unasserted)
    with contextlib.ExitStack() as stack:
        store = stack.enter_context(Store(db)) if db is not None else None
        lines = stack.enter_context(open_lines(jsonl)) if jsonl is not None else None
        crew = stack.enter_context(Crew(factory, workers))
        if store:
            names = [path.as_posix() for path in given]
            store.start_run(names, pipeline_version=_pipeline_version(), models=str(models or "embedded"), unasserted=unasserted)
        job = _Job(crew, store, lines, watch)
        job.extract(_limited(documents, limit), words, complete=limit is None)
        return job.summary


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


class _Job:
    """One run: who works, where the results go, and the account."""

    def __init__(self, crew: Crew, store: Store | None, lines: Lines | None, watch: Callable[[Summary], None] | None) -> None:
        self.crew = crew
        self.store = store
        self.lines = lines
        self.watch = watch
        self.summary = Summary()
        self._started = time.monotonic()

    def extract(self, documents: Iterator[Document], words: int, *, complete: bool) -> None:
        """Everything, to the end, an interruption or an error that concerns all articles."""
        try:
            for batch, results in self.crew.extract(self._batches(documents, words)):
                self._keep(batch, results)
        except KeyboardInterrupt:
            self.summary.interrupted = True
            for batch, results in self.crew.finished():
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
            if self.store and self.store.is_current(document[1]):
                unchanged.add(len(articles))
            else:
                # A French word is about six characters long with its space.
                size += len(document[1].text) // 6 + 1
            articles.append(document)
            if size >= words or len(articles) >= ARTICLES_A_BATCH:
                yield Batch(articles, frozenset(unchanged))
                articles, unchanged, size = [], set(), 0
        if articles:
            yield Batch(articles, frozenset(unchanged))

    def _keep(self, batch: Batch, results: Results) -> None:
        """Store and write a batch's results, in the order of its articles."""
        kept = self._stored([result for result in results if isinstance(result, Extraction)])
        for result in results:
            if isinstance(result, Failure):
                self._fail(result)
        self.summary.unchanged += len(batch.unchanged)
        for extraction in kept:
            self._count(extraction)
        if self.lines:
            self._write(batch, {extraction.article.id: extraction for extraction in kept}, self.lines)
        self.summary.seconds = time.monotonic() - self._started
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
            name = extractions[0].article.id
            self._fail(Failure(name, name, "error", f"Storing {name} failed with {type(error).__name__}: {error}."))
            return []
        return extractions

    def _write(self, batch: Batch, extracted: dict[str, Extraction], lines: Lines) -> None:
        for place, (_, article) in enumerate(batch.articles):
            stored = place in batch.unchanged and self.store is not None
            extraction = load_extraction(self.store.db, article.id) if stored and self.store else extracted.get(article.id)
            if extraction is not None:
                lines(extraction)

    def _count(self, extraction: Extraction) -> None:
        self.summary.articles += 1
        self.summary.quotes += sum(quote.asserted for quote in extraction.quotes)
        self.summary.claims += sum(claim.asserted for claim in extraction.claims)
        self.summary.words += extraction.words

    def _pass_over(self, document: Failure | Skipped) -> None:
        if isinstance(document, Skipped):
            self.summary.skipped[document.kind] += 1
        else:
            self._fail(document)

    def _fail(self, failure: Failure) -> None:
        self.summary.failures[failure.reason] += 1
        if len(self.summary.messages) < MESSAGES:
            self.summary.messages.append(failure.message)
        if self.store:
            self.store.fail(failure)

    def _finish(self, status: str, *, complete: bool) -> None:
        self.summary.seconds = time.monotonic() - self._started
        if self.store:
            self.store.finish_run(status, self.summary.counts(), complete=complete)
