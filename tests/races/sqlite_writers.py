"""Eight people write at once into one SQLite file; prints as JSON what came of it. Run by test_sqlite.py."""

import contextvars
import datetime
import json
import threading

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from qdtrade import clock  # noqa: E402
from qdtrade.audit import rows, verify  # noqa: E402
from qdtrade.errors import WrongState  # noqa: E402
from qdtrade.workflow import perform  # noqa: E402
from tasks import workflow  # noqa: E402
from tasks.actions import reports  # noqa: E402
from tasks.models import ReportVersion  # noqa: E402
from tests import factories  # noqa: E402

WRITERS = 8
ROUNDS = 4


def main():
    call_command("migrate", verbosity=0)
    with clock.at(datetime.datetime(2021, 9, 24, 10, tzinfo=clock.BEIJING)):
        owed, staff = house()
        own = at_once([lambda report=report: writes_and_withdraws(report, staff) for report in owed])
        same = at_once([lambda: submits(owed[0], staff)] * WRITERS)
    verdicts = list(verify.verify())
    print(
        json.dumps(
            {
                "faults": [outcome for outcome in own + same if outcome not in {"done", "refused"}],
                "submitted": same.count("done"),
                "written": WRITERS * ROUNDS + 1,
                "versions": ReportVersion.objects.count(),
                "broken": [verdict.code for verdict in verdicts if verdict.fault],
                "unlike": [list(rows.differences(chain)) for chain in verify.Chain.objects.all()],
            }
        )
    )


def house():
    """A period with a report for each writer, all owed by one bureau."""
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


def writes_and_withdraws(report, staff):
    """Versions that are withdrawn again, with a draft and a file each."""
    for number in range(ROUNDS):
        factories.attach(report, by=staff, name=f"{number}.pdf")
        reports.save_draft(report, {"done": f"Round {number}."}, by=staff)
        perform(workflow.WITHDRAW, factories.submit(report, by=staff), by=staff)


def submits(report, staff):
    factories.submit(report, by=staff)


def at_once(acts):
    """What came of each act: done, refused, or the fault's words."""
    outcomes, start = [], threading.Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            act()
        except WrongState:
            outcomes.append("refused")
        except Exception as fault:  # whatever it is, the test must hear of it
            outcomes.append(repr(fault))
        else:
            outcomes.append("done")
        finally:
            connection.close()

    threads = [threading.Thread(target=contextvars.copy_context().run, args=(run, act)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


if __name__ == "__main__":
    main()
