"""Addresses of the indicators."""

from django.urls import URLPattern, URLResolver, path

from qdtrade.imports.urls import addresses

from .views import exports, indicators, readings

urlpatterns: list[URLPattern | URLResolver] = [
    path("indicators/", indicators.indicator_list, name="indicator_list"),
    path("indicators/export/", exports.readings_export, name="readings_export"),
    *addresses("indicators", "readings", "reading"),
    path("indicators/<int:pk>/", indicators.indicator, name="indicator"),
    path("indicators/<int:pk>/submit/", readings.reading_submit, name="reading_submit"),
    path("readings/<int:pk>/", readings.reading, name="reading"),
    path("readings/<int:pk>/again/", readings.reading_again, name="reading_again"),
    path("readings/<int:pk>/correct/", readings.reading_correct, name="reading_correct"),
    path("readings/<int:pk>/<slug:move>/", readings.reading_move, name="reading_move"),
]
