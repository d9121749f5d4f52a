"""What waits at the desk beside reports: completion claims and wishes for more time, in the same queue."""

import datetime

import pytest

from tests import factories


@pytest.fixture
def browser(in_english, manager):
    return in_english(manager)


@pytest.fixture
def claimed(report, staff, head, manager):
    """The task of the September report, all done and claimed to be complete."""
    return factories.claim(factories.finished_task(report, by=staff, approved_by=manager), by=head)


@pytest.fixture
def wish(field, market, manager, staff, head):
    """The head asks for more time for another task; what a head asks for is signed at once."""
    task = factories.accepted_task(field, market, by=manager, accepted_by=staff)
    return factories.ask(task, None, by=head, to_on=datetime.date(2022, 6, 30))


def kinds(answer):
    return [line.kind for line in answer.context["queue"].lines]


def decide(browser, url, move, row, **typed):
    return browser.post(url, {"move": move, "version": row.version} | typed)


def test_all_kinds_wait_in_one_queue_and_in_the_menu(claimed, wish, browser):
    answer = browser.get("/desk/")

    assert sorted(kinds(answer)) == ["completion", "extension"]
    assert "To review: 1 completion claim, 1 wish for more time" in answer.content.decode()
    assert answer.context["shell"].items[0][1][1].count == 2


def test_one_kind_can_be_seen_alone(claimed, wish, browser):
    assert kinds(browser.get("/desk/?kind=extension")) == ["extension"]


def test_the_standard_stands_beside_the_claim(claimed, browser):
    html = browser.get(f"/desk/{claimed.pk}/completion/").content.decode()

    assert "Ten firms served." in html
    assert "All ten firms are served; the list is enclosed." in html


def test_verifying_closes_the_task_and_goes_on(claimed, wish, browser):
    answer = decide(browser, f"/desk/{claimed.pk}/completion/", "verify", claimed)

    claimed.refresh_from_db()
    assert claimed.status == "done"
    assert answer.url == f"/desk/{wish.pk}/extension/?programme=qd-2020"


def test_a_claim_is_sent_back_with_a_reason_alone(claimed, browser):
    address = f"/desk/{claimed.pk}/completion/"

    assert decide(browser, address, "send_back", claimed).status_code == 400
    decide(browser, address, "send_back", claimed, comment="Two firms are missing.")

    claimed.refresh_from_db()
    assert (claimed.status, claimed.decision_reason) == ("in_progress", "Two firms are missing.")


def test_more_time_is_granted_at_the_desk(wish, browser):
    decide(browser, f"/desk/{wish.pk}/extension/", "grant", wish)

    wish.refresh_from_db()
    assert wish.status == "granted"
    assert wish.task.due_on == wish.to_on


def test_a_wish_that_was_decided_by_a_colleague_shows_it(wish, browser, manager2, sign_in):
    address = f"/desk/{wish.pk}/extension/"
    decide(sign_in(manager2), address, "refuse", wish, comment="The ministry is not late.")

    answer = decide(browser, address, "refuse", wish, comment="Why so late?")

    html = answer.content.decode()
    assert answer.status_code == 412
    assert "The ministry is not late." in html and "Why so late?" in html


def test_nobody_of_the_bureau_decides(wish, programme, market, sign_in):
    seconded = factories.member("wang", programme, "manager", market)

    client = sign_in(seconded)

    assert client.get("/desk/").context["queue"].lines[0].reason
    assert decide(client, f"/desk/{wish.pk}/extension/", "grant", wish).status_code == 403


def test_a_kind_that_does_not_exist_is_not_found(claimed, browser):
    assert browser.get(f"/desk/{claimed.pk}/project/").status_code == 404


@pytest.mark.parametrize("order", ["", "risk", "bureau"])
def test_every_order_holds_over_all_kinds(claimed, wish, browser, order):
    assert len(kinds(browser.get(f"/desk/?ordering={order}"))) == 2


def test_filters_reach_every_kind(claimed, wish, field, market, commerce, browser):
    assert len(kinds(browser.get(f"/desk/?bureau={market.pk}&field={field.pk}&review=later"))) == 2
    assert kinds(browser.get(f"/desk/?bureau={commerce.pk}")) == []
    assert kinds(browser.get("/desk/?no_change=true")) == []
