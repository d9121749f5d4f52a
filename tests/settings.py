"""The program's own settings, told that tests and checks are asking: a throw-away secret, a fast password hasher."""

import os

os.environ.setdefault("QDTRADE_TESTING", "1")

from qdtrade.settings import *  # noqa: F403
