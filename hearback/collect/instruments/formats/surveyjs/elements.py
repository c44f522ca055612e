"""Elements of a SurveyJS page: what each type of question becomes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from hearback.collect.instruments.definition import CLOSED, Question, QuestionType, Words
from hearback.collect.instruments.formats.building import Building
from hearback.collect.instruments.formats.surveyjs.words import Localised
from hearback.collect.instruments.prepared import as_date
from hearback.ui.losses import quoted

TYPES = {
    "rating": "rating", "boolean": "yes_no", "radiogroup": "single", "dropdown": "single",
    "buttongroup": "single", "imagepicker": "single", "checkbox": "multiple", "tagbox": "multiple",
    "ranking": "multiple", "comment": "long_text", "text": "text",
}  # fmt: skip
INPUTS = {
    "number": "number",
    "range": "number",
    "date": "date",
    "email": "email",
    "tel": "phone",
    "text": "text",
}
CHANGED = {
    "imagepicker": ("pictures to choose from", "their texts are the choices"),
    "ranking": ("an order to bring choices into", "any of them can be chosen, without an order"),
    "range": ("a slider", "it asks for a number"),
}
OTHER, NONE = "other", "none"
_READ = frozenset(
    {"type", "name", "title", "description", "isRequired", "visibleIf", "visible", "choices", "rateValues",
     "rateMin", "rateMax", "rateStep", "rateCount", "minRateDescription", "maxRateDescription", "inputType",
     "valueTrue", "valueFalse", "labelTrue", "labelFalse", "swapOrder", "renderAs", "min", "max", "maxLength",
     "maxSelectedChoices", "showOtherItem", "hasOther", "otherText", "showNoneItem", "hasNone", "noneText",
     "hearback", "autoGenerate"}
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One question that an element becomes."""

    name: str
    kind: str
    element: dict[str, Any]
    title: Any


class Element:
    """An element, and the questions that it becomes: several of a matrix, none of what has no counterpart."""

    def __init__(self, element: dict[str, Any], name: str, localised: Localised, building: Building) -> None:
        self._element = element
        self._name = name
        self._localised = localised
        self._losses = building.losses

    def parts(self) -> Iterator[Part]:
        """Give the questions."""
        kind = self._element.get("type", "text")
        name, element = self._name, self._element
        if kind == "matrix":
            yield from self._several("rows", "radiogroup", {"choices": element.get("columns", [])})
        elif kind == "multipletext":
            yield from self._several("items", "text", {})
        elif kind in TYPES:
            yield Part(name, str(kind), element, element.get("title", name))
        else:
            self._losses.add(
                f"questions.{name}", f"a question of type {quoted(kind)} has no counterpart", "it is dropped"
            )

    def _several(self, field: str, kind: str, more: dict[str, Any]) -> Iterator[Part]:
        name, element = self._name, self._element
        rows = [row if isinstance(row, dict) else {"value": row} for row in _list(element.get(field))]
        self._losses.add(
            f"questions.{name}", f"{len(rows)} questions in one table", "each is a question by itself"
        )
        shared = {
            key: value
            for key, value in element.items()
            if key not in {"rows", "items", "columns", "cellType"}
        }
        for row in rows:
            own = str(row.get("value", row.get("name", "row")))
            merged = {
                **shared,
                **more,
                **{k: v for k, v in row.items() if k not in {"value", "text", "name", "title"}},
            }
            yield Part(
                f"{name}.{own}",
                kind,
                merged,
                _joined(element.get("title"), row.get("text", row.get("title", own))),
            )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _joined(table: Any, row: Any) -> Any:
    """Give the words of a row with those of its table before them, where both are in the same languages."""
    if isinstance(table, str) and isinstance(row, str | int | float):
        return f"{table}: {row}"
    return row


def question_of(
    part: Part, code: str, localised: Localised, building: Building
) -> tuple[Question, dict[str, str]]:
    """Make a question of a part; gives also which value of the survey became which code."""
    element, where = part.element, f"questions.{code}"
    building.rest(where, element, _READ)
    apart: dict[str, Any] = element["hearback"] if isinstance(element.get("hearback"), dict) else {}
    kind = _kind(part, where, building)
    choices, codes = _offered(part, kind, where, localised, building) if kind in CLOSED else ((), {})
    codes_of_choices = [choice.code for choice in choices]
    if kind == "rating" and codes_of_choices != [str(n) for n in range(1, len(choices) + 1)]:
        building.losses.add(
            f"{where}.type",
            f"a rating with the values {quoted(', '.join(codes_of_choices))}",
            "it is a single choice",
        )
        kind = "single"
    kind = apart["type"] if apart.get("type") in get_args(QuestionType) else kind
    from_list = str(apart.get("vocabulary", ""))
    question = Question(
        code=code,
        type=kind,  # type: ignore[arg-type]
        words=localised.words(part.title, f"{where}.words")
        if part.title != part.name or kind != "hidden"
        else {},
        help=localised.words(element.get("description"), f"{where}.help"),
        measure=str(apart.get("measure", "")),
        required=element.get("isRequired") is True and kind != "hidden",
        choices=() if from_list else choices,
        vocabulary=from_list,
        from_address=str(apart.get("from_address", "")),
        **_limits(element, kind, where, building),
    )
    return question, codes


