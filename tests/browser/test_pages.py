"""Every page as each role sees it: axe finds nothing, and a phone shows it whole, in both languages."""

import datetime

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from projects.workflow import TERMINATE
from qdtrade.accounts.actions import make_link
from qdtrade.imports import background
from qdtrade.imports.actions import uploads
from qdtrade.imports.kinds import KINDS
from qdtrade.indicators.actions.readings import correct_reading
from qdtrade.workflow import perform
from tasks.models import ExpectedPart
from tests import breakings, factories, indicating, signings
from tests.browser import looking
from tests.browser.conftest import PHONE
from tests.tasks import importing, sheets

LONG = (
    "世界知识产权组织在华技术与创新支持中心（TISC）建设及面向海洋生物医药、工业互联网企业的专利导航公共服务"
)
EVERYBODY = ("/", "/notices/", "/help/", "/profile/", "/profile/password/")
REGISTER = (
    "/search/?q=1",
    "/views/",
    "/tasks/",
    "/tasks/{task}/",
    "/responsibility/?open=all",
    "/roadmap/",
    "/roadmap/?zoom=month&against=baseline&light=red",
    "/cockpit/",
    "/cockpit/?wall=1",
    "/parts/",
    "/part-reports/",
    "/part-reports/{filing}/",
    "/reports/",
    "/reports/{returned}/",
    "/periods/",
    "/periods/{period}/",
    "/lights/rules/",
    "/figures/tasks/?overdue=true",
    "/figures/reports/",
)
SIGNINGS = (
    "/projects/",
    "/projects/board/",
    "/projects/carriers/",
    "/projects/pictures/",
    "/projects/{project}/",
    "/projects/{ended}/",
    "/projects/rates/",
    "/projects/rates/{rate}/?on=2021-09-10",
    "/project-updates/",
    "/project-updates/{update}/",
)
BREAKTHROUGHS = (
    "/breakthroughs/",
    "/breakthroughs/{put_in}/",
    "/breakthroughs/{passed_on}/case/",
    "/figures/breakthroughs/",
)
OF_THE_OFFICE = (
    "/desk/{put_in}/breakthrough/",
    "/breakthroughs/{passed_on}/case/write/",
    "/breakthroughs/target/",
    "/breakthroughs/of-task/{task}/",
    "/admin/breakthroughs/breakthrough/",
    "/admin/breakthroughs/breakthrough/{put_in}/",
)
INDICATORS = (
    "/indicators/",
    "/indicators/{indicator}/",
    "/indicators/{indicator}/submit/",
    "/readings/{read}/correct/",
)
PAST = (
    "/breakthroughs/?as_of=2021-09-24",
    "/tasks/?as_of=2021-09-24",
    "/tasks/{task}/?as_of=2021-09-24",
    "/projects/{project}/?as_of=2021-09-24",
    "/records/compare/?from=2021-09-01&to=2021-09-24",
)
CARRIED = ("/gates/{to_come}/propose/", "/projects/{project}/money/", "/money/{sum}/counter-entry/")
KEPT = (
    "/desk/{gate}/gate/",
    "/desk/{read_anew}/reading/",
    "/indicators/import/",
    "/admin/indicators/indicator/",
    "/admin/indicators/indicator/{indicator}/",
    "/admin/indicators/indicatortarget/",
    "/admin/indicators/reading/",
    "/projects/register/",
    "/projects/{project}/edit/",
    "/projects/import/",
    "/admin/projects/project/",
    "/admin/projects/project/{project}/",
    "/admin/projects/gate/{gate}/",
    "/admin/projects/moneyevent/",
    "/admin/lights/lightrule/",
    "/admin/projects/rate/",
    "/admin/projects/rate/{rate}/",
)
DESK = (
    "/desk/",
    "/desk/{submitted}/",
    "/desk/{claimed}/completion/",
    "/desk/{wish}/extension/",
    "/chase/",
    "/chase/text/?to={bureau}",
    "/desk/together/?row={submitted}",
    "/bulletin/",
    "/bulletin/{period}/print/",
    "/periods/{planned}/edit/",
    "/periods/{period}/exceptions/",
    "/programme/edit/",
)
IMPORTS = ("/tasks/import/", "/tasks/import/{import}/", "/tasks/import/{import}/?columns=edit")
ADMINISTRATION = (
    "/admin/",
    "/admin/tasks/task/",
    "/admin/tasks/task/{task}/",
    "/admin/tasks/task/{task}/history/",
    "/admin/tasks/task/add/",
    "/admin/tasks/report/",
    "/admin/tasks/report/{submitted}/",
    "/admin/tasks/expectedreport/",
    "/admin/tasks/milestone/",
    "/admin/tasks/field/{field}/",
    "/admin/tasks/extension/",
    "/admin/tasks/extension/{extension}/",
    "/admin/programmes/period/",
    "/admin/programmes/period/{planned}/",
    "/admin/audit/event/",
)
LOOKED_AFTER = (
    "/admin/accounts/bureau/",
    "/admin/accounts/bureau/add/",
    "/admin/accounts/user/",
    "/admin/accounts/user/{person}/",
    "/admin/accounts/user/add/",
    "/admin/programmes/membership/",
    "/admin/programmes/membership/add/",
    "/admin/programmes/workingday/",
    "/admin/programmes/workingday/add/",
)
MORE_OF_A_MANAGER = (*ADMINISTRATION, "/reports/?period={period}", "/records/", "/deputies/")
PAGES = {
    "nobody": ("/sign-in/", "/sign-in/link/{link}/", "/sign-in/link/none/"),
    "stranger": EVERYBODY,
    "staff": (
        *EVERYBODY,
        "/profile/tokens/",
        "/tasks/{task}/part/",
        "/api/v1/",
        *REGISTER,
        *SIGNINGS,
        *BREAKTHROUGHS,
        "/breakthroughs/{candidate}/claim/",
        *INDICATORS,
        *CARRIED,
        "/tasks/{given}/",
        "/tasks/{task}/extension/",
        "/reports/{submitted}/",
        "/reports/{returned}/?view=changes",
        "/month/",
    ),
    "manager": (
        *EVERYBODY,
        *REGISTER,
        *IMPORTS,
        *DESK,
        *SIGNINGS,
        *BREAKTHROUGHS,
        *OF_THE_OFFICE,
        *INDICATORS,
        *KEPT,
        *MORE_OF_A_MANAGER,
    ),
    "auditor": (
        *EVERYBODY,
        *REGISTER,
        "/chase/",
        "/records/",
        "/records/checkpoints/",
        "/records/packages/",
        *PAST,
    ),
    "admin": (
        "/chase/?period={period}",
        *EVERYBODY,
        *REGISTER,
        "/programme/edit/",
        "/records/",
        "/status/",
        "/people/",
        "/people/{person}/",
        "/people/{person}/leaving/",
        "/people/links/",
        "/people/import/",
        "/people/import/{people_import}/",
        "/bureaus/{bureau}/merging/",
        "/deputies/",
        *LOOKED_AFTER,
    ),
}


