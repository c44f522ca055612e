"""Make a condition of an expression, one that holds for exactly the same answers."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import msgspec

from hearback.collect.instruments.conditions import number_as_text
from hearback.collect.instruments.definition import CLOSED, Condition, Question
from hearback.collect.instruments.formats.expressions import (
    COMPARISONS,
    Call,
    Name,
    Node,
    NotUnderstood,
    Value,
)

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


@dataclass(frozen=True)
class Known:
    """An earlier question as the other file knows it: its values there → the codes that they became."""

    question: Question
    codes: Mapping[str, str] = field(default_factory=dict)

    def code(self, value: Value) -> str:
        """Give the code that a value of the other file became."""
        text = as_text(value)
        return self.codes.get(text, text)


def as_text(value: Value) -> str:
    """Give a value as the text of a code."""
    if isinstance(value.value, bool):
        return "true" if value.value else "false"
    if isinstance(value.value, tuple):
        raise NotUnderstood("a list is compared as if it were one value")
    return value.value if isinstance(value.value, str) else number_as_text(value.value)


def condition_of(node: Node, known: Mapping[str, Known]) -> Condition:
    """Make a condition of an expression.

    Args:
        known: by their names in the other file, the questions that are asked before.

    Raises:
        NotUnderstood: if no condition means the same.
    """
    if not isinstance(node, Call):
        raise NotUnderstood("it is no comparison")
    if node.function in {"and", "or"}:
        kind = "all" if node.function == "and" else "any"
        return joined(kind, [condition_of(part, known) for part in node.arguments])
    if node.function == "not" and len(node.arguments) == 1:
        return negated(condition_of(node.arguments[0], known))
    if node.function in {"true", "false"} and not node.arguments:
        return Condition(all=()) if node.function == "true" else Condition(any=())
    return _test(node, known)


def joined(kind: str, parts: list[Condition]) -> Condition:
    """Join conditions by `all` or `any`, without needless depth."""
    flat: list[Condition] = []
    for part in parts:
        for one in getattr(part, kind) if getattr(part, kind) is not None else (part,):
            if flat and (both := _as_one(kind, flat[-1], one)) is not None:
                flat[-1] = both
            else:
                flat.append(one)
    return flat[0] if len(flat) == 1 else msgspec.structs.replace(Condition(), **{kind: tuple(flat)})


def negated(condition: Condition) -> Condition:
    """Give the condition that holds where the other does not."""
    if condition.answered is not None:
        return msgspec.structs.replace(condition, answered=not condition.answered)
    if condition.any is not None:
        return Condition(none=condition.any)
    if condition.none is not None and len(condition.none) == 1:
        return condition.none[0]
    return Condition(none=(condition,))


def _as_one(kind: str, one: Condition, other: Condition) -> Condition | None:
    """Give two tests of one question as one: either of some codes, or a range from its two ends."""
    if one.question is None or one.question != other.question:
        return None
    if kind == "any" and one.is_any_of is not None and other.is_any_of is not None:
        codes = dict.fromkeys((*one.is_any_of, *other.is_any_of))
        return Condition(one.question, is_any_of=tuple(codes))
    ends = (one.at_least, one.at_most, other.at_least, other.at_most)
    if kind == "all" and ends[1] is None and ends[2] is None and None not in (ends[0], ends[3]):
        return Condition(one.question, at_least=one.at_least, at_most=other.at_most)
    return None


def _test(node: Call, known: Mapping[str, Known]) -> Condition:
    if node.function == "selected" and len(node.arguments) == 2:
        left, right = node.arguments
        return _is(_known(left, known), _value(right))
    if node.function in _ON_LISTS and len(node.arguments) == 2:
        left, right = node.arguments
        return _ON_LISTS[node.function](_known(left, known), _values(right))
    if node.function in {"empty", "notempty"}:
        return Condition(_known(node.arguments[0], known).question.code, answered=node.function == "notempty")
    if node.function not in COMPARISONS or len(node.arguments) != 2:
        raise NotUnderstood(f"{node.function}() has no counterpart")
    left, right = node.arguments
    if isinstance(left, Value) and isinstance(right, Value):
        return Condition(all=()) if _is_so(node.function, left, right) else Condition(any=())
    if isinstance(left, Value):
        return _compared(_TURNED[node.function], right, left, known)
    return _compared(node.function, left, _value(right), known)


def _is_so(operator: str, left: Value, right: Value) -> bool:
    if operator not in {"=", "!="}:
        raise NotUnderstood("two values are compared")
    return (as_text(left) == as_text(right)) == (operator == "=")


def _compared(operator: str, left: Node, value: Value, known: Mapping[str, Known]) -> Condition:
    counted = _counted(left)
    if counted is not None:
        return _count(operator, _known(counted, known), _number(value))
    if isinstance(left, Call) and left.function == "string-length" and len(left.arguments) == 1:
        asked = _known(left.arguments[0], known)
        if (operator, value.value) in {(">", 0), ("!=", 0), (">=", 1), ("=", 0), ("<", 1)}:
            return Condition(asked.question.code, answered=operator in {">", "!=", ">="})
    asked = _known(left, known)
    if operator == "!=":
        return negated(_compared("=", left, value, known))
    if operator == "=":
        return _equals(asked, value)
    if asked.question.type in {"multiple", "date"}:
        raise NotUnderstood(f"the order of answers to {asked.question.code} cannot be compared")
    return _ordered(operator, asked.question, _number(value))


def _counted(node: Node) -> Node | None:
    """Give the question whose choices are counted."""
    if isinstance(node, Call) and node.function == "count-selected" and len(node.arguments) == 1:
        return node.arguments[0]
    if isinstance(node, Name) and node.name.endswith(".length"):
        return Name(node.name.removesuffix(".length"))
    return None


def _count(operator: str, asked: Known, number: float) -> Condition:
    """Compare how many choices are taken; none at all is the number 0, and no answer."""
    code = asked.question.code
    if asked.question.type != "multiple":
        raise NotUnderstood(f"{code} has no choices to count")
    if operator == "!=":
        return negated(_count("=", asked, number))
    if operator in {">", ">="}:
        least = math.floor(number) + 1 if operator == ">" else math.ceil(number)
        return Condition(all=()) if least <= 0 else Condition(code, at_least=least)
    if operator == "=" and number > 0:
        return Condition(code, at_least=number, at_most=number)
    most = math.ceil(number) - 1 if operator == "<" else math.floor(number)
    if most < 0:
        return Condition(any=())
    none = Condition(code, answered=False)
    return none if most == 0 else Condition(any=(none, Condition(code, at_most=most)))


def _ordered(operator: str, question: Question, number: float) -> Condition:
    code = question.code
    if operator == ">=":
        return Condition(code, at_least=number)
    if operator == "<=":
        return Condition(code, at_most=number)
    if question.choices:
        codes = [choice.code for choice in question.choices if _is_beyond(choice.code, operator, number)]
        return Condition(code, is_any_of=tuple(codes)) if codes else Condition(any=())
    if question.type != "number":
        raise NotUnderstood(f"answers to {code} are not known to be numbers")
    other = Condition(code, at_most=number) if operator == ">" else Condition(code, at_least=number)
    return Condition(all=(Condition(code, answered=True), Condition(none=(other,))))


def _is_beyond(code: str, operator: str, number: float) -> bool:
    try:
        return float(code) > number if operator == ">" else float(code) < number
    except ValueError:
        return False


def _equals(asked: Known, value: Value) -> Condition:
    code = asked.question.code
    if value.value == "":
        return Condition(code, answered=False)
    if isinstance(value.value, tuple):
        if asked.question.type != "multiple":
            raise NotUnderstood("a list is compared as if it were one value")
        parts = [*(_is(asked, one) for one in value.value), Condition(code, at_most=len(value.value))]
        return joined("all", parts)
    if asked.question.type == "multiple":
        return Condition(all=(_is(asked, value), Condition(code, at_most=1)))
    if asked.question.type == "number":
        return Condition(code, is_any_of=(number_as_text(_number(value)),))
    return _is(asked, value)


def _is(asked: Known, value: Value) -> Condition:
    code, question = asked.code(value), asked.question
    if question.type in CLOSED and not question.vocabulary and code not in {c.code for c in question.choices}:
        return Condition(any=())
    return Condition(question.code, is_any_of=(code,))


def _any_of(asked: Known, values: tuple[Value, ...]) -> Condition:
    return joined("any", [_is(asked, value) for value in values])


def _all_of(asked: Known, values: tuple[Value, ...]) -> Condition:
    return joined("all", [_is(asked, value) for value in values])


_ON_LISTS: dict[str, Callable[[Known, tuple[Value, ...]], Condition]] = {
    "anyof": _any_of,
    "allof": _all_of,
    "contains": _all_of,
    "noneof": lambda asked, values: negated(_any_of(asked, values)),
    "notcontains": lambda asked, values: negated(_all_of(asked, values)),
}


def _known(node: Node, known: Mapping[str, Known]) -> Known:
    if not isinstance(node, Name):
        raise NotUnderstood("something other than an answer is compared")
    if node.name not in known:
        raise NotUnderstood(f"it looks at {node.name!r}, which is not asked before")
    return known[node.name]


def _value(node: Node) -> Value:
    if not isinstance(node, Value):
        raise NotUnderstood("an answer is compared with something other than a value")
    return node


def _values(node: Node) -> tuple[Value, ...]:
    value = _value(node)
    return value.value if isinstance(value.value, tuple) else (value,)


def _number(value: Value) -> float:
    try:
        return float(as_text(value))
    except ValueError:
        raise NotUnderstood(f"{value.value!r} is no number") from None
