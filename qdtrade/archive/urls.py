"""Addresses of the proof of the records."""

from django.urls import URLPattern, URLResolver, path

from .views import checkpoints, proof

urlpatterns: list[URLPattern | URLResolver] = [
    path("records/checkpoints/", checkpoints.checkpoint_list, name="checkpoint_list"),
    path("records/checkpoints/<int:pk>/", checkpoints.checkpoint, name="checkpoint"),
    path("records/proof/", proof.records_proof, name="records_proof"),
    path("records/check/", proof.records_check, name="records_check"),
    path("records/packages/", proof.package_list, name="package_list"),
    path("records/packages/<int:pk>/", proof.package_file, name="package_file"),
]
