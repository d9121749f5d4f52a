"""The command that clears what is invented clears signings too, and leaves what is real."""

import pytest
from django.core.management import call_command

from projects.models import (
    ExpectedUpdate,
    Gate,
    GateFile,
    MoneyEvent,
    Partner,
    Project,
    ProjectTask,
    SigningEvent,
)
from qdtrade.audit.models import Event
from qdtrade.audit.verify import verify
from qdtrade.programmes.models import Period
from tasks.models import Task
from tests import factories, signings


@pytest.fixture
def invented(programme, sector, zone, field, market, manager, carrier):
    """A sample with all that a project can have, serving a sample task."""
    served = factories.task(field, market, by=manager, code="9-01", is_sample=True)
    firm = signings.partner(programme, by=manager, is_sample=True)
    fair = signings.event(programme, by=manager, code="sample-fair", is_sample=True)
    row = signings.project(
        sector, zone, by=manager, code="QY-90", is_sample=True, partners=[firm], tasks=[served], event=fair
    )
    signings.passed(row, "framework", by=carrier, confirmed_by=manager)
    signings.enter(row, 10_000, by=carrier)
    return row


@pytest.fixture
def invented_quarter(programme, invented, manager):
    return signings.open_quarter(programme, by=manager)


def test_invented_projects_go_with_all_that_hangs_on_them(invented_quarter):
    call_command("remove_samples")

    models = (Project, Gate, GateFile, MoneyEvent, ExpectedUpdate, ProjectTask, Partner, SigningEvent, Task)
    assert [model.objects.count() for model in models] == [0] * len(models)
    assert not Period.objects.exists()
    assert all(verdict.fault is None for verdict in verify())


def test_a_real_project_keeps_its_quarter_and_loses_only_the_sample_task(
    programme, invented, project, manager
):
    signings.open_quarter(programme, by=manager)

    call_command("remove_samples")

    assert list(Project.objects.all()) == [project]
    assert ExpectedUpdate.objects.get().project == project
    assert project.event and SigningEvent.objects.get() == project.event
    assert Event.objects.filter(action="remove_sample", kind="project").count() == 1


def test_a_dry_run_of_signings_removes_nothing_and_counts_what_would_go(invented_quarter, capsys):
    call_command("remove_samples", "--dry-run")

    assert Project.objects.count() == 1
    assert "签约项目1个（阶段6个、资金1笔），报告期1个" in capsys.readouterr().out
