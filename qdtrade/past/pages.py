"""Which addresses have a past, by their names."""

from functools import lru_cache

from django.urls import Resolver404, resolve

PAGES = {
    "task_list", "tasks_export", "task", "milestone", "extension",
    "part_list", "parts_export", "part", "part_report_list", "part_reports_export", "part_report", "part_file",
    "responsibility", "responsibility_export",
    "report_list", "reports_export", "expected_reports_export", "report", "file", "file_preview", "file_thumbnail",
    "project_list", "projects_export", "project", "project_board", "project_carriers", "project_carriers_export",
    "project_pictures", "project_update_list", "project_updates_export", "project_update",
    "rate_list", "rates_export", "rate", "rate_export", "money", "money_export", "gate", "gate_file",
    "gate_file_preview", "gate_file_thumbnail",
    "breakthrough_list", "breakthroughs_export", "breakthrough", "claim_file", "claim_file_preview",
    "claim_file_thumbnail", "practice_case", "practice_case_word",
    "indicator_list", "indicator", "reading", "readings_export", "cockpit",
    "bulletin", "bulletin_period", "bulletin_print", "bulletin_word", "figures", "view_open",
    "light_rules",
}  # fmt: skip
"""Pages of the registers, their files, how their figures come about, and the way into a kept view of one."""

RESOURCES = {
    "breakthrough", "breakthroughtarget", "bureau", "claimfile", "evidence", "expectedpart", "expectedreport",
    "expectedupdate", "extension", "field", "gate", "gatefile", "indicator", "milestone", "moneyevent", "part",
    "partner", "period", "programme", "project", "rate", "reading", "report", "sector", "signingevent", "task",
}  # fmt: skip
"""Endpoints of the API; their rows have a past as well."""


@lru_cache(maxsize=2048)
def has_past(path: str) -> bool:
    """Whether the address can be looked at as of another day."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    basename = getattr(match.func, "initkwargs", {}).get("basename", "")
    return match.url_name in PAGES or basename in RESOURCES
