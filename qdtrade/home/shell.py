"""What surrounds every page: menu with counts, person, clock. At most four queries of its own (DECISIONS 20)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from projects.models import ExpectedUpdate, Project
from qdtrade import clock
from qdtrade.audit import past
from qdtrade.breakthroughs.curve import standing_parts
from qdtrade.breakthroughs.models import Breakthrough
from qdtrade.errors import Words
from qdtrade.notices.models import Notice
from qdtrade.past.banner import Banner, banner
from qdtrade.programmes import current
from qdtrade.programmes.held import held_in
from qdtrade.programmes.models import Membership, Programme, Role
from qdtrade.templatetags import days
from qdtrade.templatetags.words import standing_in
from tasks.models import Report, Task

from . import admin_menu
from .counting import counts_of
from .reviews.queue import waiting_count


@dataclass(frozen=True)
class Item:
    """A line of the menu."""

    label: Words
    url: str
    count: int | None = None
    current: bool = False
    of: int | None = None
    """What the count is held against, such as a target."""


@dataclass(frozen=True)
class Shell:
    """Everything that `base.html` shows around a page."""

    programme: Programme | None
    programmes: list[dict[str, Any]]
    items: list[tuple[str, list[Item]]]
    here: str
    person_line: str
    account: str
    demo_clock: str
    unread: int | None
    has_samples: bool
    as_of: Banner | None
    """Which moment the page shows, or that it could show another one."""

    @property
    def is_past(self) -> bool:
        return self.as_of is not None and bool(self.as_of.words)

    @property
    def programme_line(self) -> str:
        if self.programme is None:
            return ""
        return self.programme.short_name or self.programme.display_name

    def _address(self, name: str) -> str:
        return reverse(name) + (f"?programme={self.programme.code}" if self.programme else "")

    @property
    def home_url(self) -> str:
        return self._address("my_work")

    @property
    def inbox_url(self) -> str:
        return self._address("notices")

    @property
    def profile_url(self) -> str:
        return self._address("profile")

    @property
    def search_url(self) -> str:
        return reverse("search")

    @property
    def help_url(self) -> str:
        return self._address("help")


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor; a page for nobody in particular has no shell."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"shell": None, "demo": demo()}
    if "shell" not in user.remembered:
        user.remembered["shell"] = _built(request, user)
    return {"shell": user.remembered["shell"], "demo": demo()}


def demo() -> dict[str, Any] | None:
    """What a visitor of the demo is told; None anywhere else."""
    if settings.DEMO_DAY is None:
        return None
    return {"day": settings.DEMO_DAY, "password": settings.DEMO_PASSWORD}


def _built(request: HttpRequest, user: Any) -> Shell:
    try:
        programme = current.find(request)
    except Http404:
        programme = None
    counts = _counts(user, programme)
    items = _items(request, user, programme, counts)
    if admin_menu.in_administration(request):
        items = [*items[:1], *_administration(request)]
    lines = [line for _group, group in items for line in group]
    return Shell(
        programme=programme,
        programmes=_programmes(user, programme),
        items=items,
        here=next((str(line.label) for line in lines if line.current), ""),
        person_line=_person_line(user, programme),
        account=_("demo account %(account)s") % {"account": user.username}
        if settings.DEMO_DAY
        else user.name,
        demo_clock=_demo_clock(),
        unread=counts["unread"],
        has_samples=bool(counts["samples"]),
        as_of=banner(request, programme),
    )


def _counts(user: Any, programme: Programme | None) -> dict[str, Any]:
    """What waits, where and how much; in the past nothing does, and the menu tells of no numbers."""
    if past.current() is not None:
        names = ("unread", "tasks", "projects", "work", "desk", "recognised", "target")
        marked = Task.objects.visible_to(user).filter(Task.has_samples(), programme=programme)
        return dict.fromkeys(names) | {"samples": marked.exists()}
    counts = {
        "unread": Notice.objects.visible_to(user).unread().count(),
        "tasks": 0,
        "projects": 0,
        "work": 0,
        "desk": 0,
        "samples": 0,
        "recognised": 0,
        "target": None,
    }
    if programme is None:
        return counts
    tasks = Task.objects.visible_to(user).filter(programme=programme)
    counts |= tasks.aggregate(
        tasks=Count("pk"),
        samples=Count("pk", filter=Task.has_samples()),
        work=Count("pk", filter=Task.waits_for(user)),
    )
    reports = Report.objects.visible_to(user).filter(expected__period__programme=programme)
    projects = Project.objects.visible_to(user).filter(programme=programme)
    rows: dict[str, Any] = {"projects": projects} | standing_parts(programme, clock.today().year)
    if current.reviews(user, programme):
        counts["desk"] = waiting_count(user, programme)
    elif current.roles_in(user, programme) & {Role.STAFF, Role.HEAD}:
        updates = ExpectedUpdate.objects.visible_to(user).filter(period__programme=programme).to_file(user)
        claims = Breakthrough.objects.visible_to(user).of_programme(programme).to_claim(user)
        rows |= {"owed": reports.to_do(user), "updates": updates, "claims": claims}
    found = counts_of(user, **rows)
    counts["work"] += sum(found.pop(name, 0) for name in ("owed", "updates", "claims"))
    return counts | found


def _items(
    request: HttpRequest, user: Any, programme: Programme | None, counts: dict[str, int]
) -> list[tuple[str, list[Item]]]:
    def item(label: Words, name: str, count: int | None = None, within: tuple[str, ...] = ()) -> Item:
        match = request.resolver_match
        here = match is not None and match.view_name in {name, *within}
        query = f"?programme={programme.code}" if programme else ""
        return Item(label, reverse(name) + query, count, here)

    roles = current.roles_in(user, programme)
    first = [item(_("My work"), "my_work", counts["work"] or None)]
    if Role.MANAGER in roles:
        first.append(
            item(_("Review desk"), "desk", counts["desk"], ("desk_report", "desk_item", "desk_together"))
        )
    first.append(item(_("Inbox"), "notices", counts["unread"] or None))
    if roles & {Role.HEAD, Role.MANAGER, Role.ADMIN}:
        first.append(item(_("Deputies"), "deputies"))
    if admin_menu.may_enter(user):
        first.append(item(_("Administration"), "admin:index"))
    if current.looks_after(user):
        first.append(item(_("Accounts"), "people", None, ("person", "person_act")))
    groups = [("", first)]
    if roles:
        register = [
            item(_("Task register"), "task_list", counts["tasks"], ("task", "part_give", "part_again"))
        ]
        register.append(
            item(_("Responsibility matrix"), "responsibility", None, ("part_list", "part_report_list"))
        )
        if roles & {Role.MANAGER, Role.ADMIN}:
            register.append(item(_("Import the register"), "task_imports", None, ("task_import",)))
        groups.append((_("Specification"), register))
        groups.append((_("Roadmap"), [_breakthroughs(item, counts)]))
        line = [item(_("Cockpit"), "cockpit")]
        line.append(item(_("Progress reports"), "report_list", None, ("report", "report_no_change", "month")))
        if roles & {Role.MANAGER, Role.AUDITOR, Role.HEAD}:
            line.append(item(_("Who owes what"), "chase", None, ("chase_text",)))
        indicators = ("indicator", "reading_submit", "reading_again", "reading_correct")
        line.append(item(_("Indicators"), "indicator_list", None, indicators))
        line.append(item(_("Periods"), "period_list", None, ("period", "period_edit", "period_exceptions")))
        if roles & {Role.MANAGER, Role.AUDITOR, Role.ADMIN}:
            line.append(item(_("Bulletin figures"), "bulletin", None, ("bulletin_period",)))
        groups.append((_("Inspection line"), line))
        groups.append((_("Signings"), _signings(item, counts)))
    if roles & {Role.MANAGER, Role.AUDITOR, Role.ADMIN}:
        groups.append((_("Trail"), [item(_("Records"), "records", None, ("records_compare",))]))
    if current.looks_after(user):
        groups.append((_("Server"), [item(_("Status"), "status")]))
    return groups


def _breakthroughs(item: Callable[..., Item], counts: dict[str, int]) -> Item:
    """What was recognised this year, of the target: 27/45."""
    forms = ("breakthrough", "claim_form", "breakthrough_target", "practice_case", "practice_case_write")
    found = item(_("Breakthroughs"), "breakthrough_list", counts["recognised"], forms)
    return replace(found, of=counts["target"])


def _signings(item: Callable[..., Item], counts: dict[str, int]) -> list[Item]:
    """What was signed, and what is owed on it."""
    forms = (
        "project", "project_register", "project_edit", "gate_propose", "money_enter", "money_counter", "project_board",
        "project_carriers", "project_pictures",
    )  # fmt: skip
    return [
        item(_("Signed projects"), "project_list", counts["projects"], forms),
        item(_("Rates"), "rate_list", None, ("rate",)),
        item(_("Updates of projects"), "project_update_list", None, ("project_update",)),
    ]


def _administration(request: HttpRequest) -> list[tuple[str, list[Item]]]:
    """The lists of the administration, which has a menu of its own."""
    return [
        (
            _("Admin · %(group)s") % {"group": group},
            [Item(one.label, one.url, one.count, one.current) for one in lists],
        )
        for group, lists in admin_menu.groups(request)
    ]


def _programmes(user: Any, programme: Programme | None) -> list[dict[str, Any]]:
    return [
        {
            "label": one.display_name,
            "code": one.code,
            "url": f"{reverse('my_work')}?programme={one.code}",
            "current": one == programme,
        }
        for one in current.programmes_of(user)
    ]


def _person_line(user: Any, programme: Programme | None) -> str:
    if programme is None:
        return str(user.name)
    held = held_in(user, programme.pk)
    return " / ".join(map(_capacity, held))


def _capacity(membership: Membership) -> str:
    """Bureau and role, and whom a deputy acts for."""
    role = membership.get_role_display()
    words = f"{membership.bureau} · {role}" if membership.bureau else role
    return standing_in(words, membership.stands_for)


def _demo_clock() -> str:
    if settings.DEMO_DAY is None or past.current() is not None:
        return ""
    now = clock.now().astimezone(clock.BEIJING)
    words = _("Demo clock %(day)s (%(weekday)s) %(time)s")
    return words % {
        "day": days.iso(now.date()),
        "weekday": days.weekday(now.date()),
        "time": days.time_of_day(now),
    }
