"""Addresses of the signings."""

from django.urls import URLPattern, URLResolver, path

from qdtrade.imports.urls import addresses

from .views import (
    board,
    carriers,
    evidence,
    exports,
    gates,
    lights,
    money,
    pictures,
    rates,
    register,
    updates,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("projects/", register.project_list, name="project_list"),
    path("projects/board/", board.project_board, name="project_board"),
    path("projects/carriers/", carriers.project_carriers, name="project_carriers"),
    path("projects/carriers/export/", carriers.project_carriers_export, name="project_carriers_export"),
    path("projects/pictures/", pictures.project_pictures, name="project_pictures"),
    path("projects/export/", exports.projects_export, name="projects_export"),
    path("projects/register/", register.project_register, name="project_register"),
    *addresses("projects", "projects", "project"),
    path("projects/rates/", rates.rate_list, name="rate_list"),
    path("projects/rates/export/", rates.rates_export, name="rates_export"),
    path("projects/rates/begin/", rates.rates_begin, name="rates_begin"),
    path("projects/rates/<int:pk>/", rates.rate, name="rate"),
    path("projects/rates/<int:pk>/export/", rates.rate_export, name="rate_export"),
    path("projects/<int:pk>/", register.project, name="project"),
    path("projects/<int:pk>/edit/", register.project_edit, name="project_edit"),
    path("projects/<int:pk>/money/", money.money_enter, name="money_enter"),
    path("projects/<int:pk>/light/", lights.project_light, name="project_light"),
    path("projects/<int:pk>/light/end/", lights.project_light_end, name="project_light_end"),
    path("projects/<int:pk>/<slug:move>/", register.project_move, name="project_move"),
    path("money/<int:pk>/", money.money, name="money"),
    path("money/<int:pk>/counter-entry/", money.money_counter, name="money_counter"),
    path("money/export/", exports.money_export, name="money_export"),
    path("gates/<int:pk>/", gates.gate, name="gate"),
    path("gates/<int:pk>/propose/", gates.gate_propose, name="gate_propose"),
    path("gates/<int:pk>/<slug:move>/", gates.gate_move, name="gate_move"),
    path("project-updates/", updates.project_update_list, name="project_update_list"),
    path("project-updates/export/", exports.project_updates_export, name="project_updates_export"),
    path("project-updates/<int:pk>/", updates.project_update, name="project_update"),
    path("gate-files/<int:pk>/", evidence.gate_file, name="gate_file"),
    path("gate-files/<int:pk>/preview/", evidence.gate_file_preview, name="gate_file_preview"),
    path("gate-files/<int:pk>/thumbnail/", evidence.gate_file_thumbnail, name="gate_file_thumbnail"),
]
