"""The command `quotes`, also as `python -m quotes`."""

from __future__ import annotations

import contextlib
import os
import signal
from types import FrameType

__all__ = ["main"]

INTERRUPTED = 130


def main() -> None:
    """Run the command line. Ctrl-C ends it with one sentence at any time, also while it loads and while it ends."""
    # A shell that started it in the background has asked it to ignore Ctrl-C.
    heeded = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if heeded:
        signal.signal(signal.SIGINT, _leave)
    from quotes.cli.app import app

    if heeded:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        app()
    except KeyboardInterrupt:
        _leave(signal.SIGINT, None)
    finally:
        if heeded:
            signal.signal(signal.SIGINT, _leave)


def _leave(number: int, frame: FrameType | None) -> None:
    """End at once, without what Python does at its end: nothing is open that has to be closed."""
    with contextlib.suppress(OSError):
        os.write(2, b"Error: Interrupted.\n")
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
