"""Extraction of whole articles against one plain Stanza run over their sentences, with the same weights and Stanza's own scoring."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import torch

from quotes.model import Article
from quotes.pipeline import Extractor
from quotes.syntax.direct import load_parser
from quotes.syntax.pipeline import build_pipeline
from quotes.text.marks import find_quotations
from quotes.text.sentences import sentences
from tests.gold.build import read_all

__all__ = ["ratios"]


def ratios() -> Iterator[tuple[str, float]]:
    """How many times as fast as the baseline: parsing everything our way, and extraction, which parses what holds a cue or a quotation."""
    torch.set_num_threads(1)
    articles = [Article(article.id, article.body.text) for article in read_all()]
    everything = [s.of(a.text) for a in articles for s in sentences(a.text, find_quotations(a.text))]
    parser = load_parser()
    baseline = _seconds(_plain(), everything)
    yield "parsing, against Stanza's own scoring", baseline / _seconds(parser.parse, everything)
    extractor = Extractor(parser=parser)
    yield "extraction, against parsing every sentence with Stanza's own scoring", baseline / _seconds(extractor.extract_batch, articles)


def _plain() -> Callable[[list[str]], Any]:
    """Stanza's pipeline as it comes, over sentences that are already split."""
    from stanza.models.depparse.model import GraphParser

    pipeline = build_pipeline()
    pipeline.processors["depparse"].trainer.model.__class__ = GraphParser
    return lambda texts: pipeline("\n\n".join(texts))


def _seconds(task: Callable[[list[Any]], Any], given: list[Any]) -> float:
    started = time.process_time()
    with torch.inference_mode():
        task(given)
    return time.process_time() - started
