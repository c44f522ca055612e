"""What an export writes an import reads back the same, for any form and any answers, in every format."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.collect.instruments import files
from hearback.collect.instruments.answering import NotAccepted
from hearback.collect.instruments.definition import CLOSED, Instrument
from hearback.collect.instruments.prepared import Prepared
from hearback.collect.instruments.vocabularies import choices_of
from hearback.collect.intake.receiving import Receiver, Sent
from hearback.collect.intake.store import Received, Stored
from hearback.collect.response_files.mapping import (
    FORMAT,
    AnswerColumn,
    KeyColumn,
    MomentColumn,
    TextColumn,
    read_mapping,
    write_mapping,
)
from hearback.collect.response_files.mapping import Mapping as FileMapping
from hearback.collect.response_files.opened import opened, receivers
from hearback.collect.response_files.reading import Given, Outcome
from hearback.collect.response_files.seventeen import COLUMNS, EXTRA, seventeen
from hearback.collect.response_files.table import Column, layout
from hearback.collect.response_files.writing import WRITERS, write
from tests.collect.instruments.strategies import fitting_answers, instruments, unhurried

ZONES = [UTC, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu")]
FIRST = datetime(1991, 1, 2, tzinfo=UTC)
BESIDE = Given(None, "en", 1, sha256="0" * 64)
BESIDE_ANSWERS = (
    "Location Code", "User Agent", "Status", "Archived", "Flagged", "Page", "Hostname", "Referrer",
    "Created At", "IP Address", "Tags",
)  # fmt: skip
hard_texts = st.sampled_from(
    ["not shown", "'not shown", "''not shown", "=1+1", "'quoted'", "-1", "a,b;c\"d", "two\nlines", "a\rb",
     "tab\tbed", "_x0041_", "bell\x07", "\x85", "  ", "null", "0", "202-555-0143", "a@b.example"]
)  # fmt: skip
texts = hard_texts | st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
"""What people write, and what formats are known to change."""


@st.composite
def answered(draw: st.DrawFn, form: Receiver, number: int) -> Received | None:
    """Give one response to a version as it is stored; None where the form does not take it."""
    prepared: Prepared = form.prepared
    given: dict[str, Any] = {}
    for name in sorted(prepared.fields):
        if not draw(st.booleans()):
            continue
        asked = prepared.asked.get(name)
        free = asked is None or asked.question.type in {"text", "long_text", "hidden"}
        given[name] = draw(texts) if free else draw(fitting_answers(prepared, name))
    not_asked = draw(st.sets(st.sampled_from(sorted(prepared.asked)))) if prepared.asked else set()
    sent = Sent(
        given,
        draw(st.sampled_from(prepared.instrument.languages)),
        key=f"k{number}",
        channel=draw(st.sampled_from(["website", "email", "import"])),
        place=draw(st.sampled_from(["", "lobby", "=lobby", "not shown"])),
        campaign=draw(st.sampled_from(["", "spring"])),
        not_asked=not_asked if draw(st.booleans()) else (),
    )
    at = FIRST + timedelta(milliseconds=draw(st.integers(0, 3_400_000_000_000)))
    try:
        return form.take(sent, at)
    except NotAccepted:
        return None


@st.composite
def responses(draw: st.DrawFn) -> tuple[dict[int, Instrument], list[Received]]:
    """Give the versions of a form, and responses to each of them."""
    forms = {number: draw(instruments()) for number in range(1, draw(st.integers(1, 2)) + 1)}
    taken = [
        draw(answered(form, 10 * number + at))
        for number, form in receivers("form", forms).items()
        for at in range(draw(st.integers(1, 3)))
    ]
    return forms, [one for one in taken if one is not None]


def said(one: Outcome) -> dict[str, Any]:
    """Give what a response says, in the one way that two can be held against one another."""
    assert isinstance(one, Received), one
    held = msgspec.structs.asdict(one)
    answers = msgspec.json.decode(held.pop("answers"))
    held.pop("masked")  # a text that was masked once has nothing to mask any more
    return {**held, "answers": answers, "not_shown": sorted(held["not_shown"])}


def there_and_back(
    name: str,
    columns: Sequence[Column],
    rows: Iterator[Sequence[Any]],
    forms: Mapping[int, Instrument],
    mapping: FileMapping | None = None,
) -> list[Outcome]:
    """Write a file and read it."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / name
        write(file, columns, rows)
        beside = Given(None, "en", max(forms), sha256="0" * 64)
        return list(opened(file, "form", forms, beside, mapping).outcomes)


