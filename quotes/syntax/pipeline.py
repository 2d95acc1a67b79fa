"""The Stanza pipeline over local model files: no download, 32-bit vectors, relations scored arc by arc."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

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
    return pipeline


def _load(folder: Path, options: dict[str, Any]) -> Any:
    import stanza

    return stanza.Pipeline(
        "fr",
        dir=str(folder),
        processors=",".join(PROCESSORS),
        foundation_cache=_vectors_as_float32(),
        download_method=None,
        tokenize_no_ssplit=True,
        use_gpu=False,
        verbose=False,
        **options,
    )


def _vectors_as_float32() -> Any:
    """Stored vectors have 16 bits to be small; the models compute with 32."""
    from stanza.models.common.foundation_cache import FoundationCache

    class Float32Cache(FoundationCache):  # type: ignore[misc]
        def load_pretrain(self, filename: str) -> Any:
            pretrain = super().load_pretrain(filename)
            pretrain._emb = pretrain.emb.float()
            return pretrain

    return Float32Cache()


def _score_arcs(trainer: Any) -> None:
    """Swap the graph parser's slow scoring for ours; the weights stay."""
    from stanza.models.depparse.model import GraphParser

    from quotes.syntax.graph import ArcParser

    if type(trainer.model) is GraphParser:
        trainer.model.__class__ = ArcParser
