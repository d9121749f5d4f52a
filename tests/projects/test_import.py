"""Projects in and out of files: read, refused by place, written as a whole, and the same again after a round trip."""

import datetime

import pytest
from django.urls import reverse

from projects.actions.register import edit_project
from projects.models import Partner, Project, Sector
from qdtrade.errors import WrongState
from qdtrade.imports.actions import uploads
from tests import signings
from tests.projects.importing import HEAD, applied, fresh, imported
from tests.signings import YI

GOOD = 'QY-01,样例项目01,产业招商,高端装备,ciftis-2021,上合示范区,2021-09-04,"260,000",甲公司，日本,2022-05-31,李科长'


def refusals(row):
    return (
        [finding["reason"] for finding in row.summary["refused"]] if "refused" in row.summary else row.summary
    )


def whole(client, form="csv"):
    answer = client.get(reverse("projects_export"), {"format": form})
    return b"".join(answer.streaming_content)


def test_a_file_registers_projects_with_partners_sector_and_plans(programme, event, zone, manager):
    applied(programme, f"{HEAD}\n{GOOD}\n", by=manager)

    row = Project.objects.for_list().get()
    assert (row.code, row.planned_investment, row.event, row.carrier) == ("QY-01", 26 * YI, event, zone)
    assert (row.sector.name, row.partners[0].name, row.partners[0].country) == ("高端装备", "甲公司", "日本")
    assert signings.gate(row, "started").plan_on == datetime.date(2022, 5, 31)
    assert row.extra == [["联系人", "李科长"]]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"260,000"', "5亿美元"),
        ('"260,000"', "-3"),
        ('"260,000"', '"999,999,999,999"'),
        ("2021-09-04", "2021-09-08"),
        ("2021-09-04", ""),
        ("上合示范区", "没有这个单位"),
        ("ciftis-2021", "ciftis-1999"),
        ("产业招商", "其他"),
        ("甲公司，日本", "乙公司，中国，91330100799655058C"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_and_nothing_can_be_written(
    programme, event, zone, manager, old, new
):
    row = imported(programme, f"{HEAD}\n{GOOD.replace(old, new)}\n", by=manager)

    assert row.counts["refused"] == 1
    assert (Project.objects.count(), Partner.objects.count(), Sector.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_leaves_comes_back_and_changes_nothing(framed, carrier, manager, sign_in, form):
    signings.enter(framed, YI, by=carrier)
    row = imported(framed.programme, whole(sign_in(manager), form), by=manager, name=f"签约.{form}")

    assert (row.counts["unchanged"], row.counts["new"], row.counts["changed"], row.counts["refused"]) == (
        1,
        0,
        0,
        0,
    )


def test_a_changed_cell_is_written_and_the_state_is_not_touched(framed, manager, sign_in):
    body = whole(sign_in(manager)).decode("utf-8-sig").replace("1800000000.00", "20亿元")
    applied(framed.programme, body, by=manager)

    row = Project.objects.get()
    assert (row.planned_investment, row.status) == (20 * YI, "framework")


def test_a_project_that_changed_meanwhile_stops_everything(programme, event, zone, manager, sign_in):
    applied(programme, f"{HEAD}\n{GOOD}\n", by=manager)
    row = imported(programme, f"{HEAD}\n{GOOD.replace('样例项目01', '另一个')}\n", by=manager)

    assert fresh(row).counts["changed"] == 1


def test_the_pages_of_an_import_show_what_would_change(programme, event, zone, manager, auditor, sign_in):
    row = imported(programme, f"{HEAD}\n{GOOD}\n", by=manager)

    page = sign_in(auditor).get(reverse("project_import", args=[row.pk]))
    assert page.status_code == 200
    assert "样例项目01" in page.content.decode()


def test_an_import_that_was_a_mistake_is_taken_back_whole(programme, event, zone, manager):
    row = applied(programme, f"{HEAD}\n{GOOD}\n", by=manager)

    uploads.take_back(row, by=manager, comment="The wrong file.")

    assert (Project.objects.count(), Partner.objects.count(), Sector.objects.count()) == (0, 0, 0)


def test_taking_back_leaves_a_project_as_it_was_before(project, manager, task, sign_in):
    other = signings.partner(project.programme, by=manager)
    edit_project(
        project, {}, by=manager, partners=[other], tasks=[task], plans={"started": datetime.date(2022, 5, 1)}
    )
    before = whole(sign_in(manager))
    body = before.decode("utf-8-sig").replace("1800000000.00", "20亿元").replace("样例装备有限公司", "新公司")
    body = body.replace(task.code, "").replace("2022-05-01", "2022-06-01")
    row = applied(project.programme, body, by=manager)
    assert whole(sign_in(manager)) != before

    uploads.take_back(row, by=manager, comment="The wrong file.")

    assert whole(sign_in(manager)) == before
    assert list(Partner.objects.all()) == [other]


def test_what_has_built_on_an_import_keeps_it(programme, event, zone, carrier, manager):
    row = applied(programme, f"{HEAD}\n{GOOD}\n", by=manager)
    signings.enter(Project.objects.get(), YI, by=carrier)

    with pytest.raises(WrongState, match="已被使用"):
        uploads.take_back(row, by=manager, comment="The wrong file.")


def test_a_project_that_passed_a_gate_keeps_its_import(programme, event, zone, carrier, manager):
    row = applied(programme, f"{HEAD}\n{GOOD}\n", by=manager)
    signings.propose(Project.objects.get(), by=carrier)

    with pytest.raises(WrongState, match="在导入之后改过"):
        uploads.take_back(row, by=manager, comment="The wrong file.")
