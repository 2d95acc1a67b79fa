"""The whole way with the embedded models: invented sentences, the seed article, a share of the gold, determinism.

Skipped where the models, or the shared folder next to the checkout, are missing.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from quotes.export.jsonl import extraction_to_record
from quotes.model import Article, Extraction
from quotes.pipeline import Extractor
from quotes.syntax.models import FILES, models_dir

SHARED = Path(__file__).resolve().parents[2] / "shared"
GOLD = SHARED / "gold" / "dev.jsonl"
SEED = SHARED / "seed" / "article.txt"
SAMPLE = 12

pytestmark = pytest.mark.skipif(not all((models_dir() / name).is_file() for name in FILES), reason=f"no models in {models_dir()}")


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """The extractor that a user gets, on one thread."""
    import torch

    torch.set_num_threads(1)
    return Extractor()


def extract(extractor: Extractor, *texts: str) -> list[Extraction]:
    return extractor.extract_batch([Article(str(number), text) for number, text in enumerate(texts)])


def rows(extraction: Extraction) -> list[tuple[str, str | None, str]]:
    """Content, speaker and type of each quote and claim."""
    text = extraction.article.text
    quotes = [(" | ".join(piece.of(text) for piece in q.pieces), q.speaker, q.type) for q in extraction.quotes]
    return [*quotes, *((c.span.of(text), c.speaker, c.type) for c in extraction.claims)]


SENTENCES = {
    "« La digue tiendra jusqu'au printemps », a déclaré Agathe Tournel.": [
        ("La digue tiendra jusqu'au printemps", "Agathe Tournel", "person"),
    ],
    "Hugo Tessier, maire de Brec, s'emporte. « Je pars demain, dit-il, et je ne reviendrai pas. »": [
        ("Je pars demain | et je ne reviendrai pas.", "Hugo Tessier", "person"),
    ],
    "Agathe Tournel a résumé la situation : « Le toit fuit, la caisse est vide. »": [
        ("Le toit fuit, la caisse est vide.", "Agathe Tournel", "person"),
    ],
    "Le syndicat dénonce « une mascarade » et réclame une enquête.": [("une mascarade", "syndicat", "organization")],
    "Selon la préfecture, deux mille personnes ont défilé samedi dans les rues de Brec.": [
        ("deux mille personnes ont défilé samedi dans les rues de Brec", "préfecture", "organization"),
    ],
    "Le maire affirme que le pont sera rouvert au mois de mai.": [("le pont sera rouvert au mois de mai", "maire", "person")],
    "Le pont sera rouvert au mois de mai, a annoncé la préfète du Doubs, Anne Lormier.": [
        ("Le pont sera rouvert au mois de mai", "Anne Lormier", "person"),
    ],
    "Le maire n'a pas dit que le pont était sûr. Le film « La Dernière Digue » sort mercredi.": [],
}


def test_sentences(extractor: Extractor) -> None:
    assert [rows(extraction) for extraction in extract(extractor, *SENTENCES)] == list(SENTENCES.values())


def test_twice_is_the_same(extractor: Extractor) -> None:
    assert extract(extractor, *SENTENCES) == extract(extractor, *SENTENCES)


def test_the_order_of_a_batch_does_not_matter(extractor: Extractor) -> None:
    articles = [Article(str(number), text) for number, text in enumerate(SENTENCES)]
    together = extractor.extract_batch(articles)
    assert extractor.extract_batch(articles[::-1])[::-1] == together
    assert [extractor.extract_batch([article])[0] for article in articles] == together


@pytest.mark.skipif(not SEED.is_file(), reason="no seed article next to the checkout")
def test_seed_article(extractor: Extractor) -> None:
    (extraction,) = extract(extractor, SEED.read_text(encoding="utf8"))
    assert [quote.speaker for quote in extraction.quotes] == ["Antony Blinken", "Vladimir Poutine"]
    assert {"Antony Blinken", "Washington"} <= {claim.speaker for claim in extraction.claims}


@pytest.mark.skipif(not GOLD.is_file(), reason="no gold next to the checkout")
def test_gold_sample(extractor: Extractor) -> None:
    """Far below what the rules reach: a floor that only breakage falls through."""
    lines = [json.loads(line) for line in GOLD.read_text(encoding="utf8").splitlines()][:SAMPLE]
    found = extractor.extract_batch([Article(line["id"], line["text"]) for line in lines])
    gold = {line["id"]: line for line in lines}
    result, _ = _scorer().score(gold, {extraction.article.id: extraction_to_record(extraction) for extraction in found})
    assert result["quotes"]["attributed"]["f1"] > 0.6
    assert result["claims"]["attributed"]["f1"] > 0.5


def _scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score", SHARED / "gold" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
