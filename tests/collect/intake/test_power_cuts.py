"""A power cut at any moment: what was acknowledged is on the disk by then, not only on its way there.

The system calls of a running intake are recorded, and played back onto a disk that keeps for certain only
what was synced, and of the rest whatever it likes. At acknowledgements the store is opened from that disk.
"""

import json
import os
import random
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

import msgspec
import pytest

from hearback.cli.bench.servers import running
from hearback.collect.intake.store.opened import open_store
from hearback.collect.intake.store.sqlite import SqliteStore
from tests.collect.intake.made import thumbs

N_ANSWERS = 700
"""So many that the write-ahead log is brought into the database meanwhile."""
SECTOR = 512
CALL = re.compile(r"^(\d+) +(?:<\.\.\. )?(\w+)(?: resumed>|\()(.*)$")
FILE = re.compile(r"^\d+<((?:\\x[0-9a-f]{2})+)>")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
NUMBERS = re.compile(r", (\d+)")
ACKNOWLEDGED = b"HTTP/1.1 201 "


@dataclass(frozen=True)
class Recorded:
    """The system calls of an intake that took answers, and its file of responses before them."""

    trace: Path
    file: str
    before: bytes


@dataclass
class Disk:
    """A disk of which a power cut leaves what was synced, and parts of what was not."""

    synced: dict[str, bytearray] = field(default_factory=dict)
    unsynced: dict[str, list[tuple[int, bytes | None]]] = field(default_factory=dict)

    def write(self, file: str, at: int, data: bytes | None) -> None:
        """Take a piece of a file; without data, the file is cut or filled up to a length."""
        self.unsynced.setdefault(file, []).append((at, data))

    def sync(self, file: str) -> None:
        """Keep for certain what was written to a file."""
        for at, data in self.unsynced.pop(file, []):
            _put(self.synced.setdefault(file, bytearray()), at, data)

    def lay(self, folder: Path, chance: random.Random | None) -> None:
        """Write the files as a power cut leaves them; without `chance`, with nothing that was not synced."""
        for file in {*self.synced, *self.unsynced}:
            left = bytearray(self.synced.get(file, b""))
            for at, data in self.unsynced.get(file, []):
                for sector in _sectors(at, data):
                    if chance and chance.random() < 0.5:
                        _put(left, *sector)
            (folder / Path(file).name).write_bytes(left)


def _sectors(at: int, data: bytes | None) -> Iterator[tuple[int, bytes | None]]:
    if data is None:
        yield at, None
        return
    for start in range(0, len(data), SECTOR):
        yield at + start, data[start : start + SECTOR]


def _put(content: bytearray, at: int, data: bytes | None) -> None:
    end = at + len(data or b"")
    content.extend(bytes(max(0, end - len(content))))
    if data is None:
        del content[at:]
    else:
        content[at:end] = data


def played_back(recorded: Recorded, *, heeds_syncs: bool = True) -> Iterator[tuple[Disk, str]]:
    """Play back what was recorded; at each acknowledgement, give the disk and the key."""
    disk, syncing = Disk({recorded.file: bytearray(recorded.before)}), {}
    for line in recorded.trace.read_text(encoding="ascii").splitlines():
        found = CALL.match(line)
        if not found:
            continue
        process, call, rest = found.groups()
        named = FILE.match(rest)
        file = _bytes(named[1]).decode() if named else ""
        if call in ("fsync", "fdatasync"):
            syncing[process] = file or syncing[process]
            if not line.endswith("<unfinished ...>") and heeds_syncs:
                disk.sync(syncing.pop(process))
        elif file in (recorded.file, recorded.file + "-wal"):
            at = int(NUMBERS.findall(rest)[-1])
            assert call in ("pwrite64", "ftruncate"), f"not known what {call} does to a file"
            disk.write(file, at, _text(rest) if call == "pwrite64" else None)
        elif (content := _text(rest)).startswith(ACKNOWLEDGED):
            yield disk, json.loads(content.partition(b"\r\n\r\n")[2])["key"]


def _text(arguments: str) -> bytes:
    return b"".join(_bytes(piece) for piece in TEXT.findall(arguments))


def _bytes(piece: str) -> bytes:
    return bytes.fromhex(piece.replace("\\x", ""))


def stored_after_cut(disk: Disk, folder: Path, chance: random.Random | None = None) -> set[str]:
    """Open the store from what a power cut left."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    disk.lay(folder, chance)
    with closing(SqliteStore(folder / "intake.sqlite3")) as store:
        return {one.response.key for one in store.responses("thumbs")}


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    """What an intake did while four people at a time answered."""
    strace = shutil.which("strace")
    if not strace or subprocess.run([strace, "-o", "/dev/null", "true"], check=False).returncode:
        pytest.skip("strace is missing, or may not watch programs here")
    home = tmp_path_factory.mktemp("home").resolve()
    with closing(open_store(home)) as store:
        store.put_form(thumbs())
    recorded = Recorded(home / "trace", str(home / "intake.sqlite3"), (home / "intake.sqlite3").read_bytes())
    calls = "trace=pwrite64,pwritev,write,writev,sendto,sendmsg,fsync,fdatasync,ftruncate,fallocate"
    words = [strace, "-f", "-y", "-xx", "-s", "100000", "-o", str(recorded.trace), "-e", calls]
    environ = {**_plain(os.environ), "HEARBACK_HOME": str(home), "HEARBACK_DATABASE_URL": ""}
    with running("hearback.collect.intake.serving", environ=environ, under=words) as server:
        while _ask(server.port, "GET", "/healthz") != 200:
            time.sleep(0.05)
        with ThreadPoolExecutor(4) as pool:
            statuses = list(pool.map(lambda n: _send(server.port, n), range(N_ANSWERS)))
        assert set(statuses) == {201}
    return recorded


def _plain(environ: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environ.items() if not name.startswith("HEARBACK_")}


def _send(port: int, number: int) -> int:
    answers = {"trust": "1", "comment": f"Answer {number}. " * 40}
    message = msgspec.json.encode({"key": f"k{number}", "language": "en", "answers": answers})
    return _ask(port, "POST", "/intake/thumbs", message)


def _ask(port: int, method: str, path: str, body: bytes | None = None) -> int:
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as link:
        link.request(method, path, body, {"Content-Type": "application/json"})
        return link.getresponse().status


def test_what_was_acknowledged_outlives_a_power_cut(recorded: Recorded, tmp_path: Path) -> None:
    acknowledged: set[str] = set()
    chance = random.Random(7)
    for number, (disk, key) in enumerate(played_back(recorded)):
        acknowledged.add(key)
        if number % 10 == 0 or number == N_ANSWERS - 1:
            assert acknowledged <= stored_after_cut(disk, tmp_path / "cut")
            assert acknowledged <= stored_after_cut(disk, tmp_path / "cut", chance)
    assert acknowledged == {f"k{number}" for number in range(N_ANSWERS)}
    assert disk.synced[recorded.file] != recorded.before, "the log was never brought into the database"
    assert disk.synced.keys() == {recorded.file, recorded.file + "-wal"}


def test_a_store_that_syncs_nothing_would_be_found_out(recorded: Recorded, tmp_path: Path) -> None:
    disk, key = next(played_back(recorded, heeds_syncs=False))
    assert key not in stored_after_cut(disk, tmp_path / "cut")
