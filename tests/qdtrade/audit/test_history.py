"""Events in words."""

import json

import pytest
from django.utils import translation

from qdtrade.audit import history
from qdtrade.audit.models import Event
from qdtrade.audit.words import VERBS
from qdtrade.programmes import workflow as periods
from tasks import workflow
from tasks.actions import register

MOVES = [*workflow.TASK_MOVES, *workflow.REPORT_MOVES, *periods.MOVES]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def acts_of(task):
    return history.acts(Event.objects.filter(root_kind="task", root_id=task.pk).order_by("-seq"))


def test_a_return_says_who_did_it_in_which_capacity_and_why(returned, task):
    line = acts_of(task)[0]

    assert (line.verb, line.who, line.role, line.bureau) == ("Returned", "manager", "reviewer", "试点办")
    assert (line.reason, line.door) == ("Which firms?", "command")


def test_a_move_says_from_which_state_to_which(returned, task):
    change = acts_of(task)[0].changes[0]

    assert (change.label, change.old, change.new) == ("state", "submitted", "returned")


def test_the_events_of_one_act_are_one_line(approved, task):
    line = acts_of(task)[0]

    assert line.event.kind == "report"
    assert ("progress", "0", "40") in [(change.label, change.old, change.new) for change in line.changes]


def test_an_edit_names_other_objects_by_their_names(task, programme, manager):
    other = register.create_field(programme, by=manager, number=2, name="提升便利水平")

    register.edit_task(task, {"field": other}, by=manager)

    change = acts_of(task)[0].changes[0]
    assert (change.label, change.old, change.new) == ("field", "扩大对外开放", "提升便利水平")


def test_a_list_of_people_names_them(staff, head):
    recorded = {"hands": ["[]", json.dumps([staff.pk, head.pk])]}

    [[change]] = history.changes_of([("reportversion", recorded)])

    assert (change.old, change.new) == ("", "staff, head")


def test_a_submission_says_what_it_claims(submitted, task):
    words = [change.new for change in acts_of(task)[0].changes]

    assert "progress 40 %" in words


def test_the_same_line_reads_in_chinese(returned, task):
    with translation.override("zh-hans"):
        line = acts_of(task)[0]

    assert (line.verb, line.changes[0].new) == ("退回", "已退回")


def test_the_opened_event_tells_what_the_sentence_leaves_out(returned):
    event = Event.objects.filter(kind="report", action="return").get()

    labels = {change.label for change in history.opened(event)}

    assert {"state", "to be resubmitted by", "to be reviewed by"} <= labels


@pytest.mark.parametrize("name", MOVES)
def test_every_move_has_its_word(name):
    assert name in VERBS


def test_names_cost_one_query_per_kind(approved, task, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        acts_of(task)


def test_an_edit_always_says_what_changed(task, manager):
    register.edit_task(task, {"position": 7}, by=manager)

    change = acts_of(task)[0].changes[0]
    assert (change.label, change.new) == ("place in the list", "7")


def test_other_columns_read_as_pairs_in_a_history():
    kept = json.dumps([["文号", "7号"], ["备注", ""]])
    event = Event(kind="task", action="edit", changes=json.dumps({"extra": ["[]", kept]}))

    assert history.opened(event)[0].new == "文号: 7号"
