"""Is the answer related to the group? A test for weighted tables of clustered samples."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc, fdtrc

from hearback.stats.estimate import Reason
from hearback.stats.survey.design import Design, Floats, covariance_of_totals, degrees_of_freedom
from hearback.stats.survey.means import AnswersNotValid, Flags


@dataclass(frozen=True)
class RaoScottTest:
    """A test of independence. Publish `f` with `p`; `p_first_order` is of the simpler correction.

    `table` are sums of weights, rows by columns, over the levels that occur. `chi_squared` is Pearson's
    statistic of the weighted shares at n rows; it has no chi-squared distribution and is not to be tested.
    """

    n: int
    table: Floats
    row_levels: tuple[Hashable, ...]
    column_levels: tuple[Hashable, ...]
    f: float | None = None
    numerator_df: float | None = None
    denominator_df: float | None = None
    p: float | None = None
    chi_squared: float | None = None
    p_first_order: float | None = None
    reason: Reason | None = None


def rao_scott_test(
    design: Design,
    rows: Sequence[Hashable],
    columns: Sequence[Hashable],
    *,
    domain: ArrayLike | None = None,
) -> RaoScottTest:
    """Test whether two groupings are independent, with the second-order correction of Rao and Scott.

    Sampled rows where either label is None do not enter. A level nobody has is no level; with one row or one
    column there is nothing to test.

    Raises:
        AnswersNotValid: if there are not two labels per sampled row.

    Source: Rao and Scott (1984), On chi-squared tests for multiway contingency tables with cell proportions
    estimated from survey data, Annals of Statistics 12; F form of Thomas and Rao (1987), as R's `svychisq`.

    >>> from hearback.stats.survey.design import make_design
    >>> found = rao_scott_test(make_design(8), list("aaaabbbb"), [1, 1, 1, 0, 0, 0, 1, 0])
    >>> found.table.tolist(), found.chi_squared, round(found.p, 3)
    ([[1.0, 3.0], [3.0, 1.0]], 2.0, 0.227)
    """
    enters = _entering(design, rows, columns, domain)
    row_levels, row_codes = _levels(rows, enters)
    column_levels, column_codes = _levels(columns, enters)
    cells = np.zeros((len(design), len(row_levels) * len(column_levels)))
    places = np.flatnonzero(enters)
    cells[places, row_codes * len(column_levels) + column_codes] = 1.0
    weighed = np.where(enters, design.weights, 0.0)
    table = (weighed @ cells).reshape(len(row_levels), len(column_levels))
    found = RaoScottTest(len(places), table, row_levels, column_levels)
    df = degrees_of_freedom(design, enters)
    reason = _reason(found, df)
    if reason is not None:
        return replace(found, reason=reason)
    shares = (table / table.sum()).ravel()
    influence = weighed[:, None] * np.where(enters[:, None], cells - shares, 0.0) / table.sum()
    deltas = _deltas(shares, covariance_of_totals(design, influence), table.shape, found.n)
    return replace(found, reason=Reason.TOO_FEW_ANSWERS) if deltas is None else _tested(found, deltas, df)


def _entering(
    design: Design, rows: Sequence[Hashable], columns: Sequence[Hashable], domain: ArrayLike | None
) -> Flags:
    for given in (rows, columns):
        if len(given) != len(design):
            raise AnswersNotValid(f"there are {len(design)} rows and {len(given)} labels; give one per row")
    known = [a is not None and b is not None for a, b in zip(rows, columns, strict=True)]
    inside = np.array(known, dtype=bool) & (design.weights > 0)
    return inside if domain is None else inside & np.asarray(domain, dtype=bool)


def _levels(labels: Sequence[Hashable], enters: Flags) -> tuple[tuple[Hashable, ...], np.ndarray]:
    """Give the levels that occur, sorted, and the place of its level for every row that enters."""
    kept = [label for label, inside in zip(labels, enters, strict=True) if inside]
    levels = tuple(sorted(set(kept), key=lambda label: (isinstance(label, str), label)))
    place = {level: number for number, level in enumerate(levels)}
    return levels, np.array([place[label] for label in kept], dtype=np.int64)


def _reason(found: RaoScottTest, df: int) -> Reason | None:
    if not found.n:
        return Reason.NO_ANSWERS
    if min(found.table.shape) < 2:
        return Reason.ONE_LEVEL
    return Reason.ONE_PSU if df < 1 else None


def _deltas(shares: Floats, covariance: Floats, shape: tuple[int, ...], n: int) -> Floats | None:
    """Give the matrix with the design effects of the interaction as eigenvalues; None with too many zeros."""
    contrasts = _interaction(*shape)
    inverse = np.divide(1.0, shares, out=np.zeros_like(shares), where=shares > 0)
    scaled = contrasts * inverse[:, None]
    under_independence = contrasts.T @ scaled / n
    if np.linalg.matrix_rank(under_independence) < len(under_independence):
        return None
    return np.asarray(np.linalg.solve(under_independence, scaled.T @ covariance @ scaled), dtype=float)


def _interaction(n_rows: int, n_columns: int) -> Floats:
    """Give the contrasts between cells that main effects of rows and columns leave over."""
    by_row = np.kron(np.eye(n_rows), np.ones((n_columns, 1)))
    by_column = np.kron(np.ones((n_rows, 1)), np.eye(n_columns))
    main = np.column_stack([by_row, by_column[:, 1:]])
    both = np.column_stack(
        [by_row[:, i] * by_column[:, j] for i in range(1, n_rows) for j in range(1, n_columns)]
    )
    return np.asarray(both - main @ np.linalg.lstsq(main, both, rcond=None)[0], dtype=float)


def _tested(found: RaoScottTest, deltas: Floats, df: int) -> RaoScottTest:
    shares = found.table / found.table.sum()
    expected = np.outer(shares.sum(axis=1), shares.sum(axis=0))
    statistic = found.n * float(((shares - expected) ** 2 / expected).sum())
    trace, size = float(np.trace(deltas)), len(deltas)
    if not trace > 0:
        return replace(found, chi_squared=statistic, reason=Reason.NO_VARIANCE)
    numerator = trace**2 / float(np.trace(deltas @ deltas))
    return replace(
        found,
        f=statistic / trace,
        numerator_df=numerator,
        denominator_df=numerator * df,
        p=float(fdtrc(numerator, numerator * df, statistic / trace)),
        chi_squared=statistic,
        p_first_order=float(chdtrc(size, statistic / (trace / size))),
    )
