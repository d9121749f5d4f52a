"""How long a session lasts, where a person is signed in, and signing out elsewhere."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from qdtrade.accounts.models import Session
from qdtrade.audit.models import Event
from tests import factories

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36"


@pytest.fixture
def now():
    return timezone.now()


def after(now, **span):
    return time_machine.travel(now + datetime.timedelta(**span), tick=True)


def entered(username="staff", **headers):
    """A browser in which a person has just signed in through the form."""
    client = Client(**headers)
    client.post(reverse("sign_in"), {"username": username, "password": factories.PASSWORD})
    return client


def writes(client):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("help")).status_code == 200
    return [one["sql"] for one in asked.captured_queries if one["sql"].startswith(("UPDATE", "INSERT"))]


def test_signing_in_takes_another_key_than_the_visitor_brought(client, staff):
    client.cookies["sessionid"] = "chosenbysomebodyelse0123456789ab"
    client.post(reverse("sign_in"), {"username": "staff", "password": factories.PASSWORD})

    assert client.cookies["sessionid"].value != "chosenbysomebodyelse0123456789ab"
    assert not Session.objects.filter(pk="chosenbysomebodyelse0123456789ab").exists()


def test_a_session_knows_whose_it_is_since_when_and_from_where(staff, now):
    client = entered(REMOTE_ADDR="10.1.2.3", headers={"User-Agent": CHROME})

    session = Session.objects.get(pk=client.session.session_key)
    assert (session.user_id, session.address, session.agent) == (staff.pk, "10.1.2.3", CHROME)
    assert session.started_at >= now
    assert session.seen_at >= now


def test_the_address_is_what_our_own_proxy_wrote(staff, settings):
    settings.BEHIND_PROXY = True
    client = entered(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 10.1.2.3")

    assert Session.objects.get(pk=client.session.session_key).address == "10.1.2.3"


def test_without_a_proxy_nobody_is_believed(staff):
    client = entered(REMOTE_ADDR="10.1.2.3", HTTP_X_FORWARDED_FOR="6.6.6.6")

    assert Session.objects.get(pk=client.session.session_key).address == "10.1.2.3"


def use_every_half_hour(client, now, until):
    codes = set()
    for half_hours in range(1, 2 * until):
        with after(now, minutes=30 * half_hours):
            codes.add(client.get(reverse("help")).status_code)
    return codes


# Its end --------------------------------------------------------------------------------------------------------------


def test_reading_on_writes_nothing_within_a_minute(staff, now):
    client = entered()

    assert writes(client) == []
    with after(now, minutes=2):
        assert len(writes(client)) == 1


def test_a_session_in_use_goes_on(staff, now):
    client = entered()
    with after(now, minutes=50):
        client.get(reverse("help"))
    with after(now, minutes=100):
        assert client.get(reverse("help")).status_code == 200


def test_an_idle_one_ends_and_says_so_and_leads_back(staff, now):
    client = entered()
    with after(now, minutes=61):
        answer = client.get(reverse("help"), follow=True)

    assert answer.redirect_chain == [(f"{reverse('sign_in')}?next=/help/", 302)]
    assert "60" in str(next(iter(answer.context["messages"])))


def test_a_busy_one_ends_after_a_day_of_work(staff, now):
    client = entered()
    codes = use_every_half_hour(client, now, until=12)
    with after(now, hours=12, minutes=1):
        answer = client.get(reverse("help"), follow=True)

    assert codes == {200}
    assert "12" in str(next(iter(answer.context["messages"])))


def test_a_visitor_without_a_session_is_told_nothing(client, db):
    answer = client.get(reverse("help"), follow=True)

    assert list(answer.context["messages"]) == []


def test_a_list_in_place_leads_the_whole_page_to_the_sign_in(client, db):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/tasks/?page=2"}
    answer = client.get(reverse("task_list"), headers=headers)

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == f"{reverse('sign_in')}?next=%2Ftasks%2F%3Fpage%3D2"


def test_a_form_in_place_is_told_that_nothing_was_taken(client, report):
    answer = client.post(reverse("report_draft", args=[report.pk]), headers={"HX-Request": "true"})

    assert answer.status_code == 401
    assert "HX-Redirect" not in answer.headers
    assert "<html" not in answer.content.decode()


def test_the_cookie_keeps_no_time_of_its_own(staff):
    cookie = entered().cookies["sessionid"]

    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert cookie["httponly"]


# The list -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def here(staff):
    return entered(headers={"User-Agent": CHROME})


@pytest.fixture
def there(staff):
    return entered(headers={"User-Agent": "Mozilla/5.0 (iPhone) Safari/604.1"})


def handle(client):
    return Session.objects.get(pk=client.session.session_key).handle


def test_the_profile_lists_them_with_this_one_marked(here, there):
    places = here.get(reverse("profile")).context["places"]

    assert {(place.device, place.is_this) for place in places} == {
        ("Chrome · Windows", True),
        ("Safari · iPhone", False),
    }


def test_no_page_shows_a_key(here, there):
    page = here.get(reverse("profile")).content.decode()

    assert there.session.session_key not in page
    assert here.session.session_key not in page


def test_one_is_ended(here, there):
    here.post(reverse("sessions_end"), {"session": handle(there)})

    assert there.get(reverse("help")).status_code == 302
    assert here.get(reverse("help")).status_code == 200
    assert Event.objects.filter(action="end_session").exists()


def test_ending_this_one_leads_to_the_sign_in(here):
    answer = here.post(reverse("sessions_end"), {"session": handle(here)})

    assert answer.url == reverse("sign_in")
    assert "_auth_user_id" not in here.session


def test_all_others_are_ended_and_this_one_is_kept(staff, here, there):
    here.post(reverse("sessions_end"))

    assert there.get(reverse("help")).status_code == 302
    assert here.get(reverse("help")).status_code == 200
    assert Event.objects.filter(action="end_sessions", object_id=staff.pk).count() == 1


def test_nobody_ends_a_session_of_somebody_else(here, manager):
    other = entered("manager")

    assert here.post(reverse("sessions_end"), {"session": handle(other)}).status_code == 404
    assert other.get(reverse("help")).status_code == 200


def test_one_that_ended_elsewhere_says_so(here, there):
    here.post(reverse("sessions_end"))

    answer = there.get(reverse("help"), follow=True)
    assert len(list(answer.context["messages"])) == 1
