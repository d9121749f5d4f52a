"""Reports through the API: reading, drafting, and every move."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qdtrade import clock
from tasks.actions import reports as actions
from tasks.models import Draft, Report
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(request, field, market, manager, staff):
    milestones = getattr(request, "param", None)
    return factories.accepted_task(field, market, by=manager, accepted_by=staff, milestones=milestones)


def url(report, *rest):
    return "/".join(["/api/v1/reports", str(report.pk), *rest]) + "/"


def post(client, report, move, **body):
    return client.post(url(report, move), body, format="json")


def fields(response):
    """The names of the fields that an answer finds fault with."""
    return {error["field"] for error in response.json()["errors"]}


def test_a_list_answers_with_count_next_previous_and_results(api, staff, report):
    body = api(staff).get("/api/v1/reports/").json()

    assert (body["count"], body["next"], body["previous"], len(body["results"])) == (1, None, None, 1)


def test_a_report_shows_what_it_is_about(api, staff, submitted):
    body = api(staff).get(url(submitted)).json()

    assert body["id"] == submitted.pk
    assert body["task"]["code"] == submitted.task.code
    assert body["period"]["id"] == submitted.period.pk
    assert body["author"] == {"id": staff.pk, "name": "staff"}
    assert (body["status"], body["timeliness"]) == ("submitted", "on_time")
    assert body["submitted_at"] == "2021-09-24T10:00:00+08:00"
    assert body["current"]["content"]["progress"] == "40"
    assert body["in_force"] is None


def test_a_draft_is_written_on_the_version_that_was_read(api, staff, report):
    client = api(staff)
    seen = client.get(url(report))["ETag"]

    answer = client.patch(
        url(report), {"done": "One firm.", "progress": 12.5}, headers={"If-Match": seen}, format="json"
    )

    assert answer.status_code == 200
    assert answer.json()["content"]["done"] == "One firm."
    assert answer.json()["content"]["progress"] == "12.5"
    assert answer["ETag"] != seen


def test_a_draft_is_not_changed_without_naming_a_version(api, staff, report):
    assert api(staff).patch(url(report), {"done": "x"}, format="json").status_code == 428


def test_a_draft_that_another_page_changed_is_not_overwritten(api, staff, report):
    client = api(staff)
    seen = client.get(url(report, "draft"))["ETag"]
    actions.save_draft(report, {"done": "First."}, by=staff)

    answer = client.patch(url(report), {"done": "Second."}, headers={"If-Match": seen}, format="json")

    assert answer.status_code == 412
    assert Draft.objects.get(report=report).content["done"] == "First."


def test_the_text_of_a_draft_is_its_bureaus_own(api, staff, manager, report):
    actions.save_draft(report, {"done": "Secret so far."}, by=staff)

    assert api(manager).get(url(report, "draft")).status_code == 403
    assert b"Secret so far." not in api(manager).get(url(report)).content
    assert api(manager).get(url(report)).json()["has_draft"] is True


@pytest.mark.parametrize("name", ["status", "author", "in_force", "submitted_at", "task", "version"])
def test_a_draft_takes_nothing_but_the_fields_of_a_report(api, staff, report, name):
    client = api(staff)
    seen = client.get(url(report))["ETag"]

    answer = client.patch(url(report), {name: "approved"}, headers={"If-Match": seen}, format="json")

    assert answer.status_code == 400
    assert fields(answer) == {name}


def test_what_was_sent_is_submitted(api, staff, report):
    answer = post(api(staff), report, "submit", content=factories.CONTENT)

    assert answer.status_code == 200
    assert answer.json()["status"] == "submitted"
    assert answer.json()["current"]["content"]["done"] == "Registered three firms."


def test_a_submission_never_takes_status_author_or_approver_from_the_client(api, staff, manager, report):
    given = {"status": "approved", "author": manager.pk, "approver": manager.pk, "decided_by": manager.pk}

    post(api(staff), report, "submit", content=factories.CONTENT, **given)

    report = Report.objects.get(pk=report.pk)
    assert (report.status, report.author, report.in_force) == ("submitted", staff, None)


def test_the_draft_is_submitted_where_no_content_is_sent(api, staff, report):
    actions.save_draft(report, factories.CONTENT | {"done": "From the draft."}, by=staff)

    answer = post(api(staff), report, "submit")

    assert answer.json()["current"]["content"]["done"] == "From the draft."


def test_nothing_is_submitted_where_nothing_was_written(api, staff, report):
    answer = post(api(staff), report, "submit")

    assert answer.status_code == 400
    assert fields(answer) >= {"done", "progress", "forecast_on", "self_light"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("progress", "101"),
        ("progress", "-1"),
        ("progress", "a lot"),
        ("forecast_on", "2021-13-01"),
        ("forecast_on", "2020-01-01"),
        ("self_light", "pink"),
        ("done", "x" * 401),
        ("done", None),
        ("done", ["a"]),
        ("done", "a\x00b"),
        ("milestones", {"9": "2021-09-01"}),
        ("milestones", {"01": "2021-09-01"}),
        ("milestones", ["1"]),
        ("milestones", {"1": "2030-01-01"}),
        ("status", "approved"),
    ],
)
def test_a_content_that_is_wrong_names_the_field(api, staff, report, name, value):
    answer = post(api(staff), report, "submit", content=factories.CONTENT | {name: value})

    assert answer.status_code == 400
    assert {one.split(".")[0] for one in fields(answer)} == {name}
    assert answer["Content-Type"] == "application/problem+json"


def test_progress_that_falls_needs_a_reason(api, staff, manager, programme, approved):
    with clock.at(datetime.datetime(2021, 10, 25, 9, tzinfo=clock.BEIJING)):
        report = factories.report_of(approved.task, factories.open_period(programme, by=manager, month=10))
        answer = post(api(staff), report, "submit", content=factories.CONTENT | {"progress": "30"})

    assert fields(answer) == {"progress_reason"}


@pytest.fixture
def october(approved, programme, manager):
    """The next period's report, after one was approved that claimed the milestone that was due."""
    with clock.at(datetime.datetime(2021, 10, 25, 9, tzinfo=clock.BEIJING)):
        yield factories.report_of(approved.task, factories.open_period(programme, by=manager, month=10))


