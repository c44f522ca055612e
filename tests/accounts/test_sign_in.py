"""Signing in: by one-time link, by password, and not at all."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError
from django.test import Client

from hearback.accounts import actions
from hearback.accounts.models import Membership, Role, SignInLink, User
from hearback.accounts.queries import grants_of, link_is_good, people
from hearback.accounts.rules import FAILURES_ALLOWED, LINK_LIFETIME, token_hash
from hearback.history.queries import latest_entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(at: datetime) -> str:
    """Somebody with the reviewer's role."""
    actions.load_roles(by="operator", at=at)
    actions.add_person("reviewer", "Reviewer", by="operator", at=at)
    actions.give_role("reviewer", "reviewer", None, by="operator", at=at)
    return "reviewer"


def test_a_link_signs_in_once(reviewer: str, at: datetime) -> None:
    token = actions.make_sign_in_link(reviewer, by="operator", at=at)
    assert actions.use_sign_in_link(token, by="visitor", at=at).username == reviewer
    with pytest.raises(actions.LinkNotGood):
        actions.use_sign_in_link(token, by="visitor", at=at)


def test_a_link_runs_out(reviewer: str, at: datetime) -> None:
    token = actions.make_sign_in_link(reviewer, by="operator", at=at)
    late = at + LINK_LIFETIME
    assert link_is_good(token_hash(token), late - timedelta(seconds=1))
    assert not link_is_good(token_hash(token), late)
    with pytest.raises(actions.LinkNotGood):
        actions.use_sign_in_link(token, by="visitor", at=late)


def test_the_token_itself_is_not_kept(reviewer: str, at: datetime) -> None:
    token = actions.make_sign_in_link(reviewer, by="operator", at=at)
    kept = SignInLink.objects.get()
    assert token not in str(vars(kept))
    assert token not in str(latest_entries())


def test_looking_at_a_link_does_not_use_it_up(reviewer: str) -> None:
    from django.utils.timezone import now

    token = actions.make_sign_in_link(reviewer, by="operator", at=now())
    client = Client()
    for _ in range(3):
        assert client.get(f"/sign-in/link/{token}/").status_code == 200
    assert client.post(f"/sign-in/link/{token}/").headers["Location"] == "/dashboard/"
    assert client.get("/dashboard/").status_code == 200
    assert Client().get(f"/sign-in/link/{token}/").status_code == 410


def test_password_sign_in_and_out(reviewer: str, at: datetime) -> None:
    actions.set_password(reviewer, "a long enough phrase", by="operator", at=at)
    client = Client()
    answer = client.post("/sign-in/", {"username": reviewer, "password": "a long enough phrase"})
    assert answer.headers["Location"] == "/dashboard/"
    client.post("/sign-out/")
    assert client.get("/dashboard/").headers["Location"].startswith("/sign-in/")


def test_whoever_is_signed_in_is_sent_onward(reviewer: str, at: datetime) -> None:
    client = Client()
    client.force_login(User.objects.get(username=reviewer))
    assert client.get("/sign-in/").headers["Location"] == "/dashboard/"
    assert client.get("/sign-in/?next=/dashboard/history/").headers["Location"] == "/dashboard/history/"
    assert client.get("/sign-in/?next=//evil.example/").headers["Location"] == "/dashboard/"


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(reviewer: str, at: datetime) -> None:
    actions.set_password(reviewer, "a long enough phrase", by="operator", at=at)
    wrong = Client().post("/sign-in/", {"username": reviewer, "password": "wrong"})
    unknown = Client().post("/sign-in/", {"username": "nobody", "password": "wrong"})
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert b"do not belong together" in wrong.content
    assert b"do not belong together" in unknown.content


def test_after_many_failures_even_the_right_password_rests(reviewer: str, at: datetime) -> None:
    actions.set_password(reviewer, "a long enough phrase", by="operator", at=at)
    client = Client()
    for _ in range(FAILURES_ALLOWED):
        client.post("/sign-in/", {"username": reviewer, "password": "wrong"})
    answer = client.post("/sign-in/", {"username": reviewer, "password": "a long enough phrase"})
    assert answer.status_code == 422
    assert b"Too many failed attempts" in answer.content


def test_signing_in_never_sends_people_to_another_site(reviewer: str, at: datetime) -> None:
    actions.set_password(reviewer, "a long enough phrase", by="operator", at=at)
    answer = Client().post(
        "/sign-in/?next=//evil.example/",
        {"username": reviewer, "password": "a long enough phrase", "next": "//evil.example/"},
    )
    assert answer.headers["Location"] == "/dashboard/"


def test_an_inactive_person_has_no_grants_and_no_link(reviewer: str, at: datetime) -> None:
    User.objects.filter(username=reviewer).update(is_active=False)
    assert grants_of(reviewer, at.date()) == ()
    with pytest.raises(actions.RoleUnknown):
        actions.make_sign_in_link(reviewer, by="operator", at=at)


def test_loading_roles_and_giving_a_role_twice_changes_nothing(reviewer: str, at: datetime) -> None:
    before = len(latest_entries(1000))
    assert actions.load_roles(by="operator", at=at) == 0
    assert actions.give_role(reviewer, "reviewer", None, by="operator", at=at) is False
    assert len(latest_entries(1000)) == before
    assert [m.role for m in people(at.date())[0].memberships] == ["reviewer"]


def test_a_role_that_does_not_exist_is_refused(reviewer: str, at: datetime) -> None:
    with pytest.raises(actions.RoleUnknown, match="king"):
        actions.give_role(reviewer, "king", None, by="operator", at=at)


def test_the_table_itself_holds_a_role_everywhere_only_once(reviewer: str, at: datetime) -> None:
    user, role = User.objects.get(username=reviewer), Role.objects.get(key="reviewer")
    with pytest.raises(IntegrityError):
        Membership.objects.create(user=user, role=role, agency=None, starts_on=at.date())


def test_a_mail_scanner_may_look_at_a_link_without_using_it(reviewer: str) -> None:
    from django.utils.timezone import now

    token = actions.make_sign_in_link(reviewer, by="operator", at=now())
    assert Client().head(f"/sign-in/link/{token}/").status_code == 200
    assert link_is_good(actions.token_hash(token), now())
