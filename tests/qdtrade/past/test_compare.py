"""Two days compared: what was added, changed and removed, by object and field."""

import csv
import io

import pytest
from django.urls import reverse

from qdtrade import clock
from qdtrade.audit import trail
from qdtrade.programmes.models import Export
from tasks.actions.register import edit_task
from tasks.models import TaskBureau
from tests import factories
from tests.qdtrade.past.days import LATER, THEN

pytestmark = pytest.mark.django_db
NEW = "改过的名称"


@pytest.fixture
def supported(field, market, commerce, manager, task):
    return factories.task(field, market, by=manager, supporting=(commerce,), title="有配合单位的任务")


@pytest.fixture
def changed(supported, task, field, market, commerce, manager, auditor, staff):
    """One task renamed, a bureau taken off another, a third one new; one that came and went."""
    with clock.at(LATER):
        edit_task(task, {"title": NEW}, by=manager)
        link = TaskBureau.objects.get(task=supported, bureau=commerce)
        with trail.unit():
            trail.delete(link, by=manager)
            trail.delete(
                trail.create(TaskBureau(task=task, bureau=commerce, part="support"), by=manager), by=manager
            )
        factories.task(field, market, by=manager, title="新任务")
        yield task


@pytest.fixture
def compare(changed, in_english, auditor):
    client = in_english(auditor)

    def get(**asked):
        return client.get(reverse("records_compare"), {"from": THEN, "to": "2021-09-26"} | asked)

    return get


def told(answer):
    return {(one.became, one.row.kind, one.row.label): one.changes for one, *_links in answer.context["rows"]}


def test_each_object_says_what_became_of_it_and_each_field_from_what_to_what(compare, changed, supported):
    found = told(compare())

    names = {(became, kind) for became, kind, _label in found}
    assert {
        ("changed", "task"),
        ("removed", "taskbureau"),
        ("added", "task"),
        ("added", "milestone"),
    } <= names
    [renamed] = [
        changes for (became, kind, _label), changes in found.items() if (became, kind) == ("changed", "task")
    ]
    assert [(change.label, change.old, change.new) for change in renamed] == [
        ("task measure", "Task 1", NEW)
    ] or ([change.new for change in renamed] == [NEW])
    assert sum(became == "removed" for became, _kind, _label in found) == 1


def test_the_counts_above_are_filters(compare):
    counts = {cell["label"]: cell["count"] for cell in compare().context["counts"]}

    assert len(compare(what="removed").context["rows"]) == counts["removed"] == 1
    assert len(compare(kind="task", what="changed").context["rows"]) == 1
    assert {one.row.label for one, *_links in compare(q="新任务").context["rows"]} > set()


def test_the_same_day_twice_differs_in_nothing(compare):
    assert "Nothing differs" in compare(to=THEN).content.decode()


def test_the_later_day_may_be_named_first(compare):
    assert told(compare()).keys() == told(compare(**{"from": "2021-09-26", "to": THEN})).keys()


def test_an_object_leads_to_itself_as_of_either_day(compare, changed):
    page = compare(kind="task", what="changed").content.decode()

    url = reverse("task", args=[changed.pk])
    assert f'href="{url}?as_of={THEN}"' in page
    assert f'href="{url}?as_of=2021-09-26"' in page


@pytest.mark.parametrize(
    "asked", [{"from": "soon"}, {"to": "2021-09-27"}, {"kind": "export"}, {"what": "lost"}]
)
def test_what_makes_no_sense_is_refused_by_name(asked, compare):
    assert compare(**asked).status_code == 400


def test_whoever_does_not_read_the_records_compares_nothing(changed, staff, stranger, sign_in):
    assert sign_in(staff).get(reverse("records_compare")).status_code == 403
    assert sign_in(stranger).get(reverse("records_compare")).status_code == 404


def test_a_file_has_a_line_for_each_field(changed, auditor, in_english):
    asked = {"from": THEN, "to": "2021-09-26", "kind": "task", "what": "changed"}

    answer = in_english(auditor).get(reverse("records_compare_export"), asked)

    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row[3:7] for row in rows[1:]] == [["changed", rows[1][4], changed.title, NEW]]
    assert Export.objects.get().filters == asked


def test_a_file_asks_for_names_once_for_each_kind_of_them(
    changed, auditor, sign_in, django_assert_max_num_queries
):
    """In every 500 objects; test_queries' 30 tasks are more than that many objects."""
    client = sign_in(auditor)

    with django_assert_max_num_queries(35):
        answer = client.get(reverse("records_compare_export"), {"from": THEN, "to": "2021-09-26"})
        assert len(b"".join(answer.streaming_content).splitlines()) > 20
