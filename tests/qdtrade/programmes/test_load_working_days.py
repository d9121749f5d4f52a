"""manage.py load_working_days: a year's notice, all or none."""

import datetime

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from qdtrade.audit.models import Event
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.models import WorkingDay

HEADINGS = "日期,休班,节日,来源\n"


@pytest.fixture
def load(tmp_path, db, capsys):
    def run(text):
        file = tmp_path / "days.csv"
        file.write_text(text, encoding="utf-8-sig")
        call_command("load_working_days", str(file))
        return capsys.readouterr().out

    return run


def test_a_notice_makes_holidays_and_make_up_days(load):
    load(HEADINGS + "2021-10-01,休,国庆节,国办发明电〔2020〕27号\n2021-09-26,班,国庆节,\n")

    calendar = Calendar()
    assert not calendar.is_working(datetime.date(2021, 10, 1))
    assert calendar.is_working(datetime.date(2021, 9, 26))
    assert Event.objects.filter(kind="workingday").count() == 2


def test_the_same_notice_twice_changes_nothing(load):
    text = HEADINGS + "2021-10-01,休,国庆节,\n"
    load(text)

    assert "0" in load(text)
    assert Event.objects.filter(kind="workingday").count() == 1


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("2021-10-32,休,国庆节,", "2021-10-32"),
        ("2021-10-01,放假,国庆节,", "放假"),
        ("2021-10-01,休,,", "2"),
        ("2021-10-01,休,国庆节,\n2021-10-01,班,国庆节,", "2021-10-01"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_kept(load, line, named):
    with pytest.raises(CommandError, match=named):
        load(HEADINGS + line + "\n")

    assert not WorkingDay.objects.exists()


def test_a_table_without_the_columns_is_refused(load):
    with pytest.raises(CommandError, match="日期"):
        load("a,b\n1,2\n")


def test_the_shipped_days_can_be_loaded(db):
    call_command("load_working_days", str(settings.BASE_DIR / "fixtures" / "working_days.csv"))

    assert Calendar().covers(2021)
