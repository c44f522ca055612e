"""What must always be true of the plan is held by the database."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from hearback.plan.models import (
    Funding,
    Goal,
    LifeExperience,
    Milestone,
    PriorityArea,
    ReportingCount,
    Strategy,
    Update,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def strategy() -> Strategy:
    area = PriorityArea.objects.create(key="rivers", number=1, title="Rivers")
    return Strategy.objects.create(key="s1", priority_area=area, number=1, title="Listen")


def refuses(row: Model) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_milestone_belongs_to_exactly_one_thing(strategy: Strategy) -> None:
    experience = LifeExperience.objects.create(key="e", name="Buying a boat")
    refuses(Milestone(key="m", position=1, title="x"))
    refuses(Milestone(key="m", position=1, title="x", strategy=strategy, life_experience=experience))
    Milestone.objects.create(key="m", position=1, title="x", strategy=strategy)


def test_an_update_is_approved_by_somebody_at_some_time_or_not_at_all(at: datetime) -> None:
    def update(approved: bool, approved_at: datetime | None, approved_by: str | None) -> Update:
        return Update(
            key="u", date="2023", kind="blog", title="x", gist="x",
            approved=approved, approved_at=approved_at, approved_by=approved_by,
        )  # fmt: skip

    for bad in (
        (True, None, None),
        (True, at, None),
        (True, None, "me"),
        (False, at, "me"),
        (False, at, None),
    ):
        refuses(update(*bad))
    update(True, at, "me").save()


def test_no_more_providers_report_than_there_are(strategy: Strategy) -> None:
    refuses(ReportingCount(key="c", strategy=strategy, as_of="2023", reporting=36, total=35))
    ReportingCount.objects.create(key="c", strategy=strategy, as_of="2023", reporting=36)


def test_a_goal_is_not_replaced_by_itself(strategy: Strategy) -> None:
    goal = Goal.objects.create(key="g", strategy=strategy, position=1, number="1.1", gist="x")
    goal.replaced_by = goal
    refuses(goal)


def test_money_is_of_a_known_kind_and_never_negative() -> None:
    refuses(Funding(key="f", kind="gift"))
    refuses(Funding(key="f", kind="budget_request", amount_usd=-1))


def test_a_number_names_one_strategy_of_an_area(strategy: Strategy) -> None:
    refuses(Strategy(key="s2", priority_area=strategy.priority_area, number=1, title="Build"))
