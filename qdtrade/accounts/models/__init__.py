"""People, bureaus, and the ways people sign in."""

from .bureau import Bureau, BureauAlias
from .session import Session
from .sign_in_link import SignInLink
from .token import Token
from .user import User

__all__ = ["Bureau", "BureauAlias", "Session", "SignInLink", "Token", "User"]
