"""Rows as real moves and actions make them: no test stands on a row that could not exist."""

import datetime
import itertools

from django.core.files.uploadedfile import SimpleUploadedFile

from qdtrade.accounts import actions as accounts
from qdtrade.accounts.actions import tokens
from qdtrade.programmes import actions as programmes
from qdtrade.programmes import workflow as periods
from qdtrade.programmes.models import WorkingDay
from qdtrade.workflow import perform
from tasks import workflow
from tasks.actions import extensions, parts, register, reports
from tasks.models import Report

PASSWORD = "correct-horse-battery"
_numbers = itertools.count(101)  # beyond the codes that the registers of import tests name

CONTENT = {
    "done": "Registered three firms.",
    "progress": "40",
    "forecast_on": "2021-12-31",
    "self_light": "green",
    "problems": "",
}


def user(username, **fields):
    values = {"name": username, "password": PASSWORD} | fields
    person = accounts.create_user(username, by=accounts.service_user(), **values)
    return type(person).objects.get(pk=person.pk)


def bureau(code, name, short_name="", parent=None, **fields):
    service = accounts.service_user()
    return accounts.create_bureau(code, by=service, name=name, short_name=short_name, parent=parent, **fields)


def programme(region, code="qd-2020", **fields):
    values = {
        "name": "服务贸易创新发展试点",
        "starts_on": datetime.date(2020, 8, 2),
        "ends_on": datetime.date(2023, 8, 1),
    } | fields
    return programmes.create_programme(code, by=accounts.service_user(), region=region, **values)


def member(username, programme, role, bureau=None, **fields):
    person = user(username)
    return join(person, programme, role, bureau, **fields)


def join(person, programme, role, bureau=None, **fields):
    fields.setdefault("starts_on", datetime.date(2020, 8, 2))
    programmes.add_member(programme, person, by=accounts.service_user(), role=role, bureau=bureau, **fields)
    return type(person).objects.get(pk=person.pk)


def field(programme, number=1, name="扩大对外开放"):
    return register.create_field(programme, by=accounts.service_user(), number=number, name=name)


def task(field, lead, *, by, code=None, milestones=None, **fields):
    number = next(_numbers)
    values = {
        "title": f"Task {number}",
        "standard": "Ten firms served.",
        "starts_on": datetime.date(2020, 10, 1),
        "due_on": datetime.date(2022, 3, 31),
    } | fields
    dates = milestones or [
        ("Plan made", datetime.date(2020, 12, 31)),
        ("Ten firms", datetime.date(2022, 3, 31)),
    ]
    return register.create_task(
        field.programme,
        by=by,
        field=field,
        code=code or f"1-{number:02}",
        lead=lead,
        milestones=dates,
        **values,
    )


def accepted_task(field, lead, *, by, accepted_by, **fields):
    return perform(workflow.ACCEPT, task(field, lead, by=by, **fields), by=accepted_by)


def planned_period(programme, *, by, year=2021, month=9):
    return programmes.plan_months(programme, year, [month], by=by)[0]


def open_period(programme, *, by, year=2021, month=9):
    period = planned_period(programme, by=by, year=year, month=month)
    return perform(periods.OPEN_PERIOD, period, by=by, comment="Opened by hand.")


def close_period(period, *, by):
    return perform(periods.CLOSE_PERIOD, period, by=by, comment="Closed by hand.")


def report_of(task, period):
    return Report.objects.for_list().get(expected__task=task, expected__period=period)


def submit(report, *, by, **content):
    return perform(workflow.SUBMIT, report, by=by, content=CONTENT | content)


def send_back(report, *, by, comment="Which firms?", remarks=None):
    return perform(workflow.RETURN, report, by=by, comment=comment, remarks=remarks or {"done": "Name them."})


def approve(report, *, by):
    return perform(workflow.APPROVE, report, by=by)


def finished_task(report, *, by, approved_by):
    """The task of a report that claimed all its milestones, with evidence, and was approved."""
    for milestone in report.task.milestones.all():
        number = milestone.number
        attach(report, by=by, milestone=milestone, name=f"{number}.pdf", body=f"%PDF-1.4 {number}".encode())
    claims = {str(milestone.number): "2021-09-01" for milestone in report.task.milestones.all()}
    approve(submit(report, by=by, milestones=claims, progress="100"), by=approved_by)
    return report.task


def claim(task, *, by, comment="All ten firms are served; the list is enclosed."):
    return perform(workflow.CLAIM, task, by=by, comment=comment)


def ask(task, milestone, *, by, to_on, cause="The ministry's list is late."):
    return extensions.ask_extension(task, milestone, by=by, to_on=to_on, cause=cause)


def give(task, bureau, *, by, what="A list of ten firms", due_on=datetime.date(2021, 12, 31), under=None):
    return parts.give_part(task, by=by, bureau=bureau, what=what, due_on=due_on, under=under)


def part_of(task, bureau, *, by, accepted_by, **fields):
    """A part that its bureau has signed for."""
    return perform(workflow.ACCEPT_PART, give(task, bureau, by=by, **fields), by=accepted_by)


def file_part(row, *, by, text="Two firms were visited.", **data):
    return perform(workflow.FILE, row, by=by, text=text, **data)


def move_milestone(task, milestone, plan_on, *, by):
    change = register.MilestoneChange(title=milestone.title, plan_on=plan_on, pk=milestone.pk)
    return register.edit_task(task, {}, by=by, comment="Moved by the office.", milestones=[change])


def end(membership, *, by):
    programmes.end_membership(membership, by=by)


def pdf(name="proof.pdf", body=b"%PDF-1.4 proof"):
    return SimpleUploadedFile(name, body, content_type="application/pdf")


def attach(report, *, by, milestone=None, name="proof.pdf", body=b"%PDF-1.4 proof"):
    return reports.attach_file(report, pdf(name, body), by=by, milestone=milestone)


def token(person, *, name="export", writes=True, days=30):
    """A personal token's row and its secret."""
    return tokens.make_token(person, by=person, name=name, writes=writes, days=days)


def working_day(day, *, is_working=False, name="元旦"):
    row = WorkingDay(day=datetime.date.fromisoformat(day), is_working=is_working, name=name)
    programmes.load_working_days([row], by=accounts.service_user())
    return WorkingDay.objects.get(day=day)
