"""Making a form and changing what it asks, as the builder does."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from hearback.collect.actions import forms as actions
from hearback.collect.desk.listing import key_from
from hearback.collect.instruments.checking import faults
from hearback.collect.instruments.definition import Choice, Condition, Instrument
from hearback.collect.queries import form

pytestmark = pytest.mark.django_db


def newest() -> Instrument:
    """Give what the newest version asks."""
    found = form("service-2")
    assert found is not None
    return found.newest.instrument


def revision() -> str:
    """Give the revision that a page would carry now."""
    found = form("service-2")
    assert found is not None
    return found.newest.revision


def codes() -> list[str]:
    """Name the questions in their order."""
    return [question.code for question in newest().questions]


def fields_of(page: str) -> dict[str, Any]:
    """Read what a browser would send back from the form of a question."""
    found: dict[str, Any] = {}
    inside = page.partition('<form method="post" class="desk__form" novalidate>')[2].partition("</form>")[0]
    for tag in re.findall(r"<input[^>]*>", inside):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if given.get("type") in {"radio", "checkbox"} and not re.search(r"\bchecked\b", tag):
            continue
        blank = "on" if given.get("type") == "checkbox" else ""
        found.setdefault(given["name"], []).append(given.get("value", blank))
    for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>\n?(.*?)</textarea>', inside, re.S):
        found[name] = [text.replace("&#x27;", "'")]
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', inside, re.S):
        found[name] = re.findall(r'value="([^"]*)" selected', options)
    return found


def test_a_form_is_made_of_a_ready_instrument_at_an_address_that_was_seen(
    owner: Client, home: object
) -> None:
    sent = {"about": "service-2|provider-21", "start": "seven_questions", "key": ""}
    page = owner.post("/dashboard/forms/new/", sent).content.decode()
    found = re.search(r'name="key" value="([a-z0-9-]+)"', page)
    assert found is not None
    assert f"The address would be <strong>/done/{found[1]}</strong>." in page
    assert form(found[1]) is None, "nothing is made yet"
    assert owner.post("/dashboard/forms/new/", {**sent, "key": found[1]}).status_code == 302
    sent["key"] = "service-2"
    answer = owner.post("/dashboard/forms/new/", sent)
    assert answer.headers["Location"] == "/dashboard/forms/service-2/edit/"
    assert len(codes()) == 9
    again = owner.post("/dashboard/forms/new/", sent)
    assert again.status_code == 422
    assert "Another form has this address" in again.content.decode()
    assert owner.post("/dashboard/forms/new/", {**sent, "key": "A b"}).status_code == 422


def test_questions_are_moved_and_come_back_to_where_they_are(owner: Client, draft: str) -> None:
    answer = owner.post(f"{draft}edit/", {"do": "down:1", "revision": revision()})
    assert codes() == ["positive", "trust", "negative", "comment"]
    page = owner.get(answer.headers["Location"]).content.decode()
    assert re.search(r'value="down:2" autofocus', page)
    assert "Question 1, when it is shown" in page, "it depends on what is asked after it now"
    owner.post(f"{draft}edit/", {"do": "up:2", "revision": revision()})
    assert codes() == ["trust", "positive", "negative", "comment"]


def test_pages_are_begun_joined_and_named(owner: Client, draft: str) -> None:
    owner.post(f"{draft}edit/", {"do": "part:4", "revision": revision()})
    assert [len(page.questions) for page in newest().pages] == [3, 1]
    sent = {"do": "texts", "title": "Tell us", "page_2": "At the end", "revision": revision()}
    owner.post(f"{draft}edit/", sent)
    assert newest().title == {"en": "Tell us", "es": "¿Cómo lo hicimos?"}
    assert newest().pages[1].title == {"en": "At the end"}
    owner.post(f"{draft}edit/", {"do": "join:4", "revision": revision()})
    assert [len(page.questions) for page in newest().pages] == [4]


def test_a_question_is_added_and_removed(owner: Client, draft: str) -> None:
    sent = {"do": "add", "new-words": "How long did it take?", "new-type": "number", "revision": revision()}
    answer = owner.post(f"{draft}edit/", sent)
    assert answer.headers["Location"] == f"{draft}edit/5/"
    assert codes()[-1] == "how_long_did_it"
    owner.post(f"{draft}edit/5/remove/", {"revision": revision()})
    assert codes() == ["trust", "positive", "negative", "comment"]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_what_is_not_touched_stays(owner: Client, draft: str, number: int) -> None:
    before = newest()
    sent = fields_of(owner.get(f"{draft}edit/{number}/").content.decode())
    answer = owner.post(f"{draft}edit/{number}/", {**sent, "do": "save"})
    assert answer.headers["Location"] == f"{draft}edit/?at={number}"
    assert newest() == before


def test_a_question_is_changed_and_its_other_languages_stay(owner: Client, draft: str) -> None:
    sent = fields_of(owner.get(f"{draft}edit/2/").content.decode())
    changed = {**sent, "words": ["What was good?"], "max_choices": ["3"], "code": ["good"], "do": "save"}
    assert owner.post(f"{draft}edit/2/", changed).status_code == 302
    question = newest().questions[1]
    assert question.words["en"] == "What was good?"
    assert question.words["es"].startswith("¿Qué salió bien?")
    assert (question.code, question.max_choices) == ("good", 3)
    assert question.show_when == Condition("trust", is_any_of=("1",))


def test_choices_are_arranged_while_nothing_is_kept(owner: Client, draft: str) -> None:
    before = newest()
    sent = fields_of(owner.get(f"{draft}edit/2/").content.decode())
    page = owner.post(f"{draft}edit/2/", {**sent, "do": "add"}).content.decode()
    typed = {**fields_of(page), "choice-7-words": ["Weather"], "do": "up:7"}
    page = owner.post(f"{draft}edit/2/", typed).content.decode()
    assert re.search(r'value="up:6" *autofocus', page)
    typed = {**fields_of(page), "do": "remove:0"}
    page = owner.post(f"{draft}edit/2/", typed).content.decode()
    assert newest() == before
    owner.post(f"{draft}edit/2/", {**fields_of(page), "do": "save"})
    choices = newest().questions[1].choices
    assert [one.code for one in choices] == [
        "ease", "efficiency", "transparency", "humanity", "employee", "weather", "other",
    ]  # fmt: skip
    assert choices[5] == Choice("weather", {"en": "Weather"})
    assert choices[6] == before.questions[1].choices[6], "its Spanish words and its field are still there"


def test_a_rule_of_one_test_and_a_rule_of_several(owner: Client, draft: str) -> None:
    sent = fields_of(owner.get(f"{draft}edit/4/").content.decode())
    simple = {**sent, "when": ["simple"], "when_question": ["trust"], "when_test": ["answered"]}
    owner.post(f"{draft}edit/4/", {**simple, "do": "save"})
    assert newest().questions[3].show_when == Condition("trust", answered=True)
    sent = fields_of(owner.get(f"{draft}edit/4/").content.decode())
    tree = "any:\n- question: trust\n  is_any_of: ['0']\n- question: positive\n  at_least: 2\n"
    owner.post(f"{draft}edit/4/", {**sent, "when": ["tree"], "when_tree": [tree], "do": "save"})
    several = Condition(any=(Condition("trust", is_any_of=("0",)), Condition("positive", at_least=2)))
    assert newest().questions[3].show_when == several
    kept = fields_of(owner.get(f"{draft}edit/4/").content.decode())
    assert kept["when"] == ["tree"]
    owner.post(f"{draft}edit/4/", {**kept, "do": "save"})
    assert newest().questions[3].show_when == several


SIMPLE = {"when": "simple", "when_question": "trust"}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (SIMPLE | {"when_test": "is_any_of"}, "Choose at least one answer."),
        (SIMPLE | {"when_test": "between"}, "Give the lowest or the highest."),
        ({"when": "tree", "when_tree": "question: [1"}, "is not YAML"),
        ({"when": "tree", "when_tree": "questoin: trust"}, "unknown field"),
        ({"max_length": "many"}, "Enter a whole number."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_and_stays_on_the_page(
    owner: Client, draft: str, typed: dict[str, str], told: str
) -> None:
    before = newest()
    sent = fields_of(owner.get(f"{draft}edit/4/").content.decode())
    answer = owner.post(f"{draft}edit/4/", {**sent, **typed, "words": "Something new", "do": "save"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert told in page
    assert "Something new" in page
    assert newest() == before


def test_another_kind_of_answer_leaves_out_what_means_nothing_for_it(owner: Client, draft: str) -> None:
    sent = fields_of(owner.get(f"{draft}edit/2/").content.decode())
    page = owner.post(f"{draft}edit/2/", {**sent, "type": "number", "do": "type"}).content.decode()
    assert 'name="at_least"' in page
    assert 'name="choice-0-words"' not in page
    owner.post(f"{draft}edit/2/", {**fields_of(page), "at_most": "10", "do": "save"})
    question = newest().questions[1]
    assert (question.type, question.choices, question.at_most) == ("number", (), 10)


@pytest.mark.parametrize("place", ["²", "9" * 5_000, "-1", "7", "x", ""])
def test_nonsense_from_elsewhere_changes_nothing(owner: Client, draft: str, place: str) -> None:
    before = newest()
    for do in ("up", "down", "part", "join", "fly"):
        answer = owner.post(f"{draft}edit/", {"do": f"{do}:{place}", "revision": revision()})
        assert answer.status_code in {302, 409}
        arranged = owner.post(f"{draft}edit/2/", {"do": f"{do}:{place}", "n_choices": place})
        assert arranged.status_code == 200
        assert owner.get(f"{draft}edit/?at={place}&do={do}").status_code == 200
    assert newest() == before


def test_what_is_wrong_is_listed_with_a_link_to_its_field(owner: Client, draft: str) -> None:
    sent = fields_of(owner.get(f"{draft}edit/2/").content.decode())
    owner.post(f"{draft}edit/2/", {**sent, "choice-1-words": "", "choice-1-code": "e e", "do": "save"})
    page = owner.get(f"{draft}edit/").content.decode()
    address = re.findall(r'href="([^"]+)"[^>]*>Question 2, choice', page)[0]
    path, _, field = address.partition("#")
    assert f'id="{field}"' in owner.get(path).content.decode()
    assert owner.get(f"{draft}move/submit/").content.decode().count("Question 2, choice") == len(
        set(faults(newest()))
    )
    answer = owner.post(f"{draft}move/submit/", {"revision": revision()})
    assert answer.status_code == 422
    assert form("service-2").newest.state == "draft"  # type: ignore[union-attr]


WRITES: dict[str, dict[str, str]] = {
    "edit/": {"do": "down:1"},
    "edit/1/": {"do": "save", "words": "Mine", "type": "text", "when": "always"},
    "edit/1/remove/": {},
    "languages/": {"do": "add", "language": "vi"},
    "languages/es/": {"text:title": "Mío"},
    "languages/es/remove/": {},
    "settings/": {"timing": "periodic", "ask_one_in": "1", "ask_again_after_days": "0", "countries": "us"},
    "text/": {"yaml": "key: mine\ntitle: {en: Mine}\nlanguages: [en]\npages: []"},
    "move/submit/": {},
}


@pytest.mark.parametrize("path", WRITES)
def test_what_somebody_else_changed_meanwhile_is_not_written_over(
    people: Callable[[str], Client], draft: str, at: datetime, path: str
) -> None:
    seen = revision()
    client = people("second_owner")
    client.post(f"{draft}edit/", {"do": "down:3", "revision": seen})
    theirs = newest()
    answer = people("owner").post(draft + path, {**WRITES[path], "revision": seen})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Somebody else changed this form while you had the page open" in page
    assert "second_owner changed it" in page
    assert newest() == theirs
    assert form("service-2").newest.state == "draft"  # type: ignore[union-attr]
    again = {**WRITES[path], "revision": revision()}
    assert people("owner").post(draft + path, again).status_code == 302


def test_a_published_version_is_never_changed(
    owner: Client, draft: str, at: datetime, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        actions.move_version("service-2", "submit", by="owner", at=at)
        actions.move_version("service-2", "publish", by="reviewer", at=at + timedelta(days=1))
    published = newest()
    owner.post(f"{draft}languages/es/", {"text:title": "¿Qué tal?", "revision": revision()})
    found = form("service-2")
    assert found is not None
    assert [(one.number, one.state) for one in found.versions] == [(1, "published"), (2, "draft")]
    assert found.versions[0].instrument == published
    page = owner.get(f"{draft}versions/").content.decode()
    assert "<del>Cómo</del><ins>Qué</ins> <del>lo hicimos</del><ins>tal</ins>" in page


def test_an_address_is_made_of_whole_words_of_a_name() -> None:
    name = "Applying for direct and guaranteed real estate loans – Farm Service"
    assert key_from(name, ()) == "applying-for-direct-and-guaranteed-real"
    assert key_from("Visit", {"visit", "visit-2"}) == "visit-3"
    assert key_from("签证", ()) == "form"
