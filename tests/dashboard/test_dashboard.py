"""The signed-in side: who sees what."""

import re
from datetime import datetime

import pytest
from django.test import Client

from hearback.accounts import actions
from hearback.accounts.models import User
from hearback.directory.models import Agency
from hearback.history.actions import Change, record

pytestmark = pytest.mark.django_db


def client_for(username: str, role: str | None, agency: str | None, at: datetime) -> Client:
    """Sign somebody in who holds a role, or none."""
    actions.load_roles(by="operator", at=at)
    actions.add_person(username, username.title(), by="operator", at=at)
    if role:
        actions.give_role(username, role, agency, by="operator", at=at)
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


@pytest.fixture
def agency() -> str:
    """An agency that somebody may belong to."""
    Agency.objects.create(key="va", name="Veterans Affairs", abbreviation="VA", level="federal")
    return "va"


@pytest.mark.parametrize(
    "path", ["/dashboard/", "/dashboard/surveys/FY2021-Q2/", "/dashboard/history/", "/dashboard/people/"]
)
def test_a_visitor_is_sent_to_sign_in(path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/?next=")


def test_somebody_without_a_role_sees_nothing(at: datetime) -> None:
    client = client_for("outsider", None, None, at)
    for path in ("/dashboard/", "/dashboard/history/", "/dashboard/people/"):
        assert client.get(path).status_code == 403


def test_an_owner_sees_the_home_but_neither_history_nor_people(agency: str, at: datetime) -> None:
    client = client_for("owner", "member", agency, at)
    home = client.get("/dashboard/").content.decode()
    assert "Veterans Affairs" in home
    assert "/dashboard/history/" not in home
    assert client.get("/dashboard/history/").status_code == 403
    assert client.get("/dashboard/people/").status_code == 403


def test_a_reviewer_sees_history_but_not_people(at: datetime) -> None:
    client = client_for("reviewer", "reviewer", None, at)
    assert "role given" in client.get("/dashboard/history/").content.decode()
    assert client.get("/dashboard/people/").status_code == 403


def test_an_administrator_sees_people_and_their_roles(at: datetime) -> None:
    client = client_for("administrator", "administrator", None, at)
    page = client.get("/dashboard/people/").content.decode()
    assert "Administrator" in page
    assert "every agency" in page


def test_every_signed_in_page_says_who_is_in_and_lets_them_out(at: datetime) -> None:
    client = client_for("administrator", "administrator", None, at)
    for path in ("/dashboard/", "/dashboard/history/", "/dashboard/people/", "/about/"):
        page = client.get(path).content.decode()
        assert "Signed in as Administrator" in page, path
        assert 'action="/sign-out/"' in page, path
    assert "Signed in as" not in Client().get("/about/").content.decode()


def test_history_is_read_page_by_page(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hearback.dashboard.views.ON_A_PAGE", 2)
    client = client_for("reviewer", "reviewer", None, at)
    first = client.get("/dashboard/history/").content.decode()
    assert first.count('<th scope="row"') == 2
    assert 'href="?page=2" rel="next"' in first
    assert "Newer changes" not in first
    page, seen = 1, 2
    while f'href="?page={page + 1}"' in (
        text := client.get(f"/dashboard/history/?page={page}").content.decode()
    ):
        page += 1
        seen += 2
    assert 'rel="prev"' in text
    assert "Older changes" not in text
    assert client.get(f"/dashboard/history/?page={page + 1}").status_code == 404
    assert seen > 4
    for nonsense in ("0", "-1", "x", "1e9", "99999999"):
        assert client.get(f"/dashboard/history/?page={nonsense}").status_code == 404


def test_history_tells_before_and_after_leads_to_the_thing_and_is_searched_by_key(
    at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hearback.dashboard.views.ON_A_PAGE", 1)
    client = client_for("reviewer", "reviewer", None, at)
    for status in ("Planned", "Started <now>"):
        record(
            Change(
                "milestone.moved", "milestone", "a&b-m1", {"status": "x", "done": None}, {"status": status}
            ),
            by="x",
            at=at,
        )
    first = client.get("/dashboard/history/", {"key": "A&B"}).content.decode()
    assert 'href="/dashboard/milestones/a&amp;b-m1/"' in first
    told = " ".join(re.sub(r"<[^>]+>", " ", first).split())
    assert "1 value status: x → then Started &lt;now&gt;" in told
    assert 'href="?key=A%26B&amp;page=2" rel="next"' in first
    older = client.get("/dashboard/history/?key=A%26B&page=2").content.decode()
    assert ("Planned" in older, 'href="?key=A%26B&amp;page=1" rel="prev"' in older) == (True, True)
    assert client.get("/dashboard/history/?key=A%26B&page=3").status_code == 404
    none = client.get("/dashboard/history/", {"key": "<none>"}).content.decode()
    assert "No change of anything whose key has “&lt;none&gt;”." in none


def test_history_keeps_what_stands_about_people_from_who_may_not_see_people(at: datetime) -> None:
    reviewer = client_for("reviewer", "reviewer", None, at)
    administrator = client_for("administrator", "administrator", None, at)
    change = Change(
        "email.set", "person", "owner", {"email": "old@example.org"}, {"email": "new@example.org"}
    )
    record(change, by="x", at=at)
    page = reviewer.get("/dashboard/history/?key=owner").content.decode()
    assert ("example.org" in page, "not shown to you" in page) == (False, True)
    assert "new@example.org" in administrator.get("/dashboard/history/?key=owner").content.decode()


def test_signed_in_pages_are_never_kept_by_caches(at: datetime) -> None:
    client = client_for("reviewer", "reviewer", None, at)
    assert "no-store" in client.get("/dashboard/").headers["Cache-Control"]


def test_a_quarter_that_is_no_quarter_is_not_found(at: datetime) -> None:
    client = client_for("reviewer", "reviewer", None, at)
    assert client.get("/dashboard/surveys/FY2021-Q5/").status_code == 404
    assert client.get("/dashboard/surveys/FY2021-Q1/").status_code == 404


def test_what_concerns_everybody_is_not_for_the_administrator_of_one_agency(
    agency: str, at: datetime
) -> None:
    client = client_for("administrator", "administrator", agency, at)
    assert client.get("/dashboard/").status_code == 200
    assert client.get("/dashboard/history/").status_code == 403
    assert client.get("/dashboard/people/").status_code == 403
