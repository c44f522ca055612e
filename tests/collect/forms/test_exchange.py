"""Forms from the files of other programs, and into them, on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hearback.collect.commands import group
from hearback.collect.instruments import files
from hearback.collect.instruments.formats import FORMATS
from hearback.collect.queries import form

pytestmark = pytest.mark.usefixtures("home", "directory")
NEW = ("new", "a", "--service", "service-2", "--provider", "provider-21", "--from")
SURVEY = {
    "title": "T",
    "logo": "x.png",
    "pages": [{"elements": [{"type": "comment", "name": "Why", "title": "Why?"}]}],
}


def run(*words: object) -> Result:
    """Run `hearback collect form …`."""
    return CliRunner().invoke(group, ["form", *(str(word) for word in words)])


def told(*words: object) -> dict[str, Any]:
    """Run it and read the one JSON object that it printed."""
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize("name", ["yaml", *(one.name for one in FORMATS)])
def test_a_form_goes_out_and_comes_in_again(name: str, tmp_path: Path) -> None:
    assert told(*NEW, "thumbs")["losses"] == []
    file = tmp_path / "form"
    report = told("export", "a", file, "--format", name)
    assert (report["version"], report["format"], report["file"]) == (1, name, str(file))
    assert (report["losses"] == []) == (name == "yaml")
    back = told("edit", "a", file)
    assert back["faults"] == []
    found = form("a")
    assert found is not None
    assert [one.code for one in found.newest.instrument.questions] == [
        "trust",
        "positive",
        "negative",
        "comment",
    ]
    if name != "touchpoints":
        assert found.newest.instrument == files.ready("thumbs")


def test_losses_are_printed_one_a_line_and_given_to_scripts(tmp_path: Path) -> None:
    file = tmp_path / "survey.json"
    file.write_text(json.dumps(SURVEY), encoding="utf-8")
    report = told(*NEW, file, "--dry-run")
    assert report["losses"] == [
        {"where": "questions.Why", "what": "the name “Why” is no code, or taken", "done": "it is called why"},
        {"where": "survey.logo", "what": "“x.png” has no counterpart", "done": "it is dropped"},
    ]
    assert form("a") is None
    lines = run(*NEW, file).stdout.splitlines()
    assert lines[1:] == [
        "What could not be carried over:",
        "- questions.Why: the name “Why” is no code, or taken; it is called why.",
        "- survey.logo: “x.png” has no counterpart; it is dropped.",
    ]


def test_a_dry_run_says_what_is_lost_and_writes_nothing(tmp_path: Path) -> None:
    run(*NEW, "thumbs")
    file = tmp_path / "form.json"
    result = run("export", "a", file, "--format", "touchpoints", "--dry-run")
    assert result.stdout.startswith(
        f"Would write version 1 of a into {file}.\nWhat could not be carried over:\n"
    )
    assert not file.exists()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04 broken", "neither text in UTF-8"),
        (b"\xff\xfe\x00", "The file cannot be read: it is neither text in UTF-8 nor any of XLSForm workbook"),
        (b'{"pages": [1]}', "The file cannot be read: pages is no list of objects."),
        (b'{"data": {"type": "forms"}, "included": 5}', "The file cannot be read: questions"),
        (b'{"some": "json"}', "file: Object contains unknown field `some`"),
        (b"key: [", "file: is not YAML"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, message: str, tmp_path: Path) -> None:
    run(*NEW, "thumbs")
    file = tmp_path / "file"
    file.write_bytes(data.replace(b"PK\x03\x04", b"PK\x03\x04\xff"))
    for words in (("edit", "a", file), ("new", "b", *NEW[2:], file)):
        result = run(*words)
        assert result.exit_code == 1
        assert message in result.output


def test_a_form_or_version_that_is_not_there_is_refused(tmp_path: Path) -> None:
    run(*NEW, "thumbs")
    assert "There is no form 'z'" in run("export", "z", tmp_path / "x", "--format", "yaml").output
    assert "has no version 7" in run("export", "a", tmp_path / "x", "--format", "yaml", "--version", 7).output
    assert "cannot be written" in run("export", "a", tmp_path / "no" / "x", "--format", "yaml").output


def test_the_schema_is_printed_as_json_either_way() -> None:
    assert json.loads(run("schema").stdout) == told("schema") == json.loads(json.dumps(files.schema()))


def test_a_dry_run_of_an_edit_says_what_would_change(tmp_path: Path) -> None:
    run(*NEW, "thumbs")
    file = tmp_path / "form.yaml"
    text = files.write_yaml(files.ready("thumbs"))
    file.write_text(text.replace("How did we do?", "How was it?"), encoding="utf-8")
    lines = run("edit", "a", file, "--dry-run").stdout.splitlines()
    assert lines[:2] == [
        "Version 1 of a would be a draft.",
        "title (en): “How did we do?” becomes “How was it?”",
    ]
    assert run("edit", "a", file).stdout.startswith("Version 1 of a is a draft.")
    assert "Nothing would change." in run("edit", "a", file, "--dry-run").stdout
