"""Addresses of what lights are judged by."""

from django.urls import URLPattern, URLResolver, path

from .views import rules

urlpatterns: list[URLPattern | URLResolver] = [
    path("lights/rules/", rules.light_rules, name="light_rules"),
]
