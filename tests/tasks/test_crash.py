"""A crash between any two steps of an act leaves the whole act or none of it."""

import pytest
from django.apps import apps

import qdtrade.workflow
from qdtrade.audit import trail
from qdtrade.audit.models import Chain, Event, RecordedObject
from qdtrade.programmes import workflow as periods
from qdtrade.workflow import perform
from tasks import workflow
from tasks.actions import register
from tasks.models import Report, ReportFile, Task
from tests import factories


class PowerCut(Exception):
    """Nobody's fault, and no refusal."""


STEPS = [
    (qdtrade.workflow, "_locked"),
    (qdtrade.workflow, "_check"),
    (qdtrade.workflow, "_write"),
    (trail, "apply"),
    (trail, "record"),
    (qdtrade.workflow, "tell"),
    (trail, "_chain"),
    (trail, "_append"),
    (Event.objects, "bulk_create"),
    (RecordedObject.objects, "bulk_create"),
    (Chain, "save"),
]
steps = pytest.mark.parametrize(
    "step", STEPS, ids=lambda step: f"{getattr(step[0], '__name__', 'rows')}.{step[1]}"
)


def everything():
    """Every row of every table."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
    }  # fmt: skip


@pytest.fixture
def power_cut(monkeypatch):
    """Cuts the power before or after the n-th call of a step."""

    def cut(step, call=1, *, after=False):
        owner, name = step
        real, calls = getattr(owner, name), []

        def cut_off(*args, **kwargs):
            calls.append(name)
            if len(calls) == call and not after:
                raise PowerCut
            result = real(*args, **kwargs)
            if len(calls) == call:
                raise PowerCut
            return result

        monkeypatch.setattr(owner, name, cut_off)

    return cut


def leaves_nothing(act):
    before = everything()

    with pytest.raises(PowerCut):
        act()

    assert everything() == before


@steps
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_submitting(report, staff, power_cut, step, after):
    power_cut(step, after=after)

    leaves_nothing(lambda: factories.submit(report, by=staff))


@pytest.mark.parametrize("call", [1, 2, 3])
@pytest.mark.parametrize("step", [(trail, "apply"), (trail, "record")], ids=["apply", "record"])
def test_approving_between_its_rows(submitted, manager, power_cut, step, call):
    power_cut(step, call)

    leaves_nothing(lambda: factories.approve(submitted, by=manager))


@steps
def test_approving(submitted, manager, power_cut, step):
    power_cut(step, after=True)

    leaves_nothing(lambda: factories.approve(submitted, by=manager))


@pytest.mark.parametrize("model", [Event, Report], ids=lambda model: model.__name__)
def test_opening_a_period_between_its_bulk_inserts(programme, task, manager, power_cut, model):
    planned = factories.planned_period(programme, by=manager)
    power_cut((model._default_manager, "bulk_create"), after=True)

    leaves_nothing(lambda: perform(periods.OPEN_PERIOD, planned, by=manager, comment="By hand."))


@pytest.mark.parametrize("call", [1, 2, 3, 4])
def test_registering_a_task_between_its_rows(field, market, manager, power_cut, call):
    power_cut((trail, "create"), call, after=True)

    leaves_nothing(lambda: factories.task(field, market, by=manager))


def test_changing_a_task(task, manager, power_cut):
    power_cut((trail, "_chain"))

    leaves_nothing(lambda: register.edit_task(task, {"title": "Another"}, by=manager))


def test_accepting_between_its_milestones(field, market, manager, staff, power_cut):
    waiting = factories.task(field, market, by=manager)
    power_cut((trail, "apply"), 2)

    leaves_nothing(lambda: perform(workflow.ACCEPT, Task.objects.get(pk=waiting.pk), by=staff))


def test_a_file_whose_link_failed_is_no_evidence(report, staff, power_cut):
    power_cut((trail, "_chain"))

    with pytest.raises(PowerCut):
        factories.attach(report, by=staff)

    assert not ReportFile.objects.exists()


def test_after_a_crash_the_next_act_starts_clean(report, staff, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(trail, "_chain", lambda entries: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            factories.submit(report, by=staff)

    assert factories.submit(report, by=staff).current.number == 1


def test_a_part_that_failed_takes_the_whole_act_with_it(task, manager):
    before = everything()

    with pytest.raises(RuntimeError), trail.unit():
        register.edit_task(task, {"title": "First"}, by=manager)
        try:
            with trail.unit():
                register.edit_task(task, {"title": "Second"}, by=manager)
                raise PowerCut
        except PowerCut:
            pass

    assert everything() == before
