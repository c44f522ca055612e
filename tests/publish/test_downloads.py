"""Files of a release as they are sent."""

from django.test import Client

from hearback.publish.formats import TABLES
from hearback.publish.frozen import ReleaseData
from hearback.publish.keys import read_public, signed_by
from hearback.publish.models import Release
from tests.publish.page import Page
from tests.publish.publishing import WHY


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


def test_the_signature_and_the_key_that_checks_it_are_public(client: Client, site: ReleaseData) -> None:
    signature, key = client.get("/releases/1/manifest.sig").content, client.get("/releases/key.pem").content
    manifest = client.get("/releases/1/manifest.json").content
    assert signed_by([read_public(key.decode())], signature, manifest)
    page = client.get("/releases/1/").content.decode()
    assert WHY in page
    assert "openssl pkeyutl -verify" in page


def test_a_release_made_before_there_were_keys_says_so(client: Client, site: ReleaseData) -> None:
    Release.objects.update(public_key="", approved_at=None)
    (site.folder / "manifest.sig").unlink()
    assert client.get("/releases/1/manifest.sig").status_code == 404
    assert client.get("/releases/key.pem").status_code == 404
    page = client.get("/releases/1/").content.decode()
    assert "made before releases were signed" in page
    assert "openssl" not in page


def test_the_page_of_data_leads_to_the_columns_of_every_table(client: Client, site: ReleaseData) -> None:
    text = client.get("/data/").content.decode()
    assert f"{len(site.scores)} rows" in text
    dictionary = Page(client.get("/data/dictionary/").content.decode())
    led = {link for link in Page(text).links if link.startswith("/data/dictionary/#")}
    assert led == {f"/data/dictionary/#table-{table.name}" for table in TABLES}
    assert {link.rpartition("#")[2] for link in led} <= set(dictionary.ids)
