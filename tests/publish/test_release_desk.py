"""The signed-in pages of releases: prepare, look at, publish, withdraw; who may, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from hearback.accounts import actions as accounts
from hearback.accounts.models import User
from hearback.directory.commands import load
from hearback.publish.actions import prepare_release
from hearback.publish.formats import data_files
from hearback.publish.frozen import ReleaseData
from hearback.publish.queries import PreparedFact, current_release, prepared, releases, waiting
from tests.conftest import ROOT
from tests.publish.publishing import WHY
from tests.publish.site import small_site

pytestmark = pytest.mark.django_db
DESK = "/dashboard/releases/"
PREVIEW = f"{DESK}preview"
SignedIn = Callable[[str], Client]


@pytest.fixture
def signed_in(at: datetime) -> SignedIn:
    """The client of somebody who is signed in: reviewer and chief may publish, the member may not."""
    accounts.load_roles(by="operator", at=at)
    for name, role in (("reviewer", "reviewer"), ("chief", "administrator"), ("member", "member")):
        accounts.add_person(name, name.title(), by="operator", at=at)
        accounts.give_role(name, role, None, by="operator", at=at)

    def client_of(name: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(username=name))
        return client

    return client_of


@pytest.fixture
def waits(site: ReleaseData, at: datetime) -> PreparedFact:
    """A second release that waits: one service has another name."""
    made = small_site()
    services = (replace(made.services[0], name="Renamed service"), *made.services[1:])
    changed = replace(made, services=services)
    fact = prepare_release(changed, data_files(changed), why=WHY, by="reviewer", at=at + timedelta(days=1))
    assert fact is not None
    return fact


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_what_waits_is_shown_with_what_it_changes(waits: PreparedFact, signed_in: SignedIn) -> None:
    page = read(signed_in("chief"), DESK)
    assert WHY in page
    assert waits.manifest_sha256 in page
    assert "Publish release 2" in page
    assert "Services" in page


def test_whoever_prepared_it_is_told_why_they_cannot_publish_it(
    waits: PreparedFact, signed_in: SignedIn
) -> None:
    client = signed_in("reviewer")
    page = read(client, DESK)
    assert "somebody else has to publish it" in page
    assert "Publish release 2" not in page
    refused = client.post(f"{DESK}publish/", {"manifest": waits.manifest_sha256})
    assert (refused.status_code, len(releases())) == (409, 1)


def test_another_person_publishes_exactly_that(waits: PreparedFact, signed_in: SignedIn) -> None:
    client = signed_in("chief")
    answer = client.post(f"{DESK}publish/", {"manifest": waits.manifest_sha256}, follow=True)
    assert "Release 2 is published." in answer.content.decode()
    shown = current_release()
    assert shown is not None
    assert shown.manifest_sha256 == waits.manifest_sha256
    assert (releases()[0].created_by, releases()[0].approved_by) == ("reviewer", "chief")
    again = client.post(f"{DESK}publish/", {"manifest": waits.manifest_sha256})
    assert again.status_code == 409
    assert "not waiting any more" in again.content.decode()


def test_what_was_not_looked_at_is_not_published(
    waits: PreparedFact, signed_in: SignedIn, at: datetime
) -> None:
    client = signed_in("chief")
    prepare_release(small_site(), {}, why="Something else.", by="reviewer", at=at)
    refused = client.post(f"{DESK}publish/", {"manifest": waits.manifest_sha256})
    assert (refused.status_code, len(releases())) == (409, 1)


def test_it_is_withdrawn_with_a_comment_that_stays_in_the_house(
    waits: PreparedFact, signed_in: SignedIn
) -> None:
    client = signed_in("chief")
    form = {"manifest": waits.manifest_sha256, "comment": "A name is wrong."}
    page = client.post(f"{DESK}withdraw/", form, follow=True).content.decode()
    assert "Release 2 is withdrawn." in page
    assert "A name is wrong." in page
    assert (waiting(), prepared()[0].comment) == (None, "A name is wrong.")
    assert "A name is wrong." not in read(Client(), "/releases/")
    late = client.post(f"{DESK}withdraw/", form | {"comment": "Typed too late."})
    assert late.status_code == 409
    assert "not waiting any more" in late.content.decode()


def test_a_release_is_prepared_on_the_page(
    signed_in: SignedIn, tmp_path: Path, settings: Settings, at: datetime
) -> None:
    settings.HOME = tmp_path
    (tmp_path / "releases").mkdir()
    client = signed_in("reviewer")
    nothing = client.post(f"{DESK}prepare/", {"why": "The first one."})
    assert nothing.status_code == 409
    assert "nothing to publish yet" in nothing.content.decode()
    assert "The first one." in nothing.content.decode()
    load(ROOT / "examples" / "federal", by="owner", at=at)
    empty = client.post(f"{DESK}prepare/", {"why": "  "})
    assert "Say what changed and why" in empty.content.decode()
    page = client.post(f"{DESK}prepare/", {"why": "The first one."}, follow=True).content.decode()
    assert "Release 1 is prepared. Somebody else has to publish it." in page
    fact = waiting()
    assert fact is not None
    assert (fact.why, fact.prepared_by) == ("The first one.", "reviewer")


def test_the_preview_shows_every_page_as_it_will_be_and_leads_to_itself(
    waits: PreparedFact, signed_in: SignedIn
) -> None:
    client = signed_in("chief")
    service = small_site().services[0].key
    page = read(client, f"{PREVIEW}/services/{service}/")
    assert "Renamed service" in page
    assert "Preview of release 2: not published." in page
    assert "Renamed service" not in read(Client(), f"/services/{service}/")
    assert f'href="{PREVIEW}/agencies/"' in page
    assert 'href="/static/' in page
    for address in (
        "/",
        "/services/",
        "/data/",
        "/releases/",
        "/releases/2/",
        "/changes/1/2/",
        "/corrections/",
    ):
        read(client, PREVIEW + address)
    assert client.get(f"{PREVIEW}/data/services.csv").content.count(b"Renamed service") == 1
    assert b"Renamed service" in client.get(f"{PREVIEW}/services/{service}.json").content
    assert b"Renamed service" not in client.get(f"/services/{service}.json").content
    assert client.get(f"{PREVIEW}/releases/2/facts/services.json").status_code == 200
    assert Client().get("/releases/2/").status_code == 404
    assert client.get(f"{PREVIEW}/none/").status_code == 404


def test_nothing_waiting_has_no_preview(site: ReleaseData, signed_in: SignedIn) -> None:
    client = signed_in("chief")
    assert client.get(f"{PREVIEW}/").status_code == 404
    assert "Nothing waits to be published." in read(client, DESK)


def test_who_may_neither_prepare_nor_publish_sees_nothing_of_it(
    waits: PreparedFact, signed_in: SignedIn
) -> None:
    client = signed_in("member")
    for address in (DESK, f"{PREVIEW}/", f"{PREVIEW}/services/"):
        assert client.get(address).status_code == 403
    for what in ("prepare", "publish", "withdraw"):
        answer = client.post(f"{DESK}{what}/", {"manifest": waits.manifest_sha256, "why": WHY})
        assert answer.status_code == 403
    assert 'href="/dashboard/releases/"' not in read(client, "/dashboard/")
    assert 'href="/dashboard/releases/"' in read(signed_in("chief"), "/dashboard/")
    assert len(releases()) == 1
