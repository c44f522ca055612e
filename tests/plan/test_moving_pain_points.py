"""A home that has pain points in the plan keeps them when they move to learn, and when they move back."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from hearback.learn import queries as learn
from hearback.plan import queries as plan

pytestmark = pytest.mark.django_db(transaction=True)
MOVE = ("plan", "0004_pain_points_move")


def migrate(*targets: tuple[str, str]) -> Any:
    """Bring the tables to a state; gives the models as they are there."""
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))
    return MigrationExecutor(connection).loader.project_state(list(targets)).apps


def before() -> list[tuple[str, str]]:
    nodes = MigrationExecutor(connection).loader.graph.node_map
    return [parent.key for parent in nodes[MOVE].parents if parent.key[0] == "plan"]


def newest() -> list[tuple[str, str]]:
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    return [leaf for leaf in leaves if leaf[0] in {"learn", "plan"}]


@pytest.fixture
def old() -> Iterator[Any]:
    """The tables as they were before the move; afterwards they are the newest again."""
    yield migrate(*before())
    migrate(*newest())


def fill(apps: Any) -> None:
    experiences = apps.get_model("plan", "LifeExperience").objects
    known = experiences.create(
        key="buying-a-boat", name="Buying a boat", journey_stages=["choosing", "paying"],
        journey_note="First stages only.", source="https://example.org/boat", confidence="medium",
    )  # fmt: skip
    experiences.create(key="flying", name="Flying")
    point = apps.get_model("plan", "PainPoint").objects
    point.create(key="p2", life_experience=known, position=2, gist="Too dear.")
    point.create(
        key="p1", life_experience=known, position=1, gist="Two forms.", source="https://example.org/p1",
        confidence="high",
    )  # fmt: skip


def told() -> Any:
    boat, flying = plan.life_experiences()
    assert (flying.journey_key, flying.pain_points, flying.journey_stages) == (None, (), ())
    points = [(p.key, p.gist, p.source, p.confidence) for p in boat.pain_points]
    return boat.journey_key, boat.journey_stages, boat.journey_note, points


MOVED = (
    "buying-a-boat", ("choosing", "paying"), "First stages only.",
    [("p1", "Two forms.", "https://example.org/p1", "high"), ("p2", "Too dear.", None, None)],
)  # fmt: skip


def test_pain_points_stages_and_notes_are_kept(old: Any) -> None:
    fill(old)
    migrate(*newest())
    assert told() == MOVED
    (journey,) = learn.journeys()
    assert (journey.key, journey.name, journey.source, journey.confidence) == (
        "buying-a-boat", "Buying a boat", "https://example.org/boat", "medium",
    )  # fmt: skip
    assert [stage.key for stage in journey.stages] == ["buying-a-boat-stage-1", "buying-a-boat-stage-2"]


def test_moved_back_and_forth_nothing_is_lost_or_doubled(old: Any) -> None:
    fill(old)
    migrate(*newest())
    again = migrate(*before())
    row = again.get_model("plan", "LifeExperience").objects.get(key="buying-a-boat")
    assert (row.journey_stages, row.journey_note) == (["choosing", "paying"], "First stages only.")
    assert [p.gist for p in again.get_model("plan", "PainPoint").objects.order_by("position")] == [
        "Two forms.", "Too dear.",
    ]  # fmt: skip
    migrate(*newest())
    assert told() == MOVED
