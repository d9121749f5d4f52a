"""People and their roles by file: a row is one role of one person."""

import datetime

import pytest

from qdtrade.accounts.actions import merge_bureau
from qdtrade.accounts.models import User
from qdtrade.audit.models import Event
from qdtrade.audit.verify import verify
from qdtrade.programmes.actions import add_member
from tests import factories
from tests.qdtrade.people.files import PERSON, exported, read, refusals, table, written

NEW = ["li.na", "李娜", "li.na@example.org", "13800000000", "市市场监管局", "填报人"]


def test_a_new_person_gets_an_account_and_every_role_of_their_rows(programme, market, commerce, keeper):
    written(
        keeper, "people", table(PERSON, NEW, ["li.na", "", "", "", "市商务局", "单位负责人", "2021-10-01"])
    )

    person = User.objects.get(username="li.na")
    assert (person.name, person.phone, person.has_usable_password()) == ("李娜", "13800000000", False)
    assert set(person.memberships.values_list("role", "bureau__code", "starts_on")) == {
        ("staff", "scjg", datetime.date(2021, 9, 24)),
        ("head", "sww", datetime.date(2021, 10, 1)),
    }


def test_no_record_holds_how_to_reach_a_person(programme, market, keeper):
    written(keeper, "people", table(PERSON, NEW))
    written(keeper, "people", table(PERSON, [*NEW[:3], "13911111111", *NEW[4:]]))

    kept = "".join(Event.objects.values_list("line", flat=True))
    assert "李娜" in kept
    assert not any(secret in kept for secret in ("13800000000", "13911111111", "li.na@example.org"))
    assert all(verdict.fault is None for verdict in verify(None))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_was_exported_changes_nothing(programme, staff, head, manager, auditor, admin, keeper, form):
    row = read(keeper, "people", exported(keeper, "people", form))

    assert (row.counts["unchanged"], row.counts["all"], row.counts["refused"]) == (5, 5, 0)


def test_a_role_ends_by_file_and_is_not_prolonged_by_one(programme, staff, keeper):
    line = [staff.username, "", "", "", "市市场监管局", "填报人", ""]
    written(keeper, "people", table(PERSON, [*line, "2021-09-30"]))
    assert staff.memberships.get().ends_on == datetime.date(2021, 9, 30)

    row = read(keeper, "people", table(PERSON, [*line, "2021-12-31"]))

    assert refusals(row) == [("止", "2021-12-31")]


def test_a_file_without_a_column_leaves_the_field_as_it_is(programme, market, keeper):
    written(keeper, "people", table(PERSON, NEW))

    row = read(
        keeper,
        "people",
        table(["账号", "姓名", "单位", "角色"], ["li.na", "李娜娜", "市市场监管局", "填报人"]),
    )

    assert (row.counts["changed"], row.counts["places"]) == (1, 1)


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        (["李 娜", "李娜", "", "", "市市场监管局", "填报人"], ("账号", "李 娜")),
        (["li", "", "", "", "市市场监管局", "填报人"], ("姓名", "")),
        (["li", "李娜", "无此邮箱", "", "市市场监管局", "填报人"], ("邮箱", "无此邮箱")),
        (["li", "李娜", "", "", "市市场局", "填报人"], ("单位", "市市场局")),
        (["li", "李娜", "", "", "", "填报人"], ("单位", "")),
        (["li", "李娜", "", "", "市市场监管局", "timer"], ("角色", "timer")),
        (["li", "李娜", "", "", "市市场监管局", "填报人", "2021-10-01", "2021-09-01"], ("止", "2021-09-01")),
        (["admin", "", "", "", "市市场监管局", "审核人"], ("账号", "admin")),
        (["staff", "", "", "", "市市场监管局", "填报人", "2021-09-20"], ("起", "2021-09-20")),
        (["auditor", "", "", "", "市市场监管局", "审核人"], ("角色", "审核人")),
        (["service", "", "", "", "市市场监管局", "填报人"], ("账号", "service")),
        (["far", "", "", "", "市市场监管局", "填报人"], ("账号", "far")),
    ],
)
def test_a_refusal_names_the_cell(programme, staff, auditor, admin, keeper, line, refused):
    far = factories.programme(factories.bureau("jinan", "济南市"), code="jn-2020")
    factories.member("far", far, "auditor")

    row = read(keeper, "people", table(PERSON, line))

    assert refused in refusals(row)
    assert keeper.post(f"/people/import/{row.pk}/apply/").status_code == 409


def test_whoever_also_works_elsewhere_is_neither_renamed_nor_shown_with_their_telephone(
    programme, staff, keeper, service
):
    User.objects.filter(pk=staff.pk).update(phone="13800000000")
    far = factories.programme(factories.bureau("jinan", "济南市"), code="jn-2020")
    add_member(far, staff, by=service, role="auditor")

    file = exported(keeper, "people")
    assert b"13800000000" not in file.read()
    file.seek(0)

    assert read(keeper, "people", file).counts["unchanged"] == 2
    row = read(keeper, "people", table(PERSON, [staff.username, "别名", "", "", "市市场监管局", "填报人"]))
    assert refusals(row) == [("姓名", "别名")]


def test_nobody_gets_a_role_in_a_bureau_that_was_merged(programme, market, commerce, keeper, admin):
    merge_bureau(commerce, market, by=admin, merged_on=datetime.date(2021, 9, 1), comment="机构改革")

    written(keeper, "people", table(PERSON, [*NEW[:4], "市商务局", "填报人"]))

    assert User.objects.get(username="li.na").memberships.get().bureau == market


@pytest.mark.parametrize("who", ["manager", "auditor", "staff", "head"])
def test_only_an_administrator_imports_and_exports(programme, sign_in, request, who):
    client = sign_in(request.getfixturevalue(who))

    assert client.get("/people/import/").status_code == 403
    assert client.post("/people/import/", {"file": table(PERSON, NEW)}).status_code == 403
    assert client.get("/people/export/").status_code == 403


def test_the_servers_administrator_brings_in_the_first_administrator(programme, root, sign_in):
    written(sign_in(root), "people", table(PERSON, ["wang", "王强", "", "", "", "系统管理员"]))

    assert User.objects.get(username="wang").memberships.get().role == "admin"
