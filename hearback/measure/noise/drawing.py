"""Which tables may be drawn, what each costs, and drawing them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hearback.collect import queries as collect
from hearback.fiscal import Quarter
from hearback.measure.cells import stale_cells
from hearback.measure.facts import NoisyGroup, NoisyGroupsFact
from hearback.measure.file_queries import cell_store
from hearback.measure.judging import TRUST
from hearback.measure.noise.counting import TrueTable, true_tables
from hearback.measure.noise.spending import spent_by_budget
from hearback.measure.queries import noisy_groups
from hearback.measure.rules.noise import LEVEL, METHOD, SENSITIVITY, VERSION, epsilon_of_table, noise_of
from hearback.measure.wanted import archived_quarter
from hearback.stats.privacy import Budget, BudgetSpent, Spending, draw_geometric
from hearback.stats.privacy.noise import WholeNumbers
from hearback.ui.numbers import privacy_loss as loss


class NoiseNotDrawn(Exception):
    """No noise can be drawn of a quarter, or not now; the message says why and what to do."""


@dataclass(frozen=True)
class Plan:
    """What may be drawn of a quarter: tables with the privacy loss of each, within a budget, as of a day.

    `drawn_before` names tables that are not drawn again, `refused` says for which too little is left.
    """

    tables: tuple[tuple[TrueTable, Fraction], ...]
    budget: Decimal
    drawn_on: date
    drawn_before: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def plan_of(quarter: Quarter, threshold: int, budget: Decimal, start_month: int, on: date) -> Plan:
    """Say what may be drawn of a quarter that is over, from answers as they are counted.

    Args:
        budget: privacy loss that each answer may suffer.
        start_month: month in which the fiscal year starts.
        on: today.

    Raises:
        NoiseNotDrawn: if the quarter is not over, its answers are not counted, or nothing of it is archived.
        CellsNotValid: if its cells cannot be read.
    """
    _check(quarter, start_month, on)
    answers = archived_quarter(str(quarter))
    if answers is None:
        raise NoiseNotDrawn(
            f"No answers of single people are archived of {quarter.label}, so there are no groups. Archive "
            "some with `hearback collect answers`."
        )
    ledgers = ledgers_of(noisy_groups(quarter=str(quarter)), budget)
    tables: list[tuple[TrueTable, Fraction]] = []
    before, refused = [], []
    for table in true_tables(answers, threshold):
        ledger = ledgers.get(table.budget_key, Budget(table.budget_key, Fraction(budget)))
        cost, name = epsilon_of_table(budget, table.n_tables), _name(table.survey, table.dimension)
        if ledger.has(name):
            before.append(name)
            continue
        try:
            ledgers[table.budget_key] = ledger.spend(name, cost)
        except BudgetSpent:
            left = f"{loss(ledger.left)} of {loss(ledger.limit)} is left for {table.budget_key}"
            refused.append(f"{name} would use {loss(cost)}, and {left} unless the budget is raised")
            continue
        tables.append((table, cost))
    return Plan(tuple(tables), budget, on, tuple(before), tuple(refused))


def _check(quarter: Quarter, start_month: int, on: date) -> None:
    ends = quarter.ends_before(start_month)
    if on < ends:
        raise NoiseNotDrawn(
            f"{quarter.label} is not over: noise is drawn once, so wait until {ends.isoformat()} and for "
            "late answers."
        )
    if str(quarter) in stale_cells(collect.answer_archive(), cell_store()):
        raise NoiseNotDrawn(
            f"Archived answers of {quarter.label} are not counted yet: run `hearback measure all` first."
        )


def ledgers_of(drawn: Iterable[NoisyGroupsFact], budget: Decimal) -> dict[str, Budget]:
    """Give the ledger of each budget of which something was drawn.

    A budget that was lowered since stays what it was for what was spent of it.
    """
    drawn = list(drawn)
    tables: dict[str, list[Spending]] = {}
    for one in drawn:
        spending = Spending(_name(one.survey, one.dimension), Fraction(one.epsilon))
        tables.setdefault(one.budget_key, []).append(spending)
    return {
        key: Budget(key, max(Fraction(budget), spent), tuple(tables[key]))
        for key, spent in spent_by_budget(drawn).items()
    }


def _name(survey: str, dimension: str) -> str:
    """Name a table within a ledger."""
    return f"{dimension} of {survey}"


def with_noise(plan: Plan, numbers: WholeNumbers | None = None) -> list[NoisyGroupsFact]:
    """Add noise to every count of the tables of a plan: call it once, and keep what comes out.

    Args:
        numbers: where random numbers come from; leave out for what is published.
    """
    return [_drawn(plan, table, cost, numbers) for table, cost in plan.tables]


def _drawn(plan: Plan, table: TrueTable, cost: Fraction, numbers: WholeNumbers | None) -> NoisyGroupsFact:
    noise = noise_of(cost)
    return NoisyGroupsFact(
        survey=table.survey,
        budget_key=table.budget_key,
        service=table.service,
        provider=table.provider,
        quarter=table.quarter,
        question=TRUST,
        dimension=table.dimension,
        groups=tuple(
            NoisyGroup(name, *(count + draw_geometric(cost, SENSITIVITY, numbers) for count in counts))
            for name, counts in zip(table.groups, table.counts.tolist(), strict=True)
        ),
        epsilon=str(cost),
        budget=str(Fraction(plan.budget)),
        half_width=noise.half_width(LEVEL),
        noise_sd=noise.sd,
        drawn_on=plan.drawn_on,
        method=METHOD,
        method_version=VERSION,
    )
