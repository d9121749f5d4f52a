"""The demo's side of the load: twenty people with roles, and afterwards what the records say that they did.

manage.py's environment, then: python -m bench.people add | python -m bench.people check <the acts, as JSON>
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qdtrade.settings")
django.setup()

from django.db.models import Count  # noqa: E402

from qdtrade.accounts.actions import create_user, service_user  # noqa: E402
from qdtrade.accounts.models import Bureau  # noqa: E402
from qdtrade.audit.models import Chain, Event  # noqa: E402
from qdtrade.programmes.actions import add_member  # noqa: E402
from qdtrade.programmes.models import Programme  # noqa: E402
from tasks.models import Report  # noqa: E402

PASSWORD = "twenty-people-at-once"
STAFF, REVIEWERS, READERS = 12, 4, 4


def add() -> None:
    """Print who they are, their role, and how long the records are before they begin."""
    programme, service = Programme.objects.get(), service_user()
    owing = Bureau.objects.annotate(owed=Count("led_tasks")).order_by("-owed", "pk")
    office = Bureau.objects.get(short_name="试点办")
    wanted = [("staff", bureau) for bureau in owing[:STAFF]]
    wanted += [("manager", office)] * REVIEWERS + [("auditor", None)] * READERS
    people = []
    for number, (role, bureau) in enumerate(wanted, 1):
        person = create_user(f"bench{number:02}", by=service, name=f"压测{number:02}", password=PASSWORD)
        add_member(programme, person, by=service, role=role, bureau=bureau, starts_on=programme.starts_on)
        people.append([person.username, role])
    length = Chain.objects.get(scope=programme.pk).length
    print(json.dumps({"people": people, "password": PASSWORD, "length": length}))


def check() -> None:
    """Print what was acknowledged and is not there, one sentence each; nothing when nothing was lost."""
    told = json.load(sys.stdin)
    events = Event.objects.filter(
        chain__scope=Programme.objects.get().pk, seq__gt=told["length"], door="page"
    )
    done = dict(events.values_list("action").annotate(count=Count("pk")).order_by())
    for action, count in told["acts"].items():
        if done.get(action, 0) < count:
            print(f"{action}: {count} were acknowledged, {done.get(action, 0)} are recorded")
    for pk, text in told["texts"].items():
        report = Report.objects.get(pk=pk)
        texts = [version.content["done"] for version in report.versions.all()]
        draft = getattr(report, "draft", None)
        if text not in texts + ([draft.content["done"]] if draft else []):
            print(f"report {pk}: the text “{text}” was acknowledged and is nowhere")


if __name__ == "__main__":
    {"add": add, "check": check}[sys.argv[1]]()
