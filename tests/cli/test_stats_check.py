"""`hearback stats check`: what passes, what fails and how that is told, and what cannot be read."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hearback.cli.stats import command

HEARBACK = Path(sys.executable).parent / "hearback"


def said(*words: str) -> Result:
    return CliRunner().invoke(command, words)


def folder_of(path: Path, *cases: dict[str, Any]) -> str:
    (path / "expected").mkdir()
    (path / "index.json").write_text(json.dumps({"cases": [{"id": case["id"]} for case in cases]}))
    for case in cases:
        whole = {"inputs": [], "parameters": {}, "r": [], "tolerance": {"rel": 1e-9, "abs": 1e-12}, **case}
        (path / "expected" / f"{case['id']}.json").write_text(json.dumps(whole))
    return str(path)


RIGHT = {
    "id": "noise",
    "family": "dp_count",
    "expected": [{"epsilon": 1, "sensitivity": 1, "laplace_scale": 1}],
}
WRONG = {"id": "other_noise", "family": "dp_count",
         "expected": [{"epsilon": 1, "sensitivity": 1, "laplace_scale": 1.001}]}  # fmt: skip
UNKNOWN = {"id": "stars", "family": "horoscope", "expected": {}}
BROKEN = {"id": "no_noise", "family": "dp_count", "expected": [{"epsilon": 0, "laplace_scale": 1}]}


def test_cases_that_pass_are_counted_by_family(tmp_path: Path) -> None:
    done = said("check", folder_of(tmp_path, RIGHT))
    assert done.exit_code == 0
    assert done.stdout.splitlines() == ["dp_count: 1 of 1 pass", "1 of 1 cases pass."]


def test_a_failure_says_what_was_expected_and_what_came(tmp_path: Path) -> None:
    done = said("check", folder_of(tmp_path, RIGHT, WRONG))
    assert done.exit_code == 1
    assert done.stdout.splitlines()[:2] == [
        "dp_count: 1 of 2 pass",
        "  other_noise: [0].laplace_scale: expected 1.001, got 1.0",
    ]


def test_a_family_nobody_knows_is_called_so_and_fails(tmp_path: Path) -> None:
    done = said("check", folder_of(tmp_path, RIGHT, UNKNOWN))
    assert done.exit_code == 1
    assert "horoscope: 0 of 1 pass (no such family is known here)" in done.stdout


def test_a_case_that_cannot_be_computed_fails_alone(tmp_path: Path) -> None:
    done = said("check", folder_of(tmp_path, BROKEN, RIGHT))
    assert done.exit_code == 1
    assert "dp_count: 1 of 2 pass" in done.stdout
    assert "no_noise: NoiseNotValid: an epsilon of 0.0" in done.stdout


def test_many_mismatches_of_a_case_are_cut_short_but_not_in_json(tmp_path: Path) -> None:
    expected = [{"epsilon": 1, "sensitivity": 1, **{f"p{k}": 2.0 for k in range(9)}}]
    folder = folder_of(tmp_path, {"id": "far_off", "family": "dp_count", "expected": expected})
    assert "  far_off: and 4 more; --json lists all" in said("check", folder).stdout
    told = json.loads(said("check", folder, "--json").stdout)
    assert told["passed"] is False
    assert (told["n_cases"], told["n_passed"]) == (1, 0)
    failure = told["families"][0]["failures"][0]
    assert (failure["case"], failure["error"], len(failure["mismatches"])) == ("far_off", None, 9)
    assert failure["mismatches"][0]["expected"] == 2.0


def test_what_is_not_computed_at_all_can_stand_in_json(tmp_path: Path) -> None:
    case = {**RIGHT, "expected": [{"epsilon": 1, "moon": 3}]}
    told = json.loads(said("check", folder_of(tmp_path, case), "--json").stdout)
    assert told["families"][0]["failures"][0]["mismatches"][0]["got"] == "nothing of that name"


def test_a_folder_without_cases_fails(tmp_path: Path) -> None:
    done = said("check", folder_of(tmp_path))
    assert (done.exit_code, done.stdout) == (1, "There are no cases in this folder.\n")


@pytest.mark.parametrize("index", [None, "not json", "[]", '{"cases": 3}', '{"cases": [{"family": "a"}]}'])
def test_a_folder_that_cannot_be_read_is_one_line(tmp_path: Path, index: str | None) -> None:
    if index is not None:
        (tmp_path / "index.json").write_text(index)
    done = said("check", str(tmp_path))
    assert done.exit_code == 2
    assert "index.json" in done.stderr
    assert "Errno" not in done.stderr
    assert "Error(" not in done.stderr
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1


def _index(folder: str, *cases: dict[str, str]) -> None:
    (Path(folder) / "index.json").write_text(json.dumps({"cases": cases}))


def test_a_case_whose_file_is_not_there_fails_and_the_others_are_told(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, RIGHT)
    _index(
        folder, {"id": "gone", "family": "dp_count"}, {"id": "lost"}, {"id": "noise", "family": "dp_count"}
    )
    done = said("check", folder)
    assert done.exit_code == 1
    assert "dp_count: 1 of 2 pass" in done.stdout
    assert f"gone: {folder}/expected/gone.json cannot be read: No such file or directory" in done.stdout
    assert "no family: 0 of 1 pass" in done.stdout
    assert done.stdout.endswith("1 of 3 cases pass.\n")


def test_an_index_that_names_another_family_than_the_case_fails_it(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, RIGHT)
    _index(folder, {"id": "noise", "family": "aapor"})
    done = said("check", folder)
    assert done.exit_code == 1
    assert (
        "noise: index.json says family 'aapor' and noise.json 'dp_count'; correct one of them" in done.stdout
    )


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"inputs": ["none.csv"], "family": "likert"}, "none.csv cannot be read: No such file or directory"),
        ({"inputs": "a.csv"}, "its inputs are no list of names of files"),
        ({"tolerance": {"rel": 1e-9}}, "its tolerance has no number abs"),
        ({"family": 3}, "its id and family are texts"),
        ({"id": "other"}, "index.json says case 'noise' and noise.json 'other'"),
    ],
)
def test_what_is_wrong_with_a_case_is_said_in_words(tmp_path: Path, wrong: dict[str, Any], told: str) -> None:
    folder = folder_of(tmp_path, RIGHT)
    file = tmp_path / "expected" / "noise.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **wrong}))
    done = said("check", folder)
    assert done.exit_code == 1
    assert told in done.stdout
    assert "Errno" not in done.stdout


@pytest.mark.parametrize("text", ["[]", '{"id": "noise"}'])
def test_a_file_that_is_no_case_fails_it(tmp_path: Path, text: str) -> None:
    folder = folder_of(tmp_path, RIGHT)
    (tmp_path / "expected" / "noise.json").write_text(text)
    assert "is no case: it " in said("check", folder).stdout


@pytest.mark.parametrize(("case", "code"), [(RIGHT, 0), (WRONG, 1)])
def test_a_script_sees_the_result_and_the_exit_code(
    environ: dict[str, str], tmp_path: Path, case: dict[str, Any], code: int
) -> None:
    (tmp_path / "cases").mkdir()
    words = [HEARBACK, "stats", "check", folder_of(tmp_path / "cases", case), "--json"]
    done = subprocess.run(words, env=environ, capture_output=True, text=True, check=False, timeout=180)
    assert done.returncode == code, done.stderr
    assert json.loads(done.stdout)["passed"] is (code == 0)
