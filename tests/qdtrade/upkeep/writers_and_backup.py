"""People write while a backup is taken; prints as JSON what came of it. Run by test_backup_and_restore.py."""

import contextvars
import datetime
import json
import sys
import threading
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from qdtrade import clock  # noqa: E402
from qdtrade.upkeep.actions import make_backup  # noqa: E402
from qdtrade.workflow import perform  # noqa: E402
from tasks import workflow  # noqa: E402
from tasks.actions import reports  # noqa: E402
from tasks.models import ReportVersion  # noqa: E402
from tests import factories  # noqa: E402

WRITERS = 4
PAUSE = 0.05
"""Seconds between two rounds: SQLite's lock has no queue, and who never pauses shuts the others out."""


def main():
    call_command("migrate", verbosity=0)
    with clock.at(datetime.datetime(2021, 9, 24, 10, tzinfo=clock.BEIJING)):
        owed, staff = house()
        stop, faults = threading.Event(), []
        begun = [threading.Event() for _report in owed]
        threads = [
            threading.Thread(target=contextvars.copy_context().run, args=(write, *pair, staff, stop, faults))
            for pair in zip(owed, begun, strict=True)
        ]
        for thread in threads:
            thread.start()
        for event in begun:
            event.wait(60)
        before = ReportVersion.objects.count()
        path, manifest = make_backup(Path(sys.argv[1]))
        after = ReportVersion.objects.count()
        stop.set()
        for thread in threads:
            thread.join()
    said = {"faults": faults, "before": before, "after": after, "path": str(path), "absent": manifest.absent}
    print(json.dumps(said))


def house():
    """A period with a report for each writer."""
    region = factories.bureau("qingdao", "青岛市")
    bureau = factories.bureau("scjg", "青岛市市场监督管理局", "市市场监管局", parent=region)
    programme = factories.programme(region)
    manager = factories.member("manager", programme, "manager", bureau)
    staff = factories.member("staff", programme, "staff", bureau)
    field = factories.field(programme)
    tasks = [
        factories.accepted_task(field, bureau, by=manager, accepted_by=staff) for _number in range(WRITERS)
    ]
    period = factories.open_period(programme, by=manager)
    return [factories.report_of(task, period) for task in tasks], staff


def write(report, begun, staff, stop, faults):
    """Files, drafts, versions that are withdrawn again, until told to stop."""
    number = 0
    try:
        while not stop.is_set() and number < 500:
            number += 1
            body = b"%%PDF-1.4 %d of %d" % (number, report.pk)
            attached = factories.attach(report, by=staff, name=f"{number}.pdf", body=body)
            reports.save_draft(report, {"done": f"Round {number}."}, by=staff)
            perform(workflow.WITHDRAW, factories.submit(report, by=staff), by=staff)
            reports.remove_file(attached, by=staff)
            begun.set()
            stop.wait(PAUSE)
    except Exception as fault:  # whatever it is, the test must hear of it
        faults.append(repr(fault))
        begun.set()
    finally:
        connection.close()


if __name__ == "__main__":
    main()
