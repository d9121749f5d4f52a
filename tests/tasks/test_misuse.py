"""What people try, and programs that mean no good: nothing is taken that is not theirs to give, nothing falls over."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from qdtrade.audit import verify
from qdtrade.audit.models import Event
from qdtrade.programmes.actions import end_membership
from qdtrade.workflow import perform
from tasks import workflow
from tasks.actions import reports
from tasks.models import Report, ReportFile, ReportVersion, Task
from tests import factories
from tests.answers import leave

FORGED = {
    "status": "approved",
    "author": 1,
    "taken_by": 1,
    "in_force": 1,
    "submitted_at": "2021-01-01",
    "version": 99,
}


def move(client, report, name, **data):
    """A move as the page's button makes it."""
    return client.post(reverse("report_move", args=[report.pk, name]), data)


def call(client, report, name, **body):
    """A move as a program makes it."""
    return client.post(reverse(f"api:report-{name.replace('_', '-')}", args=[report.pk]), body, format="json")


def fresh(row):
    return type(row).objects.get(pk=row.pk)


# What is never taken from a client ------------------------------------------------------------------------------------


def test_a_page_takes_no_status_author_or_reviewer(report, staff, manager, sign_in):
    move(sign_in(staff), report, "submit", **(factories.CONTENT | FORGED | {"author": manager.pk}))

    kept = fresh(report)
    assert (kept.status, kept.author, kept.taken_by, kept.in_force) == ("submitted", staff, None, None)
    assert kept.submitted_at.isoformat() == "2021-09-24T02:00:00+00:00"


def test_the_api_takes_no_status_author_or_reviewer(report, staff, manager, api):
    call(api(staff), report, "submit", content=factories.CONTENT, **(FORGED | {"author": manager.pk}))

    kept = fresh(report)
    assert (kept.status, kept.author, kept.taken_by, kept.in_force) == ("submitted", staff, None, None)


@pytest.mark.parametrize("name", FORGED)
def test_a_change_that_names_what_is_not_the_clients_to_say_is_refused_by_name(report, staff, api, name):
    client, url = api(staff), reverse("api:report-detail", args=[report.pk])
    tag = client.get(url)["ETag"]

    answer = client.patch(url, {"done": "x", name: FORGED[name]}, format="json", headers={"If-Match": tag})

    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [name]
    assert not fresh(report).has_draft


@pytest.mark.parametrize(
    "name", ["status", "progress", "lead", "code", "programme", "is_sample", "accepted_by", "version"]
)
def test_a_task_takes_plain_fields_alone(task, manager, api, name):
    client, url = api(manager), reverse("api:task-detail", args=[task.pk])
    tag = client.get(url)["ETag"]

    answer = client.patch(url, {name: "1"}, format="json", headers={"If-Match": tag})

    assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (400, [name])


def test_a_decision_is_the_deciders_own_whoever_is_named(submitted, manager, manager2, api):
    call(api(manager), submitted, "approve", decided_by=manager2.pk, by=manager2.pk)

    assert ReportVersion.objects.get().decided_by == manager


# Being both author and reviewer ---------------------------------------------------------------------------------------


@pytest.fixture
def both(staff, programme, office):
    """The author, who has become a reviewer too."""
    return factories.join(staff, programme, "manager", office)


@pytest.mark.parametrize("name", ["take", "approve", "return"])
def test_an_author_decides_nothing_of_their_own_on_page_or_api(submitted, both, sign_in, api, name):
    codes = {
        move(sign_in(both), submitted, name, comment="Good.").status_code,
        call(api(both), submitted, name, comment="Good.").status_code,
    }

    assert codes == {403}
    assert fresh(submitted).status == "submitted"


def test_an_author_decides_nothing_of_their_own_at_the_desk(submitted, both, sign_in):
    answer = sign_in(both).post(reverse("desk_report", args=[submitted.pk]), {"move": "approve"})

    assert answer.status_code in {200, 403}
    assert fresh(submitted).status == "submitted"


def test_an_author_does_not_get_around_it_by_losing_the_bureau(submitted, both, admin, sign_in):
    end_membership(both.memberships.get(role="staff"), by=admin)

    assert move(sign_in(both), submitted, "approve").status_code == 403


# The wrong moment -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["withdraw", "take", "put_back", "approve", "return"])
def test_a_move_in_the_wrong_state_is_a_conflict_with_its_reason(
    approved, staff, manager, sign_in, api, name
):
    person = staff if name == "withdraw" else manager

    page = move(sign_in(person), approved, name, comment="For a reason.")
    program = call(api(person), approved, name, comment="For a reason.")

    assert (page.status_code, program.status_code) == (409, 409)
    assert program.json()["detail"] in page.content.decode()


