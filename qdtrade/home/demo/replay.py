"""Makes the demo's steps, each as the person who made it, at its moment, through the real moves and actions.

A step is one unit of work, so an interrupted loading goes on where it stopped: steps whose moment the programme's
records have reached are done.
"""

import datetime
from collections.abc import Callable, Iterator

from qdtrade import clock
from qdtrade.accounts.models import Bureau, User
from qdtrade.audit import trail
from qdtrade.audit.models import Chain
from qdtrade.programmes import actions as programmes
from qdtrade.programmes import reminding
from qdtrade.programmes import workflow as periods
from qdtrade.programmes.models import Period, Programme
from qdtrade.workflow import Move, perform
from tasks import content as contents
from tasks import rules, workflow
from tasks.actions import extensions, milestones, parts, register, reports
from tasks.models import ExpectedPart, ExpectedReport, Extension, Field, Milestone, Part, Report, Task

from . import breaking, data, indicating, signing
from .files import sample_file
from .nights import keep_nights, sign_nights_until


class Replay:
    """The steps still to be made on one programme, and what they need to know of it."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.people = {user.username: user for user in User.objects.all()}
        self.bureaus = {
            bureau.short_name: bureau for bureau in Bureau.objects.filter(region=programme.region)
        }
        self.fields = {field.name: field for field in Field.objects.filter(programme=programme)}
        self.rows = {row.code: (position, row) for position, row in enumerate(data.register(), 1)}

    def steps(self) -> list[data.Step]:
        """Those that the records have not reached yet."""
        reached = self.reached()
        return [step for step in data.steps() if reached is None or step.at > reached]

    def reached(self) -> datetime.datetime | None:
        """How far the records go."""
        return Chain.objects.get(scope=self.programme.pk).at

    def run(self) -> Iterator[datetime.datetime]:
        """Make them one after another; yields the moment of each."""
        last = self.reached()
        for step in self.steps():
            keep_nights(self.programme, last, step.at)
            sign_nights_until(step.at)
            with clock.at(step.at), trail.unit():
                ACTIONS[step.action](self, step, self.people[step.account])
            last = step.at
            yield step.at

    def task(self, code: str) -> Task:
        return Task.objects.for_move().get(programme=self.programme, code=code)

    def period(self, step: data.Step) -> Period:
        starts_on = datetime.date.fromisoformat(f"{step.period}-01")
        rows = Period.objects.for_move().filter(programme=self.programme, kind=self.programme.report_kind)
        return rows.get(starts_on=starts_on)

    def report(self, step: data.Step) -> Report:
        return Report.objects.for_move().get(
            expected__task__programme=self.programme,
            expected__task__code=step.codes[0],
            expected__period__starts_on=datetime.date.fromisoformat(f"{step.period}-01"),
        )

    def expected(self, step: data.Step) -> ExpectedReport:
        return self.report(step).expected


def is_loaded() -> bool:
    """Whether an earlier run came to the end."""
    programme = Programme.objects.filter(code=data.programme()["code"]).first()
    return programme is not None and not Replay(programme).steps()


def _register(replay: Replay, step: data.Step, person: User) -> None:
    for code in step.codes:
        position, row = replay.rows[code]
        register.create_task(
            replay.programme,
            by=person,
            field=replay.fields[row.field],
            code=code,
            position=position,
            title=row.title,
            standard=row.standard,
            lead=replay.bureaus[row.lead],
            supporting=tuple(replay.bureaus[name] for name in row.supporting),
            milestones=list(row.milestones),
            starts_on=row.starts_on,
            due_on=row.due_on,
            own_choice=row.own_choice,
            source=row.source,
            is_sample=row.is_sample,
            sample_fields=list(row.sample_fields),
        )


def _accept(replay: Replay, step: data.Step, person: User) -> None:
    perform(workflow.ACCEPT, replay.task(step.codes[0]), by=person)


def _task_move(move: Move) -> Callable[[Replay, data.Step, User], None]:
    def act(replay: Replay, step: data.Step, person: User) -> None:
        perform(move, replay.task(step.codes[0]), by=person, comment=step.comment)

    return act


def _hand_over(replay: Replay, step: data.Step, person: User) -> None:
    code, bureau = step.codes
    task = replay.task(code)
    perform(workflow.HAND_OVER, task, by=person, comment=step.comment, bureau=replay.bureaus[bureau])


def _waive(replay: Replay, step: data.Step, person: User) -> None:
    milestones.waive(_milestone(replay, step), by=person, reason=step.comment)


def _ask(replay: Replay, step: data.Step, person: User) -> None:
    task = replay.task(step.codes[0])
    node = _milestone(replay, step) if step.version else None
    extensions.ask_extension(task, node, by=person, to_on=step.until, cause=step.comment)


def _milestone(replay: Replay, step: data.Step) -> Milestone:
    rows = Milestone.objects.for_move().filter(task__programme=replay.programme)
    return rows.get(task__code=step.codes[0], number=step.version)


def _extension_move(move: Move) -> Callable[[Replay, data.Step, User], None]:
    def act(replay: Replay, step: data.Step, person: User) -> None:
        node = _milestone(replay, step) if step.version else None
        rows = Extension.objects.for_move().waiting().filter(task__programme=replay.programme)
        row = rows.get(task__code=step.codes[0], milestone=node)
        perform(move, row, by=person, comment=step.comment)

    return act


def _give_part(replay: Replay, step: data.Step, person: User) -> None:
    """A part of the task, of the bureau named after it, perhaps below that of a third; all of them are invented."""
    code, bureau, *above = step.codes
    under = _part(replay, code, above[0]) if above else None
    parts.give_part(
        replay.task(code), by=person, bureau=replay.bureaus[bureau], what=step.comment, due_on=step.until,
        under=under, is_sample=True,
    )  # fmt: skip


def _part(replay: Replay, code: str, bureau: str) -> Part:
    rows = Part.objects.for_move().filter(task__programme=replay.programme, task__code=code)
    return rows.get(bureau=replay.bureaus[bureau])


def _part_move(move: Move) -> Callable[[Replay, data.Step, User], None]:
    def act(replay: Replay, step: data.Step, person: User) -> None:
        perform(move, _part(replay, *step.codes), by=person, comment=step.comment)

    return act


def _file_part(replay: Replay, step: data.Step, person: User) -> None:
    """What a bureau says of its part; with a number under 稿次 the part is done."""
    rows = ExpectedPart.objects.for_move().filter(part=_part(replay, *step.codes))
    row = rows.get(period=replay.period(step))
    perform(workflow.FILE, row, by=person, text=step.comment, says_done=bool(step.version))


def _plan_year(replay: Replay, step: data.Step, person: User) -> None:
    programmes.plan_months(replay.programme, int(step.period), range(1, 13), by=person)


def _period_move(move: Move) -> Callable[[Replay, data.Step, User], None]:
    def act(replay: Replay, step: data.Step, person: User) -> None:
        perform(move, replay.period(step), by=person, comment=step.comment)

    return act


def _report_move(move: Move) -> Callable[[Replay, data.Step, User], None]:
    def act(replay: Replay, step: data.Step, person: User) -> None:
        perform(move, replay.report(step), by=person, comment=step.comment, remarks=step.remarks)

    return act


def _exempt(replay: Replay, step: data.Step, person: User) -> None:
    programmes.exempt(replay.expected(step), by=person, reason=step.comment)


def _except(replay: Replay, step: data.Step, person: User) -> None:
    assert step.until is not None
    programmes.grant_exception(replay.expected(step), by=person, until=step.until, reason=step.comment)


def _draft(replay: Replay, step: data.Step, person: User) -> None:
    reports.save_draft(replay.report(step), _version(step).content, by=person)


def _submit(replay: Replay, step: data.Step, person: User) -> None:
    report, version = replay.report(step), _version(step)
    _attach(report, version, person)
    perform(workflow.SUBMIT, report, by=person, content=version.content)


def _submit_no_change(replay: Replay, step: data.Step, person: User) -> None:
    report = replay.report(step)
    content = contents.carried(rules.earlier_version(report).content)
    perform(workflow.SUBMIT, report, by=person, content=content, no_change=True)


def _attach(report: Report, version: data.Version, person: User) -> None:
    """The evidence that the version names and the report does not hold yet."""
    have = set(report.files.filter(dropped_at=None).values_list("name", flat=True))
    milestones = {milestone.number: milestone for milestone in report.task.milestones.all()}
    for number, name in version.files:
        if name not in have:
            file = sample_file(name, [str(report.task), version.period, f"第{version.number}稿"])
            reports.attach_file(report, file, by=person, milestone=milestones.get(number))


def _deputise(replay: Replay, step: data.Step, person: User) -> None:
    """The head or reviewer who acts lets another person stand in from that day on."""
    assert step.until is not None
    held = replay.programme.memberships.that_have_deputies(clock.today()).get(user=person)
    programmes.appoint_deputy(
        held,
        replay.people[step.codes[0]],
        by=person,
        starts_on=clock.today(),
        ends_on=step.until,
        reason=step.comment,
    )


def _remind(replay: Replay, step: data.Step, person: User) -> None:
    for name in step.codes:
        programmes.remind(replay.programme, replay.bureaus[name], by=person, note=step.comment)


def _note_text(replay: Replay, step: data.Step, person: User) -> None:
    for name in step.codes:
        programmes.note_text(replay.programme, replay.bureaus[name], by=person, note=step.comment)


def _remind_by_rule(replay: Replay, step: data.Step, person: User) -> None:
    by_id = {bureau.pk: bureau for bureau in replay.bureaus.values()}
    for one in reminding.steps(replay.programme, person):
        bureau = by_id[one.bureau] if one.bureau else None
        programmes.remind_by_rule(replay.programme, one.duty, bureau, one.due_on, one.days, by=person)


def _version(step: data.Step) -> data.Version:
    return data.versions()[step.period, step.codes[0], step.version]


ACTIONS: dict[str, Callable[[Replay, data.Step, User], None]] = (
    {
        "交办": _register,
        "签收": _accept,
        "退回交办": _task_move(workflow.DECLINE),
        "重新交办": _task_move(workflow.ASSIGN_AGAIN),
        "移交": _hand_over,
        "申请办结": _task_move(workflow.CLAIM),
        "核验办结": _task_move(workflow.VERIFY),
        "退回办结": _task_move(workflow.SEND_BACK),
        "中止": _task_move(workflow.SUSPEND),
        "恢复": _task_move(workflow.RESUME),
        "调出": _task_move(workflow.DROP),
        "豁免节点": _waive,
        "申请延期": _ask,
        "审签延期": _extension_move(workflow.SIGN),
        "同意延期": _extension_move(workflow.GRANT),
        "不同意延期": _extension_move(workflow.REFUSE),
        "分派分工": _give_part,
        "签收分工": _part_move(workflow.ACCEPT_PART),
        "退回分工": _part_move(workflow.SEND_BACK_PART),
        "填报分工": _file_part,
        "新建报告期": _plan_year,
        "开放": _period_move(periods.OPEN_PERIOD),
        "转补报": _period_move(periods.ENTER_GRACE),
        "截止": _period_move(periods.CLOSE_PERIOD),
        "定版": _period_move(periods.FREEZE_PERIOD),
        "免报": _exempt,
        "特许补报": _except,
        "存草稿": _draft,
        "提交": _submit,
        "报无变化": _submit_no_change,
        "撤回": _report_move(workflow.WITHDRAW),
        "领取": _report_move(workflow.TAKE),
        "放回": _report_move(workflow.PUT_BACK),
        "通过": _report_move(workflow.APPROVE),
        "退回": _report_move(workflow.RETURN),
        "重新开启": _report_move(workflow.REOPEN),
        "指定代理": _deputise,
        "催办": _remind,
        "群里催办": _note_text,
        "按规则催办": _remind_by_rule,
    }
    | signing.ACTIONS
    | breaking.ACTIONS
    | indicating.ACTIONS
)
