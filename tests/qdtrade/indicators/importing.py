"""Imports of readings as people and the worker make them."""

from django.core.files.uploadedfile import SimpleUploadedFile

from qdtrade.imports import background
from qdtrade.imports.actions import uploads
from qdtrade.imports.models import Import
from qdtrade.indicators.reading_kind import READINGS

HEAD = "指标编号,时间,对应日期,修饰,数值,文字表述,来源,备注"


def fresh(row):
    return Import.objects.for_move().get(pk=row.pk)


def imported(programme, content, *, by, name="指标.csv"):
    """Uploaded and read."""
    body = content if isinstance(content, bytes) else content.encode()
    file = SimpleUploadedFile(name, body)
    return fresh(uploads.upload(READINGS, programme, file, by=by, start=background.read_import.call))


def applied(programme, content, *, by, **kwargs):
    row = imported(programme, content, by=by, **kwargs)
    uploads.apply_import(row, by=by, start=background.apply_import.call)
    row = fresh(row)
    assert row.status == "applied", (row.status, row.trouble, row.summary)
    return row
