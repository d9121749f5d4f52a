"""The environment is read strictly: what makes no sense stops the start with a sentence."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from qdtrade import environment


@pytest.mark.parametrize(
    ("value", "rate"), [("", "60/minute"), ("5/second", "5/second"), (" 10/DAY ", "10/day"), ("off", None)]
)
def test_a_rate_is_a_number_and_a_time(monkeypatch, value, rate):
    monkeypatch.setenv("QDTRADE_API_RATE", value)

    assert environment.rate("QDTRADE_API_RATE", "60/minute") == rate


@pytest.mark.parametrize(
    "value", ["0/minute", "-1/minute", "60", "60/min", "60/week", "much", "1.5/day", "off/day"]
)
def test_another_rate_stops_the_start(monkeypatch, value):
    monkeypatch.setenv("QDTRADE_API_RATE", value)

    with pytest.raises(ImproperlyConfigured, match="QDTRADE_API_RATE"):
        environment.rate("QDTRADE_API_RATE", "60/minute")


@pytest.mark.parametrize("value", ["0", "-3", "many", "1.5"])
def test_a_number_that_is_too_small_or_none_stops_the_start(monkeypatch, value):
    monkeypatch.setenv("QDTRADE_TOKEN_DAYS", value)

    with pytest.raises(ImproperlyConfigured, match="QDTRADE_TOKEN_DAYS"):
        environment.number("QDTRADE_TOKEN_DAYS", 365, least=1)


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda: environment.choice("QD_X", ("none", "tls"), "none"), "ssl"),
        (lambda: environment.hours("QD_X", "08:00-18:00"), "18:00-08:00"),
        (lambda: environment.hours("QD_X", "08:00-18:00"), "8 to 6"),
        (lambda: environment.time_of_day("QD_X", "08:30"), "25:00"),
        (lambda: environment.site("QD_X", None), "register.example.gov.cn"),
        (lambda: environment.site("QD_X", None), "https://register.example.gov.cn/a/"),
    ],
)
def test_a_setting_of_mail_that_makes_no_sense_stops_the_start(read, value, monkeypatch):
    monkeypatch.setenv("QD_X", value)

    with pytest.raises(ImproperlyConfigured, match="QD_X"):
        read()