def test_no_change_is_refused_over_an_overdue_milestone(api, staff, october):
    content = {"forecast_on": "2022-01-31", "self_light": "yellow"}

    assert post(api(staff), october, "submit", no_change=True, content=content).status_code == 409


@pytest.mark.parametrize("task", [[("Ten firms", datetime.date(2022, 3, 31))]], indirect=True)
def test_no_change_carries_the_last_approved_report_over(api, staff, october):
    content = {"forecast_on": "2022-01-31", "self_light": "yellow"}

    answer = post(api(staff), october, "submit", no_change=True, content=content).json()

    assert answer["current"]["content"]["done"] == "Registered three firms."
    assert answer["current"]["content"]["forecast_on"] == "2022-01-31"
    assert answer["current"]["content"]["no_change"] is True


@pytest.mark.parametrize("task", [[("Ten firms", datetime.date(2022, 3, 31))]], indirect=True)
def test_no_change_still_asks_for_forecast_and_light_and_takes_nothing_else(api, staff, october):
    missing = post(api(staff), october, "submit", no_change=True)
    more = post(api(staff), october, "submit", no_change=True, content={"progress": "90"})

    assert fields(missing) == {"forecast_on", "self_light"}
    assert fields(more) == {"progress"}


def test_a_version_that_nobody_approved_is_withdrawn_by_its_submitter(api, staff, head, submitted):
    assert post(api(head), submitted, "withdraw").status_code == 403
    assert post(api(staff), submitted, "withdraw").json()["status"] == "draft"


def test_a_reviewer_takes_and_puts_back(api, manager, submitted):
    taken = post(api(manager), submitted, "take").json()
    free = post(api(manager), submitted, "put-back").json()

    assert taken["taken_by"] == {"id": manager.pk, "name": "manager"}
    assert free["taken_by"] is None


