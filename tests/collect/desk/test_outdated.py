"""Translations whose original changed since they were made are marked, until somebody looks at them."""

from datetime import datetime

import pytest
from django.test import Client
from msgspec.structs import replace

from hearback.collect.actions import forms as actions
from hearback.collect.instruments import files
from hearback.collect.instruments.outdated import outdated_after
from hearback.collect.instruments.wording import set_texts
from hearback.collect.queries import form
from hearback.history.queries import latest_entries
from tests.collect.desk.test_building import newest, revision

pytestmark = pytest.mark.django_db

WORDS = "questions.trust.words"


def outdated() -> dict[str, dict[str, str]]:
    """Give what is out of date in the newest version."""
    found = form("service-2")
    assert found is not None
    return found.newest.outdated


def test_a_changed_original_is_told_until_its_translation_is_changed(owner: Client, draft: str) -> None:
    was = dict(newest().title)
    changed = set_texts(newest(), "en", {"title": "How was it for you?"})
    sent = {"yaml": files.write_yaml(changed), "revision": revision()}
    assert owner.post(f"{draft}text/", sent).status_code == 302
    assert outdated() == {"es": {"title": was["en"]}}
    assert "1 whose original has changed since" in owner.get(f"{draft}languages/").content.decode()
    assert "Translations whose original has changed since" in owner.get(draft).content.decode()
    before = owner.get(f"{draft}move/submit/").content.decode()
    assert f'href="{draft}languages/es/#text:title"' in before
    page = owner.get(f"{draft}languages/es/").content.decode()
    assert f'It was translated from: <span lang="en" dir="auto">{was["en"]}' in page
    owner.post(f"{draft}languages/es/", {"text:title": "¿Qué tal le fue?", "revision": revision()})
    assert outdated() == {}
    assert "has changed since" not in owner.get(f"{draft}move/submit/").content.decode()


def test_a_translation_that_is_still_right_is_said_to_be(owner: Client, draft: str) -> None:
    changed = set_texts(newest(), "en", {"title": "How did we do"})
    owner.post(f"{draft}text/", {"yaml": files.write_yaml(changed), "revision": revision()})
    owner.post(f"{draft}languages/es/", {"right": "title", "revision": revision()})
    assert outdated() == {}
    (noted, *_) = latest_entries(1, "form", "service-2")
    assert noted.verb == "form.translations_confirmed"
    assert noted.after == {"version": 1, "language": "es", "texts": 1}


def test_it_stays_marked_in_later_versions(owner: Client, draft: str, at: datetime) -> None:
    for move in ("submit", "publish"):
        actions.move_version("service-2", move, by="reviewer", at=at)
    actions.save_draft("service-2", set_texts(newest(), "en", {"title": "A"}), by="owner", at=at)
    for move in ("submit", "publish"):
        actions.move_version("service-2", move, by="reviewer", at=at)
    actions.save_draft("service-2", set_texts(newest(), "en", {"thanks": "B"}), by="owner", at=at)
    assert list(outdated()["es"]) == ["title", "thanks"]


def test_what_goes_back_to_its_original_is_right_again() -> None:
    first = files.ready("thumbs")
    second = set_texts(first, "en", {WORDS: "Other words"})
    marked = outdated_after(first, second, {})
    assert list(marked["es"]) == [WORDS]
    assert outdated_after(second, first, marked) == {}
    gone = set_texts(second, "es", {WORDS: ""})
    assert outdated_after(second, gone, marked) == {}, "what is missing is told as missing"


def test_another_first_language_keeps_the_marks() -> None:
    first = files.ready("thumbs")
    second = set_texts(first, "en", {WORDS: "Other words"})
    marked = outdated_after(first, second, {})
    turned = replace(second, languages=("es", "en"))
    assert outdated_after(second, turned, marked) == {"en": {WORDS: ""}}
    assert outdated_after(turned, second, {"en": {WORDS: ""}}) == {"es": {WORDS: ""}}
