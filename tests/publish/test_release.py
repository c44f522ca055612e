"""Freezing a release, reading it back, and noticing damage."""

import json
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as configured
from pytest_django import Settings

from hearback.history.queries import latest_entries
from hearback.measure.queries import ExclusionFact
from hearback.publish.actions import NotPublished, prepare_again, prepare_release, publish_prepared
from hearback.publish.formats import data_files
from hearback.publish.frozen import Content, ReleaseDamaged, read_release, sha256, to_json
from hearback.publish.keys import SigningKey
from hearback.publish.queries import (
    ReleaseFact,
    current_release,
    prepared_folder,
    release,
    release_folder,
    releases,
    waiting,
    waiting_release,
)
from hearback.publish.queries import prepared as all_prepared
from tests.publish.content import AGENCY, SCORE, content
from tests.publish.publishing import WHY, make_release

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings) -> Path:
    """Give each test a releases folder of its own."""
    settings.HOME = tmp_path
    (tmp_path / "releases").mkdir()
    return tmp_path


KEY = SigningKey(configured.SIGNING_KEY)
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
    made, prepared = latest_entries(2)
    assert (made.verb, made.subject_key, made.by, made.at) == ("release.made", "1", "reviewer", at)
    assert (prepared.verb, prepared.by) == ("release.prepared", "reviewer, who prepares")


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
    assert read_release(release_folder(1)).agencies == (AGENCY,)
    assert len(list(release_folder(1).parent.glob("0001.abandoned-*"))) == 1


def test_before_the_first_release_there_is_none() -> None:
    assert current_release() is None
    assert release(1) is None


def test_what_waits_is_read_as_the_release_that_it_will_be(at: datetime) -> None:
    prepared = prepare_release(content(), data_files(content()), why=WHY, by="owner", at=at)
    assert prepared is not None
    shown = waiting_release()
    assert shown is not None
    assert (shown.number, shown.agencies, shown.why, shown.created_at) == (1, (AGENCY,), WHY, at)
    assert (current_release(), releases()) == (None, [])
    publish_prepared(prepared.manifest_sha256, KEY, by="reviewer", at=at + timedelta(days=2))
    published = current_release()
    assert published is not None
    assert (published.manifest_sha256, published.created_at) == (prepared.manifest_sha256, at)
    assert (waiting(), waiting_release()) == (None, None)


def test_preparing_the_same_twice_leaves_one_waiting(at: datetime) -> None:
    first = prepare_release(content(), {}, why=WHY, by="owner", at=at)
    assert prepare_release(content(), {}, why=WHY, by="another", at=at + timedelta(days=1)) == first
    other = prepare_release(content(agencies=()), {}, why=WHY, by="owner", at=at)
    assert other is not None
    assert [(p.manifest_sha256, p.state) for p in all_prepared()] == [
        (other.manifest_sha256, "waiting"), (first and first.manifest_sha256, "withdrawn"),
    ]  # fmt: skip


def test_files_changed_while_they_wait_are_not_published(at: datetime) -> None:
    prepared = prepare_release(content(), data_files(content()), why=WHY, by="owner", at=at)
    assert prepared is not None
    (prepared_folder(prepared.manifest_sha256) / "data/scores.csv").write_bytes(b"changed")
    with pytest.raises(NotPublished, match=r"data/scores\.csv is not what was released"):
        publish_prepared(prepared.manifest_sha256, KEY, by="reviewer", at=at)
    assert releases() == []
    assert not release_folder(1).exists()


def test_files_lost_while_they_wait_are_prepared_again(at: datetime) -> None:
    prepared = prepare_release(content(), {}, why=WHY, by="owner", at=at)
    assert prepared is not None
    shutil.rmtree(prepared_folder(prepared.manifest_sha256))
    with pytest.raises(NotPublished, match="Prepare it again"):
        publish_prepared(prepared.manifest_sha256, KEY, by="reviewer", at=at)
    again = prepare_release(content(), {}, why=WHY, by="owner", at=at)
    assert again is not None
    assert publish_prepared(again.manifest_sha256, KEY, by="reviewer", at=at).number == 1


def test_an_earlier_release_is_put_back_by_a_new_one(at: datetime) -> None:
    first, _ = freeze(content(), at)
    freeze(content(agencies=()), at)
    prepared = prepare_again(1, why="Release 2 left all agencies out.", by="owner", at=at)
    assert prepared is not None
    publish_prepared(prepared.manifest_sha256, KEY, by="reviewer", at=at)
    shown = current_release()
    assert shown is not None
    assert (shown.number, shown.restores, shown.agencies) == (3, 1, (AGENCY,))
    assert shown.content_sha256 == first.content_sha256
    assert prepare_again(1, why=WHY, by="owner", at=at) is None
    with pytest.raises(NotPublished, match="no release 9"):
        prepare_again(9, why=WHY, by="owner", at=at)
