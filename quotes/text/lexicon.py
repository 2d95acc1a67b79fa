"""The language data of `patterns/<language>/`: reporting cues, word lists and the furniture of web pages, loaded and checked.

A malformed line never passes: it raises `PatternError` with its file, its line and what to write instead.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import regex

from quotes.text.gate import COMPANIONS, WORD, Gate, GateDraft, fold
from quotes.text.inflect import conjugate

__all__ = [
    "ACTS", "POS", "TAKES", "Cue", "Lexicon", "Locution", "PatternError", "fold", "load_furniture", "load_lexicon", "load_table",
    "load_words", "patterns_dir",
]  # fmt: skip

POS = frozenset(("verb", "noun", "locution", "preposition"))
TAKES = frozenset(("que", "si", "inf", "de_inf", "à_inf", "direct", "incise", "object", "noun", "source"))
ACTS = frozenset((
    "accuse", "announce", "answer", "ask", "assert", "blame", "confirm", "deny", "exclaim", "feel", "opine", "order", "praise", "promise",
    "propose", "request", "reveal", "threaten", "warn", "write",
))  # fmt: skip
# Pronouns that make a verb reflexive; the first persons for « je m'engage à ».
REFLEXIVES = ("se", "s'", "me", "m'", "nous")
# « L'affirmation selon laquelle … » has no que.
LAQUELLE = frozenset(("laquelle", "lequel"))
# « A l’en croire »: the capital of typewriters.
GRAVE, BARE = "à", "A"
# The last word of a locution fuses with the article that follows.
FUSIONS = {"de": r"(?:de|du|des|d['’])", "à": r"(?:à|au|aux)", "que": r"(?:que|qu['’])"}


class PatternError(ValueError):
    """A line of the language data that cannot be used: says where it is and how to mend it."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path}:{line}: {problem}")


@dataclasses.dataclass(frozen=True, slots=True)
class Cue:
    """One reading of a reporting word. `lemma` is as the file writes it, `rest` the words a locution needs after its head."""

    lemma: str
    pos: str
    takes: frozenset[str]
    act: str
    reflexive: bool = False
    rest: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Locution:
    """A preposition or locution that names a source, with the pattern that finds its words in a text (either apostrophe)."""

    cue: Cue
    pattern: regex.Pattern[str]


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All cues of a language. Compared and hashed by identity, so that functions of a lexicon can be cached.

    `verbs` goes by the bare head verb (`indigner`, `faire`), `by_form` from its forms in small letters to such heads, `nouns` from the
    forms of the head noun, singular and plural.
    """

    verbs: Mapping[str, tuple[Cue, ...]]
    by_form: Mapping[str, frozenset[str]]
    nouns: Mapping[str, tuple[Cue, ...]]
    prepositions: tuple[Locution, ...]
    locutions: tuple[Locution, ...]
    claim_gate: Gate

    def form_takes(self, form: str, construction: str) -> bool:
        """Whether a form, in small letters, can be one of a verb that takes a construction (`que`, `incise`)."""
        return any(construction in cue.takes for lemma in self.by_form.get(form, ()) for cue in self.verbs.get(lemma, ()))

    def has_claim_cue(self, text: str) -> bool:
        """For claims alone: a cue with what its clause needs (que, si, de, à, a colon), in an incise, or one that names a source."""
        return self.claim_gate.opens(text)


def patterns_dir() -> Path:
    """The folder of the language data: inside the installed package, or at the top of a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_patterns"
    return installed if installed.is_dir() else package.parent / "patterns"


def _file(name: str, suffix: str, language: str, folder: Path | None) -> Path:
    return (folder or patterns_dir() / language) / (name if "." in name else name + suffix)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Numbered lines that hold data: no comments, no empty lines, every one checked for what the eye does not see."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line != line.strip():
            raise PatternError(path, number, "the line begins or ends with a space or tab; remove it")
        if not unicodedata.is_normalized("NFC", line):
            raise PatternError(path, number, "an accent is a character of its own; write the line in Unicode NFC")
        yield number, line


