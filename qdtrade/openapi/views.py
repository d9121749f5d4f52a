"""The API's first address and its schema."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import SAFE_METHODS
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import APIRootView

from qdtrade.api import Door

from .document import document
from .reference import reference


class PageOrProblem(JSONRenderer):
    """Lets browsers ask for a page; what is refused stays a problem."""

    media_type = "text/html"
    format = "html"


class Root(Door, APIRootView):
    """The addresses of all lists for programs, the reference for people in a browser."""

    renderer_classes = (JSONRenderer, PageOrProblem)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        if request.accepted_renderer.format != "html":
            return super().get(request, *args, **kwargs)
        root = request.build_absolute_uri("/").rstrip("/")
        context = {"reference": reference(get_language(), root), "root": root}
        page = render(request._request, "api/reference.html", context)
        patch_vary_headers(page, ["Accept"])
        return page

    def handle_exception(self, exc: Exception) -> Any:
        """A person without a session is asked to sign in, and comes back."""
        wants_page = getattr(self.request, "accepted_renderer", None)
        reads = self.request.method in SAFE_METHODS
        if isinstance(exc, NotAuthenticated) and reads and wants_page and wants_page.format == "html":
            return redirect_to_login(self.request.get_full_path())
        return super().handle_exception(exc)


class Schema(Door):
    """The OpenAPI document, in the language of the person."""

    schema = None
    renderer_classes = (JSONRenderer, OpenApiJsonRenderer, OpenApiYamlRenderer)

    def get(self, request: Request) -> HttpResponse:
        return Response(document(get_language()))
