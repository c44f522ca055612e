"""Settle what a row says against what stands: fill in, restate, keep. No database.

The first value stands. Another kind of file fills in what is missing, and where it differs a finding says so;
a later file of the same kind restates.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from hearback.collect.parsed import Oddity, ParsedQuestion, ParsedRow

MISSING = (None, "", "unknown", (0, 0, 0, 0, 0))
SURVEY_FIELDS = (
    "timing", "transaction_point", "customers_count", "offered_count", "respondents_count", "rating",
)  # fmt: skip


class Verdict(Enum):
    """What happens to one value."""

    KEEP = "keep"
    FILL = "fill"
    RESTATE = "restated"
    SUPERSEDED = "superseded"
    CONFLICT = "two_values_for_one_key"


@dataclass(frozen=True)
class Claim:
    """Where a standing value came from, as seen by the file at hand."""

    same_kind: bool
    newer: bool
    """True where the file at hand was first loaded after, or is, the file the value came from."""


@dataclass
class Settled:
    """What changes, as field → (before, after), and what is to be told."""

    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    oddities: list[Oddity] = field(default_factory=list)


def verdict(standing: Any, said: Any, claim: Claim) -> Verdict:
    """Decide on one value. A blank of another kind of file claims nothing; one of the same takes it back."""
    if said == standing or (said in MISSING and (standing in MISSING or not claim.same_kind)):
        return Verdict.KEEP
    if not claim.same_kind:
        return Verdict.FILL if standing in MISSING else Verdict.CONFLICT
    return Verdict.RESTATE if claim.newer else Verdict.SUPERSEDED


def settle(
    standing: Mapping[str, Any],
    said: Mapping[str, Any],
    claims: Mapping[str, Claim],
    columns: Mapping[str, str],
) -> Settled:
    """Settle all values of a survey or of a question. `columns` says what the file calls each."""
    found = Settled()
    for name, value in said.items():
        decided = verdict(standing[name], value, claims[name])
        if decided in {Verdict.FILL, Verdict.RESTATE}:
            found.changes[name] = (standing[name], value)
            found.verdicts[name] = decided
        if decided not in {Verdict.KEEP, Verdict.FILL}:
            found.oddities.append(_told(decided, name, standing[name], value, columns[name]))
    return found


def settle_question(
    standing: Mapping[str, Any], said: Mapping[str, Any], claim: Claim, columns: Mapping[str, str]
) -> Settled:
    """Settle the values of a question. A mean belongs to its counts: it never moves beside others."""
    about_counts = verdict(standing["counts"], said["counts"], claim)
    if about_counts in {Verdict.CONFLICT, Verdict.SUPERSEDED}:
        said = {name: value for name, value in said.items() if name != "published_mean"}
    found = settle(standing, said, dict.fromkeys(said, claim), columns)
    if about_counts is Verdict.RESTATE and "published_mean" not in said:
        found.changes["published_mean"] = (standing["published_mean"], None)
    return found


def said_by_row(row: ParsedRow) -> dict[str, Any]:
    """Give the values of a survey as a row has them. Words, timing and status not given claim nothing."""
    said = {
        "timing": row.timing,
        "transaction_point": row.transaction_point,
        "rating": row.rating,
    }
    given: dict[str, Any] = {name: value for name, value in said.items() if value not in MISSING}
    return given | {
        "customers_count": row.reported(row.customers_count),
        "offered_count": row.reported(row.offered_count),
        "respondents_count": row.reported(row.respondents_count),
    }


def said_by_question(question: ParsedQuestion) -> dict[str, Any]:
    """Give the values of a question as a row has them. Words and means not given claim nothing."""
    said = {
        "wording": question.wording,
        "wording_class": question.wording_class,
        "scale": question.scale,
        "published_mean": question.mean,
    }
    return {name: value for name, value in said.items() if value not in MISSING} | {"counts": question.counts}


def question_columns(question: ParsedQuestion) -> dict[str, str]:
    """Say what a file calls the values of a question."""
    words = {"wording": question.column, "wording_class": question.column, "scale": question.column}
    return words | {"counts": question.counts_column, "published_mean": question.mean_column}


def survey_columns(names: Mapping[str, str]) -> dict[str, str]:
    """Say what a kind of file calls the values of a survey."""
    return {
        "timing": names["timing"],
        "transaction_point": names["timing"],
        "customers_count": names["customers"],
        "offered_count": names["offered"],
        "respondents_count": names["respondents"],
        "rating": names["rating"],
    }


def _told(decided: Verdict, name: str, standing: Any, said: Any, column: str) -> Oddity:
    words = {
        Verdict.RESTATE: f"{name} was {_shown(standing)} and is now {_shown(said)}, as this later file says.",
        Verdict.SUPERSEDED: f"{name} is {_shown(said)} here; {_shown(standing)} from a later file stands.",
        Verdict.CONFLICT: f"{name} is {_shown(said)} here; {_shown(standing)} of another file stands.",
    }
    return Oddity(decided.value, column, words[decided])


def _shown(value: Any) -> str:
    if value in MISSING:
        return "not reported"
    text = str(value)
    return text if len(text) <= 120 else text[:120] + "…"
