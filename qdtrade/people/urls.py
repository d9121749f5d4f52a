"""Addresses of people and bureaus: their files, the links of new people, leaving, and merging."""

from django.urls import URLPattern, path

from qdtrade.imports.urls import addresses

from .views import files

urlpatterns: list[URLPattern] = [
    path("people/export/", files.people_export, name="people_export"),
    *addresses("people", "people", "people"),
    path("bureaus/export/", files.bureaus_export, name="bureaus_export"),
    *addresses("bureaus", "bureaus", "bureau"),
]
