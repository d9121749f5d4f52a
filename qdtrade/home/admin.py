"""The records in the administration: to be read and searched, by those who read them on their own page."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qdtrade.audit import history
from qdtrade.audit.models import Event
from qdtrade.audit.words import DOORS, KINDS, VERBS
from qdtrade.moderation import TRAIL, TrailAdmin, column

from .filters import EventFilter
from .records import newest_first, of_programme, visible_events


@admin.register(Event)
class EventAdmin(TrailAdmin):
    """Every event, newest first; nobody adds, changes or takes out one."""

    group = TRAIL
    label = gettext_lazy("Events (read only)")
    place = 10
    is_counted = False
    has_history = False
    sentence = gettext_lazy("Nobody can change what was recorded; the page of the records checks the chain.")
    filters = EventFilter
    pills = ("kind", "door", "from", "to")
    search_hint = gettext_lazy("Object, name, reason, content")
    export = "records_export"
    list_display = ("at", "who", "capacity", "verb", "thing", "door", "reason")
    link = "thing"
    facts = ("at", "who", "capacity", "verb", "thing", "door", "reason", "chain", "number", "checksum")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        return newest_first(visible_events(request.user)).defer("state", "line")

    def scope(self, request: HttpRequest) -> Any:
        """Those of the current programme; those of the system for whoever runs the server alone."""
        programme, rows = self.programme(request), self.get_queryset(request)
        return of_programme(rows, programme) if programme else rows

    @column(gettext_lazy("When"), ordering="at", css="nowrap")
    def at(self, row: Event) -> Any:
        return row.at

    @column(gettext_lazy("Who"), css="nowrap")
    def who(self, row: Event) -> str:
        return row.actor_name

    @column(gettext_lazy("As"))
    def capacity(self, row: Event) -> str:
        return history.role_of(row)

    @column(gettext_lazy("Did"), css="nowrap")
    def verb(self, row: Event) -> str:
        return str(VERBS.get(row.action, row.action))

    @column(gettext_lazy("Object"), css="name")
    def thing(self, row: Event) -> str:
        return f"{KINDS.get(row.kind, row.kind)} {row.label}"

    @column(gettext_lazy("Door"), css="nowrap")
    def door(self, row: Event) -> str:
        return str(DOORS.get(row.door, row.door))

    @column(gettext_lazy("Reason"))
    def reason(self, row: Event) -> str:
        return row.comment

    @column(gettext_lazy("Place in the chain"), css="num")
    def number(self, row: Event) -> int:
        return row.seq

    @column("SHA-256")
    def checksum(self, row: Event) -> SafeString:
        return format_html('<span class="code hash">{}</span>', row.hash)

    def row_name(self, row: Event) -> str:
        return f"{row.seq} · {self.thing(row)}"

    def row_title(self, row: Event) -> str:
        return self.row_name(row)

    def page_url(self, row: Event) -> str:
        return f"{reverse('records')}?open={row.seq}&before={row.seq + 1}" if row.chain.scope else ""

    def more(self, request: HttpRequest, row: Event) -> dict[str, Any]:
        """Every recorded field, from what to what."""
        table = {
            "heading": _("What changed"),
            "headings": [_("Field"), _("Before"), _("After")],
            "lines": [[one.label, one.old or "—", one.new] for one in history.opened(row)],
        }
        return {"tables": [table]}
