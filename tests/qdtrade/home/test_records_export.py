"""The records as files: rows for people, and the hashed lines for whoever checks them."""

import hashlib
import json

import pytest
from django.utils import translation

from qdtrade.audit.models import Chain, Event
from qdtrade.home import copied
from qdtrade.home.exports import EVENT_COLUMNS, event_rows, lines_of
from qdtrade.programmes.exports import Table
from qdtrade.programmes.models import Export
from qdtrade.tables import write_csv

HOSTILE = [
    "=1+1", "'=x", "''-1", "\t=1", "　＋a", "\x85=1", "\u2028@x", "a,b", 'say "x"', "two\nlines", "\r\n", " ", "", "'",
    "-", "\\.", "\\N", "中文，“引号”", "'   @", "\xa0=nbsp", "a'=b", "％s %s %%", "{x}", "🙂=",
]  # fmt: skip


@pytest.fixture
def export(sign_in, auditor):
    browser = sign_in(auditor)

    def get(query=""):
        answer = browser.get(f"/records/export/?programme=qd-2020{query}")
        assert answer.status_code == 200, answer.content
        return b"".join(answer.streaming_content)

    return get


@pytest.fixture
def hostile(programme):
    """Records of texts that nobody should ever write, beside every code that the product has no word for."""
    chain = Chain.objects.get(scope=programme.pk)
    rows = [
        Event(
            chain=chain, seq=chain.length + number, at="2021-09-24T15:59:59.999999Z",
            action="=act" if number % 2 else "edit", kind="task" if number % 3 else "-kind", object_id=number,
            label=text, root_kind="task", root_id=number,
            actor_id=None if number % 2 else 7, actor_name=text, role="" if number % 2 else "manager",
            bureau_name=text,
            acting_for=None if number % 4 else text, door="page", comment=text,
            changes=json.dumps({"title": [None, text], "=odd": [text, None]} if number % 5 else {"=odd": ["", text]}),
            line="{}", hash="0" * 64,
        )
        for number, text in enumerate(HOSTILE, 1)
    ]  # fmt: skip
    Event.objects.bulk_create(rows)
    return rows


def test_the_lines_are_those_that_were_hashed_in_the_order_of_the_chain(approved, export):
    lines = export("&format=jsonl").split(b"\n")[:-1]

    hashes = [hashlib.sha256(line).hexdigest() for line in lines]
    assert hashes == [json.loads(line)["prev"] for line in lines[1:]] + hashes[-1:]
    assert hashes == list(
        Event.objects.filter(chain__code="qd-2020", hash__in=hashes)
        .order_by("seq")
        .values_list("hash", flat=True)
    )


def test_the_lines_are_exactly_those_of_the_filters(approved, export):
    lines = export("&format=jsonl&kind=report&action=approve").split(b"\n")[:-1]

    assert [json.loads(line)["action"] for line in lines] == ["approve"]


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_file_holds_as_many_records_as_were_counted_and_not_its_own(approved, export, form):
    content = export(f"&format={form}&kind=report&columns=")

    told = Export.objects.get()
    assert told.rows == Event.objects.filter(chain__code="qd-2020", kind="report").count()
    assert told.filters["format"] == form
    assert content.count(b"\n") >= told.rows


def test_a_form_that_the_table_has_not_is_refused_by_name(approved, sign_in, auditor):
    answer = sign_in(auditor).get("/tasks/export/?format=jsonl")

    assert answer.status_code == 400
    assert not Export.objects.exists()


@pytest.mark.postgres
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_postgresql_writes_the_same_bytes_as_we_do(approved, auditor, programme, hostile, language):
    rows = event_rows(auditor, programme).order_by("-seq")
    with translation.override(language):
        ours = b"".join(write_csv(Table(Export.What.RECORDS, rows, EVENT_COLUMNS).lines()))
        theirs = b"".join(copied.as_csv(rows, [str(column.heading) for column in EVENT_COLUMNS]))

    assert theirs.decode().split("\r\n") == ours.decode().split("\r\n")
    assert theirs == ours
    assert b"".join(copied.as_lines(rows)) == b"".join(lines_of(rows))


@pytest.mark.postgres
def test_postgresql_writes_no_quote_into_the_lines(approved, auditor, programme):
    """A backslash and a quotation mark are what COPY would double."""
    rows = event_rows(auditor, programme).order_by("seq")

    assert b"".join(copied.as_lines(rows)).decode().split("\n")[:-1] == list(
        rows.values_list("line", flat=True)
    )
