"""What the server says of each case that the embed must decide in the same way."""

from typing import Any

import msgspec
import pytest

from hearback.collect.instruments.answering import Answer, NotAccepted, Problem, accept
from hearback.collect.instruments.conditions import holds
from hearback.collect.instruments.definition import Condition, Instrument, Page, Question
from hearback.collect.instruments.prepared import Prepared
from tests.collect.widget.cases import cases


@pytest.mark.parametrize("case", cases("conditions"), ids=lambda case: str(case)[:80])
def test_conditions(case: dict[str, Any]) -> None:
    condition = msgspec.convert(case["condition"], Condition | None)
    assert holds(condition, case["answers"]) is case["shown"]


@pytest.mark.parametrize("case", cases("answers"), ids=lambda case: case["name"])
def test_answers(case: dict[str, Any]) -> None:
    questions = tuple(msgspec.convert(one, Question) for one in case["questions"])
    form = Prepared(Instrument(key="a", title={"en": "T"}, languages=("en",), pages=(Page(questions),)))
    answers, not_shown, problems = _said(form, case["given"])
    told = [(one.question, one.kind, one.values) for one in problems]
    assert told == [(one["question"], one["kind"], one["values"]) for one in case["problems"]]
    if not problems:
        assert (answers, list(not_shown)) == (case["answers"], case["not_shown"])


def _said(form: Prepared, given: dict[str, Any]) -> tuple[dict[str, Answer], tuple[str, ...], list[Problem]]:
    try:
        taken = accept(form, given, "en")
    except NotAccepted as problem:
        return {}, (), problem.problems
    return taken.answers, taken.not_shown, []
