"""Imports as people and the worker make them: uploaded, read, applied, taken back."""

from django.core.files.uploadedfile import SimpleUploadedFile

from qdtrade.imports import background
from qdtrade.imports.actions import uploads as actions
from qdtrade.imports.models import Import
from tasks.register_kind import REGISTER


def fresh(row):
    return Import.objects.for_move().get(pk=row.pk)


def waiting(programme, content, *, by, name="台账.xlsx"):
    """Uploaded, and not read yet."""
    file = SimpleUploadedFile(name, content)
    return actions.upload(REGISTER, programme, file, by=by, start=lambda pk: None)


def imported(programme, content, *, by, name="台账.xlsx", bureaus=None):
    """Uploaded and read, with these choices for names of bureaus."""
    file = SimpleUploadedFile(name, content)
    row = actions.upload(REGISTER, programme, file, by=by, start=background.read_import.call)
    if bureaus:
        choices = {"bureaus": bureaus, "columns": {}, "renumbered": False}
        actions.read_again(fresh(row), choices, by=by, start=background.read_import.call)
    return fresh(row)


def applied(programme, content, *, by, **kwargs):
    """Applied too."""
    row = imported(programme, content, by=by, **kwargs)
    actions.apply_import(row, by=by, start=background.apply_import.call)
    row = fresh(row)
    assert row.status == "applied", (row.status, row.trouble, row.summary)
    return row


def taken_back(row, *, by, comment="传错了文件"):
    return actions.take_back(fresh(row), by=by, comment=comment)
