"""Addresses of reporting periods, of a programme's settings, and of deputies."""

from django.urls import URLPattern, URLResolver, path

from .views import deputies, exceptions, period_page, periods, saved

urlpatterns: list[URLPattern | URLResolver] = [
    path("periods/", periods.period_list, name="period_list"),
    path("periods/plan/", periods.periods_plan, name="periods_plan"),
    path("periods/move-to-calendar/", periods.periods_move_to_calendar, name="periods_move_to_calendar"),
    path("periods/<int:pk>/", period_page.period, name="period"),
    path("periods/<int:pk>/exceptions/", exceptions.period_exceptions, name="period_exceptions"),
    path("exceptions/<int:pk>/withdraw/", exceptions.exception_withdraw, name="exception_withdraw"),
    path("periods/<int:pk>/edit/", periods.period_edit, name="period_edit"),
    path("periods/<int:pk>/<slug:move>/", periods.period_move, name="period_move"),
    path("programme/edit/", periods.programme_edit, name="programme_edit"),
    path("views/", saved.view_list, name="view_list"),
    path("views/save/", saved.view_save, name="view_save"),
    path("views/<int:pk>/", saved.view_open, name="view_open"),
    path("views/<int:pk>/<slug:act>/", saved.view_act, name="view_act"),
    path("deputies/", deputies.deputies, name="deputies"),
    path("deputies/<int:pk>/end/", deputies.deputy_end, name="deputy_end"),
]
