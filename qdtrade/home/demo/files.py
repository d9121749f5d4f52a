"""Evidence for the demo: small files that open, and say in every line that they are samples."""

from django.core.files.base import ContentFile, File

from qdtrade.tables import write_xlsx

SAMPLE = "演示样例文件，不是真实的佐证材料"


def sample_file(name: str, lines: list[str]) -> "File[bytes]":
    """A PDF or an Excel file of this name with these lines; no two of them have the same bytes."""
    words = [SAMPLE, name, *lines]
    if name.endswith(".xlsx"):
        with write_xlsx([["内容"], *([line] for line in words)], sheet="样例", widths=[60]) as file:
            return ContentFile(file.read(), name)
    return ContentFile(_pdf(words), name)


def _pdf(lines: list[str]) -> bytes:
    """A PDF of one page; its Chinese font is named, not embedded, as every reader has one."""
    text = b"".join(b"<%s> Tj T* " % line.encode("utf-16-be").hex().encode() for line in lines)
    drawing = b"BT /F1 14 Tf 24 TL 72 770 Td " + text + b"ET"
    return _joined(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
            b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
            b" /DescendantFonts [6 0 R] >>",
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 7 0 R"
            b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
            b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880]"
            b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
        ]
    )


def _joined(objects: list[bytes]) -> bytes:
    """The objects, numbered from 1, with the table that says where each begins."""
    whole, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        whole
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(whole))
    )
