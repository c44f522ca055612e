"""Every engine counts the same patterns, so figures do not depend on where answers are counted."""

from dataclasses import replace

import pytest

from hearback.measure.cells.engines import Engine, EngineNotThere, engine_named
from hearback.measure.drivers.wanted import wanted_drivers
from tests.measure.answers.people import QUARTER
from tests.measure.drivers.conftest import Archived
from tests.measure.drivers.people import QUESTIONS, asking, crowd


def test_spark_gives_the_figures_of_duckdb(archive: Archived, engine: Engine) -> None:
    archive([*crowd(asking(), 120), *crowd(asking("b", *QUESTIONS, "employee", provider="va-vba"), 90)])
    weighted = crowd(asking("w", "ease", "equity", weighted=True), 100)
    archive([replace(one, weight=1 + row % 4 / 4) for row, one in enumerate(weighted)], source="second")
    here = wanted_drivers(QUARTER, 10, engine)
    try:
        cluster = engine_named("spark")
    except EngineNotThere as missing:
        pytest.skip(str(missing))
    try:
        there = wanted_drivers(QUARTER, 10, cluster)
    finally:
        cluster.close()
    assert {row.level for row in here} == {"survey", "service", "provider"}
    assert there == here
