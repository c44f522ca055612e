"""Start the real program on a home folder of its own, as a person would, and ask it for pages."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import Request, urlopen

HEARBACK = Path(sys.executable).parent / "hearback"
LINKS = {"a": "href", "link": "href", "img": "src", "source": "src", "script": "src", "form": "action"}


@dataclass(frozen=True)
class Page:
    """What the server answered: status, kind of content, text, and what an HTML page refers to."""

    address: str
    status: int
    media_type: str
    text: str
    links: tuple[str, ...] = ()
    anchors: frozenset[str] = frozenset()

    @property
    def is_html(self) -> bool:
        """Say whether a browser would show this as a page."""
        return self.media_type == "text/html"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.anchors |= {
            name for name in (given.get("id"), given.get("name") if tag == "a" else None) if name
        }
        target = given.get(LINKS.get(tag, ""))
        if target and not (tag == "form" and (given.get("method") or "get").lower() == "post"):
            self.links.append(target)


def fetch(address: str, timeout: float = 30) -> Page:
    """Ask for one address; any answer is an answer."""
    request = Request(address, headers={"Accept": "text/html,*/*"})
    try:
        answer = urlopen(request, timeout=timeout)
    except HTTPError as refusal:
        answer = refusal
    with answer:
        media_type = answer.headers.get_content_type()
        body = answer.read()
    if media_type != "text/html":
        return Page(address, answer.status, media_type, "")
    text = body.decode()
    reader = _Reader()
    reader.feed(text)
    links = tuple(dict.fromkeys(urljoin(address, link) for link in reader.links))
    return Page(address, answer.status, media_type, text, links, frozenset(reader.anchors))


def crawl(start: str) -> dict[str, Page]:
    """Follow every link on this server from one page; returns what was found, by address without fragment."""
    host = urlsplit(start).netloc
    found: dict[str, Page] = {}
    waiting = [start]
    while waiting:
        address = waiting.pop(0)
        if address in found:
            continue
        found[address] = fetch(address)
        targets = (urldefrag(link).url for link in found[address].links)
        waiting += [t for t in targets if urlsplit(t).netloc == host and t not in found]
    return found


def run(environ: dict[str, str], *words: str) -> dict[str, Any]:
    """Run one command that must succeed; returns the object it printed."""
    done = subprocess.run(
        [HEARBACK, *words, "--json"], env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"hearback {' '.join(words)}: {done.stderr[-2000:]}"
    printed: dict[str, Any] = json.loads(done.stdout)
    return printed


def publish(environ: dict[str, str], why: str = "The figures of the quarter.") -> dict[str, Any]:
    """Make a release as two people do: one prepares it, another publishes it; returns what was published."""
    prepared = run(environ, "publish", "prepare", "--why", why, "--by", "service owner")
    return run(environ, "publish", "approve", prepared["manifest_sha256"], "--by", "reviewer")


@dataclass(frozen=True)
class Site:
    """A running server: its address, its home folder, and the environment its commands run in."""

    address: str
    home: Path
    environ: dict[str, str]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_up(address: str, server: "subprocess.Popen[bytes]", seconds: float = 120) -> None:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        assert server.poll() is None, "the server ended by itself"
        try:
            fetch(address, timeout=5)
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the server did not answer within {seconds:.0f} s")


@contextmanager
def served(home: Path, *load: str) -> Iterator[Site]:
    """Serve from an empty folder on a free port of this machine, until the block ends.

    Args:
        load: the words of the command that loads data; left out, it is all bundled data.
    """
    address = f"http://127.0.0.1:{free_port()}"
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("HEARBACK_", "DJANGO_"))}
    environ = {**kept, "HEARBACK_HOME": str(home), "HEARBACK_SITE_URL": address}
    run(environ, "init")
    run(environ, *(load or ("demo", "load")))
    with (home / "serve.log").open("wb") as log:
        port = str(urlsplit(address).port)
        server = subprocess.Popen([HEARBACK, "serve", "--port", port], env=environ, stdout=log, stderr=log)
        with _ended(server):
            _wait_until_up(address + "/", server)
            yield Site(address, home, environ)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served_as_files(folder: Path) -> Iterator[str]:
    """Serve a folder by a web server that knows nothing of the site; gives its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextmanager
def intake_of(site: Site, port: int) -> Iterator[str]:
    """Run the intake as a process of its own until the block ends; gives its address."""
    address = f"http://127.0.0.1:{port}"
    words = [HEARBACK, "collect", "intake", "--port", str(port)]
    with (site.home / "intake.log").open("ab") as log:
        server = subprocess.Popen(words, env=site.environ, stdout=log, stderr=log)
        with _ended(server):
            _wait_until_up(f"{address}/healthz", server)
            yield address


@contextmanager
def _ended(server: "subprocess.Popen[bytes]") -> Iterator[None]:
    try:
        yield
    finally:
        server.terminate()
        try:
            server.wait(timeout=60)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
