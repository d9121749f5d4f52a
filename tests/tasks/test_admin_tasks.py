"""Fields, tasks and milestones by the administration's forms: the same actions, the same events, no lost work."""

import datetime

import pytest
from django.utils import translation

from qdtrade.audit.models import Event
from tasks.actions import register
from tasks.models import Field, Task
from tests import factories
from tests.administration import act, english, seen, sent_rows, url

PLAIN = {
    "title": "A task", "standard": "Ten firms served.", "starts_on": "2021-01-01", "due_on": "2022-03-31",
    "position": "3",
}  # fmt: skip


@pytest.fixture
def client(admin, sign_in):
    return english(sign_in(admin))


@pytest.fixture
def waiting(field, market, manager):
    """A task that its bureau has not accepted."""
    return factories.task(field, market, by=manager)


def sent(task, *rows, **changed):
    """The form of a task as it was opened, with what a person changed."""
    first = {name: getattr(task, name) for name in PLAIN}
    return {**first, "field": task.field_id, "seen": task.version, **changed} | sent_rows("milestones", *rows)


def there(milestone, **changed):
    row = {"pk": milestone.pk, "seen": seen(milestone, "title", "plan_on")}
    return row | {"title": milestone.title, "plan_on": milestone.plan_on} | changed


def test_a_task_is_registered_with_its_milestones(client, field, market, commerce):
    rows = sent_rows(
        "milestones", {"title": "Plan made", "plan_on": "2021-06-30"}, {"title": "", "plan_on": ""}
    )
    data = PLAIN | {"code": "1-07", "field": field.pk, "lead": market.pk, "supporting": [commerce.pk]}

    client.post(url("tasks_task", "add"), data | rows)

    task = Task.objects.get(code="1-07")
    assert [(one.number, one.title) for one in task.milestones.all()] == [(1, "Plan made")]
    assert {(link.bureau_id, link.part) for link in task.links.all()} == {
        (market.pk, "lead"),
        (commerce.pk, "support"),
    }
    assert set(Event.objects.filter(root_kind="task").values_list("action", "door", "role")) == {
        ("register", "admin", "admin")
    }


@pytest.mark.parametrize("missing", ["lead", "standard", "due_on", "milestones"])
def test_a_task_needs_lead_standard_due_date_and_a_milestone(client, field, market, missing):
    rows = sent_rows(
        "milestones", *([] if missing == "milestones" else [{"title": "Plan", "plan_on": "2021-06-30"}])
    )
    data = PLAIN | {"code": "1-07", "field": field.pk, "lead": market.pk}
    data.pop(missing, None)

    answer = client.post(url("tasks_task", "add"), data | rows)

    assert answer.status_code == 400
    assert answer.context["form"].errors
    assert not Task.objects.exists()


def test_an_edit_leaves_the_event_that_the_api_leaves(client, task):
    answer = client.post(url("tasks_task", "change", task.pk), sent(task, title="A better title"))
    event = Event.objects.get(action="edit", kind="task")

    assert answer.status_code == 302
    assert event.changes == '{"title":["Task 1","A better title"]}'.replace("Task 1", task.title)
    assert (event.door, event.role) == ("admin", "admin")


@pytest.mark.parametrize(
    "name", ["status", "progress", "code", "lead", "accepted_by", "programme", "is_sample"]
)
def test_what_no_form_shows_cannot_be_posted(client, task, name):
    before = {one: getattr(task, one) for one in ("status", "progress", "code", "lead_id", "programme_id")}

    client.post(url("tasks_task", "change", task.pk), sent(task, **{name: "done"}))

    now = Task.objects.get(pk=task.pk)
    assert {one: getattr(now, one) for one in before} == before


def test_a_task_that_changed_since_is_not_written_over(client, task, manager):
    data = sent(task, title="Mine")
    register.edit_task(task, {"title": "Theirs"}, by=manager)

    answer = client.post(url("tasks_task", "change", task.pk), data)
    page = answer.content.decode()

    assert answer.status_code == 412
    assert "changed after you opened it" in page
    assert "Task is now: Theirs" in page
    assert 'value="Mine"' in page
    assert Task.objects.get(pk=task.pk).title == "Theirs"


def test_after_a_conflict_the_next_press_writes(client, task, manager):
    data = sent(task, title="Mine")
    register.edit_task(task, {"title": "Theirs"}, by=manager)
    again = client.post(url("tasks_task", "change", task.pk), data).context["form"].data

    answer = client.post(url("tasks_task", "change", task.pk), again)

    assert answer.status_code == 302
    assert Task.objects.get(pk=task.pk).title == "Mine"


