"""A bureau becomes a part of another one: its history stays its own, its names mean the other."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.audit.models import Event
from qdtrade.audit.verify import verify
from qdtrade.imports.reading.directory import Directory
from qdtrade.workflow import perform
from tasks import workflow
from tests import factories
from tests.conftest import NOW


def merge(client, bureau, into, **fields):
    given = {"into": getattr(into, "pk", into), "merged_on": "2021-09-24", "comment": "机构改革", **fields}
    return client.post(f"/bureaus/{bureau.pk}/merging/", given)


def test_its_names_mean_the_other_one_and_it_keeps_its_tasks(task, market, commerce, region, keeper):
    answer = merge(keeper, market, commerce)

    assert answer.status_code == 302, answer.content.decode()
    market.refresh_from_db()
    assert (market.merged_into, market.merged_on) == (commerce, datetime.date(2021, 9, 24))
    assert Directory(region).find("青岛市市场监督管理局") == commerce
    task.refresh_from_db()
    assert task.lead == market
    assert str(task) in keeper.get(f"/bureaus/{market.pk}/merging/").content.decode()
    event = Event.objects.get(kind="bureau", object_id=market.pk, action="merge")
    assert (event.comment, event.actor_name, event.role) == ("机构改革", "admin", "admin")
    assert all(verdict.fault is None for verdict in verify(None))


def test_before_the_day_its_names_still_mean_itself(market, commerce, region, keeper, programme):
    merge(keeper, market, commerce, merged_on="2021-10-01")

    assert Directory(region).find("市市场监管局") == market
    with clock.at(NOW + datetime.timedelta(days=7)):
        assert Directory(region).find("市市场监管局") == commerce


def test_the_ticked_people_go_along(staff, head, market, commerce, keeper):
    merge(keeper, market, commerce, people=[staff.memberships.get().pk])

    old, new = staff.memberships.order_by("starts_on", "pk")
    assert (old.bureau, old.ends_on) == (market, datetime.date(2021, 9, 23))
    assert (new.bureau, new.role, new.starts_on) == (commerce, "staff", datetime.date(2021, 9, 24))
    assert head.memberships.get().bureau == market


def test_what_stood_below_stands_below_the_other(market, commerce, keeper, programme):
    below = factories.bureau("scjg-jc", "检查处", parent=market)

    merge(keeper, market, commerce)

    below.refresh_from_db()
    assert (below.parent, below.path) == (commerce, f"{commerce.path}{below.pk}/")


def test_nothing_new_is_given_to_it(task, field, market, commerce, keeper, manager, sign_in):
    merge(keeper, market, commerce)

    page = sign_in(manager).get("/admin/tasks/task/add/").content.decode()

    assert f'<option value="{commerce.pk}"' in page
    assert f'<option value="{market.pk}"' not in page
    market.refresh_from_db()
    with pytest.raises(ValidationError, match="市商务局"):
        factories.task(field, market, by=manager, code="9-99")


@pytest.mark.parametrize("fields", [{"comment": ""}, {"merged_on": ""}])
def test_what_is_missing_is_named_and_nothing_happens(market, commerce, keeper, programme, fields):
    assert merge(keeper, market, commerce, **fields).status_code == 400
    market.refresh_from_db()
    assert market.merged_into is None


def test_a_bureau_goes_neither_into_one_below_it_nor_into_itself(market, commerce, keeper, programme):
    below = factories.bureau("scjg-jc", "检查处", parent=market)

    assert merge(keeper, market, below).status_code == 400
    assert merge(keeper, market, market).status_code == 400


def test_a_merger_that_was_a_mistake_is_taken_back(market, commerce, region, keeper, programme):
    merge(keeper, market, commerce)

    answer = keeper.post(f"/bureaus/{market.pk}/merging/undo/", {"comment": "写错了单位"})

    assert answer.status_code == 302
    market.refresh_from_db()
    assert market.merged_into is None
    assert Directory(region).find("市市场监管局") == market
    assert keeper.post(f"/bureaus/{market.pk}/merging/undo/", {"comment": "x"}).status_code == 409


@pytest.mark.parametrize("who", ["manager", "auditor", "staff"])
def test_only_an_administrator_merges(market, commerce, programme, sign_in, request, who):
    assert merge(sign_in(request.getfixturevalue(who)), market, commerce).status_code == 403


def test_an_administrator_of_another_region_is_not_told_of_it(market, commerce, service, sign_in):
    elsewhere = factories.programme(factories.bureau("jinan", "济南市"), code="jn-2020")

    assert merge(sign_in(factories.member("other", elsewhere, "admin")), market, commerce).status_code == 404
    assert not Bureau.objects.filter(merged_into__isnull=False).exists()


def test_a_reviewer_hands_its_tasks_over_from_the_same_page(task, market, commerce, keeper, manager, sign_in):
    merge(keeper, market, commerce)
    client = sign_in(manager)
    assert "移交给市商务局" in client.get(f"/bureaus/{market.pk}/merging/").content.decode()

    answer = client.post(f"/bureaus/{market.pk}/merging/led/", {"row": task.pk, "comment": "机构改革"})

    assert answer.status_code == 302
    task.refresh_from_db()
    assert task.lead == commerce
    event = Event.objects.get(kind="task", object_id=task.pk, action="hand_over")
    assert (event.actor_name, event.role, event.comment) == ("manager", "manager", "机构改革")


def test_what_the_rules_refuse_is_said_and_stays(task, market, commerce, keeper):
    merge(keeper, market, commerce)

    page = keeper.post(
        f"/bureaus/{market.pk}/merging/led/", {"row": task.pk, "comment": "机构改革"}, follow=True
    ).content.decode()

    assert str(task) in page
    assert "没有移交任何事项" in page
    task.refresh_from_db()
    assert task.lead == market


def test_tasks_are_handed_over_with_a_reason_alone(task, market, commerce, keeper, manager, sign_in):
    merge(keeper, market, commerce)

    answer = sign_in(manager).post(f"/bureaus/{market.pk}/merging/led/", {"row": task.pk, "comment": " "})

    assert answer.status_code == 400


def test_no_task_is_handed_over_to_a_bureau_that_was_merged(task, market, commerce, keeper, manager):
    merge(keeper, commerce, market)
    commerce.refresh_from_db()

    with pytest.raises(ValidationError, match="市商务局"):
        perform(workflow.HAND_OVER, task, by=manager, comment="机构改革", bureau=commerce)
