"""Addresses of what a person meets first."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from .views import (
    bulletin,
    chase,
    cockpit,
    compare,
    design,
    desk,
    desk_together,
    export,
    figures,
    help,
    my_work,
    notices,
    records,
    search,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", my_work.my_work, name="my_work"),
    path("programme/", my_work.programme_switch, name="programme_switch"),
    path("notices/", notices.notices, name="notices"),
    path("search/", search.search, name="search"),
    path("help/", help.help_page, name="help"),
    path("desk/", desk.desk, name="desk"),
    path("desk/<int:pk>/", desk.desk_report, name="desk_report"),
    path("desk/<int:pk>/<slug:kind>/", desk.desk_item, name="desk_item"),
    path("desk/together/", desk_together.desk_together, name="desk_together"),
    path("periods/<int:pk>/missing/", chase.who_is_missing, name="who_is_missing"),
    path("chase/", chase.chase, name="chase"),
    path("chase/export/", chase.chase_export, name="chase_export"),
    path("chase/remind/", chase.chase_remind, name="chase_remind"),
    path("chase/text/", chase.chase_text, name="chase_text"),
    path("cockpit/", cockpit.cockpit, name="cockpit"),
    path("figures/<slug:listed>/", figures.figures, name="figures"),
    path("bulletin/", bulletin.bulletin, name="bulletin"),
    path("bulletin/<int:pk>/", bulletin.bulletin_period, name="bulletin_period"),
    path("bulletin/<int:pk>/print/", bulletin.bulletin_print, name="bulletin_print"),
    path("bulletin/<int:pk>/word/", bulletin.bulletin_word, name="bulletin_word"),
    path("bulletin/<int:pk>/restate/", bulletin.bulletin_restate, name="bulletin_restate"),
    path("records/", records.records, name="records"),
    path("records/compare/", compare.records_compare, name="records_compare"),
    path("records/compare/export/", compare.records_compare_export, name="records_compare_export"),
    path("records/export/", export.records_export, name="records_export"),
]
if settings.DEBUG:
    urlpatterns.append(path("design/", design.design, name="design"))
