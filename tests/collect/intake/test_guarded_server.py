"""The intake process itself under attack: traps, challenges, refusals, and nothing kept of any address."""

import base64
import hashlib
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from hearback.cli.bench.servers import running
from hearback.collect.intake.guarding.challenges import Challenge
from hearback.collect.intake.store.opened import open_store
from tests.collect.intake.guarding.test_challenges import solve
from tests.collect.intake.test_server import GOOD, Intake, home

__all__ = ["home"]
ADDRESSES = HERE, THERE, HOUSE = "203.0.113.77", "198.51.100.23", "2001:db8:5:6::99"


@pytest.fixture
def guarded(home: Path, environ: dict[str, str], capfd: pytest.CaptureFixture[str]) -> Iterator[Intake]:
    """An intake behind a proxy, with limits that are soon reached."""
    places = {
        **environ,
        "HEARBACK_HOME": str(home),
        "HEARBACK_DATABASE_URL": "",
        "HEARBACK_PROXIES": "127.0.0.1",
        "HEARBACK_CHALLENGE_NETWORK": "2",
        "HEARBACK_REFUSE_NETWORK": "12",
    }
    with running("hearback.collect.intake.serving", environ=places) as server:
        intake = Intake(home, server.port)
        intake.wait_for(200)
        yield intake


def _send(intake: Intake, key: str, address: str = HERE, **more: Any) -> Any:
    message = {**GOOD, "key": key, **more}
    return intake.ask("POST", "/intake/thumbs", message, **{"X-Forwarded-For": f"192.0.2.1, {address}"})


def _refused(intake: Intake, is_there: Callable[[dict[str, int]], bool]) -> dict[str, int]:
    """Read the numbers of what was refused; they are written down about once a second."""
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        with closing(open_store(intake.home)) as store:
            found: dict[str, int] = {kind: n for _, kind, n in store.refused("thumbs")}
        if is_there(found):
            return found
        time.sleep(0.05)
    raise AssertionError(f"never written down: {found}")


def _stored(intake: Intake) -> set[str]:
    with closing(open_store(intake.home)) as store:
        return {one.response.key for one in store.responses("thumbs")}


def test_a_program_in_the_trap_is_told_nothing_and_nothing_of_it_is_stored(guarded: Intake) -> None:
    trapped = _send(guarded, "bot", homepage="https://pills.example")
    person = _send(guarded, "person", homepage="")
    assert (trapped.status, person.status) == (201, 201)
    assert {**trapped.told, "key": ""} == {**person.told, "key": ""}
    assert set(trapped.headers) == set(person.headers)
    assert _stored(guarded) == {"person"}
    assert _refused(guarded, bool) == {"trapped": 1}


def test_a_network_above_its_limit_works_or_waits_and_is_never_shut_out(guarded: Intake) -> None:
    assert [_send(guarded, f"k{n}").status for n in range(2)] == [201, 201]
    challenged = _send(guarded, "k2")
    error = challenged.told["error"]
    assert (challenged.status, error["kind"], error["problems"]) == (403, "challenge", [])
    assert error["challenge"]["key"] == "k2"
    token, bits, seconds = (error["challenge"][name] for name in ("token", "bits", "seconds"))
    assert _send(guarded, "k0").status == 403, "sent again it waits as well"
    assert _send(guarded, "k2", THERE).status == 201, "others are not asked"
    early = _send(guarded, "k3", proof=token)
    assert (early.status, early.told["error"]["challenge"]["token"] != token) == (403, True)
    proof = solve(Challenge(token, bits, seconds))
    worked = _send(guarded, "k2", proof=proof)
    assert (worked.status, worked.told["key"]) == (200, "k2")
    again = _send(guarded, "k4", proof=proof)
    assert again.status == 403, "a proof is good for one response"
    another = again.told["error"]["challenge"]
    ends = time.monotonic() + 60
    while (waited := _send(guarded, "k4", proof=another["token"])).status == 403:
        left = waited.told["error"]["challenge"]
        assert left["token"] == another["token"], "who is too early keeps the turn"
        assert time.monotonic() < ends
        time.sleep(left["seconds"])
    assert waited.status == 201
    assert _stored(guarded) == {"k0", "k1", "k2", "k4"}
    assert _refused(guarded, lambda told: told.get("challenged", 0) >= 4) == {"challenged": 4}


def test_a_message_without_a_key_is_challenged_under_the_one_it_gets(guarded: Intake) -> None:
    for n in range(2):
        _send(guarded, f"k{n}")
    challenge = _send(guarded, "").told["error"]["challenge"]
    proof = solve(Challenge(challenge["token"], challenge["bits"], challenge["seconds"]))
    assert _send(guarded, challenge["key"], proof=proof).status == 201


def test_an_extreme_flood_is_refused_with_a_time_to_come_again(guarded: Intake) -> None:
    for n in range(12):
        assert _send(guarded, f"k{n}", HOUSE).status in {201, 403}
    refused = _send(guarded, "k", "2001:db8:5:6:7::1")
    assert (refused.status, refused.told["error"]["kind"]) == (429, "too_many"), "a household is one network"
    assert 0 < int(refused.headers["retry-after"]) <= 600
    assert set(refused.told["error"]) == {"kind", "message", "problems"}
    assert refused.headers["access-control-allow-origin"] == "*"
    assert guarded.ask("GET", "/intake/thumbs", **{"X-Forwarded-For": HOUSE}).status == 200
    assert _send(guarded, "there", THERE).status == 201
    assert _refused(guarded, lambda told: "over_limit" in told)["over_limit"] == 1


def test_no_address_nor_its_hash_is_left_on_disk_or_in_the_log(
    guarded: Intake, capfd: pytest.CaptureFixture[str]
) -> None:
    for address in ADDRESSES:
        for n in range(13):
            _send(guarded, f"{address[:3]}-{n}", address, homepage="x" if n == 5 else "")
        _send(guarded, "wrong", address, answers={"trust": "no choice"})
        guarded.ask("POST", "/intake/thumbs", b"{", **{"X-Forwarded-For": address})
    _refused(guarded, lambda told: {"trapped", "over_limit", "challenged"} <= told.keys())
    out, err = capfd.readouterr()
    kept = [file.read_bytes() for file in guarded.home.rglob("*") if file.is_file()]
    assert any(b"203-0" in one for one in kept), "it is read where responses lie"
    everything = b"\n".join([*kept, out.encode(), err.encode()])
    for address in ADDRESSES:
        for trace in traces(address):
            assert trace not in everything, trace


def traces(address: str) -> list[bytes]:
    """Give an address, its network and their hashes without salt in all the ways they could be written."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    packed = socket.inet_pton(family, address)
    texts = [address.encode(), packed, packed[:8]] if ":" in address else [address.encode(), packed]
    hashes = [
        made(text).digest()
        for text in texts
        for made in (hashlib.md5, hashlib.sha1, hashlib.sha256, hashlib.blake2b, hashlib.blake2s)
    ]
    hashes += [hashlib.blake2b(text, digest_size=size).digest() for text in texts for size in (8, 12, 16)]
    ways = [way for one in hashes for way in (one, one.hex().encode(), base64.b64encode(one).rstrip(b"="))]
    raw = packed[:8] if ":" in address else packed
    return [address.encode(), packed.hex().encode(), raw, *ways]
