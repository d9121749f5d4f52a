"""Signed projects as real actions and moves make them: no test stands on a row that could not exist."""

import datetime
import itertools
from decimal import Decimal

from projects import workflow
from projects.actions import directory, money, register
from projects.first_rates import FIRST_RATES as FIRST_RATES
from projects.models import Gate, Project, Rate
from projects.rates import evaluate
from qdtrade import clock
from qdtrade.evidence.actions import take_in
from qdtrade.programmes import actions as programmes
from qdtrade.programmes import workflow as periods
from qdtrade.programmes.models import Period
from qdtrade.programmes.timetable import Timetable
from qdtrade.workflow import perform
from tests import factories

YI = Decimal(100_000_000)
_numbers = itertools.count(1)

PLANS = {"framework": datetime.date(2021, 9, 4), "contract": datetime.date(2021, 12, 31)}


def event(programme, *, by, code="ciftis-2021", **fields):
    values = {
        "fair": "2021服贸会",
        "occasion": "青岛日",
        "place": "北京",
        "starts_on": datetime.date(2021, 9, 2),
        "ends_on": datetime.date(2021, 9, 7),
    } | fields
    return directory.create_event(programme, by=by, code=code, **values)


def sector(programme, *, by, number=1, name="高端装备"):
    return directory.create_sector(programme, by=by, number=number, name=name)


def partner(programme, *, by, name="样例装备有限公司", **fields):
    return directory.create_partner(programme, by=by, name=name, **fields)


def project(sector, carrier, *, by, code=None, **fields):
    number = next(_numbers)
    values = {
        "name": f"Project {number}",
        "kind": "industrial",
        "signed_on": datetime.date(2021, 9, 4),
        "planned_investment": 18 * YI,
        "plans": PLANS,
    } | fields
    return register.register_project(
        sector.programme, by=by, sector=sector, carrier=carrier, code=code or f"P-{number:02}", **values
    )


def gate(project, step):
    return Gate.objects.for_list().get(project=project, step=step)


def proof(name="proof.pdf", body=b"%PDF-1.4 proof"):
    return take_in([factories.pdf(name, body)])[0]


def propose(project, step="framework", *, by, fact_on=datetime.date(2021, 9, 4), words="Signed.", **data):
    data.setdefault("files", proof())
    return perform(workflow.PROPOSE, gate(project, step), by=by, fact_on=fact_on, words=words, **data)


def confirm(gate, *, by):
    return perform(workflow.CONFIRM, gate, by=by)


def passed(project, *steps, by, confirmed_by, **data):
    """The project after these gates were proposed and confirmed."""
    for step in steps:
        confirm(propose(project, step, by=by, **data), by=confirmed_by)
    return type(project).objects.for_list().get(pk=project.pk)


def enter(project, amount, *, by, kind="in", on=datetime.date(2021, 9, 20), note="First instalment", **more):
    return money.enter_money(project, by=by, kind=kind, on=on, amount=Decimal(amount), note=note, **more)


def open_quarter(programme, *, by):
    """The third quarter of 2021, open, with an update owed for each project."""
    timetable = Timetable.of(programme, kind=Period.Kind.QUARTER)
    spans = [span for span in timetable.spans(2021) if span[0].month == 7]
    period = programmes.plan_periods(programme, timetable, spans, by=by)[0]
    return perform(periods.OPEN_PERIOD, period, by=by, comment="Opened by hand.")


def many(sector, carrier, *, by, number, amount=YI, **passed):
    """So many projects at once, of the same amount, of which the first ones have passed gates: `started=211`.

    Rates of hundreds of projects are too many for moves; these rows are as moves leave them.
    """
    signed_on, moment = datetime.date(2021, 9, 4), clock.now()
    first = project(sector, carrier, by=by, planned_investment=amount)
    rows = [
        Project(
            programme=sector.programme, sector=sector, carrier=carrier, code=f"M-{one:04}", name=f"Project {one}",
            kind="industrial", signed_on=signed_on, planned_investment=amount, registered_at=moment,
        )
        for one in range(1, number)
    ]  # fmt: skip
    Project.objects.bulk_create(rows)
    cohort = list(Project.objects.filter(programme=sector.programme).order_by("pk"))
    Gate.objects.filter(project=first).delete()
    decided = {"decided_at": moment, "decided_by": by, "proposed_at": moment, "proposed_by": by}
    Gate.objects.bulk_create(
        Gate(
            project=row, number=Gate.Step.values.index(step) + 1, step=step, status="confirmed",
            fact_on=signed_on, words="A fact.", **decided,
        )
        for step, passing in passed.items()
        for row in cohort[:passing]
    )  # fmt: skip
    return cohort


def rate(programme, code):
    """The version of a programme's rate that holds today."""
    return Rate.objects.in_force(clock.today()).get(programme=programme, code=code)


def evaluated(programme, code, on=None, projects=None):
    """That rate over these projects, or over all of the programme."""
    rows = Project.objects.filter(programme=programme) if projects is None else projects
    return evaluate([rate(programme, code)], rows, on or clock.today())[0]
