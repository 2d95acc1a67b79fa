"""What one worker does with one batch, in this process or in another."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from quotes.archive.decode import clean
from quotes.archive.failure import Failure
from quotes.errors import QuotesError
from quotes.model import THRESHOLD, Article, Extraction

if TYPE_CHECKING:
    from quotes.pipeline import Extractor

__all__ = [
    "BatchExtractor",
    "Documents",
    "Factory",
    "SetupError",
    "default_extractor",
    "extract_safely",
    "killed",
    "load_extractor",
    "start_worker",
    "work",
]

# Articles with their sources, as `archive.files.open_documents` gives them.
Documents = Sequence[tuple[str, Article]]


class BatchExtractor(Protocol):
    """What the runner asks of an extractor."""

    def extract_batch(self, articles: Sequence[Article]) -> list[Extraction]:
        """One extraction an article, in order."""
        ...


Factory = Callable[[], BatchExtractor]


class SetupError(QuotesError):
    """The extractor cannot be built: no article would go through."""


def default_extractor(models: str | Path | None = None, unasserted: bool = False, min_confidence: float = THRESHOLD) -> BatchExtractor:
    """The real thing, its models loaded, on one core: threads slow Stanza down, worst beside other work. Raises `SetupError`."""
    import torch

    from quotes.pipeline import Extractor

    torch.set_num_threads(1)
    extractor = Extractor(models, unasserted=unasserted, min_confidence=min_confidence)
    extractor.parser.parse([])
    return extractor


def extract_safely(extractor: BatchExtractor, documents: Documents) -> list[Extraction | Failure]:
    """An extraction or an `error` failure for every article. After an exception the articles are tried one by one."""
    try:
        found = extractor.extract_batch([article for _, article in documents])
        if len(found) == len(documents):
            return list(found)
    except Exception:
        # Which article it was comes out below.
        pass
    return [_extract_one(extractor, source, article) for source, article in documents]


def _extract_one(extractor: BatchExtractor, source: str, article: Article) -> Extraction | Failure:
    try:
        [extraction] = extractor.extract_batch([article])
    except Exception as error:
        reason = clean(f"{type(error).__name__}: {error}").rstrip(".")
        return Failure(source, article.id, "error", f"Extracting {article.id} failed with {reason}.")
    return extraction


def build(factory: Factory) -> BatchExtractor:
    """The factory's extractor; whatever goes wrong becomes `SetupError`."""
    try:
        return factory()
    except Exception as error:
        sentence = clean(str(error)).strip() or type(error).__name__
        raise SetupError(
            sentence if isinstance(error, QuotesError) else f"The models cannot be loaded: {type(error).__name__}: {sentence}"
        ) from error


def load_extractor(models: str | Path | None = None) -> Extractor:
    """The extractor of `quotes.pipeline`, its models loaded. Raises `SetupError` when they cannot be."""
    from quotes.pipeline import Extractor

    def factory() -> BatchExtractor:
        extractor = Extractor(models)
        extractor.parser.parse([])
        return extractor

    return cast("Extractor", build(factory))


def killed(source: str, article: Article) -> Failure:
    """The failure of an article whose worker died of it."""
    message = f"The worker process died while it extracted {article.id}, perhaps for lack of memory."
    return Failure(source, article.id, "killed", message)


_extractor: BatchExtractor | None = None


def start_worker() -> None:
    """Prepares a worker process: signals to end are for the parent, which ends its workers itself; one whose parent was killed ends too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ.setdefault("OMP_NUM_THREADS", "1")


def _end_with_parent() -> None:
    """Workers hold both ends of the pool's pipe open between them: without their parent they would wait for ever, models in memory."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def work(factory: Factory, documents: Documents) -> list[Extraction | Failure]:
    """`extract_safely` in a worker process, which builds its extractor once and keeps it."""
    global _extractor
    if _extractor is None:
        _extractor = build(factory)
    return extract_safely(_extractor, documents)
