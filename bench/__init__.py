"""Loads that the program must bear, run for real against a throw-away demo."""
