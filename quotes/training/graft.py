"""Grafts: treebank clauses wrapped in reporting frames, so that the parser meets « … », a déclaré X.

UD French treebanks hold almost no guillemets and few inverted subjects. Each graft keeps the gold tree
of a clause and hangs a frame on it: the reporting verb is `parataxis` of the quoted clause when it
follows, and governs it (`ccomp`) when it introduces it.
"""

from __future__ import annotations

import dataclasses
import random
import re
from collections.abc import Callable, Iterable, Iterator

from quotes.training.frames import Builder, Frames, Piece
from quotes.training.treebank import Row, Sentence

__all__ = ["graft"]

MARKS = (("« ", " »"), ("«", "»"), ("“", "”"), ('"', '"'), ("« ", " »"))
STAND_IN = Row("Oui", "oui", "INTJ", "_", 0, "root")


def graft(sentences: Iterable[Sentence], frames: Frames, seed: int, copies: int = 1) -> Iterator[Sentence]:
    """Frames around every suitable clause, `copies` times, in a pattern drawn at random."""
    chance = random.Random(seed)
    patterns: list[Callable[[list[Row], Frames, random.Random], Builder]] = [
        _postposed, _postposed, _postposed_clitic, _incise, _colon, _que, _que, _according_first, _according_last, _middle, _resumed,
    ]  # fmt: skip
    for sentence in sentences:
        clause = _clause(sentence)
        if clause is None:
            continue
        for copy in range(copies):
            build = chance.choice(patterns)
            builder = build(clause, frames, chance)
            if all(row.head >= 0 for row in builder.rows):
                yield builder.sentence(f"{sentence.ident}-graft-{copy}")


def _clause(sentence: Sentence) -> list[Row] | None:
    """The sentence without its final full stop, when it is one finite clause of at most 30 words."""
    rows = list(sentence.rows)
    if not 4 <= len(rows) <= 31 or rows[-1].form != "." or (sentence.multiword and sentence.multiword[-1][1] == len(rows)):
        return None
    if any(re.search(r"[«»“”\"—:]", row.form) for row in rows) or any(row.head == len(rows) for row in rows):
        return None
    root = next(row for row in rows if row.head == 0)
    number = rows.index(root) + 1
    if not any(row.head == number and row.deprel.startswith("nsubj") for row in rows):
        return None
    rows.pop()
    rows[-1] = dataclasses.replace(rows[-1], space_after=True)
    return rows


def _quoted(b: Builder, clause: list[Row], chance: random.Random, final: str = "") -> int:
    """The clause, or one time in two its stand-in, between marks."""
    mark, end = chance.choice(MARKS)
    opening = b.word(mark.strip(), "PUNCT", 0, "punct", mark.endswith(" "))
    root = b.tree([STAND_IN] if chance.random() < 0.5 else clause)
    b.rows[-1] = dataclasses.replace(b.rows[-1], space_after=bool(final in ("!", "?")) or (end.startswith(" ") and not final))
    if final:
        b.word(final, "PUNCT", root, "punct", end.startswith(" "))
    b.attach(opening, root, "punct")
    b.word(end.strip(), "PUNCT", root, "punct")
    return root


def _verb(b: Builder, frames: Frames, chance: random.Random, plural: bool, clitic: str = "") -> int:
    """A finite reporting verb (with auxiliary, reflexive and inverted clitic); returns the number of its head word."""
    lemma, participle, singular, plural_form, imperfect = chance.choice(frames.verbs)
    reflexive = lemma.startswith(("s'", "se_"))
    infinitive = lemma[2:] if lemma.startswith("s'") else lemma.removeprefix("se_")
    finite = f"Mood=Ind|Number={'Plur' if plural else 'Sing'}|Person=3|Tense=Pres|VerbForm=Fin"
    marker = aux = 0
    compound = chance.random() < 0.5
    form = plural_form if plural else singular
    if not plural and not compound and chance.random() < 0.15:
        form, finite = imperfect, finite.replace("Pres", "Imp")
    if reflexive:
        elided = (compound and not plural) or (form if not compound else "")[:1] in "aeiouéèh"
        marker = b.word("s'" if elided else "se", "PRON", 0, "expl", not elided, "se", "Person=3|PronType=Prs")
    auxiliary = ("sont" if plural else "est") if reflexive else ("ont" if plural else "a")
    if compound:
        aux = b.word(auxiliary, "AUX", 0, "aux", not clitic, "être" if reflexive else "avoir", finite)
        inverted = _inverted(b, clitic, auxiliary)
        head = b.word(participle, "VERB", 0, "root", True, infinitive, "Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part")
    else:
        head = b.word(form, "VERB", 0, "root", not clitic, infinitive, finite)
        inverted = _inverted(b, clitic, form)
    for word, relation in ((aux, "aux"), (inverted, "nsubj"), (marker, "expl")):
        if word:
            b.attach(word, head, relation)
    return head


