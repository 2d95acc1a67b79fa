"""How a fuzzer runs: numbered cases of a seed, so that any of them can be made again, in pieces, with what came of them kept in a file."""

from __future__ import annotations

import dataclasses
import json
import random
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

__all__ = ["Fuzzer", "chance", "go_on", "search"]

# Seconds between two notes of how far a long run got.
_NOTED = 5.0


@dataclasses.dataclass(frozen=True, slots=True)
class Fuzzer:
    """`one(seed, number, folder)` gives what is wrong in one case, a sentence each; `short` cases run in the suite, `long` by `make fuzz`."""

    name: str
    one: Callable[[int, int, Path], list[str]]
    short: int
    long: int


def chance(name: str, seed: int, number: int) -> random.Random:
    """The chance of one case: the same whenever and wherever it is asked."""
    return random.Random(f"{name} {seed} {number}")


def search(fuzzer: Fuzzer, seed: int, first: int, count: int) -> Iterator[tuple[int, list[str]]]:
    """The number of every case with its faults; each has an empty folder of its own."""
    for number in range(first, first + count):
        folder = Path(tempfile.mkdtemp(prefix=f"fuzz-{fuzzer.name}-"))
        try:
            yield number, fuzzer.one(seed, number, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def go_on(fuzzer: Fuzzer, seed: int, count: int, state: Path, seconds: float) -> dict[str, Any]:
    """Run the cases up to `count` that the file `state` does not tell of yet, for so long; gives what it then tells."""
    known: dict[str, Any] = json.loads(state.read_text(encoding="utf-8")) if state.is_file() else {}
    done: dict[str, Any] = known if known.get("seed") == seed else {"seed": seed, "cases": 0, "faults": [], "seconds": 0.0, "longest": 0.0}
    faults, spent, longest = list(done["faults"]), float(done["seconds"]), float(done["longest"])
    began = noted = last = time.monotonic()
    for number, found in search(fuzzer, seed, done["cases"], count - done["cases"]):
        now = time.monotonic()
        longest, last = max(longest, now - last), now
        faults += [f"{number}: {fault}" for fault in found]
        peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
        done = {"seed": seed, "cases": number + 1, "faults": faults, "seconds": spent + now - began, "longest": longest, "peak MB": peak}
        if now - noted > _NOTED or now - began > seconds:
            state.write_text(json.dumps(done, indent=1), encoding="utf-8")
            noted = now
        if now - began > seconds:
            break
    state.write_text(json.dumps(done, indent=1), encoding="utf-8")
    return done
