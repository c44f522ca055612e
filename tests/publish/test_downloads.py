"""Files of a release as they are sent."""

from django.test import Client

from hearback.publish.frozen import ReleaseData


def test_a_download_says_its_release_and_is_sent_once(client: Client, site: ReleaseData) -> None:
    answer = client.get("/data/scores.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="hearback-release-1-scores.csv"'
    assert answer.content == site.read("data/scores.csv")
    again = client.get("/data/scores.csv", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_every_file_of_a_release_stands_at_its_own_address(client: Client, site: ReleaseData) -> None:
    for file in site.files:
        answer = client.get(f"/releases/1/{file.path}")
        assert answer.content == site.read(file.path), file.path
        assert "immutable" in answer.headers["Cache-Control"]
    assert client.get("/releases/1/manifest.json").content == (site.folder / "manifest.json").read_bytes()
