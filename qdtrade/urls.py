"""Every address of the program."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("qdtrade.home.urls")),
    path("", include("qdtrade.archive.urls")),
    path("", include("tasks.urls")),
    path("", include("projects.urls")),
    path("", include("qdtrade.breakthroughs.urls")),
    path("", include("qdtrade.indicators.urls")),
    path("", include("qdtrade.lights.urls")),
    path("", include("qdtrade.people.urls")),
    path("", include("qdtrade.programmes.urls")),
    path("", include("qdtrade.accounts.urls")),
    path("", include("qdtrade.upkeep.urls")),
    path("admin/", admin.site.urls),
    path("api/", include("qdtrade.api_urls")),
]

handler400 = "qdtrade.web.bad_request"
handler403 = "qdtrade.web.permission_denied"
handler404 = "qdtrade.web.page_not_found"
handler500 = "qdtrade.web.server_error"
