"""What must be there before the first step: bureaus, people, working days, the programme and its members.

Everything here may be run again: what is there already is left as it is.
"""

import datetime

from django.conf import settings

from qdtrade import clock
from qdtrade.accounts import actions as accounts
from qdtrade.accounts.models import Bureau, User
from qdtrade.audit import trail
from qdtrade.programmes import actions as programmes
from qdtrade.programmes.models import Programme, Role, WorkingDay
from tasks.actions import register

from . import data

BEGINS = datetime.datetime(2020, 8, 31, 9, 0, tzinfo=clock.BEIJING)
"""When the house is set up, on the demo's clock: before anything is registered."""

KINDS = {
    "地区": Bureau.Kind.REGION,
    "试点办": Bureau.Kind.OFFICE,
    "市级部门": Bureau.Kind.BUREAU,
    "驻青单位": Bureau.Kind.BUREAU,
    "下属单位": Bureau.Kind.BUREAU,
    "区市": Bureau.Kind.DISTRICT,
    "功能区": Bureau.Kind.ZONE,
}
ROLES = {
    "填报人": Role.STAFF,
    "单位负责人": Role.HEAD,
    "审核人": Role.MANAGER,
    "审计": Role.AUDITOR,
    "系统管理员": Role.ADMIN,
}

WORK_BEGINS = datetime.datetime(2020, 9, 1, 9, 0, tzinfo=clock.BEIJING)
"""The day from which the people hold their roles; the first step comes later."""

SHARED_VIEWS = (
    ("tasks", "逾期节点", "ordering=-late&overdue=true"),
    ("tasks", "完成标准一览", "show=lead%2Cfield%2Cstandard%2Cdue_on"),
    ("reports", "没交的报告", "report=not_filed"),
)
"""List, name, and what its address asks for."""


def set_up() -> Programme:
    """The programme, with everything around it."""
    with clock.at(BEGINS):
        service = accounts.service_user()
        _make_bureaus(service)
        _make_people(service)
        programmes.load_working_days(_working_days(), by=service)
        programme = _make_programme(service)
        _make_members(programme, service)
    with clock.at(WORK_BEGINS):
        _share_views(programme)
    return programme


def _share_views(programme: Programme) -> None:
    """What the reviewer gave the programme to look at, each with their own rows."""
    manager = User.objects.get(username="manager")
    for listed, name, query in SHARED_VIEWS:
        programmes.save_view(programme, listed, by=manager, name=name, query=query, is_shared=True)


def _make_bureaus(service: User) -> None:
    made = {bureau.code: bureau for bureau in Bureau.objects.all()}
    for position, row in enumerate(data.rows("bureaus.csv")):
        if row["代码"] in made:
            continue
        made[row["代码"]] = accounts.create_bureau(
            row["代码"],
            by=service,
            name=row["名称"],
            short_name=row["简称"],
            parent=made.get(row["上级代码"]),
            kind=KINDS[row["类别"]],
            aliases=tuple(alias for alias in row["别名"].split(data.LIST) if alias),
            position=position,
        )


def _make_people(service: User) -> None:
    """Only the accounts that visitors use get a password; nobody can sign in to the others."""
    have = set(User.objects.values_list("username", flat=True))
    for row in data.rows("people.csv"):
        if row["账号"] not in have:
            password = settings.DEMO_PASSWORD if row["演示账号"] == "是" else None
            accounts.create_user(
                row["账号"],
                by=service,
                name=row["姓名"],
                password=password,
                phone=row["电话"],
                email=row["邮箱"],
            )


def _working_days() -> list[WorkingDay]:
    return [
        WorkingDay(
            day=datetime.date.fromisoformat(row["日期"]),
            is_working=row["休班"] == "班",
            name=row["节日"],
            source=row["来源"],
        )
        for row in data.rows("working_days.csv")
    ]


def _make_programme(service: User) -> Programme:
    plan = data.programme()
    found = Programme.objects.filter(code=plan["code"]).first()
    if found is not None:
        return found
    with trail.unit():
        programme = programmes.create_programme(
            plan["code"],
            by=service,
            name=plan["name"],
            name_en=plan["name_en"],
            short_name=plan["short_name"],
            region=Bureau.objects.get(code=plan["region"], kind=Bureau.Kind.REGION),
            starts_on=datetime.date.fromisoformat(plan["starts_on"]),
            ends_on=datetime.date.fromisoformat(plan["ends_on"]),
            source=plan["source"],
            is_sample=plan["is_sample"],
            **plan["rules"],
        )
        for number, name in enumerate(plan["fields"], 1):
            register.create_field(programme, by=service, number=number, name=name)
    return programme


def _make_members(programme: Programme, service: User) -> None:
    have = set(programme.memberships.values_list("user__username", "role"))
    people = {user.username: user for user in User.objects.all()}
    bureaus = {bureau.short_name: bureau for bureau in Bureau.objects.filter(region=programme.region)}
    for row in data.rows("people.csv"):
        role = ROLES.get(row["角色"])
        if role is None or (row["账号"], role) in have:
            continue
        programmes.add_member(
            programme,
            people[row["账号"]],
            by=service,
            role=role,
            bureau=bureaus[row["单位"]],
            starts_on=datetime.date.fromisoformat(row["起始日期"]),
            ends_on=datetime.date.fromisoformat(row["截止日期"]) if row["截止日期"] else None,
        )
