"""Figures of scores: shares who agree by quarter, and services' five answers."""

from collections import Counter
from collections.abc import Iterable, Iterator

from hearback.directory.queries import AgencyFact, ProviderFact, ServiceFact
from hearback.measure.queries import ScoreFact
from hearback.measure.rules import GOVERNMENT, POOLS, ROLLED_UP
from hearback.publish.charts import answers, trend
from hearback.publish.charts.figure import BETWEEN, Column, Figure, Raw
from hearback.publish.frozen import Content
from hearback.publish.sentences import says
from hearback.publish.series import AGREE, Numbers, Series

PLACES = {"agency": "agencies", "provider": "providers", "service": "services"}
TREND_COLUMNS = (
    Column("quarter", "Quarter", "quarter"),
    Column("pool", "Kind of question"),
    Column("share", "Agree", "share", "n"),
    Column("low", "95 % interval from", "low", "n"),
    Column("high", "to", "high", "n"),
    Column("n", "Answers", "count"),
    Column("surveys", "Surveys", "count"),
    Column("flags", "Notes"),
    Column("reason", "Why there is none"),
)


def government_chart(pool: str) -> str:
    """Name the government's chart of a pool."""
    return "trust-government" if pool == "increased" else f"trust-government-{pool}"


def figures(data: Content, numbers: Numbers) -> Iterator[Figure]:
    """List trends of the government, agencies, providers and services, and services' five answers."""
    for pool in ROLLED_UP:
        page = ("/", "Progress", _of_pool("All services", pool))
        yield from _trend(numbers, "government", GOVERNMENT, government_chart(pool), (pool,), page)
    levels: tuple[tuple[str, Iterable[AgencyFact | ProviderFact | ServiceFact]], ...] = (
        ("agency", data.agencies),
        ("provider", data.providers),
        ("service", data.services),
    )
    bearers = Counter(_bare(subject.name) for _level, subjects in levels for subject in subjects)
    for level, subjects in levels:
        for subject in sorted(subjects, key=lambda one: one.key):
            thing = _bare(subject.name) + (f" ({level})" if bearers[_bare(subject.name)] > 1 else "")
            page = (f"/{PLACES[level]}/{subject.key}/", subject.name, thing)
            pools = numbers.pools(level, subject.key)
            yield from _trend(numbers, level, subject.key, f"{level}-{subject.key}", pools, page)
    for service in sorted(data.services, key=lambda one: one.key):
        drawn = {
            pool: rows
            for pool in numbers.pools("service", service.key)
            if (rows := [row for row in numbers.answers(service.key, pool) if row.drawn])
        }
        for pool, rows in drawn.items():
            thing = _bare(service.name) if len(drawn) == 1 else _of_pool(_bare(service.name), pool)
            yield answers.figure(service.key, service.name, pool, rows, thing)


def _trend(
    numbers: Numbers, level: str, subject: str, name: str, pools: tuple[str, ...], page: tuple[str, str, str]
) -> Iterator[Figure]:
    found = [(pool, numbers.series(AGREE, level, subject, pool)) for pool in pools]
    panels = tuple(
        trend.Panel(pool, f"{POOLS[pool].name}: share who agree", s) for pool, s in found if s and s.latest
    )
    if panels:
        thing = _of_pool(page[2], panels[0].pool) if len(panels) == 1 and level != "government" else page[2]
        yield Figure(
            name=name,
            kind="Line chart by fiscal quarter",
            title=f"{thing}: share who agree, by quarter",
            question="; ".join(POOLS[panel.pool].name for panel in panels),
            says=tuple(f"{panel.title}. {says(panel.series)}" for panel in panels),
            note=trend.note(panels),
            columns=TREND_COLUMNS,
            rows=tuple(row for panel in panels for row in _trend_rows(panel.series)),
            page=page[0],
            page_name=page[1],
            tables=("scores", "exclusions"),
            numbers=panels,
            draw=trend.draw,
            about=(level, subject),
            methods=("trust-agree-share", "flags"),
        )


def _bare(name: str) -> str:
    return name.rstrip(".")


def _of_pool(name: str, pool: str) -> str:
    """Name what a figure is about, where there is one for each kind of question."""
    kind = POOLS[pool].name
    return f"{name}, {kind[:1].lower()}{kind[1:]}"


def _trend_rows(series: Series) -> Iterator[tuple[Raw, ...]]:
    for reading in series.readings:
        yield (str(reading.quarter), POOLS[series.pool].name, *_score_cells(reading.score))


def _score_cells(score: ScoreFact | None) -> tuple[Raw, ...]:
    if score is None:
        return (None, None, None, None, None, None, "no survey to add up")
    flags = BETWEEN.join(score.flags) or None
    return (score.value, score.low, score.high, score.n, score.n_surveys, flags, score.reason)
