"""What the effects of all moves read of the act."""

from qdtrade.programmes.acts import absent_of as absent_of
from qdtrade.programmes.acts import day_of as day_of
