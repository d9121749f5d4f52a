"""The API's second door: a program that sends account and password with each call, over HTTPS."""

from typing import Any

from rest_framework.authentication import BasicAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from qdtrade.incoming import REALM

from .actions import failed_sign_in_noted


class PasswordDoor(BasicAuthentication):
    """Account and password; a failure is recorded as one on the sign-in page is."""

    def authenticate(self, request: Request) -> Any:
        found = super().authenticate(request)
        if found is not None:
            found[0].door = "api"
        return found

    def authenticate_credentials(self, userid: str, password: str, request: Any = None) -> Any:
        try:
            return super().authenticate_credentials(userid, password, request)
        except AuthenticationFailed:
            failed_sign_in_noted(userid, door="api")
            raise

    def authenticate_header(self, request: Request) -> str:
        return REALM
