"""What each role finds on its first page: counts, rows to act on, and what changed."""
