"""Which files are taken, told by what is in them; each refusal says what to do."""

import struct
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from qdtrade.evidence import containers
from qdtrade.evidence.kinds import media_type
from tests.qdtrade.evidence import made


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def kind(name, content):
    return media_type(SimpleUploadedFile(name, content))


def refusal(name, content):
    with pytest.raises(ValidationError) as fault:
        kind(name, content)
    return fault.value.messages[0]


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("a.pdf", b"%PDF-1.4", "application/pdf"),
        ("scan.PDF", b"\xef\xbb\xbf\r\n%PDF-1.7", "application/pdf"),
        ("a.ofd", made.ofd(), "application/ofd"),
        ("a.docx", made.docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("web.docx", made.zipped("[Content_Types].xml", "word/document2.xml"),
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.xlsx", made.xlsx(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.doc", made.doc(), "application/msword"),
        ("with a table.doc", made.doc("Workbook"), "application/msword"),
        ("a.xls", made.xls(), "application/vnd.ms-excel"),
        ("with a letter.xls", made.xls("WordDocument"), "application/vnd.ms-excel"),
        ("a.wps", made.doc(), "application/vnd.ms-works"),
        ("a.et", made.xls(), "application/vnd.ms-excel"),
        ("a.jpg", made.photograph(), "image/jpeg"),
        ("a.jpeg", made.picture(), "image/jpeg"),
        ("a.png", made.picture("PNG"), "image/png"),
        ("IMG_0001.HEIC", made.picture("HEIF"), "image/heic"),
        ("a.heif", made.picture("HEIF"), "image/heif"),
    ],
)  # fmt: skip
def test_files_that_people_have_are_taken(name, content, media):
    assert kind(name, content) == media


@pytest.mark.parametrize(
    ("name", "content", "cure"),
    [
        ("was.docx", b"%PDF-1.4", "is PDF inside. Let its name end in .pdf"),
        ("was.doc", made.xls(), "is Excel inside. Let its name end in .xls"),
        ("was.doc", made.docx(), "Let its name end in .docx"),
        ("was.xls", made.xlsx(), "Let its name end in .xlsx"),
        ("was.wps", made.xls(), "Let its name end in .xls"),
        ("was.jpg", made.picture("PNG"), "Let its name end in .png"),
        ("was.png", made.picture(), "Let its name end in .jpg"),
        ("was.jpg", made.picture("HEIF"), "Let its name end in .heic"),
        ("page.pdf", b"<script>alert(1)</script>", "is not PDF inside"),
        ("drawing.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is not PNG inside"),
        ("late.pdf", b"<html>%PDF-1.4", "is not PDF inside"),
        ("table.xls", b"<html><table>", "is not Excel inside"),
        ("program.docx", b"MZ" + bytes(60), "is not Word inside"),
        ("old works.wps", made.ole({"CONTENTS": b"x"}), "is not WPS inside"),
        ("cut.docx", made.docx()[:-30], "is not Word inside"),
        ("cut.doc", made.doc()[:600], "is not Word inside"),
        ("any.docx", made.zipped("a.txt"), "is not Word inside"),
        ("moving.heic", b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", "is not HEIC inside"),
        ("short.jpg", b"\xff\xd8\xff\xe0", "is not JPG inside"),
        ("short.png", b"\x89PNG\r\n\x1a\n" + bytes(30), "is not PNG inside"),
    ],
)
def test_a_mislabelled_file_is_refused_with_what_it_is(name, content, cure):
    assert cure in refusal(name, content)


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("drawing.svg", "Print it to PDF"),
        ("page.html", "Print it to PDF"),
        ("proofs.zip", "add the files themselves"),
        ("proofs.rar", "add the files themselves"),
        ("letter.docm", "Save it as .docx"),
        ("table.xlsm", "Save it as .docx or .xlsx"),
        ("program.exe", "PDF, OFD, Word, Excel, WPS (.wps, .et), JPG, PNG, HEIC"),
        ("slides.pptx", "Save it as one of these"),
        ("noending", "Save it as one of these"),
        (".pdf", "Save it as one of these"),
        ("fdp.exe\u202e.svg", "Print it to PDF"),
    ],
)
def test_a_kind_that_is_not_taken_is_refused_with_a_cure(name, cure):
    assert cure in refusal(name, b"%PDF-1.4")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", made.docx("word/vbaProject.bin")),
        ("a.xlsx", made.xlsx("xl/vbaProject.bin")),
        ("a.xlsx", made.xlsx("xl/macrosheets/sheet1.xml")),
        ("a.doc", made.doc("_VBA_PROJECT")),
        ("a.xls", made.xls("_VBA_PROJECT")),
        ("a.xls", made.ole({"Workbook": b"x", "_VBA_PROJECT_CUR": b"x"})),
        ("a.et", made.xls("_VBA_PROJECT")),
    ],
)
def test_a_file_with_macros_is_refused(name, content):
    assert "holds macros. Save it without macros" in refusal(name, content)