def people_read(programme, admin):
    """A file of people with a refused row and a new one."""
    lines = f"账号,姓名,单位,角色\nli,{LONG[:60]},市市场监管局,填报人\nwang,王强,无此单位,填报人\n"
    file = SimpleUploadedFile("人员.csv", lines.encode())
    return uploads.upload(KINDS["people"], programme, file, by=admin, start=background.read_import.call).pk


def signed(programme, task, carrier, staff, manager):
    """Projects with names as long as they come: one with a gate to decide and money, one to begin, one that ended."""
    fair, sector = (
        signings.event(programme, by=manager),
        signings.sector(programme, by=manager, name=LONG[:30]),
    )
    rows = [
        signings.project(
            sector, carrier, by=manager, event=fair, name=f"{LONG}{number}", tasks=[task],
            partners=[signings.partner(programme, by=manager, name=f"{LONG}{number}")],
            contracted_inflow=5 * signings.YI,
        )
        for number in range(3)
    ]  # fmt: skip
    project = signings.passed(rows[0], "framework", by=staff, confirmed_by=manager, words=LONG)
    gate = signings.propose(project, "contract", by=staff, words=LONG, files=signings.proof(f"{LONG}.pdf"))
    money = signings.enter(project, 6 * signings.YI, by=staff, note=LONG)
    signings.open_quarter(programme, by=manager)
    perform(TERMINATE, rows[2], by=manager, comment=LONG)
    return {
        "project": project.pk,
        "to_come": signings.gate(rows[1], "framework").pk,
        "ended": rows[2].pk,
        "gate": gate.pk,
        "sum": money.pk,
        "rate": signings.rate(programme, "ahead").pk,
        "update": project.expected_updates.get().pk,
    }


