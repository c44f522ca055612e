"""Which rows of a table are meant: by period, agency, service and measure."""

from collections.abc import Callable, Mapping

from django.conf import settings

from hearback.fiscal import Period, PeriodNotValid, parse_period
from hearback.publish.formats.tables import Cell, Row, Table
from hearback.publish.frozen import ReleaseData
from hearback.publish.open.things import place
from hearback.publish.pages.catalogue import catalogue

Test = Callable[[Row], bool]
Keys = Mapping[str, set[str]]
PERIOD, AGENCY, SERVICE, MEASURE = "period", "agency", "service", "measure"
PERIODS = ("quarter", "fiscal_year", "date")
MEASURES = ("measure", "measure_key")
WHOSE: Mapping[str, tuple[Mapping[str, str], ...]] = {
    AGENCY: (
        dict.fromkeys(("agency", "agencies", "lead_agency", "participants"), "agency"),
        {"provider": "provider"},
        {"service": "service"},
        {"survey": "survey"},
    ),
    SERVICE: ({"service": "service", "about": "service"}, {"survey": "survey"}),
}
"""Filter → columns that say whose a row is, the surest first, each with the kind of key that it holds."""

IN_WORDS = {"success_measures.provider", "confirmations.about"}
"""Columns that hold no key, whatever their name."""


def filters_of(table: Table) -> tuple[str, ...]:
    """Name the filters that a table can be asked by.

    >>> from hearback.publish.formats import TABLES
    >>> {table.name: filters_of(table) for table in TABLES}["scores"]
    ('period', 'agency', 'service', 'measure')
    """
    is_of_subjects = table.name == "scores"
    found = {
        PERIOD: bool(_places(table, PERIODS)),
        AGENCY: is_of_subjects or bool(_whose(table, AGENCY)),
        SERVICE: is_of_subjects or bool(_whose(table, SERVICE)),
        MEASURE: bool(_places(table, MEASURES)),
    }
    return tuple(name for name, is_there in found.items() if is_there)


def test_of(release: ReleaseData, table: Table, asked: Mapping[str, str]) -> Test:
    """Make the test that a row has to pass: every filter has to hold.

    Raises:
        PeriodNotValid: if the period asked for is none.
    """
    tests = [_MAKERS[name](release, table, value) for name, value in asked.items()]
    return lambda row: all(test(row) for test in tests)


def _places(table: Table, names: tuple[str, ...]) -> list[int]:
    return [i for name in names if (i := place(table, name)) is not None]


def _whose(table: Table, wanted: str) -> list[tuple[int, str]]:
    """Find the columns that say whose a row is, each with the kind of key that it holds."""
    for columns in WHOSE[wanted]:
        found = [
            (i, kind)
            for name, kind in columns.items()
            if f"{table.name}.{name}" not in IN_WORDS and (i := place(table, name)) is not None
        ]
        if found:
            return found
    return []


def _period(text: str) -> Period:
    return parse_period(text, settings.FISCAL_YEAR_STARTS)


def _of_period(_release: ReleaseData, table: Table, value: str) -> Test:
    """Take what lies whole within the period; a date that cannot be read lies in none."""
    asked, (column, *_) = _period(value), _places(table, PERIODS)

    def test(row: Row) -> bool:
        cell = row[column]
        try:
            found = _period(f"FY{cell}" if isinstance(cell, int) else str(cell or ""))
        except PeriodNotValid:
            return False
        return asked.starts_on <= found.starts_on and found.ends_before <= asked.ends_before

    return test


def _of_agency(release: ReleaseData, table: Table, value: str) -> Test:
    """Take what is the agency's or a part's of it, or a provider's or service's of those."""
    above = catalogue(release).agencies_above
    under = {value}
    while more := {a.key for a in release.agencies if a.parent_key in under} - under:
        under |= more
    providers = {p.key for p in release.providers if value in above(p.key)}
    services = {s.key for s in release.services if any(p.provider_key in providers for p in s.provisions)}
    surveys = {s.key for s in release.surveys if s.provider_key in providers}
    keys = {"agency": under, "provider": providers, "service": services, "survey": surveys}
    return _leading_to(table, AGENCY, keys)


def _of_service(release: ReleaseData, table: Table, value: str) -> Test:
    surveys = {s.key for s in release.surveys if s.service_key == value}
    return _leading_to(table, SERVICE, {"service": {value}, "survey": surveys})


def _leading_to(table: Table, wanted: str, keys: Keys) -> Test:
    """Take the rows that name one of the keys; of scores, those whose subject is one."""
    if table.name == "scores":
        level, subject = _places(table, ("level", "subject"))
        return lambda row: row[subject] in keys.get(str(row[level]), ())
    columns = [(i, keys[kind]) for i, kind in _whose(table, wanted)]
    return lambda row: any(_holds(row[i], held) for i, held in columns)


def _holds(cell: Cell, keys: set[str]) -> bool:
    return bool(keys.intersection(cell)) if isinstance(cell, tuple) else cell in keys


def _of_measure(_release: ReleaseData, table: Table, value: str) -> Test:
    columns = _places(table, MEASURES)
    return lambda row: any(row[i] == value for i in columns)


_MAKERS = {PERIOD: _of_period, AGENCY: _of_agency, SERVICE: _of_service, MEASURE: _of_measure}
