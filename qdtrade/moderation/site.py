"""The administration's site: people come in by their memberships, sign in and out on the product's own pages, and every
act in it is recorded as done through this door.
"""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, TypeVar, cast

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_safe

from qdtrade.errors import Refusal

from .pages import TrailAdmin

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class Site(admin.AdminSite):
    """A site without a second sign-in form, without a search for related rows and without links by content type."""

    site_header = _("Administration")
    enable_nav_sidebar = False
    final_catch_all_view = False

    def enters(self, user: Any) -> None:
        """Raises NotAllowed for people who have no business here."""
        raise NotImplementedError

    def programme(self, request: HttpRequest) -> Any:
        """The programme whose rows the lists show, or None for a person without one."""
        raise NotImplementedError

    def overview(self, request: HttpRequest) -> HttpResponse:
        """The first page."""
        raise NotImplementedError

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Takes only what keeps to this site's rules: what packages register by themselves would write past them."""
        if admin_class is not None and issubclass(admin_class, TrailAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        try:
            self.enters(request.user)
        except Refusal:
            return False
        return True

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """A view that only those who may enter reach, and in which they act through this door."""

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            self.enters(request.user)
            request.user.door = "admin"
            request.current_app = self.name
            return view(request, *args, **kwargs)

        guarded = inner if cacheable else never_cache(inner)
        return cast(View, update_wrapper(csrf_protect(guarded), view))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """The lists, and what Django's own addresses lead to: the product's pages."""
        own: list[URLPattern | URLResolver] = [
            path("", require_safe(self.admin_view(self.overview)), name="index"),
            path("login/", require_safe(self.to_first_page), name="login"),
            path("logout/", require_safe(self.to_own_pages), name="logout"),
            path("password_change/", require_safe(self.to_own_password), name="password_change"),
        ]
        for model, model_admin in self._registry.items():
            folder = f"{model._meta.app_label}/{model._meta.model_name}/"
            own.append(path(folder, (model_admin.get_urls(), None, None)))
        return own

    def to_first_page(self, request: HttpRequest) -> HttpResponse:
        """The administration, by way of the product's own sign-in where that is needed."""
        return redirect("admin:index")

    def to_own_pages(self, request: HttpRequest) -> HttpResponse:
        """Where one signs out by a button; a link signs nobody out."""
        return redirect("my_work")

    def to_own_password(self, request: HttpRequest) -> HttpResponse:
        """The product's own page for one's password."""
        return redirect("password")
