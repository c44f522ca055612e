"""Updates from draft to approval: who may, two at once, corrections the public sees, nothing lost."""

import re
from dataclasses import replace
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from hearback.history.queries import latest_entries
from hearback.plan import actions, queries
from hearback.plan.actions import DraftChanged, DraftUnknown, Written
from hearback.plan.commands import load
from hearback.plan.models import Update
from hearback.plan.rules import DraftMoveNotAllowed, Move, State, check_draft_move
from hearback.plan.rules.progress.words import rate_words
from hearback.plan.writing import reading
from hearback.publish.snapshot import gather
from tests.plan.small import write
from tests.plan.test_desk import People, people, words

__all__ = ["people"]
pytestmark = pytest.mark.django_db
LIST = "/dashboard/updates/"
WRITTEN = Written("2026-02", "blog", "Shorter form", "The form has two pages now.", "See **how**.")
TYPED = {"title": "Shorter form", "date": "2026-02", "kind": "blog", "gist": "The form has two pages now.",
         "body": "See **how**: [here](https://example.org/)."}  # fmt: skip


@pytest.fixture
def plan(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder), by="operator", at=at)


@pytest.mark.parametrize("move", list(Move))
@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("is_owner", [True, False])
def test_only_the_owner_writes_and_only_others_decide(move: Move, state: State, is_owner: bool) -> None:
    by_owner = {Move.EDIT, Move.SUBMIT, Move.WITHDRAW}
    starts = {
        Move.EDIT: "draft returned", Move.SUBMIT: "draft returned", Move.RETURN: "in_review",
        Move.APPROVE: "in_review", Move.WITHDRAW: "draft returned in_review",
    }  # fmt: skip
    may = (move in by_owner) == is_owner and state in starts[move].split()
    if may:
        assert check_draft_move(move, state, is_owner=is_owner, comment="why") in State
    else:
        with pytest.raises(DraftMoveNotAllowed):
            check_draft_move(move, state, is_owner=is_owner, comment="why")


def test_what_is_approved_becomes_an_update_and_nothing_before(plan: None, at: datetime) -> None:
    before = queries.updates()
    key = actions.start_draft(WRITTEN, by="owner", at=at)
    assert key == "2026-02-shorter-form"
    actions.move_draft(key, Move.SUBMIT, seen=1, by="owner", at=at)
    assert queries.updates() == before
    with pytest.raises(DraftMoveNotAllowed, match="say what should be changed"):
        actions.move_draft(key, Move.RETURN, seen=2, by="reviewer", at=at)
    actions.move_draft(key, Move.RETURN, comment="Which form?", seen=2, by="reviewer", at=at)
    actions.edit_draft(key, replace(WRITTEN, title="Shorter tax form"), seen=3, by="owner", at=at)
    actions.move_draft(key, Move.SUBMIT, seen=4, by="owner", at=at)
    with pytest.raises(DraftMoveNotAllowed, match="somebody other than its owner"):
        actions.move_draft(key, Move.APPROVE, seen=5, by="owner", at=at)
    assert actions.move_draft(key, Move.APPROVE, seen=5, by="reviewer", at=at) is State.APPROVED
    (made,) = [one for one in queries.updates() if one.key == key]
    assert (made.title, made.gist, made.body) == ("Shorter tax form", WRITTEN.gist, WRITTEN.body)
    assert (made.approved, made.approved_by) == (True, "reviewer")
    draft = reading.draft(key)
    assert draft is not None
    assert [(one.by, one.text) for one in draft.comments] == [("reviewer", "Which form?")]
    told = [entry.verb for entry in latest_entries(20, "draft", key)]
    assert told == ["update.approved", "update.submitted", "update.edited", "update.returned",
                    "update.submitted", "update.drafted"]  # fmt: skip


@pytest.mark.parametrize("nobody", ["", "  "])
def test_an_update_without_an_owner_is_refused_and_nothing_is_kept(
    nobody: str, plan: None, at: datetime
) -> None:
    update = next(one for one in queries.updates() if one.approved)
    with pytest.raises(DraftMoveNotAllowed, match="needs an owner: say who writes it"):
        actions.start_draft(WRITTEN, by=nobody, at=at)
    with pytest.raises(DraftMoveNotAllowed, match="needs an owner"):
        actions.start_correction(update.key, by=nobody, at=at)
    assert reading.drafts() == []


