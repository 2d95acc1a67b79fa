"""Inline mark-up of annotated articles: `parse` turns it into the text and its records (grammar: README.md next to this file)."""

import re
from collections.abc import Iterator
from typing import NamedTuple, TypedDict

Offsets = list[int]
KINDS = ("direct", "partial")
TYPES = ("person", "group", "organization", "document", "unknown")
OPENING, CLOSING = "«“\"‹<,'‘„»", "»”\"›>'’«"
REQUIRED = {"q": set("kcmst"), "cl": set("cmst"), "cue": {"n"}, "m": {"n"}, "o": set[str]()}
OPTIONAL = {"q": {"id", "u"}, "o": {"u"}}
ENTITIES = {"lt": "<", "gt": ">", "amp": "&"}
VALUE = r'"[^"<>]*"|[^\s"<>]+'
ATTRIBUTE = re.compile(rf"(?P<key>\+?\w+)(?:=(?P<value>{VALUE}))?")
TOKEN = re.compile(
    rf"<(?P<close>/)?(?P<tag>q|cl|cue|m|o)(?P<attributes>(?:\s+\+?\w+(?:=(?:{VALUE}))?)*)>|&(?P<entity>lt|gt|amp);|(?P<stray>[<>&])"
)


class MarkupError(ValueError):
    """A mistake in the mark-up, with the number of its line."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line


class Source(TypedDict):
    """Who says it and by which words: what a quote and a claim have in common."""

    mention: Offsets | None
    cue: Offsets | None
    speaker: str | None
    type: str


class Quote(Source):
    """A quote in the JSON Lines contract."""

    id: str
    kind: str
    pieces: list[Offsets]


class Claim(Source):
    """A claim in the JSON Lines contract."""

    id: str
    span: Offsets


class Parsed(NamedTuple):
    """The text without its mark-up, and what the mark-up says about it."""

    text: str
    quotes: list[Quote]
    claims: list[Claim]
    others: list[Offsets]


class Node(NamedTuple):
    """One element: its tag, attributes, line in the source, place in the text, and the tags around it."""

    tag: str
    attributes: dict[str, str]
    line: int
    start: int
    end: int
    around: tuple[str, ...]

    @property
    def span(self) -> Offsets:
        return [self.start, self.end]


def parse(markup: str, first_line: int = 1) -> Parsed:
    """Read the mark-up of one article; raise MarkupError at its first mistake. `first_line` is the number of its first line."""
    text, nodes = _read(markup, first_line)
    for node in nodes:
        _check_place(text, node)
    cues, mentions = _numbered(nodes, "cue"), _numbered(nodes, "m")
    sources = {"cue": cues, "mention": mentions}
    quotes, claims = list(_quotes(text, nodes, sources)), list(_claims(nodes, sources))
    _check_used(nodes, quotes, claims)
    return Parsed(text, quotes, claims, [node.span for node in nodes if node.tag == "o"])


def _read(markup: str, first_line: int) -> tuple[str, list[Node]]:
    """The text and its elements, in the order of their opening tags."""
    parts: list[str] = []
    open_nodes: list[tuple[int, Node]] = []
    nodes: dict[int, Node] = {}
    length = position = 0
    for match in TOKEN.finditer(markup):
        line = first_line + markup.count("\n", 0, match.start())
        parts.append(markup[position : match.start()] + ENTITIES.get(match["entity"] or "", ""))
        length, position = length + len(parts[-1]), match.end()
        if match["stray"]:
            raise MarkupError(line, f"malformed tag or bare < > & (write &lt; &gt; &amp;): {markup[match.start() : match.start() + 20]!r}")
        if match["close"]:
            order, node = _close(open_nodes, match["tag"], match["attributes"], line)
            nodes[order] = node._replace(end=length)
        elif match["tag"]:
            around = tuple(node.tag for _, node in open_nodes)
            open_nodes.append((match.start(), Node(match["tag"], _attributes(match, line), line, length, -1, around)))
    if open_nodes:
        raise MarkupError(open_nodes[-1][1].line, f"<{open_nodes[-1][1].tag}> is never closed")
    return "".join(parts) + markup[position:], [nodes[order] for order in sorted(nodes)]


def _close(open_nodes: list[tuple[int, Node]], tag: str, attributes: str, line: int) -> tuple[int, Node]:
    if attributes:
        raise MarkupError(line, f"</{tag}> takes no attribute")
    if not open_nodes:
        raise MarkupError(line, f"</{tag}> closes nothing")
    if open_nodes[-1][1].tag != tag:
        raise MarkupError(line, f"</{tag}> found where </{open_nodes[-1][1].tag}> is due")
    return open_nodes.pop()


def _attributes(match: re.Match[str], line: int) -> dict[str, str]:
    """The attributes of an opening tag, checked against its grammar."""
    tag, found = match["tag"], dict[str, str]()
    for part in ATTRIBUTE.finditer(match["attributes"]):
        if part["key"] in found:
            raise MarkupError(line, f"<{tag}>: {part['key']} is given twice")
        found[part["key"]] = (part["value"] or "").strip('"')
    if tag == "q" and len(found) == 1 and next(iter(found)).startswith("+"):
        return found
    missing, unknown = REQUIRED[tag] - set(found), set(found) - REQUIRED[tag] - OPTIONAL.get(tag, set())
    if missing or unknown:
        raise MarkupError(line, f"<{tag}>: " + ("missing " if missing else "unknown ") + ", ".join(sorted(missing or unknown)))
    empty = [key for key in REQUIRED[tag] if not found[key]]
    if empty:
        raise MarkupError(line, f"<{tag}>: {empty[0]} has no value")
    for key, allowed in (("k", KINDS), ("t", TYPES)):
        if key in found and found[key] not in allowed:
            raise MarkupError(line, f"<{tag}>: {key}={found[key]} is none of {', '.join(allowed)}")
    return found


def _check_place(text: str, node: Node) -> None:
    """An element holds something, has no edge spaces, and stands where its kind may stand."""
    inside = text[node.start : node.end]
    if not inside or inside != inside.strip():
        raise MarkupError(node.line, f"<{node.tag}> is empty or has a space at its edge: {inside!r}")
    if node.tag == "cl" and inside.endswith(".") and not inside.endswith("..."):
        raise MarkupError(node.line, f"a claim leaves out its final full stop: {inside[-30:]!r}")
    if node.tag == "cl" and "q" in node.around:
        raise MarkupError(node.line, "a claim cannot stand inside a quote")
    marked = node.tag == "o" or (node.tag == "q" and "k" in node.attributes)
    if marked and "u" not in node.attributes and not text[: node.start].rstrip().endswith(tuple(OPENING)):
        raise MarkupError(node.line, f"no mark before {inside[:30]!r}: add u if the text has none")


def _numbered(nodes: list[Node], tag: str) -> dict[str, Offsets]:
    """The cues or mentions of an article by number."""
    found: dict[str, Offsets] = {}
    for node in nodes:
        if node.tag == tag:
            if node.attributes["n"] in found:
                raise MarkupError(node.line, f"<{tag} n={node.attributes['n']}> is numbered twice")
            found[node.attributes["n"]] = node.span
    return found


def _source(node: Node, sources: dict[str, dict[str, Offsets]]) -> Source:
    found: dict[str, Offsets | None] = {}
    for name, key in (("mention", "m"), ("cue", "c")):
        number = node.attributes[key]
        if number != "-" and number not in sources[name]:
            raise MarkupError(node.line, f"<{node.tag}>: there is no {name} {number}")
        found[name] = sources[name].get(number)
    speaker = node.attributes["s"]
    return {"mention": found["mention"], "cue": found["cue"], "speaker": None if speaker == "-" else speaker, "type": node.attributes["t"]}


def _quotes(text: str, nodes: list[Node], sources: dict[str, dict[str, Offsets]]) -> Iterator[Quote]:
    heads = [node for node in nodes if node.tag == "q" and "k" in node.attributes]
    later = _later_pieces(nodes, heads)
    for number, node in enumerate(heads, 1):
        pieces = [node.span, *later.get(node.attributes.get("id", ""), [])]
        end = pieces[-1][1]
        if "u" not in node.attributes and not text[end:].lstrip().startswith(tuple(CLOSING)):
            raise MarkupError(node.line, f"no mark after {text[pieces[-1][0] : end][-30:]!r}: add u if the text has none")
        yield {"id": f"Q{number}", "kind": node.attributes["k"], "pieces": pieces, **_source(node, sources)}


def _later_pieces(nodes: list[Node], heads: list[Node]) -> dict[str, list[Offsets]]:
    """The later pieces of the quotes that have an id."""
    started = {node.attributes["id"]: node.end for node in heads if "id" in node.attributes}
    if len(started) != sum("id" in node.attributes for node in heads):
        raise MarkupError(heads[0].line, "two quotes of the article have the same id")
    found: dict[str, list[Offsets]] = {name: [] for name in started}
    for node in nodes:
        if node.tag == "q" and "k" not in node.attributes:
            name = next(iter(node.attributes))[1:]
            if name not in started or node.start < started[name]:
                raise MarkupError(node.line, f"<q +{name}> continues no quote before it")
            found[name].append(node.span)
            started[name] = node.end
    for node in heads:
        if "id" in node.attributes and not found[node.attributes["id"]]:
            raise MarkupError(node.line, f"<q id={node.attributes['id']}> is never continued")
    return found


def _claims(nodes: list[Node], sources: dict[str, dict[str, Offsets]]) -> Iterator[Claim]:
    for number, node in enumerate((node for node in nodes if node.tag == "cl"), 1):
        yield {"id": f"C{number}", "span": node.span, **_source(node, sources)}


def _check_used(nodes: list[Node], quotes: list[Quote], claims: list[Claim]) -> None:
    """Every numbered cue and mention serves a quote or a claim."""
    used = {(key, tuple(record[key] or ())) for record in (*quotes, *claims) for key in ("mention", "cue")}
    for node in nodes:
        if node.tag in ("cue", "m") and ({"m": "mention"}.get(node.tag, "cue"), tuple(node.span)) not in used:
            raise MarkupError(node.line, f"<{node.tag} n={node.attributes['n']}> serves no quote and no claim")
