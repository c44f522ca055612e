"""Who may open and do what: owner, reviewer, outsider, visitor."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from hearback.collect.actions import forms as actions
from hearback.collect.queries import form, intake_store
from tests.collect.desk.test_pages import stored

pytestmark = pytest.mark.django_db

READ = ("", "edit/", "languages/", "text/", "preview/", "versions/", "qr.svg", "qr.png")
EDIT = (
    "edit/1/",
    "edit/1/preview/",
    "edit/1/remove/",
    "languages/es/",
    "languages/es/remove/",
    "settings/",
    "keep/",
    "file/",
    "move/submit/",
)
PUBLISH = ("move/publish/", "move/reopen/")
RESPONSES = ("responses/", "export/")
EITHER = ("move/close/", "move/return/", "move/archive/")


def test_an_owner_opens_everything_but_publishing(owner: Client, draft: str) -> None:
    opened = {path: owner.get(draft + path).status_code for path in (*READ, *EDIT, *RESPONSES, *EITHER)}
    assert {path: status for path, status in opened.items() if status != 200} == {}
    assert [owner.get(draft + path).status_code for path in PUBLISH] == [403] * len(PUBLISH)


def test_a_reviewer_reads_and_publishes_and_neither_edits_nor_sees_responses(
    reviewer: Client, draft: str
) -> None:
    for path in (*READ, *PUBLISH, *EITHER):
        assert reviewer.get(draft + path).status_code == 200, path
    for path in (*EDIT, *RESPONSES):
        assert reviewer.get(draft + path).status_code == 403, path


def test_a_reviewer_sees_how_many_answered_and_not_what(reviewer: Client, draft: str) -> None:
    with intake_store() as store:
        store.append([stored(n) for n in range(3)])
    page = reviewer.get(draft).content.decode()
    assert "<dd>3</dd>" in page
    assert "/responses/" not in page
    assert '<td class="number">3</td>' in reviewer.get("/dashboard/forms/").content.decode()


@pytest.mark.parametrize("name", ["outsider", "administrator"])
def test_to_others_the_form_is_not_there(people: Callable[[str], Client], draft: str, name: str) -> None:
    client = people(name)
    for path in (*READ, *EDIT, *PUBLISH, *RESPONSES, *EITHER):
        assert client.get(draft + path).status_code == 404, path
        assert client.post(draft + path, {"revision": "1"}).status_code in {404, 405}, path
    assert form("service-2").newest.state == "draft"  # type: ignore[union-attr]


def test_a_visitor_is_sent_to_sign_in(draft: str) -> None:
    for path in (*READ, *EDIT, *PUBLISH, *RESPONSES, *EITHER):
        assert Client().get(draft + path).headers["Location"].startswith("/sign-in/"), path


def test_the_list_shows_the_forms_of_own_agencies(people: Callable[[str], Client], draft: str) -> None:
    assert "/done/service-2" in people("owner").get("/dashboard/forms/").content.decode()
    assert "/done/service-2" in people("reviewer").get("/dashboard/forms/").content.decode()
    assert "/done/service-2" not in people("outsider").get("/dashboard/forms/").content.decode()
    assert people("administrator").get("/dashboard/forms/").status_code == 403


def test_the_home_leads_to_forms(people: Callable[[str], Client]) -> None:
    assert "/dashboard/forms/" in people("owner").get("/dashboard/").content.decode()
    assert "/dashboard/forms/" not in people("administrator").get("/dashboard/").content.decode()


def test_only_who_edits_makes_forms_and_only_for_own_services(
    people: Callable[[str], Client], home: object
) -> None:
    assert people("reviewer").get("/dashboard/forms/new/").status_code == 403
    assert "service-2|provider-21" in people("owner").get("/dashboard/forms/new/").content.decode()
    assert "service-2|provider-21" not in people("outsider").get("/dashboard/forms/new/").content.decode()
    sent = {"about": "service-2|provider-21", "start": "thumbs", "key": "mine"}
    assert people("outsider").post("/dashboard/forms/new/", sent).status_code == 422
    assert form("mine") is None


def test_a_reviewer_cannot_write_through_the_pages_that_are_read(reviewer: Client, draft: str) -> None:
    for path, sent in (
        ("edit/", {"do": "down:1"}),
        ("text/", {"yaml": "key: x"}),
        ("languages/", {"do": "add", "language": "fr"}),
    ):
        revision = form("service-2").newest.revision  # type: ignore[union-attr]
        assert reviewer.post(draft + path, {**sent, "revision": revision}).status_code in {403, 422}, path
    assert form("service-2").newest.changed_by == "owner"  # type: ignore[union-attr]


def test_what_is_in_review_cannot_be_changed(owner: Client, draft: str, at: datetime) -> None:
    actions.move_version("service-2", "submit", by="owner", at=at)
    revision = form("service-2").newest.revision  # type: ignore[union-attr]
    answer = owner.post(f"{draft}edit/", {"do": "down:1", "revision": revision})
    assert answer.status_code == 409
    assert form("service-2").newest.instrument.questions[0].code == "trust"  # type: ignore[union-attr]
