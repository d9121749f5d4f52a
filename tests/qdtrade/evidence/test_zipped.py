"""A zip file made while it is sent."""

import datetime
import io
import zipfile

from qdtrade.evidence.zipped import PIECE, Entry, stream

DAY = datetime.datetime(2021, 9, 24, 10, 0, 2)


def entry(path, *pieces, at=DAY, is_packed=True):
    return Entry(path, at, lambda: pieces, sum(map(len, pieces)), is_packed)


def opened(entries):
    return zipfile.ZipFile(io.BytesIO(b"".join(stream(entries))))


def test_what_went_in_comes_out():
    archive = opened(
        [entry("1-01/佐证.pdf", b"one", b"two"), entry("index.csv", b"a" * 1000, is_packed=False)]
    )

    assert archive.testzip() is None
    assert archive.read("1-01/佐证.pdf") == b"onetwo"
    assert archive.getinfo("1-01/佐证.pdf").flag_bits & 0x800
    assert archive.getinfo("1-01/佐证.pdf").date_time == (2021, 9, 24, 10, 0, 2)


def test_what_is_packed_already_is_not_packed_again():
    archive = opened([entry("a.jpg", b"a" * 1000), entry("b.csv", b"b" * 1000, is_packed=False)])

    assert archive.getinfo("a.jpg").compress_size == 1000
    assert archive.getinfo("b.csv").compress_size < 100


def test_no_more_than_a_few_pieces_are_held_at_a_time():
    asked = []

    def pieces():
        for number in range(100):
            asked.append(number)
            yield b"x" * PIECE

    answer = stream([Entry("a.pdf", DAY, pieces, 100 * PIECE)])

    assert len(next(answer)) < 3 * PIECE
    assert len(asked) <= 2
    assert max(map(len, answer)) < 3 * PIECE


def test_a_reader_who_goes_away_ends_it():
    closed = []

    def pieces():
        try:
            while True:
                yield b"x" * PIECE
        finally:
            closed.append(True)

    answer = stream([Entry("a.pdf", DAY, pieces)])
    next(answer)
    answer.close()

    assert closed == [True]


def test_a_day_that_zip_files_do_not_know_is_the_first_they_know():
    archive = opened([entry("a.pdf", b"x", at=datetime.datetime(1970, 1, 1))])

    assert archive.getinfo("a.pdf").date_time[0] == 1980


def test_nothing_is_an_empty_zip():
    assert opened([]).namelist() == []