def test_a_double_click_submits_once(report, staff, sign_in):
    client = sign_in(staff)
    codes = [move(client, report, "submit", **factories.CONTENT).status_code for _click in range(2)]

    assert codes == [302, 409]
    assert ReportVersion.objects.count() == 1


def test_a_decision_made_on_an_older_version_is_stale(submitted, staff, manager, api):
    client, url = api(manager), reverse("api:report-detail", args=[submitted.pk])
    tag = client.get(url)["ETag"]
    factories.submit(perform(workflow.WITHDRAW, submitted, by=staff), by=staff, done="Something else.")

    answer = client.post(f"{url}approve/", {}, format="json", headers={"If-Match": tag})

    assert answer.status_code == 412
    assert fresh(submitted).status == "submitted"


def test_a_page_that_was_opened_on_an_older_version_is_stale(submitted, staff, manager, sign_in):
    seen = fresh(submitted).version
    factories.submit(perform(workflow.WITHDRAW, submitted, by=staff), by=staff, done="Something else.")

    assert move(sign_in(manager), submitted, "approve", version=seen).status_code == 412


def test_two_tabs_on_one_draft_show_both_texts_to_the_second(report, staff, sign_in):
    client, url = sign_in(staff), reverse("report_draft", args=[report.pk])
    client.post(url, {"done": "Text of the first tab", "draft_version": "0"})

    second = client.post(url, {"done": "Text of the second tab", "draft_version": "0"})

    assert second.status_code == 412
    assert "Text of the first tab" in second.content.decode()
    assert "Text of the second tab" in second.content.decode()


def test_missing_fields_are_named_on_the_page_and_nothing_is_submitted(report, staff, sign_in):
    answer = move(sign_in(staff), report, "submit", done="", progress="101", forecast_on="2019-01-01")

    assert answer.status_code in {200, 400}
    assert fresh(report).status == "draft"


def test_missing_fields_are_named_by_the_api(report, staff, api):
    answer = call(api(staff), report, "submit", content={"progress": "101", "forecast_on": "2019-01-01"})

    assert answer.status_code == 400
    assert {error["field"] for error in answer.json()["errors"]} == {
        "done",
        "progress",
        "forecast_on",
        "self_light",
    }


# Where a request comes from -------------------------------------------------------------------------------------------


def test_a_page_of_another_site_moves_nothing(submitted, manager):
    client = Client(enforce_csrf_checks=True)
    client.force_login(manager)

    assert move(client, submitted, "approve").status_code == 403
    assert fresh(submitted).status == "submitted"


def test_a_page_of_another_site_moves_nothing_through_the_api(submitted, manager):
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(manager)

    assert call(client, submitted, "approve").status_code == 403
    assert fresh(submitted).status == "submitted"


@pytest.mark.parametrize(
    "following", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "https:evil.example"]
)
def test_nobody_is_sent_to_another_site(submitted, manager, sign_in, following):
    answer = move(sign_in(manager), submitted, "take", next=following)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/")
    assert not answer["Location"].startswith("//")


@pytest.mark.parametrize("following", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(staff, client, following):
    answer = client.post(
        reverse("sign_in"), {"username": "staff", "password": factories.PASSWORD, "next": following}
    )

    assert (answer.status_code, answer["Location"]) == (302, "/")


# Bodies that are not what they should be ------------------------------------------------------------------------------


@pytest.mark.parametrize("body", ["", "{", "[]", '"x"', "null", "5", '{"content": "x"}', '{"content": []}',
                                  '{"content": {"done": ["x"]}}', '{"content": {"done": {"a": 1}}}',
                                  '{"content": {"milestones": []}}', '{"content": {"milestones": {"1": []}}}',
                                  '{"content": {"milestones": {"1": {"a": "b"}}}}', '{"no_change": "perhaps"}',
                                  '{"content": {"progress": true}}', '{"comment": 5}'])  # fmt: skip
@pytest.mark.parametrize("name", ["submit", "return"])
def test_a_body_of_another_shape_is_refused_in_words(submitted, report, staff, manager, api, name, body):
    person, row = (staff, fresh(report)) if name == "submit" else (manager, submitted)
    url = reverse(f"api:report-{name}", args=[row.pk])

    answer = api(person).generic("POST", url, body, content_type="application/json")

    assert answer.status_code in {400, 409}
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "remarks", ["x", [], {"status": "approved"}, {"done": ["x"]}, {"done": "x" * 5000}, 5]
)
def test_remarks_of_another_shape_are_refused_in_words(submitted, manager, api, remarks):
    answer = call(api(manager), submitted, "return", comment="Why?", remarks=remarks)

    assert answer.status_code == 400
    assert fresh(submitted).status == "submitted"


