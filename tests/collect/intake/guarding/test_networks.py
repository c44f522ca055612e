"""From which network a request comes: only what is known, and whom one may believe."""

import logging

import pytest

from hearback.collect.intake.guarding.networks import Networks, packed

HOUSE = bytes([0x20, 0x01, 0x0D, 0xB8, 0, 1, 0, 2])
PROXIES = ("127.0.0.1", "10.1.0.0/16", "fd00::/8")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("203.0.113.9", bytes([203, 0, 113, 9])),
        ("203.0.113.9:4711", bytes([203, 0, 113, 9])),
        ("::ffff:203.0.113.9", bytes([203, 0, 113, 9])),
        ("[2001:db8:1:2::7]:4711", HOUSE + bytes(7) + b"\x07"),
        ("2001:db8:1:2::7", HOUSE + bytes(7) + b"\x07"),
        ("fe80::1%eth0", bytes([0xFE, 0x80]) + bytes(13) + b"\x01"),
        ("unknown", None),
        ("", None),
        ("203.0.113", None),
        ("203.0.113.9\x00", None),
    ],
)
def test_reads_addresses_as_servers_and_proxies_write_them(text: str, address: bytes | None) -> None:
    assert packed(text) == address


def test_all_addresses_of_a_household_are_one_network() -> None:
    networks = Networks()
    assert networks.of("[2001:db8:1:2::7]:1", "") == networks.of("[2001:db8:1:2:ffff::1]:2", "") == HOUSE
    assert networks.of("[2001:db8:1:3::7]:1", "") != HOUSE
    assert networks.of("203.0.113.9:1", "") != networks.of("203.0.113.10:1", "")


@pytest.mark.parametrize(
    ("peer", "forwarded", "network"),
    [
        ("127.0.0.1:9", "203.0.113.9", "203.0.113.9"),
        ("10.1.2.3:9", "198.51.100.1, 203.0.113.9, 10.1.9.9", "203.0.113.9"),
        ("[fd00::1]:9", "203.0.113.9:4711", "203.0.113.9"),
        ("127.0.0.1:9", "10.2.0.1", "10.2.0.1"),
        ("192.0.2.1:9", "203.0.113.9", "192.0.2.1"),
        ("127.0.0.1:9", "", None),
        ("127.0.0.1:9", "203.0.113.9, unknown", None),
        ("127.0.0.1:9", "10.1.2.3", None),
    ],
)
def test_believes_the_proxies_that_are_named_and_nobody_else(
    peer: str, forwarded: str, network: str | None
) -> None:
    assert Networks(PROXIES).of(peer, forwarded) == (None if network is None else packed(network))


@pytest.mark.parametrize(
    ("peer", "forwarded"),
    [("127.0.0.1:9", ""), ("[::1]:9", "203.0.113.9"), ("10.0.0.7:9", "203.0.113.9"), ("", "")],
)
def test_says_so_once_where_the_network_is_not_known(
    peer: str, forwarded: str, caplog: pytest.LogCaptureFixture
) -> None:
    networks = Networks()
    with caplog.at_level(logging.WARNING):
        assert [networks.of(peer, forwarded) for _ in range(3)] == [None] * 3
    (record,) = caplog.records
    assert "HEARBACK_PROXIES" in record.getMessage()
    assert "203" not in record.getMessage()


def test_once_a_proxy_is_known_others_are_still_told_from_it() -> None:
    networks = Networks(("127.0.0.1", "::1", "2001:db8:1:2::1"))
    for peer in ("127.0.0.1:1", "127.0.0.1", "[::1]:1", "::1", "2001:db8:1:2::1"):
        assert networks.of(peer, "203.0.113.9") == packed("203.0.113.9")
    assert networks.of("192.0.2.1", "203.0.113.9") == packed("192.0.2.1")
    assert networks.of("2001:db8:1:2::2", "203.0.113.9") == HOUSE
    assert networks.of("", "203.0.113.9") is None


def test_who_sits_in_the_same_building_without_a_proxy_is_known() -> None:
    assert Networks().of("10.0.0.7:9", "") == packed("10.0.0.7")
