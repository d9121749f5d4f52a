"""The demo's steps that are about the signings, each by the real move or action."""

import datetime
from collections.abc import Callable
from typing import Any

from projects import workflow
from projects.actions import directory, money, register
from projects.models import ExpectedUpdate, Gate, MoneyEvent, Project, Sector, SigningEvent
from qdtrade import money as amounts
from qdtrade.accounts.models import User
from qdtrade.evidence.actions import take_in
from qdtrade.programmes import actions as programmes
from qdtrade.programmes import workflow as periods
from qdtrade.programmes.models import Period, PeriodKind, Role
from qdtrade.programmes.timetable import Timetable
from qdtrade.workflow import Move, perform

from . import data
from .files import sample_file

FAIR = {
    "fair": "2021年中国国际服务贸易交易会",
    "occasion": "“青岛日”主题推介会",
    "place": "北京",
    "starts_on": datetime.date(2021, 9, 2),
    "ends_on": datetime.date(2021, 9, 7),
    "source": "半岛都市报2021年9月关于服贸会的报道",
}
"""What the press report says of the fair: it is real."""

TOLD = "承接单位电话告知，试点办代为申报（样例）"
"""The source that the office names where a carrier has no account."""

PROOF = {
    "framework": "框架协议.pdf",
    "contract": "投资合同（盖章）.pdf",
    "registered": "营业执照.pdf",
    "started": "主体施工照片与监理日志.pdf",
    "producing": "首张发票.pdf",
    "full": "达效说明.pdf",
}


def _register(replay: Any, step: data.Step, person: User) -> None:
    """The fair, the sectors, and all projects as they were signed."""
    programme, signed = replay.programme, data.signings()
    event = directory.create_event(programme, by=person, code=signed[0].event, **FAIR)
    names = list(dict.fromkeys(one.sector for one in signed))
    sectors = {
        name: directory.create_sector(programme, by=person, number=number, name=name)
        for number, name in enumerate(names, 1)
    }
    for one in signed:
        _register_one(replay, one, event, sectors[one.sector], person)


def _register_one(replay: Any, one: data.Signing, event: SigningEvent, sector: Sector, person: User) -> None:
    name, country = one.partner
    partner = directory.create_partner(
        replay.programme, by=person, name=name, country=country, is_sample=True, source=one.source
    )
    kind = Project.Kind.INDUSTRIAL if one.is_industrial else Project.Kind.SERVICE
    register.register_project(
        replay.programme, by=person, code=one.code, name=one.name, kind=kind, sector=sector, event=event,
        carrier=replay.bureaus[one.carrier], signed_on=one.signed_on,
        planned_investment=amounts.parse(one.planned),
        contracted_inflow=amounts.parse(one.inflow) if one.inflow else None,
        partners=[partner], tasks=[replay.task(code) for code in one.tasks], plans=one.plans,
        is_sample=True, source=one.source,
    )  # fmt: skip


def _project(replay: Any, code: str) -> Project:
    return Project.objects.for_move().get(programme=replay.programme, code=code)


def _gate(replay: Any, step: data.Step) -> Gate:
    code, name = step.codes
    return Gate.objects.for_move().get(project__programme=replay.programme, project__code=code, step=name)


def _propose(replay: Any, step: data.Step, person: User) -> None:
    gate = _gate(replay, step)
    name = PROOF[gate.step]
    files, _refused = take_in([sample_file(name, [str(gate.project), gate.get_step_display()])])
    roles = {m.role for m in person.memberships.filter(programme=replay.programme)}
    source = TOLD if Role.MANAGER in roles else ""
    perform(
        workflow.PROPOSE, gate, by=person, fact_on=step.until, words=step.comment, files=files, source=source
    )


def _gate_move(move: Move) -> Callable[[Any, data.Step, User], None]:
    def act(replay: Any, step: data.Step, person: User) -> None:
        perform(move, _gate(replay, step), by=person, comment=step.comment)

    return act


def _enter(replay: Any, step: data.Step, person: User) -> None:
    code, kind, amount = step.codes
    assert step.until is not None
    money.enter_money(
        _project(replay, code),
        by=person,
        kind=kind,
        on=step.until,
        amount=amounts.parse(amount),
        note=step.comment,
    )


def _take_back(replay: Any, step: data.Step, person: User) -> None:
    """A part of the project's latest sum."""
    code, amount = step.codes
    assert step.until is not None
    sums = MoneyEvent.objects.filter(project=_project(replay, code), corrects=None)
    latest = sums.order_by("-on", "-pk")[0]
    money.counter_entry(latest, by=person, on=step.until, note=step.comment, amount=amounts.parse(amount))


def _plan_quarters(replay: Any, step: data.Step, person: User) -> None:
    """The quarters of the year that have not ended yet."""
    timetable = Timetable.of(replay.programme, kind=PeriodKind.QUARTER)
    spans = [span for span in timetable.spans(int(step.period)) if span[1] >= step.at.date()]
    programmes.plan_periods(replay.programme, timetable, spans, by=person)


def _quarter(replay: Any, step: data.Step) -> Period:
    starts_on = datetime.date.fromisoformat(f"{step.period}-01")
    rows = Period.objects.for_move().filter(programme=replay.programme, kind=PeriodKind.QUARTER)
    return rows.get(starts_on=starts_on)


def _open(replay: Any, step: data.Step, person: User) -> None:
    perform(periods.OPEN_PERIOD, _quarter(replay, step), by=person)


def _file(replay: Any, step: data.Step, person: User) -> None:
    (code,) = step.codes
    rows = ExpectedUpdate.objects.for_move().filter(project__code=code, period=_quarter(replay, step))
    no_change = step.comment == "无变化"
    perform(
        workflow.FILE, rows.get(), by=person, no_change=no_change, text="" if no_change else step.comment,
        next_on=step.until,
    )  # fmt: skip


ACTIONS: dict[str, Callable[[Any, data.Step, User], None]] = {
    "登记签约项目": _register,
    "申报阶段": _propose,
    "确认阶段": _gate_move(workflow.CONFIRM),
    "退回阶段": _gate_move(workflow.RETURN),
    "登记资金": _enter,
    "冲正资金": _take_back,
    "建立季度报告期": _plan_quarters,
    "开放季度": _open,
    "填报动态": _file,
}
