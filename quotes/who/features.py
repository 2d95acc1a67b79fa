"""What speaks for and against a candidate: named facts, each true or false, that the ranker weighs.

A fact is a short string, `group:value`. The weights of `patterns/fr/who.tsv` say what each is worth for each kind of question.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence

from quotes.text.grammar import word_class
from quotes.text.vocabulary import is_medium, plain
from quotes.who.entities import Entity, Occurrence
from quotes.who.fit import compare_roles, is_generic
from quotes.who.names import folded_words
from quotes.who.queries import Query

__all__ = ["ITSELF", "NOBODY", "View", "best_facts", "facts", "itself_facts", "nobody_facts", "overtaking", "rivals_facts", "title_grades"]

# Candidates that are no entity of the table: nobody of the article, and the words of a description themselves.
NOBODY, ITSELF = "nobody", "itself"
DESCRIPTORS = word_class("organization-descriptor") | word_class("company-noun")
MEDIUM_DESCRIPTORS = word_class("medium-descriptor")
OFFICIAL = word_class("official-organization")


@dataclasses.dataclass(frozen=True, slots=True)
class View:
    """What the text shows of a candidate at the place of a question, outside quotation marks.

    `last` and `subject` are its last occurrence before and the last one that opens a sentence, `behind` the first one after;
    `spoke` are the places (sentence numbers) where it was found to speak so far; `turn` counts how many others spoke since (0: nobody),
    `rank` how many candidates that agree were named more recently. In the paragraph of the question: whether it spoke, opened a sentence,
    was named for the first time, and whether nobody else who agrees was named or spoke. Since anybody spoke last: whether it opened a
    sentence, and what somebody else did (`opened` one, was `named`, or nothing). `signs`: whether its name is the line behind a quotation.
    """

    last: Occurrence | None
    subject: Occurrence | None
    behind: Occurrence | None
    spoke: Sequence[int]
    turn: int
    rank: int
    paragraph: int
    total: int
    spoke_here: bool
    subject_here: bool
    introduced_here: bool
    alone_here: bool
    opened_since: bool
    overtaken: str
    signs: bool


def facts(query: Query, entity: Entity, view: View) -> Iterator[str]:
    """The facts about one candidate."""
    yield from _nearness(query, view)
    yield from _speech(query, view)
    yield from _nature(query, entity, view)
    if query.kind == "person":
        yield from _titles(query, entity)
    elif query.kind in ("body", "document"):
        yield from _bodies(query, entity)


def _bucket(distance: int) -> str:
    return str(distance) if distance < 3 else "3-4" if distance < 5 else "5-8" if distance < 9 else "far"


def _nearness(query: Query, view: View) -> Iterator[str]:
    last, subject, behind = view.last, view.subject, view.behind
    yield f"named:{_bucket(query.sentence - last.sentence) if last else 'never'}"
    if subject is not None:
        yield f"subject:{_bucket(query.sentence - subject.sentence)}"
    if last is not None and last.place == "early":
        yield f"early:{_bucket(query.sentence - last.sentence)}"
    elif last is not None and subject is None:
        yield "subject:never"
    yield f"rank:{min(view.rank, 4)}"
    if last is not None:
        yield f"paragraph:{min(query.paragraph - view.paragraph, 3)}"
    if view.opened_since:
        yield "opened-since"
    if view.signs:
        yield "signs"
    told = (("spoke", view.spoke_here), ("subject", view.subject_here), ("introduced", view.introduced_here), ("alone", view.alone_here))
    yield from (f"here:{name}" for name, true in told if true)
    if view.subject_here and subject is not None and query.sentence - subject.sentence <= 1:
        yield "here:subject-just-now"
    if view.introduced_here and not view.spoke:
        yield "here:introduced-silent"
    if behind is not None and behind.sentence - query.sentence <= 1:
        place = "same" if behind.sentence == query.sentence else "next"
        yield f"behind:{place}-{behind.place}"
        if last is None:
            yield f"first-behind:{place}"


def _speech(query: Query, view: View) -> Iterator[str]:
    yield f"turn:{min(view.turn, 3) if view.spoke else 'never'}"
    yield f"times:{min(len(view.spoke), 3)}"
    if view.spoke:
        yield f"spoke:{_bucket(query.sentence - view.spoke[-1])}"
    if view.turn == 0 and view.spoke:
        yield "last-speaker"
        yield f"last-speaker-then:{view.overtaken or 'nobody'}"
        if view.last is not None and view.last.sentence > view.spoke[-1]:
            yield "last-speaker-named-since"


def _nature(query: Query, entity: Entity, view: View) -> Iterator[str]:
    yield f"type:{entity.type}{'-named' if entity.named else ''}{'-plural' if entity.plural else ''}"
    yield "gender:exact" if query.gender and entity.gender == query.gender else "gender:open"
    yield f"total:{min(view.total, 5)}"
    if view.last is not None and view.total == 1 and not view.spoke and query.sentence - view.last.sentence <= 1:
        yield "new"


def _titles(query: Query, entity: Entity) -> Iterator[str]:
    if query.role is None:
        return
    match = compare_roles(query.role, entity.roles)
    yield f"title:{match.grade}"
    if not entity.named:
        yield f"title-unnamed:{match.grade}"
    if match.more:
        yield f"title:{match.grade}-more"
    if match.shared:
        yield f"title-shares:{min(match.shared, 2)}"
    if match.more:
        yield "title-more"
    yield f"roles:{min(len(entity.roles), 1)}"
    if is_generic(query.role):
        yield "generic-title"
    yield f"bare:{int(not query.role.specifics)}-{match.grade}"
    if not entity.roles and query.role.specifics:
        yield "untitled-specific"


def _bodies(query: Query, entity: Entity) -> Iterator[str]:
    nominal = query.nominal
    if nominal is None:
        return
    words, own = set(folded_words(nominal.name)), set(folded_words(entity.name))
    same = nominal.head == entity.head
    yield f"head:{int(same)}"
    yield "words:all" if words <= own else "words:some" if words & own else "words:none"
    if nominal.head in DESCRIPTORS:
        medium = nominal.head in MEDIUM_DESCRIPTORS
        yield f"descriptor:{'medium' if medium else 'other'}-{'medium' if is_medium(entity.name) else entity.type}"
    if entity.head in OFFICIAL and not same:
        yield "official"
    acronym = entity.name.isupper() and "".join(w[0] for w in folded_words(nominal.name) if len(w) > 2).upper() == entity.name
    if acronym:
        yield "acronym"


def nobody_facts(query: Query, spoken: int) -> Iterator[str]:
    """The facts about nobody in particular being meant; `spoken` counts those who spoke so far."""
    yield NOBODY
    yield f"{NOBODY}-spoken:{min(spoken, 2)}"
    yield f"{NOBODY}-words:{'few' if query.words < 4 else 'some' if query.words < 10 else 'many'}"


def itself_facts(query: Query, counts: Mapping[str, int]) -> Iterator[str]:
    """The facts about a description that stands for itself; `counts` tells how often the article uses its noun."""
    nominal, role = query.nominal, query.role
    yield ITSELF
    if nominal is None:
        return
    yield f"{ITSELF}:{'definite' if nominal.definite else 'bare' if nominal.proper else 'indefinite'}"
    yield f"{ITSELF}:{nominal.type}{'-plural' if nominal.plural else ''}"
    yield f"{ITSELF}:{'known' if nominal.known else 'unknown'}"
    length = len(folded_words(nominal.name))
    yield f"{ITSELF}-words:{min(length, 4)}"
    if any(c.isupper() for c in nominal.name):
        yield f"{ITSELF}-capital"
    if role is not None:
        yield f"{ITSELF}-specifics:{min(len(role.specifics), 2)}"
        if is_generic(role):
            yield f"{ITSELF}-generic"
    yield f"{ITSELF}-count:{min(counts.get(plain(nominal.head), 0), 3)}"
    if nominal.head in DESCRIPTORS:
        yield f"{ITSELF}-descriptor"


def title_grades(query: Query, others: Sequence[Entity]) -> list[int | None]:
    """How well a title for a person fits everybody with a name, by `Match.grade`; None for others and for no title."""
    role = query.role if query.kind == "person" else None
    return [compare_roles(role, other.roles).grade if role is not None and other.named else None for other in others]


def rivals_facts(grades: Sequence[int | None]) -> list[tuple[str, ...]]:
    """For each candidate, by what `title_grades` gives, whether a title fits nobody as well as them."""
    known = [grade for grade in grades if grade is not None]
    best = max(known, default=0)
    place = "alone" if known.count(best) == 1 else "shared"
    return [(f"title-best:{place if grade == best else 'below'}-{best}",) if grade is not None else () for grade in grades]


def best_facts(query: Query, others: Sequence[Entity], grades: Sequence[int | None]) -> Iterator[str]:
    """What the others tell of a title for a person that stands for itself: how well it fits the best of those with a name."""
    if query.role is None or query.kind != "person":
        return
    known = [grade for grade in grades if grade is not None]
    yield f"{ITSELF}-best:{max(known) if known else 'nobody'}"
    yield f"{ITSELF}-rivals:{min(len(known), 3)}"
    unnamed = [compare_roles(query.role, other.roles).grade for other in others if other.type == "person" and not other.named]
    if max(unnamed, default=0) > 0:
        yield f"{ITSELF}-described"


def overtaking(views: Sequence[tuple[Entity, View]], last: int) -> Callable[[str], str]:
    """What others than somebody did since a position: `opened` a sentence, were `named`, or nothing."""
    people = [(e.name, view) for e, view in views if e.type == "person"]
    opened = {name for name, view in people if view.opened_since}
    named = {name for name, view in people if view.last is not None and view.last.span.start > last}
    return lambda name: "opened" if opened - {name} else "named" if named - {name} else ""
