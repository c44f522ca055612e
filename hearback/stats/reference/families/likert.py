"""The spread of answers to every question of a sample."""

import re
from typing import Any

from hearback.stats.reference.case import Case
from hearback.stats.reference.figures import sample_of
from hearback.stats.survey.answers import estimate_answers


def compute(case: Case) -> dict[str, Any]:
    """Estimate how the answers to each question of the case are spread."""
    sample = sample_of(case)
    scale = tuple(range(1, 1 + max((len(one["counts"]) for one in case.expected.values()), default=5)))
    found: dict[str, Any] = {}
    for item in case.expected:
        spread = estimate_answers(
            sample.design,
            sample.values(item),
            scale=scale,
            top=_answers(case, "top2", (4, 5)),
            bottom=_answers(case, "bottom2", (1, 2)),
            domain=sample.domain,
            level=case.parameter("level", 0.95),
        )
        mean, top = spread.mean, spread.top
        found[item] = {
            "n_answered": spread.n_answered,
            "n_missing": spread.n_missing,
            "counts": spread.counts,
            "mean": mean.value,
            "se": mean.se,
            "df": mean.df,
            "ci_low": mean.low,
            "ci_high": mean.high,
            "deff": mean.deff,
            "categories": {
                f"p{answer}": {"p": share.value, "se": share.se}
                for answer, share in zip(scale, spread.shares, strict=True)
            },
            "top2": {"p": top.value, "se": top.se, "deff": top.deff, "df": top.df},
            "bottom2": {"p": spread.bottom.value, "se": spread.bottom.se},
            "net": {"value": spread.net.value, "se": spread.net.se},
        }
    return found


def _answers(case: Case, name: str, usual: tuple[int, ...]) -> tuple[int, ...]:
    stated = tuple(int(answer) for answer in re.findall(r"\d+", str(case.parameter(name, ""))))
    return stated or usual
