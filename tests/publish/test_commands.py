"""Commands of publish: what they refuse, and what they find."""

import base64
import csv
import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pytest_django import Settings

from hearback.collect.commands import load_file
from hearback.directory.commands import load
from hearback.history.queries import latest_entries
from hearback.measure.commands import compute_all
from hearback.publish.commands import group
from hearback.publish.keys import SigningKey
from hearback.publish.queries import release_folder, releases
from tests.conftest import ROOT

EXAMPLES = ROOT / "examples" / "federal"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings) -> Path:
    """Give each test a releases folder of its own."""
    for name in ("releases", "archive", "cache"):
        (tmp_path / name).mkdir()
    settings.HOME = tmp_path
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(group, list(words))


def prepare(*words: str) -> Result:
    return run("prepare", "--why", "The figures of the quarter.", "--by", "service owner", *words)


def publish() -> str:
    """Prepare a release and publish it; gives the hash of its manifest."""
    sha256: str = json.loads(prepare("--json").output)["manifest_sha256"]
    assert run("approve", sha256, "--by", "reviewer").exit_code == 0
    return sha256


def test_nothing_is_not_released() -> None:
    result = prepare()
    assert result.exit_code == 1
    assert "nothing to publish" in result.output
    assert releases() == []


def test_answers_without_their_scores_are_not_released(at: datetime) -> None:
    load(EXAMPLES, by="owner", at=at)
    load_file(EXAMPLES / "reported_surveys.csv", by="owner", at=at)
    result = prepare()
    assert result.exit_code == 1
    assert "FY2021-Q1" in result.output
    assert "hearback measure all" in result.output
    assert releases() == []


def test_a_release_is_made_once_and_verified_without_naming_it(at: datetime) -> None:
    load(EXAMPLES, by="owner", at=at)
    compute_all(by="owner", at=at)
    publish()
    again = json.loads(prepare("--json").output)
    assert (again["made"], again["number"]) == (False, 1)
    checked = run("verify", "--json")
    assert checked.exit_code == 0
    assert [r["number"] for r in json.loads(checked.output)["releases"]] == [1]
    assert run("verify", str(release_folder(1))).exit_code == 0


def test_a_changed_file_ends_verify_with_one_and_its_name(at: datetime) -> None:
    load(EXAMPLES, by="owner", at=at)
    publish()
    (release_folder(1) / "data/agencies.csv").write_bytes(b"changed")
    result = run("verify")
    assert result.exit_code == 1
    assert "data/agencies.csv" in result.output


def test_a_rewritten_manifest_is_found_by_what_the_database_remembers(at: datetime) -> None:
    load(EXAMPLES, by="owner", at=at)
    publish()
    manifest = release_folder(1) / "manifest.json"
    manifest.write_bytes(manifest.read_bytes() + b"\n")
    assert run("verify", str(release_folder(1))).exit_code == 0
    result = run("verify")
    assert result.exit_code == 1
    assert "not the one that was released" in result.output


def test_a_dry_run_makes_no_release(at: datetime) -> None:
    load(EXAMPLES, by="owner", at=at)
    result = prepare("--dry-run", "--json")
    assert json.loads(result.output)["would_freeze"]["agencies"] > 20
    assert releases() == []


def test_whoever_prepares_a_release_cannot_publish_it(at: datetime) -> None:
    load(EXAMPLES, by="owner", at=at)
    sha256 = json.loads(prepare("--json").output)["manifest_sha256"]
    for name in ("service owner", " Service Owner "):
        refused = run("approve", sha256, "--by", name)
        assert refused.exit_code == 1
        assert "somebody else has to publish it" in refused.output
    assert releases() == []
    tried = run("approve", sha256[:8], "--by", "reviewer", "--dry-run")
    assert "would be published" in tried.output
    assert releases() == []
    assert run("approve", sha256[:8], "--by", "reviewer").exit_code == 0
    (made,) = releases()
    assert (made.created_by, made.approved_by) == ("service owner", "reviewer")


