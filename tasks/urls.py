"""Addresses of the register and of its reports."""

from django.urls import URLPattern, URLResolver, path

from qdtrade.imports.urls import addresses

from .views import evidence, evidence_zip, exports, extensions, month, moves, register, report_list, reports

urlpatterns: list[URLPattern | URLResolver] = [
    path("tasks/", register.task_list, name="task_list"),
    path("tasks/export/", exports.tasks_export, name="tasks_export"),
    *addresses("tasks", "register", "task"),
    path("tasks/<int:pk>/", register.task, name="task"),
    path("tasks/<int:pk>/extension/", extensions.extension_ask, name="extension_ask"),
    path("tasks/<int:pk>/<slug:move>/", moves.task_move, name="task_move"),
    path("extensions/<int:pk>/", extensions.extension, name="extension"),
    path("milestones/<int:pk>/", extensions.milestone, name="milestone"),
    path("extensions/<int:pk>/<slug:move>/", extensions.extension_move, name="extension_move"),
    path("milestones/<int:pk>/<slug:act>/", extensions.milestone_act, name="milestone_act"),
    path("month/", month.month, name="month"),
    path("reports/", report_list.report_list, name="report_list"),
    path("reports/export/", exports.reports_export, name="reports_export"),
    path("expected-reports/export/", exports.expected_reports_export, name="expected_reports_export"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/draft/", reports.report_draft, name="report_draft"),
    path("reports/<int:pk>/no-change/", reports.report_no_change, name="report_no_change"),
    path("reports/<int:pk>/files/", evidence.report_files, name="report_files"),
    path("reports/<int:pk>/files/add/", evidence.report_file_add, name="report_file_add"),
    path("reports/<int:pk>/<slug:move>/", moves.report_move, name="report_move"),
    path("evidence/zip/", evidence_zip.evidence_zip, name="evidence_zip"),
    path("files/<int:pk>/", evidence.file, name="file"),
    path("files/<int:pk>/preview/", evidence.file_preview, name="file_preview"),
    path("files/<int:pk>/thumbnail/", evidence.file_thumbnail, name="file_thumbnail"),
    path("files/<int:pk>/remove/", evidence.file_remove, name="file_remove"),
]
