"""Views of lists: kept, shared, opened by others, and what becomes of them when the list changes."""

import pytest
from django.urls import reverse

from qdtrade.audit.models import Event
from qdtrade.programmes.actions import save_view
from qdtrade.programmes.models import DefaultView, SavedView
from tests import factories

pytestmark = pytest.mark.django_db


def keep(client, name="Late", query="overdue=true&ordering=due_on&show=lead,late", **more):
    return client.post("/views/save/", {"listed": "tasks", "name": name, "query": query, **more})


@pytest.fixture
def two(field, market, commerce, manager, staff):
    """A task of the market bureau and one of its neighbour."""
    return [
        factories.task(field, lead, by=manager, code=code)
        for lead, code in ((market, "1-01"), (commerce, "1-02"))
    ]


def test_a_view_keeps_filters_order_and_columns_and_leads_back_to_the_list(programme, manager, sign_in):
    answer = keep(sign_in(manager), query="page=3&programme=x&ordering=due_on&overdue=true&show=lead,late&q=")

    view = SavedView.objects.get()
    assert view.query == "ordering=due_on&overdue=true&show=lead%2Clate"
    assert answer.url == f"/tasks/?{view.query}&programme=qd-2020&view={view.pk}"


def test_what_the_list_shows_is_kept_by_its_own_form(two, manager, sign_in):
    client = sign_in(manager)
    html = client.get("/tasks/?status=registered&ordering=-due_on&page_size=50").content.decode()

    assert 'name="query" value="ordering=-due_on&amp;status=registered"' in html


def test_the_same_name_again_changes_the_view(programme, manager, sign_in):
    client = sign_in(manager)

    keep(client)
    keep(client, query="status=done")

    assert SavedView.objects.get().query == "status=done"


SENSELESS = {"status=odd": "status", "salary=1": "salary", "show=salary": "show", "ordering=x": "ordering"}


@pytest.mark.parametrize(("query", "named"), SENSELESS.items())
def test_a_view_that_makes_no_sense_is_not_kept(query, named, programme, manager, sign_in):
    answer = keep(sign_in(manager), query=query)

    assert answer.status_code == 400
    assert named in answer.content.decode()
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\x00b"])
def test_a_view_needs_a_name(name, programme, manager, sign_in):
    assert keep(sign_in(manager), name=name).status_code == 400


def test_a_view_of_no_list_is_not_found(programme, manager, sign_in):
    answer = sign_in(manager).post("/views/save/", {"listed": "salaries", "name": "x", "query": ""})

    assert answer.status_code == 404


def test_whoever_opens_a_shared_view_sees_their_own_rows(two, manager, staff, sign_in):
    keep(sign_in(manager), query="status=registered", shared="1")
    view = SavedView.objects.get()

    html = sign_in(staff).get(reverse("view_open", args=[view.pk]), follow=True).content.decode()

    assert "1-01" in html
    assert "1-02" not in html


def test_an_own_view_is_nobody_elses(programme, manager, manager2, sign_in):
    keep(sign_in(manager))
    view, client = SavedView.objects.get(), sign_in(manager2)

    assert client.get(f"/views/{view.pk}/").status_code == 404
    assert client.post(f"/views/{view.pk}/delete/").status_code == 404
    assert "Late" not in client.get("/tasks/").content.decode()


def test_a_shared_view_of_another_programme_is_not_found(region, programme, manager, stranger, sign_in):
    other = factories.programme(region, "qd-2025")
    away = factories.join(stranger, other, "auditor")
    view = save_view(programme, "tasks", by=manager, name="Late", query="", is_shared=True)

    assert sign_in(away).get(f"/views/{view.pk}/").status_code == 404


def test_a_view_whose_filter_went_says_so_and_shows_the_rest(two, programme, manager, sign_in):
    view = save_view(programme, "tasks", by=manager, name="Old", query="colour=red&status=registered")

    answer = sign_in(manager).get(f"/views/{view.pk}/", follow=True)

    assert "colour" not in answer.request["QUERY_STRING"]
    assert "status=registered" in answer.request["QUERY_STRING"]
    assert "“Old”" in answer.content.decode()
    assert "message-yellow" in answer.content.decode()


