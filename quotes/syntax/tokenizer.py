"""Our words inside Stanza: the tokenizer by rule as one of Stanza's processors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from stanza.models.common.doc import END_CHAR, ID, MISC, START_CHAR, TEXT, Document
from stanza.pipeline.processor import ProcessorVariant, register_processor_variant

from quotes.syntax.contractions import Contractions
from quotes.syntax.words import sentence_parts, shown

__all__ = ["NAME", "FrenchTokenizer"]

NAME = "french"


@register_processor_variant("tokenize", NAME)
class FrenchTokenizer(ProcessorVariant):  # type: ignore[misc]
    """Tokens of sentences that are already split, set apart by empty lines."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._contractions = Contractions(Path(config["model_path"]))

    def process(self, document: Any) -> Document:
        """A Stanza document with the tokens of every sentence; contractions are marked for the expander."""
        text = document.text if isinstance(document, Document) else "\n\n".join(document) if isinstance(document, list) else document
        return Document([self._tokens(text, spans) for spans in sentence_parts(text)], text)

    def _tokens(self, text: str, spans: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
        forms = [shown(text[start:end]) for start, end in spans]
        tokens: list[dict[str, Any]] = []
        for number, (form, (start, end), several) in enumerate(zip(forms, spans, self._contractions.find(forms), strict=True), 1):
            tokens.append({ID: (number,), TEXT: form, START_CHAR: start, END_CHAR: end})
            if several:
                tokens[-1][MISC] = "MWT=Yes"
        return tokens
