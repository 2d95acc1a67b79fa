"""`python -m tests.fuzz [NAME ...]`: the fuzzers at length. Run it again to go on; what was found is in build/fuzz."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from tests.fuzz import archives, databases, formats, kills, texts
from tests.fuzz.growth import GROWTH
from tests.fuzz.harness import go_on
from tests.fuzz.kills import can_mount

FUZZERS = {
    fuzzer.name: fuzzer
    for fuzzer in (
        archives.ARCHIVES,
        formats.FORMATS,
        databases.DATABASES,
        kills.KILLS,
        kills.DISKS,
        texts.TEXTS,
        GROWTH,
        texts.WITH_MODELS,
    )
}


def main() -> None:
    """Run the fuzzers that are named, or all; ends with 1 when one of them found a fault."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"any of {', '.join(FUZZERS)}")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=3600.0, help="at most so long for each")
    parser.add_argument("--count", type=int, help="so many cases of each instead of its own number")
    parser.add_argument("--out", type=Path, default=Path("build/fuzz"))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    found = 0
    for name in options.names or FUZZERS:
        if name == "disks" and not can_mount(Path(tempfile.mkdtemp())):
            print("disks: left out, this process may not mount one")
            continue
        done = go_on(FUZZERS[name], options.seed, options.count or FUZZERS[name].long, options.out / f"{name}.json", options.seconds)
        found += len(done["faults"])
        print(f"{name}: {json.dumps({**done, 'faults': len(done['faults'])})}", flush=True)
        for fault in done["faults"][:5]:
            print(f"  {fault[:300]}")
    raise SystemExit(found > 0)


if __name__ == "__main__":
    main()
