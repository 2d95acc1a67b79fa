"""What archives do to texts, done to the project's own articles: `python -m tests.transformations [NAME...]` prints the share of rows that stay.

A transformation gives one new string for each character of the text, so that spans of the new text can be led back.
"""

from __future__ import annotations

import dataclasses
import html
import itertools
import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import regex

from quotes.model import Article, Claim, Extraction, Quote, Span
from quotes.pipeline import Extractor

__all__ = ["TRANSFORMATIONS", "Changed", "change", "same_rows"]

GOLD = Path(__file__).parent / "gold" / "gold.jsonl"
WORD = regex.compile(r"\p{L}{6,}")
NAME = regex.compile(r"(?<=\p{Ll} )\p{Lu}\p{Ll}+ \p{Lu}\p{L}+(?= \p{Ll}|, \p{Ll}|\.)")
GLUED = regex.compile(r"(?<=\p{Ll}[.!?]) (?=\p{Lu}\p{Ll})|(?<=[»”]\.) (?=\p{Lu}\p{Ll})")
COLUMN = 80


@dataclasses.dataclass(frozen=True)
class Changed:
    """A text after a transformation, with the place of every character of the old one."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def letters(self, spans: Iterable[Span], old: str) -> frozenset[int]:
        """The letters and digits of the old text that spans of the new one cover."""
        return frozenset(
            at
            for span in spans
            for at in range(len(old))
            if span.start <= self.starts[at] and self.ends[at] <= span.end and old[at].isalnum()
        )


def change(name: str, text: str) -> Changed:
    """The text after one of `TRANSFORMATIONS`."""
    new = TRANSFORMATIONS[name](text)
    ends = tuple(itertools.accumulate(len(part) for part in new))
    return Changed("".join(new), (0, *ends[:-1]) if ends else (), ends)


def replaced(table: dict[str, str]) -> Callable[[str], list[str]]:
    """A transformation that replaces characters, each by itself."""
    return lambda text: [table.get(char, char) for char in text]


def at_places(pattern: str, new: str) -> Callable[[str], list[str]]:
    """A transformation that writes `new` for the first character of each match, and nothing for its others."""

    def transform(text: str) -> list[str]:
        out = list(text)
        for match in regex.finditer(pattern, text):
            out[match.start() : match.end()] = [new, *[""] * (match.end() - match.start() - 1)]
        return out

    return transform


def ligatures(text: str) -> list[str]:
    """« aﬃrme »."""
    out = list(text)
    for match in regex.finditer("ffi|ffl|ff|fi|fl", text):
        sign = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}[match.group()]
        out[match.start() : match.end()] = [sign, *[""] * (len(match.group()) - 1)]
    return out


def inside_words(sign: str, step: int) -> Callable[[str], list[str]]:
    """A transformation that puts a sign after every few letters of a long word."""

    def transform(text: str) -> list[str]:
        out = list(text)
        for match in WORD.finditer(text):
            for at in range(match.start() + step - 1, match.end() - 2, step):
                out[at] += sign
        return out

    return transform


def wrapped(text: str, hyphens: bool = False) -> list[str]:
    """Lines of at most 80 characters, words hyphenated at their ends or not; paragraphs an empty line apart."""
    out, line = ["\n\n" if char == "\n" else char for char in text], 0
    for match in regex.finditer(r"\S+|\s", text):
        length = len(match.group())
        if match.group() == "\n":
            line = 0
        elif match.group() == " " and line + len(text[match.end() :].split(maxsplit=1)[0]) >= COLUMN:
            line = _break(text, out, match.end(), COLUMN - line) if hyphens else 0
            out[match.start()] = " " if line else "\n"
        else:
            line += length
    return out


def _break(text: str, out: list[str], start: int, room: int) -> int:
    """Hyphenates the word that does not fit where room is; returns minus what of it still stands on the line, 0 when it is too short."""
    word = WORD.match(text, start)
    at = start + room - 3
    if word is None or not word.start() + 3 <= at <= word.end() - 3:
        return 0
    out[at - 1] += "-\n"
    return start - at


def around_names(text: str) -> list[str]:
    """Line breaks around names, as links leave them."""
    out = list(text)
    for match in NAME.finditer(text):
        out[match.start() - 1] = "\n"
        out[match.end()] = "\n" if text[match.end()] == " " else "\n" + text[match.end()]
    return out


def field(text: str) -> list[str]:
    """A field of a CSV file: one pair of marks around all, every mark inside doubled."""
    out = [{"«": '""', "»": '""', "“": '""', "”": '""', '"': '""'}.get(char, char) for char in text]
    for match in regex.finditer(r"(?<=«)\s|\s(?=»)", text):
        out[match.start()] = ""
    return ['"' + out[0], *out[1:-1], out[-1] + '"']


def pairs(opening: str, closing: str, space: str = "") -> Callable[[str], list[str]]:
    """A transformation that writes « … » with other marks, and another space inside."""

    def transform(text: str) -> list[str]:
        out = list(text)
        for match in regex.finditer(r"(?P<open>«\s*+|(?<=\n)»\s*+(?=\p{L}))|[^\S\n]*+»", text):
            new = opening + space if match["open"] else space + closing
            out[match.start() : match.end()] = [new, *[""] * (match.end() - match.start() - 1)]
        return out

    return transform


def behind_marks(*signs: str) -> Callable[[str], list[str]]:
    """A transformation that puts signs of footnotes behind closing marks."""

    def transform(text: str) -> list[str]:
        out, turn = list(text), itertools.cycle(signs)
        for match in regex.finditer(r"[»”](?=[.,]| \p{Ll})", text):
            out[match.start()] += next(turn)
        return out

    return transform


def entities(text: str) -> list[str]:
    """Named and numbered entities."""
    named = {"'": "&#39;", "’": "&rsquo;", '"': "&quot;", "\u00a0": "&nbsp;", "\u202f": "&#8239;"}
    table = {chr(code): f"&{name};" for code, name in html.entities.codepoint2name.items()} | named
    return [table.get(char, char) for char in text]


def tags(text: str) -> list[str]:
    """Inline elements around names and inside marks, with marks in their attributes."""
    out = list(text)
    for number, match in enumerate(NAME.finditer(text)):
        opening, closing = (("<b>", "</b>"), ("<a href=\"/x?q=«y»\" title='dit “Z”'>", "</a>"), ("<span class='n'>", "</span>"))[number % 3]
        out[match.start() - 1] += opening
        out[match.end()] = closing + out[match.end()]
    for match in regex.finditer(r"«\s*+(?P<in>[^«»\n]*[^\s«»\n])\s*+»", text):
        out[match.start("in") - 1] += "<em>"
        out[match.end("in")] = "</em>" + out[match.end("in")]
    return out


def bare(char: str) -> str:
    """A character without its accent."""
    return "".join(c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c)) if char.isalpha() else char


TRANSFORMATIONS: dict[str, Callable[[str], list[str]]] = {
    "nfd": lambda text: [unicodedata.normalize("NFD", char) for char in text],
    "ligatures": ligatures,
    "soft-hyphens": inside_words("\u00ad", 3),
    "zero-width": inside_words("\u200b", 4),
    "hyphen-2011": at_places(r"(?<=\p{L})-(?=\p{L})", "\u2011"),
    "acute": at_places(r"(?<=\p{L})['’](?=\p{L})", "´"),
    "two-blanks": replaced({" ": "  "}),
    "tab": replaced({" ": "\t"}),
    "thin-blank": replaced({" ": "\u2009"}),
    "wrapped": wrapped,
    "hyphenated": lambda text: wrapped(text, hyphens=True),
    "around-names": around_names,
    "glued": lambda text: ["" if at in {m.start() for m in GLUED.finditer(text)} else char for at, char in enumerate(text)],
    "doubled": replaced({'"': '""', "«": "««", "»": "»»", "“": "““", "”": "””"}),
    "csv": field,
    "straight": pairs('"', '"'),
    "curly": pairs("“", "”"),
    "mixed": pairs("“", "»"),
    "mixed-straight": pairs('"', "»", " "),
    "no-space": pairs("«", "»"),
    "plain-space": pairs("«", "»", " "),
    "narrow-space": pairs("«", "»", "\u202f"),
    "thin-space": pairs("«", "»", "\u2009"),
    "footnotes": behind_marks("[1]", "¹", "(2)", " [3]", "*"),
    "entities": entities,
    "tags": tags,
    "capitals": lambda text: [char.upper() for char in text],
    "no-accents": lambda text: [bare(char) for char in text],
    "one-line": lambda text: [
        "" if char == "\n" and text[at - 1 : at] == "\n" else " " if char == "\n" else char for at, char in enumerate(text)
    ],
}

Row = tuple[str, frozenset[int], str]
# Marks and apostrophes of a name are written as the text writes them.
MARKS = str.maketrans({"’": "'", **dict.fromkeys('«»“”" ')})


def _rows(extraction: Extraction, changed: Changed, old: str, folded: bool) -> list[Row]:
    results: Sequence[Quote | Claim] = (*extraction.quotes, *extraction.claims)
    return [
        (
            type(result).__name__,
            changed.letters(result.pieces if isinstance(result, Quote) else (result.span,), old),
            (fold(result.speaker or "") if folded else result.speaker or "").translate(MARKS),
        )
        for result in results
    ]


def fold(text: str) -> str:
    """A name without case and accents."""
    return "".join(map(bare, text.casefold()))


def same_rows(plain: Extraction, new: Extraction, changed: Changed, *, folded: bool = False) -> tuple[int, int]:
    """How many rows are the same (part, letters, speaker), twice, and how many there are in both; `folded` forgets case and accents."""
    old = plain.article.text
    rows = _rows(plain, change("same", old), old, folded)
    others = _rows(new, changed, old, folded)
    both = sum(min(rows.count(row), others.count(row)) for row in set(rows))
    return 2 * both, len(rows) + len(others)


TRANSFORMATIONS["same"] = list
FOLDED = ("capitals", "no-accents")


def main() -> None:
    """Print the share of rows that stay, for each transformation."""
    articles = [Article(str(number), json.loads(line)["text"]) for number, line in enumerate(GOLD.read_text(encoding="utf-8").splitlines())]
    extractor = Extractor()
    plain = list(extractor.extract(articles))
    for name in sys.argv[1:] or TRANSFORMATIONS:
        changes = [change(name, article.text) for article in articles]
        new = extractor.extract(dataclasses.replace(article, text=changed.text) for article, changed in zip(articles, changes, strict=True))
        counts = [same_rows(*three, folded=name in FOLDED) for three in zip(plain, new, changes, strict=True)]
        same, rows = (sum(column) for column in zip(*counts, strict=True))
        print(f"{name:15} {same / rows:.3f}")


if __name__ == "__main__":
    main()
