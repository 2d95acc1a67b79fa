"""From shards to a database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from quotes.archive.failure import Failure
from quotes.batch.summary import Summary
from quotes.batch.triage import other_text
from quotes.model import Extraction
from quotes.store.choices import Choices
from quotes.store.shards import Shard, read_shards
from quotes.store.writer import Store

__all__ = ["merge"]

# Extractions a transaction.
_BATCH = 200


def merge(folders: Iterable[str | Path], db: str | Path, *, replace: bool = False) -> Summary:
    """Store what the shards of the folders hold; what the database has already is left as it is, so that merging again changes nothing.

    Another text under a stored id is a failure unless `replace` is set. Raises `StoreError`.
    """
    given = [Path(folder) for folder in folders]
    summary = Summary()
    with Store(db) as store:
        store.start_run([folder.as_posix() for folder in given], Choices(0, "shards"))
        for group in _groups(shard for folder in given for shard in read_shards(folder) if isinstance(shard.result, Extraction)):
            _keep(group, store, summary, replace=replace)
        _keep_failures((shard for folder in given for shard in read_shards(folder)), store, summary)
        store.finish_run("finished", summary.counts())
    return summary


def _groups(shards: Iterable[Shard]) -> Iterator[list[Shard]]:
    """Extractions in a row by the same version and models, not too many at once."""
    group: list[Shard] = []
    for shard in shards:
        if group and (len(group) >= _BATCH or shard.choices != group[0].choices):
            yield group
            group = []
        group.append(shard)
    if group:
        yield group


def _keep(group: list[Shard], store: Store, summary: Summary, *, replace: bool) -> None:
    store.choices = group[0].choices
    kept: dict[str, Extraction] = {}
    for shard in group:
        extraction = shard.result
        assert isinstance(extraction, Extraction)
        article = extraction.article
        known = kept.get(article.id)
        if store.is_current(article) or known == extraction:
            summary.unchanged += 1
        elif not replace and (known.article.text != article.text if known else store.holds_other_text(article)):
            failure = other_text(shard.source, article)
            summary.fail(failure)
            store.fail(failure)
        else:
            kept[article.id] = extraction
    store.save(kept.values())
    for extraction in kept.values():
        summary.add(extraction)


def _keep_failures(shards: Iterable[Shard], store: Store, summary: Summary) -> None:
    """Every failure once, however many runs had it; not that of an article which a later run could extract."""
    seen: set[Failure] = set()
    for shard in shards:
        failure = shard.result
        if isinstance(failure, Extraction) or failure in seen or (shard.tried and store.load(failure.id)):
            continue
        seen.add(failure)
        store.choices = shard.choices
        summary.fail(failure)
        store.fail(failure, shard.tried)
