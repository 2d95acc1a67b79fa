"""The Stanza pipeline over local model files: no download, relations scored arc by arc."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from quotes.syntax.verbs import known_verbs

__all__ = ["build_pipeline"]

PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse")


def build_pipeline(models: str | Path | None = None) -> Any:
    """A `stanza.Pipeline` for pre-split sentences, from the embedded models, a folder of models, or `"official"`."""
    from quotes.syntax.models import resolve

    files = resolve(models)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pipeline = _load(files.folder, files.options)
    _score_arcs(pipeline.processors["depparse"].trainer)
    dictionary = getattr(pipeline.processors["lemma"].trainer, "pos_dict", None)
    if dictionary:
        tagger = pipeline.processors["pos"]
        tagger.process = known_verbs(tagger.process, dictionary)
    return pipeline


def _load(folder: Path, options: dict[str, Any]) -> Any:
    import stanza

    return stanza.Pipeline(
        "fr",
        dir=str(folder),
        processors=",".join(PROCESSORS),
        download_method=None,
        tokenize_no_ssplit=True,
        use_gpu=False,
        verbose=False,
        **options,
    )


def _score_arcs(trainer: Any) -> None:
    """Swap the graph parser's slow scoring for ours; the weights stay."""
    from stanza.models.depparse.model import GraphParser

    from quotes.syntax.graph import ArcParser

    if type(trainer.model) is GraphParser:
        trainer.model.__class__ = ArcParser
