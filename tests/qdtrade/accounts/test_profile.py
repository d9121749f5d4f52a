"""A person's own account."""

import datetime

import pytest
from django.urls import reverse

from qdtrade.accounts.models import User
from qdtrade.audit.models import Event
from tests import factories


def test_the_profile_names_roles_from_and_to(staff, programme, commerce, sign_in):
    factories.join(staff, programme, "staff", commerce, ends_on=datetime.date(2021, 6, 30))

    page = sign_in(staff).get(reverse("profile")).content.decode()

    assert "市市场监管局" in page
    assert "2021-06-30" in page


def test_mail_and_phone_are_the_persons_own_to_change(staff, sign_in):
    sign_in(staff).post(reverse("profile"), {"email": "li@example.gov.cn", "phone": "0532 8591 0000"})

    staff.refresh_from_db()
    assert (staff.email, staff.phone) == ("li@example.gov.cn", "0532 8591 0000")


def test_the_record_says_that_the_contact_changed_and_never_to_what(staff, sign_in):
    sign_in(staff).post(reverse("profile"), {"email": "li@example.gov.cn", "phone": "0532 8591 0000"})

    event = Event.objects.get(action="edit_contact")
    assert "example.gov.cn" not in event.line
    assert "8591" not in event.line


def test_saving_the_same_again_is_no_event(staff, sign_in):
    sign_in(staff).post(reverse("profile"), {"email": "", "phone": ""})

    assert not Event.objects.filter(action="edit_contact").exists()


def test_a_mail_address_that_is_none_is_refused(staff, sign_in):
    answer = sign_in(staff).post(reverse("profile"), {"email": "not an address", "phone": ""})

    assert answer.status_code == 400
    assert answer.context["form"].errors["email"]


@pytest.mark.parametrize("field", ["username", "name", "is_superuser", "is_staff", "must_change_password"])
def test_nothing_else_is_changed_with_it(staff, sign_in, field):
    before = User.objects.values().get(pk=staff.pk)
    sign_in(staff).post(reverse("profile"), {"email": "", "phone": "", field: "1"})

    assert User.objects.values().get(pk=staff.pk)[field] == before[field]


def test_the_persons_line_in_the_menu_leads_to_the_profile(staff, sign_in):
    page = sign_in(staff).get(reverse("help")).content.decode()

    assert f'href="{reverse("profile")}?programme=qd-2020"' in page


def test_a_language_that_was_never_chosen_is_not_inherited(client, staff):
    client.cookies["django_language"] = "en"
    answer = client.post(reverse("sign_in"), {"username": "staff", "password": factories.PASSWORD})

    assert answer.cookies["django_language"]["max-age"] == 0


@pytest.mark.parametrize("before", ["", "zh-hans"])
def test_a_language_chosen_on_the_way_in_is_the_persons_choice(client, staff, before):
    User.objects.filter(pk=staff.pk).update(language=before)
    client.post(reverse("set_language"), {"language": "en", "next": reverse("sign_in")})
    answer = client.post(reverse("sign_in"), {"username": "staff", "password": factories.PASSWORD})

    staff.refresh_from_db()
    assert (staff.language, answer.cookies["django_language"].value) == ("en", "en")
    assert answer.cookies["language_chosen"]["max-age"] == 0


def test_signing_out_leaves_no_language_to_the_next(staff, sign_in):
    answer = sign_in(staff).post(reverse("sign_out"))

    assert answer.cookies["django_language"]["max-age"] == 0


def test_a_chosen_language_is_kept_with_the_person(staff, sign_in):
    sign_in(staff).post(reverse("set_language"), {"language": "en", "next": "/profile/"})

    staff.refresh_from_db()
    assert staff.language == "en"
