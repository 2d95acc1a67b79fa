"""Recall of annotated cues, on stored parses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotes.errors import QuotesError
from quotes.evaluation.cues import CueScore, GoldCue, GoldSentence, cue_score, evaluate_cues, is_cue_file, read_cues
from quotes.model import Article, Claim, Extraction, Quote, Span
from quotes.syntax.parser import tree_from_conllu

TEXT = "Odile dit que le bac coule."
PARSE = """
1	Odile	Odile	PROPN	_	_	2	nsubj	_	_
2	dit	dire	VERB	_	VerbForm=Fin	0	root	_	_
3	que	que	SCONJ	_	_	6	mark	_	_
4	le	le	DET	_	_	5	det	_	_
5	bac	bac	NOUN	_	_	6	nsubj	_	_
6	coule	couler	VERB	_	VerbForm=Fin	2	ccomp	_	_
7	.	.	PUNCT	_	_	2	punct	_	_
"""
CUE = GoldCue(Span(6, 9), (Span(0, 5),), (Span(14, 26),))
