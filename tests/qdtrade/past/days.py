"""The days of these tests: everything the fixtures make is made on the first, what changes afterwards on the second."""

import datetime

from qdtrade import clock

THEN = "2021-09-24"
LATER = datetime.datetime(2021, 9, 26, 10, 0, tzinfo=clock.BEIJING)