@functools.cache
def load_words(name: str, language: str = "fr", folder: Path | None = None) -> frozenset[str]:
    """The entries of `<name>.txt`, one per line."""
    path = _file(name, ".txt", language, folder)
    seen: dict[str, int] = {}
    for number, line in _lines(path):
        if line in seen:
            raise PatternError(path, number, f"“{line}” is already on line {seen[line]}; remove one of them")
        seen[line] = number
    return frozenset(seen)


@functools.cache
def load_table(name: str, language: str = "fr", folder: Path | None = None) -> tuple[tuple[str, ...], ...]:
    """The rows of `<name>.tsv` in the order of the file; all have as many columns as the first."""
    path = _file(name, ".tsv", language, folder)
    rows: dict[tuple[str, ...], int] = {}
    width = 0
    for number, line in _lines(path):
        row = tuple(line.split("\t"))
        width = width or len(row)
        if len(row) != width:
            raise PatternError(path, number, f"{len(row)} columns; the first row has {width}, separated by one tab each")
        if row in rows:
            raise PatternError(path, number, f"the same row is on line {rows[row]}; remove one of them")
        rows[row] = number
    return tuple(rows)


@functools.cache
def load_furniture(language: str = "fr", folder: Path | None = None) -> tuple[tuple[str, regex.Pattern[str]], ...]:
    """Kind and pattern of each row of `furniture.tsv`; a pattern's `match` succeeds on a whole line of page furniture only."""
    path = _file("furniture", ".tsv", language, folder)
    found = []
    for number, line in _lines(path):
        kind, _, pattern = line.partition("\t")
        if not pattern or "\t" in pattern:
            raise PatternError(path, number, "write two columns: kind, one tab, pattern")
        found.append((kind, _compiled(path, number, rf"\A\s*+(?:{pattern})\s*+\Z")))
    return tuple(found)


def _compiled(path: Path, number: int, pattern: str) -> regex.Pattern[str]:
    try:
        return regex.compile(pattern, regex.IGNORECASE)
    except regex.error as error:
        raise PatternError(path, number, f"the pattern does not compile: {error}") from error


@functools.cache
def load_lexicon(language: str = "fr", folder: Path | None = None) -> Lexicon:
    """The cues of `cues.tsv`, indexed by form. Raises `PatternError` on the first line that cannot be used."""
    path = _file("cues", ".tsv", language, folder)
    draft = _Draft()
    seen: dict[tuple[str, str], int] = {}
    for number, line in _lines(path):
        cue, forms = _read_cue(path, number, line)
        if (cue.lemma, cue.pos) in seen:
            raise PatternError(path, number, f"{cue.pos} “{cue.lemma}” is already on line {seen[cue.lemma, cue.pos]}; join the two lines")
        seen[cue.lemma, cue.pos] = number
        if cue.pos == "verb":
            draft.add_verb(path, number, cue, forms.split())
        elif cue.pos == "noun":
            draft.add_noun(cue, forms.split())
        else:
            draft.add_locution(path, number, cue, forms)
    return draft.finish()


def _read_cue(path: Path, number: int, line: str) -> tuple[Cue, str]:
    fields = line.split("\t")
    if len(fields) not in (4, 5):
        raise PatternError(path, number, f"{len(fields)} columns; write lemma, pos, takes, act and, if need be, forms, one tab between two")
    lemma, pos, takes, act = fields[:4]
    values = takes.split(",")
    for what, value, known in (("pos", pos, POS), *(("takes", take, TAKES) for take in values), ("act", act, ACTS)):
        if value not in known:
            raise PatternError(path, number, f"unknown {what} “{value}”; use one of: {', '.join(sorted(known))}")
    if len(set(values)) < len(values):
        raise PatternError(path, number, "the same value twice in takes; remove one of them")
    if fold(lemma) != lemma or lemma != lemma.lower():
        raise PatternError(path, number, f"“{lemma}” must be in small letters with straight apostrophes (')")
    return Cue(lemma, pos, frozenset(values), act), fields[4] if len(fields) == 5 else ""


def _words(lemma: str) -> list[str]:
    """The words of a lemma as the parser cuts them: mot, d', ordre."""
    return lemma.replace("'", "' ").split()