@pytest.mark.parametrize(
    "text", ["\x00", "a\x00b", "\ud800", "\u202e", "😀" * 50, "=cmd|' /C calc'!A0", "'; DROP TABLE x;--"]
)
def test_any_text_is_kept_or_refused_and_the_records_stay_whole(report, staff, manager, api, text):
    body = json.dumps({"content": factories.CONTENT | {"done": f"Text {text}"}, "comment": f"Reason {text}"})
    answer = api(staff).generic(
        "POST", reverse("api:report-submit", args=[report.pk]), body, "application/json"
    )

    assert answer.status_code in {200, 400}
    assert [verdict.fault for verdict in verify.verify()] == [None, None]


@pytest.mark.parametrize("comment", ["x" * 2001, "\x00", " \ud800 "])
def test_a_reason_of_any_kind_is_kept_or_refused(submitted, manager, api, comment):
    body = json.dumps({"comment": comment})
    answer = api(manager).generic(
        "POST", reverse("api:report-return", args=[submitted.pk]), body, "application/json"
    )

    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == ["comment"]


NASTY = [
    "%00",
    "'",
    '"',
    "%ff",
    "(",
    "9" * 40,
    "-1",
    "0",
    "%F0%9F%98%80",
    "a" * 3000,
    "%0d%0aSet-Cookie:x=1",
    "{{7*7}}",
    "../..",
]


@pytest.mark.parametrize("value", NASTY)
def test_an_address_with_anything_in_it_is_answered(report, manager, sign_in, api, value):
    browser, program = sign_in(manager), api(manager)
    names = [
        "q",
        "page",
        "page_size",
        "status",
        "field",
        "lead",
        "period",
        "bureau",
        "task",
        "ordering",
        "year",
        "open",
        "before",
        "from",
        "to",
        "kind",
        "actor",
        "tab",
        "figures",
        "timeliness",
        "report",
        "overdue",
    ]
    query = "&".join(f"{name}={value}" for name in names)

    codes = {
        (name, client.get(f"{reverse(name)}?{query}").status_code)
        for client, pages in (
            (browser, ("task_list", "report_list", "desk", "period_list", "my_work", "notices", "records")),
            (program, ("api:task-list", "api:report-list", "api:event-list", "api:expectedreport-list")),
        )
        for name in pages
    }

    assert {code for _name, code in codes} <= {200, 400, 404}, codes


@pytest.mark.parametrize("pk", [0, 2**31, 2**63 - 1, 2**63, 10**40])
def test_a_number_that_no_row_has_is_not_found(db, manager, sign_in, api, pk):
    browser, program = sign_in(manager), api(manager)

    pages = {browser.get(f"/{kind}/{pk}/").status_code for kind in ("tasks", "reports", "files", "desk")}
    rows = {
        program.get(f"/api/v1/{kind}/{pk}/").status_code
        for kind in ("tasks", "reports", "events", "evidence")
    }
    assert pages | rows == {404}


@pytest.mark.parametrize("size", ["1000", "0", "-1", "x", "99999999999999999999"])
def test_a_list_is_bounded_whatever_is_asked(period, manager, api, size):
    answer = api(manager).get(reverse("api:event-list"), {"page_size": size})

    assert answer.status_code in {200, 400}
    assert len(answer.json().get("results", [])) <= 100


