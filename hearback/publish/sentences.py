"""What a series says in a few sentences. None claims that a figure rose or fell: no page tests that."""

from django.conf import settings

from hearback.fiscal import parse_quarter
from hearback.measure.queries import ScoreFact
from hearback.publish.series import Series
from hearback.ui.numbers import NO_BREAK, count, share, share_interval

ASKED = {
    "increased": "agreed that the service increased their trust or confidence",
    "stated": "agreed that they trust the body that served them",
}

NOT_TESTED = "Whether the two differ by more than chance explains is not said here."
OTHER_SURVEYS = "Other surveys may have reported in the two quarters."


def reading(score: ScoreFact) -> str:
    """Say one share of agreement with its interval and what stands behind it."""
    if score.value is None:
        return f"For {_label(score)} there is no share to show."
    who = f"{share(score.value, score.n)} of the people who answered {ASKED[score.pool]}"
    return f"In {_when(score)}, {who} ({_behind(score)})."


def earlier(series: Series) -> str | None:
    """Say the oldest share, to stand beside the newest; None where there are not two made alike.

    Changes are tested elsewhere, many at once, and are not in a release: which is higher is left to the eye,
    and a change in which surveys reported is named.
    """
    first, latest = series.first, series.latest
    if first is None or first.value is None or latest is None or first.quarter == latest.quarter:
        return None
    said = f"In {_when(first)} it was {share(first.value, first.n)} ({_behind(first)}). {NOT_TESTED}"
    return f"{said} {OTHER_SURVEYS}" if _others_pooled(series, first) else said


def _others_pooled(series: Series, first: ScoreFact) -> bool:
    """Say whether the surveys that are added up changed at any time after the first number."""
    scores = [r.score for r in series.readings if r.score is not None and r.score.quarter > first.quarter]
    return any("composition_changed" in s.flags or s.n_surveys != first.n_surveys for s in scores)


def says(series: Series) -> str:
    """Say what a series shows: its newest share, and the oldest beside it."""
    if series.latest is None:
        return "No quarter has a share to show."
    return " ".join(filter(None, (reading(series.latest), earlier(series))))


def _when(score: ScoreFact) -> str:
    quarter = parse_quarter(score.quarter)
    return f"{quarter.label} ({quarter.months(settings.FISCAL_YEAR_STARTS)})"


def _label(score: ScoreFact) -> str:
    return parse_quarter(score.quarter).label


def _behind(score: ScoreFact) -> str:
    """Give the interval of a share and what stands behind it."""
    surveys = "1 survey" if score.n_surveys == 1 else f"{count(score.n_surveys)} surveys"
    behind = f"{count(score.n or 0)} answers, {surveys}"
    if score.low is None or score.high is None:
        return f"{behind}; no interval could be computed"
    return f"95{NO_BREAK}% interval {share_interval(score.low, score.high, score.n)}; {behind}"