def test_a_view_that_names_what_a_person_may_not_see_gives_nothing_away(
    two, programme, manager, staff, sign_in
):
    hidden = two[1]
    view = save_view(programme, "reports", by=manager, name="One", query=f"task={hidden.pk}", is_shared=True)

    answer = sign_in(staff).get(f"/views/{view.pk}/", follow=True)

    assert answer.status_code == 200
    assert "1-02" not in answer.content.decode()


def test_a_list_opens_in_its_default_view_until_all_is_asked_for(two, programme, manager, sign_in):
    client = sign_in(manager)
    keep(client, query="status=done", default="1")
    view = SavedView.objects.get()

    opened = client.get("/tasks/", follow=True)

    assert opened.request["QUERY_STRING"] == f"status=done&programme=qd-2020&view={view.pk}"
    assert client.get("/tasks/?programme=qd-2020&view=all").status_code == 200
    assert client.get("/tasks/?programme=qd-2020&q=&status=").status_code == 200  # the last filter dropped


def test_a_view_no_longer_shared_is_nobody_elses_default(two, manager, staff, sign_in):
    keep(sign_in(manager), shared="1")
    view, other = SavedView.objects.get(), sign_in(staff)
    other.post(f"/views/{view.pk}/default/")

    sign_in(manager).post(f"/views/{view.pk}/unshare/")

    assert not DefaultView.objects.exists()
    assert other.get("/tasks/").status_code == 200


def test_a_view_is_renamed_shared_and_deleted_on_its_page(programme, manager, sign_in):
    client = sign_in(manager)
    keep(client, default="1")
    view = SavedView.objects.get()

    client.post(f"/views/{view.pk}/rename/", {"name": "Behind"})
    client.post(f"/views/{view.pk}/share/")
    html = client.get("/views/").content.decode()
    client.post(f"/views/{view.pk}/delete/")

    assert "Behind" in html
    assert not SavedView.objects.exists()
    acts = Event.objects.filter(kind="savedview").order_by("seq").values_list("action", flat=True)
    assert list(acts) == ["create", "edit", "edit", "delete"]


def test_two_views_of_a_list_have_two_names(programme, manager, sign_in):
    client = sign_in(manager)
    keep(client, name="One")
    keep(client, name="Two")

    answer = client.post(f"/views/{SavedView.objects.get(name='Two').pk}/rename/", {"name": "One"})

    assert answer.status_code == 400


def test_what_changed_since_can_be_kept_again(two, manager, sign_in):
    client = sign_in(manager)
    keep(client, query="status=registered")
    view = SavedView.objects.get()
    html = client.get(f"/tasks/?status=done&view={view.pk}").content.decode()

    client.post(f"/views/{view.pk}/update/", {"query": "status=done", "next": "/tasks/?status=done"})

    assert f"/views/{view.pk}/update/" in html
    assert SavedView.objects.get().query == "status=done"


def test_no_more_views_are_kept_than_are_read(programme, manager, monkeypatch, sign_in):
    monkeypatch.setattr("qdtrade.programmes.actions.keeping.MOST_VIEWS", 2)
    client = sign_in(manager)

    codes = [keep(client, name=name).status_code for name in ("One", "Two", "Three", "Two")]

    assert codes == [302, 302, 400, 302]


@pytest.mark.parametrize("listed", ["tasks", "reports", "records"])
def test_every_list_has_views(listed, programme, manager, sign_in):
    client, pages = sign_in(manager), {"tasks": "/tasks/", "reports": "/reports/", "records": "/records/"}
    client.post("/views/save/", {"listed": listed, "name": "Mine", "query": "q=x"})
    view = SavedView.objects.get()

    html = client.get(f"{pages[listed]}?q=x&view={view.pk}").content.decode()

    assert "<b>Mine</b>" in html
