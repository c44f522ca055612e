"""What a command is asked about, and what to answer where nothing is there."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from difflib import get_close_matches

from hearback.fiscal import parse_quarter
from hearback.measure.changes.fairness import FEWEST
from hearback.measure.changes.reading import FAIRLY_COMPARED
from hearback.measure.queries import scores
from hearback.measure.rules import OWN
from hearback.measure.surveys import ANSWERS, SurveyListed, keys_of, surveys_of
from hearback.measure.wanted import not_counted_yet

HOW_TO_LOAD = (
    "Import reported counts with `hearback collect import`, or archive answers of single people with "
    "`hearback collect answers`."
)
HOW_TO_ARCHIVE = "Archive some with `hearback collect answers`."
HOW_TO_COMPUTE = "Compute them with `hearback measure all`."


class NothingThere(Exception):
    """What was asked for is not there; the message says why, and what is."""


def check_quarter(
    quarter: str | None, known: Collection[str], *, what: str, otherwise: str = HOW_TO_LOAD
) -> None:
    """Refuse a quarter of which nothing is known; without one, all are meant.

    Args:
        quarter: as FY2021-Q2.
        what: what there would have to be, as `scores`.
        otherwise: what to do where there are none at all.

    Raises:
        NothingThere: if it is none of those known; the message names them.
    """
    if quarter is None or quarter in known:
        return
    there = f"There are of {listed(known)}." if known else f"There are none of any quarter. {otherwise}"
    raise NothingThere(f"There are no {what} of {parse_quarter(quarter).label}. {there}")


def listed(quarters: Collection[str]) -> str:
    """Name quarters for people, oldest first.

    >>> listed(["FY2021-Q2", "FY2021-Q1"])
    'FY2021 Q1, FY2021 Q2'
    """
    return ", ".join(parse_quarter(one).label for one in sorted(quarters))


@dataclass(frozen=True)
class Figures:
    """A kind of figures: what they are called, what computes and what shows them, and what they need."""

    name: str
    computed_by: str
    shown_by: str
    needs: str = ""


SCORES = Figures("scores", "hearback measure all", "hearback measure show")
GROUPS = replace(
    SCORES, name="scores of groups", needs="answers of single people in two channels, languages or groups"
)
DRIVERS = Figures(
    "figures on what trust goes with", "hearback measure drivers", "hearback measure show-drivers",
    "answers of single people to more questions",
)  # fmt: skip
CHANGES = Figures("comparisons", "hearback measure all", "hearback measure show-changes")
CHARTS = replace(SCORES, name="scores in a pool that is charted")


def why_nothing(
    figures: Figures, level: str, subject: str, quarter: str | None, there: Collection[str]
) -> str:
    """Say why there are no figures of a subject, and what there is or what to do.

    Args:
        quarter: the one asked for; None for all.
        there: quarters of which there are such figures of the subject.

    Raises:
        CellsNotValid: if cells cannot be read.
    """
    nothing = f"There are no {figures.name} of {level} {subject!r}"
    if there and quarter is not None:
        return f"{nothing} in {parse_quarter(quarter).label}. There are of {listed(there)}."
    known = keys_of(level)
    if subject not in known:
        said = f"There is no {level} {subject!r}.{_near(subject, known)} {LISTED_BY[level]}"
        return said + _uncounted() if level == "survey" else said
    surveys = surveys_of(level, subject)
    if not surveys:
        return f"{nothing}: no survey of it is reported or counted.{_uncounted() or f' {HOW_TO_LOAD}'}"
    if level != "survey" and all(one.weighted for one in surveys):
        return f"{nothing}: all its surveys are weighted, so each stands by itself. {_each(surveys, figures)}"
    if figures.needs:
        archived = any(one.source == ANSWERS for one in surveys)
        first = "" if archived else f"{HOW_TO_ARCHIVE} "
        then = f"Compute with `{figures.computed_by}`"
        done = " unless that was done: then its surveys did not ask for them" if archived else ""
        return f"{nothing}. They take {figures.needs}. {first}{then}{done}."
    return f"{nothing} yet. Compute them with `{figures.computed_by}`."


LISTED_BY = {
    "survey": "List the keys with `hearback measure surveys`.",
    "government": "There is one for the whole government: all.",
    **dict.fromkeys(("service", "provider", "agency"), "List the keys with `hearback directory list`."),
}


def _near(subject: str, known: Collection[str]) -> str:
    found = get_close_matches(subject.lower(), known, n=3)
    return f" Keys near it: {', '.join(found)}." if found else ""


def _uncounted() -> str:
    """Name the quarters with archived answers that nobody counted yet: surveys of theirs are not known."""
    quarters = not_counted_yet()
    if not quarters:
        return ""
    return f" Archived answers of {listed(quarters)} are not counted yet: run `hearback measure all` first."


def _each(surveys: Collection[SurveyListed], figures: Figures) -> str:
    newest = max(surveys, key=lambda one: (one.quarter, one.key))
    return f"See each, as `{figures.shown_by} survey {newest.key}`; `hearback measure surveys` lists them."


def why_not_compared(level: str, quarter: str, pool: str, problem: str) -> str:
    """Say where there are enough figures to compare fairly, after the problem with those asked for."""
    enough: dict[str, list[str]] = {}
    known = Counter(
        (one.pool, one.quarter)
        for measure in FAIRLY_COMPARED
        for one in scores(level=level, measure=measure)
        if one.value is not None
    )
    for (found, at), n in sorted(known.items()):
        if n >= FEWEST and found != OWN:
            enough.setdefault(found, []).append(at)
    there = "; ".join(f"{found} in {listed(at)}" for found, at in enough.items()) or "nowhere yet"
    return f"Of the {level}s in {parse_quarter(quarter).label} ({pool}) {problem} Enough have one: {there}."
