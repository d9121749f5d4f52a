"""Search and lists on 2,000 tasks × 40 bureaus × 12 months: python -m bench.lists [RUNS]

Makes a throw-away database (DATABASE_URL's server, else SQLite), fills it through the trail, asks each page as a
reviewer and as a bureau, and prints the median of RUNS (7) in milliseconds, how many of them this process worked (with
SQLite the database too), and the number of queries.
"""

import importlib
import os
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    pages = importlib.import_module("bench.pages")  # its models need Django set up
    pages.measure(*map(int, sys.argv[1:2]))


if __name__ == "__main__":
    main()
