"""Stored trees of tests/test_attribution.py and tests/test_acts.py: parse what is new, drop what no test uses, keep the rest as corrected by hand.

    python -m tests.parses.build [--models FOLDER]

Trees are keyed by frame text. Check the trees this adds: the rules are tested on right trees, the models only draft them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from quotes.attribution.article import prepare
from quotes.model import Article
from quotes.syntax.parser import StanzaParser, tree_to_conllu
from quotes.text.lexicon import load_lexicon
from tests import test_acts, test_attribution


def frame_texts(articles: Iterable[Article]) -> list[str]:
    """The sentences that the extractor would parse, each once, in the order of the tests."""
    lexicon = load_lexicon()
    drafts = [prepare(article, lexicon) for article in articles]
    return list(dict.fromkeys(frame.text for draft in drafts for frame in draft.frames))


def stored(trees: Path) -> dict[str, str]:
    """The blocks of a file by sentence."""
    if not trees.exists():
        return {}
    blocks = trees.read_text(encoding="utf8").strip().split("\n\n")
    return {json.loads(block.split("\n", 1)[0].removeprefix("# text = ")): block for block in blocks}


def main() -> None:
    """Bring the files up to date and say what changed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--models", help="folder of the models that draft new trees (default: the embedded ones)")
    models = options.parse_args().models
    update(test_attribution.TREES, (Article(case.id, case.parsed.text) for case in test_attribution.CASES), models)
    update(test_acts.TREES, (Article(name, text) for name, (text, _) in test_acts.CASES.items()), models)


def update(trees: Path, articles: Iterable[Article], models: str | None) -> None:
    """Bring one file up to date."""
    texts, blocks = frame_texts(articles), stored(trees)
    new = [text for text in texts if text not in blocks]
    drafted = _draft(new, models) if new else {}
    kept = {text: blocks[text] for text in texts if text in blocks}
    trees.write_text("\n\n".join((kept | drafted)[text].strip() for text in texts) + "\n", encoding="utf8")
    for text in new:
        print(f"check: {text}")
    print(f"{trees.name}: {len(texts)} trees, {len(new)} new, {len(blocks) - len(kept)} dropped")


def _draft(texts: list[str], models: str | None) -> dict[str, str]:
    import torch

    torch.set_num_threads(1)
    trees = StanzaParser(models).parse(texts)
    return {text: tree_to_conllu(tree, text) for text, tree in zip(texts, trees, strict=True)}


if __name__ == "__main__":
    main()
