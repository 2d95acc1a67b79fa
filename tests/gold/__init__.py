"""The project's own annotated articles: sources, mark-up parser and builder."""
