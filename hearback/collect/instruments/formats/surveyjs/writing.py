"""Write an instrument as SurveyJS JSON."""

import json
from typing import Any

import msgspec

from hearback.collect.instruments.definition import Choice, Condition, Instrument, Question
from hearback.collect.instruments.formats.conditions_out import NotSayable, Words, expression_of, quote
from hearback.collect.instruments.formats.format import KEPT_APART, Written
from hearback.collect.instruments.formats.markup import html_of
from hearback.collect.instruments.formats.surveyjs.words import DEFAULT_LANGUAGE, localised
from hearback.collect.instruments.vocabularies import choices_of
from hearback.ui.losses import Losses

TYPES: dict[str, dict[str, Any]] = {
    "rating": {"type": "rating"},
    "thumbs": {"type": "boolean", "renderAs": "radio"},
    "yes_no": {"type": "boolean", "renderAs": "radio"},
    "single": {"type": "radiogroup"},
    "multiple": {"type": "checkbox"},
    "text": {"type": "text"},
    "long_text": {"type": "comment"},
    "number": {"type": "text", "inputType": "number"},
    "date": {"type": "text", "inputType": "date"},
    "email": {"type": "text", "inputType": "email"},
    "phone": {"type": "text", "inputType": "tel"},
    "region": {"type": "dropdown"},
    "hidden": {"type": "text", "visible": False},
}


def write(instrument: Instrument) -> Written:
    """Write an instrument; the loss report names what other programs will not know."""
    losses = Losses()
    survey: dict[str, Any] = {
        "title": localised(instrument.title),
        "description": localised(instrument.introduction) if instrument.introduction else None,
        "completedHtml": localised({tag: html_of(text) for tag, text in instrument.thanks.items()})
        if instrument.thanks
        else None,
        "locale": instrument.languages[0] if instrument.languages[:1] != (DEFAULT_LANGUAGE,) else None,
        "questionsOnPageMode": None if instrument.delivery.steps else "singlePage",
        "pages": [
            {
                "name": f"page{number}",
                **({"title": localised(page.title)} if page.title else {}),
                "elements": [_element(question, instrument, losses) for question in page.questions],
            }
            for number, page in enumerate(instrument.pages, start=1)
        ],
        "hearback": _apart(instrument, losses),
    }
    kept = {name: value for name, value in survey.items() if value is not None}
    return Written((json.dumps(kept, ensure_ascii=False, indent=2) + "\n").encode(), tuple(losses))


def _apart(instrument: Instrument, losses: Losses) -> dict[str, Any]:
    """Give what a survey has no word for."""
    whole = msgspec.to_builtins(instrument)
    apart = {name: whole[name] for name in ("timing", "clearance", "delivery", "countries") if name in whole}
    for name in apart:
        losses.add(name, "SurveyJS has no such thing", KEPT_APART)
    return {
        "format": instrument.format,
        "key": instrument.key,
        "languages": list(instrument.languages),
        **apart,
    }


def _element(question: Question, instrument: Instrument, losses: Losses) -> dict[str, Any]:
    where = f"questions.{question.code}"
    asks_text = any(choice.asks_text for choice in question.choices)
    element: dict[str, Any] = {"name": question.code, **TYPES[question.type]}
    if asks_text and element["type"] in {"boolean", "rating"}:
        element = {"name": question.code, "type": "radiogroup"}
    element |= {
        "title": localised(question.words) if question.words else None,
        "description": localised(question.help) if question.help else None,
        "isRequired": question.required or None,
        "min": question.at_least if question.type == "number" else _day(question.earliest),
        "max": question.at_most if question.type == "number" else _day(question.latest),
        "maxLength": question.max_length,
        "maxSelectedChoices": question.max_choices,
        "visibleIf": _visible_if(question.show_when, instrument, where, losses),
        "hearback": _apart_of(question, str(element["type"]), losses) or None,
        **_offered(question, str(element["type"])),
    }
    if asks_text:
        losses.add(
            f"{where}.text",
            "what else is meant has a field at the choice itself",
            "older versions of SurveyJS show none",
        )
    return {name: value for name, value in element.items() if value is not None}


def _day(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())


def _apart_of(question: Question, kind: str, losses: Losses) -> dict[str, Any]:
    """Give what an element has no word for."""
    is_known = {"boolean": "yes_no", "radiogroup": "single", "dropdown": ""}.get(
        kind, question.type
    ) == question.type
    apart: dict[str, Any] = {} if is_known and question.type != "hidden" else {"type": question.type}
    for name in ("measure", "vocabulary", "from_address"):
        if getattr(question, name):
            apart[name] = getattr(question, name)
    for name, value in apart.items():
        losses.add(f"questions.{question.code}.{name}", f"SurveyJS has no word for {value}", KEPT_APART)
    return apart


def _offered(question: Question, kind: str) -> dict[str, Any]:
    choices = choices_of(question)
    if kind == "boolean":
        named = {choice.code: localised(choice.words) for choice in choices}
        return {
            "valueTrue": "1", "valueFalse": "0", "labelTrue": named.get("1"), "labelFalse": named.get("0"),
            "swapOrder": True if choices and choices[0].code == "0" else None,
        }  # fmt: skip
    if kind == "rating":
        return {"rateValues": [{"value": int(c.code), "text": localised(c.words)} for c in choices]}
    return {"choices": [_choice(choice) for choice in choices]} if choices else {}


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "value": choice.code,
        "text": localised(choice.words),
        **({"showCommentArea": True} if choice.asks_text else {}),
    }


def _visible_if(
    condition: Condition | None, instrument: Instrument, where: str, losses: Losses
) -> str | None:
    if condition is None:
        return None
    try:
        text = expression_of(condition, {one.code: one for one in instrument.questions}, _EXPRESSIONS)
    except NotSayable as problem:
        losses.add(
            f"{where}.show_when", str(problem), "the rule is left out, and the question is always shown"
        )
        return None
    return text


def _is_any_of(question: Question, name: str, codes: list[str]) -> str:
    plain = question.type in {"rating", "number"} and not any(choice.asks_text for choice in question.choices)
    values = [code if plain else quote(code) for code in codes]
    if len(values) == 1 and question.type != "multiple":
        return f"{name} = {values[0]}"
    return f"{name} anyof [{', '.join(values)}]"


_EXPRESSIONS = Words(
    name=lambda code: f"{{{code}}}",
    always="1 = 1",
    never="1 = 2",
    answered=lambda name, yes: f"{name} {'notempty' if yes else 'empty'}",
    is_any_of=_is_any_of,
    count=lambda name: f"{name.removesuffix('}')}.length}}",
    negation="!",
)
