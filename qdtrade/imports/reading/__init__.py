"""Reading a table as bureaus keep it; what it finds is in no language, and nothing here writes."""
