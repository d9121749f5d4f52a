"""Rates and lists of 50,000 signed projects: python -m bench.rates [RUNS]

Makes a throw-away database (DATABASE_URL's server, else SQLite), fills it with rows as moves leave them, asks each page
as a reviewer and as a carrier, and prints the median of RUNS (7) in milliseconds, how many of them this process worked
(with SQLite the database too), and the number of queries.
"""

import importlib
import os
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    pages = importlib.import_module("bench.pages")  # their models need Django set up
    signings = importlib.import_module("bench.signings")
    pages.measure(*map(int, sys.argv[1:2]), world=signings, pages=signings.PAGES)


if __name__ == "__main__":
    main()
