import pytest


@pytest.fixture(autouse=True)
def queue(settings):
    """Tasks wait, as they do where a worker runs beside the server."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def keeper(admin, sign_in):
    """The browser of an administrator who reads Chinese."""
    client = sign_in(admin)
    client.cookies["django_language"] = "zh-hans"
    return client
