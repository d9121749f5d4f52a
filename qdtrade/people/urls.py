"""Addresses of people and bureaus: their files, the links of new people, leaving, and merging."""

from django.urls import URLPattern, path

from qdtrade.imports.urls import addresses

from .views import files, leaving, links, merging

urlpatterns: list[URLPattern] = [
    path("people/export/", files.people_export, name="people_export"),
    path("people/links/", links.links, name="people_links"),
    *addresses("people", "people", "people"),
    path("people/<int:pk>/leaving/", leaving.leaving, name="leaving"),
    path("bureaus/export/", files.bureaus_export, name="bureaus_export"),
    *addresses("bureaus", "bureaus", "bureau"),
    path("bureaus/<int:pk>/merging/", merging.merging, name="bureau_merging"),
    path("bureaus/<int:pk>/merging/undo/", merging.unmerging, name="bureau_unmerging"),
    path("bureaus/<int:pk>/merging/<slug:kind>/", merging.handing_over, name="bureau_handing_over"),
]
