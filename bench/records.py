"""What the records cost and how fast they are proved, as ratios of one run: python -m bench.records [EVENTS]

Makes a throw-away database (DATABASE_URL's server, else a SQLite file). Acts per second with the chain against the same
acts with an audit row alone, by one writer and by eight at once into one programme; then verify.py on a package of
EVENTS (300,000) records.
"""

import importlib
import os
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    acts = importlib.import_module("bench.acts")  # their models need Django set up
    acts.measure(*map(int, sys.argv[1:2]))


if __name__ == "__main__":
    main()
