"""The administration of the whole house: who comes in, and which programme it is about."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qdtrade.moderation import Site
from qdtrade.programmes import current, rules
from qdtrade.programmes.models import Programme

from .admin_menu import groups, warnings


class Administration(Site):
    """Django's administration in the product's look, by the product's rules."""

    def enters(self, user: Any) -> None:
        rules.enters_administration(user)

    def programme(self, request: HttpRequest) -> Programme | None:
        """The current programme; a person without any sees what belongs to the server alone."""
        return current.find(request) if current.programmes_of(request.user) else None

    def overview(self, request: HttpRequest) -> HttpResponse:
        """The lists by their groups, and what needs somebody's attention."""
        programme = self.programme(request)
        context = {
            "programme": programme,
            "groups": groups(request),
            "warnings": warnings(request, programme),
        }
        return render(request, "admin/index.html", context)
