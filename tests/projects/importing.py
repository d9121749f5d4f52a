"""Imports of projects as people and the worker make them."""

from django.core.files.uploadedfile import SimpleUploadedFile

from projects.project_kind import PROJECTS
from qdtrade.imports import background
from qdtrade.imports.actions import uploads
from qdtrade.imports.models import Import

HEAD = "编号,项目名称,类别,领域,签约批次,承接单位,签约日期,计划总投资（万元）,合作方,开工计划日,联系人"


def fresh(row):
    return Import.objects.for_move().get(pk=row.pk)


def imported(programme, content, *, by, name="签约.csv"):
    """Uploaded and read."""
    body = content if isinstance(content, bytes) else content.encode()
    file = SimpleUploadedFile(name, body)
    return fresh(uploads.upload(PROJECTS, programme, file, by=by, start=background.read_import.call))


def applied(programme, content, *, by, **kwargs):
    row = imported(programme, content, by=by, **kwargs)
    uploads.apply_import(row, by=by, start=background.apply_import.call)
    row = fresh(row)
    assert row.status == "applied", (row.status, row.trouble, row.summary)
    return row
