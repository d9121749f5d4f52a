"""Names that come in, and paths that leave."""

import pytest

from qdtrade.evidence.names import Folders, ending_of, plain_name


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\a\\proof.pdf", "proof.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("a\0b.pdf", "ab.pdf"),
        ("evil\u202efdp.exe", "evilfdp.exe"),
        ("a\u200bb\u2066c.pdf", "abc.pdf"),
        ("cafe\u0301.pdf", "caf\u00e9.pdf"),
        ("  佐证.pdf ", "佐证.pdf"),
        ("..", ".."),
        ("", ""),
    ],
)
def test_a_name_is_the_files_own(name, plain):
    assert plain_name(name) == plain


@pytest.mark.parametrize("letter", ["a", "证", "𠀀"])
def test_a_long_name_fits_everywhere_and_keeps_its_ending(letter):
    name = plain_name(letter * 400 + ".pdf")

    assert name.endswith(f"{letter}.pdf")
    assert len(name) <= 191
    assert len(name.encode()) <= 255


def test_a_long_ending_leaves_a_name():
    assert len(plain_name("a." + "证" * 400).encode()) <= 255


@pytest.mark.parametrize(
    ("name", "ending"), [("a.PDF", ".pdf"), ("a", ""), (".pdf", ""), ("a.b.Doc", ".doc")]
)
def test_the_ending_is_what_stands_behind_the_last_dot(name, ending):
    assert ending_of(name) == ending


def test_paths_are_given_once_whatever_the_letters_case():
    folders = Folders()

    paths = [folders.path("1-01", name) for name in ("A.pdf", "a.pdf", "a.PDF", "a")]

    assert paths == ["1-01/A.pdf", "1-01/a (2).pdf", "1-01/a (3).PDF", "1-01/a"]


@pytest.mark.parametrize(
    ("folder", "name", "path"),
    [
        ("../..", "../x.pdf", "file/x.pdf"),
        ("1/2", "a:b?.pdf", "1 2/a b.pdf"),
        ("CON", "aux.pdf", "_CON/_aux.pdf"),
        ("a. ", "b.pdf. ", "a/b.pdf"),
        ("1-01", "=cmd|x.pdf", "1-01/=cmd x.pdf"),
    ],
)
def test_a_path_can_be_unpacked_anywhere(folder, name, path):
    assert Folders().path(folder, name) == path