def test_a_correction_is_told_to_the_public_and_outlives_the_file(
    plan: None, plan_folder: Path, at: datetime
) -> None:
    update = next(one for one in queries.updates() if one.approved)
    key = actions.start_correction(update.key, by="owner", at=at)
    with pytest.raises(DraftMoveNotAllowed, match="corrects it already"):
        actions.start_correction(update.key, by="other", at=at)
    with pytest.raises(DraftMoveNotAllowed, match="say what was wrong"):
        actions.move_draft(key, Move.SUBMIT, seen=1, by="owner", at=at)
    right = Written(update.date, update.kind, update.title, "It is 27, not 29.", correction="The count.")
    actions.edit_draft(key, right, seen=1, by="owner", at=at)
    actions.move_draft(key, Move.SUBMIT, seen=2, by="owner", at=at)
    actions.move_draft(key, Move.APPROVE, seen=3, by="reviewer", at=at)
    told = next(one for one in latest_entries(9) if one.verb == "update.corrected")
    assert (told.before or {})["corrections"] == []
    assert [one["gist"] for one in (told.after or {})["corrections"]] == ["The count."]
    assert [set((one or {})["strategies"]) for one in (told.before, told.after)] == [
        {"rivers-s1", "rivers-s2"}, set()
    ]  # fmt: skip
    load(plan_folder, by="operator", at=at)
    (now,) = [one for one in queries.updates() if one.key == update.key]
    assert now.gist == "It is 27, not 29."
    assert [(one.date, one.gist) for one in now.corrections] == [(at.date().isoformat(), "The count.")]


def test_the_second_of_two_is_refused_and_told(plan: None, at: datetime) -> None:
    key = actions.start_draft(WRITTEN, by="owner", at=at)
    actions.edit_draft(key, replace(WRITTEN, title="One"), seen=1, by="owner", at=at)
    with pytest.raises(DraftChanged, match=r"you saw version 1; owner changed it .* version 2 now"):
        actions.edit_draft(key, replace(WRITTEN, title="Two"), seen=1, by="owner", at=at)
    draft = reading.draft(key)
    assert draft is not None
    assert draft.title == "One"


def test_what_has_not_happened_yet_is_no_update(plan: None, at: datetime) -> None:
    key = actions.start_draft(replace(WRITTEN, date="2026-04"), by="owner", at=at)
    for when in ("2026-04", "2026-03-03", "FY2027"):
        seen = actions.edit_draft(key, replace(WRITTEN, date=when), seen=None, by="owner", at=at)
        with pytest.raises(DraftMoveNotAllowed, match=f"{when} has not begun"):
            actions.move_draft(key, Move.SUBMIT, seen=seen, by="owner", at=at)
    for when in ("2026-03-02", "2026-03", "2026", "FY2026-Q2"):
        seen = actions.edit_draft(key, replace(WRITTEN, date=when), seen=None, by="owner", at=at)
        actions.move_draft(key, Move.SUBMIT, seen=seen, by="owner", at=at)
        actions.move_draft(key, Move.RETURN, comment="Go on.", seen=None, by="reviewer", at=at)


def test_bad_input_has_words(plan: None, at: datetime) -> None:
    with pytest.raises(DraftUnknown, match="no strategy 'nowhere'"):
        actions.start_draft(replace(WRITTEN, strategies=["nowhere"]), by="owner", at=at)
    with pytest.raises(DraftUnknown, match="no draft 'x'"):
        actions.move_draft("x", Move.SUBMIT, seen=None, by="owner", at=at)
    with pytest.raises(DraftUnknown, match="no update 'x'"):
        actions.start_correction("x", by="owner", at=at)
    assert reading.drafts() == []


def _page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return words(answer)  # type: ignore[arg-type]