def broken_through(tasks, staff, manager):
    """A claim that waits, a candidate and a practice case, with texts as long as they come."""
    content = breakings.CONTENT | {"novelty": LONG, "before": LONG * 3, "elsewhere": LONG * 3}
    rows = [breakings.flag(task, by=manager) for task in tasks]
    for row in rows[1:]:
        breakings.claim(breakings.prove(row, by=staff), by=staff, content=content)
    breakings.recognise(rows[2], by=manager)
    breakings.promote(rows[2], by=manager, title=LONG, background=LONG * 5)
    breakings.target(tasks[0].programme, by=manager)
    return dict(zip(("candidate", "put_in", "passed_on"), (row.pk for row in rows), strict=True))


def measured(programme, owner, staff, manager):
    """An indicator with a name as long as it comes, a target, an approved reading and a correction of it."""
    row = indicating.indicator(programme, owner, by=manager, name=LONG[:60], formula=LONG)
    indicating.target(row, by=manager, period=LONG[:40])
    read = indicating.approved(row, by=staff, approved_by=manager, source=LONG)
    anew = correct_reading(read, by=staff, reason=LONG, value=30)
    return {"indicator": row.pk, "read": read.pk, "read_anew": anew.pk}


@pytest.fixture
def ids(programme, field, market, commerce, finance, manager, staff, head, admin, service, auditor, stranger):
    """Rows in the states that the pages are about, with names as long as they come."""
    tasks = [
        factories.accepted_task(field, market, by=manager, accepted_by=staff, title=f"{LONG}{number}")
        for number in range(3)
    ]
    given = factories.task(field, market, by=manager, due_on=datetime.date(2023, 8, 1))
    extension, wish = [
        factories.ask(task, None, by=who, to_on=datetime.date(2022, 6, 30), cause=LONG)
        for task, who in zip(tasks, (staff, head), strict=False)
    ]
    helper = factories.member("helper", programme, "staff", commerce)
    part = factories.part_of(tasks[0], commerce, by=staff, accepted_by=helper, what=LONG)
    factories.give(tasks[0], finance, by=helper, under=part, what=LONG)
    period = factories.open_period(programme, by=manager)
    planned = factories.planned_period(programme, by=manager, month=10)
    submitted, returned, finished = [factories.report_of(task, period) for task in tasks]
    submitted, returned = [factories.submit(report, by=staff, done=LONG) for report in (submitted, returned)]
    factories.send_back(returned, by=manager, comment=LONG)
    finished = factories.finished_task(finished, by=staff, approved_by=manager)
    filing = ExpectedPart.objects.for_move().get(part=part)
    factories.file_part(filing, by=helper, text=LONG)
    return {
        "filing": filing.pk,
        "task": tasks[0].pk,
        "field": field.pk,
        "given": given.pk,
        "extension": extension.pk,
        "wish": wish.pk,
        "claimed": factories.claim(finished, by=head, comment=LONG).pk,
        "submitted": submitted.pk,
        "returned": returned.pk,
        "period": period.pk,
        "planned": planned.pk,
        "person": staff.pk,
        "bureau": market.pk,
        "people_import": people_read(programme, admin),
        "import": importing.imported(programme, sheets.faulty(LONG), by=manager).pk,
        "link": make_link(staff, by=service),
        **signed(programme, tasks[0], market, staff, manager),
        **broken_through(tasks, staff, manager),
        **measured(programme, market, staff, manager),
    }


@pytest.fixture
def person(request, ids):
    def by_role(role):
        return None if role == "nobody" else request.getfixturevalue(role)

    return by_role


@pytest.mark.parametrize("role", PAGES)
def test_every_page_serves_people_with_impairments_and_people_on_the_phone(visit, ids, person, role):
    page = visit(person(role))

    found = [
        fault for address in PAGES[role] for fault in looking.at_both_widths(page, address.format(**ids))
    ]

    assert found == []


@pytest.mark.parametrize("role", PAGES)
def test_the_longer_words_of_english_fit_the_phone_and_the_desk_too(visit, live_server, ids, person, role):
    page = visit(person(role))
    speak(page, live_server, "en")

    found = []
    for address in PAGES[role]:
        page.set_viewport_size(PHONE)
        page.goto(address.format(**ids))
        found += [f"{address} {fault}" for fault in (*looking.phone(page), *looking.desk(page))]

    assert found == []


def speak(page, live_server, language):
    """Choose the language, as the button of the menu does."""
    cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}
    page.context.add_cookies([cookie])
