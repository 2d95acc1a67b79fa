"""Universal Dependencies treebanks: read CoNLL-U, harmonise the French treebanks' labels, write CoNLL-U."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from pathlib import Path

from quotes.syntax.parser import pairs_of

__all__ = ["Row", "Sentence", "harmonise", "read_conllu", "sentence_text", "write_conllu"]

# The features attribution reads; the rest differs from treebank to treebank and only blurs the tagger.
FEATURES = ("Gender", "Mood", "Number", "Person", "PronType", "Tense", "VerbForm")
# Subtypes that mean something for reported speech; the labelled attachment score ignores all subtypes.
SUBTYPES = {"acl:relcl", "advcl:cleft", "aux:caus", "aux:pass", "nsubj:pass", "obl:agent"}
RENAMED = {"nmod:appos": "appos", "reparandum": "reparandum", "compound": "flat", "goeswith": "flat"}


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One syntactic word. `head` counts from 1 within the sentence, 0 is the root."""

    form: str
    lemma: str
    upos: str
    feats: str
    head: int
    deprel: str
    space_after: bool = True


@dataclasses.dataclass(frozen=True, slots=True)
class Sentence:
    """Words, and the surface tokens that cover several words: `(first, last, form, space_after)`, counted from 1."""

    rows: tuple[Row, ...]
    multiword: tuple[tuple[int, int, str, bool], ...] = ()
    ident: str = ""


def read_conllu(path: Path) -> Iterator[Sentence]:
    """Sentences of a CoNLL-U file, without comments, empty nodes and enhanced dependencies."""
    for block in path.read_text(encoding="utf8").split("\n\n"):
        lines = block.strip("\n").split("\n")
        ident = next((line.split("=", 1)[1].strip() for line in lines if line.startswith("# sent_id")), "")
        cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
        rows = tuple(_row(c) for c in cells if c[0].isdigit())
        if rows:
            yield Sentence(rows, tuple(_multiword(c) for c in cells if "-" in c[0]), ident)


def _row(cells: list[str]) -> Row:
    head = int(cells[6]) if cells[6].isdigit() else 0
    return Row(cells[1], cells[2], cells[3], cells[5], head, cells[7], "SpaceAfter=No" not in cells[9])


def _multiword(cells: list[str]) -> tuple[int, int, str, bool]:
    first, last = cells[0].split("-")
    return int(first), int(last), cells[1], "SpaceAfter=No" not in cells[9]


def harmonise(sentence: Sentence) -> Sentence:
    """The same sentence with the labels and features that all treebanks share."""
    rows = sentence.rows
    passive = {r.head for r in rows if r.deprel in ("aux:pass", "nsubj:pass")}
    by_par = {r.head for r in rows if r.deprel == "case" and r.lemma == "par"}
    out = []
    for number, row in enumerate(rows, 1):
        deprel = row.deprel if row.deprel in SUBTYPES else RENAMED.get(row.deprel, row.deprel.split(":")[0])
        # PUD does not mark agents.
        if deprel == "obl" and row.head in passive and number in by_par and row.upos in ("NOUN", "PROPN", "PRON"):
            deprel = "obl:agent"
        out.append(dataclasses.replace(row, deprel=deprel, feats=_features(row.feats)))
    return dataclasses.replace(sentence, rows=tuple(out))


def _features(feats: str) -> str:
    pairs = pairs_of(feats)
    kept = [f"{name}={pairs[name].split(',')[0]}" for name in FEATURES if name in pairs]
    return "|".join(kept) or "_"


def sentence_text(sentence: Sentence) -> str:
    """The surface text of a sentence, spaces as the treebank says."""
    pieces: list[str] = []
    covered = {n: token for token in sentence.multiword for n in range(token[0], token[1] + 1)}
    for number, row in enumerate(sentence.rows, 1):
        if number in covered:
            first, _, form, space = covered[number]
            if number == first:
                pieces.append(form + " " * space)
        else:
            pieces.append(row.form + " " * row.space_after)
    return "".join(pieces).strip()


def write_conllu(sentences: Iterable[Sentence], path: Path) -> None:
    """Write sentences to a CoNLL-U file with `# text` lines."""
    partial = path.with_suffix(".partial")
    with partial.open("w", encoding="utf8") as out:
        for number, sentence in enumerate(sentences, 1):
            out.write(f"# sent_id = {sentence.ident or number}\n# text = {sentence_text(sentence)}\n")
            starts = {token[0]: token for token in sentence.multiword}
            for index, row in enumerate(sentence.rows, 1):
                if index in starts:
                    first, last, form, space = starts[index]
                    out.write(f"{first}-{last}\t{form}" + "\t_" * 7 + f"\t{'_' if space else 'SpaceAfter=No'}\n")
                misc = "_" if row.space_after else "SpaceAfter=No"
                out.write(f"{index}\t{row.form}\t{row.lemma}\t{row.upos}\t_\t{row.feats}\t{row.head}\t{row.deprel}\t_\t{misc}\n")
            out.write("\n")
    partial.replace(path)
