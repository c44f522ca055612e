"""The benchmark of the intake runs the real stack and tells what it promises. No figure is judged here."""

from pathlib import Path

import pytest

from hearback.cli.bench import intake
from hearback.cli.load.responses import KEY, messages

PROMISED = {
    "requests_per_s", "p50_ms", "p99_ms", "cpu_us_per_request", "ratio_to_orm_view", "cpu_ratio_to_noop",
    "p99_ms_at_half_load", "lost",
}  # fmt: skip


def test_tells_all_figures_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("ROUNDS", 1), ("CONNECTIONS", 8), ("WARM_UP", 0.1)):
        monkeypatch.setattr(intake, name, value)
    told = intake.measure_intake(tmp_path, "", 0.3)
    assert set(told) >= PROMISED
    assert set(told["servers"]) == {"intake", "noop", "orm_view"}
    assert told["lost"] == told["refused"] == 0
    assert told["acknowledged"] > 0
    assert all(told[name] > 0 for name in PROMISED - {"lost"})


def test_made_up_messages_are_the_same_every_time_and_each_can_get_a_key() -> None:
    made = messages(50, seed=7)
    assert made == messages(50, seed=7) != messages(50, seed=8)
    assert all(one.count(KEY) == 1 for one in made)
