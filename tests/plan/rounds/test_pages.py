"""The page of an owner and those of reviewers: who may, what is kept, what is said where it is not."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from hearback.plan import actions, queries
from hearback.plan.actions import Told
from hearback.plan.days import today
from hearback.plan.rounds.reading import charges, round_of, waiting_for
from hearback.plan.rules import About, EntryState, quarters_to_ask
from tests.plan.rounds.conftest import DUE, QUARTER, SEAT, entry_of

People = Callable[[str], Client]
MINE, ROUNDS = "/dashboard/round/", "/dashboard/rounds/"
BOARD, OWNERS = f"{ROUNDS}{QUARTER}/", f"{ROUNDS}owners/"
ANSWER = About.MILESTONE, "rivers-s1-m2"
DRAFT = About.MILESTONE, "one-form-m1"


def sent(client: Client, **answers: dict[str, str]) -> HttpResponse:
    """Send the page of an owner; each answer by its record, with what was typed."""
    page = client.get(MINE).content.decode()
    data = {}
    for record, typed in answers.items():
        one = next(e for e in _entries() if e.record == record.replace("_", "-"))
        version = re.search(rf'name="e{one.number}-version" value="(\d+)"', page)
        assert version is not None
        data |= {f"e{one.number}-version": version[1], **{f"e{one.number}-{n}": v for n, v in typed.items()}}
    return client.post(MINE, data)


def _entries():  # type: ignore[no-untyped-def]
    one = round_of(QUARTER)
    assert one is not None
    return one.entries


def test_an_owner_sees_just_what_is_theirs(signed_in: People) -> None:
    page = signed_in("first").get(MINE).content.decode()
    assert re.findall(r'<h3 id="t\d+">(.*?)</h3>', page) == ["Answer", "Draft"]
    assert "Ask every year." not in page
    nothing = signed_in("chief").get(MINE).content.decode()
    assert "Nothing is asked of you now." in nothing
    home = signed_in("first").get("/dashboard/").content.decode()
    assert "2 things wait for your answer" in home


@pytest.mark.parametrize("address", [BOARD, OWNERS])
def test_reviewers_see_what_each_thing_belongs_to(signed_in: People, address: str) -> None:
    place = next(one.now.place for one in _entries() if one.record == DRAFT[1])
    assert place
    assert place in signed_in("reviewer").get(address).content.decode()


@pytest.mark.parametrize("address", [ROUNDS, BOARD, OWNERS])
def test_an_owner_cannot_open_the_pages_of_reviewers(signed_in: People, address: str) -> None:
    assert signed_in("first").get(address).status_code == 403
    assert Client().get(address).status_code == 302
    assert signed_in("reviewer").get(address).status_code == 200


def test_several_answers_are_sent_at_once_and_the_wrong_one_stays_as_typed(signed_in: People) -> None:
    client = signed_in("first")
    moved = {"how": "new", "status": "", "due": "2027", "done": "", "reason": "", "source": "", "remark": ""}
    asked = sent(client, rivers_s1_m2={"how": "same"}, one_form_m1=moved)
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "1 answer is kept." in page
    assert "Say why. The public sees the reason." in page
    assert 'value="2027"' in page
    assert [entry_of(*one).state for one in (ANSWER, DRAFT)] == [EntryState.ANSWERED, EntryState.AWAITED]
    assert sent(client, one_form_m1={**moved, "reason": "Later."}).status_code == 302
    assert (entry_of(*DRAFT).told, waiting_for("first")) == ({"due": "2027"}, 0)


def test_a_status_is_chosen_among_one_word_for_each_meaning(signed_in: People) -> None:
    page = signed_in("first").get(MINE).content.decode()
    found = re.search(rf'<select name="e{entry_of(*ANSWER).number}-status".*?</select>', page, re.DOTALL)
    assert found is not None
    assert re.findall(r'<option value="(.*?)"', found[0]) == [
        "", "Planned", "In progress", "Blocked", "Delayed", "Complete", "Dropped",
    ]  # fmt: skip


def test_what_was_typed_without_saying_so_is_not_lost(signed_in: People) -> None:
    typed = {"status": "In progress", "due": "", "done": "", "reason": "", "source": "", "remark": ""}
    for how in ("later", "same"):
        asked = sent(signed_in("first"), rivers_s1_m2={"how": how, **typed})
        assert asked.status_code == 422
        assert "You typed something else here." in asked.content.decode()
    asked = sent(signed_in("first"), rivers_s1_m2={"how": "new", **typed, "status": ""})
    assert "Nothing is different from what stands here." in asked.content.decode()
    assert entry_of(*ANSWER).state is EntryState.AWAITED


def test_who_is_too_late_loses_nothing_and_sees_why(signed_in: People) -> None:
    client = signed_in("holder")
    client.get(MINE)
    one = entry_of(*ANSWER)
    signed_in("first").post(MINE, {f"e{one.number}-version": "1", f"e{one.number}-how": "same"})
    typed = {
        "status": "In progress",
        "due": "FY2027-Q1",
        "done": "",
        "reason": "",
        "source": "",
        "remark": "",
    }
    data = {f"e{one.number}-version": "1", f"e{one.number}-how": "new"}
    asked = client.post(MINE, data | {f"e{one.number}-{name}": value for name, value in typed.items()})
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "You saw version 1; it is version 2 now, and answered" in page
    assert 'value="FY2027-Q1"' in page
    assert f'name="e{one.number}-version" value="2"' in page


def test_a_reviewer_reads_returns_and_approves(signed_in: People) -> None:
    told = {"status": "In progress", "due": "", "done": "", "reason": "", "source": "", "remark": "A word."}
    sent(signed_in("first"), rivers_s1_m2={"how": "new", **told})
    client, one = signed_in("reviewer"), entry_of(*ANSWER)
    page = client.get(f"{BOARD}{one.number}/").content.decode()
    assert "A word." in page
    refused = client.post(f"{BOARD}{one.number}/", {"move": "return", "version": one.version, "comment": ""})
    assert refused.status_code == 409
    assert "Say what should be changed" in refused.content.decode()
    client.post(f"{BOARD}{one.number}/", {"move": "return", "version": one.version, "comment": "Since when?"})
    assert "Since when?" in signed_in("first").get(MINE).content.decode()
    sent(signed_in("first"), rivers_s1_m2={"how": "new", **told, "due": "FY2026-Q3"})
    one = entry_of(*ANSWER)
    late = client.post(f"{BOARD}{one.number}/", {"move": "approve", "version": one.version - 1})
    assert "You saw version" in late.content.decode()
    client.post(f"{BOARD}{one.number}/", {"move": "approve", "version": one.version})
    found = queries.milestone(ANSWER[1])
    assert found is not None
    assert (found.fact.status, found.fact.due) == ("In progress", "FY2026-Q3")


def test_nobody_decides_on_what_they_answered(signed_in: People) -> None:
    actions.set_charges([ANSWER], actions.Answerer("reviewer", None), by="chief", at=_now())
    actions.close_round(QUARTER, by="chief", at=_now())
    later = str(quarters_to_ask(today())[1])
    actions.open_round(later, today(), None, by="chief", at=_now(), on=today())
    one = next(e for e in round_of(later).entries if e.record == ANSWER[1])  # type: ignore[union-attr]
    actions.answer(one.number, Told(), seen=1, by="reviewer", at=_now(), on=today())
    address = f"{ROUNDS}{later}/{one.number}/"
    client = signed_in("reviewer")
    assert "Somebody else decides on it." in client.get(address).content.decode()
    refused = client.post(address, {"move": "approve", "version": "2"})
    assert "Somebody other than who answered" in refused.content.decode()
    assert signed_in("chief").post(address, {"move": "approve", "version": "2"}).status_code == 302


def test_confirmations_are_approved_together_but_not_one_that_changed_meanwhile(signed_in: People) -> None:
    sent(signed_in("first"), rivers_s1_m2={"how": "same"}, one_form_m1={"how": "same"})
    client = signed_in("reviewer")
    entries = re.findall(r'name="entry" value="(.*?)"', client.get(BOARD).content.decode())
    assert len(entries) == 2
    sent(signed_in("first"), one_form_m1={"how": "same", "remark": "Wait."})
    page = client.post(f"{BOARD}approve/", {"entry": entries}, follow=True).content.decode()
    assert "1 answer is approved. An answer was changed meanwhile" in page
    assert [entry_of(*one).state for one in (ANSWER, DRAFT)] == [EntryState.APPROVED, EntryState.ANSWERED]


def test_things_are_given_to_somebody_by_marking_them(signed_in: People) -> None:
    client = signed_in("reviewer")
    none = client.post(OWNERS, {"owner": "second", "seat": SEAT})
    assert none.status_code == 422
    assert "Mark at least one thing" in none.content.decode()
    kept = client.post(
        OWNERS, {"owner": "second", "seat": SEAT, "thing": ["commitment:order-b", "project:one-form"]}
    )
    assert kept.status_code == 302
    held = {row.asked.key: (row.owner, row.seat_key) for row in charges()}
    assert (held["order-b"], held["one-form"]) == (("second", SEAT), ("second", SEAT))
    assert "There is nothing of the kind" in client.post(OWNERS, {"thing": "moon:x"}).content.decode()
    client.post(f"{OWNERS}seat/", {"seat": SEAT, "account": "chief"})
    assert entry_of(*ANSWER).seat_account == "chief"


def test_giving_that_changes_nothing_is_told_and_the_marks_stay(signed_in: People) -> None:
    asked = signed_in("reviewer").post(OWNERS, {"owner": "", "seat": "", "thing": ["commitment:order-b"]})
    assert asked.status_code == 422
    page = asked.content.decode()
    assert "What is marked stands so already." in page
    assert re.search(r'value="commitment:order-b"[^>]* checked', page)


def test_a_round_is_opened_once_and_the_quarter_is_read(signed_in: People) -> None:
    client = signed_in("reviewer")
    due = (today() + timedelta(days=10)).isoformat()
    later = quarters_to_ask(today())[1]
    assert client.post(ROUNDS, {"quarter": later.label, "due": due}).status_code == 302
    assert client.get(f"{ROUNDS}{later}/").status_code == 200
    for quarter, problem in (
        ("spring", "Write a fiscal quarter"),
        (str(later), f"There is a round of {later} already; a quarter has one."),
    ):
        asked = client.post(ROUNDS, {"quarter": quarter, "due": due})
        assert asked.status_code == 422
        assert problem in asked.content.decode()


def test_the_board_is_closed_by_a_button(signed_in: People) -> None:
    client = signed_in("reviewer")
    assert f"{DUE:%Y-%m-%d}" in client.get(BOARD).content.decode()
    assert client.post(f"{BOARD}close/").status_code == 302
    assert client.post(f"{BOARD}close/").status_code == 409
    assert "Nothing is asked of you now." in signed_in("first").get(MINE).content.decode()


@pytest.mark.parametrize("address", [f"{BOARD}approve/", f"{OWNERS}seat/"])
def test_who_comes_to_the_address_of_a_button_is_led_to_its_page(signed_in: People, address: str) -> None:
    led = signed_in("reviewer").get(address)
    assert (led.status_code, led.headers["Location"]) == (302, OWNERS if "seat" in address else BOARD)


def _now():  # type: ignore[no-untyped-def]
    from django.utils import timezone

    return timezone.now()
