"""Blind rounds: real articles annotated before the program was seen on them."""
