"""A form from a file, in the browser: the loss report comes first, and nothing is kept before it was seen."""

import html
import json
import re
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hearback.collect.actions import forms as actions
from hearback.collect.instruments import files
from hearback.collect.instruments.formats import FORMATS
from hearback.collect.queries import form
from tests.collect.desk.test_building import newest, revision

pytestmark = pytest.mark.django_db
SURVEY = {"title": "T", "logo": "x.png",
          "pages": [{"elements": [{"type": "comment", "name": "why", "title": "Why?"}]}]}  # fmt: skip


def read(client: Client, address: str, data: bytes, name: str = "form") -> Any:
    """Send a file."""
    return client.post(f"{address}file/", {"file": SimpleUploadedFile(name, data)})


def keep(client: Client, address: str, page: str) -> Any:
    """Press the button below the report."""
    shown = re.search(r'<textarea name="yaml" hidden>\n(.*?)</textarea>', page, re.S)
    seen = re.search(r'name="revision" value="([^"]+)"', page)
    assert shown
    assert seen
    return client.post(f"{address}file/", {"yaml": html.unescape(shown[1]), "revision": seen[1]})


@pytest.mark.parametrize("name", [one.name for one in FORMATS])
def test_a_file_of_every_format_is_shown_and_then_kept(owner: Client, draft: str, name: str) -> None:
    before = newest()
    data = next(one for one in FORMATS if one.name == name).write(files.ready("thumbs_five_point")).data
    answer = read(owner, draft, data)
    assert answer.status_code == 200
    assert newest() == before, "nothing is kept yet"
    kept = keep(owner, draft, answer.content.decode())
    assert kept.headers["Location"] == f"{draft}edit/"
    assert [one.code for one in newest().questions] == ["trust", "positive", "negative", "comment"]
    assert newest() != before


def test_the_report_names_what_is_lost(owner: Client, draft: str) -> None:
    page = read(owner, draft, json.dumps(SURVEY).encode()).content.decode()
    assert "SurveyJS" in page
    assert "x.png" in page
    keep(owner, draft, page)
    assert [one.code for one in newest().questions] == ["why"]


def test_questions_in_another_place_are_refused_and_not_kept_as_none(owner: Client, draft: str) -> None:
    data = {"data": {"type": "forms", "attributes": {"name": "a", "questions": [{"text": "Why?"}]}}}
    answer = read(owner, draft, json.dumps(data).encode())
    assert answer.status_code == 422
    assert "looks like Touchpoints form JSON, but no question was found" in answer.content.decode()
    empty = files.write_yaml(files.ready("empty")).encode()
    assert "takes all questions out of the draft" in read(owner, draft, empty).content.decode()


def test_the_report_shows_the_words_of_a_question(owner: Client, draft: str) -> None:
    element = {"type": "comment", "name": "why", "title": "Why so?", "width": "50%"}
    page = read(owner, draft, json.dumps({"pages": [{"elements": [element]}]}).encode()).content.decode()
    assert re.search(r"<code>questions\.why[a-z.]*</code><br><span[^>]*>Why so\?", page)


def test_broken_json_is_told_as_json(owner: Client, draft: str) -> None:
    page = read(owner, draft, b'{"pages": [\n{"a": 1,,}').content.decode()
    assert "it is not JSON" in page
    assert "YAML" not in page.partition("usa-alert__text")[2].partition("</ul>")[0]


def test_what_is_no_kind_of_answer_is_told_with_those_that_are(owner: Client, draft: str) -> None:
    text = files.write_yaml(files.ready("thumbs")).replace("type: long_text", "type: essay")
    page = html.unescape(read(owner, draft, text.encode()).content.decode())
    assert "Invalid enum value 'essay'; use one of date, email, hidden, long_text," in page
    assert "unicode string" not in read(owner, draft, b"title: [").content.decode()


def test_yaml_loses_nothing(owner: Client, draft: str) -> None:
    page = read(owner, draft, files.write_yaml(files.ready("page_useful")).encode()).content.decode()
    assert "Nothing: all of the file is in the form." in page
    keep(owner, draft, page)
    assert newest() == files.ready("page_useful")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "Choose a file."),
        (b"\xff\xfe\x00", "neither text in UTF-8"),
        (b"title: [", "is not YAML"),
        (b"{}", "required field"),
        (b"x" * 5_000_001, "at most 5 MB"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(
    owner: Client, draft: str, data: bytes, told: str
) -> None:
    before = newest()
    answer = read(owner, draft, data)
    assert (answer.status_code, told in answer.content.decode()) == (422, True)
    assert newest() == before


def test_what_another_changed_meanwhile_is_not_written_over(owner: Client, draft: str, at: datetime) -> None:
    page = read(owner, draft, json.dumps(SURVEY).encode()).content.decode()
    actions.save_draft("service-2", files.ready("page_useful"), by="second_owner", at=at)
    answer = keep(owner, draft, page)
    assert answer.status_code == 409
    assert "Somebody else changed this form" in answer.content.decode()
    assert newest() == files.ready("page_useful")


def test_who_may_not_edit_sends_no_file(reviewer: Client, draft: str) -> None:
    assert reviewer.get(f"{draft}file/").status_code == 403
    yaml = files.write_yaml(files.ready("empty"))
    assert reviewer.post(f"{draft}file/", {"yaml": yaml, "revision": revision()}).status_code == 403


def test_a_new_form_may_begin_with_a_file(owner: Client, home: object) -> None:
    sent = {"about": "service-2|provider-21", "start": "file", "key": "mine"}
    answer = owner.post("/dashboard/forms/new/", sent)
    assert answer.headers["Location"] == "/dashboard/forms/mine/file/"
    made = form("mine")
    assert made is not None
    assert made.newest.instrument == files.ready("empty")
