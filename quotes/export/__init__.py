"""Results in other forms than the database, one module per format."""
