"""The signings through the API: what programs read, and every change through its own door."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from projects.actions import register
from projects.models import ExpectedUpdate, MoneyEvent, Project
from tests import factories, signings
from tests.answers import leave
from tests.signings import YI

URL = "/api/v1/projects/"


def named(answer):
    """The fields that a refusal names."""
    return {error["field"] for error in answer.json()["errors"]}


def row(client):
    return client.get(URL).json()["results"][0]


def test_a_project_is_shown_in_yuan_as_decimal_strings(project, carrier, api):
    shown = row(api(carrier))

    assert {name: shown[name] for name in ("code", "kind", "status", "planned_investment", "is_sample")} == {
        "code": project.code,
        "kind": "industrial",
        "status": "signed",
        "planned_investment": "1800000000.00",
        "is_sample": False,
    }
    assert (shown["carrier"]["code"], shown["sector"]["name"], shown["came_in"]) == (
        "sco",
        "高端装备",
        "0.00",
    )
    assert [gate["step"] for gate in shown["gates"]] == list(Project.GATES)


def test_a_project_is_registered_with_amounts_as_people_write_them(
    programme, sector, event, zone, task, manager, api
):
    body = {
        "programme": programme.code, "code": "QY-1", "name": "样例项目", "kind": "service", "sector": sector.pk,
        "event": event.code, "carrier": zone.code, "signed_on": "2021-09-04", "planned_investment": "3,410,000万元",
        "tasks": [task.code], "plans": {"contract": "2021-12-31"},
    }  # fmt: skip
    answer = api(manager).post(URL, body, format="json")

    assert answer.status_code == 201
    assert answer.json()["planned_investment"] == "34100000000.00"
    assert [one["code"] for one in answer.json()["tasks"]] == [task.code]


def test_a_number_with_a_point_is_no_amount(project, manager, api):
    client = api(manager)
    headers = {"if-match": client.get(f"{URL}{project.pk}/").headers["ETag"]}
    answer = client.patch(f"{URL}{project.pk}/", {"planned_investment": 1.5}, format="json", headers=headers)

    assert (answer.status_code, named(answer)) == (400, {"planned_investment"})


def test_a_change_rests_on_a_version(project, manager, api):
    client = api(manager)
    headers = {"if-match": client.get(f"{URL}{project.pk}/").headers["ETag"]}

    assert client.patch(f"{URL}{project.pk}/", {"name": "甲"}, format="json").status_code == 428
    first = client.patch(f"{URL}{project.pk}/", {"name": "甲"}, format="json", headers=headers)
    second = client.patch(f"{URL}{project.pk}/", {"name": "乙"}, format="json", headers=headers)
    assert (first.status_code, second.status_code, Project.objects.get().name) == (200, 412, "甲")


def test_what_is_never_changed_there_is_named(project, manager, api):
    client = api(manager)
    headers = {"if-match": client.get(f"{URL}{project.pk}/").headers["ETag"]}
    answer = client.patch(f"{URL}{project.pk}/", {"status": "full"}, format="json", headers=headers)

    assert (answer.status_code, named(answer)) == (400, {"status"})


def test_a_gate_is_proposed_with_files_and_confirmed(project, carrier, manager, api):
    gate = signings.gate(project, "framework")
    files = [factories.pdf("a.pdf"), factories.pdf("b.pdf", b"%PDF-1.4 b")]
    body = {"fact_on": "2021-09-04", "words": "Signed.", "files": files}
    proposed = api(carrier).post(f"/api/v1/gates/{gate.pk}/propose/", body, format="multipart")
    confirmed = api(manager).post(f"/api/v1/gates/{gate.pk}/confirm/")

    assert (proposed.status_code, proposed.json()["status"]) == (200, "proposed")
    assert (confirmed.status_code, confirmed.json()["status"]) == (200, "confirmed")
    files = api(carrier).get("/api/v1/gate-files/", {"project": project.pk}).json()["results"]
    assert [file["name"] for file in files] == ["a.pdf", "b.pdf"]
    answer = api(carrier).get(files[0]["download"])
    leave(answer)
    assert answer.status_code == 200


def test_a_bad_file_is_refused_and_nothing_is_proposed(project, carrier, api):
    gate = signings.gate(project, "framework")
    body = {"fact_on": "2021-09-04", "words": "Signed.", "files": SimpleUploadedFile("a.exe", b"MZ")}
    answer = api(carrier).post(f"/api/v1/gates/{gate.pk}/propose/", body, format="multipart")

    assert (answer.status_code, named(answer)) == (400, {"files"})


@pytest.mark.parametrize(("move", "code"), [("return", 400), ("correct", 409), ("withdraw", 403)])
def test_a_refused_move_says_why_by_its_code(proposed, manager2, move, code, api):
    assert api(manager2).post(f"/api/v1/gates/{proposed.pk}/{move}/").status_code == code


def test_money_is_entered_and_taken_back(project, carrier, api):
    client = api(carrier)
    body = {"project": project.pk, "kind": "in", "on": "2021-09-20", "amount": "6亿元", "note": "First."}
    first = client.post("/api/v1/money-events/", body, format="json").json()
    over = row(client)
    back = client.post(f"{first['url']}counter-entry/", {"on": "2021-09-21", "note": "Wrong."}, format="json")

    assert first["amount"] == "600000000.00"
    assert over["warnings"].keys() == {"contracted_inflow"}
    assert (back.json()["amount"], row(client)["came_in"]) == ("-600000000.00", "0.00")
    assert MoneyEvent.objects.count() == 2


def test_a_project_ends_and_is_reinstated(project, manager, api):
    client = api(manager)
    ended = client.post(
        f"{URL}{project.pk}/terminate/", {"comment": "Withdrew.", "on": "2021-09-20"}, format="json"
    )
    back = client.post(f"{URL}{project.pk}/reinstate/", {"comment": "Came back."}, format="json")

    assert (ended.json()["status"], ended.json()["ended_on"]) == ("terminated", "2021-09-20")
    assert back.json()["status"] == "signed"


def test_an_update_is_filed(quarter, carrier, api):
    update = ExpectedUpdate.objects.get()
    answer = api(carrier).post(
        f"/api/v1/expected-updates/{update.pk}/file/", {"no_change": True}, format="json"
    )

    assert (answer.json()["status"], answer.json()["timeliness"]) == ("filed", "on_time")


def test_filters_find_what_they_say(project, proposed, manager, api):
    client = api(manager)

    def count(**asked):
        return client.get(URL, asked).json()["count"]

    assert count(waiting="true", kind="industrial", carrier="sco", behind="false", q=project.code) == 1
    assert (
        count(status="framework")
        == count(waiting="false")
        == count(kind="service")
        == count(behind="true")
        == 0
    )


def test_lists_are_cut_to_the_carrier(project, neighbour, sector, api):
    lists = ("projects", "gates", "money-events", "gate-files", "expected-updates")

    assert {name: api(neighbour).get(f"/api/v1/{name}/").json()["count"] for name in lists} == dict.fromkeys(
        lists, 0
    )
    assert api(neighbour).get(f"{URL}{project.pk}/").status_code == 404


def test_a_task_out_of_sight_is_not_named(project, task, manager, carrier, api):
    register.edit_project(project, {}, by=manager, tasks=[task])

    assert (len(row(api(manager))["tasks"]), row(api(carrier))["tasks"]) == (1, [])


def test_totals_are_right_whatever_is_joined(project, carrier, manager, api):
    for amount in (YI, 2 * YI):
        signings.enter(project, amount, by=carrier)
    signings.enter(project, YI, by=carrier, kind="paid")

    shown = row(api(manager))
    assert (shown["came_in"], shown["paid"]) == ("300000000.00", "100000000.00")
