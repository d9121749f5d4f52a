import pytest

from tests import factories, signings


@pytest.fixture
def zone(region):
    """The carrier of most projects."""
    return factories.bureau("sco", "上合示范区管委会", "上合示范区", parent=region, kind="zone")


@pytest.fixture
def carrier(programme, zone):
    """Writes for the zone."""
    return factories.member("carrier", programme, "staff", zone)


@pytest.fixture
def event(programme, manager):
    return signings.event(programme, by=manager)


@pytest.fixture
def sector(programme, manager):
    return signings.sector(programme, by=manager)


@pytest.fixture
def project(sector, event, zone, manager, carrier):
    """Signed at the fair, of 18亿元, carried by the zone, no gate confirmed yet."""
    return signings.project(sector, zone, by=manager, event=event, contracted_inflow=5 * signings.YI)


@pytest.fixture
def proposed(project, carrier):
    """Its framework agreement, waiting for the pilot office."""
    return signings.propose(project, by=carrier)


@pytest.fixture
def framed(project, carrier, manager):
    """Its framework agreement is confirmed."""
    return signings.passed(project, "framework", by=carrier, confirmed_by=manager)


@pytest.fixture
def quarter(programme, manager, project):
    return signings.open_quarter(programme, by=manager)
