"""Trust on pages: what the series says, its chart, its table, and why each number is what it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from string import ascii_lowercase

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from hearback.measure.queries import ScoreFact
from hearback.measure.rules import FLAGS, MEASURES, POOLS
from hearback.publish.pages.catalogue import Catalogue
from hearback.publish.pages.pictures import Shown, shown
from hearback.publish.pages.why import Why, method_slug, why
from hearback.publish.said import said
from hearback.publish.sentences import earlier, reading
from hearback.publish.series import AGREE, MEAN, STRONGLY, Answers, Reading, Series
from hearback.ui import numbers as write
from hearback.ui.words import REASONS, plain

NOTHING = _("no survey to add up")
METHOD_CHANGED = "method_changed"
WORDS = FLAGS | {
    METHOD_CHANGED: _(
        "Made by another method, or another version of it, than the number before: the two are "
        "not joined and not compared."
    ),
}
"""Every caution of a table in words: the flags that travel with a number, and a break between two numbers."""


@dataclass(frozen=True)
class Cell:
    """One figure of a table: its text and interval, or None with the reason in words."""

    text: str | None
    interval: str | None
    reason: str | None

    @property
    def no_interval(self) -> str:
        """Say why there is no interval."""
        return self.reason or gettext("no interval")


@dataclass(frozen=True)
class Row:
    """One quarter of a trust table."""

    label: str
    agree: Cell
    strongly: Cell
    mean: Cell
    n: str | None
    n_surveys: int
    missing: str | None
    letters: str


@dataclass(frozen=True)
class Panel:
    """Everything a page shows of one subject within one pool."""

    pool: str
    title: str
    explained: str
    reading: str
    earlier: str | None
    chart: Shown | None
    rows: list[Row]
    cautions: tuple[tuple[str, str], ...]
    has_notes: bool
    why: Why


def panels(
    book: Catalogue, level: str, subject: str, chart_names: dict[str, str] | None = None
) -> list[Panel]:
    """Give one panel for each pool in which the subject has a number to show."""
    names = chart_names or {}
    return [
        _panel(book, series, latest, names.get(series.pool), is_first)
        for series, latest, is_first in _shown(book, level, subject)
    ]


def whys(book: Catalogue, level: str, subject: str) -> list[tuple[str, Why]]:
    """Say why the newest number of each pool is what it is, with the name of the pool."""
    return [
        (said(POOLS[series.pool].name), _why(book, series, latest, is_first))
        for series, latest, is_first in _shown(book, level, subject)
    ]


def _shown(book: Catalogue, level: str, subject: str) -> Iterator[tuple[Series, ScoreFact, bool]]:
    """Give each series with its newest number, and whether that is the first of its quarter."""
    quarters = set[str]()
    for pool in book.numbers.pools(level, subject):
        series = book.numbers.series(AGREE, level, subject, pool)
        if series is not None and series.latest is not None:
            yield series, series.latest, series.latest.quarter not in quarters
            quarters.add(series.latest.quarter)


def _why(book: Catalogue, series: Series, latest: ScoreFact, is_first: bool) -> Why:
    return why(book, series, latest, share_cell(latest).interval, is_first=is_first)


def share_cell(score: ScoreFact | None) -> Cell:
    """Write a share with its interval, or the reason why there is none."""
    return _cell(score, write.share, write.share_interval)


def _mean_cell(score: ScoreFact | None) -> Cell:
    """Write a mean with its interval, or the reason why there is none."""
    return _cell(
        score, lambda value, _: write.mean(value), lambda low, high, _: write.mean_interval(low, high)
    )


def cautions(series: Series) -> dict[str, str]:
    """Give every caution of a series a letter, in the order in which a table names them: flag and letter."""
    flags = dict.fromkeys(flag for one in series.readings for flag in _flags(one))
    return dict(zip(flags, ascii_lowercase, strict=False))


def definition(book: Catalogue, measure: str) -> dict[str, str | None]:
    """Say what a measure is, with its method page."""
    return {"statement": said(MEASURES[measure].statement), "slug": method_slug(book, measure)}


def answers_rows(
    book: Catalogue, service: str, pool: str
) -> list[tuple[Answers, list[tuple[str, str | None]]]]:
    """Give the five answers per quarter, each as count and share; None for a share too unsure to show."""
    return [
        (
            row,
            [
                (write.count(count), None if share is None else write.share(share, sum(row.counts)))
                for count, share in zip(row.counts, row.shares, strict=True)
            ],
        )
        for row in book.numbers.answers(service, pool)
    ]


def _cell(
    score: ScoreFact | None,
    written: Callable[[float, int | None], str],
    interval_written: Callable[[float, float, int | None], str],
) -> Cell:
    if score is None:
        return Cell(None, None, gettext(NOTHING))
    if score.value is None:
        return Cell(None, None, plain(score.reason, REASONS))
    interval = None
    if score.low is not None and score.high is not None:
        interval = interval_written(score.low, score.high, score.n)
    return Cell(written(score.value, score.n), interval, None)


def _panel(
    book: Catalogue, series: Series, latest: ScoreFact, chart_name: str | None, is_first: bool
) -> Panel:
    letters = cautions(series)
    rows = [_row(book, series, one, letters) for one in series.readings]
    return Panel(
        pool=series.pool,
        title=said(POOLS[series.pool].name),
        explained=said(POOLS[series.pool].explanation),
        reading=reading(latest),
        earlier=earlier(series),
        chart=shown(book, chart_name),
        rows=rows,
        cautions=tuple((letter, plain(flag, WORDS)) for flag, letter in letters.items()),
        has_notes=any(row.missing or row.letters for row in rows),
        why=_why(book, series, latest, is_first),
    )


def _missing(agree: Cell, strongly: Cell, mean: Cell) -> str | None:
    """Say why figures of a row are missing; where the first is there, which ones are not."""
    if agree.reason:
        return agree.reason
    named = ((strongly, gettext("strongly agree")), (mean, gettext("mean")))
    return "; ".join(f"{name}: {cell.reason}" for cell, name in named if cell.reason) or None


def _row(book: Catalogue, series: Series, at: Reading, letters: dict[str, str]) -> Row:
    def other(measure: str) -> ScoreFact | None:
        return book.numbers.score(measure, series.level, series.subject, series.pool, at.quarter)

    score = at.score
    agree, strongly, mean = share_cell(score), share_cell(other(STRONGLY)), _mean_cell(other(MEAN))
    return Row(
        label=at.quarter.label,
        agree=agree,
        strongly=strongly,
        mean=mean,
        n=write.count(score.n) if score and score.n else None,
        n_surveys=score.n_surveys if score else 0,
        missing=_missing(agree, strongly, mean),
        letters=", ".join(sorted(letters[flag] for flag in _flags(at))),
    )


def _flags(at: Reading) -> tuple[str, ...]:
    of_score = at.score.flags if at.score else ()
    return (*of_score, METHOD_CHANGED) if at.breaks else of_score
