"""What a series says in one or two sentences. A sentence never claims more than the intervals do."""

from django.conf import settings

from hearback.fiscal import parse_quarter
from hearback.measure.queries import ScoreFact
from hearback.publish.series import Series
from hearback.ui.numbers import NO_BREAK, count, share, share_interval

ASKED = {
    "increased": "agreed that the service increased their trust or confidence",
    "stated": "agreed that they trust the body that served them",
}

OTHER_SURVEYS = (
    " Other surveys may have reported in the two quarters, so this need not be a change in how people feel."
)


def reading(score: ScoreFact) -> str:
    """Say one share of agreement with its interval and what stands behind it."""
    if score.value is None:
        return f"For {_label(score)} there is no share to show."
    who = f"{share(score.value, score.n)} of the people who answered {ASKED[score.pool]}"
    behind = _behind(score)
    if score.low is None or score.high is None:
        return f"In {_when(score)}, {who} ({behind}; no interval could be computed)."
    interval = f"95{NO_BREAK}% interval {share_interval(score.low, score.high, score.n)}"
    return f"In {_when(score)}, {who} ({interval}; {behind})."


def change(series: Series) -> str | None:
    """Compare the newest share with the oldest; None where there are not two shares with intervals.

    Two shares are called different only where their 95 % intervals do not touch, which is stricter than a
    test of the difference; and a change in which surveys reported is always named.
    """
    first, latest = series.first, series.latest
    if first is None or latest is None or first.quarter == latest.quarter:
        return None
    if None in {first.low, first.high, latest.low, latest.high}:
        return None
    before = f"the {share(first.value or 0.0, first.n)} of {_label(first)}"
    if latest.low > first.high:  # type: ignore[operator]
        said = f"That is higher than {before}; the two intervals do not overlap."
    elif latest.high < first.low:  # type: ignore[operator]
        said = f"That is lower than {before}; the two intervals do not overlap."
    else:
        return f"It cannot be told apart from {before}; the two intervals overlap."
    if _others_pooled(series, first):
        said += OTHER_SURVEYS
    return said


def _others_pooled(series: Series, first: ScoreFact) -> bool:
    """Say whether the surveys that are added up changed at any time after the first number."""
    scores = [r.score for r in series.readings if r.score is not None and r.score.quarter > first.quarter]
    return any("composition_changed" in s.flags or s.n_surveys != first.n_surveys for s in scores)


def says(series: Series) -> str:
    """Say what a series shows: its newest share, and whether it differs from the oldest."""
    if series.latest is None:
        return "No quarter has a share to show."
    return " ".join(filter(None, (reading(series.latest), change(series))))


def _when(score: ScoreFact) -> str:
    quarter = parse_quarter(score.quarter)
    return f"{quarter.label} ({quarter.months(settings.FISCAL_YEAR_STARTS)})"


def _label(score: ScoreFact) -> str:
    return parse_quarter(score.quarter).label


def _behind(score: ScoreFact) -> str:
    surveys = "1 survey" if score.n_surveys == 1 else f"{count(score.n_surveys)} surveys"
    return f"{count(score.n or 0)} answers, {surveys}"
