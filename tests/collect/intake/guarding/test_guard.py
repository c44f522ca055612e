"""Who may send: everybody, until too many do; and what is refused is counted."""

from pathlib import Path
from typing import Any

import pytest

from hearback.collect.intake.guarding.guard import (
    Attempt,
    Guard,
    Limits,
    TooMany,
    derived,
    limits_of,
    secret_of,
)
from hearback.collect.intake.store import Store, StoreNotReady
from tests.collect.intake.guarding.test_challenges import solve
from tests.collect.intake.made import response

AT = 1_772_463_600.0
DAY = "2026-03-02"


def _guard(**limits: Any) -> Guard:
    return Guard(Limits(**limits), b"secret" * 6)


def _sent(guard: Guard, n: int, **about: Any) -> list[bool]:
    """Send so many responses; tells of each whether it was challenged."""
    return [guard.check(Attempt("thumbs", f"k{one}", **about), AT) is not None for one in range(n)]


def test_a_network_above_its_limit_is_challenged_and_others_are_not() -> None:
    guard = _guard(network=3, form=None)
    assert _sent(guard, 5, network=b"a") == [False, False, False, True, True]
    assert _sent(guard, 3, network=b"b") == [False] * 3
    assert _sent(guard, 9) == [False] * 9, "where no network is known, none is limited"


def test_a_form_above_its_limit_challenges_all_who_answer_it() -> None:
    guard = _guard(network=None, form=2)
    assert _sent(guard, 4, network=b"a") == [False, False, True, True]
    assert _sent(guard, 1, network=b"b") == [True]
    assert guard.check(Attempt("other", "k"), AT) is None


def test_a_form_may_have_a_limit_of_its_own() -> None:
    guard = _guard(network=None, form=2)
    assert _sent(guard, 4, limit=3) == [False, False, False, True]
    assert guard.check(Attempt("always", "k", limit=0), AT) is not None


def test_none_is_no_limit() -> None:
    guard = _guard(network=None, form=None, refused=None)
    assert not any(_sent(guard, 50, network=b"a"))
    for _ in range(50):
        guard.check_network("thumbs", b"a", AT)


def test_who_meets_the_challenge_is_let_in_and_nobody_is_shut_out() -> None:
    guard = _guard(network=0, form=None)
    for n in range(40):
        attempt = Attempt("thumbs", f"k{n}", network=b"office")
        challenge = guard.check(attempt, AT)
        assert challenge is not None
        waited = Attempt("thumbs", f"k{n}", network=b"office", proof=challenge.token)
        assert guard.check(waited, AT + challenge.seconds) is None
    worked = guard.check(Attempt("thumbs", "k", network=b"office"), AT)
    assert worked is not None
    proof = solve(worked)
    assert guard.check(Attempt("thumbs", "k", network=b"office", proof=proof), AT) is None
    assert guard.check(Attempt("thumbs", "k2", network=b"office", proof=proof), AT) is not None


def test_an_extreme_flood_from_one_network_is_refused_for_a_while() -> None:
    guard = _guard(refused=10)
    for _ in range(10):
        guard.check_network("thumbs", b"a", AT)
    with pytest.raises(TooMany) as problem:
        guard.check_network("thumbs", b"a", AT)
    assert 0 < problem.value.seconds <= 600
    guard.check_network("thumbs", b"b", AT)
    guard.check_network("thumbs", None, AT)
    guard.check_network("thumbs", b"a", AT + 1_200)


def test_what_is_refused_is_counted_by_form_and_day(store: Store) -> None:
    guard = _guard(network=0, refused=0)
    for _ in range(3):
        assert guard.is_trapped(Attempt("thumbs", "k", trap="x"), AT)
    assert not guard.is_trapped(Attempt("thumbs", "k"), AT)
    _sent(guard, 2, network=b"a")
    for name in ("thumbs", ""):
        with pytest.raises(TooMany):
            guard.check_network(name, b"a", AT)
    guard.is_trapped(Attempt("other", "k", trap="x"), AT + 86_400)
    assert guard.has_unsaved
    guard.save(store)
    assert not guard.has_unsaved
    assert store.refused("thumbs") == [(DAY, "challenged", 2), (DAY, "over_limit", 1), (DAY, "trapped", 3)]
    guard.is_trapped(Attempt("thumbs", "k", trap="x"), AT)
    guard.save(store)
    assert store.refused("thumbs", since=DAY)[-1] == (DAY, "trapped", 4)
    assert store.refused("thumbs", since="2026-03-03") == []
    assert store.refused("other") == [("2026-03-03", "trapped", 1)]
    assert store.append([response("a")]) == [True]


def test_a_count_that_cannot_be_stored_is_kept_until_it_can(store: Store, opened: Any) -> None:
    guard, broken = _guard(), opened()
    broken.close()
    guard.is_trapped(Attempt("thumbs", "k", trap="x"), AT)
    with pytest.raises(StoreNotReady):
        guard.save(broken)
    assert guard.has_unsaved
    guard.save(store)
    assert store.refused("thumbs") == [(DAY, "trapped", 1)]


def test_limits_and_secret_come_from_the_environment(tmp_path: Path) -> None:
    assert limits_of({}) == Limits()
    told = {
        "HEARBACK_CHALLENGE_NETWORK": "5",
        "HEARBACK_CHALLENGE_FORM": "none",
        "HEARBACK_REFUSE_NETWORK": "7",
        "HEARBACK_PROXIES": "127.0.0.1, 10.0.0.0/8",
    }
    assert limits_of(told) == Limits(5, None, 7, ("127.0.0.1", "10.0.0.0/8"))
    assert secret_of({"HEARBACK_SECRET_KEY": "s" * 40}, tmp_path) == derived("s" * 40)
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "secret_key").write_text("t" * 40 + "\n", encoding="ascii")
    assert secret_of({}, tmp_path) == derived("t" * 40)
    assert secret_of({}, tmp_path / "nowhere") != secret_of({}, tmp_path / "nowhere")
