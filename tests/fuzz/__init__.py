"""Fuzzers: each searches for more of one kind of fault. Short in the suite (tests/test_fuzz.py), long by `make fuzz`."""
