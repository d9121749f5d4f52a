"""Breakthroughs as real actions and moves make them: no test stands on a row that could not exist."""

from qdtrade.breakthroughs import workflow
from qdtrade.breakthroughs.actions import drafts, flagging
from qdtrade.breakthroughs.models import Breakthrough
from qdtrade.workflow import perform
from tests import factories

CONTENT = {
    "novelty": "银行代企业一次递交，评估与登记并联，当日办结。",
    "before": "企业到三处窗口分别递交，约7个工作日。",
    "elsewhere": "所比的三个地区需2至5个工作日。",
    "elsewhere_source": "三地公开的办事指南，2021年8月",
    "since": "2021-03-26",
    "basis": "《代办点管理办法》",
    "of_all": "全市同类约1,900家",
    "beneficiaries": [{"who": "科技型中小企业", "number": "52家"}],
    "effects": [
        {"what": "单笔登记用时", "before": "7个工作日", "now": "1个工作日", "basis": "2021年1–8月平均"}
    ],
}
CASE = {
    "title": "质押登记银行代办",
    "background": "企业要跑三处窗口。",
    "practice": "银行一次代递，三方并联。",
    "effect": "7个工作日降到1个。",
    "replicable": "设代办点的功能区都可以照做。",
}
POINTS = [0, 2, 5, 8, 11, 14, 18, 24, 30, 35, 40, 45]


def flag(task, *, by, **data):
    return flagging.flag(task, by=by, **data)


def prove(row, *kinds, by):
    for kind in kinds or ("rule", "beneficiary"):
        drafts.attach_file(row, factories.pdf(f"{kind}.pdf", f"%PDF-1.4 {kind}".encode()), by=by, proves=kind)
    return row


def whole(row):
    return Breakthrough.objects.for_list().get(pk=row.pk)


def claim(row, *, by, content=CONTENT, **data):
    return perform(workflow.CLAIM, whole(row), by=by, content=content, **data)


def claimed(task, *, by, kinds=("rule", "beneficiary"), **data):
    """A breakthrough of this task that waits for the pilot office."""
    row = prove(flag(task, by=by, **data), *kinds, by=by)
    return whole(claim(row, by=by))


def recognise(row, *, by, level="city"):
    return perform(workflow.RECOGNISE, whole(row), by=by, level=level)


def promote(row, *, by, **texts):
    return perform(workflow.PROMOTE, whole(row), by=by, **(CASE | texts))


def revoke(row, *, by, comment="The document was withdrawn."):
    return perform(workflow.REVOKE, whole(row), by=by, comment=comment)


def target(programme, *, by, year=2021, points=POINTS, **data):
    return flagging.set_target(programme, year, points, by=by, **data)
