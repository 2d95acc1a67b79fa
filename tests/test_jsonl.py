"""The JSON Lines contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quotes.export.jsonl import extraction_to_record, open_lines
from quotes.model import Article, Claim, Extraction, Span
from tests.conftest import extraction

TEXT = "🙂 « Le bac rouvre, dit-il, en mai », a déclaré Anne Vidal. Selon la mairie, le bac rouvrira. Un « bac »."
PLAIN = {"polarity": "affirmed", "hearsay": False, "act": None, "medium": None, "relay": [], "addressee": None}
RECORD = {
    "id": "bac",
    "quotes": [
        {
            "pieces": [[4, 17], [27, 33]],
            "kind": "direct",
            "cue": [37, 46],
            "mention": [47, 57],
            "speaker": "Anne Vidal",
            "type": "person",
            "rule": "fake",
            "link": "",
            "confidence": None,
            "flags": [],
            **PLAIN,
        },
        {
            "pieces": [[98, 101]],
            "kind": "partial",
            "cue": None,
            "mention": None,
            "speaker": None,
            "type": "unknown",
            "rule": "fake",
            "link": "",
            "confidence": None,
            "flags": ["no-speaker"],
            **PLAIN,
        },
    ],
    "claims": [
        {
            "span": [76, 91],
            "cue": None,
            "mention": [65, 74],
            "speaker": "mairie",
            "type": "organization",
            "rule": "fake",
            "link": "",
            "confidence": None,
            "flags": [],
            **PLAIN,
        }
    ],
}


def test_record() -> None:
    assert extraction_to_record(extraction(TEXT, "bac")) == RECORD


def test_what_the_act_was() -> None:
    said: dict[str, Any] = {
        "polarity": "denied",
        "hearsay": True,
        "act": "ask",
        "medium": "social",
        "relay": (Span(0, 1), Span(2, 4)),
        "addressee": Span(5, 6),
    }
    record = extraction_to_record(Extraction(Article("a", "x" * 9), claims=(Claim(Span(0, 1), **said),)))
    assert {name: record["claims"][0][name] for name in said} == {**said, "relay": [[0, 1], [2, 4]], "addressee": [5, 6]}


def test_lines_are_utf8(tmp_path: Path) -> None:
    with open_lines(tmp_path / "a.jsonl") as write:
        write(extraction(TEXT, "bac"))
        write(extraction("Rien.", "é\ud83d"))
    first, second = (tmp_path / "a.jsonl").read_bytes().decode("utf-8").splitlines()
    assert json.loads(first) == RECORD
    assert json.loads(second) == {"id": "é?", "quotes": [], "claims": []}


def test_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    with open_lines("-") as write:
        write(extraction("Rien.", "é"))
    assert capfdbinary.readouterr().out == '{"id": "é", "quotes": [], "claims": []}\n'.encode()
