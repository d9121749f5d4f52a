"""The administration's door: who comes in, what Django's own addresses lead to, and what cannot be done there."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from qdtrade.audit.models import Event
from tasks.models import Report, Task
from tests import factories
from tests.administration import act, url
from tests.answers import leave


def test_a_person_who_is_staff_for_django_alone_stays_outside(sign_in, db):
    person = factories.user("porter", is_staff=True)

    assert sign_in(person).get("/admin/").status_code == 403


def test_the_menu_leads_there_those_who_may_enter(admin, staff, sign_in):
    assert 'href="/admin/' in sign_in(admin).get("/").content.decode()
    assert 'href="/admin/' not in sign_in(staff).get("/").content.decode()


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/", "/admin/login/?next=//elsewhere.example/"])
def test_there_is_no_second_sign_in_form_and_no_way_to_another_host(client, admin, address):
    asked = client.get(address)
    signed_in = client.post(asked.url, {"username": "admin", "password": factories.PASSWORD}, follow=True)

    assert asked.url.startswith(reverse("sign_in"))
    assert signed_in.redirect_chain[-1][0] == "/admin/"


def test_the_password_is_changed_on_ones_own_page(admin, sign_in):
    assert sign_in(admin).get("/admin/password_change/").url == reverse("password")


def test_leaving_by_a_link_signs_nobody_out(admin, sign_in):
    client = sign_in(admin)

    client.get("/admin/logout/")

    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/admin/jsi18n/", "/admin/autocomplete/?term=a&app_label=tasks&model_name=task&field_name=lead",
        "/admin/r/1/1/", "/admin/tasks/", "/admin/auth/group/", "/admin/accounts/user/{admin}/password/",
        "/admin/tasks/task/{task}/delete/", "/admin/accounts/user/{admin}/delete/", "/admin/admin/logentry/",
    ],
)  # fmt: skip
def test_what_django_brings_along_is_not_there(admin, task, sign_in, address):
    client = sign_in(admin)
    path = address.format(admin=admin.pk, task=task.pk)

    assert client.get(path).status_code == 404
    assert client.post(path, {"post": "yes"}).status_code == 404
    assert Task.objects.filter(pk=task.pk).exists()


def test_filters_that_django_would_understand_are_not_understood(root, sign_in):
    answer = sign_in(root).get(url("accounts_user"), {"password__startswith": "md5"})

    assert len(answer.context["rows"]) > 0


def test_an_act_says_through_which_door_it_came(manager, submitted, sign_in):
    act(sign_in(manager), "tasks_report", "approve", [submitted])

    assert Event.objects.filter(action="approve").values_list("door", flat=True).distinct().get() == "admin"


def test_django_keeps_no_log_of_its_own(manager, submitted, field, sign_in):
    client = sign_in(manager)
    act(client, "tasks_report", "approve", [submitted])
    client.post(url("tasks_field", "add"), {"number": 9, "name": "Another field"})

    assert not LogEntry.objects.exists()


def test_a_superuser_without_a_role_sees_no_report_and_approves_none(root, submitted, sign_in):
    client = sign_in(root)

    answer = act(client, "tasks_report", "approve", [submitted])

    assert list(client.get(url("tasks_report")).context["rows"]) == []
    assert answer.context["result"]["unseen"] == 1
    assert client.post(url("tasks_report", "do", submitted.pk, "approve")).status_code == 404
    assert Report.objects.get(pk=submitted.pk).status == "submitted"


def test_a_superuser_gives_no_role_to_themselves(root, programme, sign_in):
    data = {"person": root.pk, "programme": programme.pk, "role": "admin", "starts_on": "2021-09-01"}
    answer = sign_in(root).post(url("programmes_membership", "add"), data)

    assert answer.status_code == 400
    assert not root.memberships.exists()


def test_an_act_that_asks_for_a_day_gets_none_by_its_own_address(manager, report, sign_in):
    address = url("tasks_expectedreport", "do", report.expected.pk, "grant_exception")

    assert sign_in(manager).post(address, {"comment": "Flood."}).status_code == 400


def test_the_history_is_the_trails(manager, approved, sign_in):
    answer = sign_in(manager).get(url("tasks_report", "history", approved.pk))

    assert [line.event.action for line in answer.context["lines"]] == ["approve", "submit", "open"]


def test_a_superuser_is_offered_no_list_of_a_programme(root, programme, sign_in):
    groups = sign_in(root).get("/admin/").context["groups"]

    assert {str(one.label) for _group, lists in groups for one in lists} == {
        "试点", "工作日历", "单位", "人员", "角色", "事件（只读）",
    }  # fmt: skip


@pytest.mark.parametrize("model", ["tasks_task", "tasks_report", "tasks_expectedreport", "audit_event"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_list_leaves_with_its_filters_in_both_forms(manager, submitted, sign_in, model, form):
    client = sign_in(manager)
    page = client.get(url(model), {"q": "nothing is called so"})

    answer = client.get(f"{page.context['export']}&format={form}")

    assert f"&amp;format={form}" in page.text
    assert Event.objects.get(kind="export").label.endswith(" 0")
    leave(answer)
