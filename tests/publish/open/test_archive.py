"""A release as one zip."""

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from hearback.publish.frozen import ReleaseData
from hearback.publish.keys import SigningKey, read_public
from hearback.publish.open.archive import zipped
from hearback.publish.sources import Folder
from hearback.publish.verify import verify

KEY = SigningKey(settings.SIGNING_KEY)


def test_unpacked_it_is_the_release_and_can_be_verified(site: ReleaseData, tmp_path: Path) -> None:
    with zipfile.ZipFile(zipped(site)) as found:
        assert found.testzip() is None
        found.extractall(tmp_path / "out")
    (verdict,) = verify([Folder(tmp_path / "out" / "hearback-release-1")], [read_public(KEY.public)])
    assert (verdict.problems, verdict.signature) == ((), "valid")
    assert verdict.files_checked == len(site.files)


def test_it_is_the_same_whenever_it_is_made_and_is_made_once(site: ReleaseData) -> None:
    place = zipped(site)
    body, made = place.read_bytes(), place.stat().st_mtime_ns
    assert zipped(site).stat().st_mtime_ns == made
    place.unlink()
    assert zipped(site).read_bytes() == body
    assert [one.name for one in place.parent.iterdir()] == [place.name]


def test_the_newest_release_and_each_by_number_are_there(client: Client, site: ReleaseData) -> None:
    newest, first = client.get("/data.zip"), client.get("/releases/1.zip")
    body = first.getvalue()
    assert newest.getvalue() == body
    assert zipfile.ZipFile(io.BytesIO(body)).namelist()[0] == "hearback-release-1/manifest.json"
    assert first.headers["Content-Disposition"] == 'attachment; filename="hearback-release-1.zip"'
    assert client.get("/releases/2.zip").status_code == 404


def test_a_damaged_release_leaves_no_zip_behind(site: ReleaseData) -> None:
    from hearback.publish.frozen import ReleaseDamaged

    (site.folder / "data" / "scores.csv").write_bytes(b"other")
    with pytest.raises(ReleaseDamaged, match=r"scores\.csv"):
        zipped(site)
    assert list((site.folder.parent.parent / "cache" / "zips").iterdir()) == []
