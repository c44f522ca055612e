"""From which network a request comes, as far as that is known. An address is read here and never kept."""

import ipaddress
import logging
import socket
from collections.abc import Iterable

IPV4, IPV6 = 4, 16
"""How many bytes an address has."""
MAPPED = bytes(10) + b"\xff\xff"
"""Before an IPv4 address that is written as IPv6. Source: RFC 4291, section 2.5.5.2."""
NETWORK_OF_IPV6 = 8
"""So many bytes name the network of a household or office. Source: RFC 4291, section 2.5.4."""
MOST_PROXIES = 10
NOT_KNOWN = (
    "It is not known from which networks requests come: they pass through a proxy that HEARBACK_PROXIES "
    "does not name, or that sends no X-Forwarded-For. Forms are limited, and networks are not."
)

log = logging.getLogger(__name__)


class Blocks:
    """A set of networks that is quick to ask."""

    def __init__(self, networks: Iterable[str]) -> None:
        found = [ipaddress.ip_network(text, strict=False) for text in networks]
        self._single = {one.network_address.packed for one in found if one.num_addresses == 1}
        self._blocks = []
        for one in found:
            if one.num_addresses > 1:
                shift = one.max_prefixlen - one.prefixlen
                self._blocks.append((one.max_prefixlen // 8, shift, int(one.network_address) >> shift))

    def __contains__(self, address: bytes) -> bool:
        if address in self._single or not self._blocks:
            return address in self._single
        number = int.from_bytes(address)
        return any(
            length == len(address) and number >> shift == start for length, shift, start in self._blocks
        )


LOOPBACK = Blocks(["127.0.0.0/8", "::1"])
INSIDE = Blocks(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10"])
"""Addresses that nobody has on the public internet. Source: RFC 1918, RFC 3927, RFC 4193, RFC 4291."""


class Networks:
    """Tells networks from what a server knows of a request.

    Args:
        proxies: networks of the reverse proxies whose X-Forwarded-For is believed. Nobody else's is.
    """

    def __init__(self, proxies: Iterable[str] = ()) -> None:
        self._proxies = Blocks(proxies)
        self._seen_proxies: set[str] = set()
        self._has_told = False

    def of(self, peer: str, forwarded: str) -> bytes | None:
        """Give the network of whoever sent a request; None where that is not known.

        Args:
            peer: who holds the connection, with or without a port.
            forwarded: the header X-Forwarded-For; blank where there is none.

        Returns:
            The address itself for IPv4, the first 64 bits for IPv6: a household or an office has that many
            addresses. None too behind a proxy that is not named, as all people would be one network.
        """
        host = _without_port(peer)
        if host in self._seen_proxies:
            return self._narrowed(self._told_by_proxies(forwarded))
        address = packed(host)
        if address is not None and address in self._proxies:
            self._seen_proxies.add(host)
            address = self._told_by_proxies(forwarded)
        elif address is not None and (address in LOOPBACK or (forwarded and address in INSIDE)):
            address = None
        return self._narrowed(address)

    def _narrowed(self, address: bytes | None) -> bytes | None:
        if address is None:
            self._tell()
            return None
        return address if len(address) == IPV4 else address[:NETWORK_OF_IPV6]

    def _told_by_proxies(self, forwarded: str) -> bytes | None:
        """Read the last address that a proxy of ours wrote down, and none that was sent to it."""
        if "," not in forwarded:
            address = packed(forwarded.strip())
            return None if address is None or address in self._proxies else address
        for text in reversed(forwarded.rsplit(",", MOST_PROXIES)[-MOST_PROXIES:]):
            address = packed(text.strip())
            if address is None or address not in self._proxies:
                return address
        return None

    def _tell(self) -> None:
        if not self._has_told:
            self._has_told = True
            log.warning(NOT_KNOWN)


def _without_port(text: str) -> str:
    if text.startswith("["):
        return text[1:].partition("]")[0]
    before, _, after = text.partition(":")
    return text if ":" in after else before


def packed(text: str) -> bytes | None:
    """Read an address, with or without a port, as its bytes; None where it is none."""
    text = _without_port(text)
    try:
        if ":" not in text:
            return socket.inet_pton(socket.AF_INET, text)
        address = socket.inet_pton(socket.AF_INET6, text.partition("%")[0])
    except (OSError, ValueError):
        return None
    return address[len(MAPPED) :] if address.startswith(MAPPED) else address
