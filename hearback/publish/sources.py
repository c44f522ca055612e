"""Where files of a release are read that is to be checked: a folder, or an address of a site."""

from collections.abc import Iterable
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path, PurePosixPath
from typing import Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

MOST_BYTES = 4 * 1024**3  # of one file: more than any has
SECONDS = 30


class NotThere(Exception):
    """A file cannot be read; the message says why, without its name."""


class Source(Protocol):
    """One release as it lies somewhere."""

    @property
    def name(self) -> str:
        """Give the last part of the folder or address."""

    def read(self, path: str, most: int = MOST_BYTES) -> bytes:
        """Read a file, and of a longer one `most` bytes and one more.

        Raises:
            NotThere: if it cannot be read.
        """

    def paths(self) -> Iterable[str] | None:
        """Name every file there is; None where that cannot be known."""

    def beside(self, name: str) -> "Source":
        """Give another release that lies beside this one."""


@dataclass(frozen=True)
class Folder:
    """A release in a folder of this machine."""

    folder: Path

    @property
    def name(self) -> str:
        """Give the name of the folder."""
        return self.folder.name

    def read(self, path: str, most: int = MOST_BYTES) -> bytes:
        """Read a file of the folder."""
        if not stays_inside(path):
            raise NotThere("it would lie outside the folder")
        try:
            with (self.folder / path).open("rb") as file:
                return file.read(most + 1)
        except OSError as problem:
            raise NotThere(problem.strerror or str(problem)) from problem

    def paths(self) -> Iterable[str] | None:
        """Name every file in the folder and under it."""
        return [p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*") if p.is_file()]

    def beside(self, name: str) -> "Folder":
        """Give the folder of another release: as `0003`, or as `3` where a site was exported."""
        padded = self.folder.with_name(f"{int(name):04d}")
        return Folder(padded if padded.is_dir() else self.folder.with_name(name))


class _SameHost(HTTPRedirectHandler):
    """Follow an address to another one of the same host alone."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            raise URLError(f"it leads to another host: {newurl}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@dataclass(frozen=True)
class Address:
    """A release at an address, as https://example.gov/releases/3/."""

    url: str

    @property
    def name(self) -> str:
        """Give the last part of the address."""
        return PurePosixPath(urlsplit(self.url).path).name

    def read(self, path: str, most: int = MOST_BYTES) -> bytes:
        """Ask for a file of the release."""
        if not stays_inside(path):
            raise NotThere("it would lie outside the release")
        try:
            answer = build_opener(_SameHost).open(self.url + quote(path), timeout=SECONDS)
            with answer:
                return bytes(answer.read(most + 1))
        except HTTPError as problem:
            raise NotThere(f"the server answers {problem.code} {problem.reason}") from problem
        except (URLError, HTTPException, OSError) as problem:
            raise NotThere(f"the server cannot be read: {getattr(problem, 'reason', problem)}") from problem

    def paths(self) -> Iterable[str] | None:
        """Say that a server does not tell which other files it has."""
        return None

    def beside(self, name: str) -> "Address":
        """Give the address of another release of the same site."""
        return Address(self.url.rstrip("/").rsplit("/", 1)[0] + f"/{name}/")


def stays_inside(path: str) -> bool:
    """Say whether a path of a manifest leads to a place under the release."""
    parts = PurePosixPath(path)
    return not parts.is_absolute() and ".." not in parts.parts and bool(parts.parts)
