"""Whole archives: batches, workers, resume."""

from quotes.batch.runner import Summary, run

__all__ = ["Summary", "run"]
