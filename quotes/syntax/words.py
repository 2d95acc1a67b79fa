"""French words by rule: a sentence into the tokens of the treebanks, with their offsets.

One pattern finds tokens from left to right; what it finds is then cut before an inverted or enclitic pronoun (*dit-il*, *jour-là*).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import regex

__all__ = ["CONTRACTIONS", "sentence_parts", "shown", "tokenize"]

# A word longer than that would fill the memory of the taggers.
LONGEST = 1000
UNKNOWN = "<UNK>"
CONTRACTIONS = frozenset("au aux auquel auxquels auxquelles du des duquel desquels desquelles".split())

_TOKEN = regex.compile(
    r"""
      (?:https?://|www\.)[^\s«»"“”<>]*[^\s«»"“”<>.,;:!?)]                                # addresses
    | [\p{L}\p{N}._%+-]{1,64}+@[\p{L}\p{N}-]++(?:\.[\p{L}\p{N}-]++)++
    | (?<![\p{L}\p{N}]) [@#][\p{L}\p{N}_]++
    | (?:(?<=^|[\s(«"“])[-−]) (?=\p{N}) \p{N}++ (?:[.,]\p{N}++)*+                          # signed numbers
    | \p{N}{1,3}+ (?:\s\p{N}{3}(?!\p{N}))++ (?:,\p{N}++)?                                   # 10 000
    | \p{N}++ (?:[.,]\p{N}++)?+ (?=(?:h|H|min|mn|km|cm|mm|m|kg|mg|g|ml|l|s)(?:\p{N}|\b))     # 20 | h | 30
    | (?<=\p{N}) (?:h|H) (?=\p{N})
    | (?i:c['’]est-à-dire|aujourd['’]hui|quelqu['’]une?s?|l['’]on|prud['’]hom\p{L}++|presqu['’][iî]les?|grand['’]\p{L}++)(?!\p{L})
    | (?i:mains?-d['’]\p{L}++|chefs?-d['’]\p{L}++|hors-d['’]\p{L}++|va-t-en-\p{L}++)
    | (?<=\p{L}\s) (?i:t['’‘-](?:ils?|elles?|on)) (?!\p{L})                                   # explique t'elle
    | (?i:[ldcjmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’‘] (?=[\p{L}\p{N}«"“(\[‹])             # elisions
    | n° | °[CF](?!\p{L}) | \+/-
    | (?:M|MM|Dr|Mr|Mrs|Pr|Me|St|Ste|Vol|No|pp?|cf|av|apr|env|art|éd|vol|vs|max|min|chap|fig|Cf|op)\. (?=\s*+\S)
    | (?:Mgr|etc|cf|av)\.
    | (?:\p{Lu}\.-?){2,}+(?<=\.) | \p{Lu}\.(?=[\s-]?+\S)                                     # initials
    | \.{2,} | -{2,} | !{2,} | \?{2,}
    | [\p{L}\p{N}] [\p{L}\p{M}\p{N}\p{Cf}]*+ (?:\((?:e?s?|ne|E?S?)\)(?!\p{L}))?                    # words, compounds, numbers
      (?: (?:[-‐‑&_]|['’](?=\p{L})|(?<=\p{N})[.,:/](?=\p{N})|(?<=[IVX]\p{Ll}?)/(?=[IVX])|(?<=\p{L})\.(?=\p{L}{2}))
          [\p{L}\p{N}] [\p{L}\p{M}\p{N}\p{Cf}]*+ )*+
      (?:\((?:e?s?|ne|E?S?)\)(?!\p{L}))?
    | \S
    """,
    regex.VERBOSE,
)
# « dit-il », « a-t-on », « dites-le-moi », « ce jour-là », but not « rendez-vous », « celui-là », « au-delà ».
_ENCLITIC = regex.compile(
    r"(?i)(?<=\p{L})(?:-t[-'’‘](?:il|elle|on|ils|elles)|-(?:je|tu|ils?|elles?|on|nous|vous|ce|moi|toi|lui|leur|y|en|l[ea]s?|là|ci))$"
)
_PARAGRAPH = regex.compile(r"\n[\s\u0080-\u009f]*\n")
_SPACES = regex.compile(r"\s+")
_WHOLE = regex.compile(r"(?i)(?:rendez-vous|(?:(?:celui|celles?|ceux)-(?:là|ci)|(?:au-de|par-de|de|jusque|voi)-là|chez-\p{L}++|peut-être))")


# No pronoun with its hyphens is longer.
_LONGEST = 10
# « explique t'elle », « a-t'il dit »: slips for « -t-elle », « -t-il ».
_SLIP = regex.compile(r"(?i)^(?:-t['’‘]|t['’‘-])(?=(?:ils?|elles?|on)$)")


def with_hyphens(token: str) -> str:
    """A token as it should be written when it is an inverted pronoun with a slip in its hyphens, else the token itself."""
    return _SLIP.sub("-t-", token)


def tokenize(sentence: str) -> list[tuple[int, int]]:
    """Start and end of every token of a sentence."""
    return [span for match in _TOKEN.finditer(sentence) for span in _cut(match[0], match.start())]


def _cut(token: str, start: int) -> Iterator[tuple[int, int]]:
    """A token without the pronouns at its end, then these."""
    ends = [len(token)]
    slip = _SLIP.match(token) is not None
    while "-" in token and not slip and (before := _enclitic(token, ends[-1])):
        ends.append(before)
    yield start, start + ends[-1]
    yield from ((start + low, start + high) for low, high in itertools.pairwise(reversed(ends)))


def _enclitic(token: str, end: int) -> int:
    """Where the pronoun at the end of `token[:end]` begins, 0 when there is none."""
    if _WHOLE.fullmatch(token, 0, end):
        return 0
    found = _ENCLITIC.search(token, max(0, end - _LONGEST), end)
    return found.start() if found else 0


def sentence_parts(text: str) -> Iterator[list[tuple[int, int]]]:
    """The tokens of the parts of a text between empty lines; parts without tokens are left out."""
    start = 0
    for gap in [*_PARAGRAPH.finditer(text), None]:
        spans = [(a + start, b + start) for a, b in tokenize(text[start : gap.start() if gap else len(text)])]
        if spans:
            yield spans
        start = gap.end() if gap else len(text)


def shown(token: str) -> str:
    """A token as the models read it: its spaces are plain ones, and no word is longer than they can hold."""
    return with_hyphens(_SPACES.sub(" ", token)) if len(token) <= LONGEST else UNKNOWN
