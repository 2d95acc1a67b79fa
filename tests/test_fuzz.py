"""A few cases of every fuzzer, the same ones each time; `make fuzz` searches on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz import archives, databases, formats, kills, texts
from tests.fuzz.growth import LENGTH
from tests.fuzz.harness import Fuzzer, go_on, search
from tests.fuzz.shapes import growth

SEED = 0


def faults(fuzzer: Fuzzer) -> list[str]:
    return [f"{number}: {fault}" for number, found in search(fuzzer, SEED, 0, fuzzer.short) for fault in found]


@pytest.mark.parametrize(
    "fuzzer", [texts.TEXTS, archives.ARCHIVES, formats.FORMATS, databases.DATABASES, kills.KILLS], ids=lambda fuzzer: fuzzer.name
)
def test_a_few_cases(fuzzer: Fuzzer) -> None:
    assert faults(fuzzer) == []


def test_full_disks(tmp_path: Path) -> None:
    if not kills.can_mount(tmp_path):
        pytest.skip("this process may not mount a small disk")
    assert faults(kills.DISKS) == []


# Each of these once took minutes: cubic in the marks, the cues or the letters of a sentence.
@pytest.mark.parametrize(
    ("units", "shape"),
    [
        (("« Le pont tient, dit Hugo Tessier.\n",), 1),
        (("« il dit ",), 2),
        (("A.",), 3),
        ((",, oui cc non >> ",), 4),
        (("\u0301", "“"), 601),
        (("l'", "„"), 279),
    ],
)
def test_work_grows_no_faster_than_the_text(units: tuple[str, ...], shape: int) -> None:
    """Lines run and functions called for a text four times as long: no clock."""
    assert growth(units, shape, LENGTH) < 5


def test_a_long_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    seen: list[int] = []

    def one(seed: int, number: int, folder: Path) -> list[str]:
        assert folder.is_dir()
        seen.append(number)
        return ["bad"] if number == 3 else []

    fuzzer = Fuzzer("sample", one, 2, 6)
    go_on(fuzzer, 5, 2, tmp_path / "state.json", 60)
    done = go_on(fuzzer, 5, 6, tmp_path / "state.json", 60)
    assert (seen, done["faults"], done["cases"]) == ([0, 1, 2, 3, 4, 5], ["3: bad"], 6)
    assert go_on(fuzzer, 6, 1, tmp_path / "state.json", 60)["faults"] == []
