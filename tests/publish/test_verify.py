"""Verifying releases elsewhere: what is changed, missing, foreign, reordered or unsigned is named."""

import json
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings as configured
from pytest_django import Settings

from hearback.publish.formats import data_files
from hearback.publish.frozen import ReleaseDamaged
from hearback.publish.keys import SigningKey, read_public
from hearback.publish.sources import Address, Folder
from hearback.publish.verify import verify
from tests.publish.content import AGENCY, content
from tests.publish.publishing import make_release

pytestmark = pytest.mark.django_db
KEYS = [read_public(SigningKey(configured.SIGNING_KEY).public)]
WRONG_2 = "manifest.sig of release 2 is not a signature of its manifest by this key"
NAMES = ("0001", "0002", "0003")


@pytest.fixture
def copy(tmp_path: Path, settings: Settings, at: datetime) -> Path:
    """Three releases, copied to another folder."""
    settings.HOME = tmp_path / "home"
    (tmp_path / "home" / "releases").mkdir(parents=True)
    for name in ("First name", "Second name", "Third name"):
        what = content(agencies=(replace(AGENCY, name=name),))
        make_release(what, data_files(what), by="reviewer", at=at)
    return shutil.copytree(tmp_path / "home" / "releases", tmp_path / "copy")


def problems(folder: Path, *names: str) -> list[str]:
    found = verify([Folder(folder / name) for name in names or NAMES], KEYS)
    return [problem for verdict in found for problem in verdict.problems]


def test_an_untouched_copy_has_no_problem(copy: Path) -> None:
    found = verify([Folder(copy / name) for name in reversed(NAMES)], KEYS)
    assert [(v.number, v.signature, v.problems) for v in found] == [(n, "valid", ()) for n in (1, 2, 3)]
    assert all(v.files_checked > 20 for v in found)


def test_one_flipped_bit_of_any_file_is_named(copy: Path) -> None:
    for path in sorted((copy / "0002").rglob("*")):
        if not path.is_file():
            continue
        whole = path.read_bytes()
        path.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
        name = path.relative_to(copy / "0002").as_posix()
        if name == "manifest.json":
            with pytest.raises(ReleaseDamaged, match=r"manifest\.json of 0002 cannot be read"):
                problems(copy)
        elif name == "manifest.sig":
            assert problems(copy) == [
                "manifest.sig of release 2 is not a signature of its manifest by this key"
            ]
        else:
            assert problems(copy) == [f"{name} is not what was released"]
        path.write_bytes(whole)
    assert problems(copy) == []


def test_a_removed_a_longer_and_a_foreign_file_are_named(copy: Path) -> None:
    (copy / "0003" / "data" / "agencies.csv").unlink()
    with (copy / "0003" / "data" / "services.csv").open("ab") as file:
        file.write(b"\n")
    (copy / "0003" / "foreign.txt").write_bytes(b"")
    assert problems(copy) == [
        "data/agencies.csv cannot be read: No such file or directory",
        "data/services.csv is not what was released",
        "foreign.txt is not in the manifest",
    ]


def test_swapped_releases_are_named(copy: Path) -> None:
    (copy / "0001").rename(copy / "aside")
    (copy / "0002").rename(copy / "0001")
    (copy / "aside").rename(copy / "0002")
    assert problems(copy) == [
        "0002 holds release 1: releases were renamed or swapped",
        "0001 holds release 2: releases were renamed or swapped",
    ]


def test_a_chain_put_in_another_order_is_named(copy: Path) -> None:
    """Renumbered by somebody without the key: neither signatures nor links fit any more."""
    bodies = {name: json.loads((copy / name / "manifest.json").read_bytes()) for name in NAMES}
    for name, number in (("0002", 3), ("0003", 2)):
        bodies[name] |= {"number": number, "previous": number - 1}
        (copy / name / "manifest.json").write_text(json.dumps(bodies[name]), encoding="utf-8")
    (copy / "0002").rename(copy / "aside")
    (copy / "0003").rename(copy / "0002")
    (copy / "aside").rename(copy / "0003")
    assert problems(copy) == [
        WRONG_2,
        "release 1 is not the one that release 2 follows",
        "manifest.sig of release 3 is not a signature of its manifest by this key",
        "release 2 is not the one that release 3 follows",
    ]


