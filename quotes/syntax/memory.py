"""Memory that was freed, handed back to the system."""

from __future__ import annotations

import ctypes
import functools
from collections.abc import Callable

__all__ = ["release"]


def release() -> None:
    """Hand back what the C library keeps for later: tensors of ever other sizes leave gaps that add up to hundreds of MB. Costs some ms."""
    _trim()(0)


@functools.cache
def _trim() -> Callable[[int], object]:
    """`malloc_trim` of the GNU C library; other libraries need none, or have none."""
    try:
        trim: Callable[[int], object] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return lambda kept: None
    return trim
