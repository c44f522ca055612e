"""The whole public site as files: every link leads to one, and the bytes are those of the server."""

import json
import os
import posixpath
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner
from django.test import Client

from hearback.publish.commands import group
from hearback.publish.formats import data_files
from hearback.publish.frozen import ReleaseData
from hearback.publish.site import exporting
from hearback.publish.site.exporting import Export, NotExported, export
from hearback.publish.site.places import Links, file_of
from tests.publish.publishing import make_release
from tests.publish.site import small_site

pytestmark = pytest.mark.django_db
ATTRIBUTES = ("href", "src", "action", "poster", "srcset", "data")


def made(folder: Path, links: Links = Links.FILES) -> Export:
    return export(folder, links, workers=1, told=lambda done, known: None)


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


class Reader(HTMLParser):
    """Collects every address that a page names."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ATTRIBUTES and value]


def links_of(page: bytes) -> list[str]:
    reader = Reader()
    reader.feed(page.decode())
    return reader.found


def test_every_link_of_every_page_names_a_file_that_is_there(site: ReleaseData, tmp_path: Path) -> None:
    told = made(tmp_path / "out")
    there = files(tmp_path / "out")
    assert told.dead == ()
    assert told.pages > 30
    checked = 0
    for name, body in there.items():
        if not name.endswith(".html") or name in {"404.html", "500.html"}:
            continue
        for link in links_of(body):
            assert not link.startswith("/"), (name, link)
            parts = urlsplit(link)
            if parts.scheme or not parts.path:
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
            assert target in there, (name, link)
            checked += 1
    assert checked > 500


def test_every_page_of_the_release_and_every_file_of_it_is_there(site: ReleaseData, tmp_path: Path) -> None:
    made(tmp_path / "out")
    there = files(tmp_path / "out")
    for service in site.services:
        assert f"services/{service.key}/index.html" in there
    for file in site.files:
        assert there[f"releases/1/{file.path}"] == site.read(file.path)
    for name in ("releases/1/manifest.json", "releases/1/manifest.sig", "releases/key.pem", "robots.txt"):
        assert name in there
    assert "dashboard/index.html" not in there
    assert "sign-in/index.html" not in there
    assert "healthz" not in there
    assert any(name.endswith(".woff2") for name in there)


def test_the_same_release_gives_the_same_bytes(site: ReleaseData, tmp_path: Path) -> None:
    made(tmp_path / "one")
    made(tmp_path / "two")
    assert files(tmp_path / "one") == files(tmp_path / "two")
    again = made(tmp_path / "one")
    assert (again.written, again.removed) == (0, 0)


def test_as_served_every_file_is_what_the_server_sends(
    site: ReleaseData, tmp_path: Path, client: Client
) -> None:
    made(tmp_path / "out", Links.SERVED)
    there = files(tmp_path / "out")
    listed = json.loads(there["site.json"])["files"]
    for name in listed:
        if name.startswith("static/") or name in {"404.html", "500.html"}:
            continue
        address = "/" + name.removesuffix("index.html")
        answer = client.get(address, follow=True)  # a file cannot lead on: it holds what the server leads to
        assert answer.status_code == 200, address
        assert answer.getvalue() == there[name], address
        assert file_of(address) == name


def test_an_error_page_leads_home_from_any_address(site: ReleaseData, tmp_path: Path) -> None:
    made(tmp_path / "out")
    page = (tmp_path / "out" / "404.html").read_text(encoding="utf-8")
    assert "There is no page at this address" in page
    assert all(link.startswith(("http://", "https://", "#")) for link in links_of(page.encode()))


def test_only_what_changed_is_written_and_what_is_gone_is_taken_away(
    site: ReleaseData, tmp_path: Path, at: datetime, drawn: dict[str, bytes]
) -> None:
    out = tmp_path / "out"
    made(out)
    foreign = out / "services" / "foreign.txt"
    foreign.write_text("somebody else's", encoding="utf-8")
    gone = small_site().services[-1]
    kept = tuple(one for one in small_site().services if one.key != gone.key)
    content = replace(small_site(), services=kept)
    asset = next((out / "static").rglob("*.css"))
    before = asset.stat().st_mtime_ns
    make_release(content, data_files(content) | drawn, by="reviewer", at=at + timedelta(days=1))
    told = made(out)
    assert told.removed > 0
    assert 0 < told.written < told.files
    assert asset.stat().st_mtime_ns == before
    assert not (out / "services" / gone.key).exists()
    assert foreign.read_text(encoding="utf-8") == "somebody else's"
    assert (out / "releases" / "1" / "manifest.json").is_file()
    made(tmp_path / "anew")
    foreign.unlink()
    assert files(out) == files(tmp_path / "anew")


def test_a_folder_with_other_things_in_it_is_left_alone(site: ReleaseData, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "index.html").write_text("mine", encoding="utf-8")
    with pytest.raises(NotExported, match=r"not empty and holds no site\.json"):
        made(tmp_path / "mine")
    assert files(tmp_path / "mine") == {"index.html": b"mine"}
    result = CliRunner().invoke(group, ["site", str(tmp_path / "mine"), "--workers", "1"])
    assert result.exit_code == 1
    assert "name an empty folder" in result.output


@pytest.mark.django_db(transaction=True)  # other processes have connections of their own
@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_that_broke_off_is_gone_on_with(site: ReleaseData, tmp_path: Path, workers: int) -> None:
    out = tmp_path / "out"

    def stopped(done: int, known: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(out, Links.FILES, workers=workers, told=stopped)
    written = files(out)
    assert "site.json" not in written
    assert len(written) > 10
    (out / ".404.html.12345.draft").write_text("half of it", encoding="utf-8")
    told = made(out)
    assert 0 < told.written < told.files
    made(tmp_path / "at-once")
    assert files(out) == files(tmp_path / "at-once")


def test_what_a_run_that_broke_off_wrote_goes_too_where_it_is_not_of_the_site(
    site: ReleaseData, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    made(out)
    (out / "services" / "gone").mkdir()
    (out / "services" / "gone" / "index.html").write_text("of a release before", encoding="utf-8")
    (out / ".site.unfinished").write_text('["services/gone/index.html"]\n["robots.', encoding="utf-8")
    told = made(out)
    assert (told.written, told.removed) == (0, 1)
    assert not (out / "services" / "gone").exists()
    assert not (out / ".site.unfinished").exists()


def test_two_runs_are_never_at_one_folder(site: ReleaseData, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    code = (
        "import fcntl, sys; file = open(sys.argv[1], 'a'); fcntl.lockf(file, fcntl.LOCK_EX);"
        "print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(out / ".site.unfinished")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(NotExported, match="Another run writes into"):
            made(out)
        other.communicate()
    assert made(out).files > 10


def test_a_file_of_somebody_else_is_not_written_over(site: ReleaseData, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made(out)
    listed = json.loads((out / "site.json").read_bytes())
    del listed["files"]["robots.txt"]
    (out / "site.json").write_text(json.dumps(listed), encoding="utf-8")
    (out / "robots.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(NotExported, match=r"robots\.txt is in the way, and no export wrote it"):
        made(out)
    assert (out / "robots.txt").read_text(encoding="utf-8") == "mine"


def test_where_nothing_can_be_written_it_says_so(site: ReleaseData, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made(out)
    (out / "robots.txt").unlink()
    (out / "robots.txt").mkdir()
    (out / "robots.txt" / "mine").touch()
    with pytest.raises(NotExported, match=r"robots\.txt.*directory.*What is written stays"):
        made(out)
    assert not list(out.rglob("*.draft"))
    with pytest.raises(NotExported, match="No such file"):
        made(Path("/proc/nothing-can-be-made-here"))


def test_a_process_that_ends_early_does_not_leave_the_run_waiting(
    site: ReleaseData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "_take_one", lambda *about: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(NotExported, match="fewer --workers"):
        export(tmp_path / "out", Links.FILES, workers=2, told=lambda done, known: None)


def test_a_list_of_files_cannot_lead_out_of_the_folder(site: ReleaseData, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made(out)
    precious = tmp_path / "precious.txt"
    precious.write_text("precious", encoding="utf-8")
    listed = json.loads((out / "site.json").read_bytes())
    listed["files"]["../precious.txt"] = "0" * 64
    (out / "site.json").write_text(json.dumps(listed), encoding="utf-8")
    with pytest.raises(NotExported, match=r"\.\./precious\.txt"):
        made(out)
    assert precious.is_file()


def test_before_the_first_release_there_is_nothing_to_write(db: None, tmp_path: Path) -> None:
    with pytest.raises(NotExported, match="no release yet"):
        made(tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_trial_writes_nothing_and_says_what_it_would(site: ReleaseData, tmp_path: Path) -> None:
    out = tmp_path / "out"
    tried = CliRunner().invoke(group, ["site", str(out), "--workers", "1", "--dry-run", "--json"])
    assert (tried.exit_code, out.exists()) == (0, False), tried.output
    told = json.loads(tried.stdout)
    done = made(out)
    assert (told["files"], told["written"]) == (done.files, done.written)


def test_a_release_that_comes_meanwhile_does_not_mix_in(
    site: ReleaseData, tmp_path: Path, at: datetime, drawn: dict[str, bytes]
) -> None:
    made(tmp_path / "alone")
    come: list[int] = []

    def told(done: int, known: int) -> None:
        if not come:
            services = tuple(replace(one, name=f"{one.name}, renamed") for one in small_site().services)
            content = replace(small_site(), services=services)
            make_release(content, data_files(content) | drawn, by="reviewer", at=at + timedelta(days=1))
            come.append(done)

    export(tmp_path / "meanwhile", Links.FILES, workers=1, told=told)
    assert come
    assert files(tmp_path / "meanwhile") == files(tmp_path / "alone")
