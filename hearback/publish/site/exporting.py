"""Writing the whole public site into a folder: only what is not there yet, and nothing that is not of it."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from contextvars import ContextVar
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
from hearback.publish.site.unfinished import InUse, Journal, clear_drafts, journal_of, was_begun
from hearback.publish.sources import stays_inside

LIST = "site.json"
LINKS_OF = {"text/css": links_of_css, "text/javascript": links_of_script}
"""How to find what a file draws on, by its kind."""
AGAIN = "What is written stays; run it again."
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


class _Foreign(Exception):
    """A file stands in the way that no export wrote; the first argument is its path."""


@dataclass(frozen=True)
class _Own:
    """What a process that writes knows of the folder: the journal, and the files of exports before."""

    journal: Journal | None = None
    files: frozenset[str] = frozenset()


NOTHING = _Own()
_OWN = ContextVar("own", default=NOTHING)
"""In memory before processes are forked, so that none is sent it with each batch."""


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

    Files that an export before wrote and that are not of the site any more go; others are left alone. A run
    that broke off is gone on with.

    Args:
        workers: how many processes; with one, this one does it.
        told: is called with how many addresses are done, and how many are known.
        dry_run: render everything and write nothing.

    Raises:
        NotExported: if there is no release, the folder holds other things, or it cannot be written.
    """
    release = queries.current_release()
    if release is None:
        raise NotExported("There is no release yet: begin with `hearback publish prepare`.")
    try:
        before = _before(folder)
        if dry_run:
            return _exported(release, folder, links, workers, told, _Own(None, frozenset(before)))
        with journal_of(folder) as journal:
            before = _before(folder) | _inside(folder, journal.begun())
            clear_drafts(folder, [*sorted(journal.begun()), LIST])
            return _exported(release, folder, links, workers, told, _Own(journal, frozenset(before)))
    except InUse as problem:
        raise NotExported(f"Another run writes into {folder} now: wait for it.") from problem
    except _Foreign as problem:
        raise NotExported(
            f"{folder / str(problem)} is in the way, and no export wrote it: move it elsewhere. {AGAIN}"
        ) from problem
    except BrokenProcessPool as problem:
        raise NotExported(
            f"A process ended before it was done, often for want of memory: name fewer --workers. {AGAIN}"
        ) from problem
    except OSError as problem:
        place = problem.filename or folder
        raise NotExported(f"{place}: {problem.strerror or problem}. {AGAIN}") from problem


def _exported(
    release: ReleaseData,
    folder: Path,
    links: Links,
    workers: int,
    told: Callable[[int, int], None],
    own: _Own,
) -> Export:
    """Write every file, or with no journal none."""
    stands = (release.folder, release.manifest_sha256)
    known = _OWN.set(own)
    try:
        done = _crawl(partial(_take, stands, folder, links), workers, told)
    finally:
        _OWN.reset(known)
    dead = tuple(sorted(one.address for one in done if not one.sha256))
    files = {file_of(one.address): one.sha256 for one in done if one.sha256}
    gone = sorted(own.files - set(files))
    listed = {"release": release.number, "manifest_sha256": release.manifest_sha256, "files": files}
    body = json.dumps(listed, indent=1, sort_keys=True).encode() + b"\n"
    if own.journal:
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
    """Give the files that an export before wrote, as its list names them."""
    if not folder.exists() or not any(folder.iterdir()):
        return set()
    if was_begun(folder) and not (folder / LIST).exists():
        return set()  # the journal has them
    try:
        listed = {str(path) for path in json.loads((folder / LIST).read_bytes())["files"]}
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise NotExported(
            f"{folder} is not empty and holds no {LIST} of an export before: name an empty folder."
        ) from problem
    return _inside(folder, listed)


def _inside(folder: Path, paths: set[str]) -> set[str]:
    """Refuse a list of files that leads out of the folder."""
    outside = sorted(path for path in paths if not stays_inside(path))
    if outside:
        raise NotExported(f"{folder / LIST} names {outside[0]}, which lies outside: name an empty folder.")
    return paths


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
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        try:
            yield pool.map
        finally:
            pool.shutdown(cancel_futures=True)  # nothing waits where all went well


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


def _take(stands: tuple[Path, str], folder: Path, links: Links, addresses: list[str]) -> list[_Done]:
    release = release_at(*stands)  # in memory already, as it is in that of the process before
    if journal := _OWN.get().journal:
        journal.begin(map(file_of, addresses))
    return [_take_one(release, folder, links, address) for address in addresses]


def _take_one(release: ReleaseData, folder: Path, links: Links, address: str) -> _Done:
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
    written = _write(folder, file_of(address), body)
    inside = tuple(sorted(link for link in onward if is_public(link)))
    sha256 = hashlib.sha256(body).hexdigest()
    return _Done(address, sha256, len(body), is_page=found.is_page, written=written, links=inside)


def _write(folder: Path, path: str, body: bytes) -> bool:
    """Write a file in its place, or say whether it would be written; never over somebody else's."""
    target, own = folder / path, _OWN.get()
    if path not in own.files and target.is_file() and target.read_bytes() != body:
        raise _Foreign(path)
    return write_if_other(target, body, dry_run=own.journal is None)


def _remove_empty(folder: Path, gone: Iterable[str]) -> None:
    """Take away folders in which nothing is left."""
    for path in gone:
        for parent in (folder / path).parents:
            if parent == folder or not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()
