"""The settings that say what counts archived answers."""

import pytest

from hearback.config.settings import SettingNotValid, read_settings

KEY = {"HEARBACK_SECRET_KEY": "only-for-tests-only-for-tests-only-for-tests"}


def test_duckdb_counts_where_nothing_else_is_set() -> None:
    found = read_settings(KEY)
    assert (found["HEARBACK_ENGINE"], found["HEARBACK_SPARK_ADDRESS"]) == ("duckdb", "")


def test_a_cluster_can_be_named() -> None:
    given = {"HEARBACK_ENGINE": "spark", "HEARBACK_SPARK_ADDRESS": "spark://10.0.0.5:7077"}
    found = read_settings({**KEY, **given})
    assert {name: found[name] for name in given} == given


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("HEARBACK_ENGINE", "sparc", "write duckdb or spark"),
        ("HEARBACK_ENGINE", "", "write duckdb or spark"),
        ("HEARBACK_SPARK_ADDRESS", "10.0.0.5:7077", "write spark://host:port, or nothing"),
    ],
)
def test_what_is_no_engine_or_cluster_is_refused(name: str, value: str, remedy: str) -> None:
    with pytest.raises(SettingNotValid, match=f"{name}: '{value}' is not usable; {remedy}"):
        read_settings({**KEY, name: value})


def test_the_settings_and_the_program_know_the_same_engines() -> None:
    from hearback.measure.cells.engines import ENGINES

    assert set(ENGINES) == {"duckdb", "spark"}
    for name in ENGINES:
        assert read_settings({**KEY, "HEARBACK_ENGINE": name})["HEARBACK_ENGINE"] == name
