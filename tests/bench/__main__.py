"""Print every ratio of the benches."""

from __future__ import annotations

from tests.bench import extraction, marks


def main() -> None:
    """The command line: no arguments."""
    for bench in (extraction, marks):
        for name, ratio in bench.ratios():
            print(f"{ratio:6.2f}  {name}", flush=True)


if __name__ == "__main__":
    main()
