"""Speed, as ratios against a baseline in the same run: `python -m tests.bench`. Nothing here is collected by pytest."""