def test_a_release_taken_out_of_the_middle_is_named(copy: Path) -> None:
    shutil.rmtree(copy / "0002")
    assert problems(copy, "0001", "0003") == [
        "release 2 is not here, so nothing ties release 3 to those before it"
    ]


def test_one_release_is_held_against_the_one_beside_it(copy: Path) -> None:
    assert problems(copy, "0002") == []
    manifest = copy / "0001" / "manifest.json"
    manifest.write_bytes(manifest.read_bytes() + b"\n")
    assert problems(copy, "0002") == ["release 1 is not the one that release 2 follows"]


def test_a_release_apart_from_the_one_before_says_that_the_link_was_not_looked_at(copy: Path) -> None:
    beside = verify([Folder(copy / name) for name in NAMES], KEYS)
    assert [one.not_linked_to for one in beside] == [None, None, None]
    (copy / "0001").rename(copy / "away")
    (alone,) = verify([Folder(copy / "0002")], KEYS)
    assert (alone.problems, alone.not_linked_to) == ((), 1)


def test_a_release_made_before_there_were_keys_is_vouched_for_by_a_signed_one_after_it(copy: Path) -> None:
    (copy / "0001" / "manifest.sig").unlink()
    found = verify([Folder(copy / name) for name in NAMES], KEYS)
    assert [(v.signature, v.vouched_by, v.problems) for v in found] == [
        ("not_signed", 2, ()), ("valid", 3, ()), ("valid", None, ()),
    ]  # fmt: skip
    (alone,) = verify([Folder(copy / "0001")], KEYS)
    assert alone.problems == ("release 1 is not signed, and no signed release after it leads to it",)


def test_a_signed_release_does_not_vouch_for_another_one_in_the_place_of_the_one_before(copy: Path) -> None:
    manifest = copy / "0001" / "manifest.json"
    manifest.write_bytes(manifest.read_bytes() + b"\n")
    (copy / "0001" / "manifest.sig").unlink()
    assert problems(copy) == [
        "release 1 is not signed, and no signed release after it leads to it",
        "release 1 is not the one that release 2 follows",
    ]


def test_a_manifest_cannot_lead_out_of_its_folder(copy: Path) -> None:
    (copy / "secret.json").write_bytes(b"secret")
    manifest = copy / "0001" / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"data/agencies.csv"', b'"../secret.json"'))
    assert "../secret.json cannot be read: it would lie outside the folder" in problems(copy, "0001")


@pytest.fixture
def server(copy: Path) -> Iterator[str]:
    """The copy, served by a web server that knows nothing of releases."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(copy))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()


def test_a_release_is_verified_over_the_network(copy: Path, server: str) -> None:
    (verdict,) = verify([Address(f"{server}0002/")], KEYS)
    assert (verdict.number, verdict.signature, verdict.problems) == (2, "valid", ())
    (copy / "0002" / "data" / "scores.csv").write_bytes(b"changed")
    (copy / "0002" / "data" / "agencies.csv").unlink()
    (verdict,) = verify([Address(f"{server}0002/")], KEYS)
    assert verdict.problems == (
        "data/agencies.csv cannot be read: the server answers 404 File not found",
        "data/scores.csv is not what was released",
    )
    with pytest.raises(ReleaseDamaged, match=r"has no manifest\.json to read: the server answers 404"):
        verify([Address(f"{server}0009/")], KEYS)


def test_a_server_that_does_not_answer_is_said(server: str) -> None:
    with pytest.raises(ReleaseDamaged, match="the server cannot be read"):
        verify([Address("http://127.0.0.1:9/releases/1/")], KEYS)