@pytest.mark.parametrize("ending", sorted(WRITERS))
@unhurried
@given(made=responses(), zone=st.sampled_from(ZONES))
def test_an_export_comes_back_the_same(
    ending: str, made: tuple[dict[int, Instrument], list[Received]], zone: Any
) -> None:
    """Versions, languages, times, places; what was chosen, not chosen, left open and never shown."""
    forms, before = made
    if not before:
        return
    plan = layout(forms.items())
    rows = (plan.row(Stored(n, one), zone, words=False) for n, one in enumerate(before, start=1))
    after = there_and_back(f"out.{ending}", plan.columns, rows, forms)
    assert [said(one) for one in after] == [said(one) for one in before]


@pytest.mark.parametrize("name", ["thumbs", "thumbs_five_point"])
@unhurried
@given(data=st.data(), zone=st.sampled_from(ZONES))
def test_the_seventeen_columns_come_back_the_same(name: str, data: st.DataObject, zone: Any) -> None:
    forms = {1: files.ready(name)}
    form = receivers("form", forms)[1]
    drawn = [data.draw(answered(form, n)) for n in range(3)]
    before = [
        msgspec.structs.replace(one, channel="import", place="", campaign="")
        for one in drawn
        if one is not None and set(one.not_shown) == hidden_by_rule(form, one)
    ]
    shape = seventeen(forms[1])

    def rows() -> Iterator[Sequence[Any]]:
        for one in before:
            when = datetime.fromtimestamp(one.at / 1000, zone).isoformat(timespec="milliseconds")
            cells = shape.row(one.key, msgspec.json.decode(one.answers), one.not_shown)
            yield [*cells, when, one.language]

    after = there_and_back("out.csv", [Column(one) for one in (*COLUMNS, *EXTRA)], rows(), forms)
    assert [without_text_beside(said(one)) for one in after] == [
        without_text_beside(said(one)) for one in before
    ]


def hidden_by_rule(form: Receiver, one: Received) -> set[str]:
    """Give what the rules of the form hide: the 17 columns can say nothing else."""
    answers = msgspec.json.decode(one.answers)
    if "trust" not in answers:
        return {"nothing can be said of a response without trust"}
    sent = Sent(answers, one.language, one.key)
    return set(form.take(sent, FIRST).not_shown)


def without_text_beside(response: dict[str, Any]) -> dict[str, Any]:
    """Leave out what was written beside a choice, for which the 17 columns have no place."""
    answers = {code: a for code, a in response["answers"].items() if not code.endswith(".text")}
    return {**response, "answers": answers}


@unhurried
@given(made=responses(), data=st.data())
def test_a_file_of_others_comes_back_by_its_mapping(
    made: tuple[dict[int, Instrument], list[Received]], data: st.DataObject
) -> None:
    """The same answers under other names and codes, as another program would have written them."""
    forms, before = made
    number = max(forms)
    kept = [one for one in before if one.version == number]
    if not kept or not forms[number].questions:
        return
    parts, write_cells = foreign(forms[number], data)
    mapping = FileMapping(
        format=FORMAT,
        answers=tuple(parts),
        zone="Asia/Kathmandu",
        received=MomentColumn(column="When", pattern="%d.%m.%Y %H:%M:%S.%f"),
        key=KeyColumn(column="Who", prefix="k"),
        version=number,
        language=kept[0].language,
        channel="website",
        place=TextColumn(column="Where"),
        left_out=("Weight",),
    )
    assert read_mapping(write_mapping(mapping)) == mapping
    zone = ZoneInfo("Asia/Kathmandu")
    kept = [
        msgspec.structs.replace(one, language=kept[0].language, channel="website", campaign="")
        for one in kept
    ]

    def rows() -> Iterator[list[str]]:
        for one in kept:
            when = datetime.fromtimestamp(one.at / 1000, zone).strftime("%d.%m.%Y %H:%M:%S.%f")
            cells = write_cells(msgspec.json.decode(one.answers), one.not_shown)
            yield [one.key[1:], when, one.place, "1.5", *cells]

    with TemporaryDirectory() as folder:
        file = Path(folder) / "theirs.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["Who", "When", "Where", "Weight", *(part.column for part in parts)])
            writer.writerows(rows())
        after = list(opened(file, "form", forms, BESIDE, mapping).outcomes)
    assert [said(one) for one in after] == [said(one) for one in kept]


