"""Workers whose run was killed while they were being started: they end without a word."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from multiprocessing import spawn
from typing import Any

__all__ = ["end_quietly"]

# What a spawned process runs. The parent writes it into a pipe, which is empty or cut off when the parent is gone.
_GUARD = "import pickle, sys\ntry: {program}\nexcept (EOFError, pickle.UnpicklingError): sys.exit(1)"


def end_quietly() -> None:
    """From now on a process that is spawned and whose parent is killed before it has its orders ends with 1, not with a traceback.

    POSIX only: elsewhere the command of a process is one line.
    """
    if os.name == "posix" and not hasattr(spawn.get_command_line, "__wrapped__"):
        spawn.get_command_line = _guarded(spawn.get_command_line)


def _guarded(command_line: Callable[..., list[Any]]) -> Callable[..., list[Any]]:
    @functools.wraps(command_line)
    def guarded(**handles: int) -> list[Any]:
        return [_with_guard(part) for part in command_line(**handles)]

    return guarded


def _with_guard(part: Any) -> Any:
    """A part of the command, which is bytes for the interpreter's path; the program guarded."""
    return _GUARD.format(program=part) if isinstance(part, str) and "spawn_main(" in part else part
