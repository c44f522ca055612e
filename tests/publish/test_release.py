"""Freezing a release, reading it back, and noticing damage."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from hearback.history.queries import latest_entries
from hearback.measure.queries import ExclusionFact
from hearback.publish.actions import make_release
from hearback.publish.formats import data_files
from hearback.publish.frozen import Content, ReleaseDamaged, read_release, sha256, to_json
from hearback.publish.queries import ReleaseFact, current_release, release, release_folder, releases
from hearback.publish.verify import verify_release
from tests.publish.content import AGENCY, SCORE, content

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings) -> Path:
    """Give each test a releases folder of its own."""
    settings.HOME = tmp_path
    (tmp_path / "releases").mkdir()
    return tmp_path


CHARTS = {"charts/one.svg": b"<svg/>"}  # stands in for the charts: drawing is tested by itself


def freeze(what: Content, at: datetime) -> tuple[ReleaseFact, bool]:
    return make_release(what, data_files(what) | CHARTS, by="reviewer", at=at)


def test_what_is_frozen_is_read_back_the_same(at: datetime) -> None:
    freeze(content(), at)
    read = current_release()
    assert read is not None
    assert (read.agencies, read.services, read.scores) == (
        content().agencies,
        content().services,
        content().scores,
    )
    assert (read.number, read.created_at, read.previous) == (1, at, None)
    assert read.read("charts/one.svg") == b"<svg/>"


def test_the_same_content_makes_no_second_release(at: datetime) -> None:
    first, made = freeze(content(), at)
    again, made_again = freeze(content(), at + timedelta(days=1))
    assert (made, made_again) == (True, False)
    assert again == first
    assert len(releases()) == 1


def test_changed_content_makes_a_second_release_and_the_first_stays_as_it_was(at: datetime) -> None:
    freeze(content(), at)
    before = (release_folder(1) / "manifest.json").read_bytes()
    freeze(content(agencies=(replace(AGENCY, name="Another name"),)), at + timedelta(days=1))
    assert [r.number for r in releases()] == [2, 1]
    assert (release_folder(1) / "manifest.json").read_bytes() == before
    first = release(1)
    assert first is not None
    assert first.agencies == (AGENCY,)


def test_each_release_names_the_hash_of_the_one_before(at: datetime) -> None:
    first, _ = freeze(content(), at)
    freeze(content(agencies=()), at)
    manifest = json.loads((release_folder(2) / "manifest.json").read_bytes())
    assert manifest["previous_manifest_sha256"] == first.manifest_sha256


def test_equal_content_gives_equal_bytes_whenever_it_is_frozen(at: datetime, home: Path) -> None:
    first, _ = freeze(content(), at)
    freeze(content(agencies=()), at)
    third, _ = freeze(content(), at + timedelta(days=400))
    assert third.content_sha256 == first.content_sha256


def test_a_release_is_noted_in_the_history(at: datetime) -> None:
    freeze(content(), at)
    entry = latest_entries(1)[0]
    assert (entry.verb, entry.subject_key, entry.by, entry.at) == ("release.made", "1", "reviewer", at)


def test_verify_finds_nothing_in_an_untouched_release(at: datetime) -> None:
    made, _ = freeze(content(), at)
    verdict = verify_release(release_folder(1))
    assert (verdict.problems, verdict.manifest_sha256) == ((), made.manifest_sha256)
    assert verdict.files_checked > 20


def test_verify_names_a_changed_a_missing_and_a_foreign_file(at: datetime) -> None:
    freeze(content(), at)
    folder = release_folder(1)
    (folder / "data/scores.csv").write_bytes(b"changed")
    (folder / "data/agencies.csv").unlink()
    (folder / "foreign.txt").write_bytes(b"")
    problems = verify_release(folder).problems
    assert len(problems) == 3
    for name in ("data/scores.csv", "data/agencies.csv", "foreign.txt"):
        assert any(name in problem for problem in problems)


def test_verify_notices_that_the_release_before_was_swapped(at: datetime) -> None:
    freeze(content(), at)
    freeze(content(agencies=()), at)
    manifest = release_folder(1) / "manifest.json"
    manifest.write_bytes(manifest.read_bytes() + b"\n")
    assert any("release 1" in problem for problem in verify_release(release_folder(2)).problems)


def test_a_damaged_fact_file_is_never_shown(at: datetime) -> None:
    freeze(content(), at)
    path = release_folder(1) / "facts/scores.json"
    path.write_bytes(path.read_bytes().replace(b"0.82", b"0.99"))
    with pytest.raises(ReleaseDamaged, match=r"facts/scores\.json"):
        current_release()


def test_a_release_made_before_scores_had_groups_and_errors_is_still_read(at: datetime) -> None:
    """Files frozen then have fewer fields; reading fills in what was meant by leaving them out."""
    left_out = ExclusionFact("s", "va-vha-2", "va-vha", "FY2021-Q2", "pools", "trust_not_asked", "Not asked.")
    what = content(exclusions=(left_out,))
    freeze(what, at)
    _as_before(release_folder(1), "scores", "dimension", "group", "se", "df", "n_effective", "excluded")
    _as_before(release_folder(1), "exclusions", "question")
    read = read_release(release_folder(1))
    (found,) = read.scores
    assert found == SCORE
    assert (found.dimension, found.group, found.excluded) == ("all", "all", ())
    assert (found.se, found.df, found.n_effective) == (None, None, None)
    assert read.exclusions == (left_out,)
    assert read.exclusions[0].question == "trust"


@pytest.mark.parametrize(("name", "is_later"), [("journeys", True), ("scores", False)])
def test_a_release_made_before_there_were_journeys_is_still_read(
    name: str, is_later: bool, at: datetime
) -> None:
    freeze(content(), at)
    manifest = release_folder(1) / "manifest.json"
    written = json.loads(manifest.read_bytes())
    written["files"] = [file for file in written["files"] if file["path"] != f"facts/{name}.json"]
    manifest.write_text(json.dumps(written), encoding="utf-8")
    if is_later:
        assert (read_release(release_folder(1)).journeys, read_release(release_folder(1)).scores) == (
            (), (SCORE,),
        )  # fmt: skip
    else:
        with pytest.raises(ReleaseDamaged, match=rf"no facts/{name}\.json"):
            read_release(release_folder(1))


def _as_before(folder: Path, name: str, *fields: str) -> None:
    """Take fields out of a frozen file of facts, and put its new hash into the manifest."""
    path, manifest = folder / f"facts/{name}.json", folder / "manifest.json"
    old = path.read_bytes()
    rows = [{key: row[key] for key in row if key not in fields} for row in json.loads(old)]
    assert all(set(fields) <= set(row) for row in json.loads(old))
    path.write_bytes(to_json(rows))
    written = manifest.read_text(encoding="utf-8")
    manifest.write_text(written.replace(sha256(old), sha256(path.read_bytes())), encoding="utf-8")


def test_a_swapped_manifest_is_never_shown(at: datetime) -> None:
    freeze(content(), at)
    manifest = release_folder(1) / "manifest.json"
    manifest.write_bytes(manifest.read_bytes() + b"\n")
    with pytest.raises(ReleaseDamaged, match="manifest"):
        current_release()


def test_a_folder_left_by_a_broken_run_is_moved_aside_not_published(at: datetime) -> None:
    release_folder(1).mkdir()
    (release_folder(1) / "half.txt").write_bytes(b"half")
    freeze(content(), at)
    assert verify_release(release_folder(1)).problems == ()
    assert len(list(release_folder(1).parent.glob("0001.abandoned-*"))) == 1


def test_before_the_first_release_there_is_none() -> None:
    assert current_release() is None
    assert release(1) is None
