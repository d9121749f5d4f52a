"""The list of reports."""

import pytest

from tests import factories


@pytest.fixture
def reports(sign_in, manager):
    browser = sign_in(manager)
    browser.cookies["django_language"] = "en"

    def get(query="", **headers):
        return browser.get(f"/reports/{query}", headers=headers)

    return get


def test_each_expected_report_is_a_line_with_its_state_and_timeliness(submitted, reports):
    row, state = reports().context["rows"][0]

    assert (row.report, state.code, row.timeliness) == (submitted, "submitted", "on_time")


@pytest.mark.parametrize(
    ("query", "count"), [("timeliness=on_time", 1), ("timeliness=late", 0), ("filed=false", 0)]
)
def test_a_filter_keeps_what_fits(submitted, reports, query, count):
    assert len(reports(f"?{query}").context["rows"]) == count


def test_what_nobody_filed_is_in_the_list_too(report, reports):
    _row, state = reports().context["rows"][0]

    assert state.code == "not_filed"


def test_htmx_gets_the_list_alone(report, reports):
    answer = reports(HX_Request="true")

    assert answer.templates[0].name == "tasks/_report_rows.html"


def test_a_bureau_sees_its_own_reports_alone(report, neighbour, sign_in):
    assert list(sign_in(neighbour).get("/reports/").context["page"]) == []


def test_the_texts_of_drafts_are_not_read(report, staff, sign_in, reports):
    sign_in(staff).post(
        f"/reports/{report.pk}/draft/", factories.CONTENT | {"done": "Half", "draft_version": "0"}
    )

    answer = reports()

    assert answer.context["rows"][0][1].code == "draft"
    assert "content" in answer.context["rows"][0][0].report.draft.get_deferred_fields()
