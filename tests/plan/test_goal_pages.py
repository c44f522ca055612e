"""The signed-in pages of goals: who may, what is kept, the preview, and two people at once."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from hearback.plan import queries
from hearback.plan.commands import load
from tests.plan.small import write
from tests.plan.test_desk import People, held, people, reviewer, words
from tests.plan.test_goals import NOW, OLD, areas, goal

__all__ = ["people", "reviewer"]  # fixtures

pytestmark = pytest.mark.django_db
LIST = "/dashboard/goals/"
PAGE = f"{LIST}{NOW}/replace/"
TYPED = {
    "gist": "Hear <all> of them.",
    "number": "1.1",
    "target_date": "FY2027",
    "reason": "Many were <not>.",
}


def sent(client: Client, page: str = PAGE, **typed: str) -> HttpResponse:
    """Send what somebody typed on the page as it stands; name what differs."""
    (version,) = re.findall(r'name="version" value="(\d+)"', client.get(page).content.decode())
    return client.post(page, {"version": version, **TYPED, **typed})  # type: ignore[return-value]


@pytest.mark.parametrize(("who", "status"), [
    ("owner", 403), ("local_reviewer", 403), ("reviewer", 200), ("administrator", 200),
])  # fmt: skip
def test_goals_are_for_who_keeps_the_plan_of_all(people: People, who: str, status: int) -> None:
    client = people(who)
    for address in (LIST, PAGE):
        assert client.get(address).status_code == status, address
    assert client.post(PAGE, {"version": "1"}).status_code == (422 if status == 200 else status)
    assert (LIST in client.get("/dashboard/").content.decode()) == (status == 200)
    assert Client().get(LIST).status_code == 302


def test_the_list_has_what_was_replaced_under_what_replaced_it(reviewer: Client) -> None:
    page = words(reviewer.get(LIST))  # type: ignore[arg-type]
    assert "Listen 1.1 Hear all. Target date: – not known" in page
    assert "Earlier wordings Hear many. Replaced – when, why and by whom is not said" in page
    assert reviewer.get(f"{LIST}none/replace/").status_code == 404


def test_a_wording_is_replaced_and_stands_in_the_list(reviewer: Client) -> None:
    answer = sent(reviewer, decided_by="Board", source="https://example.org")
    assert (answer.status_code, answer.headers["Location"]) == (302, LIST)
    page = words(reviewer.get(LIST))  # type: ignore[arg-type]
    assert "The wording is replaced." in page
    assert "1.1 Hear &lt;all&gt; of them. Target date: FY2027" in page
    assert "Reason: Many were &lt;not&gt;. · Decided by: Board" in page
    (made,) = [one for one in queries.goals() if one.fact.replaced_by_key is None]
    assert (made.fact.source, made.fact.number) == ("https://example.org", "1.1")


def test_a_wording_that_was_replaced_leads_to_the_one_in_its_place(reviewer: Client) -> None:
    page = reviewer.get(f"{LIST}{OLD}/replace/", follow=True)
    assert page.redirect_chain == [(PAGE, 302)]
    assert "That wording was replaced already." in words(page)  # type: ignore[arg-type]


def test_the_preview_shows_what_the_public_will_read_and_keeps_nothing(reviewer: Client) -> None:
    page = sent(reviewer, preview="", decided_by="Board")
    assert page.status_code == 200
    read = words(page).split("As the public will read it")[1]
    assert read.startswith(" 1.1 Hear &lt;all&gt; of them. Target date: FY2027")
    assert "Earlier wordings Hear all. Replaced: " in read
    assert "Reason: Many were &lt;not&gt;. · Decided by: Board" in read
    assert len(queries.goals()) == 2


@pytest.mark.parametrize(
    ("typed", "status", "message"),
    [
        ({"reason": ""}, 422, "Say why. The public sees the reason."),
        ({"target_date": "soon"}, 422, "This is no date."),
        ({"gist": "Hear all.", "target_date": ""}, 409, "would be as they were"),
        ({"as_of": "2099"}, 409, "which has not begun"),
        ({"as_of": "2024", "target_date": "2023"}, 409, "The target date 2023 is over before 2024"),
    ],
)
@pytest.mark.parametrize("button", [{}, {"preview": ""}], ids=["saving", "preview"])
def test_what_cannot_be_is_said_and_nothing_is_lost(
    reviewer: Client, typed: dict[str, str], status: int, message: str, button: dict[str, str]
) -> None:
    page = sent(reviewer, **typed, **button)
    assert page.status_code == status
    assert message in words(page)
    assert "As the public will read it" not in words(page)
    assert (typed.get("gist") or "Hear &lt;all&gt; of them.") in page.content.decode()
    assert (len(queries.goals()), goal(NOW).version) == (2, 1)


def test_the_second_of_two_sees_both_wordings_and_may_send_again(people: People, at: datetime) -> None:
    first, second = people("administrator"), people("reviewer")
    opened = held(second.get(PAGE))  # type: ignore[arg-type]
    assert sent(first, gist="Hear more.", reason="First.").status_code == 302
    late = second.post(PAGE, {**opened, **TYPED})
    assert late.status_code == 409
    told = words(late)  # type: ignore[arg-type]
    assert "Somebody else replaced this wording while you had the page open" in told
    assert "administrator changed it at " in told
    assert "New wording Hear all. Hear more. Hear &lt;all&gt; of them. (differs)" in told
    assert "You saw: Hear all. Replaced: " in told
    assert "Reason: First." in told
    page = late.content.decode()
    assert "Many were &lt;not&gt;.</textarea>" in page
    (made,) = [one.fact.key for one in queries.goals() if one.fact.gist == "Hear more."]
    (address,) = re.findall(r'<form method="post" action="([^"]*/replace/)"', page)
    (version,) = re.findall(r'name="version" value="(\d+)"', page)
    assert (address, version) == (f"{LIST}{made}/replace/", "1")
    assert second.post(address, {"version": version, **TYPED}).status_code == 302
    read = [one.fact.gist for one in queries.goals()]
    assert read == ["Hear many.", "Hear all.", "Hear more.", "Hear <all> of them."]


def test_what_the_second_did_not_touch_stays_as_the_first_left_it(people: People, at: datetime) -> None:
    first, second = people("administrator"), people("reviewer")
    opened = held(second.get(PAGE))  # type: ignore[arg-type]
    saved = {"number": "1.9", "target_date": "FY2028", "status": "Started"}
    assert sent(first, gist="Hear more.", **saved, reason="First.").status_code == 302
    late = second.post(PAGE, {**opened, "gist": "Hear <all> of them.", "status": "Late", "reason": "Mine."})
    assert late.status_code == 409
    told = words(late)  # type: ignore[arg-type]
    assert "Number 1.1 1.9 – left as it was" in told
    assert "Status – not known Started Late (differs)" in told
    again = held(late)  # type: ignore[arg-type]
    assert {name: again[name] for name in ("gist", "number", "target_date", "status", "reason")} == {
        "gist": "Hear <all> of them.", "number": "1.9", "target_date": "FY2028", "status": "Late",
        "reason": "Mine.",
    }  # fmt: skip
    (made,) = [one.fact.key for one in queries.goals() if one.fact.gist == "Hear more."]
    third = sent(first, f"{LIST}{made}/replace/", gist="Hear us.", number="1.8", target_date="FY2028")
    assert third.status_code == 302
    later = held(second.post(f"{LIST}{made}/replace/", again))  # type: ignore[arg-type]
    assert (later["number"], later["target_date"], later["status"]) == ("1.8", "FY2028", "Late")
    (made,) = [one.fact.key for one in queries.goals() if one.fact.gist == "Hear us."]
    assert second.post(f"{LIST}{made}/replace/", later).status_code == 302
    (now,) = [one.fact for one in queries.goals() if one.fact.replaced_by_key is None]
    assert (now.gist, now.number, now.target_date, now.status) == (
        "Hear <all> of them.", "1.8", "FY2028", "Late",
    )  # fmt: skip


def test_a_goal_that_only_changed_is_told_field_by_field(
    people: People, plan_folder: Path, at: datetime
) -> None:
    second = people("reviewer")
    opened = held(second.get(PAGE))  # type: ignore[arg-type]
    load(write(plan_folder, priority_areas=areas(target_date="2029")), by="operator", at=at)
    late = second.post(PAGE, {**opened, "gist": "Hear <all> of them.", "reason": "Mine."})
    told = words(late)  # type: ignore[arg-type]
    assert "Somebody else changed this goal while you had the page open" in told
    assert "Target date – not known 2029 – left as it was" in told
    assert second.post(PAGE, held(late)).status_code == 302  # type: ignore[arg-type]
    (now,) = [one.fact for one in queries.goals() if one.fact.replaced_by_key is None]
    assert (now.gist, now.target_date) == ("Hear <all> of them.", "2029")


def test_the_pages_of_goals_speak_spanish(reviewer: Client) -> None:
    reviewer.post("/language/", {"language": "es", "next": LIST})
    assert "Redacciones anteriores" in words(reviewer.get(LIST))  # type: ignore[arg-type]
    assert "Sustituir la redacción" in words(reviewer.get(PAGE))  # type: ignore[arg-type]
