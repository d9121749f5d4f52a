"""Addresses of the proof of the records."""

from django.urls import URLPattern, URLResolver, path

from .views import checkpoints

urlpatterns: list[URLPattern | URLResolver] = [
    path("records/checkpoints/", checkpoints.checkpoint_list, name="checkpoint_list"),
    path("records/checkpoints/<int:pk>/", checkpoints.checkpoint, name="checkpoint"),
]
