"""The program as a script sees it: exit codes, one object of JSON, refusals that never show a secret."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from hearback.cli.serve import threads
from hearback.ui.terminal import ExampleCommand

HEARBACK = Path(sys.executable).parent / "hearback"


def run(environ: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [HEARBACK, *words], env=environ, capture_output=True, text=True, check=False, timeout=180
    )


def contents(home: Path) -> dict[str, bytes]:
    return {str(p.relative_to(home)): p.read_bytes() for p in sorted(home.rglob("*")) if p.is_file()}


def test_help_lists_the_stages_in_the_order_the_work_flows(environ: dict[str, str]) -> None:
    done = run(environ, "--help")
    assert done.returncode == 0
    places = [
        done.stdout.index(f"  {stage} ") for stage in ("directory", "collect", "measure", "plan", "publish")
    ]
    assert places == sorted(places)


def test_help_needs_no_home(environ: dict[str, str]) -> None:
    assert run(environ, "init", "--help").returncode == 0
    assert not Path(environ["HEARBACK_HOME"]).exists()


def test_help_of_a_stage_and_a_check_of_a_copy_need_no_home(environ: dict[str, str], tmp_path: Path) -> None:
    assert run(environ, "publish").stderr.startswith("Usage:")
    assert run(environ, "publish", "verify", "--help").returncode == 0
    (tmp_path / "copy").mkdir()
    done = run(environ, "publish", "verify", str(tmp_path / "copy"))
    assert done.returncode == 1
    assert "has no manifest.json" in done.stderr
    assert "run `hearback init` first" in run(environ, "publish", "verify").stderr
    assert not Path(environ["HEARBACK_HOME"]).exists()


def test_wrong_use_ends_with_two(environ: dict[str, str]) -> None:
    done = run(environ, "sing")
    assert done.returncode == 2
    assert "No such command 'sing'" in done.stderr


def test_without_init_the_program_says_to_run_it(environ: dict[str, str]) -> None:
    done = run(environ, "settings")
    assert done.returncode == 2
    assert "run `hearback init` first" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("HEARBACK_SUPPRESS_BELOW", "1", "at least 2"),
        ("HEARBACK_FISCAL_YEAR_STARTS", "13", "1 to 12"),
        ("HEARBACK_SITE_URL", "ftp://example.gov", "http"),
        ("HEARBACK_DEBUG", "true", "yes or no"),
        ("HEARBACK_COUNTRY", "atlantis", "a country that has a file"),
        ("HEARBACK_HOSTS", " ", "one or more names"),
        ("HEARBACK_COLOUR", "blue", "is not a setting"),
        ("HEARBACK_SECRET_KEY", "too-short-but-secret", "at least 40 characters"),
        ("HEARBACK_DATABASE_URL", "nonsense://ann:too-short-but-secret@x/y", "write postgresql://"),
    ],
)
def test_a_bad_setting_is_refused_with_what_to_write(
    environ: dict[str, str], name: str, value: str, hint: str
) -> None:
    done = run({"HEARBACK_SECRET_KEY": "k" * 40, **environ, name: value}, "settings")
    assert done.returncode == 2
    assert name in done.stderr
    assert hint in done.stderr
    assert "too-short-but-secret" not in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_settings_are_listed_without_their_secrets(environ: dict[str, str]) -> None:
    secret = "s3cret-" * 8
    done = run({**environ, "HEARBACK_SECRET_KEY": secret}, "settings", "--json")
    assert done.returncode == 0
    listed = {row["name"]: row for row in json.loads(done.stdout)["settings"]}
    assert listed["HEARBACK_HOME"]["given"] == environ["HEARBACK_HOME"]
    assert listed["HEARBACK_SECRET_KEY"]["secret"] is True
    assert secret not in done.stdout
    assert secret not in run({**environ, "HEARBACK_SECRET_KEY": secret}, "settings").stdout


def test_init_makes_a_home_and_may_run_again(environ: dict[str, str]) -> None:
    home = Path(environ["HEARBACK_HOME"])
    first = run(environ, "init", "--json")
    assert first.returncode == 0, first.stderr
    assert "keys/secret_key" in json.loads(first.stdout)["made"]
    key = (home / "keys" / "secret_key").read_bytes()
    assert (home / "keys" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert (home / "keys").stat().st_mode & 0o777 == 0o700
    second = run(environ, "init", "--json")
    assert second.returncode == 0
    assert json.loads(second.stdout)["made"] == []
    assert json.loads(second.stdout)["roles_changed"] == 0
    assert (home / "keys" / "secret_key").read_bytes() == key


def test_init_dry_run_changes_nothing(environ: dict[str, str]) -> None:
    done = run(environ, "init", "--dry-run", "--json")
    assert done.returncode == 0
    assert "keys" in json.loads(done.stdout)["would_make"]
    assert not Path(environ["HEARBACK_HOME"]).exists()


def test_something_refused_ends_with_one(environ: dict[str, str]) -> None:
    run(environ, "init")
    done = run(environ, "accounts", "link", "nobody-of-that-name")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_file_that_is_not_there_is_wrong_use(environ: dict[str, str]) -> None:
    run(environ, "init")
    assert run(environ, "collect", "import", "no-such-file.csv").returncode == 2


def test_a_dry_run_keeps_the_home_as_it_was(environ: dict[str, str]) -> None:
    home = Path(environ["HEARBACK_HOME"])
    run(environ, "init")
    before = contents(home)
    done = run(
        environ,
        "accounts",
        "add",
        "front-desk",
        "--name",
        "Front desk",
        "--role",
        "member",
        "--dry-run",
        "--json",
    )
    assert done.returncode == 0, done.stderr
    assert isinstance(json.loads(done.stdout), dict)
    assert contents(home) == before


def test_a_bad_setting_is_one_line(environ: dict[str, str]) -> None:
    done = run({**environ, "HEARBACK_COLOUR": "blue"}, "settings")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("Error: HEARBACK_COLOUR")


def test_settings_say_what_is_set(environ: dict[str, str]) -> None:
    run(environ, "init")
    done = run({**environ, "HEARBACK_SUPPRESS_BELOW": "12"}, "settings")
    assert "HEARBACK_SUPPRESS_BELOW  = 12  (default: 10)" in done.stdout
    assert "HEARBACK_FISCAL_YEAR_STARTS  = 10  (the default)" in done.stdout


def test_a_new_home_is_for_its_owner_only(environ: dict[str, str]) -> None:
    run(environ, "init")
    assert Path(environ["HEARBACK_HOME"]).stat().st_mode & 0o077 == 0


def test_a_home_that_cannot_be_made_is_refused_in_one_line(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run({**environ, "HEARBACK_HOME": str(tmp_path / "file" / "home")}, "init")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: Cannot make ")
    assert "Traceback" not in done.stderr


def test_missing_tables_are_one_line_with_what_to_do(environ: dict[str, str]) -> None:
    run(environ, "init")
    for database in Path(environ["HEARBACK_HOME"]).glob("hearback.sqlite3*"):
        database.unlink()
    done = run({**environ, "HEARBACK_DATABASE_URL": ""}, "publish", "releases")
    assert done.returncode == 1
    assert "hearback init" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_list_of_commands_has_the_whole_first_sentence_of_each(environ: dict[str, str]) -> None:
    told = " ".join(run(environ, "stats", "--help").stdout.split())
    assert "..." not in told.partition("Commands:")[2]
    assert "Compute the reference cases in FOLDER and compare, each within the tolerance it states" in told
    short = ExampleCommand("one", help="Say what it does: as a.b.\n\nMore of it.").get_short_help_str()
    assert short == "Say what it does: as a.b"
    assert ExampleCommand("two").get_short_help_str() == ""


@pytest.mark.parametrize(("processors", "expected"), [(1, 3), (2, 5), (64, 16)])
def test_a_server_has_no_more_threads_than_its_processors_can_use(
    monkeypatch: pytest.MonkeyPatch, processors: int, expected: int
) -> None:
    monkeypatch.setattr("multiprocessing.cpu_count", lambda: processors)
    assert threads() == expected


def test_a_port_that_is_taken_is_refused(environ: dict[str, str]) -> None:
    run(environ, "init")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run(environ, "serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "Choose another with --port" in done.stderr
