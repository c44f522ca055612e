"""A small sample put through what makes variances go wrong."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from hearback.stats.reference.case import Case, Row, labels, numbers
from hearback.stats.survey import Design, estimate_mean, estimate_total, make_design
from hearback.stats.survey.design import Floats, Lonely

LONELY: tuple[Lonely, ...] = ("remove", "certainty", "adjust", "average")


def compute(case: Case) -> dict[str, Any]:
    """Build every situation that the case describes in words, and estimate its mean and total."""
    rows = _without_lonely(case)
    weights, answers = numbers(rows, "w"), numbers(rows, "y")
    zero = np.isin(labels(rows, "id"), _ids(case, "zero_weights"))
    silent = np.isin(labels(rows, "id"), _ids(case, "missing_answers"))
    same = float(re.findall(r"y=(\d+)", case.parameter("all_one_answer", "y=5"))[0])
    stratum, weight, size = _census(case)
    alone = [row for row in rows if row["stratum"] == stratum]
    count = len(alone)
    return {
        **{f"lonely_{rule}": _figures(_design(case.rows, lonely=rule), _answers(case)) for rule in LONELY},
        "two_strata": _figures(_design(rows), answers),
        "zero_weights": _figures(_design(rows, np.where(zero, 0.0, weights)), answers),
        "missing_answers": _figures(_design(rows), np.where(silent, np.nan, answers)),
        "all_one_answer": _figures(_design(rows), np.full(len(rows), same)),
        "single_stratum": _figures(_design(alone), numbers(alone, "y")),
        "no_fpc": _figures(_design(rows, finite=False), answers),
        "census": _figures(_design(alone, np.full(count, weight), np.full(count, size)), numbers(alone, "y")),
        **{
            name: _figures(_design(rows, weights * float(name.rsplit("_", 1)[1])), answers)
            for name in case.expected
            if re.fullmatch(r"weights_times_\d+", name)
        },
    }


def _design(
    rows: Sequence[Row],
    weights: Floats | None = None,
    populations: Floats | None = None,
    *,
    finite: bool = True,
    lonely: Lonely = "adjust",
) -> Design:
    sizes = numbers(rows, "fpc") if populations is None else populations
    return make_design(
        len(rows),
        weights=numbers(rows, "w") if weights is None else weights,
        strata=labels(rows, "stratum"),
        units=[labels(rows, "psu")],
        populations=[sizes] if finite else None,
        lonely=lonely,
    )


def _figures(design: Design, answers: Floats) -> dict[str, Any]:
    mean, total = estimate_mean(design, answers), estimate_total(design, answers)
    return {
        "n": mean.n,
        "mean": mean.value,
        "se": mean.se,
        "df": mean.df,
        "total": total.value,
        "total_se": total.se,
    }


def _answers(case: Case) -> Floats:
    return numbers(case.rows, "y")


def _without_lonely(case: Case) -> list[Row]:
    """Give the rows of strata with two units or more: those the case calls its two strata."""
    units: dict[str, set[str]] = {}
    for row in case.rows:
        units.setdefault(row["stratum"], set()).add(row["psu"])
    return [row for row in case.rows if len(units[row["stratum"]]) > 1]


def _ids(case: Case, name: str) -> list[str]:
    stated = re.search(r"rows? id ([\w, ]+?)(?: get| un| have| are|\(|$)", case.parameter(name))
    return re.split(r"\s*,\s*|\s+and\s+", stated[1].strip()) if stated else []


def _census(case: Case) -> tuple[str, float, float]:
    words = case.parameter("census")
    stratum = re.search(r"stratum (\w+)", words)
    weight, size = re.search(r"w=([\d.]+)", words), re.search(r"population ([\d.]+)", words)
    return stratum[1] if stratum else "", float(weight[1]) if weight else 1.0, float(size[1]) if size else 1.0
