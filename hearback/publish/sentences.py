"""What a series says in a few sentences. None claims that a figure rose or fell: no page tests that."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from hearback.fiscal import parse_quarter
from hearback.measure.queries import ScoreFact
from hearback.publish.pages.dates import months_label
from hearback.publish.series import Series
from hearback.ui.numbers import NO_BREAK, count, share, share_interval

ASKED = {
    "increased": _("agreed that the service increased their trust or confidence"),
    "stated": _("agreed that they trust the body that served them"),
}

NOT_TESTED = _("Whether the two differ by more than chance explains is not said here.")
OTHER_SURVEYS = _("The two quarters may rest on different surveys.")


def reading(score: ScoreFact) -> str:
    """Say one share of agreement with its interval and what stands behind it."""
    if score.value is None:
        return gettext("For %(quarter)s there is no share to show.") % {"quarter": _label(score)}
    return gettext("In %(when)s, %(share)s of the people who answered %(said)s (%(behind)s).") % {
        "when": _when(score), "share": share(score.value, score.n),
        "said": gettext(ASKED[score.pool]), "behind": _behind(score),
    }  # fmt: skip


def earlier(series: Series) -> str | None:
    """Say the oldest share, to stand beside the newest; None where there are not two made alike.

    Changes are tested elsewhere, many at once, and are not in a release: which is higher is left to the eye,
    and a change in which surveys reported is named.
    """
    first, latest = series.first, series.latest
    if first is None or first.value is None or latest is None or first.quarter == latest.quarter:
        return None
    said = gettext("In %(when)s it was %(share)s (%(behind)s).") % {
        "when": _when(first), "share": share(first.value, first.n), "behind": _behind(first),
    }  # fmt: skip
    known = (said, gettext(NOT_TESTED), gettext(OTHER_SURVEYS) if _others_pooled(series, first) else "")
    return " ".join(filter(None, known))


def _others_pooled(series: Series, first: ScoreFact) -> bool:
    """Say whether the surveys that are added up changed at any time after the first number."""
    scores = [r.score for r in series.readings if r.score is not None and r.score.quarter > first.quarter]
    return any("composition_changed" in s.flags or s.n_surveys != first.n_surveys for s in scores)


def says(series: Series) -> str:
    """Say what a series shows: its newest share, and the oldest beside it."""
    if series.latest is None:
        return gettext("No quarter has a share to show.")
    return " ".join(filter(None, (reading(series.latest), earlier(series))))


def _when(score: ScoreFact) -> str:
    quarter = parse_quarter(score.quarter)
    return f"{quarter.label} ({months_label(quarter)})"


def _label(score: ScoreFact) -> str:
    return parse_quarter(score.quarter).label


def _behind(score: ScoreFact) -> str:
    """Give the interval of a share and what stands behind it."""
    n = score.n_surveys
    surveys = ngettext("%(n)s survey", "%(n)s surveys", n) % {"n": count(n)}
    behind = gettext("%(n)s answers, %(surveys)s") % {"n": count(score.n or 0), "surveys": surveys}
    if score.low is None or score.high is None:
        return gettext("%(behind)s; no interval could be computed") % {"behind": behind}
    interval = share_interval(score.low, score.high, score.n)
    said = gettext("%(sure)s interval %(interval)s; %(behind)s")
    return said % {"sure": f"95{NO_BREAK}%", "interval": interval, "behind": behind}
