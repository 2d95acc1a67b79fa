"""How fast whole archives are extracted, as ratios to spaCy's medium French pipeline and to plain Stanza with pinned weights.

    python -m tests.bench.race --articles 60 --rounds 3

Every contender is a loaded process on one thread; they take turns at the same archives, and CPU seconds count. A ratio of 2 says that we
are twice as fast. `--rounds` ratios are taken, the median is printed with the least and the greatest.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import io
import json
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from tests.bench.archives import ARCHIVES, write_sample

__all__ = ["Runner", "pinned_models", "race"]

ROOT = Path(__file__).resolve().parents[2]
# Weights of this commit are the baseline, whatever was trained since.
PINNED = "8e2fbe3"
MODELS = "data/models/fr"


class Runner:
    """A contender in a process of its own, its models loaded."""

    def __init__(self, name: str, models: Path | None = None) -> None:
        arguments = [sys.executable, "-m", "tests.bench.contenders", name, *([str(models)] if models else [])]
        environment = os.environ | {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        self.name = name
        self._process = subprocess.Popen(arguments, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.loaded: float = self._answer()["loaded"]

    def run(self, archive: Path) -> dict[str, float]:
        """CPU seconds, words and peak memory (MB) of one turn."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{archive}\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"The contender {self.name} ended early; run `python -m tests.bench.contenders {self.name}` to see why.")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def pinned_models(folder: Path) -> Path:
    """The models of the pinned commit, taken out of the repository's history into a folder."""
    packed = subprocess.run(["git", "archive", PINNED, MODELS], cwd=ROOT, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return folder / MODELS


def race(archives: Mapping[str, Path], runners: Sequence[Runner], rounds: int) -> Iterator[tuple[str, str, list[float]]]:
    """For every archive and every runner but the first the ratios of its time to that of the first, one a round."""
    first, *others = runners
    for name, archive in archives.items():
        ratios: dict[str, list[float]] = {runner.name: [] for runner in others}
        for turn in range(rounds + 1):
            ours = first.run(archive)["seconds"]
            for runner in others:
                ratio = runner.run(archive)["seconds"] / ours
                # The first turn warms everybody up.
                ratios[runner.name] += [ratio] if turn else []
        yield from ((name, runner.name, ratios[runner.name]) for runner in others)


def _samples(folder: Path, most: int, names: Sequence[str]) -> dict[str, Path]:
    samples = {}
    for name in names:
        try:
            samples[name] = write_sample(ARCHIVES[name](), most, folder / f"{name}.jsonl")
        except FileNotFoundError:
            print(f"        {name}: not here, left out", flush=True)
    return samples


def main() -> None:
    """The command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=100, help="at most so many of each archive, evenly spread")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--archives", nargs="+", choices=list(ARCHIVES), default=list(ARCHIVES))
    options.add_argument("--against", nargs="+", choices=["spacy", "stanza"], default=["spacy", "stanza"])
    given = options.parse_args()
    if "spacy" in given.against and importlib.util.find_spec("spacy") is None:
        raise SystemExit('The race against spaCy needs: pip install -c constraints.txt -e ".[bench]" (or --against stanza)')
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        samples = _samples(folder, given.articles, given.archives)
        models = {"stanza": pinned_models(folder)} if "stanza" in given.against else {}
        runners = [stack.enter_context(Runner(name, models.get(name))) for name in ("quotes", *given.against)]
        for runner in runners[1:]:
            print(f"{runner.loaded / runners[0].loaded:6.2f}  loading, against {runner.name}", flush=True)
        for archive, rival, ratios in race(samples, runners, given.rounds):
            spread = f"({min(ratios):.2f} to {max(ratios):.2f})"
            print(f"{statistics.median(ratios):6.2f}  {archive}, against {rival} {spread}", flush=True)


if __name__ == "__main__":
    main()
