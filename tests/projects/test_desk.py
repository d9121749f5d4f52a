"""Gates at the review desk: one queue for both kinds of work."""

import datetime

import pytest

from projects.models import Project
from tests import signings


@pytest.fixture
def browser(in_english, manager):
    return in_english(manager)


def decide(browser, gate, move, **typed):
    return browser.post(f"/desk/{gate.pk}/gate/", {"move": move, "version": gate.version} | typed)


def test_a_proposed_gate_waits_in_the_queue_and_in_the_menu(proposed, browser):
    answer = browser.get("/desk/")

    assert [line.kind for line in answer.context["queue"].lines] == ["gate"]
    assert "1 gate of signings" in answer.content.decode()
    assert answer.context["shell"].items[0][1][1].count == 1


def test_what_happened_and_its_proof_stand_beside_the_signing(proposed, browser):
    html = browser.get(f"/desk/{proposed.pk}/gate/").content.decode()

    assert "Signed." in html
    assert "proof.pdf" in html
    assert "the framework agreement as it was signed" in html


def test_confirming_at_the_desk_moves_the_project(proposed, browser):
    answer = decide(browser, proposed, "confirm")

    assert answer.status_code == 302
    assert Project.objects.get().status == "framework"


def test_a_gate_is_returned_with_a_reason_alone(proposed, browser):
    assert decide(browser, proposed, "return").status_code == 400
    decide(browser, proposed, "return", comment="The seal is missing.")

    proposed.refresh_from_db()
    assert (proposed.status, proposed.remarks) == ("returned", "The seal is missing.")


def test_a_fact_later_than_planned_is_looked_at_more_closely(project, carrier, browser):
    gate = signings.propose(project, by=carrier, fact_on=datetime.date(2021, 9, 23))

    checks = browser.get(f"/desk/{gate.pk}/gate/").context["checks"]

    assert [check.words for check in checks if not check.ok] == ["planned for Sat 4 Sep"]


def test_who_comes_second_is_told_what_the_first_decided(proposed, browser, in_english, manager2):
    decide(browser, proposed, "return", comment="The seal is missing.")

    late = decide(in_english(manager2), proposed, "confirm")

    assert late.status_code in {409, 412}
    assert "The seal is missing." in late.content.decode()
