"""A part of a task: given, signed for or sent back, done; the lead's claim waits for it."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from qdtrade import clock
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.notices.models import Notice
from qdtrade.workflow import perform, why_not
from tasks import workflow
from tasks.models import Part, Task, TaskBureau
from tests import factories

pytestmark = pytest.mark.django_db
DAY = datetime.date(2021, 12, 31)


@pytest.fixture
def district(region):
    return factories.bureau("jz", "胶州市人民政府", "胶州市", parent=region, kind="district")


@pytest.fixture
def villager(programme, district):
    """Who reports for the district."""
    return factories.member("villager", programme, "staff", district)


@pytest.fixture
def part(task, commerce, neighbour, staff):
    """Given by the lead to the neighbour's bureau."""
    return factories.give(task, commerce, by=staff)


@pytest.fixture
def accepted(part, neighbour):
    return perform(workflow.ACCEPT_PART, part, by=neighbour)


@pytest.fixture
def sent_back(part, neighbour):
    return perform(workflow.SEND_BACK_PART, part, by=neighbour, comment="Ask the finance bureau.")


@pytest.fixture
def finished_part(accepted, neighbour):
    return perform(workflow.FINISH, accepted, by=neighbour, comment="The list is handed over.")


def told(person):
    return list(
        Notice.objects.visible_to(person).filter(kind="part").order_by("pk").values_list("move", flat=True)
    )


def test_the_lead_gives_a_part_and_the_bureau_is_told_and_sees_the_task(
    task, commerce, neighbour, staff, sign_in
):
    form = {"bureau": "sww", "what": "A list of ten firms", "due_on": "2021-12-31"}
    answer = sign_in(staff).post(f"/tasks/{task.pk}/part/", form)

    part = Part.objects.get()
    assert answer.status_code == 302
    assert (part.status, part.number, part.accept_due_on) == ("given", 1, datetime.date(2021, 9, 28))
    assert told(neighbour) == ["give"]
    assert TaskBureau.objects.get(task=task, bureau=commerce).part == "support"
    assert sign_in(neighbour).get(f"/tasks/{task.pk}/").status_code == 200


@pytest.mark.moves("Part.accept")
def test_the_bureau_signs_for_it_and_the_lead_is_told(part, task, neighbour, staff, sign_in):
    sign_in(neighbour).post(f"/parts/{part.pk}/accept/")

    part.refresh_from_db()
    assert (part.status, part.accepted_by) == ("accepted", neighbour)
    assert told(staff) == ["accept"]


@pytest.mark.moves("Part.send_back")
def test_or_it_sends_it_back_with_a_reason(part, neighbour, staff, sign_in):
    assert sign_in(neighbour).post(f"/parts/{part.pk}/send_back/").status_code == 400
    sign_in(neighbour).post(f"/parts/{part.pk}/send_back/", {"comment": "Ask the finance bureau."})

    part.refresh_from_db()
    assert (part.status, part.closed_reason) == ("sent_back", "Ask the finance bureau.")
    assert told(staff) == ["send_back"]


@pytest.mark.moves("Part.give_again")
def test_it_is_given_again_in_other_words_and_its_clock_begins_anew(sent_back, neighbour, staff, sign_in):
    form = {"comment": "It is yours by law.", "what": "A list of five firms", "due_on": "2022-01-31"}
    with clock.at(datetime.datetime(2021, 9, 28, 9, tzinfo=clock.BEIJING)):
        sign_in(staff).post(f"/parts/{sent_back.pk}/again/", form)

    part = Part.objects.get()
    assert (part.status, part.what, part.closed_reason) == ("given", "A list of five firms", "")
    assert part.accept_due_on == datetime.date(2021, 9, 30)
    assert told(neighbour)[-1] == "give_again"


@pytest.mark.moves("Part.finish", "Part.reopen")
def test_the_bureau_finishes_it_and_the_lead_may_reopen_it(accepted, neighbour, staff, sign_in):
    sign_in(neighbour).post(f"/parts/{accepted.pk}/finish/", {"comment": "The list is handed over."})
    done = Part.objects.get()
    sign_in(staff).post(f"/parts/{accepted.pk}/reopen/", {"comment": "Two firms are missing."})

    accepted.refresh_from_db()
    assert (done.status, done.closed_reason) == ("done", "The list is handed over.")
    assert (accepted.status, accepted.closed_reason) == ("accepted", "")
    assert told(neighbour)[-1] == "reopen"


