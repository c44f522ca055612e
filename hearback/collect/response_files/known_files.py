"""Files that need no saved mapping, because their header says what they are.

They are our own exports, and the CSV that Touchpoints writes for a form. Each is read by a mapping that is
made of the header and the form.

Source: Touchpoints (GSA), export of the responses to a form: its fixed columns, its answers joined by commas.
"""

from collections.abc import Collection, Mapping, Sequence

from hearback.collect.answers.layout import CodedColumn
from hearback.collect.instruments.definition import CLOSED, Instrument, Question
from hearback.collect.instruments.vocabularies import choices_of
from hearback.collect.parsed import FileRefused
from hearback.collect.response_files.mapping import FORMAT, AnswerColumn, KeyColumn, MomentColumn, TextColumn
from hearback.collect.response_files.mapping import Mapping as FileMapping
from hearback.collect.response_files.quoting import quoted, quoter
from hearback.collect.response_files.reading import IMPORTED
from hearback.collect.response_files.seventeen import COLUMNS
from hearback.collect.response_files.table import ABOUT, layout
from hearback.collect.response_files.words import Names
from hearback.collect.rules import CHANNELS

OF_TOUCHPOINTS = (
    "ID", "UUID", "Location Code", "User Agent", "Status", "Archived", "Flagged", "Spam", "Deleted",
    "Deleted At", "Page", "Query String", "Query string", "Hostname", "Referrer", "Created At", "IP Address",
    "Tags",
)  # fmt: skip
"""Columns of that export beside those of questions, in any version of it."""

NOT_REPORTABLE = ("Flagged", "Spam", "Deleted")
"""Where one of these is true, the product counts the row in no report, and it is not taken here."""


def is_own_export(names: Collection[str]) -> bool:
    """Say whether a header is that of an export with one row for each response."""
    return set(ABOUT) <= set(names)


def mapping_of_own_export(names: Sequence[str], forms: Mapping[int, Instrument]) -> FileMapping:
    """Give what stands in an export of ours; with codes, not words, in its cells.

    Raises:
        FileRefused: if it has a column of which the form knows nothing.
    """
    known = {one.name: one for one in layout(forms.items()).columns}
    strange = [name for name in names if name not in known]
    if strange:
        raise FileRefused(
            f"The form has no question for the columns {quoted(strange, quoter(forms))}. Publish the "
            "versions that were answered first, or import the file by a mapping of its own.",
            row=1,
        )
    languages = {language for form in forms.values() for language in form.languages}
    return FileMapping(
        format=FORMAT,
        answers=tuple(
            AnswerColumn(column=one.name, question=one.answer, choice=one.choice)
            for one in known.values()
            if one.question and one.name in names
        ),
        received=MomentColumn(column="received_at"),
        key=KeyColumn(column="key"),
        version=TextColumn(column="version"),
        language=CodedColumn(column="language", codes={name: name for name in languages}),
        channel=CodedColumn(column="channel", codes={name: name for name in (*CHANNELS, IMPORTED)}),
        place=TextColumn(column="place"),
        campaign=TextColumn(column="campaign"),
        left_out=("response",),
    )


def is_touchpoints(names: Collection[str]) -> bool:
    """Say whether a header is that of the CSV that Touchpoints writes for a form."""
    return {"ID", "UUID", "Created At"} <= set(names)


def mapping_of_touchpoints(names: Sequence[str], forms: Mapping[int, Instrument]) -> FileMapping:
    """Give what stands in the CSV that Touchpoints writes for a form; columns are headed by wordings.

    The 17 columns, which it can add at the end, repeat what stands before them and are left out.

    Raises:
        FileRefused: if a column is headed by the words of no question of any version, or of two.
    """
    words = Names(forms)
    fixed = {*OF_TOUCHPOINTS, *COLUMNS}
    asked = {name: words.question(name) for name in names if name not in fixed}
    strange = [name for name, question in asked.items() if question is None]
    if strange:
        raise FileRefused(
            f"No question of the form, or more than one, has the words {quoted(strange, quoter(forms))}. "
            "Make a mapping with `hearback collect responses map`, and import the file by that.",
            row=1,
        )
    return FileMapping(
        format=FORMAT,
        answers=tuple(_column(name, question) for name, question in asked.items() if question),
        received=MomentColumn(column="Created At"),
        key=KeyColumn(column="UUID"),
        place=TextColumn(column="Location Code") if "Location Code" in names else "",
        left_out=tuple(
            name
            for name in names
            if name in fixed and name not in {"UUID", "Created At", "Location Code", *NOT_REPORTABLE}
        ),
        leave_out_rows={name: ("true",) for name in NOT_REPORTABLE if name in names},
    )


def _column(name: str, question: Question) -> AnswerColumn:
    if question.type not in CLOSED:
        return AnswerColumn(
            column=name,
            question=question.code,
            pattern="%m/%d/%Y" if question.type == "date" else "",
        )
    with_text = [choice.code for choice in choices_of(question) if choice.asks_text]
    return AnswerColumn(
        column=name,
        question=question.code,
        separator="," if question.type == "multiple" else "",
        other=with_text[0] if len(with_text) == 1 else "",
    )
