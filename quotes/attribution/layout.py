"""Speech that the page's layout shows without quotation marks: the answers of an interview."""

from __future__ import annotations

import dataclasses
from collections import Counter

import regex

from quotes.model import Span
from quotes.text.lines import paragraphs
from quotes.who.names import folded_words
from quotes.who.people import People

__all__ = ["Answer", "find_answers"]

LABEL = regex.compile(r"(?P<label>\p{Lu}[^:.?!«»“”\"\n]{0,48}?)\s?:\s++(?=[^\s«“\"])")
RECORDED = regex.compile(
    r"\b(?:[Pp]ropos|[Ee]ntretien|[Ii]nterview)\s(?:recueillis?|réalisée?|menée?)\s(?:par|le)\b|^(?:Recueillis?|Interviewée?)\spar\b",
    regex.MULTILINE,
)
QUESTION_WORDS = 70


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """One answer: a piece a paragraph; `mention` is the label before it, `speaker` who the layout says it is when there is no label."""

    pieces: tuple[Span, ...]
    mention: Span | None
    speaker: str | None
    rule: str


def find_answers(text: str, people: People, taken: tuple[Span, ...]) -> list[Answer]:
    """Answers of an interview in text order; paragraphs that hold quotation marks (`taken`) are left to the other rules."""
    lines = [p for p in paragraphs(text)]
    labelled = _labelled(text, lines, people)
    found = labelled or _unlabelled(text, lines, people)
    return [a for a in found if not any(a.pieces[0].overlaps(t) and t.start <= a.pieces[0].start for t in taken)]


def _labelled(text: str, lines: list[Span], people: People) -> list[Answer]:
    """« Le Courrier : … ? » / « Odile Carrat : … »: at least two labels that answer each other."""
    turns = [(line, match) for line in lines if (match := LABEL.match(text, line.start, line.end)) and len(match["label"].split()) <= 5]
    labels = Counter(folded_words(match["label"]) for _, match in turns)
    asking = {folded_words(m["label"]) for line, m in turns if text[line.start : line.end].rstrip().endswith("?")}
    if len(turns) < 2 or len(labels) < 2 or not asking:
        return []
    answers = []
    for line, match in turns:
        label = Span(match.start("label"), match.end("label"))
        if folded_words(match["label"]) in asking or not people.touching(label):
            continue
        answers.append(Answer((Span(match.end(), line.end), *_continued(text, lines, line, turns)), label, None, "interview-label"))
    return answers


def _continued(text: str, lines: list[Span], line: Span, turns: list[tuple[Span, regex.Match[str]]]) -> tuple[Span, ...]:
    """The paragraphs of an answer after its first, up to the next label."""
    starts = {turn.start for turn, _ in turns}
    found = []
    for later in lines[lines.index(line) + 1 :]:
        if later.start in starts or RECORDED.search(text, later.start, later.end):
            break
        found.append(later)
    return tuple(found) if any(later.start in starts for later in lines[lines.index(line) + 1 :]) else ()


def _unlabelled(text: str, lines: list[Span], people: People) -> list[Answer]:
    """« Propos recueillis par X »: questions are short paragraphs that end with a question mark."""
    note = RECORDED.search(text)
    if note is None:
        return []
    interviewer = {p.name for p in people.within(Span(note.start(), min(len(text), note.end() + 60)))}
    questions = [line for line in lines if line.of(text).rstrip().endswith("?") and len(line.of(text).split()) <= QUESTION_WORDS]
    guests = [p for p in people.persons if p.name not in interviewer]
    if not questions or not guests:
        return []
    before = [p for p in guests if p.mentions[0].start < questions[0].start]
    guest = max(before or guests, key=lambda p: len(p.mentions))
    edges = [*(q.start for q in questions[1:]), len(text)]
    answers = []
    for question, edge in zip(questions, edges, strict=True):
        pieces = tuple(p for p in lines if question.end < p.start < edge and not RECORDED.search(text, p.start, p.end))
        if pieces:
            answers.append(Answer(pieces, None, guest.name, "interview-answer"))
    return answers