def test_a_report_is_returned_with_a_reason_and_remarks(api, manager, submitted):
    answer = post(api(manager), submitted, "return", comment="Which firms?", remarks={"done": "Name them."})

    assert answer.json()["status"] == "returned"
    assert answer.json()["current"]["remarks"] == {"done": "Name them."}
    assert answer.json()["current"]["comment"] == "Which firms?"


def test_a_return_without_a_reason_names_the_comment(api, manager, submitted):
    answer = post(api(manager), submitted, "return")

    assert answer.status_code == 400
    assert fields(answer) == {"comment"}


@pytest.mark.parametrize(
    "body",
    [
        {"comment": 5},
        {"comment": ["a"]},
        {"comment": "Why?", "remarks": {"status": "x"}},
        {"comment": "Why?", "remarks": "text"},
        {"comment": "Why?", "remarks": {"done": {"a": 1}}},
        {"comment": "Why?" * 1000},
    ],
)
def test_a_return_of_the_wrong_form_is_a_named_error(api, manager, submitted, body):
    answer = post(api(manager), submitted, "return", **body)

    assert answer.status_code == 400
    assert fields(answer) <= {"comment", "remarks", "remarks.status", "remarks.done"}
    assert Report.objects.get(pk=submitted.pk).status == "submitted"


def test_an_approval_puts_the_version_in_force(api, manager, submitted):
    answer = post(api(manager), submitted, "approve")

    assert answer.json()["status"] == "approved"
    assert answer.json()["in_force"]["number"] == 1


def test_a_reopened_report_keeps_its_version_in_force(api, manager, approved):
    answer = post(api(manager), approved, "reopen", comment="A figure is wrong.")

    assert (answer.json()["status"], answer.json()["in_force"]["number"]) == ("reopened", 1)


@pytest.mark.parametrize("move", ["submit", "withdraw", "take", "put-back", "approve", "return", "reopen"])
def test_no_move_is_made_by_those_who_only_read(api, auditor, admin, submitted, move):
    for person in (auditor, admin):
        body = {"comment": "x", "content": factories.CONTENT}

        assert post(api(person), submitted, move, **body).status_code == 403


@pytest.mark.parametrize("move", ["submit", "withdraw", "take", "put-back", "approve", "return", "reopen"])
def test_no_move_is_made_outside_ones_scope(api, neighbour, stranger, root, submitted, move):
    for person in (neighbour, stranger, root):
        assert post(api(person), submitted, move, comment="x").status_code == 404


def test_staff_approve_nothing(api, staff, head, submitted):
    assert post(api(staff), submitted, "approve").status_code == 403
    assert post(api(head), submitted, "approve").status_code == 403


def test_a_reviewer_of_the_bureau_that_owes_it_approves_nothing(api, submitted, programme, market):
    own = factories.member("own", programme, "manager", market)

    assert post(api(own), submitted, "approve").status_code == 403


def test_a_move_at_the_wrong_time_says_why(api, manager, report):
    answer = post(api(manager), report, "approve")

    assert answer.status_code == 409
    assert "草稿" in answer.json()["detail"] or "draft" in answer.json()["detail"]


def test_a_move_on_an_old_version_is_refused(api, manager, manager2, submitted):
    seen = api(manager).get(url(submitted))["ETag"]
    post(api(manager2), submitted, "take")

    answer = api(manager).post(url(submitted, "approve"), {}, headers={"If-Match": seen}, format="json")

    assert answer.status_code == 412


def test_a_move_on_the_version_at_hand_is_made(api, manager, submitted):
    seen = api(manager).get(url(submitted))["ETag"]

    answer = api(manager).post(url(submitted, "approve"), {}, headers={"If-Match": seen}, format="json")

    assert answer.status_code == 200


def test_a_double_click_submits_once(api, staff, report):
    client = api(staff)

    assert post(client, report, "submit", content=factories.CONTENT).status_code == 200
    assert post(client, report, "submit", content=factories.CONTENT).status_code == 409
    assert report.versions.count() == 1


