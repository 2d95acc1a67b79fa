"""How good extractions are: scores against annotated articles and against annotated cues."""

from quotes.evaluation.scores import GoldArticle, Score, Table, articles, evaluate, read_gold

__all__ = ["GoldArticle", "Score", "Table", "articles", "evaluate", "read_gold"]