def test_a_refused_date_stands_beside_its_field(client, task):
    answer = client.post(url("tasks_task", "change", task.pk), sent(task, due_on="2019-01-01"))

    assert answer.status_code == 400
    with translation.override("en"):  # the errors are put into words when they are read
        assert answer.context["form"].errors == {"due_on": ["The due date must not be before the start."]}


def test_milestones_are_changed_added_and_taken_out_before_acceptance(client, waiting):
    first, second = waiting.milestones.all()
    rows = [
        there(first, title="Plan agreed"),
        there(second, remove="on"),
        {"title": "Ten firms", "plan_on": "2022-01-31"},
    ]
    client.post(url("tasks_task", "change", waiting.pk), sent(waiting, *rows))

    assert [(one.number, one.title) for one in waiting.milestones.all()] == [
        (1, "Plan agreed"),
        (2, "Ten firms"),
    ]
    assert set(Event.objects.filter(kind="milestone").exclude(action="register").values_list("action", flat=True)) == {
        "edit", "delete", "create",
    }  # fmt: skip


def test_the_last_milestone_stays(client, waiting):
    rows = [there(one, remove="on") for one in waiting.milestones.all()]
    answer = client.post(url("tasks_task", "change", waiting.pk), sent(waiting, *rows, title="Changed too"))

    assert answer.status_code == 400
    assert waiting.milestones.count() == 2
    assert Task.objects.get(pk=waiting.pk).title == waiting.title


def test_what_a_bureau_accepted_is_not_taken_out(client, task):
    rows = [there(one, remove="on") for one in task.milestones.all()[:1]]
    answer = client.post(url("tasks_task", "change", task.pk), sent(task, *rows))

    assert answer.status_code == 409
    assert "has accepted the task with it" in answer.content.decode()
    assert task.milestones.count() == 2


@pytest.mark.parametrize(("comment", "code"), [("", 400), ("The fair moved.", 302)])
def test_an_accepted_date_changes_with_a_reason_and_its_baseline_stays(client, task, comment, code):
    first = task.milestones.get(number=1)
    rows = [there(first, plan_on="2021-12-31")]
    answer = client.post(url("tasks_task", "change", task.pk), sent(task, *rows, comment=comment))
    now = task.milestones.get(number=1)

    assert answer.status_code == code
    assert now.baseline_on == first.baseline_on == datetime.date(2020, 12, 31)
    assert (now.plan_on != first.plan_on) is (code == 302)


def test_a_milestone_of_another_task_cannot_be_smuggled_in(client, task, waiting):
    other = waiting.milestones.get(number=1)
    answer = client.post(url("tasks_task", "change", task.pk), sent(task, there(other, title="Stolen")))

    assert answer.status_code == 412
    assert waiting.milestones.get(number=1).title == other.title


def test_a_field_is_added_and_renamed(client, field, programme):
    client.post(url("tasks_field", "add"), {"number": "2", "name": "Second"})
    row = Field.objects.get(number=2)
    mark = seen(row, "number", "name")
    client.post(url("tasks_field", "change", row.pk), {"number": "2", "name": "Better", "seen": mark})

    assert Field.objects.get(number=2).name == "Better"


def test_two_people_who_rename_a_field_at_once_learn_of_each_other(client, field):
    mark = seen(field, "number", "name")
    data = {"number": field.number, "seen": mark}
    client.post(url("tasks_field", "change", field.pk), data | {"name": "First"})

    answer = client.post(url("tasks_field", "change", field.pk), data | {"name": "Second"})

    assert answer.status_code == 412
    assert "Name is now: First" in answer.content.decode()
    assert Field.objects.get(pk=field.pk).name == "First"


def test_an_auditor_reads_and_changes_nothing(auditor, task, sign_in):
    client = sign_in(auditor)

    assert client.get(url("tasks_task", "change", task.pk)).context["form"] is None
    assert client.get(url("tasks_task", "add")).status_code == 403
    assert client.post(url("tasks_task", "change", task.pk), sent(task, title="Mine")).status_code == 403


def test_a_task_is_accepted_by_nobody_from_the_office(client, waiting):
    answer = act(client, "tasks_task", "accept", [waiting])

    assert answer.context["result"]["count_refused"] == 1
    assert Task.objects.get(pk=waiting.pk).status == "registered"
