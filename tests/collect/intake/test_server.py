"""The intake process itself, over real connections."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest

from hearback.cli.bench.servers import running
from hearback.collect.intake.messages import MOST_BYTES
from hearback.collect.intake.store.opened import open_store
from tests.collect.intake.made import thumbs

JSON = {"Content-Type": "application/json"}
GOOD = {"key": "k1", "language": "en", "answers": {"trust": "1", "comment": "Quick and polite."}}


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> Any:
        """Read the body."""
        return msgspec.json.decode(self.body)


@dataclass(frozen=True)
class Intake:
    """A running intake, and the home folder it stores into."""

    home: Path
    port: int

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Send one request over a connection of its own."""
        raw = body if isinstance(body, bytes) or body is None else msgspec.json.encode(body)
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with closing(link):
            link.request(method, path, raw, {**(JSON if body is not None else {}), **headers})
            answer = link.getresponse()
            names = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, names, answer.read())

    def wait_for(self, status: int, path: str = "/healthz") -> Answer:
        """Ask until the answer has a status: forms are read again about once a second."""
        for _ in range(1200):
            answer = self.ask("GET", path)
            if answer.status == status:
                return answer
            time.sleep(0.05)
        raise AssertionError(f"{path} never answered {status}")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder whose store has the thumbs form open."""
    with closing(open_store(tmp_path)) as store:
        store.put_form(thumbs())
    return tmp_path


@pytest.fixture
def intake(home: Path, environ: dict[str, str]) -> Iterator[Intake]:
    """An intake with one open form."""
    places = {**environ, "HEARBACK_HOME": str(home), "HEARBACK_DATABASE_URL": ""}
    with running("hearback.collect.intake.serving", environ=places) as server:
        yield Intake(home, server.port)


def _stored(home: Path) -> list[str]:
    with closing(open_store(home)) as store:
        return [one.response.key for one in store.responses("thumbs")]


def test_stores_an_answer_once_and_says_so(intake: Intake) -> None:
    intake.wait_for(200)
    first, second = (intake.ask("POST", "/intake/thumbs", GOOD) for _ in range(2))
    assert (first.status, second.status) == (201, 200)
    assert first.told == second.told == {"form": "thumbs", "key": "k1", "version": 1, "masked": {}}
    assert _stored(intake.home) == ["k1"]
    other = intake.ask("POST", "/intake/thumbs", {**GOOD, "answers": {"trust": "0"}})
    assert (other.status, other.told["error"]["kind"]) == (409, "key_taken")
    preview = intake.ask("POST", "/intake/thumbs/preview", {**GOOD, "key": "k2"})
    assert (preview.status, preview.told["answers"]) == (200, {"comment": "Quick and polite."})
    assert _stored(intake.home) == ["k1"], "a preview stores nothing"


def test_answers_errors_in_one_shape(intake: Intake) -> None:
    intake.wait_for(200)
    answers = [
        intake.ask("POST", "/intake/thumbs", b"{"),
        intake.ask("GET", "/intake/unknown"),
        intake.ask("PUT", "/intake/thumbs", GOOD),
        intake.ask("POST", "/intake/thumbs", b" " * (MOST_BYTES + 1)),
        intake.ask("POST", "/intake/thumbs", GOOD, **{"Content-Type": "text/plain"}),
        intake.ask("POST", "/intake/thumbs", {**GOOD, "answers": {}}),
    ]
    assert [one.status for one in answers] == [400, 404, 405, 413, 415, 422]
    assert {tuple(one.told["error"]) for one in answers} == {("kind", "message", "problems")}
    assert _stored(intake.home) == []


def test_reads_a_body_in_pieces_and_only_so_much_of_it(intake: Intake) -> None:
    intake.wait_for(200)
    link = http.client.HTTPConnection("127.0.0.1", intake.port, timeout=60)
    with closing(link):
        link.request("POST", "/intake/thumbs", iter([msgspec.json.encode(GOOD)]), JSON, encode_chunked=True)
        assert link.getresponse().status == 201
    link = http.client.HTTPConnection("127.0.0.1", intake.port, timeout=60)
    with closing(link):
        pieces = iter([b" " * 65_536] * 8)  # the answer must come through though the body is not taken
        link.request("POST", "/intake/thumbs", pieces, JSON, encode_chunked=True)
        assert link.getresponse().status == 413
    assert intake.ask("POST", "/intake/thumbs", b" " * 3 * MOST_BYTES).status == 413


def test_sees_new_versions_and_closed_forms_without_a_new_start(intake: Intake) -> None:
    tag = intake.wait_for(200, "/intake/thumbs").headers["etag"]
    assert intake.ask("GET", "/intake/thumbs", **{"If-None-Match": tag}).status == 304
    assert intake.ask("POST", "/intake/thumbs", GOOD).status == 201
    with closing(open_store(intake.home)) as store:
        store.put_form(thumbs("second"))
        intake.wait_for(200, "/intake/second")
        store.put_form(thumbs(version=2, closed=True))
        assert intake.wait_for(410, "/intake/thumbs").told["error"]["kind"] == "closed"
        assert intake.ask("POST", "/intake/thumbs", {**GOOD, "key": "k2"}).status == 410
        assert intake.ask("POST", "/intake/thumbs", {**GOOD, "key": ""}).status == 410
        stored = intake.ask("POST", "/intake/thumbs", GOOD)
        assert (stored.status, stored.told["version"]) == (200, 1), "it was stored while the form was open"
        other = intake.ask("POST", "/intake/thumbs", {**GOOD, "answers": {"trust": "0"}})
        assert (other.status, other.told["error"]["kind"]) == (409, "key_taken")


def test_says_503_while_the_store_cannot_be_used_and_goes_on_after(
    home: Path, environ: dict[str, str]
) -> None:
    file = home / "intake.sqlite3"
    good = file.rename(home / "good.sqlite3")
    file.write_bytes(b"no database " * 1000)
    places = {**environ, "HEARBACK_HOME": str(home), "HEARBACK_DATABASE_URL": ""}
    with running("hearback.collect.intake.serving", environ=places) as server:
        intake = Intake(home, server.port)
        answer = intake.ask("POST", "/intake/thumbs", GOOD)
        assert (answer.status, answer.headers["retry-after"]) == (503, "5")
        assert answer.told["error"]["kind"] == "not_ready"
        good.replace(file)
        intake.wait_for(200)
        assert intake.ask("POST", "/intake/thumbs", GOOD).status == 201


def test_the_process_does_without_the_web_framework() -> None:
    words = "import sys, hearback.collect.intake.serving, hearback.collect.intake.server as s; s.make()"
    check = f"{words}; print(sorted(n for n in sys.modules if n.split('.')[0] in ('django', 'psycopg')))"
    done = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    assert done.stdout.strip() == "[]"
