"""manage.py end_role: a person leaves."""

import pytest
from django.core.management import CommandError, call_command

from qdtrade.audit.models import Event
from tasks.models import Task
from tests import factories


@pytest.fixture
def end(programme):
    def run(*words):
        call_command("end_role", *words, "--programme", programme.code)

    return run


def test_a_person_without_the_role_sees_nothing_more(end, task, staff):
    end("staff", "--role", "staff")

    staff.forget()
    assert not Task.objects.visible_to(staff).exists()
    assert Event.objects.filter(kind="membership", action="edit").count() == 1


def test_a_role_for_another_bureau_stays(end, programme, staff, commerce):
    factories.join(staff, programme, "staff", commerce)

    end("staff", "--role", "staff", "--bureau", "scjg")

    staff.forget()
    held = programme.memberships.filter(user=staff, ends_on=None)
    assert [one.bureau for one in held] == [commerce]


@pytest.mark.parametrize(
    "words",
    [
        ["staff", "--role", "manager"],
        ["nobody", "--role", "staff"],
        ["staff", "--role", "staff", "--bureau", "x"],
    ],
)
def test_a_role_that_is_not_held_cannot_end(end, staff, words):
    with pytest.raises(CommandError):
        end(*words)
