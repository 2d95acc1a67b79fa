"""Pieces of the reporting frames and a builder that hangs words and subtrees together."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path

from quotes.training.treebank import Row, Sentence

__all__ = ["Builder", "Frames", "Piece", "load_frames"]

CONTRACTIONS = {("de", "le"): "du", ("de", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux"}


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """A noun phrase or adjunct: rows with heads inside the piece (0 = the piece's head) and an agreement code."""

    rows: tuple[Row, ...]
    agreement: str

    @property
    def head(self) -> int:
        return next(i for i, row in enumerate(self.rows) if row.head == 0)


@dataclasses.dataclass(frozen=True, slots=True)
class Frames:
    """The inventory of `patterns/fr/grafts.tsv`."""

    subjects: tuple[Piece, ...]
    pronouns: tuple[Piece, ...]
    tails: tuple[Piece, ...]
    verbs: tuple[tuple[str, ...], ...]


def load_frames(path: Path) -> Frames:
    """Read the pieces of the frames."""
    pieces: dict[str, list[Piece]] = {"subject": [], "pronoun": [], "tail": []}
    verbs: list[tuple[str, ...]] = []
    for line in path.read_text(encoding="utf8").splitlines():
        if not line or line.startswith("#"):
            continue
        kind, agreement, words = line.split("\t")
        if kind == "verb":
            verbs.append(tuple(words.split()))
        else:
            pieces[kind].append(Piece(tuple(_piece_row(word) for word in words.split()), agreement))
    return Frames(tuple(pieces["subject"]), tuple(pieces["pronoun"]), tuple(pieces["tail"]), tuple(verbs))


def _piece_row(word: str) -> Row:
    form, upos, deprel, head = word.rsplit("/", 3)
    return Row(form, form.lower(), upos, "_", int(head), deprel, not form.endswith("'"))


class Builder:
    """Collects words and arcs, then numbers them."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def word(self, form: str, upos: str, head: int = 0, deprel: str = "dep", space: bool = True, lemma: str = "", feats: str = "_") -> int:
        """Append a word, return its number."""
        self.rows.append(Row(form, lemma or form.lower(), upos, feats, head, deprel, space))
        return len(self.rows)

    def tree(self, rows: Iterable[Row], head: int = 0, deprel: str = "root") -> int:
        """Append a subtree whose root hangs on `head`, return the root's number."""
        offset, root = len(self.rows), 0
        for index, row in enumerate(rows, 1):
            if row.head == 0:
                root = offset + index
                self.rows.append(dataclasses.replace(row, head=head, deprel=deprel))
            else:
                self.rows.append(dataclasses.replace(row, head=row.head + offset))
        return root

    def attach(self, number: int, head: int, deprel: str) -> None:
        """Give an existing word another head."""
        self.rows[number - 1] = dataclasses.replace(self.rows[number - 1], head=head, deprel=deprel)

    def tight(self) -> None:
        """No space after the last word."""
        self.rows[-1] = dataclasses.replace(self.rows[-1], space_after=False)

    def sentence(self, ident: str) -> Sentence:
        """The finished sentence, contractions written as multiword tokens."""
        multiword = []
        for index, (a, b) in enumerate(zip(self.rows, self.rows[1:], strict=False), 1):
            fused = CONTRACTIONS.get((a.form.lower(), b.form))
            if fused and a.upos == "ADP" and b.upos == "DET":
                multiword.append((index, index + 1, fused.capitalize() if a.form[0].isupper() else fused, b.space_after))
        return Sentence(tuple(self.rows), tuple(multiword), ident)
