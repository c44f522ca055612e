"""Which tables may be drawn, what each costs, and drawing them."""

from collections.abc import Iterable, Mapping, Sequence
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
from hearback.measure.queries import noisy_groups
from hearback.measure.rules.noise import LEVEL, METHOD, SENSITIVITY, VERSION, noise_of, share_of
from hearback.measure.wanted import archived_quarter
from hearback.stats.privacy import Budget, BudgetSpent, Spending, draw_geometric
from hearback.stats.privacy.noise import WholeNumbers


class NoiseNotDrawn(Exception):
    """No noise can be drawn of a quarter, or not now; the message says why and what to do."""


@dataclass(frozen=True)
class Plan:
    """What may be drawn of a quarter: tables with what each costs, and those for which too little is left."""

    tables: tuple[tuple[TrueTable, Fraction], ...]
    drawn_before: int
    refused: tuple[str, ...]


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
    answers = archived_quarter(str(quarter))
    _check(quarter, start_month, on, is_there=answers is not None)
    ledgers = ledgers_of(noisy_groups(quarter=str(quarter)), budget)
    tables: list[tuple[TrueTable, Fraction]] = []
    before, refused = 0, []
    for table in () if answers is None else true_tables(answers, threshold):
        ledger = ledgers.get(table.account, Budget(table.account, Fraction(budget)))
        cost, name = share_of(budget, table.n_tables), name_of(table.survey, table.dimension)
        if ledger.released(name) is not None:
            before += 1
            continue
        try:
            ledgers[table.account] = ledger.spend(name, cost, released=())
        except BudgetSpent as problem:
            refused.append(str(problem))
            continue
        tables.append((table, cost))
    return Plan(tuple(tables), before, tuple(refused))


def _check(quarter: Quarter, start_month: int, on: date, *, is_there: bool) -> None:
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
    if not is_there:
        raise NoiseNotDrawn(
            f"No answers of single people are archived of {quarter.label}, so there are no groups. Archive "
            "some with `hearback collect answers`."
        )


def ledgers_of(drawn: Iterable[NoisyGroupsFact], budget: Decimal) -> dict[str, Budget]:
    """Give each account of which something was drawn.

    A budget that was lowered since stays what it was for what was spent of it.
    """
    tables: dict[str, list[Spending]] = {}
    for one in drawn:
        spent = Spending(name_of(one.survey, one.dimension), Fraction(one.epsilon), _released(one))
        tables.setdefault(one.account, []).append(spent)
    return {
        account: Budget(
            account, max(Fraction(budget), sum((one.epsilon for one in spent), Fraction(0))), tuple(spent)
        )
        for account, spent in tables.items()
    }


def name_of(survey: str, dimension: str) -> str:
    """Name a table within an account."""
    return f"{dimension} of {survey}"


def _released(one: NoisyGroupsFact) -> tuple[int, ...]:
    return tuple(count for group in one.groups for count in (group.agreeing, group.others))


def with_noise(
    planned: Sequence[tuple[TrueTable, Fraction]],
    budget: Decimal,
    counted_on: date,
    numbers: WholeNumbers | None = None,
) -> list[NoisyGroupsFact]:
    """Add noise to every count of some tables: call it once, and keep what comes out.

    Args:
        numbers: where random numbers come from; leave out for what is published.
    """
    return [_drawn(table, cost, budget, counted_on, numbers) for table, cost in planned]


def _drawn(
    table: TrueTable, cost: Fraction, budget: Decimal, counted_on: date, numbers: WholeNumbers | None
) -> NoisyGroupsFact:
    noise = noise_of(cost)
    return NoisyGroupsFact(
        survey=table.survey,
        account=table.account,
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
        budget=str(Fraction(budget)),
        half_width=noise.half_width(LEVEL),
        noise_sd=noise.sd,
        counted_on=counted_on,
        method=METHOD,
        method_version=VERSION,
    )


def spent_by_account(drawn: Iterable[NoisyGroupsFact]) -> Mapping[str, Fraction]:
    """Add up what was spent of each account."""
    found: dict[str, Fraction] = {}
    for one in drawn:
        found[one.account] = found.get(one.account, Fraction(0)) + Fraction(one.epsilon)
    return found
