"""Where updates are shown when two priority areas number their strategies alike; and in older releases."""

import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.test import Client
from pytest_django import Settings

from hearback.plan import queries as plan
from hearback.publish.formats import data_files
from hearback.publish.frozen import FACT_TYPES, Content, fact_files
from tests.publish.content import content
from tests.publish.publishing import make_release

pytestmark = pytest.mark.django_db


def area(key: str, number: int) -> plan.PriorityAreaFact:
    """Make an area with two strategies, 1 and 2."""
    strategies = tuple(
        plan.StrategyFact(f"{key}-s{n}", n, f"{key} {n}", None, None, (), (), (), None) for n in (1, 2)
    )
    return plan.PriorityAreaFact(key, number, f"Area {key}", None, None, None, (), (), strategies, None)


def update(key: str, numbers: tuple[int, ...], keys: tuple[str, ...] | None, kind: str) -> plan.UpdateFact:
    return plan.UpdateFact(
        key, "2026-01", kind, f"Title {key}", f"Gist of {key}.", numbers, (), True, None, strategy_keys=keys
    )


UPDATES = (
    update("rivers-only", (1,), ("rivers-s1",), "blog"),
    update("roads-only", (1,), ("roads-s1",), "area_summary"),
    update("both", (1, 2), ("rivers-s2", "roads-s1"), "area_summary"),
    update("nobody", (), (), "blog"),
)


@pytest.fixture
def shown(tmp_path: Path, settings: Settings, at: datetime, client: Client) -> Any:
    """Publish areas and updates; then give which updates are on a page."""
    settings.HOME = tmp_path
    (tmp_path / "releases").mkdir()

    def publish(made: Content) -> Any:
        make_release(made, data_files(made), by="reviewer", at=at)
        return lambda address: set(
            re.findall(r"(?:Title|Gist of) ([\w-]+)", client.get(address).content.decode())
        )

    return publish


def test_strategy_1_of_one_area_does_not_show_what_is_said_of_strategy_1_of_another(
    shown: Any, client: Client
) -> None:
    on = shown(content(priority_areas=(area("rivers", 1), area("roads", 2)), updates=UPDATES))
    assert on("/strategies/rivers-s1/") == {"rivers-only"}
    assert on("/strategies/rivers-s2/") == {"both"}
    assert on("/strategies/roads-s1/") == {"roads-only", "both"}
    assert on("/strategies/roads-s2/") == set()
    assert on("/priority-areas/rivers/") == on("/") == {"rivers-only", "both", "nobody"}
    assert on("/priority-areas/roads/") == {"roads-only", "both", "nobody"}
    page = " ".join(re.sub(r"<[^>]+>", " ", client.get("/").content.decode()).split())
    assert "Gist of both. Strategy 2 ·" in page


@pytest.mark.parametrize(
    ("areas", "of_first", "on_area"),
    [
        ((area("rivers", 1),), {"old"}, {"old"}),
        ((area("rivers", 1), area("roads", 2)), set(), {"old"}),
    ],
    ids=["one area", "two areas"],
)
def test_an_older_release_shows_by_number_only_where_there_is_one_area(
    shown: Any, areas: tuple[plan.PriorityAreaFact, ...], of_first: set[str], on_area: set[str]
) -> None:
    on = shown(content(priority_areas=areas, updates=(update("old", (1,), None, "blog"),)))
    assert (on("/strategies/rivers-s1/"), on("/strategies/rivers-s2/")) == (of_first, set())
    assert on("/priority-areas/rivers/") == on("/") == on_area


def test_a_release_that_lacks_the_keys_is_read() -> None:
    frozen = json.loads(fact_files(content(updates=UPDATES))["facts/updates.json"])
    for one in frozen:
        del one["strategy_keys"]
    read = msgspec.convert(frozen, FACT_TYPES["updates"])
    assert read == tuple(replace(one, strategy_keys=None) for one in UPDATES)
