"""`python -m quotes` is the command `quotes`."""

from quotes.cli.app import app

if __name__ == "__main__":
    app()
