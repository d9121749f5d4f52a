"""One-time links for new people, made for many and shown once."""

import re

from django.test import Client

from qdtrade.accounts.models import User
from qdtrade.audit.models import Event
from tests.qdtrade.people.files import PERSON, table, written

NEW = ["li.na", "李娜", "", "", "市市场监管局", "填报人"]


def test_an_import_leads_to_the_links_of_whom_it_made(programme, market, staff, keeper):
    row = written(keeper, "people", table(PERSON, NEW))
    assert (
        f"/people/links/?programme=qd-2020&amp;import={row.pk}"
        in keeper.get(f"/people/import/{row.pk}/").content.decode()
    )

    page = keeper.get(f"/people/links/?programme=qd-2020&import={row.pk}").content.decode()

    assert "李娜" in page
    assert f'value="{staff.pk}"' not in page


def test_a_slip_lets_its_person_in_once(programme, market, keeper):
    written(keeper, "people", table(PERSON, NEW))
    person = User.objects.get(username="li.na")

    answer = keeper.post("/people/links/", {"person": person.pk})

    assert "no-store" in answer["Cache-Control"]
    address = re.search(r"http://testserver(/sign-in/link/[^<]+)<", answer.content.decode())[1]
    password = {"new_password1": "wind-over-fushan-bay", "new_password2": "wind-over-fushan-bay"}
    assert Client().post(address, password).status_code == 302
    person.refresh_from_db()
    assert person.check_password("wind-over-fushan-bay")
    assert not any(address.split("/")[-2] in line for line in Event.objects.values_list("line", flat=True))


def test_one_who_gets_none_stops_no_other(programme, staff, head, keeper):
    User.objects.filter(pk=head.pk).update(is_active=False)

    page = keeper.post("/people/links/", {"person": [staff.pk, head.pk]}).content.decode()

    assert page.count("/sign-in/link/") == 1
    assert str(head) in page


def test_nobody_is_ticked(programme, keeper):
    assert keeper.post("/people/links/").status_code == 400


def test_people_of_others_get_no_link(programme, keeper, stranger):
    assert "/sign-in/link/" not in keeper.post("/people/links/", {"person": stranger.pk}).content.decode()
