"""What a layout must keep to, beyond having the right fields."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from hearback.collect.answers.layout import (
    CodedColumn,
    DateColumn,
    DayOfMonthColumn,
    FixedDay,
    Layout,
    Question,
    refused,
)
from hearback.collect.archive import CodeNotValid
from hearback.collect.archive.codes import HIGHEST_OF_SCALE, MOST_LEVELS, check_name
from hearback.collect.rules import CHANNELS, STANDARD_WORDS, TIMINGS, WORDING_CLASSES
from hearback.fiscal import Period, PeriodNotValid, QuarterNotValid, parse_period, quarter_of_day

UNKNOWN = "unknown"
SURVEY = re.compile(r"^[a-z0-9][a-z0-9-]{0,59}$")
LANGUAGE = re.compile(r"^[a-z][a-z-]{1,29}$")
LONGEST_LEVEL = 60
SAMPLE_TYPES = ("everybody", "random", "open", UNKNOWN)
"""Whether all were asked, some drawn by chance, or whoever wanted answered; see the glossary."""

EPOCH = date(1970, 1, 1)


def check_layout(layout: Layout, name: str, start_month: int) -> Period:
    """Say whether a layout makes sense, and give the days of its period.

    Args:
        name: of the file, for messages.
        start_month: in which the fiscal year starts.

    Raises:
        LayoutNotValid: naming the field, what is wrong and what to do.
    """
    if not SURVEY.match(layout.survey):
        raise refused(
            name, "survey", f"{layout.survey!r} cannot be the key of a survey",
            "use small letters, digits and hyphens, 60 at most",
        )  # fmt: skip
    _check_choice(name, "timing", layout.timing, TIMINGS)
    _check_choice(name, "sample_type", layout.sample_type, SAMPLE_TYPES)
    period = _period(layout, name, start_month)
    _check_day(layout, name, period)
    _check_words(layout.channel, name, "channel")
    _check_words(layout.language, name, "language")
    for group, column in layout.groups.items():
        _check_group(group, column, name)
    _check_questions(layout.questions, name)
    return period


def _check_choice(name: str, field: str, value: str, choices: Iterable[str]) -> None:
    if value not in choices:
        raise refused(name, field, f"{value!r} is not known", f"write one of: {', '.join(sorted(choices))}")


def _period(layout: Layout, name: str, start_month: int) -> Period:
    try:
        period = parse_period(layout.period, start_month)
        for day in (period.starts_on, period.ends_before - timedelta(days=1)):
            quarter_of_day((day - EPOCH).days, start_month)
    except (PeriodNotValid, QuarterNotValid) as problem:
        raise refused(name, "period", str(problem), "give the time of which all answers are") from problem
    if period.text != layout.period:
        raise refused(name, "period", f"{layout.period!r} is {period.text!r} in other letters", "write that")
    return period


def _check_day(layout: Layout, name: str, period: Period) -> None:
    day = layout.day
    if isinstance(day, DateColumn):
        fault = pattern_fault(day.pattern)
        if fault:
            raise refused(name, "day.pattern", fault, _PATTERN)
    elif isinstance(day, DayOfMonthColumn):
        fault = month_fault(day.month)
        if fault:
            raise refused(name, "day.month", fault, "write it as 2017-05")
        month = parse_period(day.month)
        if month.ends_before <= period.starts_on or month.starts_on >= period.ends_before:
            raise refused(name, "day.month", f"{day.month} is not in {layout.period}", "correct either")
    elif isinstance(day, FixedDay) and not period.starts_on <= day.day < period.ends_before:
        raise refused(name, "day.day", f"{day.day} is not in {layout.period}", "correct either")


def month_fault(text: str) -> str:
    """Say what is wrong with a month; nothing where it is one, as 2017-05."""
    try:
        month = parse_period(text)
    except PeriodNotValid as problem:
        return str(problem)
    is_month = len(month.text) == len("2017-05") and not month.text.startswith("FY")
    return "" if is_month else f"{text!r} is no month"


def pattern_fault(pattern: str) -> str:
    """Hold a pattern against a day that it must give back, and say what is wrong; nothing where it does."""
    known = datetime(2017, 11, 23)  # noqa: DTZ001 - a day of the calendar, at no place
    try:
        found = datetime.strptime(known.strftime(pattern), pattern)  # noqa: DTZ007 - the same
    except ValueError as problem:
        return f"{pattern!r} cannot be read: {problem}"
    return "" if found.date() == known.date() else f"{pattern!r} gives no full day"


_PATTERN = "write year, month and day, as %Y-%m-%d or %m/%d/%Y"


def _check_words(part: str | CodedColumn, name: str, field: str) -> None:
    """Check the words of channels or languages, whether one for all or by code."""
    given = (
        {field: part} if isinstance(part, str) else {f"{field}.codes": word for word in part.codes.values()}
    )
    words = [part] if isinstance(part, str) else list(part.codes.values())
    place = next(iter(given), field)
    for word in words:
        if field == "channel":
            _check_choice(name, place, word, {*CHANNELS, UNKNOWN})
        elif not LANGUAGE.match(word):
            raise refused(name, place, f"{word!r} is no language", "write a word or a code in small letters")
    if isinstance(part, CodedColumn):
        _check_codes(name, field, (part.codes, part.not_known))


def _check_group(group: str, column: CodedColumn, name: str) -> None:
    field = f"groups.{group}"
    _check_column_name(group, "group", name, field)
    _check_codes(name, field, (column.codes, column.not_known))
    levels = dict.fromkeys(column.codes.values())
    if len(levels) > MOST_LEVELS:
        raise refused(
            name, field, f"it has {len(levels)} levels; a group has {MOST_LEVELS} at most",
            "put near ones together",
        )  # fmt: skip
    for level in levels:
        if not level.strip() or len(level) > LONGEST_LEVEL or level == UNKNOWN:
            raise refused(
                name, field, f"{level!r} cannot be the name of a level",
                f"write 1 to {LONGEST_LEVEL} characters; codes of which nothing is known go to not_known",
            )  # fmt: skip


def _check_questions(questions: Sequence[Question], name: str) -> None:
    if not questions:
        raise refused(name, "questions", "there is none", "give one at least")
    for what in ("question", "column"):
        values = [getattr(one, what) for one in questions]
        twice = next((value for value in values if values.count(value) > 1), None)
        if twice is not None:
            raise refused(name, "questions", f"two have the {what} {twice!r}", "keep one of them")
    known = {one.question: one for one in questions}
    for one in questions:
        _check_question(one, name)
        opened = one.shown_when
        if opened and (opened[0] not in known or opened[1] not in known[opened[0]].codes.values()):
            raise refused(
                name, f"questions.{one.question}.shown_when",
                f"nobody can answer {opened[0]} with {opened[1]} here",
                "name a question and one of its answers",
            )  # fmt: skip


def _check_question(one: Question, name: str) -> None:
    field = f"questions.{one.question}"
    _check_column_name(one.question, "question", name, field)
    _check_choice(name, f"{field}.scale", one.scale, HIGHEST_OF_SCALE)
    _check_choice(name, f"{field}.wording_class", one.wording_class, (*WORDING_CLASSES, STANDARD_WORDS))
    _check_codes(name, field, (one.codes, one.no_answer, one.not_asked))
    highest = HIGHEST_OF_SCALE[one.scale]
    for code, answer in one.codes.items():
        if not 1 <= answer <= highest:
            raise refused(
                name, f"{field}.codes",
                f"{code!r} stands for {answer}, which is outside the scale {one.scale}",
                f"write a number from 1 to {highest}, or put the code under no_answer or not_asked",
            )  # fmt: skip


def _check_column_name(value: str, what: str, name: str, field: str) -> None:
    try:
        check_name(value, what)
    except CodeNotValid as problem:
        raise refused(name, field, str(problem), "rename it") from problem


def _check_codes(name: str, field: str, lists: Sequence[Iterable[str]]) -> None:
    """Check that every code stands once, and as a cell is read: without white space around it."""
    codes = [code for part in lists for code in part]
    if not list(lists[0]):
        raise refused(name, f"{field}.codes", "no code stands for anything", "give one at least")
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice is not None:
        raise refused(name, field, f"the code {twice!r} has two meanings", "keep one of them")
    padded = next((code for code in codes if code != code.strip()), None)
    if padded is not None:
        raise refused(name, field, f"the code {padded!r} has white space at an end", "write it without")
