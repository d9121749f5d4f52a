"""Sign-in links by mail: the link is made when the mail leaves, and nobody learns which accounts there are."""

import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from qdtrade.accounts import actions
from qdtrade.accounts.models import SignInLink
from qdtrade.audit.models import Event
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.notices.models import Mail, Notice
from tests import factories

NEW = "wind-over-fushan-bay"
LOST = reverse("lost_password")


@pytest.fixture
def newcomer(programme, market):
    """Has no password at all, and a mail address."""
    person = factories.join(factories.user("lin", password=None), programme, "staff", market)
    return actions.change_contact(person, by=person, email="lin@example.cn", phone="")


def mailed():
    """The link in the one mail that left."""
    call_command("send_notices", "--now", verbosity=0)
    (letter,) = mail.outbox
    return re.search(r"/sign-in/link/[^/\s]+/", letter.body)[0]


def test_a_link_mailed_by_an_administrator_opens_the_account(newcomer, admin, client):
    actions.mail_link(newcomer, by=admin)

    answer = client.post(mailed(), {"new_password1": NEW, "new_password2": NEW})

    assert answer.status_code == 302
    newcomer.refresh_from_db()
    assert newcomer.check_password(NEW)


def test_the_outbox_keeps_no_link(newcomer, admin):
    actions.mail_link(newcomer, by=admin)

    assert not SignInLink.objects.exists()
    assert Event.objects.filter(action="mail_link", object_id=newcomer.pk).count() == 1


def test_who_lost_the_password_gets_a_link_at_once(newcomer, client):
    answer = client.post(LOST, {"account": "lin"})

    assert answer.context["asked"]
    assert client.get(mailed()).status_code == 200


@pytest.mark.parametrize("account", ["nobody", "unreachable", "qdtrade"])
def test_the_answer_is_the_same_for_an_account_that_gets_no_mail(newcomer, client, account):
    factories.user("unreachable")

    answer = client.post(LOST, {"account": account})

    assert (answer.status_code, answer.context["asked"], Mail.objects.count()) == (200, True, 0)


def test_asking_again_and_again_fills_no_box(newcomer, client):
    for _number in range(3):
        client.post(LOST, {"account": "lin"})

    assert Mail.objects.count() == 1


def test_a_closed_account_is_mailed_nothing(newcomer, admin, client):
    actions.close_account(newcomer, by=admin, comment="Left.")

    client.post(LOST, {"account": "lin"})

    assert not Notice.objects.filter(kind="user").exists()
    with pytest.raises(WrongState):
        actions.mail_link(newcomer, by=admin)


def test_who_closed_the_account_before_the_mail_left_sends_no_link(newcomer, admin):
    actions.mail_link(newcomer, by=admin)
    actions.close_account(newcomer, by=admin, comment="Left.")

    call_command("send_notices", "--now", verbosity=0)

    assert mail.outbox == []
    assert not SignInLink.objects.exists()


@pytest.mark.parametrize("who", ["staff", "manager", "auditor", "stranger"])
def test_nobody_else_has_a_link_mailed(newcomer, who, request):
    with pytest.raises(NotAllowed):
        actions.mail_link(newcomer, by=request.getfixturevalue(who))


def test_without_a_mail_server_the_page_names_who_hands_a_link_over(newcomer, client, settings):
    settings.MAIL_ON = False

    assert b"/sign-in/lost/" not in client.get(reverse("sign_in")).content
    assert not client.get(LOST).context["by_mail"]
