"""What stands there comes back from a form as it stood: with line breaks, blanks, and however long it is."""

import re
from datetime import datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import Client

from hearback.plan import actions
from hearback.plan.desk.held import HeldField, HeldSourceField
from hearback.plan.models import Commitment, Milestone, Project, Update
from hearback.plan.rules import About, EntryState
from hearback.plan.writing.forms import DraftForm
from hearback.plan.writing.reading import draft
from tests.plan.rounds.conftest import entry_of
from tests.plan.rounds.test_pages import MINE, People

pytestmark = pytest.mark.usefixtures("asked")
HELD = [
    "Two lines\nof one text", "Old\r\nbreaks", " blanks around it  ", "two  blanks", "one line " * 500,
    "a list\n- one\n\n- two\n" * 200, "\tA tab", "plain",
]  # fmt: skip


class Fields(HTMLParser):
    """The fields of a page, each with the value that a browser would send untouched."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
        has = dict(attrs)
        if tag == "textarea":
            self._area = has["name"]
            self.sent[self._area] = ""
        elif tag == "input" and has.get("type") not in {"radio", "checkbox"} and has.get("name"):
            self.sent[has["name"]] = re.sub(r"[\r\n]", "", has.get("value") or "")  # a line has no breaks
        elif tag == "select":
            self._select = has["name"]
        elif tag == "option" and (self._select not in self.sent or "selected" in has):
            self.sent[self._select] = has["value"]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            text = re.sub(r"\A\r?\n", "", self.sent[self._area])
            self.sent[self._area] = re.sub(r"\r?\n|\r", "\r\n", text)
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.sent[self._area] += data


def untouched(client: Client, about: About, record: str, how: str, **typed: str) -> int:
    """Send one card of an owner's page as a browser would; gives the status of the answer."""
    name = f"e{entry_of(about, record).number}-"
    sent = {k: v for k, v in Fields(client.get(MINE).content.decode()).sent.items() if k.startswith(name)}
    asked = client.post(MINE, sent | {f"{name}how": how} | {f"{name}{k}": v for k, v in typed.items()})
    return asked.status_code


@pytest.mark.parametrize("held", HELD)
def test_nothing_has_changed_where_nothing_was_touched(signed_in: People, held: str) -> None:
    Project.objects.filter(key="one-form").update(phase=held[:40], next_steps=held)
    Commitment.objects.filter(key="order-a").update(status=held[:60], progress=held, progress_source=held)
    client = signed_in("second")
    for about, record in ((About.PROJECT, "one-form"), (About.COMMITMENT, "order-a")):
        assert untouched(client, about, record, "same") == 302
        assert (entry_of(about, record).state, entry_of(about, record).told) == (EntryState.ANSWERED, {})


def test_a_status_of_two_lines_is_still_the_one_that_is_held(signed_in: People) -> None:
    Milestone.objects.filter(key="rivers-s1-m2").update(status="In\nprogress ")
    assert untouched(signed_in("first"), About.MILESTONE, "rivers-s1-m2", "same") == 302
    assert entry_of(About.MILESTONE, "rivers-s1-m2").told == {}


def test_only_what_was_touched_is_told_and_a_long_text_may_be_shortened(signed_in: People) -> None:
    long = "A step.\n" * 500
    Project.objects.filter(key="one-form").update(phase="two\nlines", next_steps=long)
    shorter = long[:3000].strip()
    asked = untouched(signed_in("second"), About.PROJECT, "one-form", "new", next_steps=shorter)
    assert asked == 302
    assert entry_of(About.PROJECT, "one-form").told == {"next_steps": shorter}


def test_a_field_is_no_longer_than_its_limit_or_what_is_held() -> None:
    assert HeldField("x" * 50, max_length=40).max_length == 50
    assert HeldField("x", max_length=40).max_length == 40
    assert HeldField(None, max_length=40).max_length == 40


@pytest.mark.parametrize("held", HELD)
def test_a_correction_of_an_update_keeps_what_was_not_touched(
    signed_in: People, at: datetime, held: str
) -> None:
    Update.objects.filter(key="u1").update(
        title=held[:300], gist=held, body=held * 5, source=f"The book, {held[:30]}"
    )
    before = Update.objects.get(key="u1")
    key = actions.start_correction("u1", by="reviewer", at=at)
    client = signed_in("reviewer")
    page = client.get(f"/dashboard/updates/{key}/edit/")
    form = Fields(page.content.decode()).sent | {"correction": "A word was wrong.", "about": ["all"]}
    assert client.post(page.request["PATH_INFO"], {**form, "keep": ""}).status_code == 302
    found = draft(key)
    assert found is not None
    for name in ("title", "gist", "body", "source"):
        assert getattr(found, name) == getattr(before, name)


def test_a_blank_line_more_in_an_update_is_a_change(at: datetime) -> None:
    Update.objects.filter(key="u1").update(body="One. Two.")
    found = draft(actions.start_correction("u1", by="reviewer", at=at))
    assert found is not None
    typed = {"title": "May", "date": "2023-05", "kind": "area_summary", "gist": "Much.", "correction": "x"}
    form = DraftForm(found, QueryDict(urlencode({**typed, "body": "One.\r\n\r\nTwo."})))
    assert form.is_valid(), form.errors
    assert form.written().body == "One.\n\nTwo."


def test_a_new_source_is_an_address_and_an_old_title_may_stay() -> None:
    field = HeldSourceField("A book of 2023", max_length=500, required=False, empty_value=None)
    assert field.clean("A book of 2023 ") == "A book of 2023"
    assert field.clean("example.org/a") == "https://example.org/a"
    assert field.clean("") is None
    with pytest.raises(ValidationError, match="valid URL"):
        field.clean("another book")
