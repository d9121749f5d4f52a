"""Parts: given by the lead or the office, signed for, filed and finished by the bureau that holds them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from qdtrade import clock
from qdtrade.api import ScopedViewSet, lists, makes, only_known
from qdtrade.incoming import FileBody, JSONBody

from .. import choosing, workflow
from ..actions import parts
from ..filters import ExpectedPartFilter, PartFilter
from ..models import ExpectedPart, Part, Task
from ..serializers import ExpectedPartSerializer, PartSerializer
from .bodies import FilingBody, GiveAgainBody, PartBody


@lists(
    _("Parts of tasks"),
    _("A part of a task"),
    _("What a cooperating bureau or a district contributes; a completion claim waits until each is done."),
)
class PartViewSet(ScopedViewSet):
    """The parts of the tasks that the person sees."""

    serializer_class = PartSerializer
    filterset_class = PartFilter

    def scoped(self) -> QuerySet[Part]:
        return Part.objects.visible_to(self.request.user).for_list().in_order()

    @extend_schema(
        summary=_("Give a part"),
        description=_(
            "By the lead bureau or a reviewer; below another part, by the bureau that holds that one."
        ),
        request=PartBody,
        responses={201: PartSerializer},
    )
    def create(self, request: Request) -> Response:
        """Ask a bureau for a part of a task."""
        only_known(request.data, PartBody().fields)
        given = self.read(PartBody)
        tasks = Task.objects.visible_to(request.user).for_move()
        task = get_object_or_404(tasks, pk=given["task"])
        row = parts.give_part(
            task,
            by=request.user,
            bureau=choosing.chosen(task.programme, request.user, given.get("bureau", "")),
            what=given.get("what", ""),
            due_on=given.get("due_on"),
            under=self._above(task, given.get("under")),
        )
        return self.answer(self.scoped().get(pk=row.pk), 201)

    def _above(self, task: Task, pk: int | None) -> Part | None:
        if pk is None:
            return None
        found = self.scoped().filter(task=task, pk=pk).first()
        if found is None:
            raise ValidationError({"under": _("This task has no such part.")})
        return found

    @makes(workflow.ACCEPT_PART, _("By the bureau that it was given to."))
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.ACCEPT_PART)

    @makes(
        workflow.SEND_BACK_PART, _("By the bureau that it was given to, before it accepts, with a reason.")
    )
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.SEND_BACK_PART)

    @makes(
        workflow.GIVE_AGAIN,
        _("By whoever gives parts here, with a reason, perhaps in other words or by another day."),
        GiveAgainBody,
    )
    @action(detail=True, methods=["post"], url_path="give-again")
    def give_again(self, request: Request, pk: Any) -> Response:
        given = self.read(GiveAgainBody)
        asked = {name: given[name] for name in ("what", "due_on") if given.get(name)}
        return self.perform_move(workflow.GIVE_AGAIN, **asked)

    @makes(workflow.FINISH, _("By the bureau that holds it, which says what was done."))
    @action(detail=True, methods=["post"])
    def finish(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.FINISH)

    @makes(workflow.REOPEN_PART, _("By whoever gives parts here, with a reason."))
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.REOPEN_PART)

    @makes(workflow.END_PART, _("By whoever gives parts here, with a reason: nothing more is owed of it."))
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.END_PART)


@lists(
    _("What is filed on parts"),
    _("What is filed on a part for a period"),
    _("The ledger of parts: what each bureau owes for a period, whether it came in time, and what it says."),
)
class ExpectedPartViewSet(ScopedViewSet):
    """What is owed and filed on the parts that the person sees."""

    serializer_class = ExpectedPartSerializer
    filterset_class = ExpectedPartFilter

    def scoped(self) -> QuerySet[ExpectedPart]:
        rows = ExpectedPart.objects.visible_to(self.request.user).for_list().with_files()
        found: QuerySet[ExpectedPart] = rows.with_timeliness(clock.now()).in_order()
        return found

    @makes(
        workflow.FILE,
        _(
            "By the bureau that holds the part, as often as it likes while the form is open. Files go as form data."
        ),
        FilingBody,
    )
    @action(detail=True, methods=["post"], parser_classes=[JSONBody, FileBody])
    def file(self, request: Request, pk: Any) -> Response:
        row = self.get_object()
        given = self.read(FilingBody)
        uploads = request.FILES.getlist("files") if hasattr(request.FILES, "getlist") else []
        files, refused = parts.keep_files(uploads)
        if refused:
            raise ValidationError({"files": refused})
        return self.perform_move(
            workflow.FILE, row, text=given.get("text", ""), says_done=given.get("says_done", False),
            files=files, drop=given.get("drop", []),
        )  # fmt: skip
