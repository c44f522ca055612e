"""SurveyJS JSON: what each thing becomes, and what is said to be lost."""

import json
from pathlib import Path
from typing import Any

import pytest

from hearback.collect.instruments.conditions import holds
from hearback.collect.instruments.definition import Choice, Condition, Instrument
from hearback.collect.instruments.formats.format import FileNotRead
from hearback.collect.instruments.formats.surveyjs import FORMAT
from hearback.collect.instruments.prepared import Prepared

SHOWN = json.loads((Path(__file__).parent / "surveyjs_shown.json").read_text(encoding="utf-8"))
"""Whether SurveyJS itself shows a question, by expression, one figure for each set of answers."""


def read(*elements: dict[str, Any], **survey: Any) -> tuple[Instrument, list[str]]:
    found = FORMAT.read(
        json.dumps({"title": "T", "pages": [{"elements": list(elements)}], **survey}).encode()
    )
    return found.instrument, [str(loss) for loss in found.losses]


def _ours(value: Any, name: str) -> Any:
    if isinstance(value, bool):
        return "1" if value else "0"
    if name == "up":
        return {"u": "1", "d": "0"}[value]
    if name == "age":
        return float(value)
    return [str(one) for one in value] if isinstance(value, list) else str(value)


@pytest.mark.parametrize("expression", SHOWN["shown"])
def test_a_question_is_shown_when_surveyjs_shows_it(expression: str) -> None:
    survey = json.loads(json.dumps(SHOWN["survey"]))
    survey["pages"][0]["elements"].append({"type": "text", "name": "asked", "visibleIf": expression})
    found = FORMAT.read(json.dumps(survey).encode())
    assert [loss for loss in found.losses if loss.where == "questions.asked.show_when"] == []
    condition = Prepared(found.instrument).asked["asked"].question.show_when
    shown = [
        holds(condition, {name: _ours(one, name) for name, one in answers.items() if "-" not in name})
        for answers in SHOWN["answers"]
    ]
    assert "".join(str(int(one)) for one in shown) == SHOWN["shown"][expression]


@pytest.mark.parametrize(
    ("element", "kind", "losses"),
    [
        ({"type": "rating"}, "rating", 0),
        ({"type": "rating", "rateValues": [1, 2, 3]}, "rating", 0),
        ({"type": "rating", "rateMin": 0, "rateMax": 10}, "single", 1),
        ({"type": "boolean"}, "yes_no", 0),
        ({"type": "radiogroup", "choices": ["a", "b"]}, "single", 0),
        ({"type": "dropdown", "choices": ["a", "b"]}, "single", 0),
        ({"type": "imagepicker", "choices": ["a", "b"]}, "single", 1),
        ({"type": "checkbox", "choices": ["a", "b"]}, "multiple", 0),
        ({"type": "tagbox", "choices": ["a", "b"]}, "multiple", 0),
        ({"type": "ranking", "choices": ["a", "b"]}, "multiple", 1),
        ({"type": "comment"}, "long_text", 0),
        ({"type": "text"}, "text", 0),
        ({"type": "text", "inputType": "number"}, "number", 0),
        ({"type": "text", "inputType": "range"}, "number", 1),
        ({"type": "text", "inputType": "date"}, "date", 0),
        ({"type": "text", "inputType": "email"}, "email", 0),
        ({"type": "text", "inputType": "tel"}, "phone", 0),
        ({"type": "text", "inputType": "datetime-local"}, "text", 1),
        ({"type": "text", "visible": False}, "hidden", 0),
        ({"type": "checkbox", "choices": ["a"], "visible": False}, "hidden", 1),
        ({}, "text", 0),
    ],
)
def test_each_type_becomes_ours(element: dict[str, Any], kind: str, losses: int) -> None:
    made, said = read({"name": "q", **element})
    assert ([one.type for one in made.questions], len(said)) == ([kind], losses), said


@pytest.mark.parametrize("kind", ["file", "signaturepad", "matrixdynamic", "expression"])
def test_a_type_without_counterpart_is_dropped_and_said(kind: str) -> None:
    made, said = read({"type": kind, "name": "q"})
    assert made.questions == ()
    assert said == [f"questions.q: a question of type “{kind}” has no counterpart; it is dropped"]


def test_words_help_limits_and_duty_are_kept() -> None:
    made, said = read(
        {"type": "comment", "name": "q", "title": {"default": "Why?", "es": "¿Por qué?"},
         "description": "Short",          "isRequired": True, "maxLength": 50},
        {"type": "text", "inputType": "number", "name": "n", "min": 0, "max": 9.5},
        {"type": "text", "inputType": "date", "name": "d", "min": "2026-01-01",
         "max": "today()"},
        {"type": "checkbox", "name": "c", "choices": ["a", "b"], "maxSelectedChoices": 1},
    )  # fmt: skip
    q, n, d, c = made.questions
    assert (q.words, q.help, q.required, q.max_length) == (
        {"en": "Why?", "es": "¿Por qué?"}, {"en": "Short"}, True, 50,
    )  # fmt: skip
    assert (n.at_least, n.at_most, str(d.earliest), d.latest, c.max_choices) == (
        0,
        9.5,
        "2026-01-01",
        None,
        1,
    )
    assert said == ["questions.d.max: “today()” is no limit of a question of type date; it is dropped"]


def test_other_and_none_become_choices() -> None:
    made, said = read(
        {"type": "checkbox", "name": "q", "choices": [{"value": 1, "text": "One"}, "two words"],
         "showOtherItem": True, "otherText": "Else", "hasNone": True},
    )  # fmt: skip
    assert made.questions[0].choices == (
        Choice("1", {"en": "One"}),
        Choice("two_words", {"en": "two words"}),
        Choice("other", {"en": "Else"}, asks_text=True),
        Choice("none", {"en": "None"}),
    )
    assert [line.split(":")[0] for line in said] == ["questions.q.choices.none", "questions.q.choices"]


