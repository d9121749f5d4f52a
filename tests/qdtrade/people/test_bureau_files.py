"""Bureaus by file: what it would do, what it does, and that what was exported changes nothing."""

import datetime

import pytest

from qdtrade.accounts.actions import edit_bureau
from qdtrade.accounts.models import Bureau
from qdtrade.audit.models import Event
from qdtrade.audit.verify import verify
from tests import factories
from tests.qdtrade.people.files import BUREAU, apply, exported, fresh, read, refusals, table, written


def test_bureaus_are_made_those_above_first(programme, region, keeper):
    rows = [
        ["scjg-jc", "市场监管局检查处", "检查处", "", "青岛市市场监管局", "3"],
        ["scjg", "青岛市市场监管局", "", "单位", "", "2", "市场局、工商局"],
    ]
    row = read(keeper, "bureaus", table(BUREAU, *rows))
    assert (row.counts["new"], Bureau.objects.filter(region=region).count()) == (2, 0)

    apply(keeper, "bureaus", row)

    below = Bureau.objects.get(code="scjg-jc")
    assert (below.parent.code, below.parent.parent, below.position) == ("scjg", region, 3)
    assert set(below.parent.aliases.values_list("name", flat=True)) == {"市场局", "工商局"}
    assert below.path.startswith(below.parent.path)


def test_a_known_code_is_brought_up_to_date_and_recorded(programme, market, keeper):
    written(keeper, "bureaus", table(BUREAU[:3], ["scjg", market.name, "市监局"]))

    market.refresh_from_db()
    assert market.short_name == "市监局"
    event = Event.objects.get(kind="bureau", object_id=market.pk, action="edit")
    assert (event.actor_name, event.door, event.role) == ("admin", "page", "admin")
    assert Event.objects.filter(action="upload_bureaus").count() == 1
    assert all(verdict.fault is None for verdict in verify(None))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_was_exported_changes_nothing(programme, market, commerce, office, keeper, admin, form):
    edit_bureau(market, {"position": 7}, by=admin, aliases=["市场局", "=1+1"])

    row = read(keeper, "bureaus", exported(keeper, "bureaus", form))

    assert (row.counts["unchanged"], row.counts["all"], row.counts["refused"]) == (3, 3, 0)


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        (["", "市新局"], ("编码", "")),
        (["2-07", "市新局", "", "乐园"], ("类型", "乐园")),
        (["xj", "青岛市商务局"], ("名称", "青岛市商务局")),
        (["xj", "市新局", "", "", "市无名局"], ("上级单位", "市无名局")),
        (["xj", "市新局", "", "", "市新局"], ("上级单位", "市新局")),
        (["xj", "市新局", "", "", "", "第三"], ("排序", "第三")),
        (["xj", "市新局", "", "", "", "", "市商务局、青岛市商务局"], ("其他名称", "市商务局、青岛市商务局")),
    ],
)
def test_a_refusal_names_the_cell(programme, commerce, keeper, line, refused):
    row = read(keeper, "bureaus", table(BUREAU, line))

    assert refused in refusals(row)
    assert keeper.post(f"/bureaus/import/{row.pk}/apply/").status_code == 409
    assert refused[0] in keeper.get(f"/bureaus/import/{row.pk}/").content.decode()


def test_a_ring_of_two_is_refused(programme, keeper):
    row = read(
        keeper, "bureaus", table(BUREAU, ["a", "市甲局", "", "", "市乙局"], ["b", "市乙局", "", "", "市甲局"])
    )

    assert [heading for heading, _found in refusals(row)] == ["上级单位", "上级单位"]


def test_a_bureau_merged_by_file_gives_its_name_away(programme, market, commerce, keeper):
    lines = [["sww", commerce.name, "", "", "", "", "", market.name, "2021-09-01"]]

    written(keeper, "bureaus", table(BUREAU, *lines))

    commerce.refresh_from_db()
    assert (commerce.merged_into, commerce.merged_on) == (market, datetime.date(2021, 9, 1))
    assert market.aliases.filter(name=commerce.name).exists()
    again = read(keeper, "bureaus", exported(keeper, "bureaus"))
    assert (again.counts["unchanged"], again.counts["refused"]) == (2, 0)


def test_a_bureau_that_changed_meanwhile_is_shown_anew(programme, market, keeper, admin):
    row = read(keeper, "bureaus", table(BUREAU[:3], ["scjg", market.name, "市监局"]))
    edit_bureau(market, {"short_name": "市场局"}, by=admin)

    row = apply(keeper, "bureaus", row)

    assert row.status == "read"
    market.refresh_from_db()
    assert market.short_name == "市场局"


@pytest.mark.parametrize("who", ["manager", "auditor", "staff", "head"])
def test_only_an_administrator_imports_and_exports(programme, sign_in, request, who):
    client = sign_in(request.getfixturevalue(who))

    assert client.get("/bureaus/import/").status_code == 403
    assert client.post("/bureaus/import/", {"file": table(BUREAU, ["a", "市甲局"])}).status_code == 403
    assert client.get("/bureaus/export/").status_code == 403


def test_the_servers_administrator_does_it_for_a_programme_that_has_nobody_yet(
    programme, region, root, sign_in
):
    written(sign_in(root), "bureaus", table(BUREAU, ["scjg", "青岛市市场监管局"]))

    assert Bureau.objects.get(code="scjg").parent == region


def test_an_administrator_of_another_region_sees_no_such_import(programme, keeper, service, sign_in):
    row = read(keeper, "bureaus", table(BUREAU, ["a", "市甲局"]))
    elsewhere = factories.programme(factories.bureau("jinan", "济南市"), code="jn-2020")
    other = factories.member("other", elsewhere, "admin")

    assert sign_in(other).get(f"/bureaus/import/{row.pk}/").status_code == 404
    assert keeper.get(f"/tasks/import/{row.pk}/").status_code == 404
    assert fresh(row).status == "read"
