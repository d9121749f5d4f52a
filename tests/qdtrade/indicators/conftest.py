import pytest
from django.utils import translation

from tests import indicating


@pytest.fixture
def growth(programme, market, manager):
    """A figure in percent that the market bureau owes; the more the better."""
    return indicating.indicator(programme, market, by=manager)


@pytest.fixture
def scenarios(programme, market, manager):
    """A count that Chinese pages show in 万."""
    return indicating.indicator(
        programme, market, by=manager, code="ZB-02", name="数字人民币场景", name_en="Digital-RMB scenarios", unit="个",
        unit_en="scenarios", scale=10_000, decimals=0, position=2,
    )  # fmt: skip


@pytest.fixture
def waiting(growth, staff):
    """A reading that waits for the pilot office."""
    return indicating.reading(growth, by=staff)


@pytest.fixture
def approved(growth, staff, manager):
    return indicating.approved(growth, by=staff, approved_by=manager)


@pytest.fixture
def english():
    """Refusals in the words of the code."""
    with translation.override("en"):
        yield
