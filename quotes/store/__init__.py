"""One SQLite file of articles, quotes, claims and speakers: written by `Store`, asked by the functions of `query`."""

from quotes.store.errors import StoreError
from quotes.store.writer import Store

__all__ = ["Store", "StoreError"]
