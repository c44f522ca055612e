"""Processes of the intake are killed at random under load: acknowledged is stored, exactly, each key once."""

from pathlib import Path

from hearback.cli.bench.intake_crash import crash

ROUNDS = 6


def test_what_was_acknowledged_is_stored_whatever_is_killed(tmp_path: Path, database: str) -> None:
    found = crash(tmp_path, database, ROUNDS, seed=3)
    assert sum(found["killed"].values()) == ROUNDS
    assert (found["lost"], found["stored_twice"], found["stored_unacknowledged"]) == (0, 0, 0)
    assert found["acknowledged"] == found["sent"] > 0