def encrypted_entry():
    """A zip whose entries say that they are encrypted."""
    content = bytearray(made.docx())
    place = content.find(b"PK\x01\x02")
    content[place + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", made.encrypted_docx()),
        ("a.xlsx", made.encrypted_docx()),
        ("a.doc", made.doc(encrypted=True)),
        ("a.xls", made.xls(encrypted=True)),
        ("a.docx", encrypted_entry()),
    ],
)
def test_a_file_behind_a_password_is_refused(name, content):
    assert "Remove the password" in refusal(name, content)


def test_a_bomb_is_refused_by_what_its_directory_says():
    bomb = made.docx("word/media/a.bin", _2=bytes(30 * 1024 * 1024))

    assert "unpacks to far more" in refusal("bomb.docx", bomb)


def test_a_bomb_is_never_unpacked(monkeypatch):
    content = made.docx(_0=b"<!ENTITY a '&b;&b;'>" * 1000)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *args, **kwargs: pytest.fail("unpacked"))

    assert kind("a.docx", content)


def test_a_directory_without_end_is_not_read(monkeypatch):
    monkeypatch.setattr(containers, "LARGEST_DIRECTORY", 100 * 1024)

    assert "is not Word" in refusal("a.docx", made.docx(*(f"word/{n}.xml" for n in range(3000))))


def test_an_ole_directory_that_runs_in_circles_is_left():
    content = bytearray(made.doc())
    struct.pack_into("<I", content, 512 + 4, 1)  # the sector after the directory's only one is itself

    assert "is not Word" in refusal("a.doc", bytes(content))


def test_an_ole_tree_that_runs_in_circles_is_left():
    content = bytearray(made.doc())
    struct.pack_into("<I", content, 1024 + 128 + 72, 1)  # the stream's neighbour is the stream itself

    assert kind("a.doc", bytes(content)) == "application/msword"


@pytest.mark.parametrize("cut", range(0, 3000, 97))
def test_a_damaged_ole_file_is_a_refusal_and_nothing_worse(cut):
    content = bytearray(made.xls("_VBA_PROJECT"))
    content[cut : cut + 8] = b"\xfe" * 8

    assert refusal("a.doc", bytes(content))


@pytest.mark.parametrize("cut", range(0, 300, 13))
def test_a_damaged_zip_file_is_a_refusal_and_nothing_worse(cut):
    content = bytearray(made.docx())
    content[cut : cut + 4] = b"\xff" * 4

    assert refusal("a.xlsx", bytes(content))


def test_a_file_too_large_is_refused_with_its_size(settings):
    settings.MAX_FILE_BYTES = 1024 * 1024

    assert "is 2.0 MB; the limit is 1 MB" in refusal("a.pdf", b"%PDF-" + bytes(2 * 1024 * 1024))


def test_an_empty_file_is_refused():
    assert "is empty" in refusal("a.pdf", b"")
