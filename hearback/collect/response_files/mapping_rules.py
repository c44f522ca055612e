"""What a mapping must keep to, so that it fits a form and a file."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hearback.collect.answers.layout import CodedColumn, DateColumn, DayOfMonthColumn
from hearback.collect.answers.layout_rules import month_fault, pattern_fault
from hearback.collect.instruments.checking import Fault
from hearback.collect.instruments.definition import CLOSED, Instrument, Question, text_code
from hearback.collect.instruments.vocabularies import choices_of
from hearback.collect.response_files.mapping import (
    CHOSEN,
    NOT_CHOSEN,
    AnswerColumn,
    MappingNotValid,
    MomentColumn,
)
from hearback.collect.response_files.mapping import Mapping as FileMapping
from hearback.collect.response_files.quoting import quoted, quoter
from hearback.collect.rules import CHANNELS


def check_mapping(mapping: FileMapping, names: Collection[str], forms: Mapping[int, Instrument]) -> None:
    """Hold a mapping against the columns of a file and the published versions of a form.

    Raises:
        MappingNotValid: names all faults.
    """
    found = [
        *_columns(mapping, names, quoter(forms)),
        *_when(mapping),
        *_about(mapping, forms),
        *_answers(mapping, forms),
    ]
    if found:
        raise MappingNotValid(found)


def _columns(mapping: FileMapping, names: Collection[str], quote: Callable[[str], str]) -> Iterator[Fault]:
    for column, field in mapping.columns.items():
        if column not in names:
            yield Fault(field, f"the header has no column {column!r}")
    silent = [name for name in names if name not in mapping.columns and name not in mapping.left_out]
    if silent:
        yield Fault(
            "left_out",
            f"nothing is said of the columns {quoted(silent, quote)}; map them or name them here",
        )
    for name in mapping.left_out:
        if name in mapping.columns:
            yield Fault("left_out", f"{name!r} is mapped too; take it out here or there")


def _when(mapping: FileMapping) -> Iterator[Fault]:
    when = mapping.received
    if mapping.zone:
        try:
            ZoneInfo(mapping.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            yield Fault("zone", f"{mapping.zone!r} is no time zone; write one as America/New_York")
    elif when is not None and not _tells_its_zone(when):
        yield Fault("zone", "say in which time zone the days are, as America/New_York")
    if isinstance(when, DateColumn) or (isinstance(when, MomentColumn) and when.pattern):
        fault = pattern_fault(when.pattern)
        if fault:
            yield Fault("received.pattern", fault)
    if isinstance(when, DayOfMonthColumn):
        fault = month_fault(when.month)
        if fault:
            yield Fault("received.month", fault)


def _tells_its_zone(when: object) -> bool:
    return isinstance(when, MomentColumn) and (not when.pattern or "%z" in when.pattern)


def _about(mapping: FileMapping, forms: Mapping[int, Instrument]) -> Iterator[Fault]:
    languages = {language for form in forms.values() for language in form.languages}
    for field, part, known in (
        ("language", mapping.language, languages),
        ("channel", mapping.channel, {*CHANNELS, "import"}),
    ):
        words = part.codes.values() if isinstance(part, CodedColumn) else [part] if part else []
        for word in words:
            if word not in known:
                yield Fault(field, f"{word!r} is none of {', '.join(sorted(known))}")
        if isinstance(part, CodedColumn) and part.not_known:
            yield Fault(
                f"{field}.not_known", "say what these cells stand for under codes; nothing is guessed"
            )
    if isinstance(mapping.version, int) and mapping.version not in forms:
        yield Fault("version", f"version {mapping.version} of the form is not published")


def _answers(mapping: FileMapping, forms: Mapping[int, Instrument]) -> Iterator[Fault]:
    asked = _asked(forms)
    seen: set[tuple[str, str]] = set()
    if not mapping.answers:
        yield Fault("answers", "name one column with answers at least")
    for at, part in enumerate(mapping.answers):
        field = f"answers[{at}]"
        if part.question not in asked:
            yield Fault(f"{field}.question", f"no version asks {part.question!r}")
            continue
        if (part.question, part.choice) in seen or (part.choice and (part.question, "") in seen):
            yield Fault(f"{field}.question", f"{part.question!r} is answered by an earlier column too")
        seen.add((part.question, part.choice))
        for what, problem in _answer(part, asked[part.question]):
            yield Fault(f"{field}.{what}", problem)
    for code, value in mapping.constants.items():
        if code not in asked:
            yield Fault("constants", f"no version asks {code!r}")
        elif any(code == question for question, _ in seen):
            yield Fault("constants", f"{code!r} is answered by a column too")
        elif asked[code] and value not in _codes(asked[code]) and asked[code][0].type in CLOSED:
            yield Fault("constants", f"{value!r} is no choice of {code}")


def _asked(forms: Mapping[int, Instrument]) -> dict[str, list[Question]]:
    """Give what every version asks, by code; under the code of the text beside a choice nothing."""
    found: dict[str, list[Question]] = {}
    for form in forms.values():
        for one in form.questions:
            found.setdefault(one.code, []).append(one)
            if one.type in CLOSED and any(choice.asks_text for choice in choices_of(one)):
                found.setdefault(text_code(one.code), [])
    return found


def _codes(asked: Iterable[Question]) -> set[str]:
    return {choice.code for one in asked for choice in choices_of(one)}


def _answer(part: AnswerColumn, asked: list[Question]) -> Iterator[tuple[str, str]]:
    kinds = {one.type for one in asked}
    offered = _codes(asked)
    is_closed = bool(kinds) and kinds <= CLOSED
    if part.choice and ("multiple" not in kinds or part.choice not in offered):
        yield "choice", f"{part.choice!r} is no choice of a question with several"
    yield from _cells(part, {CHOSEN, NOT_CHOSEN} if part.choice else offered if is_closed else None)
    yield from _ways(part, kinds, asked)


def _cells(part: AnswerColumn, offered: set[str] | None) -> Iterator[tuple[str, str]]:
    listed = [*part.codes, *part.no_answer, *part.not_asked]
    twice = next((code for code in listed if listed.count(code) > 1), None)
    if twice is not None:
        yield "codes", f"the cell {twice!r} has two meanings; keep one of them"
    for code in part.codes.values():
        if offered is not None and code not in offered:
            yield "codes", f"{code!r} is none of {', '.join(sorted(offered))}"


def _ways(part: AnswerColumn, kinds: Collection[str], asked: list[Question]) -> Iterator[tuple[str, str]]:
    if part.separator and ("multiple" not in kinds or part.choice):
        yield "separator", "only a question with several choices in one cell has one"
    if part.other and part.other not in {c.code for one in asked for c in choices_of(one) if c.asks_text}:
        yield "other", f"the choice {part.other!r} asks for no text"
    if part.pattern and "date" not in kinds:
        yield "pattern", "only a question for a day has one"
    elif part.pattern and pattern_fault(part.pattern):
        yield "pattern", pattern_fault(part.pattern)
