"""Groups within samples and the differences between them."""

from typing import Any

from hearback.stats.reference.case import Case, labels
from hearback.stats.reference.figures import CaseSample, sample_of
from hearback.stats.survey.domains import DomainMeans, domain_means
from hearback.stats.survey.means import SampleEstimate

UNKNOWN = ("unknown", "missing", "(missing)", "NA")


def compute(case: Case) -> dict[str, Any]:
    """Estimate the groups and the contrasts that the case names."""
    sample = sample_of(case)
    by = case.parameter("by")
    asked = list(dict.fromkeys(one["domain"] for one in case.expected["domains"]))
    groups = _groups(sample, [by] if isinstance(by, str) else by, asked)
    means = domain_means(
        sample.design,
        sample.values(case.parameter("y")),
        groups,
        labels=asked,
        domain=sample.domain,
        level=case.parameter("level", 0.95),
    )
    return {
        "domains": [_row(str(label), found) for label, found in means.estimates.items()],
        "contrasts": [_contrast(means, one["minus"], one["plus"]) for one in case.expected["contrasts"]],
    }


def _groups(sample: CaseSample, by: list[str], asked: list[str]) -> list[str]:
    """Join the labels of each row; a blank one is called what the case calls it."""
    parts = {part for name in asked for part in name.split(" / ")}
    blank = next((word for word in UNKNOWN if word in parts), "")
    columns = [[label or blank for label in labels(sample.rows, column)] for column in by]
    return [" / ".join(row) for row in zip(*columns, strict=True)]


def _row(label: str, found: SampleEstimate) -> dict[str, Any]:
    return {
        "domain": label,
        "n": found.n,
        "sum_weights": found.sum_w,
        "mean": found.value,
        "se": found.se,
        "df": found.df,
        "ci_low": found.low,
        "ci_high": found.high,
    }


def _contrast(means: DomainMeans, minus: str, plus: str) -> dict[str, Any]:
    found = means.difference(minus, plus)
    return {
        "minus": minus,
        "plus": plus,
        "difference": found.value,
        "se": found.se,
        "df": found.df,
        "t": found.t,
        "p": found.p,
        "ci_low": found.low,
        "ci_high": found.high,
        "covariance": found.covariance,
        "se_if_independent": found.se_if_independent,
    }