def sent_by(page: str) -> dict[str, list[str]]:
    """Give what a browser sends of the form of the editor, line breaks as browsers write them."""
    form = page.split('<form method="post" action="/dashboard/updates/')[1].split("</form>", maxsplit=1)[0]
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        named = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if named.get("type") != "checkbox" or " checked" in tag:
            sent.setdefault(named["name"], []).append(named.get("value", ""))
    for name, text in re.findall(r'<textarea name="(\w+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        sent[name] = [text]
    for name, options in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        sent[name] = re.findall(r'value="([^"]*)" selected', options)
    return {name: [with_browser_breaks(unescape(text)) for text in texts] for name, texts in sent.items()}


def with_browser_breaks(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def lines_of(page: str) -> dict[str, list[str]]:
    """Give the lines of the table of both versions by their names: seen, now, typed."""
    rows = re.findall(r'<tr role="row">(.*?)</tr>', page, re.DOTALL)
    cells = [re.findall(r"<t[hd] [^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    texts = [[unescape(re.sub(r"<[^>]+>", "", one)).strip() for one in row] for row in cells]
    return {name: told for name, *told in texts}


def test_from_page_to_page(people: People) -> None:
    owner, reviewer = people("owner"), people("reviewer")
    shown = owner.post(f"{LIST}new/", {**TYPED, "preview": ""})
    assert '<strong>how</strong>: <a href="https://example.org/">here</a>' in shown.content.decode()
    assert reading.drafts() == []
    made = owner.post(f"{LIST}new/", {**TYPED, "keep": ""})
    assert made.status_code == 302
    key = "2026-02-shorter-form"
    page = f"{LIST}{key}/"
    assert made.headers["Location"] == page
    assert owner.post(f"{page}edit/", {**TYPED, "title": "", "version": "1"}).status_code == 422
    late = owner.post(f"{page}edit/", {**TYPED, "title": "Mine", "version": "0"})
    assert late.status_code == 409
    assert "Somebody else changed this draft" in words(late)  # type: ignore[arg-type]
    assert 'value="Mine"' in late.content.decode()
    assert owner.post(f"{page}move/submit/", {"version": "1"}).status_code == 302
    assert owner.post(f"{page}move/approve/", {"version": "2"}).status_code == 403
    assert owner.get(f"{page}edit/").headers["Location"] == page
    assert reviewer.get(f"{page}edit/").status_code == 403
    refused = reviewer.post(f"{page}move/return/", {"version": "2"})
    assert (refused.status_code, "Say what should be changed" in words(refused)) == (409, True)  # type: ignore[arg-type]
    assert reviewer.post(f"{page}move/approve/", {"version": "2", "comment": "Good."}).status_code == 302
    assert "approved" in _page(owner, page)
    assert "Good." in _page(owner, page)
    corrected = owner.post(f"{LIST}{key}/correct/")
    assert corrected.headers["Location"] == f"{LIST}{key}-c1/edit/"
    assert "What was wrong" in _page(owner, f"{LIST}{key}-c1/edit/")


def test_a_draft_is_for_its_owner_and_for_who_approves(people: People, at: datetime) -> None:
    key = actions.start_draft(WRITTEN, by="reviewer", at=at)
    assert _page(people("owner"), f"{LIST}{key}/", 404)
    assert WRITTEN.title not in _page(people("owner"), LIST)
    assert WRITTEN.title in _page(people("administrator"), LIST)
    assert people("local_reviewer").get(f"{LIST}{key}/").status_code == 404
    assert Client().get(LIST).status_code == 302


def test_a_correction_does_not_undo_what_a_file_changed_meanwhile(
    plan: None, plan_folder: Path, at: datetime
) -> None:
    update = next(one for one in queries.updates() if one.approved)
    key = actions.start_correction(update.key, by="owner", at=at)
    right = Written(update.date, update.kind, update.title, "Right.", correction="The count.")
    actions.edit_draft(key, right, seen=1, by="owner", at=at)
    actions.move_draft(key, Move.SUBMIT, seen=2, by="owner", at=at)
    Update.objects.filter(key=update.key).update(gist="Loaded since.")
    with pytest.raises(DraftMoveNotAllowed, match="was changed since this correction was begun"):
        actions.move_draft(key, Move.APPROVE, seen=3, by="reviewer", at=at)
    assert [one.gist for one in queries.updates() if one.key == update.key] == ["Loaded since."]


def test_a_preview_keeps_the_version_that_was_seen(people: People, at: datetime) -> None:
    key = actions.start_draft(WRITTEN, by="owner", at=at)
    actions.edit_draft(key, replace(WRITTEN, title="Kept elsewhere"), seen=1, by="owner", at=at)
    page = f"{LIST}{key}/edit/"
    shown = people("owner").post(page, {**TYPED, "version": "1", "preview": ""})
    assert 'name="version" value="1"' in shown.content.decode()
    assert people("owner").post(page, {**TYPED, "version": "1", "keep": ""}).status_code == 409
    draft = reading.draft(key)
    assert draft is not None
    assert draft.title == "Kept elsewhere"


@pytest.mark.parametrize(("move", "state"), [(Move.SUBMIT, "in review"), (Move.WITHDRAW, "withdrawn")])
def test_what_was_typed_into_a_draft_that_moved_on_is_given_back(
    people: People, at: datetime, move: Move, state: str
) -> None:
    key = actions.start_draft(WRITTEN, by="owner", at=at)
    actions.move_draft(key, move, seen=1, by="owner", at=at)
    late = people("owner").post(
        f"{LIST}{key}/edit/", {**TYPED, "body": "Long <b> words.", "version": "1", "keep": ""}
    )
    assert late.status_code == 409
    assert f"can be written on no longer: it is {state}." in words(late)  # type: ignore[arg-type]
    assert "<dt>More</dt><dd>Long &lt;b&gt; words.</dd>" in late.content.decode()
    draft = reading.draft(key)
    assert draft is not None
    assert draft.body != "Long <b> words."
    other = people("reviewer").post(f"{LIST}{key}/edit/", {**TYPED, "version": "1", "keep": ""})
    assert other.status_code == 403


def test_a_comment_on_what_somebody_else_decided_is_given_back(people: People, at: datetime) -> None:
    key = actions.start_draft(WRITTEN, by="owner", at=at)
    actions.move_draft(key, Move.SUBMIT, seen=1, by="owner", at=at)
    actions.move_draft(key, Move.APPROVE, seen=2, by="administrator", at=at)
    late = people("reviewer").post(f"{LIST}{key}/move/return/", {"version": "2", "comment": "Say <who>."})
    assert late.status_code == 409
    assert "Your comment is not kept" in late.content.decode()
    assert "Say &lt;who&gt;." in late.content.decode()


def test_who_is_second_at_a_draft_overwrites_only_what_they_touched(people: People, at: datetime) -> None:
    begun = replace(WRITTEN, body="One.\n\nTwo.")
    key = actions.start_draft(begun, by="owner", at=at)
    owner, edit = people("owner"), f"{LIST}{key}/edit/"
    sent = sent_by(owner.get(edit).content.decode())
    elsewhere = replace(begun, title="Kept elsewhere", strategies=["rivers-s1"])
    actions.edit_draft(key, elsewhere, seen=1, by="owner", at=at)
    late = owner.post(edit, {**sent, "gist": ["It takes a minute."], "keep": ""})
    assert late.status_code == 409
    shown = late.content.decode()
    lines = lines_of(shown)
    assert lines["Title"] == [WRITTEN.title, "Kept elsewhere", "– left as it was"]
    assert lines["What happened"] == [WRITTEN.gist, WRITTEN.gist, "It takes a minute. (differs)"]
    assert lines["Kind"] == ["Blog", "Blog", "– left as it was"]
    assert lines["More"][2] == "– left as it was"
    assert lines["What it is about"][1:] == ["Listen", "– left as it was"]
    again = sent_by(shown)
    assert again["version"] == ["2"]
    assert owner.post(edit, {**again, "keep": ""}).status_code == 302
    draft = reading.draft(key)
    assert draft is not None
    assert (draft.title, draft.gist, draft.body) == ("Kept elsewhere", "It takes a minute.", begun.body)
    assert list(draft.strategy_keys) == ["rivers-s1"]


def test_an_update_with_a_point_in_its_key_can_be_listed_and_corrected(people: People, at: datetime) -> None:
    update = next(one for one in queries.updates() if one.approved)
    Update.objects.filter(key=update.key).update(key="1.2-news")
    owner = people("owner")
    assert owner.get(LIST).status_code == 200
    assert owner.post(f"{LIST}1.2-news/correct/").headers["Location"] == f"{LIST}1.2-news-c1/edit/"
    assert owner.get(f"{LIST}1.2-news-c1/").status_code == 200


def test_who_approves_sees_what_it_is_about_and_where_it_can_be_read(people: People, at: datetime) -> None:
    some = replace(WRITTEN, source="https://example.org/notes", all_life_experiences=True)
    key = actions.start_draft(some, by="owner", at=at)
    page = _page(people("reviewer"), f"{LIST}{key}/")
    assert "https://example.org/notes" in page
    assert "All life experiences" in page


def test_who_approved_an_update_is_in_no_release(plan: None, at: datetime) -> None:
    assert {one.approved_by for one in queries.updates() if one.approved} == {"operator"}
    released = gather(10, at.date()).updates
    assert released
    assert {one.approved_by for one in released} == {None}


def test_a_large_rate_is_no_power_of_ten() -> None:
    assert [rate_words(rate) for rate in (1500.0, -12345.6, 999.4)] == ["+1,500", "\u221212,346", "+999"]


@pytest.mark.usefixtures("plan")
def test_who_comes_to_the_address_of_a_button_is_led_to_its_page(people: People) -> None:
    client = people("reviewer")
    for address, page in ((f"{LIST}a/move/approve/", f"{LIST}a/"), (f"{LIST}a/correct/", LIST)):
        led = client.get(address)
        assert (led.status_code, led.headers["Location"]) == (302, page)
