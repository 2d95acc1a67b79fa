"""The base of every error whose message is one clear sentence for the user."""

__all__ = ["QuotesError"]


class QuotesError(Exception):
    """Something the user can mend. `str(error)` is one sentence that says what is wrong and how to mend it."""
