"""Reading a million records: python -m bench.trail [EVENTS]

Makes a throw-away database (DATABASE_URL's server, else SQLite), fills one chain with EVENTS (1,000,000) and prints, as
ratios inside one run: a page deep in the records against the first one, what a search takes, and how fast the records
leave as files against PostgreSQL's own COPY of the same rows, with the memory that it takes.
"""

import importlib
import os
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    reading = importlib.import_module("bench.reading")  # its models need Django set up
    reading.measure(*map(int, sys.argv[1:2]))


if __name__ == "__main__":
    main()
