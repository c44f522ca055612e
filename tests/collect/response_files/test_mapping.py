"""Mappings: what they may say, what of them is refused, and what is proposed for a file."""

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
import yaml
from click.testing import CliRunner, Result

from hearback.collect.commands import group
from hearback.collect.instruments.definition import Choice, Instrument, Page, Question
from hearback.collect.queries import responses
from hearback.collect.response_files.mapping import MappingNotValid, read_mapping, schema
from hearback.collect.response_files.mapping_rules import check_mapping
from hearback.collect.response_files.seventeen import COLUMNS
from hearback.collect.response_files.table import ABOUT
from tests.collect.forms.conftest import Publish, publish

__all__ = ["publish"]
EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "airport"
SCHEMA = Path(__file__).resolve().parents[3] / "docs" / "mapping.schema.json"
CHOICES = (Choice("ease", {"en": "It was easy"}), Choice("other", {"en": "Other"}, asks_text=True))
FORM = Instrument(
    "own", {"en": "Own"}, ("en", "es"),
    (Page((
        Question("trust", "yes_no", {"en": "Do you trust us?"},
                 choices=(Choice("1", {"en": "Yes"}), Choice("0", {"en": "No"}))),
        Question("why", "multiple", {"en": "What went well?"}, choices=CHOICES),
        Question("seen", "date", {"en": "When did you come?"}),
        Question("comment", "long_text", {"en": "Anything else?"}),
    )),),
)  # fmt: skip
HEAD = "format: hearback-mapping-1\n"


def _faults(text: str, names: tuple[str, ...] = ("a", "b")) -> list[str]:
    with pytest.raises(MappingNotValid) as refused:
        check_mapping(read_mapping(HEAD + text), names, {1: FORM})
    return [f"{one.where}: {one.message}" for one in refused.value.faults]


