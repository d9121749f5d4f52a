"""What is owed, and the reports on it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from qdtrade import clock
from qdtrade.api import ScopedViewSet, lists, makes, only_known

from .. import content as contents
from .. import rules, workflow
from ..actions import reports as actions
from ..filters import ExpectedReportFilter, ReportFilter
from ..models import ExpectedReport, Report
from ..serializers import DraftSerializer, ExpectedReportSerializer, ReportSerializer
from .bodies import ContentBody, DecisionBody, SubmitBody

KNOWN = (*contents.FIELD_NAMES, "answers")
"""What a content may name in a request."""


def flat(content: Mapping[str, Any]) -> contents.Content:
    """A content as it was sent, its answers each under a name of its own."""
    fields = {name: value for name, value in content.items() if name != "answers"}
    return fields | contents.answered(content.get("answers", {}))


@lists(_("What is owed, and whether it came in time"), _("An expected report"))
class ExpectedReportViewSet(ScopedViewSet):
    """What is owed, and whether it came in time."""

    serializer_class = ExpectedReportSerializer
    filterset_class = ExpectedReportFilter

    def scoped(self) -> QuerySet[ExpectedReport]:
        rows = ExpectedReport.objects.visible_to(self.request.user).for_list()
        return rows.with_timeliness(clock.now()).in_order()


@lists(
    _("The reports"),
    _("A report"),
    _("Every task in progress owes one for every period. A draft's text is shown to its bureau alone."),
)
class ReportViewSet(ScopedViewSet):
    """The reports.

    Their ETag names the version of the report and of its draft, so that it serves moves and changes alike.
    """

    serializer_class = ReportSerializer
    filterset_class = ReportFilter

    def scoped(self) -> QuerySet[Report]:
        rows = Report.objects.visible_to(self.request.user).with_versions()
        return rows.with_timeliness(clock.now()).in_order()

    def tag(self, row: Report) -> str:
        return f"{row.version}.{row.draft.version if row.has_draft else 0}"

    @extend_schema(
        summary=_("Change the draft of a report"),
        description=_("By the bureau that owes it. Fields that are not sent stay as they are."),
        request=ContentBody,
        responses=DraftSerializer,
    )
    def partial_update(self, request: Request, pk: Any) -> Response:
        """Change the draft: by the bureau that owes the report, on the version named in If-Match."""
        report = self.get_object()
        rules.writes(report, request.user)
        self.matches(report, required=True)
        only_known(request.data, KNOWN)
        content = flat(self.read(ContentBody, partial=True))
        seen = report.draft.version if report.has_draft else 0
        actions.save_draft(report, content, by=request.user, seen=seen, strict=True)
        return self._draft(self.get_object())

    @extend_schema(
        summary=_("The draft of a report"),
        description=_("What the bureau is writing, or what its form would open with."),
        responses={200: DraftSerializer, 403: None},
    )
    @action(detail=True, methods=["get"])
    def draft(self, request: Request, pk: Any) -> Response:
        """What the bureau is writing, or what its form would open with."""
        return self._draft(self.get_object())

    def _draft(self, report: Report) -> Response:
        draft = actions.read_draft(report, by=self.request.user)
        content = actions.starting_content(report)
        body = {
            "report": report.pk,
            "status": report.status,
            "version": draft.version if draft else 0,
            "saved_at": draft.saved_at if draft else None,
            "content": contents.unanswered(content),
            "answers": contents.answers_in(content),
        }
        return Response(body, headers={"ETag": f'"{self.tag(report)}"'})

    @makes(
        workflow.SUBMIT,
        _(
            "By the bureau that owes it: a whole content, or that nothing changed, or without either the draft. "
            "For a bureau without an account by the pilot office, which names its source in `filed_from`. "
            "Where heads sign, by the head, once the sign-off was asked for, without a body."
        ),
        SubmitBody,
    )
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: Any) -> Response:
        report = self.get_object()
        given = self.read(SubmitBody)
        no_change = given["no_change"]
        content = self._carried(report, given) if no_change else self._content(report, given)
        source = given["filed_from"] or (report.draft.filed_from if report.has_draft else "")
        return self.perform_move(
            workflow.SUBMIT, report, content=content, no_change=no_change, filed_from=source
        )

    @makes(
        workflow.ASK_SIGN_OFF,
        _(
            "By the bureau that owes it, where the programme has heads sign: the same bodies as for submitting. "
            "It counts as submitted when the head submits it."
        ),
        SubmitBody,
    )
    @action(detail=True, methods=["post"], url_path="ask-sign-off")
    def ask_sign_off(self, request: Request, pk: Any) -> Response:
        report = self.get_object()
        given = self.read(SubmitBody)
        no_change = given["no_change"]
        content = self._carried(report, given) if no_change else self._content(report, given)
        return self.perform_move(workflow.ASK_SIGN_OFF, report, content=content, no_change=no_change)

    @makes(
        workflow.SEND_TO_AUTHOR,
        _("By the head of the bureau, with a reason and remarks beside the fields."),
        DecisionBody,
    )
    @action(detail=True, methods=["post"], url_path="send-to-author")
    def send_to_author(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.SEND_TO_AUTHOR, remarks=self._remarks())

    def _content(self, report: Report, given: dict[str, Any]) -> contents.Content:
        """The content that was sent, else the draft's; nothing where neither is there, for the move to refuse."""
        if "content" in given:
            return self._read_content(given["content"])
        if report.status == Report.Status.SIGN_OFF:
            return {}  # the head signs what was asked
        draft = report.draft if report.has_draft else None
        return draft.content if draft and not actions.is_superseded(draft, report) else {}

    def _carried(self, report: Report, given: dict[str, Any]) -> contents.Content:
        """The last approved content with a new forecast and light, which even “no change” asks for."""
        rules.is_own_word(rules.writes(report, self.request.user))
        rules.allows_no_change(report)
        asked = self._read_content(given.get("content", {}), ("forecast_on", "self_light"))
        earlier = rules.earlier_version(report)
        return contents.carried(earlier.content) | {"forecast_on": "", "self_light": ""} | asked

    def _read_content(self, raw: dict[str, Any], known: tuple[str, ...] = KNOWN) -> contents.Content:
        only_known(raw, known)
        form = ContentBody(data=raw, partial=True)
        form.is_valid(raise_exception=True)
        return flat(form.validated_data)

    @makes(workflow.WITHDRAW, _("By who submitted it, until a reviewer takes it."))
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.WITHDRAW)

    @makes(workflow.TAKE, _("By a reviewer: the colleagues see who has it."))
    @action(detail=True, methods=["post"])
    def take(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.TAKE)

    @makes(workflow.PUT_BACK, _("By the reviewer who took it."))
    @action(detail=True, methods=["post"], url_path="put-back")
    def put_back(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.PUT_BACK)

    @makes(
        workflow.APPROVE,
        _("By a reviewer of no bureau concerned: the register takes over what it says."),
        DecisionBody,
    )
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.APPROVE, remarks=self._remarks())

    @makes(
        workflow.RETURN,
        _("By a reviewer of no bureau concerned, with a reason and remarks beside the fields."),
        DecisionBody,
    )
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def send_back(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.RETURN, remarks=self._remarks())

    def _remarks(self) -> dict[str, str]:
        remarks: dict[str, str] = self.read(DecisionBody)["remarks"]
        unknown = remarks.keys() - contents.LABELS.keys()
        if unknown:
            raise ValidationError(
                {"remarks": dict.fromkeys(sorted(unknown), _("The report has no such field."))}
            )
        return remarks

    @makes(
        workflow.REOPEN,
        _("By a reviewer, with a reason: the version in force stays until another is approved."),
    )
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.REOPEN)
