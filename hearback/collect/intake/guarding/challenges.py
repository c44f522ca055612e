"""Work that is asked for under attack: signed here, done in the browser of whoever sends, or waited for.

A challenge is good for one response: it is signed for a form and for the key of the response, and a key is
stored once. So nothing has to be remembered of those that were met, and every process knows those of all.
"""

import hmac
import math
import re
from dataclasses import dataclass
from hashlib import sha256

import msgspec

LEAST_BITS, MOST_BITS = 13, 17
"""8,192 hashes take a browser well below a second; 131,072 take it seconds, or a slow telephone longer."""
SECONDS_TO_WAIT, MOST_SECONDS_TO_WAIT = 8, 60
SECONDS_BETWEEN = 0.5
"""Who waits in the place of working takes turns with all others of the network: so many seconds apart."""
GOOD_FOR = 3_600
"""Seconds after which a challenge has to be a new one: time enough for everybody. Source: WCAG 2.2, 2.2.1."""
MOST_WAITING = 100_000
TOKEN = re.compile(r"([0-9a-f]{8,10})\.([0-9a-f]{8,10})\.([0-9]{1,2})\.[0-9a-f]{32}\Z", re.ASCII)
ANSWER = re.compile(r"[0-9]{1,16}\Z", re.ASCII)


class Challenge(msgspec.Struct, frozen=True):
    """What is asked for before a response is stored.

    Find a number n such that SHA-256 of `token:n` begins with so many zero `bits`, and send `token:n`; or
    send the token by itself after so many `seconds`.
    """

    token: str
    bits: int
    seconds: int


@dataclass(frozen=True)
class _Terms:
    opens: int
    expires: int
    bits: int


class Challenges:
    """Makes challenges and tells whether they were met.

    Args:
        secret: what signs them; the same in all processes that share a site.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._turns: dict[object, float] = {}
        self._swept_at = 0.0

    def make(self, form: str, key: str, bits: int, queue: object, at: float) -> Challenge:
        """Make a challenge for one response.

        Args:
            queue: with whom it takes turns if it is waited for; the network, or the form.
        """
        opens = math.ceil(self._next_turn(queue, at))
        begin = f"{opens:08x}.{int(at) + GOOD_FOR:08x}.{bits}"
        return Challenge(f"{begin}.{self._signed(begin, form, key)}", bits, math.ceil(opens - at))

    def met(self, form: str, key: str, proof: str, at: float) -> bool | Challenge:
        """Say whether a challenge for a response was met; gives it again where it is too early."""
        token, _, answer = proof.partition(":")
        terms = self._terms(token, form, key)
        if terms is None or at >= terms.expires:
            return False
        if answer:
            return bool(ANSWER.match(answer)) and has_zeros(f"{token}:{answer}", terms.bits)
        left = terms.opens - at
        return left <= 0 or Challenge(token, terms.bits, math.ceil(left))

    def _terms(self, token: str, form: str, key: str) -> _Terms | None:
        parts = TOKEN.match(token)
        if parts is None:
            return None
        begin, _, signature = token.rpartition(".")
        if not hmac.compare_digest(signature, self._signed(begin, form, key)):
            return None
        return _Terms(int(parts[1], 16), int(parts[2], 16), int(parts[3]))

    def _signed(self, begin: str, form: str, key: str) -> str:
        return hmac.digest(self._secret, f"{begin}\n{form}\n{key}".encode(), "sha256")[:16].hex()

    def _next_turn(self, queue: object, at: float) -> float:
        if queue not in self._turns and self._is_full(at):
            queue = None
        earliest = at + SECONDS_TO_WAIT
        turn = max(earliest, self._turns.get(queue, 0.0) + SECONDS_BETWEEN)
        self._turns[queue] = turn = min(turn, at + MOST_SECONDS_TO_WAIT)
        return turn

    def _is_full(self, at: float) -> bool:
        """Say whether so many wait that further networks share a queue; forgets turns that are over."""
        if len(self._turns) >= MOST_WAITING and at >= self._swept_at + 1:
            self._swept_at = at
            self._turns = {name: turn for name, turn in self._turns.items() if turn > at}
        return len(self._turns) >= MOST_WAITING


def bits_for(times_too_many: float) -> int:
    """Say how much work to ask for: twice as much for twice as many."""
    return min(MOST_BITS, LEAST_BITS + int(math.log2(max(1.0, times_too_many))))


def has_zeros(text: str, bits: int) -> bool:
    """Say whether the SHA-256 of a text begins with so many zero bits."""
    return int.from_bytes(sha256(text.encode()).digest()) >> (256 - bits) == 0