def test_a_table_becomes_one_question_a_row() -> None:
    made, said = read(
        {"type": "matrix", "name": "m", "title": "Rate",
         "columns": [{"value": 1, "text": "Bad"}, {"value": 2, "text": "Good"}],
         "rows": [{"value": "speed", "text": "Speed"}, "care"], "isRequired": True},
        {"type": "multipletext", "name": "t", "items": [{"name": "town", "title": "Town"}]},
    )  # fmt: skip
    assert [(one.code, one.type, one.words["en"]) for one in made.questions] == [
        ("m_speed", "single", "Rate: Speed"),
        ("m_care", "single", "Rate: care"),
        ("t_town", "text", "Town"),
    ]
    assert all(one.required for one in made.questions[:2])
    assert "questions.m: 2 questions in one table; each is a question by itself" in said


def test_the_ends_of_a_rating_are_named() -> None:
    made, _ = read(
        {
            "type": "rating",
            "name": "q",
            "rateCount": 3,
            "minRateDescription": "Bad",
            "maxRateDescription": "Good",
        }
    )
    assert [one.words["en"] for one in made.questions[0].choices] == ["Bad", "2", "Good"]


def test_conditions_of_pages_and_panels_hold_for_all_they_contain() -> None:
    yes = {"type": "boolean", "name": "yes"}
    inner = {"type": "text", "name": "q", "visibleIf": "{n} > 1"}
    panel = {"type": "panel", "name": "p", "title": "Part", "visibleIf": "{yes} = true", "elements": [inner]}
    made, said = read(yes, {"type": "text", "inputType": "number", "name": "n"}, panel)
    assert made.questions[-1].show_when == Condition(
        all=(
            Condition("yes", is_any_of=("1",)),
            Condition("n", answered=True),
            Condition(none=(Condition("n", at_most=1),)),
        )
    )
    assert made.questions[-1].help == {"en": "Part"}
    assert any(line.startswith("p: a panel within a page") for line in said)


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("{later} = 1", "looks at 'later', which is not asked before"),
        ("{a} = {b}", "something other than a value"),
        ("age({a}) > 18", "something other than an answer"),
        ("{a} + 1 > 2", "'+' is not expected there"),
        ("{a} >", "'the end' is not expected there"),
        ("{a} > 'x'", "is no number"),
        ("{a} §", "is not understood"),
    ],
)
def test_a_rule_that_is_not_understood_is_dropped_and_quoted(expression: str, reason: str) -> None:
    made, said = read(
        {"type": "text", "inputType": "number", "name": "a"}, {"type": "text", "name": "b"},
        {"type": "text", "name": "q", "visibleIf": expression},
    )  # fmt: skip
    assert made.questions[-1].show_when is None
    (line,) = said
    assert line.startswith(f"questions.q.show_when: “{expression}”: ")
    assert reason in line
    assert line.endswith("the rule is dropped, and the question is shown")


def test_whatever_nothing_reads_is_said() -> None:
    _, said = read(
        {"type": "text", "name": "q", "defaultValue": "x", "validators": [{"type": "regex"}],
         "colCount": None},
        triggers=[{"type": "complete"}], showProgressBar=True,
    )  # fmt: skip
    assert [line.split(":")[0] for line in said] == [
        "questions.q.defaultValue", "questions.q.validators", "survey.triggers", "survey.showProgressBar",
    ]  # fmt: skip


def test_texts_by_themselves_and_html_become_plain_words() -> None:
    made, said = read(
        {"type": "html", "name": "h", "html": "<h1>Hello</h1><p>Two &amp; two</p>"},
        {"type": "text", "name": "q", "title": "Q", "description": "Help"},
        {"type": "html", "name": "i", "html": "Before"},
        {"type": "text", "name": "r", "title": "R"},
        {"type": "html", "name": "j", "html": "After"},
        completedHtml="<b>Thanks</b>",
    )
    assert made.introduction == {"en": "Hello\nTwo & two"}
    assert [one.help for one in made.questions] == [{"en": "Help"}, {"en": "Before"}]
    assert made.thanks == {"en": "Thanks"}
    assert any(line.startswith("j: a text after the last question") for line in said)


@pytest.mark.parametrize(
    ("survey", "languages"),
    [
        ({"title": "T"}, ("en",)),
        ({"title": {"default": "T", "es": "T"}}, ("en", "es")),
        ({"title": "T", "locale": "fr"}, ("fr",)),
        ({"title": {"default": "T", "fr": "T"}, "locale": "fr"}, ("en", "fr")),
        ({"title": {"de": "T", "fr": "T"}}, ("de", "fr")),
        ({"title": {"default": "T", "Klingon!": "T"}}, ("en", "qaa")),
    ],
)
def test_languages_are_found(survey: dict[str, Any], languages: tuple[str, ...]) -> None:
    assert read(**survey)[0].languages == languages


def test_steps_follow_how_pages_are_shown() -> None:
    assert read()[0].delivery.steps is True
    assert read(questionsOnPageMode="singlePage")[0].delivery.steps is False


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{", "it is not JSON"),
        (b"[1]", "no survey"),
        (b'{"pages": {}}', "pages is no list of objects"),
        (b'{"pages": [{"elements": "x"}]}', "pages.1 is no list of objects"),
        (b'{"pages": [], "hearback": {"clearance": 5}}', "hearback is not as Hearback writes it"),
    ],
)
def test_what_is_no_survey_is_refused_with_a_reason(data: bytes, message: str) -> None:
    with pytest.raises(FileNotRead, match=message):
        FORMAT.read(data)
