import pytest

from tests import breakings, factories
from tests.replay import replayed


@pytest.fixture
@replayed
def task(programme, field, market, manager, staff):
    """Led by the staff's bureau, and in progress."""
    return factories.accepted_task(field, market, by=manager, accepted_by=staff, title="专利权质押融资")


@pytest.fixture
def candidate(task, manager):
    return breakings.flag(task, by=manager)


@pytest.fixture
def claimed(candidate, staff):
    """Waits for the pilot office."""
    breakings.prove(candidate, by=staff)
    return breakings.whole(breakings.claim(candidate, by=staff))


@pytest.fixture
def recognised(claimed, manager):
    return breakings.whole(breakings.recognise(claimed, by=manager))


@pytest.fixture
def target(programme, manager):
    return breakings.target(programme, by=manager)