def test_the_moves_say_which_is_open_and_why_not(api, staff, manager, submitted):
    of_manager = {move["name"]: move for move in api(manager).get(url(submitted)).json()["moves"]}
    of_staff = {move["name"]: move for move in api(staff).get(url(submitted)).json()["moves"]}

    assert of_manager["approve"]["open"] is True
    assert of_manager["put_back"]["open"] is False
    assert of_manager["put_back"]["reason"]
    assert of_manager["put_back"]["url"].endswith(f"/api/v1/reports/{submitted.pk}/put-back/")
    assert set(of_staff) == {"submit", "withdraw"}


def test_those_who_only_read_are_offered_no_move(api, auditor, submitted):
    assert api(auditor).get(url(submitted)).json()["moves"] == []


def test_a_file_is_added_read_and_taken_off(api, staff, report):
    client = api(staff)

    added = client.post(
        "/api/v1/evidence/", {"report": report.pk, "file": factories.pdf()}, format="multipart"
    )
    body = added.json()
    got = client.get(f"/api/v1/evidence/{body['id']}/download/")
    gone = client.delete(f"/api/v1/evidence/{body['id']}/")

    assert (added.status_code, body["name"], body["report"]) == (201, "proof.pdf", report.pk)
    assert b"".join(got.streaming_content) == b"%PDF-1.4 proof"
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Disposition"] == 'attachment; filename="proof.pdf"'
    assert gone.status_code == 204
    assert client.get(f"/api/v1/evidence/{body['id']}/").status_code == 404


def test_a_file_of_a_draft_is_its_bureaus_own(api, staff, manager, neighbour, report):
    row = factories.attach(report, by=staff)

    for person in (manager, neighbour):
        assert api(person).get(f"/api/v1/evidence/{row.pk}/").status_code == 404
        assert api(person).get(f"/api/v1/evidence/{row.pk}/download/").status_code == 404


def test_a_submitted_file_is_read_by_all_who_see_the_report(api, staff, manager, neighbour, report):
    row = factories.attach(report, by=staff)
    factories.submit(report, by=staff)

    assert (
        b"".join(api(manager).get(f"/api/v1/evidence/{row.pk}/download/").streaming_content)
        == b"%PDF-1.4 proof"
    )
    assert api(manager).delete(f"/api/v1/evidence/{row.pk}/").status_code == 403
    assert api(staff).delete(f"/api/v1/evidence/{row.pk}/").status_code == 409
    assert api(neighbour).get(f"/api/v1/evidence/{row.pk}/download/").status_code == 404


def test_nobody_adds_files_to_the_reports_of_others(api, neighbour, manager, report):
    body = {"report": report.pk, "file": factories.pdf()}
    outside = api(neighbour).post("/api/v1/evidence/", body, format="multipart")
    body["file"].seek(0)

    assert outside.status_code == 404
    assert api(manager).post("/api/v1/evidence/", body, format="multipart").status_code == 403


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("page.html", b"<script>"),
        SimpleUploadedFile("empty.pdf", b""),
        SimpleUploadedFile("fake.pdf", b"MZ"),
    ],
)
def test_a_file_that_is_not_taken_is_named(api, staff, report, upload):
    answer = api(staff).post("/api/v1/evidence/", {"report": report.pk, "file": upload}, format="multipart")

    assert answer.status_code == 400
    assert fields(answer) == {"file"}


def test_evidence_proves_a_milestone_of_its_own_task_alone(api, staff, manager, field, market, report):
    other = factories.task(field, market, by=manager).milestones.first()
    body = {"report": report.pk, "file": factories.pdf(), "milestone": other.pk}

    answer = api(staff).post("/api/v1/evidence/", body, format="multipart")

    assert fields(answer) == {"milestone"}


def test_evidence_is_sent_as_a_form(api, staff, report):
    assert api(staff).post("/api/v1/evidence/", {"report": report.pk}, format="json").status_code == 415
