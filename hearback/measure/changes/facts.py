"""What measure hands out about changes."""

from dataclasses import dataclass

from hearback.measure.rules import EVERYBODY, Compared


@dataclass(frozen=True, kw_only=True)
class ComparisonFact(Compared):
    """One figure beside another: the difference, whether it is more than chance, and what it is made of.

    Differences are the later figure less the earlier one, or the group's less that of the others. `low` and
    `high` are the ends of the 95 % interval of the difference. `smallest_found` is given where no change is
    clear: a change of that size is found 4 times in 5. `within`, `mix`, `entry` and `exit` add up to the
    difference; null together, and `parts_reason` says why. `within_low`, `within_high` and `within_p` are of
    `within`; null too where chance in it cannot be reckoned.

    `q_value` is the adjusted p of the claim that the surveys themselves changed: of p, and for a roll-up of
    the larger of p and `within_p`. `figure_q` is that of the claim that the figure of a roll-up differs,
    whoever reported; null for all others. A number that does not exist is null, and `reason` says why.
    """

    level: str
    subject: str
    quarter: str
    pool: str
    dimension: str = EVERYBODY
    group: str = EVERYBODY
    subject_before: str | None = None  # keys of surveys name their quarter, so the earlier one has another
    value_before: float | None = None
    value_after: float | None = None
    p: float | None = None
    q_value: float | None = None
    figure_q: float | None = None
    within_low: float | None = None
    within_high: float | None = None
    within_p: float | None = None
    method: str | None = None
    method_version: str = "1"
    inputs_sha256: str = ""
