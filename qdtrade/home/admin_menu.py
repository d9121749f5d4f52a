"""The menu of the administration: its lists by their groups, each with how many rows the person sees."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.errors import Refusal, Words
from qdtrade.moderation import GROUPS, TrailAdmin
from qdtrade.programmes import rules
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.models import Programme
from qdtrade.programmes.reviewers import without_reviewer
from qdtrade.templatetags.words import listed

from .counting import counts_of


@dataclass(frozen=True)
class List:
    """One list of the administration."""

    label: Words
    url: str
    add_url: str
    count: int | None
    current: bool
    sentence: Words


def in_administration(request: HttpRequest) -> bool:
    """Whether this page is one of the administration's."""
    match = request.resolver_match
    return match is not None and "admin" in match.namespaces


def may_enter(user: Any) -> bool:
    """Whether the menu offers the administration to this person."""
    try:
        rules.enters_administration(user)
    except Refusal:
        return False
    return True


def groups(request: HttpRequest) -> list[tuple[str, list[List]]]:
    """The lists that are this person's business, by their groups; one query counts all of them."""
    shown = [one for one in _admins() if one.is_offered(request)]
    counts = _counts(request, [one for one in shown if one.is_counted])
    return [
        (str(group), [_list(request, one, counts) for one in shown if one.group is group])
        for group in GROUPS
        if any(one.group is group for one in shown)
    ]


def _admins() -> list[TrailAdmin]:
    found = [one for one in admin.site._registry.values() if isinstance(one, TrailAdmin)]
    return sorted(found, key=lambda one: one.place)


def _list(request: HttpRequest, model_admin: TrailAdmin, counts: dict[str, int]) -> List:
    programme = model_admin.programme(request)
    query = f"?programme={programme.code}" if programme else ""
    match = request.resolver_match
    begins = f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_"
    return List(
        label=model_admin.label,
        url=model_admin.address("changelist") + query,
        add_url=model_admin.address("add") + query if model_admin.has_add_permission(request) else "",
        count=counts.get(model_admin.opts.label_lower.replace(".", "_")),
        current=match is not None and match.view_name.startswith(begins),
        sentence=model_admin.sentence,
    )


def _counts(request: HttpRequest, admins: list[TrailAdmin]) -> dict[str, int]:
    """How many rows each list holds, by the model's label."""
    found = {one.opts.label_lower.replace(".", "_"): one.scope(request) for one in admins}
    return counts_of(request.user, **found)


def warnings(request: HttpRequest, programme: Programme | None) -> list[str]:
    """What is missing for the work to go on: a year's calendar, a reviewer. First line what, second why."""
    found = []
    following = clock.today().year + 1
    if not Calendar().covers(following):
        words = _(
            "The holidays of %(year)d have not been entered\nUntil then its working days are Monday to Friday."
        )
        found.append(words % {"year": following})
    alone = without_reviewer(programme) if programme else []
    if alone:
        words = _(
            "No reviewer may review the reports of %(bureaus)s\nGive another person the role of reviewer."
        )
        found.append(words % {"bureaus": listed(alone)})
    return found
