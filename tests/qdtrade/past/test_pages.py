"""Pages of the registers as of another day: what stood then, for whom, and nothing to be done."""

import re

import pytest
from django.urls import reverse

from qdtrade import clock
from qdtrade.audit import trail
from qdtrade.programmes.actions import end_membership
from tasks.actions.register import edit_task
from tasks.models import TaskBureau
from tests import factories
from tests.qdtrade.past.days import LATER, THEN

pytestmark = pytest.mark.django_db
NEW = "改过的名称"


@pytest.fixture(autouse=True)
def later(request):
    """Two days on; what the fixtures make was made before, and what they made is there already."""
    for name in {"task", "manager", "staff", "neighbour", "submitted", "supported"} & set(
        request.fixturenames
    ):
        request.getfixturevalue(name)
    with clock.at(LATER):
        yield


@pytest.fixture
def renamed(task, manager):
    """A task that bears another name since."""
    return edit_task(task, {"title": NEW}, by=manager)


@pytest.fixture
def supported(field, market, commerce, manager):
    """A task in which another bureau cooperates."""
    return factories.task(field, market, by=manager, supporting=(commerce,))


def as_of(client, url, day=THEN, **asked):
    return client.get(url, {"as_of": day} | asked)


def text(answer):
    return answer.content.decode()


@pytest.mark.parametrize("name", ["task_list", "task"])
def test_a_page_shows_what_stood_then_and_says_so(name, renamed, task, in_english, auditor):
    url = reverse(name, args=[] if name == "task_list" else [task.pk])

    page = as_of(in_english(auditor), url)

    assert page.status_code == 200
    assert task.title in text(page) and NEW not in text(page)
    assert "as it stood at 2021-09-24 24:00" in text(page)
    assert page.headers["As-Of"] == "2021-09-24T15:59:59Z"


def test_a_figure_of_then_is_explained_by_the_rows_of_then(task, field, market, manager, in_english):
    factories.task(field, market, by=manager, code="9-99")
    client = in_english(manager)

    then = as_of(client, reverse("figures", args=["tasks"]))

    assert then.context["number"] == 1
    assert "as it stood at 2021-09-24 24:00" in text(then)
    assert client.get(then.context["rows_url"], {"as_of": THEN}).context["page"].paginator.count == 1
    assert client.get(reverse("figures", args=["tasks"])).context["number"] == 2


def test_the_next_request_is_in_the_present(renamed, sign_in, auditor):
    client = sign_in(auditor)
    as_of(client, reverse("task_list"))

    assert NEW in text(client.get(reverse("task_list")))


def test_whoever_took_part_then_sees_it_as_of_then(supported, commerce, neighbour, manager, sign_in):
    with trail.unit():
        trail.delete(TaskBureau.objects.get(task=supported, bureau=commerce), by=manager)
    client, url = sign_in(neighbour), reverse("task", args=[supported.pk])

    assert client.get(url).status_code == 404
    assert as_of(client, url).status_code == 200


def test_whoever_takes_part_only_since_does_not_see_it_as_of_then(
    task, commerce, neighbour, manager, sign_in
):
    with trail.unit():
        trail.create(TaskBureau(task=task, bureau=commerce, part="support"), by=manager)
    client, url = sign_in(neighbour), reverse("task", args=[task.pk])

    assert client.get(url).status_code == 200
    assert as_of(client, url).status_code == 404


def test_an_auditor_who_came_later_sees_what_was_before(task, programme, sign_in):
    latecomer = factories.member("latecomer", programme, "auditor", starts_on=LATER.date())

    assert as_of(sign_in(latecomer), reverse("task", args=[task.pk])).status_code == 200


def test_whoever_lost_the_role_sees_no_past(task, manager2, programme, admin, sign_in):
    end_membership(manager2.memberships.get(), by=admin, ends_on=LATER.date().replace(day=25))

    assert as_of(sign_in(manager2), reverse("task", args=[task.pk])).status_code == 404


def test_nobody_sees_the_past_of_another_programme(task, stranger, root, sign_in):
    for person in (stranger, root):
        assert as_of(sign_in(person), reverse("task", args=[task.pk])).status_code == 404


@pytest.mark.parametrize("name", ["task", "report"])
def test_a_page_of_the_past_offers_nothing_to_do(name, submitted, manager, sign_in):
    row = submitted if name == "report" else submitted.task

    page = text(as_of(sign_in(manager), reverse(name, args=[row.pk])))

    actions = set(re.findall(r'<form[^>]*method="post" action="([^"]*)"', page))
    assert actions == {reverse("set_language"), reverse("sign_out")}


def test_every_way_on_leads_to_the_same_moment_and_one_leads_back(submitted, task, sign_in, manager):
    page = text(as_of(sign_in(manager), reverse("task_list")))

    links = set(re.findall(r'href="(/(?:tasks|reports|projects)/[^"]*)"', page))
    assert {link for link in links if f"as_of={THEN}" not in link and "/import/" not in link} == {"/tasks/"}
    assert f'<input type="hidden" name="as_of" value="{THEN}">' in page


@pytest.mark.parametrize(
    ("name", "day", "words"),
    [
        ("task_list", "2021-09-27", "still to come"),
        ("task_list", "yesterday", "Give a day"),
        ("task_list", "0001-01-01", "Give a day"),
        ("task_list", "9999-12-31", "still to come"),
        ("task_list", "2021-02-30", "Give a day"),
        ("notices", THEN, "has no past"),
        ("my_work", THEN, "has no past"),
        ("desk", THEN, "has no past"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words(name, day, words, in_english, manager):
    page = as_of(in_english(manager), reverse(name), day)

    assert page.status_code == 400
    assert words in text(page)


def test_nothing_can_be_done_in_the_past(submitted, in_english, manager):
    url = reverse("report_move", args=[submitted.pk, "approve"])

    page = in_english(manager).post(f"{url}?as_of={THEN}")

    submitted.refresh_from_db()
    assert (page.status_code, submitted.status) == (409, "submitted")
    assert "Go back to now" in text(page)


def test_a_moment_within_the_day_can_be_asked_for(renamed, task, sign_in, auditor):
    client, url = sign_in(auditor), reverse("task", args=[task.pk])

    assert NEW in text(as_of(client, url, "2021-09-26T10:00:00+08:00"))
    assert NEW not in text(as_of(client, url, "2021-09-26T09:59:59+08:00"))


def test_a_page_offers_the_past_where_it_has_one(task, in_english, auditor):
    client = in_english(auditor)

    assert "Look at another day" in text(client.get(reverse("task_list")))
    assert "Look at another day" not in text(client.get(reverse("notices")))


def test_what_was_late_then_reads_as_late(task, sign_in, auditor):
    """Overdue by the day that is looked at, not by today's."""
    rows = as_of(sign_in(auditor), reverse("task_list"), "2021-09-25").context["rows"]

    assert [row.late for row in rows] == [rows[0].late]
    assert "268" in str(rows[0].late)
