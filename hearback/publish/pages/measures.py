"""Success measures on pages: from where, to where, how far, each with its interval or why there is none."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from hearback.measure.rules import FLAGS, MEASURES, POOLS
from hearback.plan.queries import ReadingFact, SuccessMeasureFact
from hearback.plan.rules import (
    CANNOT_TELL,
    KEEP,
    METHOD,
    WHOLE,
    actual_words,
    aim_of,
    figure_words,
    needed_words,
    reading_words,
    status_words,
)
from hearback.publish.pages.catalogue import Catalogue
from hearback.publish.pages.dates import date_label
from hearback.publish.said import said
from hearback.ui.words import plain

NO_FIGURE = {
    "being gathered": _("none yet; being gathered, from what people answer"),
    "being gathered since": _("none since the baseline yet; being gathered, from what people answer"),
    "not published": _("no figure was published"),
    "not published since": _("no figure was published since the baseline"),
}
"""Why there is no figure, or none later than the baseline. Nothing is said where there is one."""
AIMS = {"up": _("To rise"), "down": _("To fall"), "keep": _("To be kept")}


@dataclass(frozen=True)
class Dated:
    """A reading in words, with its date as people read it."""

    words: str
    date: str | None


PLACES = {"service": "services", "provider": "providers", "agency": "agencies"}
"""Where the figures of a level are shown."""


@dataclass(frozen=True)
class Progress:
    """How far a success measure is, in words: the status with its reason, and what that rests on."""

    status: str
    start: Dated | None
    judged: Dated | None
    actual: str | None
    needed: str | None
    cautions: tuple[str, ...]
    method_slug: str | None


@dataclass(frozen=True)
class MeasureLine:
    """A success measure as a page shows it. `progress` is None in releases from before there was a rule.

    `is_computed` says that a figure of it is, or is to be, computed here. `no_figure` says why there is none.
    """

    fact: SuccessMeasureFact
    baseline: Dated | None
    target: str | None
    aim: str | None
    due: str | None
    latest: Dated | None
    pool: str | None
    is_computed: bool
    computed_at: str | None
    no_figure: str | None
    progress: Progress | None


def measure_line(book: Catalogue, measure: SuccessMeasureFact) -> MeasureLine:
    """Put a success measure into words; what was not published stays None."""
    kind, aim, no_figure = kind_of(measure), aim_of(measure), _no_figure(measure)
    baseline = None
    if measure.baseline_value is not None:
        words = figure_words(measure.baseline_value, kind)
        baseline = Dated(words, date_label(aim.baseline_as_of))
    return MeasureLine(
        fact=measure,
        baseline=baseline,
        target=target_words(measure, kind),
        aim=plain(measure.direction, AIMS) if measure.direction in AIMS else None,
        due=date_label(measure.due),
        latest=_dated(measure.latest_reading, kind),
        pool=said(POOLS[measure.pool].name) if measure.pool in POOLS else None,
        is_computed=measure.measure_key is not None and bool(measure.latest_reading or no_figure),
        computed_at=computed_at(book, measure),
        no_figure=no_figure,
        progress=_progress(book, measure, kind),
    )


def kind_of(measure: SuccessMeasureFact) -> str | None:
    """Say what kind of number a measure computed here is, as share; None for an index of others."""
    found = MEASURES.get(measure.measure_key or "")
    return found.kind if found else None


def computed_at(book: Catalogue, measure: SuccessMeasureFact) -> str | None:
    """Give the address where figures computed here are shown; None where there are none, or no such page."""
    if measure.measure_key is None:
        return None
    if measure.measure_level in {None, WHOLE}:
        return "/#trust"
    place, key = PLACES.get(measure.measure_level or "", ""), measure.measure_subject
    return f"/{place}/{key}/" if place and key in getattr(book, place) else None


def target_words(measure: SuccessMeasureFact, kind: str | None) -> str | None:
    """Say the number to reach, or the bounds to keep; None where none was published."""
    low, high = measure.target_low, measure.target_high
    if measure.direction != KEEP:
        return None if measure.target_value is None else figure_words(measure.target_value, kind)
    if low is not None and high is not None:
        ends = {"low": figure_words(low, kind), "high": figure_words(high, kind)}
        return gettext("from %(low)s to %(high)s") % ends
    if low is not None:
        return gettext("at least %s") % figure_words(low, kind)
    return None if high is None else gettext("at most %s") % figure_words(high, kind)


def _no_figure(measure: SuccessMeasureFact) -> str | None:
    """Say why there is no figure; None where there is one, and in releases from before that was said."""
    since = " since" if measure.baseline or measure.baseline_value is not None else ""
    code = f"{measure.reporting}{since}"
    return plain(code, NO_FIGURE) if code in NO_FIGURE else None


def _progress(book: Catalogue, measure: SuccessMeasureFact, kind: str | None) -> Progress | None:
    found = measure.progress
    if found is None:
        return None
    says_something = found.actual_rate is not None or found.status != CANNOT_TELL
    return Progress(
        status=said(status_words(found)),
        start=_dated(found.start, kind),
        judged=_dated(found.judged, kind),
        actual=said(actual_words(found, kind)) or None,
        needed=said(needed_words(found, kind)) or None,
        cautions=tuple(plain(flag, FLAGS) for flag in found.cautions) if says_something else (),
        method_slug=METHOD if METHOD in book.methods else None,
    )


def _dated(reading: ReadingFact | None, kind: str | None) -> Dated | None:
    return None if reading is None else Dated(said(reading_words(reading, kind)), date_label(reading.as_of))
