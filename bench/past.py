"""The register as of the middle of a long chain against the present one: python -m bench.past [RUNS] [EVENTS]

Makes a throw-away database (DATABASE_URL's server, else SQLite) with 2,000 tasks, a report on each for each of twelve
months, and EVENTS (1,000,000) records of all that; asks each page now and as of the middle, as a reviewer and as a
bureau, and prints the median of RUNS (7) in milliseconds, the number of queries, and how many times longer the past
takes.
"""

import importlib
import os
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    pages = importlib.import_module("bench.pages")  # their models need Django set up
    world = importlib.import_module("bench.long_chain")
    runs, world.wanted = (*map(int, sys.argv[1:3]), *(pages.RUNS, world.EVENTS)[len(sys.argv) - 1 :])
    pages.measure(runs, world=world, pages=world.PAGES, shown=world.compared)


if __name__ == "__main__":
    main()
