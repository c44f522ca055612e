"""Kinds of Touchpoints forms whose fields have a fixed meaning, and whose rules for showing are built in.

Source: Touchpoints (GSA): answer fields and scripts of the kinds a11, a11_v2, a11_v2_radio and a11_yes_no.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hearback.collect.instruments.definition import Condition, Question


@dataclass(frozen=True)
class Meaning:
    """What a field of a kind of form holds: our code, the type, the standard question."""

    code: str
    type: str
    measure: str = ""


def _a11() -> dict[str, Meaning]:
    """Give the fields of the seven questions; they are not asked in the order of their numbers."""
    measures = ("satisfaction", "trust", "effectiveness", "ease", "efficiency", "transparency", "employee")
    numbered = {measure: f"answer_{number:02d}" for number, measure in enumerate(measures, start=1)}
    fields = {numbered[measure]: Meaning(measure, "rating", measure) for measure in measures}
    first = ("answer_01", "answer_02")
    return {
        **{name: fields[name] for name in first},
        "answer_08": Meaning("comment", "long_text"),
        **{name: meaning for name, meaning in fields.items() if name not in first},
        "answer_09": Meaning("other_comment", "long_text"),
    }


def _drivers(kind: str) -> dict[str, Meaning]:
    return {
        "answer_01": Meaning("trust", kind, "trust"),
        "answer_02": Meaning("positive", "multiple"),
        "answer_03": Meaning("negative", "multiple"),
        "answer_04": Meaning("comment", "long_text"),
    }


FIELDS: Mapping[str, Mapping[str, Meaning]] = {
    "a11_v2": _drivers("thumbs"),
    "a11_v2_radio": _drivers("rating"),
    "a11_yes_no": {"answer_01": Meaning("useful", "yes_no"), "answer_02": Meaning("comment", "long_text")},
    "a11": _a11(),
}
"""Fields by kind, in the order in which they are asked."""


def rules(kind: str, codes: Mapping[str, str]) -> dict[str, Condition]:
    """Give when each field is shown, as the script of a kind has it.

    Args:
        codes: of each field, the code of its question.
    """
    first = codes.get("answer_01", "")
    if kind == "a11_yes_no":
        return {"answer_02": Condition(first, answered=True)}
    sides = {"a11_v2": (("1",), ("0",)), "a11_v2_radio": (("4", "5"), ("1", "2", "3"))}.get(kind)
    if sides is None:
        return {}
    return {
        "answer_02": Condition(first, is_any_of=sides[0]),
        "answer_03": Condition(first, is_any_of=sides[1]),
    }


def kind_of(questions: Sequence[Question]) -> str:
    """Name the kind of form that asks these questions; custom where none does."""
    for kind, fields in FIELDS.items():
        asked = dict(zip(fields, questions, strict=False))
        if len(asked) == len(fields) and all(_fits(asked[name], meaning) for name, meaning in fields.items()):
            wanted = rules(kind, {name: question.code for name, question in asked.items()})
            if all(question.show_when == wanted.get(name) for name, question in asked.items()):
                return kind
    return "custom"


def _fits(question: Question, meaning: Meaning) -> bool:
    if question.type != meaning.type or question.measure != meaning.measure:
        return False
    return question.type != "rating" or len(question.choices) == 5
