"""People and bureaus."""

from .bureau import Bureau, BureauAlias
from .user import User

__all__ = ["Bureau", "BureauAlias", "User"]
