"""Limits of answers as XLSForm writes them: `. >= 1 and . <= 5`, `string-length(.) <= 100`."""

from collections.abc import Iterator
from typing import Any

from hearback.collect.instruments.definition import Question
from hearback.collect.instruments.formats.conditions_in import as_text
from hearback.collect.instruments.formats.conditions_out import number
from hearback.collect.instruments.formats.expressions import (
    XPATH,
    Call,
    Name,
    Node,
    NotUnderstood,
    Value,
    parse,
)
from hearback.collect.instruments.prepared import as_date

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_COUNTS = {"string-length": "max_length", "count-selected": "max_choices"}
_FITS = {
    "number": {"at_least", "at_most"},
    "date": {"earliest", "latest"},
    "multiple": {"max_choices"},
    **{kind: {"max_length"} for kind in ("text", "long_text", "email", "phone", "hidden")},
}


def constraint_of(question: Question) -> str:
    """Write the limits of a question; blank where it has none."""
    parts = [
        f". {sign} {number(limit)}"
        for sign, limit in ((">=", question.at_least), ("<=", question.at_most))
        if limit is not None
    ]
    parts += [
        f". {sign} date('{day.isoformat()}')"
        for sign, day in ((">=", question.earliest), ("<=", question.latest))
        if day is not None
    ]
    parts += [
        f"{function}(.) <= {getattr(question, field)}"
        for function, field in _COUNTS.items()
        if getattr(question, field) is not None
    ]
    return " and ".join(parts)


def limits_of(text: str, kind: str, *, whole: bool) -> dict[str, Any]:
    """Read the limits that a constraint sets.

    Args:
        kind: the type of the question.
        whole: its answers are whole numbers.

    Raises:
        NotUnderstood: if it demands anything else.
    """
    found: dict[str, Any] = {}
    for part in _parts(parse(text, XPATH)):
        field, limit = _limit(part, whole)
        if field not in _FITS.get(kind, set()) or field in found:
            raise NotUnderstood(f"a question of type {kind} has no such limit")
        found[field] = limit
    return found


def _parts(node: Node) -> Iterator[Node]:
    if isinstance(node, Call) and node.function == "and":
        for part in node.arguments:
            yield from _parts(part)
    else:
        yield node


def _limit(node: Node, whole: bool) -> tuple[str, Any]:
    if not isinstance(node, Call) or node.function not in _TURNED or len(node.arguments) != 2:
        raise NotUnderstood("it is more than a limit")
    (left, right), operator = node.arguments, node.function
    if isinstance(left, Value) or _is_date(left):
        left, right, operator = right, left, _TURNED[operator]
    if isinstance(left, Call) and left.function in _COUNTS and left.arguments == (Name("."),):
        return _COUNTS[left.function], _most(operator, _number(right))
    if left != Name("."):
        raise NotUnderstood("it looks at other answers")
    if _is_date(right) or (
        isinstance(right, Value) and isinstance(right.value, str) and as_date(right.value)
    ):
        return _day(operator, right)
    limit = _number(right)
    if operator in {"<", ">"}:
        if not whole or limit != int(limit):
            raise NotUnderstood("the limit itself is left out")
        limit += 1 if operator == ">" else -1
    return ("at_least" if operator in {">", ">="} else "at_most"), limit


def _is_date(node: Node) -> bool:
    return isinstance(node, Call) and node.function == "date" and len(node.arguments) == 1


def _day(operator: str, node: Node) -> tuple[str, Any]:
    inner = node.arguments[0] if isinstance(node, Call) else node
    day = as_date(as_text(inner)) if isinstance(inner, Value) else None
    if day is None or operator not in {">=", "<="}:
        raise NotUnderstood("it is no day, or the day itself is left out")
    return ("earliest" if operator == ">=" else "latest"), day


def _number(node: Node) -> float:
    if not isinstance(node, Value) or not isinstance(node.value, float):
        raise NotUnderstood("it compares with something other than a number")
    return node.value


def _most(operator: str, limit: float) -> int:
    most = int(limit) - (operator == "<")
    if operator not in {"<", "<="} or limit != int(limit) or most < 1:
        raise NotUnderstood("only a highest number is a limit here")
    return most
