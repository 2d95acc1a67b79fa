"""Archives of articles: folders, files of many formats and archives of them behind one `open_archive`."""

from quotes.archive.failure import ArchiveError, Failure
from quotes.archive.files import open_archive
from quotes.archive.options import Limits, Options

__all__ = ["ArchiveError", "Failure", "Limits", "Options", "open_archive"]
