"""People and their roles in the administration: added with a role from a day to a day, ended, never deleted."""

import datetime

import pytest

from qdtrade.accounts.models import User
from qdtrade.audit.models import Event
from qdtrade.programmes.models import Membership
from tests import factories
from tests.administration import act, english, results, seen, url

PEOPLE, ROLES = "accounts_user", "programmes_membership"


@pytest.fixture
def client(admin, sign_in):
    return english(sign_in(admin))


def person(programme, bureau, **changed):
    first = {
        "username": "wang", "name": "王芳", "email": "", "phone": "", "programme": programme.pk, "role": "staff",
        "bureau": bureau.pk, "starts_on": "2021-09-01", "ends_on": "2021-12-31",
    }  # fmt: skip
    return first | changed


def test_a_person_is_added_with_a_role_from_a_day_to_a_day(client, programme, market):
    client.post(url(PEOPLE, "add"), person(programme, market))
    member = Membership.objects.get(user__username="wang")

    assert (member.role, member.bureau, member.ends_on) == ("staff", market, datetime.date(2021, 12, 31))
    assert not member.user.has_usable_password()
    assert set(Event.objects.filter(actor_name="admin").values_list("kind", "action", "door")) == {
        ("user", "create", "admin"),
        ("membership", "create", "admin"),
    }


def test_a_refused_role_leaves_no_account_behind(client, programme):
    away = factories.bureau("bj", "北京市")
    lost = factories.bureau("bj1", "北京市商务局", parent=away)
    answer = client.post(url(PEOPLE, "add"), person(programme, lost))

    assert answer.status_code == 400
    assert not User.objects.filter(username="wang").exists()


@pytest.mark.parametrize(
    "changed", [{"role": ""}, {"programme": ""}, {"username": "admin"}, {"role": "timer"}]
)
def test_what_makes_no_sense_stands_beside_its_field(client, programme, market, changed):
    answer = client.post(url(PEOPLE, "add"), person(programme, market) | changed)

    assert answer.status_code == 400
    assert next(iter(changed)) in answer.context["form"].errors


def test_nobody_is_let_into_a_programme_that_the_administrator_does_not_run(
    client, region, programme, market
):
    away = factories.programme(region, "qd-2025")
    answer = client.post(url(PEOPLE, "add"), person(away, market))

    assert answer.status_code == 400
    assert not User.objects.filter(username="wang").exists()


@pytest.mark.parametrize("field", ["is_superuser", "is_staff", "is_active", "password", "groups"])
def test_no_power_can_be_posted_with_a_form(client, staff, field):
    mark = seen(staff, "name", "email", "phone")
    data = {"name": "Wang", "email": "", "phone": "", "seen": mark, field: "on"}
    client.post(url(PEOPLE, "change", staff.pk), data)
    now = User.objects.get(pk=staff.pk)

    assert now.name == "Wang"
    assert (now.is_superuser, now.is_staff, now.is_active, now.password) == (
        False,
        False,
        True,
        staff.password,
    )
    assert not now.groups.exists()


def test_mail_and_telephone_change_without_standing_in_the_records(client, staff):
    mark = seen(staff, "name", "email", "phone")
    data = {"name": "staff", "email": "w@example.org", "phone": "0532-1", "seen": mark}
    client.post(url(PEOPLE, "change", staff.pk), data)

    assert User.objects.get(pk=staff.pk).phone == "0532-1"
    assert "0532-1" not in "".join(Event.objects.values_list("line", flat=True))


def test_a_person_of_another_programme_is_not_there(client, region, market):
    other = factories.member("other", factories.programme(region, "qd-2025"), "staff", market)

    assert client.get(url(PEOPLE, "change", other.pk)).status_code == 404
    assert client.get(url(PEOPLE, "history", other.pk)).status_code == 404


@pytest.mark.parametrize("who", ["manager", "auditor"])
def test_people_are_the_administrators_business(request, who, staff, sign_in):
    client = sign_in(request.getfixturevalue(who))

    assert list(client.get(url(PEOPLE)).context["rows"]) == []
    assert client.get(url(PEOPLE, "add")).status_code == 403
    assert client.get(url(PEOPLE, "change", staff.pk)).status_code == 404


def test_a_role_is_given_and_ends_on_a_day(client, programme, staff, commerce):
    data = {"person": staff.pk, "programme": programme.pk, "role": "head", "bureau": commerce.pk}
    client.post(url(ROLES, "add"), data | {"starts_on": "2021-09-01"})
    member = Membership.objects.get(user=staff, role="head")

    act(client, ROLES, "end", [member], day="2021-10-31")

    assert Membership.objects.get(pk=member.pk).ends_on == datetime.date(2021, 10, 31)


def test_an_administrator_neither_gives_nor_ends_a_role_of_their_own(client, admin, programme):
    own = admin.memberships.get()
    data = {"person": admin.pk, "programme": programme.pk, "role": "auditor", "starts_on": "2021-09-01"}

    assert client.post(url(ROLES, "add"), data).status_code == 400
    answer = act(client, ROLES, "end", [own], day="2021-10-31")

    assert results(answer)[own.pk][0] is False
    assert admin.memberships.count() == 1


def test_a_role_is_not_changed_but_ended(client, staff):
    own = staff.memberships.get()

    assert client.post(url(ROLES, "change", own.pk), {"role": "manager"}).status_code == 405
    assert staff.memberships.get().role == "staff"


def test_the_server_runner_adds_a_person_without_a_role(root, sign_in):
    data = {"username": "wang", "name": "王芳", "starts_on": "2021-09-01"}
    sign_in(root).post(url(PEOPLE, "add"), data)

    assert not User.objects.get(username="wang").memberships.exists()


def test_a_role_is_ended_on_its_own_page(client, staff):
    role = staff.memberships.get()
    page = client.get(url(ROLES, "change", role.pk))

    assert "End the role" in page.text
    client.post(url(ROLES, "do", role.pk, "end"), {"day": "2021-09-30"})

    assert staff.memberships.get().ends_on == datetime.date(2021, 9, 30)
