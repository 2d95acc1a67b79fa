"""Sequences of different lengths side by side, step by step, as recurrent layers read them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["Pack", "pack", "portions"]


@dataclasses.dataclass(frozen=True, slots=True)
class Pack:
    """Where the elements of some sequences stand when all first elements come first, then all second ones, …

    `sizes[t]` is how many sequences have an element `t`; `places[i]` is which element of the sequences, one behind the other, is the
    `i`th; `owners[i]` is its sequence; `back` undoes `places`.
    """

    sizes: tuple[int, ...]
    places: NDArray[np.int64]
    owners: NDArray[np.int64]
    back: NDArray[np.int64]


def pack(lengths: Sequence[int]) -> Pack:
    """The pack of sequences with these lengths, which are above 0 and never grow."""
    counts = np.array(lengths)
    first = np.cumsum(counts) - counts
    steps = np.arange(counts[0])[:, None]
    present = steps < counts[None, :]
    places = (first[None, :] + steps)[present]
    owners = np.broadcast_to(np.arange(len(counts)), present.shape)[present]
    back = np.empty_like(places)
    back[places] = np.arange(len(places))
    return Pack(tuple(present.sum(1).tolist()), places, owners, back)


def portions(lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """Numbers of the sequences, the longest first, in portions of at most `most` elements (the fillers up to the longest count)."""
    portion: list[int] = []
    longest = 0
    for number in sorted(range(len(lengths)), key=lambda n: -lengths[n]):
        longest = longest or lengths[number]
        if portion and longest * (len(portion) + 1) > most:
            yield portion
            portion, longest = [], lengths[number]
        portion.append(number)
    if portion:
        yield portion