class _Draft:
    """The indexes of a lexicon while its file is read."""

    def __init__(self) -> None:
        self.verbs: dict[str, list[Cue]] = {}
        self.forms: dict[str, set[str]] = {}
        self.nouns: dict[str, list[Cue]] = {}
        self.places: dict[str, list[Locution]] = {"preposition": [], "locution": []}
        self.claim_gate = GateDraft()

    def add_verb(self, path: Path, number: int, cue: Cue, forms: list[str]) -> None:
        reflexive = cue.lemma.startswith(("se ", "s'"))
        head, *rest = _words(cue.lemma)[reflexive:]
        known = conjugate(head) | set(forms)
        if len(known) == 1:
            raise PatternError(path, number, f"no rule conjugates “{head}”; list its forms in the fifth column")
        # « se dire convaincu/convaincue »: one reading for each way to agree.
        for words in itertools.product(*(part.split("/") for part in rest)):
            self.verbs.setdefault(head, []).append(dataclasses.replace(cue, reflexive=reflexive, rest=words))
            self._open_gate(cue, known, words, REFLEXIVES if reflexive else ("",))
        for form in known:
            self.forms.setdefault(form, set()).add(head)

    def add_noun(self, cue: Cue, forms: list[str]) -> None:
        head, *rest = _words(cue.lemma)
        known = {head, *(forms or [_plural(head)])}
        for form in known:
            self.nouns.setdefault(form, []).append(dataclasses.replace(cue, rest=tuple(rest)))
        self._open_gate(cue, known, rest, ("",))

    def add_locution(self, path: Path, number: int, cue: Cue, pattern: str) -> None:
        """A pattern in the fifth column stands for the words of the lemma. An opening « à » may be a capital without its accent."""
        opens = cue.lemma.startswith(GRAVE)
        whole = rf"(?<![\w-])(?:{pattern})" if pattern else _spelled(cue.lemma)
        found = _compiled(path, number, whole.replace(GRAVE, rf"(?:{GRAVE}|(?-i:{BARE}))", 1) if opens else whole)
        self.places[cue.pos].append(Locution(cue, found))
        words = _words(cue.lemma)
        if pattern or opens or words[-1] in FUSIONS:
            self.claim_gate.special.append(found.pattern)
        else:
            self._open_gate(cue, words[:1], words[1:], ("",))

    def _open_gate(self, cue: Cue, forms: Iterable[str], rest: Iterable[str], either: tuple[str, ...]) -> None:
        companions = {word for take in cue.takes for word in COMPANIONS.get(take, ())}
        if cue.pos == "noun" and "que" in cue.takes:
            companions |= LAQUELLE
        after = frozenset(word for part in rest for word in WORD.findall(part))
        for_claim = {after | {one, other} - {""} for one in either for other in companions}
        for form in forms:
            first, *others = WORD.findall(form)
            self.claim_gate.add(first, {needed.union(others) for needed in for_claim} if others else for_claim)

    def finish(self) -> Lexicon:
        return Lexicon(
            verbs=MappingProxyType({head: tuple(cues) for head, cues in self.verbs.items()}),
            by_form=MappingProxyType({form: frozenset(heads) for form, heads in self.forms.items()}),
            nouns=MappingProxyType({form: tuple(cues) for form, cues in self.nouns.items()}),
            prepositions=tuple(self.places["preposition"]),
            locutions=tuple(self.places["locution"]),
            claim_gate=self.claim_gate.finish(),
        )


def _plural(noun: str) -> str:
    if noun.endswith(("s", "x", "z")):
        return noun
    if noun.endswith("al"):
        return noun[:-1] + "ux"
    return noun + ("x" if noun.endswith(("eau", "eu", "œu")) else "s")


def _spelled(lemma: str) -> str:
    """The pattern of a locution's words, with spaces of any kind between them."""
    *inner, last = (regex.escape(word).replace("'", "['’]") for word in lemma.split())
    return r"(?<![\w-])" + r"\s++".join([*inner, FUSIONS.get(last, last)]) + r"(?:(?<=['’])|(?![\w-]))"
