"""One command clears what is invented, and the records say what it held."""

import datetime

import pytest
from django.core.management import CommandError, call_command

from qdtrade.audit.models import Event
from qdtrade.audit.verify import verify
from qdtrade.programmes.models import Period
from tasks.models import Milestone, Report, ReportVersion, Task
from tests import factories


@pytest.fixture
def sample(field, market, manager, staff):
    return factories.accepted_task(field, market, by=manager, accepted_by=staff, code="9-01", is_sample=True)


@pytest.fixture
def reported_sample(sample, programme, manager, staff):
    period = factories.open_period(programme, by=manager)
    factories.submit(factories.report_of(sample, period), by=staff)
    factories.ask(sample, None, by=staff, to_on=datetime.date(2022, 6, 30))
    return sample


def test_samples_go_with_everything_reported_on_them(reported_sample):
    call_command("remove_samples")

    left = [model.objects.count() for model in (Task, Milestone, Report, ReportVersion, Period)]
    assert left == [0, 0, 0, 0, 0]


def test_each_removed_row_leaves_an_event_and_whole_records(reported_sample):
    call_command("remove_samples")

    removed = set(Event.objects.filter(action="remove_sample").values_list("kind", flat=True))
    assert removed == {
        "task",
        "taskbureau",
        "milestone",
        "expectedreport",
        "extension",
        "report",
        "reportversion",
        "period",
    }
    assert all(verdict.fault is None for verdict in verify())


def test_a_measure_with_invented_fields_goes_too(field, market, manager):
    factories.task(field, market, by=manager, sample_fields=["lead"])

    call_command("remove_samples")

    assert not Task.objects.exists()


def test_a_real_task_stays_with_its_period_and_its_report(report, sample):
    call_command("remove_samples")

    assert list(Task.objects.values_list("pk", flat=True)) == [report.task.pk]
    assert Report.objects.get() == report


def test_the_code_of_a_sample_may_be_used_again(sample, field, market, manager):
    call_command("remove_samples")

    assert factories.task(field, market, by=manager, code="9-01").code == "9-01"


def test_a_dry_run_removes_nothing(sample, capsys):
    call_command("remove_samples", "--dry-run")

    assert Task.objects.filter(pk=sample.pk).exists()
    assert "1" in capsys.readouterr().out


def test_an_unknown_programme_is_refused(programme):
    with pytest.raises(CommandError):
        call_command("remove_samples", "--programme", "nowhere")
