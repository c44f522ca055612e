"""Random instruments without faults, random answers to them, and random JSON, for tests of properties."""

import math
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from hearback.collect.instruments.conditions import Answer
from hearback.collect.instruments.definition import (
    CLOSED,
    UP_AND_DOWN,
    Choice,
    Clearance,
    Condition,
    Delivery,
    Instrument,
    Page,
    Question,
    Words,
)
from hearback.collect.instruments.prepared import Prepared
from hearback.collect.instruments.vocabularies import choices_of

LANGUAGES = ("en", "es", "no", "ar", "zh-Hant", "fr")
TYPES = (
    "rating", "thumbs", "yes_no", "single", "multiple", "text", "long_text", "number", "date", "email",
    "phone", "region", "hidden",
)  # fmt: skip
CODES = (
    "trust",
    "q1",
    "age",
    "comment",
    "page_1",
    "useful",
    "a_b",
    "text",
    "introduction",
    "z9",
    "on",
    "not",
)
CHOICE_CODES = ("a", "B", "other", "1", "0", "yes", "no", "x_y", "x-y", "none", "10", "true")

unhurried = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
"""Whole instruments take a while to draw on a busy machine, which says nothing about the program."""

booleans = st.booleans()
texts = st.sampled_from(
    [
        "Why?",
        "= 1 + 1",
        "no",
        "a, b",
        "“quoted” 'text'",
        "<b>bold</b> & more",
        "two\nlines",
        "¿Por qué?",
        "لماذا؟",
        "為什麼",
        "0",
    ]
) | st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8)
"""Words that a person could write: neither control characters, nor blanks at the ends."""


@st.composite
def words(draw: st.DrawFn, languages: tuple[str, ...], *, always: bool = True) -> Words:
    """Give a text in the first language, and in some of the others; none at all unless it is always there."""
    if not always and draw(booleans):
        return {}
    others = [language for language in languages[1:] if draw(booleans)]
    return {language: draw(texts) for language in (languages[0], *others)}


@st.composite
def choices(draw: st.DrawFn, kind: str, languages: tuple[str, ...]) -> tuple[Choice, ...]:
    """Give what a question of a closed type may offer."""
    if kind in {"thumbs", "yes_no"}:
        codes = list(draw(st.permutations(UP_AND_DOWN)))
    elif kind == "rating":
        codes = [str(number) for number in range(1, draw(st.integers(2, 7)) + 1)]
    else:
        least = 1 if kind == "multiple" else 2
        codes = draw(st.lists(st.sampled_from(CHOICE_CODES), min_size=least, max_size=5, unique=True))
    return tuple(Choice(code, draw(words(languages)), draw(booleans)) for code in codes)


numbers = (
    st.integers(-10, 10).map(float)
    | st.sampled_from([0.5, 1234567.0, 1e-7])
    | st.floats(-1e9, 1e9, allow_nan=False)
)
"""Numbers that have a short decimal form, and some that have not."""

_some_codes = st.lists(st.integers(0, 6), min_size=1, max_size=3, unique=True)


@st.composite
def _test_of(draw: st.DrawFn, question: Question) -> Condition:
    kind = draw(st.sampled_from(["is_any_of", "at_least", "at_most", "between", "answered"]))
    if kind == "answered":
        return Condition(question.code, answered=draw(booleans))
    if kind == "is_any_of":
        offered = [choice.code for choice in choices_of(question)] or ["5", "a b", "-1"]
        codes = dict.fromkeys(offered[place % len(offered)] for place in draw(_some_codes))
        return Condition(question.code, is_any_of=tuple(codes))
    return Condition(
        question.code,
        at_least=draw(numbers) if kind != "at_most" else None,
        at_most=draw(numbers) if kind != "at_least" else None,
    )


@st.composite
def conditions(draw: st.DrawFn, earlier: tuple[Question, ...], depth: int = 0) -> Condition:
    """Give a condition that looks at some of these questions."""
    kind = draw(st.sampled_from(["test", "test", "all", "any", "none"])) if depth < 2 else "test"
    if kind == "test":
        return draw(_test_of(earlier[draw(st.integers(0, 20)) % len(earlier)]))
    parts = tuple(draw(conditions(earlier, depth + 1)) for _ in range(draw(st.integers(1, 2))))
    return msgspec.structs.replace(Condition(), **{kind: parts})


