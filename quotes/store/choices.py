"""What a run was asked for."""

from __future__ import annotations

import dataclasses

from quotes.model import THRESHOLD

__all__ = ["Choices"]


@dataclasses.dataclass(frozen=True, slots=True)
class Choices:
    """What decides about results beside the article; it is noted with each of them, and an article is current as long as it stays the same.

    `models` is `embedded`, `official` or a folder; `unasserted` tells whether claims that are not asserted were looked for; speakers less
    sure than `min_confidence` were not named.
    """

    pipeline_version: int
    models: str = "embedded"
    unasserted: bool = False
    min_confidence: float = THRESHOLD
