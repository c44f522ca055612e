"""The signed-in pages of milestones: who may, what is kept, and two people at once."""

import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import translation

from hearback.accounts import actions as accounts
from hearback.accounts.models import User
from hearback.history.queries import latest_entries
from hearback.plan import actions
from hearback.plan.actions import Why
from hearback.plan.commands import load
from hearback.plan.desk.pages import in_words
from hearback.plan.desk.words import COUNTED, STATES, WHY
from hearback.plan.rules import Lateness
from tests.plan.small import write
from tests.plan.test_milestones_in_files import ANSWER, ASK, areas, found

pytestmark = pytest.mark.django_db
LIST = "/dashboard/milestones/"
PAGE = f"{LIST}{ASK}/"
REASON = "Fewer people <than> hoped."
People = Callable[[str], Client]


@pytest.fixture
def people(plan_folder: Path, at: datetime) -> People:
    """The small plan, and the client of somebody who is signed in, by name."""
    load(write(plan_folder), by="operator", at=at)
    accounts.load_roles(by="operator", at=at)
    held = {
        "owner": ("member", None), "reviewer": ("reviewer", None), "administrator": ("administrator", None),
        "local_reviewer": ("reviewer", "bureau"),
    }  # fmt: skip
    for name, (role, agency) in held.items():
        accounts.add_person(name, name.title(), by="operator", at=at)
        accounts.give_role(name, role, agency, by="operator", at=at)

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(username=name))
        return client

    return signed_in


@pytest.fixture
def reviewer(people: People) -> Client:
    """Somebody who may change the plan."""
    return people("reviewer")


def sent(client: Client, what: str, key: str = ASK, **typed: str) -> HttpResponse:
    """Send what somebody typed on the page as it stands; name what differs."""
    page = client.get(f"{LIST}{key}/{what}/").content.decode()
    (version,) = re.findall(r'name="version" value="(\d+)"', page)
    return client.post(f"{LIST}{key}/{what}/", {"version": version, **typed})


def held(page: HttpResponse) -> dict[str, str]:
    """Give what the fields of the form on a page hold, hidden ones too, as a browser sends them."""
    html = page.content.decode()
    form = html[html.index("desk__form") :]
    form = form[: form.index("</form>")]
    boxes = re.findall(r"<input ([^>]*)>", form)
    named = {
        found[1]: (re.search(r'value="([^"]*)"', one) or [None, ""])[1]
        for one in boxes
        if (found := re.search(r'name="([^"]*)"', one))
    }
    named |= dict(re.findall(r'<textarea name="([^"]*)"[^>]*>\n?([^<]*)</textarea>', form))
    for name, choices in re.findall(r'<select name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        named[name] = (re.search(r'value="([^"]*)" selected', choices) or [None, ""])[1]
    return {name: unescape(text).strip() for name, text in named.items()}


