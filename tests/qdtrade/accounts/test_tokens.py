"""The page of a person's tokens: shown once, hashed at rest, named, expiring, revocable."""

import datetime
import hashlib
import re

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from qdtrade.accounts.actions import tokens as actions
from qdtrade.accounts.models import Token
from qdtrade.audit.models import Event
from qdtrade.errors import NotAllowed
from tests import factories

URL = "/profile/tokens/"
SECRET = re.compile(r"qdt_[A-Za-z0-9]{40}")


def make(client, **fields):
    return client.post(URL, {"name": "monthly export", "writes": "no", "days": "90"} | fields)


def revoke(client, token):
    return client.post(reverse("token_revoke", args=[token.pk]), follow=True)


def test_a_new_token_is_shown_once_and_never_again(sign_in, staff):
    browser = sign_in(staff)

    shown = make(browser)

    assert SECRET.search(shown.content.decode())
    assert "no-store" in shown["Cache-Control"]
    assert not SECRET.search(browser.get(URL).content.decode())


def test_only_the_hash_of_a_secret_is_kept(sign_in, staff):
    secret = SECRET.search(make(sign_in(staff)).content.decode())[0]

    token = Token.objects.get()

    assert token.digest == hashlib.sha256(secret.encode()).hexdigest()
    assert token.prefix == secret[:8]
    assert not Event.objects.filter(line__contains=secret).exists()
    assert not Event.objects.filter(line__contains=token.digest).exists()


def test_making_and_revoking_are_recorded(sign_in, staff):
    browser = sign_in(staff)
    make(browser)

    revoke(browser, Token.objects.get())

    events = Event.objects.filter(kind="token").order_by("seq")
    assert [(one.action, one.actor_id, one.door) for one in events] == [
        ("create", staff.pk, "page"),
        ("revoke", staff.pk, "page"),
    ]


def test_a_token_only_reads_unless_asked_otherwise(sign_in, staff):
    browser = sign_in(staff)

    make(browser)
    make(browser, name="sync", writes="yes")

    assert dict(Token.objects.values_list("name", "writes")) == {"monthly export": False, "sync": True}


def test_a_token_works_for_the_chosen_time_by_real_time(sign_in, staff):
    with time_machine.travel(datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC), tick=False):
        make(sign_in(staff), days="7")

    assert Token.objects.get().expires_at == datetime.datetime(2026, 3, 8, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"name": "x" * 61},
        {"name": "a\0b"},
        {"name": "\x01"},
        {"days": "0"},
        {"days": "9999"},
        {"writes": "all"},
    ],
)
def test_what_makes_no_sense_is_refused_in_the_form(sign_in, staff, fields):
    answer = make(sign_in(staff), **fields)

    assert answer.status_code == 400
    assert not Token.objects.exists()


def test_no_token_lives_longer_than_the_setting_allows(sign_in, staff, settings):
    settings.TOKEN_DAYS = 60

    assert make(sign_in(staff), days="90").status_code == 400
    assert make(sign_in(staff), days="60").status_code == 200


def test_sending_the_form_twice_makes_one_token(sign_in, staff):
    browser = sign_in(staff)
    make(browser)

    assert make(browser).status_code == 400
    assert Token.objects.count() == 1


def test_the_name_of_a_revoked_token_is_free_again(sign_in, staff):
    browser = sign_in(staff)
    make(browser)
    revoke(browser, Token.objects.get())

    assert make(browser).status_code == 200


def test_the_list_tells_which_tokens_work(sign_in, staff):
    browser = sign_in(staff)
    _live, _secret = factories.token(staff, name="one")
    gone, _secret = factories.token(staff, name="two")
    with time_machine.travel(timezone.now() - datetime.timedelta(days=40)):
        factories.token(staff, name="three", days=30)
    revoke(browser, gone)

    rows = browser.get(URL).context["rows"]

    assert [(token.name, state) for token, state in rows] == [
        ("two", "revoked"), ("one", "live"), ("three", "expired"),
    ]  # fmt: skip


def test_the_list_costs_the_same_for_one_token_and_for_a_page_of_them(
    sign_in, staff, django_assert_max_num_queries
):
    browser = sign_in(staff)
    for number in range(30):
        factories.token(staff, name=str(number))

    with django_assert_max_num_queries(12):
        assert len(browser.get(URL).context["rows"]) == 25


def test_revoking_twice_says_so(sign_in, staff):
    browser = sign_in(staff)
    token, _secret = factories.token(staff)
    revoke(browser, token)

    assert revoke(browser, token).status_code == 409


def test_nobody_sees_or_revokes_the_tokens_of_others(sign_in, staff, head, root):
    token, _secret = factories.token(staff)

    assert sign_in(head).get(URL).context["rows"] == []
    assert revoke(sign_in(head), token).status_code == 404
    assert revoke(sign_in(root), token).status_code == 404


def test_nobody_makes_a_token_for_somebody_else(staff, root):
    with pytest.raises(NotAllowed):
        actions.make_token(staff, by=root, name="x", writes=False, days=7)


def test_the_administrator_revokes_all_of_a_person(staff, root):
    factories.token(staff, name="one")
    factories.token(staff, name="two")

    assert actions.revoke_all(staff, by=root) == 2
    assert not Token.objects.filter(revoked_at=None).exists()


def test_the_administrator_of_the_persons_programme_does_too(staff, admin):
    factories.token(staff)

    assert actions.revoke_all(staff, by=admin) == 1


def test_nobody_else_revokes_all_of_a_person(staff, manager):
    factories.token(staff)

    with pytest.raises(NotAllowed):
        actions.revoke_all(staff, by=manager)