@st.composite
def _limits(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    if kind == "number":
        low, high = sorted((draw(numbers), draw(numbers)))
        return {name: value for name, value in (("at_least", low), ("at_most", high)) if draw(booleans)}
    if kind == "date":
        low_day, high_day = sorted((draw(st.dates()), draw(st.dates())))
        both = (("earliest", low_day), ("latest", high_day))
        return {name: value for name, value in both if draw(booleans)}
    if kind == "multiple":
        return {"max_choices": draw(st.none() | st.integers(1, 5))}
    if kind == "hidden":
        return {"from_address": draw(st.sampled_from(["", "page", "utm_source"]))}
    if kind in CLOSED:
        return {}
    return {"max_length": draw(st.none() | st.integers(1, 20_000))}


@st.composite
def questions(
    draw: st.DrawFn, code: str, languages: tuple[str, ...], earlier: tuple[Question, ...]
) -> Question:
    """Give a question of any type that may be shown only after certain answers to earlier ones."""
    kind = draw(st.sampled_from(TYPES))
    from_list = kind == "region" and draw(booleans)
    is_closed = kind in CLOSED and not from_list
    return Question(
        code=code,
        type=kind,  # type: ignore[arg-type]
        words=draw(words(languages, always=kind != "hidden")),
        help=draw(words(languages, always=False)),
        measure=draw(st.sampled_from(["", "", "trust", "ease"])),
        required=kind != "hidden" and draw(booleans),
        choices=draw(choices(kind, languages)) if is_closed else (),
        vocabulary="us_states" if from_list else "",
        show_when=draw(conditions(earlier)) if earlier and draw(booleans) else None,
        **draw(_limits(kind)),
    )


@st.composite
def deliveries(draw: st.DrawFn) -> Delivery:
    """Give all ways to deliver a form."""
    opens, closes = draw(
        st.sampled_from(
            [(None, None), (datetime(2026, 10, 1, tzinfo=UTC), None),
             (datetime(2026, 10, 1, tzinfo=UTC), datetime(2027, 1, 1, 5, 30, tzinfo=UTC))]
        )
    )  # fmt: skip
    return Delivery(
        steps=draw(booleans),
        opens_at=opens,
        closes_at=closes,
        quota=draw(st.none() | st.integers(1, 1000)),
        ask_one_in=draw(st.integers(1, 20)),
        ask_again_after_days=draw(st.integers(0, 90)),
        challenge_above=draw(st.none() | st.integers(0, 1000)),
    )


@st.composite
def instruments(draw: st.DrawFn, most_questions: int = 5) -> Instrument:
    """Give an instrument that has no faults."""
    languages = tuple(draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3, unique=True)))
    codes = draw(st.lists(st.sampled_from(CODES), max_size=most_questions, unique=True))
    asked: tuple[Question, ...] = ()
    for code in codes:
        asked = (*asked, draw(questions(code, languages, asked)))
    return Instrument(
        key=draw(st.sampled_from(["passports", "a-1", "0"])),
        title=draw(words(languages)),
        languages=languages,
        pages=draw(_pages(asked, languages)),
        introduction=draw(words(languages, always=False)),
        thanks=draw(words(languages, always=False)),
        timing=draw(st.sampled_from(["post_transaction", "during_visit", "periodic", "unknown"])),
        clearance=draw(_clearances(languages)) if draw(booleans) else None,
        delivery=draw(deliveries()),
        countries=draw(st.sampled_from([("us",), ("us", "mx"), ("es",)])),
    )


@st.composite
def _pages(draw: st.DrawFn, asked: tuple[Question, ...], languages: tuple[str, ...]) -> tuple[Page, ...]:
    cuts = sorted(draw(st.sets(st.integers(0, len(asked)), max_size=2)))
    edges = [0, *cuts, len(asked)]
    return tuple(
        Page(asked[start:end], draw(words(languages, always=False))) for start, end in pairwise(edges)
    )


@st.composite
def _clearances(draw: st.DrawFn, languages: tuple[str, ...]) -> Clearance:
    return Clearance(
        control_number=draw(st.sampled_from(["0412-0609", "1"])),
        expires_on=draw(st.dates(date(2000, 1, 1), date(2100, 1, 1))),
        burden_minutes=draw(st.sampled_from([0.5, 2, 10.25])),
        agency=draw(texts),
        contact=draw(st.sampled_from(["cx@agency.example", "Room 1\nBuilding 2"])),
        statement=draw(words(languages, always=False)),
    )


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from([*CHOICE_CODES, "2026-09-30", "+1 202 555 0100", "a@b.example", "\ud800", math.inf]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
"""Anything that JSON can say, and some things that it cannot."""


@st.composite
def submissions(draw: st.DrawFn, form: Prepared) -> dict[str, Any]:
    """Give answers of which most fit the form and some do not, to questions of the form and to others."""
    given = {}
    for name in sorted(form.fields):
        kind = draw(st.sampled_from(["fits", "fits", "fits", "none", "any"]))
        if kind == "fits":
            given[name] = draw(fitting_answers(form, name)) if name in form.asked else draw(texts)
        elif kind == "any":
            given[name] = draw(json_values)
    if draw(st.integers(0, 9)) == 9:
        given["nobody_asks"] = draw(json_values)
    return given


def fitting_answers(form: Prepared, code: str) -> st.SearchStrategy[Answer]:
    """Give answers of the right kind to one question; limits may still refuse them."""
    asked = form.asked[code]
    if asked.question.type in CLOSED:
        codes = st.sampled_from(sorted(asked.codes))
        return st.lists(codes, max_size=3) if asked.question.type == "multiple" else codes
    return _FITTING.get(asked.question.type, texts)


_FITTING: dict[str, st.SearchStrategy[Any]] = {
    "number": numbers,
    "date": st.dates().map(date.isoformat),
    "email": st.just("name@agency.example"),
    "phone": st.just("+1 202 555 0100"),
}
