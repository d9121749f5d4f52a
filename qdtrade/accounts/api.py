"""The API's door for programs: a personal token in each request."""

from typing import Any

from django.conf import settings
from django.utils import translation
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from qdtrade.incoming import REALM, ReadOnly

from .actions.tokens import note_use
from .models import User
from .tokens import refusal, token_of


class TokenDoor(BaseAuthentication):
    """`Authorization: Bearer …`. The person is who made the token; the answer speaks that person's language.

    A token that only reads changes nothing, and is told so before it learns anything else.
    """

    def authenticate(self, request: Request) -> Any:
        secret = _sent_secret(request)
        if secret is None:
            return None
        token = token_of(secret)
        if token is not None:
            translation.activate(_language_of(token.user))
        reason = refusal(token)
        if token is None or reason:
            raise AuthenticationFailed(reason)
        if not token.writes and request.method not in SAFE_METHODS:
            raise ReadOnly
        note_use(token)
        token.user.door = "api"
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """How to come in; with RFC 6750's word for a token that was sent and is no good."""
        return REALM if _sent_secret(request) is None else f'{REALM}, error="invalid_token"'


def _sent_secret(request: Request) -> str | None:
    """The token of the request; None where the header is not there or is of another kind."""
    scheme, _space, secret = get_authorization_header(request).decode("latin-1").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else None


def _language_of(user: User) -> str:
    """A program has no cookie: the language of the person's profile, else Chinese."""
    return user.language if user.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
