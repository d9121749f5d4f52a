"""Putting a practice case into better words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from qdtrade.audit import trail
from qdtrade.audit.canonical import keepable
from qdtrade.errors import Stale, WrongState

from .. import rules
from ..models import Breakthrough, PracticeCase
from ..rules.deciding import check_case


def edit_case(case: PracticeCase, given: Mapping[str, Any], *, by: Any, seen: int | None = None,
              comment: str = "") -> PracticeCase:  # fmt: skip
    """Change the texts of a case. Raises WrongState once its recognition was revoked."""
    texts = check_case(given)
    with trail.unit() as unit:
        row = Breakthrough.objects.for_move().get(pk=trail.lock(case.breakthrough).pk)
        acting = rules.decides(row, by)
        rules.is_independent(row, by)
        fresh = trail.lock(case)
        if row.status != Breakthrough.Status.PROMOTED:
            words = _("%(row)s is %(state)s; its case stays as it is.")
            raise WrongState(words % {"row": row, "state": row.get_status_display()})
        if seen is not None and seen != fresh.version:
            raise Stale(_("The case changed after you opened it. Look at it again, then change it."))
        fresh.breakthrough = row
        fields = texts | {"written_at": unit.began, "written_by": by}
        return trail.change(
            fresh, fields, by=by, acting=acting, action="edit_case", comment=keepable(comment)
        )