def _kind(part: Part, where: str, building: Building) -> str:
    element, kind = part.element, TYPES[part.kind]
    changed = part.kind
    if part.kind == "text":
        changed = str(element.get("inputType", "text"))
        kind = INPUTS.get(changed, "text")
        if changed not in INPUTS:
            building.losses.add(f"{where}.type", f"a field for {quoted(changed)}", "it asks for text")
    if changed in CHANGED:
        building.losses.add(f"{where}.type", CHANGED[changed][0], CHANGED[changed][1])
    if element.get("visible") is False:
        if kind not in {"text", "long_text"}:
            building.losses.add(
                f"{where}.type", f"an invisible question of type {part.kind}", "it is hidden context"
            )
        return "hidden"
    return kind


def _limits(element: dict[str, Any], kind: str, where: str, building: Building) -> dict[str, Any]:
    """Read limits; one that the type of the question does not have, or that is no number or day, is lost."""
    wanted = _LIMITS.get(kind, {})
    found = {}
    for name in ("min", "max", "maxLength", "maxSelectedChoices"):
        value = element.get(name)
        if value in (None, "") or (name not in {"min", "max"} and value in (-1, 0)):
            continue
        field, read = wanted.get(name, ("", _nothing))
        limit = read(value)
        if limit is not None:
            found[field] = limit
        else:
            building.losses.add(
                f"{where}.{name}",
                f"{quoted(value)} is no limit of a question of type {kind}",
                "it is dropped",
            )
    return found


def _nothing(value: Any) -> None:
    return None


def _number(value: Any) -> float | None:
    try:
        return None if isinstance(value, bool | list | dict) else float(value)
    except (ValueError, OverflowError):
        return None


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _day(value: Any) -> date | None:
    return as_date(value) if isinstance(value, str) else None


_LENGTH: dict[str, tuple[str, Callable[[Any], Any]]] = {"maxLength": ("max_length", _whole)}
_LIMITS: dict[str, dict[str, tuple[str, Callable[[Any], Any]]]] = {
    "number": {"min": ("at_least", _number), "max": ("at_most", _number)},
    "date": {"min": ("earliest", _day), "max": ("latest", _day)},
    "multiple": {"maxSelectedChoices": ("max_choices", _whole)},
    **{kind: _LENGTH for kind in ("text", "long_text", "email", "phone", "hidden")},
}


_EXTRA = (
    ("showOtherItem", "hasOther", OTHER, "Other (describe)"),
    ("showNoneItem", "hasNone", NONE, "None"),
)
"""Choices that a survey adds by a property: its name, its older name, the value, the usual words."""


def _offered(part: Part, kind: str, where: str, localised: Localised, building: Building) -> Any:
    """Read what a question offers; gives also which value became which code."""
    element = part.element
    if part.kind == "boolean":
        return _yes_and_no(element, where, localised, building)
    given = _rates(element, localised, where) if part.kind == "rating" else _list(element.get("choices"))
    found: list[tuple[str, Words, bool]] = []
    for one in given:
        item = one if isinstance(one, dict) else {"value": one}
        value = _value(item.get("value"))
        here = f"{where}.choices.{value}"
        words = item["words"] if "words" in item else localised.words(item.get("text", value), here)
        building.rest(here, item, {"value", "text", "words", "showCommentArea"})
        found.append((value, words, item.get("showCommentArea") is True))
    for name, older, value, text in _EXTRA:
        if element.get(name) is True or element.get(older) is True:
            here = f"{where}.choices.{value}"
            found.append((value, localised.words(element.get(f"{value}Text", text), here), value == OTHER))
            if value == NONE:
                building.losses.add(here, "it rules out all others", "it can be chosen beside others")
    return building.choices(f"{where}.choices", found)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _yes_and_no(element: dict[str, Any], where: str, localised: Localised, building: Building) -> Any:
    sides = []
    codes = {"true": "1", "false": "0"}
    for code, value, label, text in (
        ("1", "valueTrue", "labelTrue", "Yes"),
        ("0", "valueFalse", "labelFalse", "No"),
    ):
        given = element.get(value)
        sides.append((code, localised.words(element.get(label, text), f"{where}.choices.{code}"), False))
        if given is not None:
            codes[_value(given)] = code
            if _value(given) != code:
                building.losses.add(f"{where}.choices", f"the value {quoted(given)}", f"its code is {code}")
    choices, _ = building.choices(where, sides[::-1] if element.get("swapOrder") is True else sides)
    return choices, codes


def _rates(element: dict[str, Any], localised: Localised, where: str) -> list[Any]:
    """Give the values of a rating: those named, or the numbers from the least to the most."""
    if _list(element.get("rateValues")):
        return _list(element["rateValues"])
    least, step = _whole_or(element.get("rateMin"), 1), _whole_or(element.get("rateStep"), 1)
    most = _whole_or(element.get("rateMax"), element.get("rateCount", 5))
    values = list(range(least, most + 1, max(step, 1)))[:300]
    ends = {0: element.get("minRateDescription"), len(values) - 1: element.get("maxRateDescription")}
    return [
        {"value": value, "words": localised.words(ends.get(place) or str(value), f"{where}.choices.{value}")}
        for place, value in enumerate(values)
    ]


def _whole_or(value: Any, usual: Any) -> int:
    found = value if isinstance(value, int) and not isinstance(value, bool) else usual
    return min(max(found if isinstance(found, int) else 5, -1000), 1000)
