"""How good extractions are: scores against annotated articles, recall of annotated cues, and the counts behind the confidence."""

from quotes.evaluation.cues import cue_articles, cue_score, evaluate_cues, is_cue_file, read_cues
from quotes.evaluation.precision import counted, merged, precision_table, write_precision
from quotes.evaluation.scores import GoldArticle, Score, Table, articles, evaluate, read_gold

__all__ = [
    "GoldArticle", "Score", "Table", "articles", "counted", "cue_articles", "cue_score", "evaluate", "evaluate_cues", "is_cue_file",
    "merged", "precision_table", "read_cues", "read_gold", "write_precision",
]  # fmt: skip