# Files ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("page.html", b"<script>alert(1)</script>"),
        ("page.pdf", b"<script>alert(1)</script>"),
        ("picture.svg", b"<svg onload='alert(1)'/>"),
        ("program.exe", b"MZ\x90\x00"),
        ("program.pdf.exe", b"%PDF-1.4"),
        ("empty.pdf", b""),
        ("table.xlsx", b"PK\x03\x04 not a workbook"),
        ("noending", b"%PDF-1.4"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_and_not_kept(report, staff, sign_in, api, name, body):
    sign_in(staff).post(reverse("report_files", args=[report.pk]), {"files": factories.pdf(name, body)})
    answer = api(staff).post(
        reverse("api:evidence-list"),
        {"report": report.pk, "file": factories.pdf(name, body)},
        format="multipart",
    )

    assert answer.status_code == 400
    assert not ReportFile.objects.exists()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\staff\\proof.pdf", "proof.pdf"),
        ('a"b.pdf', 'a"b.pdf'),
        ("佐证 一.pdf", "佐证 一.pdf"),
        ("x" * 300 + ".pdf", "x" * 187 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(report, staff, sign_in, name, kept):
    factories.attach(report, by=staff, name=name)
    file = ReportFile.objects.get()

    answer = sign_in(staff).get(reverse("file", args=[file.pk]))

    assert (file.name[:4], len(file.name)) == (kept[:4], len(kept))
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "application/pdf")
    leave(answer)


def test_a_file_of_another_bureaus_report_is_not_removed(report, staff, neighbour, manager, sign_in):
    file = factories.attach(report, by=staff)

    codes = [
        sign_in(one).post(reverse("file_remove", args=[file.pk])).status_code for one in (neighbour, manager)
    ]

    assert codes == [404, 404]
    assert fresh(file).dropped_at is None


def test_a_file_that_was_submitted_is_not_removed(report, staff, sign_in):
    file = factories.attach(report, by=staff)
    factories.submit(report, by=staff)

    assert sign_in(staff).post(reverse("file_remove", args=[file.pk])).status_code == 409


# What others wrote, shown ---------------------------------------------------------------------------------------------


def test_what_people_type_is_never_run(report, staff, manager, sign_in):
    text = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    submitted = factories.submit(report, by=staff, done=text, problems=text)
    factories.send_back(submitted, by=manager, comment=text, remarks={"done": text})

    for person, name, args in (
        (staff, "report", [report.pk]), (manager, "report", [report.pk]), (manager, "task", [report.task.pk]),
        (manager, "records", []), (staff, "my_work", []), (staff, "notices", []), (manager, "desk_report", [report.pk]),
    ):  # fmt: skip
        page = sign_in(person).get(reverse(name, args=args)).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_table_that_leaves_runs_nothing_when_it_is_opened(report, staff, manager, sign_in):
    factories.approve(
        factories.submit(report, by=staff, done='=HYPERLINK("http://evil.example")'), by=manager
    )

    answer = sign_in(manager).get(reverse("reports_export"))

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    leave(answer)
    assert "'=HYPERLINK" in text


def test_every_page_forbids_scripts_of_others(submitted, manager, sign_in):
    answer = sign_in(manager).get(reverse("report", args=[submitted.pk]))

    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff")


# Signing in -----------------------------------------------------------------------------------------------------------


def test_a_person_who_was_deactivated_is_out_at_once(staff, sign_in, api):
    browser, program = sign_in(staff), api(staff)
    type(staff).objects.filter(pk=staff.pk).update(is_active=False)

    assert browser.get(reverse("my_work")).status_code == 302
    assert program.get(reverse("api:task-list")).status_code == 401


def test_a_role_that_ended_opens_nothing_with_an_old_session(submitted, manager, admin, sign_in):
    client = sign_in(manager)
    end_membership(manager.memberships.get(), by=admin)

    assert move(client, submitted, "approve").status_code == 404


def test_no_password_is_ever_in_the_records(staff, client):
    client.post(reverse("sign_in"), {"username": "staff", "password": "a-wrong-password"})
    client.post(reverse("sign_in"), {"username": "staff", "password": factories.PASSWORD})

    lines = "".join(Event.objects.values_list("line", flat=True))
    assert Event.objects.filter(action="sign_in_failed").count() == 1
    assert Event.objects.filter(action="sign_in").count() == 1
    assert "a-wrong-password" not in lines
    assert factories.PASSWORD not in lines


def test_the_service_cannot_sign_in(service, client):
    answer = client.post(reverse("sign_in"), {"username": "service", "password": ""})

    assert answer.status_code == 400


def test_the_drafts_text_is_its_bureaus_own(report, staff, manager, auditor, sign_in, api):
    reports.save_draft(report, {"done": "Half a secret"}, by=staff)

    for person in (manager, auditor):
        assert (
            "Half a secret" not in sign_in(person).get(reverse("report", args=[report.pk])).content.decode()
        )
        assert "Half a secret" not in json.dumps(
            api(person).get(reverse("api:report-detail", args=[report.pk])).json()
        )
        assert (
            "Half a secret"
            not in sign_in(person).get(reverse("task", args=[report.task.pk])).content.decode()
        )


def test_everything_refused_left_nothing_behind(report, staff, manager, sign_in):
    before = Event.objects.count(), Task.objects.values().get(), Report.objects.values().get()
    client = sign_in(manager)

    for name in ("submit", "withdraw", "take", "put_back", "approve", "return", "reopen"):
        assert move(client, report, name, comment="Now.", **factories.CONTENT).status_code in {403, 409}

    assert (Event.objects.count(), Task.objects.values().get(), Report.objects.values().get()) == before
