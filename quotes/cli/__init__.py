"""The command `quotes`: thin typer functions over the library."""
