"""SQLite's write lock is held for too long; prints as JSON what people are told. Run by test_sqlite_busy.py."""

import datetime
import json
import re
import sqlite3

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402
from rest_framework.test import APIClient  # noqa: E402

from qdtrade import clock  # noqa: E402
from tasks.models import Report  # noqa: E402
from tests import factories  # noqa: E402

PATIENCE = 0.3
"""Seconds; in real life it is twenty."""
TYPED = "第一行 <b>\n第二行 “引号”"


def main():
    setup_test_environment()
    connection.settings_dict["OPTIONS"]["timeout"] = PATIENCE
    call_command("migrate", verbosity=0)
    with clock.at(datetime.datetime(2021, 9, 24, 10, tzinfo=clock.BEIJING)):
        report, staff = house()
        COOKIES[staff.pk] = _cookie(staff)
        said = {
            "page": busy(lambda: page(staff).post(address(report), factories.CONTENT | {"done": TYPED})),
            "htmx": busy(
                lambda: page(staff).post(draft(report), {"done": TYPED}, headers={"HX-Request": "true"})
            ),
            "api": busy(
                lambda: api(staff).post(api_address(report), {"content": factories.CONTENT}, format="json")
            ),
            "sign_in": busy(
                lambda: page().post("/sign-in/", {"username": "staff", "password": factories.PASSWORD})
            ),
            "reading": busy(lambda: page(staff).get("/")),
        }
        said["status"] = Report.objects.get().status
        said["again"] = page(staff).post(address(report), hidden(said["page"]["text"])).status_code
        said["kept"] = Report.objects.get().versions.get().content["done"]
    print(json.dumps(said))


def house():
    region = factories.bureau("qingdao", "青岛市")
    bureau = factories.bureau("scjg", "青岛市市场监督管理局", "市市场监管局", parent=region)
    programme = factories.programme(region)
    manager = factories.member("manager", programme, "manager", bureau)
    staff = factories.member("staff", programme, "staff", bureau)
    task = factories.accepted_task(factories.field(programme), bureau, by=manager, accepted_by=staff)
    return factories.report_of(task, factories.open_period(programme, by=manager)), staff


def page(person=None):
    return _signed_in(Client(raise_request_exception=False), person)


def api(person):
    return _signed_in(APIClient(raise_request_exception=False), person)


def _signed_in(client, person):
    """Signed in before the database is busy."""
    if person is not None:
        client.cookies["sessionid"] = COOKIES[person.pk]
    return client


COOKIES = {}


def _cookie(person):
    client = Client()
    client.force_login(person)
    client.get("/")
    return client.cookies["sessionid"].value


def address(report):
    return reverse("report_move", args=[report.pk, "submit"])


def draft(report):
    return reverse("report_draft", args=[report.pk])


def api_address(report):
    return reverse("api:report-submit", args=[report.pk])


def busy(act):
    """What the act was answered while another connection writes."""
    holder = sqlite3.connect(connection.settings_dict["NAME"])
    holder.execute("BEGIN IMMEDIATE")
    try:
        answer = act()
    finally:
        holder.rollback()
        holder.close()
    return {
        "code": answer.status_code,
        "type": answer.headers["Content-Type"],
        "wait": answer.headers.get("Retry-After"),
        "text": answer.content.decode(),
    }


def hidden(text):
    """The fields that the page would send again, as a browser reads them."""
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text)
    return {name: _unescaped(value) for name, value in pairs if name != "csrfmiddlewaretoken"}


def _unescaped(value):
    for escaped, plain in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        value = value.replace(escaped, plain)
    return value


if __name__ == "__main__":
    main()