def test_only_what_was_looked_at_is_published(at: datetime) -> None:
    load(EXAMPLES, by="owner", at=at)
    assert "Nothing waits" in run("approve", "0" * 64, "--by", "reviewer").output
    first = json.loads(prepare("--json").output)["manifest_sha256"]
    again = json.loads(run("prepare", "--why", "Another reason.", "--by", "owner", "--json").output)
    refused = run("approve", first, "--by", "reviewer")
    assert refused.exit_code == 1
    assert again["manifest_sha256"] in refused.output
    assert run("approve", first[:7], "--by", "reviewer").exit_code == 1


def test_what_waits_can_be_withdrawn_and_its_files_go(at: datetime, home: Path) -> None:
    load(EXAMPLES, by="owner", at=at)
    made = json.loads(prepare("--json").output)
    assert Path(made["folder"]).is_dir()
    assert "would be withdrawn" in run("withdraw", made["manifest_sha256"], "--dry-run").output
    assert Path(made["folder"]).is_dir()
    assert run("withdraw", made["manifest_sha256"], "--why", "A figure is wrong.").exit_code == 0
    assert run("approve", made["manifest_sha256"], "--by", "reviewer").exit_code == 1
    assert releases() == []


def test_a_release_needs_a_key_and_a_reason(at: datetime, settings: Settings) -> None:
    load(EXAMPLES, by="owner", at=at)
    assert "Say what changed and why" in run("prepare", "--why", " ", "--by", "owner").output
    made = json.loads(prepare("--json").output)
    settings.SIGNING_KEY = ""
    for words in (("approve", made["manifest_sha256"], "--by", "reviewer"), ("key",)):
        refused = run(*words)
        assert refused.exit_code == 1
        assert "hearback init" in refused.output
    assert releases() == []


def test_a_copy_is_verified_by_the_public_key_alone(at: datetime, tmp_path: Path) -> None:
    load(EXAMPLES, by="owner", at=at)
    publish()
    key = tmp_path / "key.pem"
    key.write_text(run("key").output, encoding="ascii")
    copy = shutil.copytree(release_folder(1), tmp_path / "elsewhere" / "0001")
    checked = run("verify", str(copy), "--key", str(key), "--json")
    (verdict,) = json.loads(checked.output)["releases"]
    assert (checked.exit_code, verdict["signature"], verdict["problems"]) == (0, "valid", [])
    assert "signature not checked: give --key" in run("verify", str(copy)).output
    other = tmp_path / "other.pem"
    other.write_text(SigningKey(base64.b64encode(bytes(32)).decode()).public, encoding="ascii")
    refused = run("verify", str(copy), "--key", str(other))
    assert refused.exit_code == 1
    assert "manifest.sig of release 1 is not a signature of its manifest by this key" in refused.output


@pytest.mark.parametrize(
    "text", ["", "no key", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"]
)
def test_a_key_that_cannot_be_read_is_wrong_use(text: str, tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    key.write_text(text, encoding="ascii")
    result = run("verify", str(tmp_path), "--key", str(key))
    assert result.exit_code == 2
    assert "--key cannot be used" in result.output


def test_a_place_that_is_neither_folder_nor_address_is_wrong_use() -> None:
    result = run("verify", "ftp://example.gov/releases/1/")
    assert result.exit_code == 2
    assert "neither a folder nor an address" in result.output


def test_a_difference_that_few_people_make_has_to_be_said_to_be_a_recount(
    at: datetime, tmp_path: Path
) -> None:
    load(EXAMPLES, by="owner", at=at)
    load_file(EXAMPLES / "reported_surveys.csv", by="owner", at=at)
    compute_all(by="owner", at=at)
    publish()
    with (EXAMPLES / "reported_surveys.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    row = next(r for r in rows if r["trust_wording_class"] == "increased_trust" and int(r["trust_5"]) > 500)
    row["trust_5"] = str(int(row["trust_5"]) - 3)
    with (tmp_path / "again.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerows(rows)
    load_file(tmp_path / "again.csv", by="owner", at=at)
    compute_all(by="owner", at=at)
    for more in ((), ("--dry-run",)):
        refused = prepare(*more)
        assert refused.exit_code == 1
        assert "Fewer than 10 people make the difference" in refused.output
        assert "--recounted" in refused.output
    assert prepare("--recounted").exit_code == 0
    assert latest_entries(1)[0].after["recounted"] is True
