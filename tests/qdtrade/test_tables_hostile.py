"""Files meant to do harm, or broken: a clear refusal, little memory, nothing left running."""

import io
import os
import resource
import struct
import subprocess
import zipfile

import pytest
import xlsxwriter
from django.utils import translation

from qdtrade import tables

CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">%s</Types>'
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
DOCS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = f'xmlns:r="{DOCS}"'
LINK = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{DOCS}/%s" Target="%s"/></Relationships>'
)
PARTS = {
    "[Content_Types].xml": CONTENT_TYPES
    % f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}"/>',
    "xl/workbook.xml": (
        f'<workbook {MAIN} {OFFICE}><sheets><sheet name="台账" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "_rels/.rels": LINK % ("officeDocument", "xl/workbook.xml"),
    "xl/_rels/workbook.xml.rels": LINK % ("worksheet", "worksheets/sheet1.xml"),
}


def sheet(cells):
    return f"<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>"


def packed(parts, method=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def xlsx(cells="", **more):
    return packed({**PARTS, "xl/worksheets/sheet1.xml": sheet(cells), **more})


def refusal(content, name="台账.xlsx", **limits):
    with pytest.raises(tables.BadFile) as caught:
        tables.read(content, name, tables.Limits(**limits))
    assert name in str(caught.value)
    return caught.value


def test_the_files_built_here_are_read_when_nothing_is_wrong_with_them():
    assert tables.read(xlsx('<row r="1"><c r="A1"><v>1</v></c></row>'), "a.xlsx").sheets[0].rows == [[1]]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.xlsx", "empty"),
        (b"<html><table></table></html>", "a.xls", "kind"),
        (b"%PDF-1.7", "a.xlsx", "kind"),
        (b"PK\x03\x04 and then nothing", "a.xlsx", "damaged"),
        (packed({"a.txt": "text"}), "a.xlsx", "kind"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "a.ods", "open_document"),
        (packed({"xl/workbook.bin": "x", "[Content_Types].xml": "x"}), "a.xlsb", "open_document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000, "a.xls", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le"), "a.xls", "macros"),
        ("编号".encode() + b"\xff\xfe\x00", "a.csv", "encoding"),
        (b"a\0b,c\r\n", "a.csv", "encoding"),
        ('编号,"没有结束\r\n'.encode(), "a.csv", "bad_csv"),
        (b",,,\r\n", "a.csv", "no_sheet"),
        (xlsx(), "a.xlsx", "no_sheet"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_by_name(content, name, code):
    assert refusal(content, name).code == code


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(tables.BadFile, match=r"没有\.xlsx"):
        tables.read(tmp_path / "没有.xlsx")


def test_a_file_too_big_is_refused_before_it_is_opened():
    assert refusal(b"PK" + b"\0" * 2_000_000, size=1).code == "too_big"


@pytest.mark.parametrize("cells", ["<v>1</v>", "<is><t>x</t></is>", "<f>1</f><v/>"])
@pytest.mark.parametrize("attributes", ['r="XFD1048576"', "s='1' r='XFD1048576'"])
def test_one_far_cell_is_refused_with_its_place(attributes, cells):
    """Five kilobytes that make the parser ask for half a terabyte."""
    fault = refusal(xlsx(f'<row r="1048576"><c {attributes}>{cells}</c></row>'))

    assert fault.code == "too_wide"
    assert fault.params["sheet"] == "台账"
    assert fault.params["place"] == "XFD1048576"


def test_a_cell_a_million_rows_down_is_refused_with_its_place():
    content = xlsx(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="B1048576"><v>1</v></c></row>'
    )

    assert (refusal(content).code, refusal(content).params["place"]) == ("too_far", "B1048576")


def test_too_many_rows_are_refused():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 102))

    assert refusal(xlsx(rows), rows=100).code == "too_long"
    assert len(tables.read(xlsx(rows), "a.xlsx", tables.Limits(rows=101)).sheets[0].rows) == 101


def test_csv_has_the_same_limits():
    assert refusal(b"1\r\n" * 101, "a.csv", rows=100).code == "too_long"
    assert refusal(b"," * 250 + b"x\r\n", "a.csv").code == "too_wide"


