"""Rows of an XLSForm survey that ask something: what each type becomes."""

from dataclasses import dataclass, field
from typing import Any, get_args

from hearback.collect.instruments.definition import CLOSED, Choice, Question, QuestionType, Words
from hearback.collect.instruments.formats.building import Building
from hearback.collect.instruments.formats.expressions import NotUnderstood
from hearback.collect.instruments.formats.xlsform.constraints import limits_of
from hearback.collect.instruments.formats.xlsform.workbook import Row
from hearback.ui.losses import quoted

METADATA = frozenset(
    {"start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email",
     "audit", "start-geopoint", "background-audio", "background-geopoint"}
)  # fmt: skip
TYPES = {
    "text": "text", "string": "text", "integer": "number", "int": "number", "decimal": "number",
    "range": "number", "date": "date", "hidden": "hidden", "calculate": "hidden", "datetime": "text",
    "time": "text", "barcode": "text",
    "acknowledge": "multiple", "trigger": "multiple",
}  # fmt: skip
SELECTS = {
    "select_one": "single", "select one": "single", "select1": "single", "select_multiple": "multiple",
    "select multiple": "multiple", "select all that apply": "multiple", "rank": "multiple",
}  # fmt: skip
CHANGED = {
    "integer": ("whole numbers alone", "any number is taken"),
    "int": ("whole numbers alone", "any number is taken"),
    "range": ("a slider", "it asks for a number"),
    "datetime": ("a day with a time", "it asks for text"),
    "time": ("a time", "it asks for text"),
    "barcode": ("a barcode to scan", "it asks for text"),
    "calculate": ("a calculation", "nothing computes it; it is hidden context"),
    "acknowledge": ("something to acknowledge", "it is a choice of one, OK"),
    "trigger": ("something to acknowledge", "it is a choice of one, OK"),
    "rank": ("an order to bring choices into", "any of them can be chosen, without an order"),
}
APPEARANCES = {"likert": "rating", "multiline": "long_text"}
TRUE, FALSE = frozenset({"yes", "true", "true()", "1"}), frozenset({"", "no", "false", "false()", "0"})
_HANDLED = frozenset(
    {"type", "name", "required", "relevant", "hearback_type", "hearback_measure", "hearback_vocabulary",
     "hearback_from_address"}
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A question without its words and rules, the codes that names of choices became, and the cells read."""

    question: Question
    codes: dict[str, str] = field(default_factory=dict)
    handled: frozenset[str] = _HANDLED


def question_of(
    row: Row, kind: str, where: str, lists: dict[str, list[tuple[str, Words, bool]]], building: Building
) -> Found | None:
    """Make a question of a row; None of a type that has no counterpart."""
    base, list_name, or_other = _type(kind)
    ours = SELECTS.get(base) or TYPES.get(base)
    if ours is None:
        building.losses.add(where, f"a question of type {quoted(kind)} has no counterpart", "it is dropped")
        return None
    if base in CHANGED:
        building.losses.add(f"{where}.type", *CHANGED[base])
    choices: tuple[Choice, ...] = ()
    codes: dict[str, str] = {}
    if base in {"acknowledge", "trigger"}:
        choices, codes = (Choice("OK", {}, False),), {"OK": "OK"}
    elif base in SELECTS:
        choices, codes = _choices(list_name, or_other, where, lists, building)
    handled = {*_HANDLED}
    ours = _by_appearance(row, ours, choices, handled)
    wanted = row["hearback_type"]
    if wanted in get_args(QuestionType):
        ours = wanted
        handled.add("appearance")
    vocabulary = row["hearback_vocabulary"]
    question = Question(
        code="",
        type=ours,  # type: ignore[arg-type]
        measure=row["hearback_measure"],
        choices=() if vocabulary or ours not in CLOSED else choices,
        vocabulary=vocabulary,
        from_address=row["hearback_from_address"],
        **_limits(row, ours, base, where, building, handled),
    )
    return Found(question, codes, frozenset(handled))


def _type(kind: str) -> tuple[str, str, bool]:
    """Take apart `select_one list or_other`."""
    lowered = kind.lower()
    or_other = lowered.endswith((" or_other", " or specify other"))
    for select in SELECTS:
        if lowered.startswith(f"{select} "):
            return select, kind[len(select) :].strip().split(" ")[0], or_other
    return lowered, "", False


def _choices(
    name: str, or_other: bool, where: str, lists: dict[str, list[tuple[str, Words, bool]]], building: Building
) -> Any:
    found = list(lists.get(name, []))
    if name not in lists:
        building.losses.add(f"{where}.choices", f"there is no list {quoted(name)} of choices", "it has none")
    if or_other:
        building.losses.add(
            f"{where}.choices.other", "or_other has no words of its own", "it is called Other"
        )
        found.append(("other", {}, True))
    return building.choices(f"{where}.choices", found)


def _by_appearance(row: Row, kind: str, choices: tuple[Choice, ...], handled: set[str]) -> str:
    wanted = APPEARANCES.get(row["appearance"], "")
    is_scale = [choice.code for choice in choices] == [str(n) for n in range(1, len(choices) + 1)]
    if (wanted == "rating" and kind == "single" and is_scale) or (wanted == "long_text" and kind == "text"):
        handled.add("appearance")
        return wanted
    return kind


def _limits(
    row: Row, kind: str, base: str, where: str, building: Building, handled: set[str]
) -> dict[str, Any]:
    if not row["constraint"]:
        return {}
    handled.add("constraint")
    try:
        return limits_of(row["constraint"], kind, whole=base in {"integer", "int"})
    except NotUnderstood as problem:
        building.losses.add(
            f"{where}.constraint", f"{quoted(row['constraint'])}: {problem}", "nothing checks it"
        )
        return {}


def is_required(row: Row, where: str, building: Building) -> bool:
    """Say whether a row has to be answered; a rule for when is lost."""
    text = row["required"].lower()
    if text not in TRUE | FALSE:
        building.losses.add(
            f"{where}.required", f"{quoted(text)} says when it is required", "it is never required"
        )
    return text in TRUE