@pytest.mark.moves("Part.end")
def test_whoever_gave_it_ends_it_with_a_reason(part, manager, neighbour, sign_in):
    sign_in(manager).post(f"/parts/{part.pk}/end/", {"comment": "No longer needed."})

    part.refresh_from_db()
    assert (part.status, part.closed_by) == ("ended", manager)
    assert told(neighbour)[-1] == "end"


def test_a_bureau_passes_something_on_to_a_district_which_comes_first(
    accepted, task, district, villager, neighbour, sign_in
):
    form = {
        "bureau": "jz",
        "under": accepted.pk,
        "what": "Three firms of the airport",
        "due_on": "2021-11-30",
    }
    sign_in(neighbour).post(f"/tasks/{task.pk}/part/", form)

    below = Part.objects.get(under=accepted)
    assert told(villager) == ["give"]
    assert why_not(workflow.FINISH, Part.objects.for_move().get(pk=accepted.pk), neighbour)
    perform(workflow.ACCEPT_PART, below, by=villager)
    assert told(neighbour)[-1] == "accept"


def test_the_completion_claim_waits_for_every_part(finished, commerce, neighbour, staff, head):
    part = perform(workflow.ACCEPT_PART, factories.give(finished, commerce, by=staff), by=neighbour)

    with pytest.raises(WrongState, match="市商务局"):
        factories.claim(finished, by=head)
    assert not Task.objects.ready_to_claim().exists()
    perform(workflow.FINISH, part, by=neighbour, comment="Handed over.")
    assert factories.claim(finished, by=head).status == "completion_claimed"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"bureau": ""}, {"bureau"}),
        ({"bureau": "scjg"}, {"bureau"}),
        ({"what": " "}, {"what"}),
        ({"due_on": "2021-09-23"}, {"due_on"}),
        ({"due_on": "2022-04-01"}, {"due_on"}),
        ({"due_on": ""}, {"due_on"}),
    ],
)
def test_what_is_wrong_stands_beside_its_field(task, commerce, staff, sign_in, fields, wrong):
    form = {"bureau": "sww", "what": "A list", "due_on": "2021-12-31"} | fields
    answer = sign_in(staff).post(f"/tasks/{task.pk}/part/", form)

    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == wrong
    assert not Part.objects.exists()


def test_parts_reach_two_steps_down_and_no_further(accepted, task, district, villager, office, neighbour):
    below = factories.give(task, district, by=neighbour, under=accepted)
    below = perform(workflow.ACCEPT_PART, below, by=villager)

    with pytest.raises(ValidationError):
        factories.give(task, office, by=villager, under=below)


def test_nobody_gives_parts_of_other_bureaus_tasks(task, commerce, accepted, district, neighbour):
    with pytest.raises(NotAllowed):
        factories.give(task, district, by=neighbour)


def test_the_parts_of_a_task_at_rest_stay_as_they_are(part, task, manager, neighbour):
    perform(workflow.SUSPEND, task, by=manager, comment="A law is awaited.")

    with pytest.raises(WrongState):
        perform(workflow.ACCEPT_PART, part, by=neighbour)
    with clock.at(datetime.datetime(2021, 10, 13, 9, tzinfo=clock.BEIJING)):
        perform(workflow.RESUME, task, by=manager, comment="It came.")
    part.refresh_from_db()
    assert part.accept_due_on == datetime.date(2021, 10, 15)


def test_a_bureau_that_comes_to_lead_holds_no_part_any_more(part, task, commerce, manager):
    perform(workflow.HAND_OVER, task, by=manager, comment="Theirs by law.", bureau=commerce)

    part.refresh_from_db()
    assert (part.status, part.closed_reason) == ("ended", "leads_now")
    assert part.closed_words != part.closed_reason


def test_the_task_page_shows_the_tree_with_what_each_may_do(part, task, staff, neighbour, auditor, sign_in):
    pages = {
        who: sign_in(who).get(f"/tasks/{task.pk}/").content.decode() for who in (staff, neighbour, auditor)
    }

    assert all(part.what in page for page in pages.values())
    assert f"/parts/{part.pk}/accept/" in pages[neighbour]
    assert f"/parts/{part.pk}/end/" in pages[staff]
    assert f"/parts/{part.pk}/" not in pages[auditor]


def test_one_that_is_not_signed_for_in_time_says_so(part, task, staff, sign_in):
    with clock.at(datetime.datetime(2021, 9, 29, 9, tzinfo=clock.BEIJING)):
        page = sign_in(staff).get(f"/tasks/{task.pk}/")

    assert [node.state for node in page.context["parts"].nodes] == ["late"]
    assert Part.objects.not_signed_in_time(datetime.date(2021, 9, 29)).exists()
