"""The pages of the signings: what they show, and every change by a browser's form."""

import csv
import io
from decimal import Decimal

import pytest
from django.urls import reverse

from projects.actions.register import edit_project
from projects.models import ExpectedUpdate, Gate, MoneyEvent, Project
from tests import factories, signings
from tests.answers import leave
from tests.signings import YI


def text(answer):
    return answer.content.decode()


@pytest.fixture
def page(project, sign_in):
    def get(person, name="project", **asked):
        args = [project.pk] if name == "project" else []
        return sign_in(person).get(reverse(name, args=args), asked)

    return get


def test_the_list_sums_exactly_what_it_found(project, sector, zone, manager, page):
    signings.project(sector, zone, by=manager, kind="service", planned_investment=323 * YI)

    whole, industrial = page(manager, "project_list"), page(manager, "project_list", kind="industrial")
    assert whole.context["totals"]["planned_investment"] == 341 * YI
    assert "341.00" in text(whole)
    assert industrial.context["totals"]["planned_investment"] == 18 * YI


def test_the_largest_amounts_add_up_to_the_fen(sector, zone, manager, sign_in):
    for _ in range(3):
        signings.project(sector, zone, by=manager, planned_investment=Decimal("9999999999999.99"))
    answer = sign_in(manager).get(reverse("project_list"))
    assert answer.context["totals"]["planned_investment"] == Decimal("29999999999999.97")


def test_the_most_overdue_stands_first_and_the_count_opens_it(project, sector, zone, manager, page):
    later = signings.project(sector, zone, by=manager, plans={}, code="A-1")

    rows = page(manager, "project_list").context["rows"]
    assert [row.project for row in rows] == [project, later]
    assert page(manager, "project_list", behind="true").context["totals"]["projects"] == 1


def test_a_project_is_registered_by_its_form(programme, sector, event, zone, task, manager, sign_in):
    typed = {
        "code": "QY-01", "name": "样例项目01", "kind": "industrial", "sector": sector.pk, "event": event.pk,
        "carrier": zone.pk, "signed_on": "2021-09-04", "planned_investment": "26亿元", "countable": "on",
        "partners": "样例装备有限公司，中国，91330100799655058B\n样例株式会社，日本", "tasks": task.code,
        "plan_contract": "2021-12-31",
    }  # fmt: skip
    answer = sign_in(manager).post(reverse("project_register"), typed)

    row = Project.objects.for_list().with_tasks(manager).get()
    assert (answer.status_code, row.planned_investment, row.served) == (302, 26 * YI, [task])
    assert [(one.name, one.country) for one in row.partners] == [
        ("样例装备有限公司", "中国"),
        ("样例株式会社", "日本"),
    ]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"planned_investment": "5亿美元"}, "planned_investment"),
        ({"planned_investment": "-1"}, "planned_investment"),
        ({"signed_on": "2021-09-08"}, "signed_on"),
        ({"partners": "坏码公司，中国，91330100799655058C"}, "partners"),
        ({"tasks": "9-99"}, "tasks"),
        ({"currency": "USD"}, "rate"),
    ],
)
def test_a_refused_form_names_the_field_and_keeps_what_was_typed(
    programme, sector, event, zone, manager, sign_in, wrong, named
):
    typed = {
        "code": "QY-01", "name": "样例项目01", "kind": "industrial", "sector": sector.pk, "event": event.pk,
        "carrier": zone.pk, "signed_on": "2021-09-04", "planned_investment": "26亿元", "countable": "on",
    } | wrong  # fmt: skip
    answer = sign_in(manager).post(reverse("project_register"), typed)

    assert (answer.status_code, Project.objects.count()) == (400, 0)
    assert answer.context["form"].errors.keys() == {named} or named in answer.context["form"].errors
    assert "样例项目01" in text(answer)


def test_a_form_opened_before_another_change_changes_nothing(project, manager, sign_in):
    client = sign_in(manager)
    url = reverse("project_edit", args=[project.pk])
    form = client.get(url).context["form"]
    typed = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    typed |= {
        "planned_investment": "18亿元",
        "contracted_inflow": "5亿元",
        "version": project.version,
        "name": "甲",
    }

    assert client.post(url, typed).status_code == 302
    assert client.post(url, typed | {"name": "乙"}).status_code == 412
    assert Project.objects.get().name == "甲"


