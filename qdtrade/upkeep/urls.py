"""Addresses of what keeps the program running."""

from django.urls import URLPattern, URLResolver, path

from . import health, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health.health, name="health"),
    path("status/", views.status, name="status"),
]
