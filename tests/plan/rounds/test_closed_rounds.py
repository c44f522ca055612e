"""Closing asks first; a closed round takes no decision, and what was said in it stays to be read."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from hearback.plan import actions
from hearback.plan.actions import Told
from hearback.plan.rounds.reading import round_of
from hearback.plan.rules import About, EntryMove, EntryState
from tests.plan.rounds.conftest import DUE, QUARTER, entry_of
from tests.plan.rounds.test_pages import BOARD, MINE, People

pytestmark = pytest.mark.usefixtures("asked")
CLOSE, EARLIER = f"{BOARD}close/", f"{MINE}{QUARTER}/"
PROJECT = About.PROJECT, "one-form"
DUTY = About.COMMITMENT, "order-a"
MOVED = {"phase": "pilot", "next_steps": None}


def say(thing: tuple[About, str], by: str, at: datetime, **told: Any) -> None:
    actions.answer(entry_of(*thing).number, Told(**told), seen=None, by=by, at=at, on=DUE)


def decide(thing: tuple[About, str], move: EntryMove, at: datetime, comment: str = "") -> None:
    actions.decide(entry_of(*thing).number, move, comment=comment, seen=None, by="reviewer", at=at)


def is_closed() -> bool:
    one = round_of(QUARTER)
    assert one is not None
    return not one.is_open


def page(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", client.get(address).content.decode())


def test_closing_names_the_answers_that_wait_and_what_becomes_of_them(
    signed_in: People, at: datetime
) -> None:
    say(PROJECT, "second", at, changes=MOVED)
    client = signed_in("reviewer")
    asked = page(client, CLOSE)
    assert not is_closed()
    assert "1 answer waits for a decision" in asked
    assert ">One form</a>" in asked
    assert "Nothing of what they say will be made so" in asked
    assert "5 things are not answered." in asked
    sent = {"entry": re.findall(r'name="entry" value="(.*?)"', asked)}
    assert client.post(CLOSE, sent).status_code == 302
    assert is_closed()
    assert client.get(CLOSE).status_code == 302


def test_an_answer_that_came_in_meanwhile_is_shown_before_closing(signed_in: People, at: datetime) -> None:
    client = signed_in("reviewer")
    assert "No answer waits for a decision." in page(client, CLOSE)
    say(PROJECT, "second", at)
    asked = client.post(CLOSE)
    assert (asked.status_code, is_closed()) == (409, False)
    assert "An answer came in or was decided on after this page was opened." in asked.content.decode()
    assert "1 answer waits for a decision" in asked.content.decode()


def test_a_closed_round_offers_no_decision_and_shows_what_was_said(signed_in: People, at: datetime) -> None:
    say(PROJECT, "second", at, changes=MOVED, remark="A word.")
    decide(PROJECT, EntryMove.RETURN, at, "Since when?")
    say(PROJECT, "second", at, changes=MOVED, remark="Since May.")
    client, address = signed_in("reviewer"), f"{BOARD}{entry_of(*PROJECT).number}/"
    assert 'value="approve"' in page(client, address)
    actions.close_round(QUARTER, by="chief", at=at)
    closed = page(client, address)
    assert 'name="move"' not in closed
    for words in ("What would have changed", "Was to stand there", "pilot", "Since May.", "Since when?",
                  "answered, not decided on", "nobody can decide on it any more"):  # fmt: skip
        assert words in closed
    assert "to be read" not in page(client, BOARD)
    refused = client.post(address, {"move": "approve", "version": entry_of(*PROJECT).version})
    assert refused.status_code == 409
    assert "The round is closed. Say it in the next one." in refused.content.decode()


def test_an_owner_reads_a_closed_round_and_nobody_else_does(signed_in: People, at: datetime) -> None:
    say(PROJECT, "second", at, changes=MOVED, remark="A word.")
    decide(PROJECT, EntryMove.RETURN, at, "Since when?")
    say(DUTY, "second", at, changes={"status": "Delayed"})
    decide(DUTY, EntryMove.APPROVE, at)
    client = signed_in("second")
    assert client.get(EARLIER).status_code == 404
    assert EARLIER not in page(client, MINE)
    actions.close_round(QUARTER, by="reviewer", at=at)
    assert EARLIER in page(client, MINE)
    read = page(client, EARLIER)
    for words in ("One form", "What would have changed", "pilot", "A word.", "Since when?",
                  "returned, not answered anew", "What was changed", "Delayed"):  # fmt: skip
        assert words in read
    assert "What would change" not in read
    assert "<input" not in read.split("<main")[1]
    assert "Answer" not in re.findall(r'<h2 id="t\d+">(.*?)</h2>', read)  # that is of the first owner
    assert "Since when?" not in page(signed_in("first"), EARLIER)
    assert signed_in("chief").get(EARLIER).status_code == 404
    assert Client().get(EARLIER).status_code == 302


def test_what_was_approved_reads_so_in_a_round_that_is_open(signed_in: People, at: datetime) -> None:
    say(DUTY, "second", at, changes={"status": "Delayed"})
    assert "What would change" in page(signed_in("second"), MINE)
    decide(DUTY, EntryMove.APPROVE, at)
    for address, who in ((MINE, "second"), (f"{BOARD}{entry_of(*DUTY).number}/", "reviewer")):
        read = page(signed_in(who), address)
        assert "What was changed" in read
        assert "What would change" not in read


def typed_late(client: Client, number: int) -> str:
    name = f"e{number}"
    sent = {f"{name}-version": "1", f"{name}-how": "new", f"{name}-phase": "pilot <b>",
            f"{name}-next_steps": "", f"{name}-remark": "All ours"}  # fmt: skip
    answer = client.post(MINE, sent)
    assert answer.status_code == 409
    return re.sub(r"\s+", " ", answer.content.decode())


def test_who_sends_an_answer_after_the_end_gets_back_what_they_typed(signed_in: People, at: datetime) -> None:
    client, number = signed_in("second"), entry_of(*PROJECT).number
    actions.close_round(QUARTER, by="reviewer", at=at)
    given = typed_late(client, number)
    assert "came too late" in given
    assert "Nothing was said yet" not in given
    assert "<h3>One form</h3>" in given
    assert "<dt>Phase</dt><dd>pilot &lt;b&gt;</dd>" in given
    assert "<dt>For the reviewer</dt><dd>All ours</dd>" in given
    assert "<dt>Next steps</dt>" not in given
    assert entry_of(*PROJECT).told == {}


def test_who_answers_what_is_not_theirs_learns_nothing_of_it(signed_in: People, at: datetime) -> None:
    given = typed_late(signed_in("first"), entry_of(*PROJECT).number)
    assert "Something that is asked no longer" in given
    assert "<h3>One form</h3>" not in given


def test_what_was_typed_for_a_round_that_was_withdrawn_is_given_back(signed_in: People, at: datetime) -> None:
    number = entry_of(*PROJECT).number
    actions.withdraw_round(QUARTER, by="reviewer", at=at)
    assert "pilot &lt;b&gt;" in typed_late(signed_in("second"), number)


def test_what_is_kept_and_what_is_too_late_are_both_said(signed_in: People, at: datetime) -> None:
    client, duty = signed_in("second"), entry_of(*DUTY)
    say(PROJECT, "second", at)
    decide(PROJECT, EntryMove.APPROVE, at)
    late = entry_of(*PROJECT)
    sent = {f"e{duty.number}-version": str(duty.version), f"e{duty.number}-how": "same",
            f"e{late.number}-version": "1", f"e{late.number}-how": "new",
            f"e{late.number}-phase": "pilot"}  # fmt: skip
    answer = client.post(MINE, sent)
    assert answer.status_code == 409
    assert "1 answer is kept" in answer.content.decode()
    assert "<dt>Phase</dt><dd>pilot</dd>" in answer.content.decode()
    assert entry_of(*DUTY).first_answered_on is not None


def test_a_comment_on_an_answer_of_a_round_that_ended_is_given_back(signed_in: People, at: datetime) -> None:
    say(PROJECT, "second", at)
    one = entry_of(*PROJECT)
    actions.close_round(QUARTER, by="chief", at=at)
    sent = {"move": "return", "version": str(one.version), "comment": "Since <when>?"}
    late = signed_in("reviewer").post(f"{BOARD}{one.number}/", sent)
    assert late.status_code == 409
    assert "Your comment is not kept" in late.content.decode()
    assert "Since &lt;when&gt;?" in late.content.decode()


def test_what_was_returned_is_sent_again_only_by_who_says_so(signed_in: People, at: datetime) -> None:
    say(PROJECT, "second", at, changes=MOVED)
    decide(PROJECT, EntryMove.RETURN, at, "Which pilot?")
    client, number = signed_in("second"), entry_of(*PROJECT).number
    shown = page(client, MINE)
    assert re.search(rf'name="e{number}-how" value="later"[^>]* checked', shown)
    version, duty = entry_of(*PROJECT).version, entry_of(*DUTY)
    untouched = {f"e{number}-version": str(version), f"e{number}-how": "later", f"e{number}-phase": "pilot",
                 f"e{number}-next_steps": ""}  # fmt: skip
    sent = {**untouched, f"e{duty.number}-version": str(duty.version), f"e{duty.number}-how": "same"}
    assert client.post(MINE, sent).status_code == 302
    assert (entry_of(*PROJECT).state, entry_of(*DUTY).state) == (EntryState.RETURNED, EntryState.ANSWERED)


def test_words_typed_beside_saying_it_later_are_not_lost(signed_in: People, at: datetime) -> None:
    client, number = signed_in("second"), entry_of(*PROJECT).number
    sent = {f"e{number}-version": "1", f"e{number}-how": "later", f"e{number}-remark": "Ask us again."}
    asked = client.post(MINE, sent)
    assert asked.status_code == 422
    assert "You typed something here. Choose how it stands, so that it is sent." in asked.content.decode()
    assert "Ask us again.</textarea>" in asked.content.decode()
    actions.close_round(QUARTER, by="reviewer", at=at)
    late = client.post(MINE, sent)
    assert late.status_code == 409
    assert "<dd>Ask us again.</dd>" in late.content.decode()
