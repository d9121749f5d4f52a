"""Files of bureaus and of people, as an administrator uploads them and the worker reads and applies them."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile

from qdtrade.imports import background
from qdtrade.imports.models import Import
from tests.answers import leave

BUREAU = ["编码", "名称", "简称", "类型", "上级单位", "排序", "其他名称", "并入", "并入日期"]
PERSON = ["账号", "姓名", "邮箱", "电话", "单位", "角色", "起", "止"]


def table(headings, *rows):
    """A CSV file with these rows; short ones are filled up with empty cells."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([*row, *[""] * (len(headings) - len(row))] for row in rows)
    return SimpleUploadedFile("名单.csv", text.getvalue().encode())


def read(client, place, upload, programme="qd-2020"):
    """Uploaded and read."""
    answer = client.post(f"/{place}/import/?programme={programme}", {"file": upload})
    assert answer.status_code == 302, answer.content.decode()
    row = Import.objects.latest("pk")
    background.read_import.call(row.pk)
    return fresh(row)


def apply(client, place, row):
    """Applied, and written by the worker."""
    answer = client.post(f"/{place}/import/{row.pk}/apply/", {"version": row.version})
    assert answer.status_code == 302, answer.content.decode()
    background.apply_import.call(row.pk)
    return fresh(row)


def written(client, place, upload, **kwargs):
    row = apply(client, place, read(client, place, upload, **kwargs))
    assert row.status == "applied", (row.status, row.trouble, row.summary)
    return row


def fresh(row):
    return Import.objects.get(pk=row.pk)


def refusals(row):
    """The heading and the text of each refused cell."""
    return [(one["heading"], one["found"]) for one in row.summary["refused"]]


def exported(client, place, form="csv", programme="qd-2020"):
    answer = client.get(f"/{place}/export/?format={form}&programme={programme}")
    content = b"".join(answer.streaming_content)
    leave(answer)
    return SimpleUploadedFile(f"名单.{form}", content)