def foreign(instrument: Instrument, data: st.DataObject) -> tuple[list[AnswerColumn], Any]:
    """Give columns and codes of another program for a form, and what writes answers in them."""
    parts: list[AnswerColumn] = []
    for at, question in enumerate(instrument.questions):
        codes = {f"c{n}": choice.code for n, choice in enumerate(choices_of(question))}
        flags = question.type == "multiple" and data.draw(st.booleans())
        name = f"Q{at}"
        if flags:
            parts += [
                AnswerColumn(
                    column=f"{name}/{n}", question=question.code, choice=choice.code,
                    codes={"x": "chosen", "-": "not_chosen"}, not_asked=("N/A",),
                )
                for n, choice in enumerate(choices_of(question))
            ]  # fmt: skip
        else:
            parts.append(
                AnswerColumn(
                    column=name,
                    question=question.code,
                    codes=codes if question.type in CLOSED else {},
                    no_answer=("?",),
                    not_asked=("N/A",),
                    separator="|" if question.type == "multiple" else "",
                    pattern="%d/%m/%Y" if question.type == "date" else "",
                )
            )  # fmt: skip
        if any(choice.asks_text for choice in choices_of(question)) and question.type in CLOSED:
            parts.append(AnswerColumn(column=f"{name} text", question=f"{question.code}.text"))
    kinds = {one.code: one.type for one in instrument.questions}

    def cells(answers: dict[str, Any], not_shown: Sequence[str]) -> list[str]:
        return [_cell(part, kinds.get(part.question, ""), answers, not_shown) for part in parts]

    return parts, cells


def _cell(part: AnswerColumn, kind: str, answers: dict[str, Any], not_shown: Sequence[str]) -> str:
    answer = answers.get(part.question)
    if part.question in not_shown:
        return "N/A"
    if part.choice:
        return "" if answer is None else "x" if part.choice in answer else "-"
    if answer is None:
        return "" if kind == "" else "?"
    theirs = {code: cell for cell, code in part.codes.items()}
    if isinstance(answer, list):
        return "|".join(theirs[one] for one in answer)
    if kind == "date":
        year, month, day = answer.split("-")
        return f"{day}/{month}/{year}"
    return theirs.get(answer, str(answer)) if kind in CLOSED else str(answer)


@unhurried
@given(data=st.data())
def test_the_csv_of_touchpoints_is_read_as_that_product_writes_it(data: st.DataObject) -> None:
    """Columns headed by wordings, several choices joined by commas; flagged rows are left out."""
    instrument = files.ready("thumbs")
    form = receivers("form", {1: instrument})[1]
    drawn = [data.draw(answered(form, n)) for n in range(3)]
    before = [
        msgspec.structs.replace(one, language="en", channel="import", campaign="", place="")
        for one in drawn
        if one is not None and set(one.not_shown) == hidden_by_rule(form, one)
    ]
    flagged = data.draw(st.lists(st.booleans(), min_size=len(before), max_size=len(before)))
    with TemporaryDirectory() as folder:
        file = Path(folder) / "responses.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            wordings = [one.words["en"] for one in instrument.questions]
            writer.writerow(["ID", "UUID", *wordings, *BESIDE_ANSWERS])
            for n, (one, is_flagged) in enumerate(zip(before, flagged, strict=True)):
                answers = msgspec.json.decode(one.answers)
                moment = datetime.fromtimestamp(one.at // 1000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
                cells = [_of_product(answers, question.code) for question in instrument.questions]
                beside = ["", "Mozilla", "received", "false", str(is_flagged).lower(), "/", "x", "", moment]
                writer.writerow([n, one.key, *cells, *beside, "10.0.0.1", ""])
        after = list(opened(file, "form", {1: instrument}, BESIDE).outcomes)
    kept = [one for one, is_flagged in zip(before, flagged, strict=True) if not is_flagged]
    found = [said(one) for one in after if isinstance(one, Received)]
    assert found == [{**without_text_beside(said(one)), "at": one.at // 1000 * 1000} for one in kept]
    assert len(after) == len(before)
    assert "Mozilla" not in json.dumps(found)


def _of_product(answers: dict[str, Any], code: str) -> str:
    answer = answers.get(code, "")
    return ",".join(answer) if isinstance(answer, list) else str(answer)