def words(answer: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.mark.parametrize(("who", "status"), [
    ("owner", 403), ("local_reviewer", 403), ("reviewer", 200), ("administrator", 200),
])  # fmt: skip
def test_the_plan_concerns_everybody_so_it_is_for_reviewers_and_administrators_of_all(
    people: People, who: str, status: int
) -> None:
    client = people(who)
    for address in (LIST, PAGE, f"{PAGE}status/", f"{PAGE}due/", f"{PAGE}correct/"):
        assert client.get(address).status_code == status, address
    assert client.post(f"{PAGE}due/", {"version": "1"}).status_code == (422 if status == 200 else status)
    assert (LIST in client.get("/dashboard/").content.decode()) == (status == 200)


def test_what_is_not_there_is_not_found(reviewer: Client) -> None:
    for address in (f"{LIST}none/", f"{LIST}none/due/", f"{PAGE}title/"):
        assert reviewer.get(address).status_code == 404


def test_the_list_can_be_narrowed_to_how_they_stand(reviewer: Client, at: datetime) -> None:
    actions.move_status("one-form-m1", "Planned", Why(), seen=1, by="x", at=at)
    whole = words(reviewer.get(LIST))
    assert "all (4)" in whole
    assert "Draft One form 2023 Planned overdue by" in whole
    overdue = reviewer.get(f"{LIST}?state=overdue").content.decode()
    assert ("one-form-m1/" in overdue, f"{ASK}/" in overdue) == (True, False)
    assert 'aria-current="page">overdue</a> (1)' in overdue


def test_a_status_is_moved_and_stands_in_the_log(reviewer: Client) -> None:
    answer = sent(reviewer, "status", ANSWER, status="Blocked", reason=REASON, decided_by="Board")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{LIST}{ANSWER}/")
    page = words(reviewer.get(f"{LIST}{ANSWER}/"))
    assert "The status is moved." in page
    assert "Blocked Fewer people &lt;than&gt; hoped. Board" in page
    assert latest_entries(1)[0].by == "reviewer"
    done = sent(reviewer, "status", ANSWER, status="Started")
    assert done.status_code == 302
    assert sent(reviewer, "status", ANSWER, status="Complete", done="2026-03").status_code == 302
    assert (found(ANSWER).fact.status, found(ANSWER).fact.done) == ("Complete", "2026-03")


def test_a_due_date_is_moved_with_its_reason(reviewer: Client) -> None:
    refused = sent(reviewer, "due", due="FY2023-Q1")
    assert (refused.status_code, "Say why. The public sees the reason." in words(refused)) == (422, True)
    assert 'value="FY2023-Q1"' in refused.content.decode()
    assert (
        sent(reviewer, "due", due="FY2023-Q1", reason=REASON, source="https://example.org").status_code == 302
    )
    assert [(c.before, c.after, c.source) for c in found(ASK).fact.changes] == [
        ("FY2022-Q3", "FY2023-Q1", "https://example.org")
    ]


def test_when_it_was_done_is_noted_and_another_date_needs_a_reason(reviewer: Client) -> None:
    assert sent(reviewer, "done", done="2022-07-04").status_code == 302
    assert "2022-07-04 Today late by 1 quarter" in words(reviewer.get(PAGE))
    assert "This is known already." in words(sent(reviewer, "done", done="2022-07-04", reason=REASON))
    assert "Say why." in words(sent(reviewer, "done", done="2022-06-04"))
    assert sent(reviewer, "done", done="2022-06-04", reason=REASON).status_code == 302
    ahead = sent(reviewer, "done", done="2099", reason=REASON)
    assert (ahead.status_code, "which has not begun" in words(ahead)) == (409, True)
    assert found(ASK).fact.done == "2022-06-04"


@pytest.mark.parametrize(
    ("what", "typed", "message"),
    [
        ("due", {"due": "soon", "reason": REASON}, "This is no date."),
        ("due", {"due": "1200", "reason": REASON}, "The year is outside 1900 to 2100. Correct it."),
        ("due", {"due": "2207-01-01", "reason": REASON}, "The year is outside 1900 to 2100. Correct it."),
        ("due", {"due": "", "reason": REASON}, "This field is required."),
        ("due", {"due": "FY2022-Q3", "reason": REASON}, "This is the due date already."),
        ("done", {"done": "yesterday"}, "This is no date."),
        ("status", {"status": "In progress"}, "Say why."),
        ("status", {"status": "Planned", "reason": REASON}, "is not one of the available choices"),
        (
            "status",
            {"status": "Started", "reason": REASON, "done": "2026"},
            "Only what is complete was done.",
        ),
        ("correct", {"title": "Ask", "reason": REASON}, "Title and owner are as they were."),
        ("correct", {"title": "Ask all"}, "Say why."),
        ("correct", {"title": "A", "reason": REASON, "source": "javascript:alert(1)"}, "Enter a valid URL."),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_lost(
    reviewer: Client, what: str, typed: dict[str, str], message: str
) -> None:
    answer = sent(reviewer, what, **typed)
    assert answer.status_code == 422
    assert message in words(answer)
    if "reason" in typed:
        assert "Fewer people &lt;than&gt; hoped." in answer.content.decode()
    assert (found(ASK).version, found(ASK).fact.changes) == (1, ())


def test_a_date_before_what_it_depends_on_is_refused_and_nothing_is_lost(
    reviewer: Client, plan_folder: Path, at: datetime
) -> None:
    load(
        write(plan_folder, priority_areas=areas(m1={"depends_on": [ANSWER]}, m2={"due": "2022-01"})),
        by="x",
        at=at,
    )
    answer = sent(reviewer, "due", due="2021", reason=REASON)
    assert answer.status_code == 409
    assert f"{ASK} would be due 2021, before {ANSWER}, which it depends on" in words(answer)
    assert 'value="2021"' in answer.content.decode()
    assert found(ASK).fact.due == "FY2022-Q3"


def test_the_second_of_two_sees_both_versions_and_may_send_again(people: People, at: datetime) -> None:
    first, second = people("administrator"), people("reviewer")
    opened = second.get(f"{PAGE}due/").content.decode()
    assert 'name="version" value="1"' in opened
    assert sent(first, "due", due="FY2022-Q4", reason="First.").status_code == 302
    late = second.post(f"{PAGE}due/", {"version": "1", "due": "FY2023-Q1", "reason": REASON})
    assert late.status_code == 409
    told = words(late)
    assert "Somebody else changed this milestone while you had the page open" in told
    assert re.search(
        r"administrator changed it at [\d-]+ [\d:]+ UTC. You saw version 1; it is version 2 now.", told
    )
    assert "Due date FY2022-Q3 FY2022-Q4 FY2023-Q1 (differs)" in told
    assert "FY2022-Q3 FY2022-Q4 First." in told, "what the first one did"
    page = late.content.decode()
    assert ('value="FY2023-Q1"' in page, "Fewer people &lt;than&gt; hoped.</textarea>" in page) == (
        True,
        True,
    )
    assert found(ASK).fact.due == "FY2022-Q4"
    (version,) = re.findall(r'name="version" value="(\d+)"', page)
    again = second.post(f"{PAGE}due/", {"version": version, "due": "FY2023-Q1", "reason": REASON})
    assert again.status_code == 302
    assert [c.after for c in found(ASK).fact.changes] == ["FY2022-Q4", "FY2023-Q1"]


@pytest.mark.parametrize(
    ("what", "key", "marked"),
    [("due", ASK, True), ("due", ANSWER, False), ("correct", ASK, True), ("done", ASK, False)],
)
def test_the_reason_is_marked_where_it_must_be_given(
    reviewer: Client, what: str, key: str, marked: bool
) -> None:
    page = words(reviewer.get(f"{LIST}{key}/{what}/"))  # type: ignore[arg-type]
    assert ("Reason (must be filled in)" in page) == marked


def test_what_the_second_did_not_touch_stays_as_the_first_left_it(people: People, at: datetime) -> None:
    second = people("reviewer")
    page = f"{PAGE}correct/"
    opened = held(second.get(page))  # type: ignore[arg-type]
    actions.correct_milestone(ASK, "Ask", "First office", Why("First."), seen=1, by="first", at=at)
    late = second.post(page, {**opened, "title": "Ask <all>", "reason": REASON})
    assert late.status_code == 409
    told = words(late)  # type: ignore[arg-type]
    assert "Title Ask Ask Ask &lt;all&gt; (differs)" in told
    assert "Owner – not known First office – left as it was" in told
    again = held(late)  # type: ignore[arg-type]
    assert (again["title"], again["owner"], again["reason"]) == ("Ask <all>", "First office", REASON)
    assert second.post(page, again).status_code == 302
    assert (found(ASK).fact.title, found(ASK).fact.owner) == ("Ask <all>", "First office")


def test_whoever_is_too_late_sees_every_change_since_and_how_many(
    people: People, plan_folder: Path, at: datetime
) -> None:
    second = people("reviewer")
    actions.move_due(ASK, "2023-01", Why("Before you."), seen=1, by="first", at=at)
    opened = held(second.get(f"{PAGE}due/"))  # type: ignore[arg-type]
    for month in range(2, 7):
        why = Why(f"Later {month}.")
        actions.move_due(ASK, f"2023-0{month}", why, seen=None, by=f"one{month}", at=at)
    load(write(plan_folder, priority_areas=areas(m1={"owner": "Office"})), by="operator", at=at)
    late = second.post(f"{PAGE}due/", {**opened, "due": "2024", "reason": REASON})
    told = words(late)  # type: ignore[arg-type]
    assert "You saw version 2; it is version 8 now." in told
    assert "Due date 2023-01 2023-06 2024 (differs)" in told
    assert "All 6 changes made since then, the earliest first" in told
    for month in range(2, 7):
        line = f"Due date 2026-03-02 15:00 one{month} 2023-0{month - 1} 2023-0{month} Later {month}."
        assert line in told
    assert "Owner 2026-03-02 15:00 operator – not known Office – not known" in told
    assert "Before you." not in told


def test_a_status_that_cannot_be_reached_any_more_is_told_beside_what_it_is_now(
    people: People, at: datetime
) -> None:
    actions.move_status(ANSWER, "Complete", Why(), seen=1, by="first", at=at)
    late = people("reviewer").post(
        f"{LIST}{ANSWER}/status/", {"version": "1", "status": "Delayed", "reason": REASON}
    )
    assert late.status_code == 409
    assert "Status – not known Complete Delayed (differs)" in words(late)
    assert "Fewer people &lt;than&gt; hoped." in late.content.decode()


def test_the_pages_speak_spanish(reviewer: Client) -> None:
    reviewer.post("/language/", {"language": "es", "next": LIST})
    assert "copia de trabajo" in words(reviewer.get(LIST))
    assert "Diga por qué." in words(sent(reviewer, "due", due="FY2023-Q1"))


def test_every_way_of_standing_has_words_in_spanish() -> None:
    ways = [Lateness(state) for state in STATES] + [
        Lateness(found, why=why) for why in WHY for found in (list(STATES)[-1],)
    ]
    ways += [Lateness(state, n, unit, more) for state, unit, more in COUNTED for n in (1, 2)]
    english = [in_words(one) for one in ways]
    assert [one.words for one in ways] == english
    with translation.override("es"):
        spanish = [in_words(one) for one in ways]
    assert [one for one, other in zip(english, spanish, strict=True) if one == other] == []


def test_what_is_missing_in_the_chain_is_for_who_keeps_the_plan(people: People) -> None:
    page = words(people("reviewer").get("/dashboard/chain/"))  # type: ignore[arg-type]
    assert "Promises without evidence" in page
    assert "no target figure was published" in page
    assert people("owner").get("/dashboard/chain/").status_code == 403
