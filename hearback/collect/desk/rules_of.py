"""The rule that says when a question is shown: as fields where it is one test, as YAML whatever it is."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hearback.collect.instruments.conditions import number_as_text
from hearback.collect.instruments.definition import Condition, Instrument, Question, Words
from hearback.collect.instruments.files import InstrumentNotValid, read_condition, write_condition


def simple_rule(rule: Condition | None) -> dict[str, Any] | None:
    """Give a rule of one test as what the fields hold; None where it has several."""
    if rule is None:
        return {"when": "always", "when_test": "is_any_of"}
    if rule.question is None:
        return None
    held: dict[str, Any] = {"when": "simple", "when_question": rule.question}
    if rule.answered is not None:
        return {**held, "when_test": "answered" if rule.answered else "unanswered"}
    if rule.is_any_of is not None:
        return {**held, "when_test": "is_any_of", "when_codes": list(rule.is_any_of)}
    return {**held, "when_test": "between", "when_at_least": rule.at_least, "when_at_most": rule.at_most}


def rule_text(rule: Condition | None) -> str:
    """Write a rule as YAML; blank for none."""
    return "" if rule is None else write_condition(rule)


def rule_in_words(rule: Condition | None, instrument: Instrument) -> str:
    """Say in words when a question is shown; blank for always."""
    if rule is None:
        return ""
    if rule.question is not None:
        return _test_in_words(rule, next((q for q in instrument.questions if q.code == rule.question), None))
    joints = ((rule.all, gettext(" and ")), (rule.any, gettext(" or ")), (rule.none, gettext(" or ")))
    parts, joint = next(((parts, joint) for parts, joint in joints if parts is not None), ((), ""))
    words = joint.join(f"({rule_in_words(part, instrument)})" for part in parts)
    return gettext("not {rule}").format(rule=words) if rule.none is not None else words


def _test_in_words(test: Condition, question: Question | None) -> str:
    """Say one test in words; a question that is not there goes by its code."""
    words = (
        {choice.code: _first(choice.words) or choice.code for choice in question.choices} if question else {}
    )
    name = f"“{(question and _first(question.words)) or test.question}”"
    if test.answered is not None:
        told = gettext("{question} was answered") if test.answered else gettext("{question} was left open")
        return told.format(question=name)
    if test.is_any_of is not None:
        answers = ", ".join(words.get(code, code) for code in test.is_any_of)
        return gettext("{question} is {answers}").format(question=name, answers=answers)
    low, high = ("–" if one is None else number_as_text(one) for one in (test.at_least, test.at_most))
    return gettext("{question} is between {low} and {high}").format(question=name, low=low, high=high)


def _first(words: Words) -> str:
    return next((text for text in words.values() if text), "")


def rule_of(typed: dict[str, Any]) -> Condition | None:
    """Make a rule of what was typed.

    Raises:
        ValidationError: its code names the field that lacks something.
    """
    when = typed.get("when")
    if when == "simple":
        return _simple(typed)
    return _tree(typed.get("when_tree", "")) if when == "tree" else None


def _simple(typed: dict[str, Any]) -> Condition:
    question, test = typed.get("when_question"), typed.get("when_test")
    if not question:
        raise ValidationError(_("Choose an earlier question."), code="when_question")
    if test in {"answered", "unanswered"}:
        return Condition(question, answered=test == "answered")
    if test == "between":
        low, high = typed.get("when_at_least"), typed.get("when_at_most")
        if low is None and high is None:
            raise ValidationError(_("Give the lowest or the highest."), code="when_at_least")
        return Condition(question, at_least=low, at_most=high)
    codes = tuple(typed.get("when_codes") or ())
    if not codes:
        raise ValidationError(_("Choose at least one answer."), code="when_codes")
    return Condition(question, is_any_of=codes)


def _tree(text: str) -> Condition | None:
    if not text.strip():
        return None
    try:
        return read_condition(text)
    except InstrumentNotValid as problem:
        raise ValidationError(str(problem), code="when_tree") from problem