def _inverted(b: Builder, clitic: str, before: str) -> int:
    if not clitic:
        return 0
    form = ("-" if before[-1] in "td" else "-t-") + clitic
    number = "Plur" if clitic.endswith("s") else "Sing"
    return b.word(form, "PRON", 0, "nsubj", True, "il" if clitic != "on" else "on", f"Number={number}|Person=3|PronType=Prs")


def _tail(b: Builder, frames: Frames, chance: random.Random, head: int) -> None:
    if chance.random() < 0.5:
        piece = chance.choice(frames.tails)
        b.tree(piece.rows, head, "advcl" if piece.rows[piece.head].upos == "VERB" else "obl")


def _subject(b: Builder, piece: Piece, head: int, capital: bool = False) -> int:
    rows = list(piece.rows)
    if capital:
        rows[0] = dataclasses.replace(rows[0], form=rows[0].form[0].upper() + rows[0].form[1:])
    return b.tree(rows, head, "nsubj")


def _close(b: Builder, root: int) -> Builder:
    b.tight()
    b.word(".", "PUNCT", root, "punct")
    return b


def _postposed(clause: list[Row], frames: Frames, chance: random.Random) -> Builder:
    """« … », a déclaré X hier."""
    b = Builder()
    root = _quoted(b, clause, chance, chance.choice(["", "", "", "!", "?"]))
    _frame_after(b, frames, chance, root)
    return _close(b, root)


def _frame_after(b: Builder, frames: Frames, chance: random.Random, root: int, comma: bool = True) -> int:
    piece = chance.choice(frames.subjects)
    b.tight()
    stop = b.word(",", "PUNCT", 0, "punct") if comma else 0
    verb = _verb(b, frames, chance, piece.agreement.endswith("p"))
    b.attach(verb, root, "parataxis")
    if stop:
        b.attach(stop, verb, "punct")
    _subject(b, piece, verb)
    _tail(b, frames, chance, verb)
    return verb


def _postposed_clitic(clause: list[Row], frames: Frames, chance: random.Random) -> Builder:
    """« … », a-t-elle déclaré."""
    b = Builder()
    root = _quoted(b, clause, chance) if chance.random() < 0.7 else b.tree(clause)
    b.tight()
    stop = b.word(",", "PUNCT", 0, "punct")
    clitic = chance.choice(["il", "elle", "on", "ils", "elles", "il", "elle"])
    verb = _verb(b, frames, chance, clitic.endswith("s"), clitic)
    b.attach(verb, root, "parataxis")
    b.attach(stop, verb, "punct")
    _tail(b, frames, chance, verb)
    return _close(b, root)


def _incise(clause: list[Row], frames: Frames, chance: random.Random) -> Builder:
    """Le pont rouvrira, a déclaré X."""
    b = Builder()
    root = b.tree(clause)
    _frame_after(b, frames, chance, root)
    return _close(b, root)


def _resumed(clause: list[Row], frames: Frames, chance: random.Random) -> Builder:
    """« … », a déclaré X, « … »."""
    b = Builder()
    root = _quoted(b, clause, chance)
    verb = _frame_after(b, frames, chance, root)
    b.tight()
    stop = b.word(",", "PUNCT", 0, "punct")
    second = _quoted(b, [STAND_IN], chance)
    b.attach(second, root, "parataxis")
    b.attach(stop, verb, "punct")
    return _close(b, root)


def _frame_before(b: Builder, frames: Frames, chance: random.Random) -> int:
    """X a déclaré hier: the words, and their verb as the root."""
    piece = chance.choice(frames.subjects + frames.pronouns)
    subject = _subject(b, piece, 0, capital=True)
    verb = _verb(b, frames, chance, piece.agreement.endswith("p"))
    b.attach(verb, 0, "root")
    b.attach(subject, verb, "nsubj")
    _tail(b, frames, chance, verb)
    return verb


