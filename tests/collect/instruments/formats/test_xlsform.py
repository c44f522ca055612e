"""XLSForm workbooks: what each thing becomes, what is said to be lost; and pyxform takes what we write."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from openpyxl import Workbook, load_workbook
from pyxform import xls2xform

from hearback.collect.instruments.conditions import holds
from hearback.collect.instruments.definition import Choice, Condition, Instrument
from hearback.collect.instruments.files import ready, ready_names
from hearback.collect.instruments.formats.format import FileNotRead
from hearback.collect.instruments.formats.xlsform import FORMAT
from tests.collect.instruments.strategies import instruments, unhurried

SHOWN = json.loads((Path(__file__).parent / "xlsform_shown.json").read_text(encoding="utf-8"))
"""Whether an XPath engine finds an expression true, one figure for each set of answers."""
CHOICES = [
    ["list_name", "name", "label"],
    ["yn", "yes", "Yes"],
    ["yn", "no", "No"],
    *(["l", n, f"L{n}"] for n in (1, 2, 3)),
]


def book(
    survey: list[list[Any]], choices: list[list[Any]] | None = None, settings: list[list[Any]] | None = None
) -> bytes:
    made = Workbook()
    made.remove(made.active)
    for title, rows in (("survey", survey), ("choices", choices or CHOICES), ("settings", settings or [])):
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def read(*rows: dict[str, Any], **more: Any) -> tuple[Instrument, list[str]]:
    """Read a survey of these rows, in English."""
    headings = list(
        dict.fromkeys(("type", "name", "label::English (en)", *(name for row in rows for name in row)))
    )
    cells = [[{"label::English (en)": "Q", **row}.get(name) for name in headings] for row in rows]
    more.setdefault("settings", [["form_title", "form_id"], ["T", "t"]])
    found = FORMAT.read(book([headings, *cells], **more))
    return found.instrument, [str(loss) for loss in found.losses if loss.where != "languages"]


def test_a_workbook_of_another_maker_is_read() -> None:
    survey = [
        ["type", "name", "label::English (en)", "label::Español (es)", "hint::English (en)",
         "required", "relevant", "constraint"],
        ["start", "start"],
        ["note", "hello", "Welcome", "Bienvenido"],
        ["begin group", "p1", "First", "Primero"],
        ["select_one yn", "Served", "Were you served?", "¿Le atendieron?", "Today", "yes"],
        ["end group"],
        ["begin_group", "p2", "Second"],
        ["integer", "age", "Age", "Edad", None, "true", "${Served} = 'yes'", ". >= 18 and . < 100"],
        ["text", "why", "Why?", None, None, None, "selected(${Served}, 'no') or ${age} > 60",
         "string-length(.) <= 200"],
        ["end_group"],
    ]  # fmt: skip
    settings = [
        ["form_title", "form_id", "default_language", "version"],
        ["My form", "My Form!", "English (en)", 2026],
    ]
    found = FORMAT.read(book(survey, settings=settings))
    made = found.instrument
    assert (made.key, made.title, made.languages) == ("my-form", {"en": "My form"}, ("en", "es"))
    assert made.introduction == {"en": "Welcome", "es": "Bienvenido"}
    assert [(page.title, [q.code for q in page.questions]) for page in made.pages] == [
        ({"en": "First", "es": "Primero"}, ["served"]), ({"en": "Second"}, ["age", "why"]),
    ]  # fmt: skip
    served, age, why = made.questions
    assert (served.type, served.required, served.help) == ("single", True, {"en": "Today"})
    assert served.choices == (Choice("yes", {"en": "Yes"}), Choice("no", {"en": "No"}))
    assert (age.type, age.at_least, age.at_most) == ("number", 18, 99)
    assert age.show_when == Condition("served", is_any_of=("yes",))
    assert why.max_length == 200
    assert why.show_when == Condition(
        any=(
            Condition("served", is_any_of=("no",)),
            Condition(all=(Condition("age", answered=True), Condition(none=(Condition("age", at_most=60),)))),
        )
    )
    assert [loss.where for loss in found.losses] == [
        "survey.2", "survey.3", "questions.Served", "questions.age.type", "settings.version",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "ours", "losses"),
    [
        ("text", "text", 0), ("integer", "number", 1), ("decimal", "number", 0), ("date", "date", 0),
        ("hidden", "hidden", 0), ("calculate", "hidden", 1), ("select_one yn", "single", 0),
        ("select one yn", "single", 0), ("select_multiple yn", "multiple", 0), ("rank yn", "multiple", 1),
        ("acknowledge", "multiple", 1), ("time", "text", 1), ("dateTime", "text", 1), ("range", "number", 1),
        ("barcode", "text", 1),
    ],
)  # fmt: skip
def test_each_type_becomes_ours(kind: str, ours: str, losses: int) -> None:
    made, said = read({"type": kind, "name": "q"})
    assert ([one.type for one in made.questions], len(said)) == ([ours], losses), said


@pytest.mark.parametrize(
    "kind", ["geopoint", "image", "audio", "file", "xml-external", "select_one_from_file a.csv"]
)
def test_a_type_without_counterpart_is_dropped_and_said(kind: str) -> None:
    made, said = read({"type": kind, "name": "q"})
    assert made.questions == ()
    assert said == [f"questions.q: a question of type “{kind}” has no counterpart; it is dropped"]


def test_appearance_tells_scales_and_long_texts() -> None:
    made, said = read(
        {"type": "select_one l", "name": "a", "appearance": "likert"},
        {"type": "select_one yn", "name": "b", "appearance": "likert"},
        {"type": "text", "name": "c", "appearance": "multiline"},
        {"type": "text", "name": "d", "appearance": "masked"},
    )
    assert [one.type for one in made.questions] == ["rating", "single", "long_text", "text"]
    assert [line.split(":")[0] for line in said] == ["questions.b.appearance", "questions.d.appearance"]


def test_or_other_becomes_a_choice_that_asks_for_text() -> None:
    made, said = read({"type": "select_multiple yn or_other", "name": "q"})
    assert made.questions[0].choices[-1] == Choice("other", {"en": "Other"}, asks_text=True)
    assert [line.split(":")[0] for line in said] == ["questions.q.choices.other"]


@pytest.mark.parametrize(
    ("relevant", "condition"),
    [
        ("${c} = 'yes'", Condition("c", is_any_of=("yes",))),
        ("'yes' = ${c}", Condition("c", is_any_of=("yes",))),
        ("${c} != 'yes'", Condition(none=(Condition("c", is_any_of=("yes",)),))),
        ("${c} = ''", Condition("c", answered=False)),
        ("${c} != ''", Condition("c", answered=True)),
        ("string-length(${c}) > 0", Condition("c", answered=True)),
        ("${c} = 'maybe'", Condition(any=())),
        ("selected(${m}, 'yes')", Condition("m", is_any_of=("yes",))),
        ("not(selected(${m}, 'yes'))", Condition(none=(Condition("m", is_any_of=("yes",)),))),
        ("${m} = 'yes'", Condition(all=(Condition("m", is_any_of=("yes",)), Condition("m", at_most=1)))),
        ("count-selected(${m}) >= 2", Condition("m", at_least=2)),
        ("count-selected(${m}) = 0", Condition("m", answered=False)),
        ("count-selected(${m}) < 2",
         Condition(any=(Condition("m", answered=False), Condition("m", at_most=1)))),
        ("${n} >= 1.5", Condition("n", at_least=1.5)),
        ("${n} >= 1 and ${n} <= 5", Condition("n", at_least=1, at_most=5)),
        ("${n} = 5", Condition("n", is_any_of=("5",))),
        ("${n} < 5",
         Condition(all=(Condition("n", answered=True), Condition(none=(Condition("n", at_least=5),))))),
        ("${c} = 'yes' or ${c} = 'no'", Condition("c", is_any_of=("yes", "no"))),
        ("${s} > 1", Condition("s", is_any_of=("2", "3"))),
        ("true()", Condition(all=())),
        ("(((${n} >= 1)))", Condition("n", at_least=1)),
    ],
)  # fmt: skip
def test_relevant_becomes_a_condition(relevant: str, condition: Condition) -> None:
    made, said = read(
        {"type": "select_one yn", "name": "c"}, {"type": "select_multiple yn", "name": "m"},
        {"type": "decimal", "name": "n"}, {"type": "select_one l", "name": "s"},
        {"type": "text", "name": "q", "relevant": relevant},
    )  # fmt: skip
    assert said == []
    assert made.questions[-1].show_when == condition


@pytest.mark.parametrize("relevant", SHOWN["shown"])
def test_a_question_is_shown_when_an_xpath_engine_says_so(relevant: str) -> None:
    made, said = read(
        {"type": "select_one xyz", "name": "one"}, {"type": "select_multiple xyz", "name": "many"},
        {"type": "decimal", "name": "age"}, {"type": "select_one l", "name": "scale", "appearance": "likert"},
        {"type": "text", "name": "words"}, {"type": "text", "name": "q", "relevant": relevant},
        choices=[["list_name", "name", "label"], *(["xyz", n, n] for n in "xyzabc"),
                 *(["l", n, n] for n in range(1, 6))],
    )  # fmt: skip
    assert said == []
    shown = [
        holds(
            made.questions[-1].show_when,
            {name: float(v) if name == "age" else v for name, v in answers.items()},
        )
        for answers in SHOWN["answers"]
    ]
    assert "".join(str(int(one)) for one in shown) == SHOWN["shown"][relevant]


@pytest.mark.parametrize(
    "relevant",
    ["${z} = 1", "${n} > today()", "${n} mod 2 = 0", "${n} = ${c}", "regex(${c}, '.*')", "position(..) > 1",
     "${d} >= '2026-01-01'", "${m} > 1", "${t} > 3", "count(${m}) > 1", "${n}", "coalesce(${n}, 1) = 1"],
)  # fmt: skip
def test_a_rule_that_is_not_understood_is_dropped_and_quoted(relevant: str) -> None:
    made, said = read(
        {"type": "select_one yn", "name": "c"}, {"type": "select_multiple yn", "name": "m"},
        {"type": "decimal", "name": "n"}, {"type": "date", "name": "d"}, {"type": "text", "name": "t"},
        {"type": "text", "name": "q", "relevant": relevant},
    )  # fmt: skip
    assert made.questions[-1].show_when is None
    assert len(said) == 1
    assert said[0].startswith(f"questions.q.show_when: “{relevant}”: ")


@pytest.mark.parametrize(
    ("kind", "constraint", "limits"),
    [
        ("decimal", ". >= 1 and . <= 2.5", {"at_least": 1, "at_most": 2.5}),
        ("decimal", "1 <= .", {"at_least": 1}),
        ("integer", ". > 0 and . < 10", {"at_least": 1, "at_most": 9}),
        (
            "date",
            ". >= date('2026-01-01') and . <= '2026-12-31'",
            {"earliest": "2026-01-01", "latest": "2026-12-31"},
        ),
        ("text", "string-length(.) < 10", {"max_length": 9}),
        ("select_multiple yn", "count-selected(.) <= 1", {"max_choices": 1}),
        ("decimal", ". > 0", None),
        ("date", ". <= today()", None),
        ("text", "regex(., '[A-Z]+')", None),
        ("text", ". >= 1", None),
        ("decimal", ". >= ${q}", None),
        ("decimal", ". >= 1 or . = 0", None),
        ("decimal", ". >= 1 and . >= 2", None),
        ("select_multiple yn", "count-selected(.) >= 1", None),
    ],
)
def test_constraints_become_limits_or_are_said_to_be_lost(
    kind: str, constraint: str, limits: dict[str, Any] | None
) -> None:
    made, said = read({"type": kind, "name": "q", "constraint": constraint})
    fields = ("at_least", "at_most", "earliest", "latest", "max_length", "max_choices")
    values = {name: getattr(made.questions[0], name) for name in fields}
    found = {
        name: str(v) if name in {"earliest", "latest"} else v for name, v in values.items() if v is not None
    }
    assert found == (limits or {})
    lost = [line for line in said if line.startswith("questions.q.constraint: ")]
    assert len(lost) == (limits is None)


def test_groups_within_groups_repeats_and_notes_are_said() -> None:
    made, said = read(
        {"type": "begin_repeat", "name": "r", "relevant": "true()"},
        {"type": "text", "name": "a"},
        {"type": "begin_group", "name": "g", "label::English (en)": "Inner"},
        {"type": "text", "name": "b"},
        {"type": "end_group"},
        {"type": "note", "name": "n", "label::English (en)": "Last"},
        {"type": "end_repeat"},
        {"type": "text", "name": "c"},
    )
    assert [[q.code for q in page.questions] for page in made.pages] == [["a", "b"], ["c"]]
    assert [q.help for q in made.questions] == [{}, {"en": "Inner"}, {"en": "Last"}]
    assert [line.split(":")[0] for line in said] == ["survey.2", "survey.4", "survey.4", "survey.7"]


def test_every_cell_that_nothing_reads_is_said() -> None:
    _, said = read(
        {"type": "text", "name": "q", "default": "x", "required": "${a} = 1",
         "media::image::English (en)": "a.png",
         "read_only": "yes"},
        settings=[["form_title", "style"], ["T", "theme-grid"]],
        choices=[*CHOICES, ["yn", "z", "Z"]],
    )  # fmt: skip
    assert sorted(line.split(": ")[0] for line in said) == [
        "questions.q.default", "questions.q.media::image::English (en)", "questions.q.read_only",
        "questions.q.required", "settings.style",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("headings", "default", "languages"),
    [
        (["label"], None, ("en",)),
        (["label"], "French (fr)", ("fr",)),
        (["label::French"], None, ("fr",)),
        (["label:Spanish", "label::Arabic (ar)"], None, ("es", "ar")),
        (["label::Simplified Chinese"], None, ("zh-Hans",)),
        (["label::Elvish"], None, ("qaa",)),
    ],
)
def test_languages_are_found(headings: list[str], default: str | None, languages: tuple[str, ...]) -> None:
    survey = [["type", "name", *headings], ["text", "q", *("Q" for _ in headings)]]
    settings = [["form_title", "default_language"], ["T", default]]
    assert FORMAT.read(book(survey, [["list_name", "name"]], settings)).instrument.languages == languages


def test_a_form_in_pages_goes_in_steps() -> None:
    made, said = read({"type": "text", "name": "q"}, settings=[["form_title", "style"], ["T", "pages"]])
    assert (made.delivery.steps, said) == (True, [])
    assert read({"type": "text", "name": "q"})[0].delivery.steps is False


def test_columns_without_a_heading_or_with_one_twice_are_said() -> None:
    survey = [["Type", "NAME", "label::English (en)", None, "name"], ["text", "q", "Q", "stray", "again"]]
    found = FORMAT.read(book(survey, [["list_name", "name"]], [["form_title"], ["T"]]))
    assert [one.code for one in found.instrument.questions] == ["q"]
    assert [loss.where for loss in found.losses] == ["questions.q.(column 4)", "questions.q.name (column 5)"]


def test_what_begins_with_an_equals_sign_is_a_text() -> None:
    made, _ = read({"type": "text", "name": "q"})
    data = FORMAT.write(Instrument("a", {"en": "=1+1"}, ("en",), made.pages)).data
    cell = load_workbook(io.BytesIO(data))["settings"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_control_characters_are_left_out_and_said() -> None:
    written = FORMAT.write(Instrument("a", {"en": "bell\x07"}, ("en",), ()))
    assert FORMAT.read(written.data).instrument.title == {"en": "bell"}
    assert [str(loss) for loss in written.losses] == ["title: it holds control characters; they are left out"]


def _zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _with_entities() -> bytes:
    """Give a workbook whose first part defines an entity, as attacks on XML readers do."""
    source, file = zipfile.ZipFile(io.BytesIO(book([["type"]]))), io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in source.namelist():
            text = source.read(name)
            if name == "xl/workbook.xml":
                text = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + text
            archive.writestr(name, text)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no Excel workbook"),
        (b"PK\x03\x04", "no Excel workbook"),
        (_zipped(), "no Excel workbook"),
        (_zipped(big=b"0" * 50_000_001), "more than 50 MB"),
        (_with_entities(), "no Excel workbook"),
        (book([["type"], *(["note"] for _ in range(10_001))]), "goes on after row 10,000"),
        (book([[f"c{n}" for n in range(501)]]), "more than 500 columns"),
    ],
    ids=["empty", "broken", "no workbook", "bomb", "entities", "long", "wide"],
)
def test_what_is_no_workbook_is_refused_with_a_reason(data: bytes, message: str) -> None:
    with pytest.raises(FileNotRead, match=message):
        FORMAT.read(data)


def test_a_workbook_without_a_survey_names_its_sheets() -> None:
    made = Workbook()
    file = io.BytesIO()
    made.save(file)
    with pytest.raises(
        FileNotRead, match="no sheet named survey, as every XLSForm has; its sheets are sheet"
    ):
        FORMAT.read(file.getvalue())


@pytest.mark.parametrize("name", sorted(set(ready_names()) - {"empty"}))
def test_pyxform_makes_an_xform_of_what_we_write(name: str) -> None:
    xform = xls2xform.convert(
        io.BytesIO(FORMAT.write(ready(name)).data), validate=False, file_type=".xlsx"
    ).xform
    for question in ready(name).questions:
        assert f"<{question.code}" in xform


@settings(parent=unhurried, max_examples=15)
@given(instruments())
def test_pyxform_takes_any_instrument(instrument: Instrument) -> None:
    if instrument.questions:
        xls2xform.convert(io.BytesIO(FORMAT.write(instrument).data), validate=False, file_type=".xlsx")
