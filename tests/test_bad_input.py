"""Every row of README's table of bad input happens as it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bad_cases import Case, Row
from tests.bad_input import ROWS, table

CASES = [(row, case) for row in ROWS for case in row.cases]

pytestmark = pytest.mark.usefixtures("no_models")


@pytest.mark.parametrize(("row", "case"), CASES, ids=[f"{row.input[:40]}-{number}" for number, (row, _) in enumerate(CASES)])
def test_bad_input(row: Row, case: Case, tmp_path: Path) -> None:
    case.check(tmp_path)
    assert all(f"`{name}`" in row.happens for name in case.names)


def test_the_table_of_the_readme_is_that_of_the_cases() -> None:
    text = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    assert table() in text, "python -m tests.test_docs writes it"