def test_macros_are_refused_by_part_and_by_type():
    by_type = PARTS["[Content_Types].xml"].replace("spreadsheetml.sheet.main", "sheet.macroEnabled.main")

    assert refusal(xlsx(**{"xl/vbaProject.bin": "x"})).code == "macros"
    assert refusal(xlsx(**{"[Content_Types].xml": by_type})).code == "macros"


def test_a_locked_zip_is_refused():
    content = bytearray(xlsx())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1

    assert refusal(bytes(content)).code == "encrypted"


def test_a_bomb_is_refused_without_filling_this_process():
    """A gigabyte of blanks in a megabyte; this process never holds any of it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in PARTS.items():
            archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(256):
                part.write(b" " * (1024 * 1024))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert refusal(file.getvalue()).code == "bomb"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


def test_a_bomb_that_lies_about_its_size_is_found_while_it_unpacks():
    content = bytearray(xlsx("<!--" + " " * 5_000_000 + "-->"))
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<I", 1000)

    assert refusal(bytes(content)).code == "bomb"
    assert refusal(bytes(content), ratio=100_000).code == "damaged"
    assert refusal(bytes(content), ratio=100_000, unpacked=3).code == "bomb"


def test_more_parts_than_a_workbook_has_are_refused():
    assert refusal(xlsx(**{f"xl/media/{n}.png": "" for n in range(50)}), entries=40).code == "bomb"


def test_two_parts_of_one_name_are_refused():
    content = xlsx(**{"xl/worksheets/Sheet1.xml": sheet("")})

    assert refusal(content).code == "damaged"


def test_entities_are_not_expanded():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + sheet(
        "<row><c><v>&b;</v></c></row>"
    )

    assert refusal(packed({**PARTS, "xl/worksheets/sheet1.xml": bomb})).code == "damaged"


def test_broken_xml_names_the_sheet():
    fault = refusal(
        packed({**PARTS, "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData><row></sheetData>"})
    )

    assert (fault.code, fault.params["place"]) == ("damaged", "台账")


def test_memory_is_kept_by_the_kernel_where_the_scan_is_fooled():
    """Text shared by many cells: small in the zip and in the XML, huge once every cell has its copy."""
    book = io.BytesIO()
    work = xlsxwriter.Workbook(book)
    page = work.add_worksheet()
    for row in range(4000):
        for column in range(10):
            page.write_string(row, column, "长" * 30_000)
    work.close()

    assert refusal(book.getvalue(), memory=300).code == "too_much"


def test_an_answer_that_grows_too_long_is_cut_off():
    book = io.BytesIO()
    work = xlsxwriter.Workbook(book)
    page = work.add_worksheet()
    for row in range(400):
        page.write_string(row, 0, "长" * 30_000)
    work.close()

    assert refusal(book.getvalue(), answer=1).code == "too_much"


def test_a_file_that_takes_too_long_is_stopped():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 20_001))

    assert refusal(xlsx(rows), seconds=0).code == "too_slow"


def test_the_child_gets_no_secrets(monkeypatch):
    monkeypatch.setenv("QDTRADE_SECRET_KEY", "never to be seen")
    seen = []
    real = subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda *args, **kwargs: seen.append(kwargs["env"]) or real(*args, **kwargs)
    )

    tables.read(xlsx('<row r="1"><c r="A1"><v>1</v></c></row>'), "a.xlsx")

    assert seen == [{}]
    assert "QDTRADE_SECRET_KEY" in os.environ


def test_a_refusal_says_what_to_do_next():
    with translation.override("en"):
        assert "Save it as .xlsx" in str(refusal(xlsx(**{"xl/vbaProject.bin": "x"})))


def test_a_million_empty_rows_are_read_as_if_they_were_not_there():
    empty = "".join(
        f'<row r="{number}" s="{number % 9}" customFormat="1"/>' for number in range(2, 1_048_577)
    )

    book = tables.read(xlsx(f'<row r="1"><c r="A1"><v>1</v></c></row>{empty}'), "台账.xlsx")

    assert book.sheets[0].rows == [[1]]
