"""A look at the past reads the records through shadows of the tables, and leaves nothing behind."""

import pytest
from django.db import connection

from projects.actions.register import edit_project
from qdtrade import clock
from qdtrade.accounts import actions as accounts
from qdtrade.accounts.models import Bureau
from qdtrade.audit import rows, trail, verify
from qdtrade.audit.models import Chain, Event
from qdtrade.audit.past import Past, at
from qdtrade.lights.actions import override
from qdtrade.past.moments import read
from qdtrade.past.tables import OF_TODAY, shadows
from qdtrade.programmes.actions import reminding
from qdtrade.programmes.models import Programme
from tasks.actions.register import edit_task
from tasks.models import SignOff, Task
from tests import breakings, doors, factories, indicating
from tests.qdtrade.past.days import LATER, THEN

pytestmark = pytest.mark.django_db
globals().update(doors.FIXTURES)


def look(text=THEN, viewer=None, **kwargs):
    """Every programme's records, whoever looks."""
    return Past(read(text).moment, shadows(), lambda _look: programmes(), viewer=viewer, **kwargs)


def programmes():
    return Chain.objects.values_list("scope", flat=True)


def left_over():
    """What hides a table on this connection."""
    asked = {
        "sqlite": "SELECT name FROM sqlite_temp_master WHERE type IN ('table', 'view')",
        "postgresql": "SELECT relname FROM pg_class WHERE relnamespace = pg_my_temp_schema() AND relkind IN ('r', 'v')",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        return cursor.fetchall()


def contents(model):
    return list(model._base_manager.order_by("pk").values(*columns(model)))


def columns(model):
    """All of them but an unrecorded counter of versions, for which the past has the number of the record."""
    recorded = getattr(model, "recorded", ())
    return [
        one.attname for one in model._meta.concrete_fields if one.name != "version" or one.name in recorded
    ]


@pytest.fixture
def house(
    kept_file,
    signed,
    filing,
    proof,
    gate_proof,
    paid_in,
    update,
    programme,
    market,
    task,
    partner,
    manager,
    staff,
):
    """A row of every model that has a shadow, but of signatures and restatements, which come after more."""
    factories.working_day("2021-10-08", is_working=True)
    accounts.add_alias(market, "市监局", by=accounts.service_user())
    reminding.note_text(programme, market, by=manager)
    edit_project(gate_proof.gate.project, {}, by=manager, tasks=[task], partners=[partner])
    row = breakings.prove(breakings.flag(task, by=manager), by=staff)
    breakings.recognise(breakings.claim(row, by=staff), by=manager)
    breakings.promote(row, by=manager)
    breakings.target(programme, by=manager)
    measure = indicating.indicator(programme, market, by=manager)
    indicating.target(measure, by=manager)
    indicating.reading(measure, by=staff)
    for lit in (task, gate_proof.gate.project):
        override(lit, "yellow", by=manager, reason="The site is ready; the paper follows.")


def test_what_the_shadows_hold_now_is_what_their_tables_hold(house):
    models = [one.model for one in shadows().values() if one.kind]
    tables = {model._meta.label: contents(model) for model in models}

    with at(look(by_states=True)):
        from_states = {model._meta.label: contents(model) for model in models}
    with at(look()):
        shadowed = {model._meta.label: contents(model) for model in models}

    assert from_states == tables
    assert shadowed == tables
    assert {label for label, rows in tables.items() if not rows} == {
        "programmes.Restatement",
        "tasks.SignOff",
    }


def test_a_signature_is_kept_with_what_was_signed(laid):
    signed = contents(SignOff)

    with at(look(by_states=True)):
        assert contents(SignOff) == signed


def test_every_recorded_model_is_shadowed_or_has_a_reason():
    labels = {model._meta.label for model in rows.recorded_models().values()}

    assert labels == {one.model._meta.label for one in shadows().values() if one.kind} | OF_TODAY.keys()


def test_a_row_reads_as_it_was_and_a_later_one_is_not_there(task, field, market, manager):
    title = task.title
    with clock.at(LATER):
        edit_task(task, {"title": "改过的名称"}, by=manager)
        factories.task(field, market, by=manager)

        with at(look()):
            then = Task.objects.get()

    assert (then.title, then.initials) == (title, "task" + title.removeprefix("Task "))


def test_nothing_is_left_when_a_look_ends_however_it_ends(task):
    with pytest.raises(ZeroDivisionError), at(look()):
        assert Task.objects.count() == 1
        assert left_over()
        raise ZeroDivisionError

    assert not left_over()
    assert Task.objects.first().pk == task.pk


def test_an_act_asked_for_in_the_past_happens_now(task, manager):
    with clock.at(LATER):
        with at(look(viewer=manager)):
            assert Task.objects.get().title == task.title
            with trail.unit():
                trail.change(task, {"title": "改过的名称"}, by=manager)
            assert Task.objects.get().title == task.title
            assert clock.today().isoformat() == THEN

        assert Task.objects.get().title == "改过的名称"
        assert Event.objects.order_by("-seq").filter(kind="task").first().at == LATER


def test_nothing_can_be_written_into_the_past(task):
    with at(look()), pytest.raises(RuntimeError, match="tasks_task"):
        Task.objects.update(title="")


def test_the_records_end_at_the_moment(task, manager):
    before = Event.objects.count()
    with clock.at(LATER):
        edit_task(task, {"title": "改过的名称"}, by=manager)

        with at(look()):
            assert Event.objects.count() == before


def test_a_field_that_came_later_reads_as_rows_of_old_began(region, service, monkeypatch):
    unset = dict.fromkeys(("verify_days", "extension_days", "stalled_days", "behind_points"))
    fields = set(Programme.recorded) - unset.keys() - Programme.began_as.keys()
    monkeypatch.setattr(Programme, "recorded", tuple(fields))
    old = factories.programme(region, remind_before=[], remind_after=[], project_period_kind="", **unset)
    monkeypatch.undo()
    kept = contents(Programme)

    with at(look(by_states=True)):
        assert contents(Programme) == kept

    assert list(rows.differences(Chain.objects.get(scope=0))) == []
    with trail.unit():
        trail.change(old, {"report_kind": "half"}, by=service)
    assert [verdict.fault for verdict in verify.verify()] == [None, None]


def test_a_bureau_stands_where_it_stood(region, market, root):
    with clock.at(LATER):
        above = factories.bureau("zfb", "政府办公厅", "政府办", parent=region)
        accounts.edit_bureau(market, {"parent": above}, by=root)

        with at(look()):
            assert Bureau.objects.get(pk=market.pk).path == market.path
        assert Bureau.objects.get(pk=market.pk).path != market.path
