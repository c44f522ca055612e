"""Work that is asked for: signed, for one response, for a time, and met by work or by waiting."""

from hashlib import sha256
from itertools import count

import pytest

from hearback.collect.intake.guarding.challenges import (
    GOOD_FOR,
    LEAST_BITS,
    MOST_BITS,
    MOST_SECONDS_TO_WAIT,
    SECONDS_TO_WAIT,
    Challenge,
    Challenges,
    bits_for,
)

AT = 1_772_463_600.25
ABOUT = ("thumbs", "k1")


def solve(challenge: Challenge) -> str:
    """Do the work, as a browser does it."""
    proofs = (f"{challenge.token}:{n}" for n in count())
    return next(
        one
        for one in proofs
        if f"{int(sha256(one.encode()).hexdigest(), 16):0256b}".find("1") >= challenge.bits
    )


@pytest.fixture
def challenges() -> Challenges:
    return Challenges(b"secret" * 6)


def test_work_meets_it_at_once(challenges: Challenges) -> None:
    made = challenges.make(*ABOUT, 8, "net", AT)
    proof = solve(made)
    assert challenges.met(*ABOUT, proof, AT) is True
    assert Challenges(b"secret" * 6).met(*ABOUT, proof, AT) is True, "whichever process is asked"
    assert Challenges(b"another" * 6).met(*ABOUT, proof, AT) is False


def test_waiting_meets_it_and_not_before(challenges: Challenges) -> None:
    made = challenges.make(*ABOUT, 8, "net", AT)
    assert made.seconds in {SECONDS_TO_WAIT, SECONDS_TO_WAIT + 1}
    early = challenges.met(*ABOUT, made.token, AT + 3)
    assert isinstance(early, Challenge)
    assert (early.token, early.bits) == (made.token, 8), "who is too early keeps the turn"
    assert early.seconds == made.seconds - 3
    assert challenges.met(*ABOUT, made.token, AT + made.seconds) is True


def test_it_is_good_for_one_response_to_one_form_for_an_hour(challenges: Challenges) -> None:
    proof = solve(challenges.make(*ABOUT, 8, "net", AT))
    assert challenges.met("thumbs", "k2", proof, AT) is False
    assert challenges.met("other", "k1", proof, AT) is False
    assert challenges.met(*ABOUT, proof, AT + GOOD_FOR - 1) is True
    assert challenges.met(*ABOUT, proof, AT + GOOD_FOR) is False


def test_what_was_changed_or_made_up_meets_nothing(challenges: Challenges) -> None:
    made = challenges.make(*ABOUT, 8, "net", AT)
    opens, expires, bits, signature = made.token.split(".")
    for token in (
        f"{int(opens, 16) - 60:08x}.{expires}.{bits}.{signature}",
        f"{opens}.ffffffff.{bits}.{signature}",
        f"{opens}.{expires}.0.{signature}",
        f"{opens}.{expires}.{bits}.{'0' * 32}",
        f"{made.token}\n",
        "",
        "x" * 200,
    ):
        for proof in (token, f"{token}:1", f"{token}:"):
            assert challenges.met(*ABOUT, proof, AT + 60) is False, proof
    for answer in ("-1", "x", "1" * 17, "1\n", "1:1", "٣"):
        assert challenges.met(*ABOUT, f"{made.token}:{answer}", AT) is False


def test_who_waits_takes_turns_with_others_of_the_network_and_with_nobody_else(
    challenges: Challenges,
) -> None:
    waits = [challenges.make("thumbs", str(n), 8, "net", AT).seconds for n in range(500)]
    assert waits == sorted(waits)
    assert waits[-1] == MOST_SECONDS_TO_WAIT + 1, "nobody waits longer than so"
    assert waits[20] >= SECONDS_TO_WAIT + 10
    assert challenges.make(*ABOUT, 8, "other", AT).seconds <= SECONDS_TO_WAIT + 1


def test_so_many_networks_wait_apart_and_the_others_together(
    challenges: Challenges, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hearback.collect.intake.guarding.challenges.MOST_WAITING", 3)
    waits = [challenges.make(*ABOUT, 8, f"net{n}", AT).seconds for n in range(40)]
    assert waits[:4] == [waits[0]] * 4
    assert waits[-1] >= waits[0] + 15
    later = AT + MOST_SECONDS_TO_WAIT + 1
    assert challenges.make(*ABOUT, 8, "net", later).seconds <= SECONDS_TO_WAIT + 1, "turns end"


def test_twice_as_many_have_twice_as_much_to_do() -> None:
    assert [bits_for(times) for times in (1.01, 2, 4.1, 1e9)] == [
        LEAST_BITS,
        LEAST_BITS + 1,
        LEAST_BITS + 2,
        MOST_BITS,
    ]