def test_the_carrier_proposes_with_a_file_and_the_office_confirms(project, carrier, manager, sign_in):
    gate = signings.gate(project, "framework")
    typed = {"fact_on": "2021-09-04", "words": "Signed at the fair.", "version": gate.version}
    typed["files"] = factories.pdf("协议.pdf")
    proposed = sign_in(carrier).post(reverse("gate_propose", args=[gate.pk]), typed)
    shown = sign_in(manager).get(reverse("project", args=[project.pk]))
    sign_in(manager).post(reverse("gate_move", args=[gate.pk, "confirm"]), {"version": gate.version + 1})

    assert (proposed.status_code, "协议.pdf" in text(shown)) == (302, True)
    assert Project.objects.get().status == "framework"


def test_a_refused_proposal_names_each_field_and_keeps_the_words(project, carrier, sign_in):
    gate = signings.gate(project, "framework")
    answer = sign_in(carrier).post(
        reverse("gate_propose", args=[gate.pk]), {"fact_on": "2022-01-01", "words": "Kept."}
    )

    assert answer.status_code == 400
    assert "fact_on" in answer.context["form"].errors
    assert answer.context["form"].errors["files"]
    assert "Kept." in text(answer)
    assert Gate.objects.filter(status="proposed").count() == 0


def test_a_skipped_gate_says_what_comes_first(project, carrier, sign_in):
    answer = sign_in(carrier).get(reverse("gate_propose", args=[signings.gate(project, "started").pk]))

    assert answer.context["closed"]


def test_money_is_entered_warned_of_and_taken_back(project, carrier, sign_in):
    client = sign_in(carrier)
    typed = {"kind": "in", "on": "2021-09-20", "amount": "60,000万元", "note": "First"}
    entered = client.post(reverse("money_enter", args=[project.pk]), typed, follow=True)
    row = MoneyEvent.objects.get()
    client.post(reverse("money_counter", args=[row.pk]), {"on": "2021-09-21", "note": "Wrong"})

    assert [message.level_tag for message in entered.context["messages"]] == ["warning", "success"]
    assert Project.objects.with_money().get().came_in == 0


def test_an_update_is_filed_by_its_form(quarter, carrier, sign_in):
    row = ExpectedUpdate.objects.get()
    url = reverse("project_update", args=[row.pk])
    client = sign_in(carrier)

    assert client.post(url, {"text": ""}).status_code == 400
    assert client.post(url, {"no_change": "on"}).status_code == 302
    assert client.get(url).status_code == 200
    assert ExpectedUpdate.objects.get().no_change


def test_what_leaves_has_the_amounts_in_yuan(project, manager, sign_in):
    answer = sign_in(manager).get(reverse("projects_export"))
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))

    assert rows[0]["编号"] == project.code
    assert rows[0]["计划总投资（元）"] == "1800000000.00"


@pytest.mark.parametrize("form", [{}, {"columns": "screen"}, {"format": "xlsx"}])
@pytest.mark.parametrize("name", ["projects_export", "project_updates_export", "money_export"])
def test_every_list_leaves_as_a_file(quarter, carrier, manager, name, form, sign_in):
    signings.enter(quarter and Project.objects.get(), YI, by=carrier)

    answer = sign_in(manager).get(reverse(name), form)
    first = next(iter(answer.streaming_content))
    leave(answer)

    assert (answer.status_code, bool(first)) == (200, True)


def test_an_ended_project_says_so_and_stays_readable(project, manager, sign_in):
    client = sign_in(manager)
    client.post(
        reverse("project_move", args=[project.pk, "terminate"]), {"comment": "Withdrew.", "on": "2021-09-20"}
    )
    shown = text(client.get(reverse("project", args=[project.pk])))

    assert "Withdrew." in shown and "2021-09-20" in shown


def test_evidence_is_handed_out_to_those_who_see_the_project(proposed, carrier, neighbour, sign_in):
    url = reverse("gate_file", args=[proposed.files.get().pk])

    seen, unseen = sign_in(carrier).get(url), sign_in(neighbour).get(url)
    leave(seen)

    assert (seen.status_code, unseen.status_code) == (200, 404)


def test_the_page_of_a_task_shows_the_signings_that_serve_it(project, task, manager, sign_in):
    edit_project(project, {}, by=manager, tasks=[task])

    shown = text(sign_in(manager).get(reverse("task", args=[task.pk])))

    assert f'href="{reverse("project", args=[project.pk])}?programme=qd-2020"' in shown
    assert "18.00" in shown


def test_who_sees_a_task_sees_of_its_signings_only_their_own(project, task, manager, staff, sign_in):
    edit_project(project, {}, by=manager, tasks=[task])

    assert project.name not in text(sign_in(staff).get(reverse("task", args=[task.pk])))


@pytest.mark.parametrize("ordering", ["came_in", "-paid", "invested", "-gates", "next"])
def test_the_list_is_sorted_by_what_no_column_holds(project, manager, page, ordering):
    assert page(manager, "project_list", ordering=ordering).status_code == 200
