"""Every fault of an instrument is named, with the place where it is."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from hearback.collect.instruments.checking import completeness, faults
from hearback.collect.instruments.definition import (
    Choice,
    Clearance,
    Condition,
    Delivery,
    Instrument,
    Page,
)
from hearback.collect.instruments.files import ready, ready_names
from tests.collect.instruments.examples import AB, UP, instrument, question, when

LONG = "x" * 20_001


def found(made: Instrument) -> list[str]:
    return [f"{one.where}: {one.message}" for one in faults(made)]


@pytest.mark.parametrize("name", ready_names())
def test_instruments_to_start_from_are_usable_and_whole_in_both_languages(name: str) -> None:
    assert faults(ready(name)) == []
    assert [completeness(ready(name), language).share for language in ("en", "es")] == [1, 1]


@pytest.mark.parametrize(
    ("fields", "where", "message"),
    [
        ({"key": "Not a key"}, "key", "small letters"),
        ({"key": "a" * 81}, "key", "at most 80"),
        ({"languages": ()}, "languages", "at least one"),
        ({"languages": ("en", "English")}, "languages", "'English' is no language tag"),
        ({"languages": ("en", "en")}, "languages", "twice"),
        ({"title": {}}, "title", "has no words in 'en'"),
        ({"title": {"en": "  "}}, "title", "has no words in 'en'"),
        ({"introduction": {"en": "a", "fr": "b"}}, "introduction", "'fr', which is not among"),
        ({"languages": ("en", "es"), "thanks": {"es": "b"}}, "thanks", "has no words in 'en'"),
        ({"introduction": {"en": LONG}}, "introduction", "longer than 20000"),
        ({"clearance": Clearance("1", date(2030, 1, 1), 0, "A", "b")}, "clearance.burden_minutes", "minutes"),
        ({"countries": ("us", "fr")}, "countries", "masking personal data of 'fr'"),
        ({"pages": (Page(tuple(question(f"q{n}") for n in range(201))),)}, "pages", "at most 200"),
        ({"delivery": Delivery(opens_at=datetime(2026, 1, 1))}, "delivery.opens_at", "time zone"),  # noqa: DTZ001
        ({"delivery": Delivery(quota=0)}, "delivery.quota", "at least 1"),
        ({"delivery": Delivery(ask_one_in=0)}, "delivery.ask_one_in", "use 1"),
        ({"delivery": Delivery(ask_again_after_days=-1)}, "delivery.ask_again_after_days", "0 or more"),
        ({"delivery": Delivery(challenge_above=-1)}, "delivery.challenge_above", "use 0"),
    ],
)
def test_a_fault_of_the_whole_is_named(fields: dict[str, Any], where: str, message: str) -> None:
    (fault,) = (
        faults(instrument(**fields)) if fields != {"languages": ()} else faults(instrument(**fields))[:1]
    )
    assert (fault.where, message in fault.message) == (where, True)


def test_a_form_opens_before_it_closes() -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    both = instrument(delivery=Delivery(opens_at=moment, closes_at=moment))
    assert found(both) == ["delivery.closes_at: close after opening"]
    mixed = Delivery(opens_at=moment, closes_at=datetime(2025, 1, 1))  # noqa: DTZ001
    assert [one.where for one in faults(instrument(delivery=mixed))] == ["delivery.closes_at"]


@pytest.mark.parametrize(
    ("kind", "fields", "where", "message"),
    [
        ("text", {"code": "Q"}, "questions.Q", "small letter"),
        ("text", {"code": "lang"}, "questions.lang", "uses campaign, channel, lang, place; use another"),
        ("text", {"words": {}}, "questions.q.words", "no words"),
        ("text", {"choices": AB}, "questions.q.choices", "type text has no choices"),
        ("text", {"vocabulary": "us_states"}, "questions.q.choices", "has no choices"),
        ("region", {"vocabulary": "moon"}, "questions.q.vocabulary", "us_states"),
        ("region", {"vocabulary": "us_states", "choices": AB}, "questions.q.choices", "not both"),
        ("single", {"choices": AB[:1]}, "questions.q.choices", "give 2 to 300"),
        ("multiple", {"choices": ()}, "questions.q.choices", "give 1 to 300"),
        ("single", {"choices": (*AB, AB[0])}, "questions.q.choices", "'a' stands there twice"),
        ("thumbs", {"choices": AB}, "questions.q.choices", "exactly the codes 1 and 0"),
        ("yes_no", {"choices": UP[:1]}, "questions.q.choices", "exactly the codes 1 and 0"),
        ("rating", {"choices": UP}, "questions.q.choices", "1, 2, 3"),
        ("single", {"choices": (*AB, Choice("c d", {"en": "C"}))}, "questions.q.choices.c d", "use letters"),
        ("single", {"choices": (*AB, Choice("c"))}, "questions.q.choices.c", "has no words"),
        ("text", {"at_least": 1}, "questions.q.at_least", "means nothing"),
        ("text", {"at_most": 1}, "questions.q.at_most", "means nothing"),
        ("number", {"earliest": date(2026, 1, 1)}, "questions.q.earliest", "means nothing"),
        ("number", {"latest": date(2026, 1, 1)}, "questions.q.latest", "means nothing"),
        ("number", {"max_length": 5}, "questions.q.max_length", "means nothing"),
        ("single", {"max_choices": 1}, "questions.q.max_choices", "means nothing"),
        ("number", {"at_least": 2, "at_most": 1}, "questions.q.at_least", "above at_most"),
        (
            "date",
            {"earliest": date(2026, 1, 2), "latest": date(2026, 1, 1)},
            "questions.q.earliest",
            "above latest",
        ),
        ("text", {"max_length": 0}, "questions.q.max_length", "use 1 to 20000"),
        ("multiple", {"max_choices": 20_001}, "questions.q.max_choices", "use 1 to 20000"),
        ("text", {"from_address": "page"}, "questions.q.from_address", "only hidden"),
        ("hidden", {"required": True}, "questions.q.required", "cannot see"),
    ],
)
def test_a_fault_of_a_question_is_named(kind: str, fields: dict[str, Any], where: str, message: str) -> None:
    asked = question(**{"kind": kind, **fields})
    (fault,) = faults(instrument(asked))
    assert (fault.where, message in fault.message) == (where, True)


def test_two_questions_with_one_code_are_named_once() -> None:
    assert found(instrument(question("q"), question("q"))) == ["questions.q: another question has this code"]


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (when("later", "a"), "looks at 'later', which is not asked before"),
        (when("q", "a"), "looks at 'q', which is not asked before"),
        (Condition(), "give one of"),
        (Condition("first", is_any_of=("a",), all=(when("first", "a"),)), "give one of"),
        (Condition("first"), "say what the answer has to be"),
        (Condition("first", is_any_of=("a",), answered=True), "give one test, not is_any_of and answered"),
        (Condition(all=(when("first", "a"),), answered=True), "answered needs a question"),
        (when("first", "c"), "'c' is no choice of first"),
        (Condition(none=(Condition(any=(Condition(),)),)), "give one of"),
    ],
)
def test_a_fault_of_a_condition_is_named(condition: Condition, message: str) -> None:
    made = instrument(question("first", "single"), question("q", show_when=condition), question("later"))
    (fault,) = faults(made)
    assert fault.where == "questions.q.show_when"
    assert message in fault.message


def test_a_condition_may_give_both_ends_of_a_range() -> None:
    between = Condition("first", at_least=1, at_most=2)
    assert found(instrument(question("first", "number"), question("q", show_when=between))) == []


def test_completeness_names_what_a_language_lacks() -> None:
    made = instrument(
        question(
            "q",
            "single",
            help={"en": "Help", "es": " "},
            choices=(AB[0], Choice("b", {"en": "B", "es": "Be"})),
        ),
        languages=("en", "es"),
        title={"en": "T", "es": "T"},
    )
    spanish = completeness(made, "es")
    assert spanish.missing == ("questions.q.words", "questions.q.help", "questions.q.choices.a")
    assert (spanish.n_texts, spanish.share) == (5, 0.4)
    assert completeness(made, "en").share == 1
