"""Drawings that people keep: as images and on sheets that say what they are and where they are from."""

import os
import re
import struct
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from hearback.publish.charts import figures, image
from hearback.publish.charts.image import to_png
from hearback.publish.frozen import ReleaseData
from hearback.ui.typesetting import NotSet, set_png

SVG = "{http://www.w3.org/2000/svg}"


def test_an_image_is_a_png_twice_as_large_as_the_drawing(client: Client, site: ReleaseData) -> None:
    answer = client.get("/charts/commitments.png")
    body = answer.content
    assert (answer.headers["Content-Type"], body[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    svg = client.get("/charts/commitments.svg").content
    size = re.search(rb'width="([\d.]+)" height="([\d.]+)"', svg)
    assert size is not None
    assert struct.unpack(">II", body[16:24]) == pytest.approx([2 * float(n) for n in size.groups()], abs=2)
    for kept in (site.folder.parents[1] / "cache" / "images").glob("*.png"):
        kept.unlink()
    assert to_png(svg) == body
    again = client.get("/charts/commitments.png", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


PAGE = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="20"><rect width="{0}" height="9"/></svg>'


def test_many_who_ask_for_an_image_at_once_all_get_it_whole(tmp_path: Path, settings: Settings) -> None:
    """Two processes paint the same one: neither draft is in the way of the other's."""
    settings.HOME = tmp_path
    svg = PAGE.format(40).encode()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(to_png, [svg] * 8))
    (kept,) = (tmp_path / "cache" / "images").iterdir()
    assert {kept.read_bytes()} == set(found)
    kept.unlink()
    kept.with_suffix(".draft").mkdir()  # what another is at
    assert to_png(svg) == found[0] == kept.read_bytes()


def test_what_is_no_drawing_is_refused_in_words() -> None:
    with pytest.raises(NotSet, match="typst cannot set it: failed to parse SVG"):
        set_png(b"no drawing", 2)


def test_images_are_kept_while_there_is_room_the_oldest_go_first(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HOME = tmp_path
    folder = tmp_path / "cache" / "images"
    sizes = [len(to_png(PAGE.format(width).encode())) for width in (50, 60)]
    for age, path in enumerate(sorted(folder.iterdir(), key=lambda one: one.stat().st_size)):
        os.utime(path, (age, age))
    assert {one.stat().st_size for one in folder.iterdir()} == set(sizes)
    third = PAGE.format(70).encode()
    monkeypatch.setattr(image, "ROOM", sum(sizes) + 1)
    monkeypatch.setattr(image, "AHEAD", 0)
    monkeypatch.setattr(image, "_left", {})
    body = to_png(third)
    assert sum(one.stat().st_size for one in folder.iterdir()) <= image.ROOM
    assert body in {one.read_bytes() for one in folder.iterdir()}


def test_an_image_that_cannot_be_kept_is_given_all_the_same(tmp_path: Path, settings: Settings) -> None:
    settings.HOME = tmp_path
    (tmp_path / "cache").write_text("no folder")
    assert to_png(PAGE.format(40).encode()).startswith(b"\x89PNG")


def test_a_drawing_that_is_kept_says_what_it_is_and_where_it_is_from(
    client: Client, site: ReleaseData
) -> None:
    for figure in figures(site):
        answer = client.get(f"/charts/{figure.name}.svg")
        root = ElementTree.fromstring(answer.content)
        written = " ".join(" ".join("".join(node.itertext()).split()) for node in root.iter(f"{SVG}text"))
        assert figure.title in written, figure.name
        assert figure.question in written
        assert f"release {site.number} of" in written
        assert f"/charts/{figure.name}/" in written
        (drawn,) = root.findall(f"{SVG}g")
        moved = re.fullmatch(r"translate\((\d+),[\d.]+\)", drawn.get("transform", ""))
        assert moved is not None
        assert int(moved[1]) > 20, "a margin"
        frozen = ElementTree.fromstring(site.read(f"charts/{figure.name}.svg"))
        assert len(list(drawn.iter())) == len(list(frozen.iter()))
