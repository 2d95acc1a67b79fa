"""Texts of every kind of noise, read by parsers that answer at random: values stay well-formed, whatever comes."""

from __future__ import annotations

import functools
import random
import time
from pathlib import Path

from quotes.model import Article
from quotes.pipeline import Extractor
from quotes.syntax.parser import Parser
from tests import test_attribution
from tests.fuzz.harness import Fuzzer, chance
from tests.fuzz.shapes import UNITS, ShapedParser
from tests.test_robustness import MARKS, ODD, WORDS, RandomParser, check

__all__ = ["TEXTS", "WITH_MODELS", "random_text"]

_LONGEST = 100_000
# Seconds of computing that a text of 10 kB may take: README's promise, which only the long run looks at.
_SLOWEST = 15
_ALPHABET = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0), 0x200B, 0x200F, 0x2028, 0x202E, 0x2066, 0xFEFF, 0xFFFD, 0xD83D, 0x1F600)))


def _one(seed: int, number: int, folder: Path) -> list[str]:
    luck = chance("texts", seed, number)
    parser: Parser = luck.choice((RandomParser, ShapedParser))(luck.randrange(1000))
    return _faults(Extractor(parser=parser, unasserted=luck.random() < 0.3), random_text(luck, luck.choice((40, 120, 300, 600))))


def _one_with_models(seed: int, number: int, folder: Path) -> list[str]:
    """A text of up to 10 kB, seldom of 100 kB, read by the embedded models. The state of the run tells its longest time and its memory."""
    luck = chance("models", seed, number)
    length = _LONGEST if luck.random() < 0.01 else luck.choice((300, 1000, 1000, 3000, 10_000))
    text, began = random_text(luck, length), time.process_time()
    faults = _faults(_extractor(), text)
    seconds = time.process_time() - began
    if len(text) <= 10_000 and seconds > _SLOWEST:
        faults.append(f"{seconds:.0f} seconds for {text[:2000]!r}")
    return faults


@functools.cache
def _extractor() -> Extractor:
    import torch

    torch.set_num_threads(1)
    return Extractor()


def _faults(extractor: Extractor, text: str) -> list[str]:
    try:
        check(extractor.extract_batch([Article("a", text)])[0])
    except Exception as error:
        return [f"{type(error).__name__}: {error} for {text[:2000]!r}"]
    return []


def random_text(luck: random.Random, length: int) -> str:
    """A text of at most `length` characters: pieces at random, samples that were cut up, a few units again and again, or raw noise."""
    kind = luck.choice((_pieces, _pieces, _mutated, _mutated, _repeated, _noise))
    return kind(luck, luck.randint(1, length))[:length]


def _pieces(luck: random.Random, length: int) -> str:
    known = (*WORDS, *MARKS, *luck.sample(ODD, 3), *luck.sample(UNITS, 9))
    return luck.choice((" ", "")).join(luck.choice(known) for _ in range(length // 5 + 1))


def _repeated(luck: random.Random, length: int) -> str:
    units = luck.choices((*UNITS, *WORDS), k=luck.randint(1, 4))
    return "".join(luck.choice(units) for _ in range(length // 3 + 1))


def _noise(luck: random.Random, length: int) -> str:
    return "".join(luck.choice(_ALPHABET) if luck.random() < 0.3 else chr(luck.randrange(0x20, 0x250)) for _ in range(length))


def _mutated(luck: random.Random, length: int) -> str:
    """Sample sentences with characters lost, doubled, exchanged and put in."""
    text = ""
    while len(text) < length:
        text += luck.choice(_samples()) + luck.choice((" ", "\n", "\n\n", ""))
    chars = list(text[:length])
    for _ in range(luck.randint(0, len(chars) // 8 + 1)):
        place = luck.randrange(len(chars))
        chars[place] = luck.choice(("", chars[place] * 2, luck.choice(chars), luck.choice(UNITS), luck.choice(ODD), luck.choice(_ALPHABET)))
    return "".join(chars)


@functools.cache
def _samples() -> tuple[str, ...]:
    return tuple(case.parsed.text for case in test_attribution.CASES)


TEXTS = Fuzzer("texts", _one, 150, 100_000)
WITH_MODELS = Fuzzer("models", _one_with_models, 0, 2_000)
