"""Clearing what was invented for the demo."""

from io import StringIO

from django.core.management import call_command

from qdtrade.breakthroughs.models import Breakthrough, BreakthroughTarget, Claim, ClaimDraft, ClaimFile, PracticeCase
from tests import breakings, factories


def test_samples_go_with_their_claims_proof_drafts_and_cases(task, staff, manager, programme):
    row = breakings.claimed(task, by=staff, is_sample=True)
    breakings.promote(breakings.recognise(row, by=manager), by=manager)
    breakings.target(programme, by=manager, sample_fields=["points"])

    call_command("remove_samples", stdout=(said := StringIO()))

    assert "1" in said.getvalue()
    for model in (Breakthrough, Claim, ClaimDraft, ClaimFile, PracticeCase, BreakthroughTarget):
        assert not model.objects.exists()


def test_what_is_real_stays(recognised, target):
    call_command("remove_samples", stdout=StringIO())

    assert Breakthrough.objects.get() == recognised
    assert BreakthroughTarget.objects.get() == target


def test_the_breakthrough_of_a_sample_task_goes_with_it(field, market, manager, staff):
    task = factories.task(field, market, by=manager, is_sample=True)
    breakings.claimed(task, by=staff)

    call_command("remove_samples", stdout=StringIO())

    assert not Breakthrough.objects.exists()
