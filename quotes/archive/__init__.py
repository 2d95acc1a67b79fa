"""Archives of articles: folders, .txt, .jsonl and .zip files behind one `open_archive`."""

from quotes.archive.failure import ArchiveError, Failure
from quotes.archive.files import open_archive

__all__ = ["ArchiveError", "Failure", "open_archive"]
