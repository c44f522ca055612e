"""Writing the whole public site into a folder: only what is not there yet, and nothing that is not of it."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.urls import get_resolver

from hearback.publish import queries
from hearback.publish.folders import keep
from hearback.publish.frozen import MANIFEST, SIGNATURE, ReleaseData, read_manifest, release_at
from hearback.publish.languages import PUBLIC
from hearback.publish.links import links_of
from hearback.publish.site.answers import ERRORS, NotAnswered, answer, is_public
from hearback.publish.site.places import (
    Links,
    file_of,
    leading_to_files,
    leading_to_site,
    links_of_css,
    links_of_script,
)
from hearback.publish.sources import stays_inside

LIST = "site.json"
LINKS_OF = {"text/css": links_of_css, "text/javascript": links_of_script}
"""How to find what a file draws on, by its kind."""
BATCH = 40
"""So many addresses a worker takes at once."""


class NotExported(Exception):
    """The site cannot be written there; the message says why and what to do."""


@dataclass(frozen=True)
class Export:
    """What was done: how many files the site has, and how many had to be written or taken away."""

    release: int
    files: int
    pages: int
    bytes: int
    written: int
    removed: int
    dead: tuple[str, ...]


@dataclass(frozen=True)
class _Done:
    """One address that a worker took care of."""

    address: str
    sha256: str
    size: int
    is_page: bool
    written: bool
    links: tuple[str, ...]


def export(
    folder: Path, links: Links, *, workers: int, told: Callable[[int, int], None], dry_run: bool = False
) -> Export:
    """Write the public site as it stands now into a folder; the same release always gives the same bytes.

    Files that an export before wrote and that are not of the site any more go; others are left alone.

    Args:
        workers: how many processes; with one, this one does it.
        told: is called with how many addresses are done, and how many are known.
        dry_run: render everything and write nothing.

    Raises:
        NotExported: if there is no release, or the folder holds other things.
    """
    release = queries.current_release()
    if release is None:
        raise NotExported("There is no release yet: begin with `hearback publish prepare`.")
    before = _before(folder)
    stands = (release.folder, release.manifest_sha256)
    done = _crawl(partial(_take, stands, folder, links, dry_run), workers, told)
    dead = tuple(sorted(one.address for one in done if not one.sha256))
    files = {file_of(one.address): one.sha256 for one in done if one.sha256}
    gone = sorted(before - set(files))
    listed = {"release": release.number, "manifest_sha256": release.manifest_sha256, "files": files}
    body = json.dumps(listed, indent=1, sort_keys=True).encode() + b"\n"
    if not dry_run:
        for path in gone:
            (folder / path).unlink(missing_ok=True)
        _remove_empty(folder, gone)
        write_if_other(folder / LIST, body)
    return Export(
        release=release.number,
        files=len(files),
        pages=sum(one.is_page for one in done),
        bytes=sum(one.size for one in done),
        written=sum(one.written for one in done),
        removed=len(gone),
        dead=dead,
    )


def write_if_other(target: Path, body: bytes, *, dry_run: bool = False) -> bool:
    """Write a file where it does not hold these very bytes; says whether it did, or would."""
    if target.is_file() and target.stat().st_size == len(body) and target.read_bytes() == body:
        return False
    if dry_run:
        return True
    keep(target, body)
    return True


def _before(folder: Path) -> set[str]:
    """Give the files that an export before wrote."""
    if not folder.exists() or not any(folder.iterdir()):
        return set()
    try:
        listed = {str(path) for path in json.loads((folder / LIST).read_bytes())["files"]}
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise NotExported(
            f"{folder} is not empty and holds no {LIST} of an export before: name an empty folder."
        ) from problem
    outside = sorted(path for path in listed if not stays_inside(path))
    if outside:
        raise NotExported(f"{folder / LIST} names {outside[0]}, which lies outside: name an empty folder.")
    return listed


def _crawl(
    work: Callable[[list[str]], list[_Done]], workers: int, told: Callable[[int, int], None]
) -> list[_Done]:
    """Take every address that can be reached from the roots, one ring after the other."""
    seen = set(_roots())
    ring, done = sorted(seen), list[_Done]()
    with _mapping(workers) as spread:
        while ring:
            batches = [ring[start : start + BATCH] for start in range(0, len(ring), BATCH)]
            found: list[_Done] = []
            for batch in spread(work, batches):
                found += batch
                told(len(done) + len(found), len(seen))
            done += found
            ring = sorted({link for one in found for link in one.links} - seen)
            seen.update(ring)
    return sorted(done, key=lambda one: one.address)


@contextmanager
def _mapping(workers: int) -> Iterator[Callable[..., Iterable[list[_Done]]]]:
    """Give a `map` that spreads work over processes, which have all that is in memory here."""
    if workers == 1:
        yield map
        return
    connections.close_all()  # no two processes may share one
    with get_context("fork").Pool(workers) as pool:
        yield pool.imap_unordered


def _roots() -> Iterator[str]:
    """Give the addresses that lead to all others, and those to which no page leads."""
    yield from ERRORS
    for pattern in get_resolver(PUBLIC).url_patterns:
        address = f"/{pattern.pattern}"
        if "<" not in address and is_public(address):
            yield address
    for fact in queries.releases():
        folder = f"/releases/{fact.number}/"
        manifest, _ = read_manifest(queries.release_folder(fact.number))
        yield folder
        yield folder + MANIFEST
        if fact.public_key:
            yield folder + SIGNATURE
        yield from (folder + file.path for file in manifest.files)


def _take(
    stands: tuple[Path, str], folder: Path, links: Links, dry_run: bool, addresses: list[str]
) -> list[_Done]:
    release = release_at(*stands)  # in memory already, as it is in that of the process before
    return [_take_one(release, folder, links, dry_run, address) for address in addresses]


def _take_one(release: ReleaseData, folder: Path, links: Links, dry_run: bool, address: str) -> _Done:
    """Write the answer to one address; one that the site does not answer leaves nothing."""
    try:
        found = answer(address, release)
    except NotAnswered:
        return _Done(address, "", 0, is_page=False, written=False, links=())
    body, onward = found.body, set[str]()
    if found.is_page:
        page = body.decode()
        onward = links_of(page, address)
        if address in ERRORS:
            page = leading_to_site(page, settings.SITE_URL)
        elif links is Links.FILES:
            page = leading_to_files(page, address, is_public, settings.SITE_URL)
        body = page.encode()
    elif found.media_type in LINKS_OF:
        onward = LINKS_OF[found.media_type](address, body.decode())
    written = write_if_other(folder / file_of(address), body, dry_run=dry_run)
    inside = tuple(sorted(link for link in onward if is_public(link)))
    sha256 = hashlib.sha256(body).hexdigest()
    return _Done(address, sha256, len(body), is_page=found.is_page, written=written, links=inside)


def _remove_empty(folder: Path, gone: Iterable[str]) -> None:
    """Take away folders in which nothing is left."""
    for path in gone:
        for parent in (folder / path).parents:
            if parent == folder or not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()
