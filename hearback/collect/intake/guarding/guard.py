"""Who may send: everybody, but for traps that were stepped into and floods, and what becomes of those."""

import hmac
import math
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

import msgspec

from hearback.collect.intake.guarding.challenges import Challenge, Challenges, bits_for
from hearback.collect.intake.guarding.counting import WINDOW, Salted, Window
from hearback.collect.intake.guarding.networks import Networks
from hearback.collect.intake.store import RefusedKind, Store, StoreNotReady

KEY_FILE = Path("keys", "secret_key")
PURPOSE = b"hearback: challenges of the intake"


@dataclass(frozen=True)
class Limits:
    """How many may come within ten minutes; None is any number.

    Attributes:
        network: responses from one network, above which it is challenged.
        form: responses to one form, above which all are challenged, where the form says no other number.
        refused: requests from one network, above which more are refused.
        proxies: networks of reverse proxies that are believed.
    """

    network: int | None = 60
    form: int | None = 3_000
    refused: int | None = 6_000
    proxies: tuple[str, ...] = ()


class Attempt(msgspec.Struct, frozen=True):
    """A response that somebody wants to have stored.

    Attributes:
        limit: of the form, in the place of the one for all forms.
        trap: what was written into the field that no person sees.
        network: from where, under the name it has today; None where that is not known.
    """

    form: str
    key: str
    limit: int | None = None
    trap: str = ""
    proof: str = ""
    network: bytes | None = None


class TooMany(Exception):
    """So much comes from one network that no more is taken; `seconds` says when to come again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many requests from one network; come again in {seconds} s")
        self.seconds = seconds


class Guard:
    """Counts who sends, in this process and in memory alone, and says who has to do something first."""

    def __init__(self, limits: Limits, secret: bytes) -> None:
        self._limits = limits
        self._challenges = Challenges(secret)
        self._networks, self._salted = Networks(limits.proxies), Salted()
        self._requests, self._responses, self._forms = Window(), Window(), Window()
        self._counting = Lock()
        self._unsaved: Counter[tuple[str, str, RefusedKind]] = Counter()

    def network(self, peer: str, forwarded: str, at: float) -> bytes | None:
        """Name the network that a request comes from; None where it is not known."""
        network = self._networks.of(peer, forwarded)
        return None if network is None else self._salted.name(network, at)

    def check_network(self, form: str, network: bytes | None, at: float) -> None:
        """Count a request, and refuse it where far too many come from its network.

        Args:
            form: the one it was for; blank where there is no such form.

        Raises:
            TooMany: if they do.
        """
        if network is None or self._limits.refused is None:
            return
        if self._requests.add(network, at) > self._limits.refused:
            if form:
                self._note(form, "over_limit", at)
            raise TooMany(math.ceil(WINDOW - at % WINDOW))

    def check(self, attempt: Attempt, at: float) -> Challenge | None:
        """Count a response; gives what has to be done before it is stored, None if nothing has."""
        times = self._times_too_many(attempt, at)
        if times <= 1:
            return None
        if attempt.proof:
            met = self._challenges.met(attempt.form, attempt.key, attempt.proof, at)
            if met is True:
                return None
            if isinstance(met, Challenge):
                return met
        self._note(attempt.form, "challenged", at)
        queue = attempt.network or attempt.form
        return self._challenges.make(attempt.form, attempt.key, bits_for(times), queue, at)

    def is_trapped(self, attempt: Attempt, at: float) -> bool:
        """Say whether a program filled in what no person sees; then nothing of it is stored."""
        if not attempt.trap:
            return False
        self._note(attempt.form, "trapped", at)
        return True

    @property
    def has_unsaved(self) -> bool:
        """Say whether something was refused since it was written down."""
        return bool(self._unsaved)

    def save(self, store: Store) -> None:
        """Add what was refused since the last time to the store.

        Raises:
            StoreNotReady: if it cannot; it is added the next time.
        """
        with self._counting:
            counts, self._unsaved = self._unsaved, Counter()
        if not counts:
            return
        try:
            store.add_refused(counts)
        except StoreNotReady:
            with self._counting:
                self._unsaved += counts
            raise

    def _times_too_many(self, attempt: Attempt, at: float) -> float:
        of_form = self._limits.form if attempt.limit is None else attempt.limit
        times = _times(self._forms.add(attempt.form, at), of_form)
        if attempt.network is None:
            return times
        return max(times, _times(self._responses.add(attempt.network, at), self._limits.network))

    def _note(self, form: str, kind: RefusedKind, at: float) -> None:
        day = datetime.fromtimestamp(at, UTC).date().isoformat()
        with self._counting:
            self._unsaved[form, day, kind] += 1


def _times(count: float, limit: int | None) -> float:
    """Say how many times as many as the limit there are."""
    return 0.0 if limit is None else count / max(limit, 0.5)


def secret_of(environ: Mapping[str, str], home: Path) -> bytes:
    """Give what signs challenges, by the key that signs sessions; where there is none, for this run."""
    text = environ.get("HEARBACK_SECRET_KEY", "")
    file = home / KEY_FILE
    if not text and file.is_file():
        text = file.read_text(encoding="ascii", errors="replace").strip()
    return derived(text) if text else os.urandom(32)


def derived(secret_key: str) -> bytes:
    """Make a key for this purpose alone from the one that signs sessions."""
    return hmac.digest(secret_key.encode(), PURPOSE, "sha256")


def limits_of(environ: Mapping[str, str]) -> Limits:
    """Read the limits from an environment that the program has checked."""
    usual = Limits()
    return Limits(
        network=limit_in(environ.get("HEARBACK_CHALLENGE_NETWORK", str(usual.network))),
        form=limit_in(environ.get("HEARBACK_CHALLENGE_FORM", str(usual.form))),
        refused=limit_in(environ.get("HEARBACK_REFUSE_NETWORK", str(usual.refused))),
        proxies=proxies_in(environ.get("HEARBACK_PROXIES", "")),
    )


def limit_in(text: str) -> int | None:
    """Read a number, or `none` for no limit."""
    return None if text == "none" else int(text)


def proxies_in(text: str) -> tuple[str, ...]:
    """Read networks that are separated by spaces."""
    return tuple(text.replace(",", " ").split())
