"""The demo's steps that are about breakthroughs, each by the real move or action."""

from collections.abc import Callable
from typing import Any

from qdtrade.accounts.models import User
from qdtrade.breakthroughs import workflow
from qdtrade.breakthroughs.actions import drafts, flagging
from qdtrade.breakthroughs.models import Breakthrough
from qdtrade.workflow import Move, perform

from . import data
from .files import sample_file

SOURCE = "半岛都市报2021年9月关于服贸会的报道"
"""What says that 45 are expected this year: it is real; by when how many of them are due is invented."""

LEVELS = {"": "city", "市级": "city", "省级": "province", "国家级": "nation"}


def _target(replay: Any, step: data.Step, person: User) -> None:
    points = [int(one) for one in step.comment.split("/")]
    flagging.set_target(
        replay.programme, int(step.period), points, by=person, source=SOURCE, sample_fields=["points"]
    )


def _flag(replay: Any, step: data.Step, person: User) -> None:
    (code,) = step.codes
    flagging.flag(replay.task(code), by=person, expected_on=step.until, comment=step.comment, is_sample=True)


def _row(replay: Any, step: data.Step) -> Breakthrough:
    rows = Breakthrough.objects.for_list().filter(task__programme=replay.programme, task__code=step.codes[0])
    return rows.exclude(status__in=Breakthrough.OVER).get()


def _claim(replay: Any, step: data.Step, person: User) -> None:
    """With the proof that is not there yet; a second version says more of how others do it."""
    row, said = _row(replay, step), data.claims()[step.codes[0]]
    for kind, name in said.files:
        if not row.files.filter(name=name).exists():
            upload = sample_file(name, [str(row.task), said.content["novelty"]])
            drafts.attach_file(row, upload, by=person, proves=kind)
    content = said.content | ({"elsewhere": step.comment} if step.comment else {})
    perform(workflow.CLAIM, _row(replay, step), by=person, content=content)


def _recognise(replay: Any, step: data.Step, person: User) -> None:
    level = LEVELS[step.codes[1] if len(step.codes) > 1 else ""]
    perform(workflow.RECOGNISE, _row(replay, step), by=person, level=level, comment=step.comment)


def _promote(replay: Any, step: data.Step, person: User) -> None:
    perform(workflow.PROMOTE, _row(replay, step), by=person, **data.claims()[step.codes[0]].case)


def _return(replay: Any, step: data.Step, person: User) -> None:
    """What is remarked stands beside the comparison, the part that is asked about most."""
    remarks = {"compared": "请写明同类地区是哪几个，数据来自哪里。（样例）"}
    perform(workflow.RETURN, _row(replay, step), by=person, comment=step.comment, remarks=remarks)


def _move(move: Move) -> Callable[[Any, data.Step, User], None]:
    def act(replay: Any, step: data.Step, person: User) -> None:
        perform(move, _row(replay, step), by=person, comment=step.comment)

    return act


def _draft(replay: Any, step: data.Step, person: User) -> None:
    """What a bureau has begun to write."""
    drafts.save_draft(_row(replay, step), {"novelty": step.comment}, by=person, seen=None)


ACTIONS: dict[str, Callable[[Any, data.Step, User], None]] = {
    "设突破目标": _target,
    "列为拟突破": _flag,
    "写突破申报": _draft,
    "申报突破": _claim,
    "认定突破": _recognise,
    "退回突破": _return,
    "不予认定": _move(workflow.NOT_RECOGNISE),
    "撤销认定": _move(workflow.REVOKE),
    "复制推广": _promote,
}