def _colon(clause: list[Row], frames: Frames, chance: random.Random) -> Builder:
    """X a déclaré hier : « … »"""
    b = Builder()
    verb = _frame_before(b, frames, chance)
    stop = b.word(":", "PUNCT", 0, "punct")
    root = _quoted(b, clause, chance, ".")
    b.attach(root, verb, "ccomp")
    b.attach(stop, root, "punct")
    return b


def _que(clause: list[Row], frames: Frames, chance: random.Random) -> Builder:
    """X a déclaré que …"""
    b = Builder()
    verb = _frame_before(b, frames, chance)
    lowered = _lowered(clause)
    elided = lowered[0].form[0].lower() in "aeiouéèêâh" and lowered[0].upos != "PUNCT"
    mark = b.word("qu'" if elided else "que", "SCONJ", 0, "mark", not elided, "que")
    root = b.tree(lowered, verb, "ccomp")
    b.attach(mark, root, "mark")
    return _close(b, verb)


def _lowered(clause: list[Row]) -> list[Row]:
    first = clause[0]
    if first.upos == "PROPN" or first.form[:2].isupper():
        return clause
    return [dataclasses.replace(first, form=first.form[0].lower() + first.form[1:]), *clause[1:]]


def _according_first(clause: list[Row], frames: Frames, chance: random.Random) -> Builder:
    """Selon X, …"""
    b = Builder()
    source = _source(b, frames, chance, capital=True)
    b.tight()
    stop = b.word(",", "PUNCT", 0, "punct")
    root = b.tree(_lowered(clause))
    b.attach(source, root, "obl")
    b.attach(stop, source, "punct")
    return _close(b, root)


def _according_last(clause: list[Row], frames: Frames, chance: random.Random) -> Builder:
    """…, selon X."""
    b = Builder()
    root = b.tree(clause) if chance.random() < 0.5 else _quoted(b, clause, chance)
    b.tight()
    stop = b.word(",", "PUNCT", 0, "punct")
    source = _source(b, frames, chance)
    b.attach(source, root, "obl")
    b.attach(stop, source, "punct")
    return _close(b, root)


def _source(b: Builder, frames: Frames, chance: random.Random, capital: bool = False) -> int:
    form = chance.choice(["selon", "selon", "d'après", "pour"])
    shown = form[0].upper() + form[1:] if capital else form
    if form == "d'après":
        case = b.word(shown[:2], "ADP", 0, "case", False, "de")
        b.word("après", "ADP", case, "fixed")
    else:
        case = b.word(shown, "ADP", 0, "case")
    source = b.tree(chance.choice(frames.subjects).rows, 0, "obl")
    b.attach(case, source, "case")
    return source


def _middle(clause: list[Row], frames: Frames, chance: random.Random) -> Builder:
    """Le pont, a déclaré X, rouvrira: the frame stands after a subtree of the root that begins the clause."""
    root = next(i for i, row in enumerate(clause, 1) if row.head == 0)
    cut = _first_branch(clause, root)
    if not cut:
        return _incise(clause, frames, chance)
    b = Builder()
    inserted = Builder()
    inserted.word(",", "PUNCT", 0, "punct")
    piece = chance.choice(frames.subjects)
    verb = _verb(inserted, frames, chance, piece.agreement.endswith("p"))
    _subject(inserted, piece, verb)
    inserted.attach(1, verb, "punct")
    inserted.tight()
    inserted.word(",", "PUNCT", verb, "punct")
    width = len(inserted.rows)
    shift = {n: n if n <= cut else n + width for n in range(1, len(clause) + 1)} | {0: 0}
    b.rows = [dataclasses.replace(row, head=shift[row.head]) for row in clause[:cut]]
    b.tight()
    for index, row in enumerate(inserted.rows, 1):
        head = shift[root] if index == verb else row.head + cut
        b.rows.append(dataclasses.replace(row, head=head, deprel="parataxis" if index == verb else row.deprel))
    b.rows += [dataclasses.replace(row, head=shift[row.head]) for row in clause[cut:]]
    return _close(b, shift[root])


def _first_branch(clause: list[Row], root: int) -> int:
    """Number of words in the subtree of the root that begins the clause, 0 when there is none."""
    for cut in range(1, root):
        inside = all(row.head <= cut for row in clause[:cut] if row.head != root)
        crossing = any(1 <= row.head <= cut for row in clause[cut:])
        tops = sum(row.head == root for row in clause[:cut])
        whole = clause[cut - 1].space_after and clause[cut - 1].upos not in ("PRON", "PUNCT", "ADV")
        if inside and not crossing and tops == 1 and whole:
            return cut if clause[cut].form != "," else 0
    return 0
