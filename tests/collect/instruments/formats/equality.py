"""Where two instruments differ, question by question, and whether a loss report says so."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

import msgspec

from hearback.collect.instruments.conditions import Answer, holds, questions_of
from hearback.collect.instruments.definition import CLOSED, Condition, Instrument, Question
from hearback.collect.instruments.formats.format import KEPT_APART
from hearback.collect.instruments.vocabularies import choices_of
from hearback.ui.losses import Loss


def unsaid(before: Instrument, after: Instrument, losses: Iterable[Loss]) -> list[str]:
    """Name the places where two instruments differ although no loss says so."""
    said = {loss.where for loss in losses if loss.done != KEPT_APART}
    return [place for place in differences(before, after, said) if not _is_said(place, said)]


def _is_said(place: str, said: set[str]) -> bool:
    parts = place.split(".")
    return any(".".join(parts[:n]) in said for n in range(1, len(parts) + 1))


def differences(before: Instrument, after: Instrument, said: set[str]) -> Iterator[str]:
    """Name the places where two instruments differ; questions that are said to be lost are left out."""
    if "languages" in said:
        before = in_one_language(before, after.languages[0])
    kept = [one for one in before.questions if f"questions.{one.code}" not in said]
    if len(kept) != len(after.questions):
        yield "questions"
        return
    for name in ("key", "title", "languages", "introduction", "thanks", "timing", "countries"):
        if getattr(before, name) != getattr(after, name):
            yield name
    for name in ("clearance", "delivery"):
        yield from _fields(name, getattr(before, name), getattr(after, name))
    if "pages" not in said and [(len(p.questions), p.title) for p in before.pages] != [
        (len(p.questions), p.title) for p in after.pages
    ]:
        yield "pages"
    codes = {new.code: old.code for old, new in zip(kept, after.questions, strict=True)}
    for old, new in zip(kept, after.questions, strict=True):
        yield from _of_question(old, new, codes, before)


def in_one_language(instrument: Instrument, name: str) -> Instrument:
    """Give an instrument with the words of its first language alone, under another name."""
    first = instrument.languages[0]

    def words(found: Any) -> Any:
        if isinstance(found, dict):
            if found and found.keys() <= set(instrument.languages):
                return {name: found[first]} if first in found else {}
            return {key: words(one) for key, one in found.items()}
        return [words(one) for one in found] if isinstance(found, list | tuple) else found

    plain = words(msgspec.to_builtins(instrument))
    return msgspec.convert({**plain, "languages": [name]}, Instrument)


def _fields(where: str, before: Any, after: Any) -> Iterator[str]:
    if before is None or after is None:
        if before != after:
            yield where
        return
    for name in before.__struct_fields__:
        if getattr(before, name) != getattr(after, name):
            yield f"{where}.{name}"


def _of_question(old: Question, new: Question, codes: Mapping[str, str], before: Instrument) -> Iterator[str]:
    where = f"questions.{old.code}"
    for name in old.__struct_fields__:
        if name not in {"show_when", "choices"} and getattr(old, name) != getattr(new, name):
            yield f"{where}.{name}"
    if len(old.choices) != len(new.choices):
        yield f"{where}.choices"
    elif old.choices != new.choices:
        yield from (
            f"{where}.choices.{a.code}" for a, b in zip(old.choices, new.choices, strict=True) if a != b
        )
    if not mean_the_same(old.show_when, renamed(new.show_when, codes), before):
        yield f"{where}.show_when"


def renamed(condition: Condition | None, codes: Mapping[str, str]) -> Condition | None:
    """Give a condition that looks at questions of other codes."""
    if condition is None:
        return None

    def parts(found: tuple[Condition, ...] | None) -> Any:
        return None if found is None else tuple(renamed(one, codes) for one in found)

    return msgspec.structs.replace(
        condition,
        question=None if condition.question is None else codes.get(condition.question, condition.question),
        all=parts(condition.all),
        any=parts(condition.any),
        none=parts(condition.none),
    )


def mean_the_same(one: Condition | None, other: Condition | None, instrument: Instrument) -> bool:
    """Say whether two conditions hold for the same answers, tried on all that make a difference."""
    if one == other:
        return True
    asked = {question.code: question for question in instrument.questions}
    codes = sorted({*questions_of(one), *questions_of(other)})
    limits = sorted({limit for limit in (*_limits(one), *_limits(other))})
    tried = [_answers(asked[code], limits, (one, other)) for code in codes]
    for answers in product(*tried):
        given = {code: answer for code, answer in zip(codes, answers, strict=True) if answer is not None}
        if holds(one, given) != holds(other, given):
            return False
    return True


def _answers(
    question: Question, limits: list[float], conditions: Iterable[Condition | None]
) -> list[Answer | None]:
    if question.type in CLOSED:
        offered = [choice.code for choice in choices_of(question)][:6]
        if question.type != "multiple":
            return [None, *offered]
        return [None, *([code] for code in offered), offered[:2], offered[:3], offered]
    named = [code for condition in conditions for code in _codes(condition)]
    if question.type == "number":
        return [
            None,
            0.25,
            *limits,
            *(limit + 0.5 for limit in limits),
            *(float(c) for c in named if _is_float(c)),
        ]
    if question.type in {"date", "email", "phone"}:
        named = [code for code in named if not _is_float(code)]
    return [None, "x", *dict.fromkeys(named)]


def _is_float(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _limits(condition: Condition | None) -> Iterator[float]:
    if condition is not None:
        yield from (limit for limit in (condition.at_least, condition.at_most) if limit is not None)
        for part in (*(condition.all or ()), *(condition.any or ()), *(condition.none or ())):
            yield from _limits(part)


def _codes(condition: Condition | None) -> Iterator[str]:
    if condition is not None:
        yield from condition.is_any_of or ()
        for part in (*(condition.all or ()), *(condition.any or ()), *(condition.none or ())):
            yield from _codes(part)