def test_the_published_schema_is_that_of_the_program_and_the_examples_keep_to_it() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == json.loads(json.dumps(schema())), "make docs"
    validator = jsonschema.Draft202012Validator(schema())
    for file in sorted(EXAMPLES.glob("mapping_*.yaml")):
        validator.validate(yaml.safe_load(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("answers: [{column: c, question: trust}]\nleft_out: [a, b]", "no column 'c'"),
        ("answers: [{column: a, question: trust}]", "nothing is said of the columns 'b'"),
        ("answers: [{column: a, question: trust}]\nleft_out: [a, b]", "'a' is mapped too"),
        ("answers: [{column: a, question: nobody}]\nleft_out: [b]", "no version asks 'nobody'"),
        ("answers: [{column: a, question: trust, codes: {x: '7'}}]\nleft_out: [b]", "'7' is none of 0, 1"),
        ("answers: [{column: a, question: trust, codes: {x: '1'}, no_answer: [x]}]\nleft_out: [b]",
         "'x' has two meanings"),
        ("answers: [{column: a, question: trust}, {column: b, question: trust}]", "by an earlier column too"),
        ("answers: [{column: a, question: why, choice: speed}]\nleft_out: [b]", "'speed' is no choice"),
        ("answers: [{column: a, question: trust, separator: ','}]\nleft_out: [b]", "several choices"),
        ("answers: [{column: a, question: why, other: ease}]\nleft_out: [b]", "'ease' asks for no text"),
        ("answers: [{column: a, question: seen, pattern: '%d'}]\nleft_out: [b]", "gives no full day"),
        ("answers: []\nleft_out: [a, b]", "one column with answers"),
        ("answers: [{column: a, question: trust}]\nreceived: {kind: date, column: b}", "in which time zone"),
        ("answers: [{column: a, question: trust}]\nreceived: {kind: moment, column: b}\n"
         "zone: Mars/Olympus", "is no time zone"),
        ("answers: [{column: a, question: trust}]\nchannel: pigeon\nleft_out: [b]", "'pigeon' is none of"),
        ("answers: [{column: a, question: trust}]\nversion: 9\nleft_out: [b]", "version 9"),
        ("answers: [{column: a, question: trust}]\nconstants: {trust: '1'}\nleft_out: [b]",
         "by a column too"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_its_place(text: str, told: str) -> None:
    assert told in "; ".join(_faults(text))


def test_a_field_that_is_misspelt_is_refused() -> None:
    with pytest.raises(MappingNotValid, match="colum"):
        read_mapping(HEAD + "answers: [{colum: a, question: trust}]")


def _file(tmp_path: Path, rows: list[list[str]]) -> Path:
    file = tmp_path / "theirs.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    return file


ROWS = [
    ["Respondent ID", "Created At", "Do you trust us?", "What went well?", "When did you come?",
     "Anything else?", "IP Address"],
    ["r1", "2026-01-05 09:00:00 UTC", "Yes", "It was easy; Other", "01/02/2026", "Ask me@example.org",
     "10.0.0.1"],
    ["r2", "2026-01-06 10:00:00 UTC", "No", "", "23/02/2026", "", "10.0.0.2"],
]  # fmt: skip


def _run(*words: str) -> Result:
    return CliRunner().invoke(group, ["responses", *words])


@pytest.mark.django_db
def test_a_mapping_is_proposed_from_words_and_does_what_it_shows(publish: Publish, tmp_path: Path) -> None:
    form, file = publish(FORM), _file(tmp_path, ROWS)
    proposed = _run("map", form, str(file))
    assert proposed.exit_code == 0, proposed.output
    assert "me@example.org" not in proposed.output, "the preview is masked"
    assert "10.0.0.1" not in proposed.output
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(proposed.output, encoding="utf-8")
    held = read_mapping(proposed.output)
    assert [(one.column, one.question, one.codes, one.separator, one.pattern) for one in held.answers] == [
        ("Do you trust us?", "trust", {"Yes": "1", "No": "0"}, "", ""),
        ("What went well?", "why", {"It was easy": "ease", "Other": "other"}, ";", ""),
        ("When did you come?", "seen", {}, "", "%d/%m/%Y"),
        ("Anything else?", "comment", {}, "", ""),
    ]
    assert held.left_out == ("IP Address",)
    words = ("import", form, str(file), "--mapping", str(mapping))
    tried = json.loads(_run(*words, "--dry-run", "--json").stdout)
    assert tried["counts"]["answers"]["why"] == {"ease": 1, "left open": 1, "other": 1}
    assert responses(form) == []
    done = _run(*words)
    assert done.exit_code == 0, done.output
    first, second = (json.loads(one.response.answers) for one in responses(form))
    assert (first["trust"], first["why"], first["seen"]) == ("1", ["ease", "other"], "2026-02-01")
    assert "me@example.org" not in first["comment"]
    assert second == {"trust": "0", "seen": "2026-02-23"}
    assert "stored" in _run("batches", form).output
    assert _run("reverse", form, _batch(form)).exit_code == 0
    assert responses(form) == []


def _batch(form: str) -> str:
    told: dict[str, Any] = json.loads(_run("batches", form, "--json").stdout)
    return str(told["batches"][-1]["batch"])


@pytest.mark.django_db
def test_what_is_not_certain_is_left_open_and_stops_the_import(publish: Publish, tmp_path: Path) -> None:
    rows = [
        ["Respondent ID", "Created At", "Do you trust us?", "Eye colour"],
        ["r1", "02/03/2026", "Yes", "blue"],
        ["r2", "02/04/2026", "Perhaps", "brown"],
    ]
    form, file = publish(FORM), _file(tmp_path, rows)
    proposed = _run("map", form, str(file))
    assert "'Created At': days could be read in more than one way" in proposed.output
    assert (
        "nothing is said; map them or name them under left_out: 'Created At', 'Eye colour'" in proposed.output
    )
    assert "1 rows are good, 0 left out, 1 rejected" in proposed.output
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(proposed.output, encoding="utf-8")
    words = ("import", form, str(file), "--mapping", str(mapping), "--quarter", "FY2026-Q2")
    assert "nothing is said of the columns" in _run(*words).output
    mapping.write_text(proposed.output + "left_out: [Created At, Eye colour]\n", encoding="utf-8")
    refused = json.loads(_run(*words, "--json").stdout)
    (rejection,) = refused["rejections"]
    assert (rejection["line"], rejection["column"]) == (3, "Do you trust us?")
    assert "Perhaps" not in rejection["message"], "a cell may hold personal data"
    assert responses(form) == []


@pytest.mark.django_db
def test_what_is_open_is_shown_with_the_line_that_settles_it(publish: Publish, tmp_path: Path) -> None:
    rows = [
        ["Who", "Created At", "Do you trust us?", "Eye colour"],
        ["r1", "02/03/2026", "Yes", "blue"],
        ["r2", "02/04/2026", "Perhaps", "blue"],
        ["r3", "02/04/2026", "Yes", "blue"],
        ["r4", "02/04/2026", "me@example.org", "blue"],
        *([f"s{n}", "02/04/2026", "Yes", "blue"] for n in range(3)),
    ]
    told = _run("map", publish(FORM), str(_file(tmp_path, rows))).output
    assert '#   received: {kind: moment, column: "Created At", pattern: "%m/%d/%Y %H:%M"}' in told
    assert "#   key: {column: COLUMN}" in told
    settled = '- {column: "Eye colour", question: QUESTION, codes: {CELL: CODE}}'
    assert f'#   {settled}   # under answers; or left_out: ["Eye colour"]' in told
    assert "docs/responses.md" in told
    assert "QUESTION below is one of: trust, why, seen, comment" in told
    assert "more than one: 'Perhaps', '[" in told
    assert "me@example.org" not in told
    assert "the codes are 1, 0" in told
    assert "'blue'" not in told, "of columns that are not known to hold choices no cell is repeated"
    assert "'Yes' 5" in told


@pytest.mark.django_db
def test_no_message_repeats_what_a_file_without_a_header_says(publish: Publish, tmp_path: Path) -> None:
    form, who = publish(FORM), "me@example.org"
    (tmp_path / "m.yaml").write_text(HEAD + "answers: [{column: a, question: trust}]\n", encoding="utf-8")
    for known in ([], ["ID", "UUID", "Created At"], list(ABOUT), [*COLUMNS]):
        file = _file(tmp_path, [[*known, who, "x" * 500], ["1"] * (len(known) + 2)])
        for words in (["import"], ["map"], ["import", "--mapping", str(tmp_path / "m.yaml")]):
            told = (
                _run(words[0], form, str(file), *words[1:], "--quarter", "FY2026-Q2")
                if (words[0] == "import")
                else _run("map", form, str(file))
            )
            assert told.exit_code in {0, 1}, told.output
            assert who not in told.output
            assert "x" * 200 not in told.output


@pytest.mark.django_db
def test_what_was_written_in_place_of_a_choice_stands_beside_it(publish: Publish, tmp_path: Path) -> None:
    rows = [
        ["ID", "UUID", "Do you trust us?", "What went well?", "Flagged", "Created At", "User Agent"],
        ["1", "u1", "1", "ease,the garden", "false", "2026-01-05 09:00:00 UTC", "x"],
        ["2", "u2", "0", "", "true", "2026-01-05 09:00:00 UTC", "x"],
    ]
    form = publish(FORM)
    told = json.loads(_run("import", form, str(_file(tmp_path, rows)), "--json").stdout)
    assert (told["kind"], told["rows_good"], told["rows_left_out"]) == ("touchpoints", 1, 1)
    (one,) = responses(form)
    assert json.loads(one.response.answers) == {
        "trust": "1", "why": ["ease", "other"], "why.text": "the garden",
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "told"),
    [("2026-03-08 02:30", "put forward"), ("2026-13-01 09:00", "no moment"), ("1066-10-14 09:00", "years")],
)
def test_a_moment_that_no_clock_showed_is_rejected(
    publish: Publish, tmp_path: Path, moment: str, told: str
) -> None:
    form, file = publish(FORM), _file(tmp_path, [["id", "at", "trust"], ["r1", moment, "1"]])
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        HEAD + "zone: America/New_York\nkey: {column: id}\nreceived: {kind: moment, column: at}\n"
        "answers: [{column: trust, question: trust}]\n"
    )
    refused = _run("import", form, str(file), "--mapping", str(mapping))
    assert refused.exit_code == 1
    assert told in refused.output


@pytest.mark.django_db
def test_a_workbook_of_others_is_read_with_its_days_and_numbers(publish: Publish, tmp_path: Path) -> None:
    form, file, book = publish(FORM), tmp_path / "theirs.xlsx", openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["who", "when", "trust", "seen", "regular"])
    when = datetime.fromisoformat("2026-01-05T09:30")  # sheets know no zones
    sheet.append([7, when, 1, date(2026, 1, 4), True])
    sheet.append([8.0, when, 0, None, False])
    book.save(file)
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        HEAD + "zone: America/New_York\nkey: {column: who}\nreceived: {kind: moment, column: when}\n"
        "answers: [{column: trust, question: trust}, {column: seen, question: seen}]\n"
        "left_out: [regular]\n"
    )
    done = _run("import", form, str(file), "--mapping", str(mapping))
    assert done.exit_code == 0, done.output
    first, second = (one.response for one in responses(form))
    assert (first.key, json.loads(first.answers)) == ("7", {"trust": "1", "seen": "2026-01-04"})
    assert (second.key, json.loads(second.answers)) == ("8", {"trust": "0"})
    assert first.at == int(datetime(2026, 1, 5, 14, 30, tzinfo=UTC).timestamp() * 1000)
