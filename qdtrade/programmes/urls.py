"""Addresses of reporting periods and of a programme's settings."""

from django.urls import URLPattern, URLResolver, path

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("periods/", views.period_list, name="period_list"),
    path("periods/plan/", views.periods_plan, name="periods_plan"),
    path("periods/<int:pk>/edit/", views.period_edit, name="period_edit"),
    path("periods/<int:pk>/<slug:move>/", views.period_move, name="period_move"),
    path("programme/edit/", views.programme_edit, name="programme_edit"),
]
