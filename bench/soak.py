"""Eight people write at once, into one programme and into eight: python -m bench.soak [SECONDS]

Makes a throw-away database (DATABASE_URL's server, else a SQLite file), lets eight processes act for SECONDS (60) each
time, single acts and bulk ones mixed, then proves that nothing was lost: every chain is whole, every row is as its last
record left it, every act that was answered with yes is in the records once. Prints what was done; exits with 1 where
anything failed, was lost, or anybody was told that the database is locked.
"""

import importlib
import os
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    writers = importlib.import_module("bench.writers")  # their models need Django set up
    sys.exit(writers.soak(*map(float, sys.argv[1:2])))


if __name__ == "__main__":
    main()
