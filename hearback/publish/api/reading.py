"""Releases, tables and rows."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from hearback.collect.api.errors import RequestProblem, check_parameters, not_accepted
from hearback.collect.api.parameters import Limit
from hearback.collect.api.shapes import Error
from hearback.fiscal import PeriodNotValid, parse_period
from hearback.publish import queries
from hearback.publish.api.cursors import PATTERN, Cursor, CursorNotValid, read_cursor
from hearback.publish.api.filters import filters_of, test_of
from hearback.publish.api.shapes import Releases, Rows, Tables, TableShape
from hearback.publish.formats import TABLES
from hearback.publish.formats.dictionary_format import described
from hearback.publish.formats.tables import Table
from hearback.publish.frozen import ReleaseData
from hearback.publish.open.addresses import whole
from hearback.publish.open.things import BY_NAME, as_object, rows_of

ROOT = "/api/v1/data"
OFTEN = (404, 422, 500)
KEY = r"^[-A-Za-z0-9_]{1,200}$"
AS_PERIOD = r"^(FY[0-9]{4}(-Q[1-4])?|[0-9]{4}(-[0-9]{2}){0,2})$"
router = Router()


def _cursor(raw: Any) -> Any:
    if raw is None or isinstance(raw, Cursor):
        return raw
    try:
        return read_cursor(raw)
    except CursorNotValid as problem:
        raise PydanticCustomError("not_a_cursor", "not a cursor") from problem


def _period(raw: Any) -> Any:
    if raw is None:
        return raw
    try:
        if re.fullmatch(AS_PERIOD.strip("^$"), raw) is None:
            raise PeriodNotValid(raw)
        parse_period(raw)
    except PeriodNotValid as problem:
        raise PydanticCustomError("not_a_period", "not a period") from problem
    return raw


def _key(raw: Any) -> Any:
    if raw is not None and re.fullmatch(KEY.strip("^$"), raw) is None:
        raise PydanticCustomError("not_a_key", "not a key")
    return raw


def _text(pattern: str, description: str, example: str) -> WithJsonSchema:
    return WithJsonSchema(
        {"type": "string", "pattern": pattern, "description": description, "example": example}
    )


FIRST = str(Cursor(1, 0))
After = Annotated[
    Any, BeforeValidator(_cursor), _text(PATTERN, "Only rows after those, as `next` said.", FIRST)
]
AskedPeriod = Annotated[
    str | None,
    BeforeValidator(_period),
    _text(AS_PERIOD, "Only what lies whole within: FY2021-Q2, FY2021, 2021, 2021-05 or a day.", "FY2021-Q2"),
]
Agency = Annotated[
    str | None,
    BeforeValidator(_key),
    _text(KEY, "Only what is of this agency, its parts, their providers and services.", "va"),
]
Service = Annotated[
    str | None, BeforeValidator(_key), _text(KEY, "Only what is of this service.", "va-vha-22")
]
Measure = Annotated[str | None, BeforeValidator(_key), _text(KEY, "Only this measure.", "trust_agree_share")]


class Asked(Schema):
    """By what rows are asked for."""

    period: AskedPeriod = None
    agency: Agency = None
    service: Service = None
    measure: Measure = None


@router.get("/releases", response={200: Releases, (422, 500): Error}, summary="List releases")
def list_releases(request: HttpRequest) -> dict[str, Any]:
    """List all releases, the newest first. Each stays at its address for good."""
    check_parameters(request)
    return {
        "releases": [
            {
                "number": one.number,
                "created_at": one.created_at,
                "manifest_sha256": one.manifest_sha256,
                "manifest": whole(f"/releases/{one.number}/manifest.json"),
                "zip": whole(f"/releases/{one.number}.zip"),
            }
            for one in queries.releases()
        ]
    }


@router.get("/tables", response={200: Tables, OFTEN: Error}, summary="List tables")
def list_tables(request: HttpRequest) -> dict[str, Any]:
    """List the tables of the newest release, and the filters each can be asked by."""
    check_parameters(request)
    release = _newest()
    return {"release": release.number, "tables": [_summary(release, table) for table in TABLES]}


@router.get("/tables/{slug:name}", response={200: TableShape, OFTEN: Error}, summary="Get a table's columns")
def get_table(request: HttpRequest, name: str) -> dict[str, Any]:
    """Give what each column holds, where it leads, and why a cell of it may be empty."""
    check_parameters(request)
    release, table = _newest(), _table(name)
    told = described(table)
    return {
        **_summary(release, table),
        "release": release.number,
        "key": told["key"],
        "columns": told["columns"],
    }


@router.get("/tables/{slug:name}/rows", response={200: Rows, OFTEN: Error}, summary="List rows of a table")
def list_rows(
    request: HttpRequest, name: str, asked: Query[Asked], after: After = None, limit: Limit = 100
) -> dict[str, Any]:
    """List rows in the order of the file, as far as all filters hold.

    What `next` gives is of the same release, even where a newer one was made meanwhile.
    """
    check_parameters(request, *Asked.model_fields, "after", "limit")
    table = _table(name)
    given = {one: value for one, value in asked.dict().items() if value is not None}
    wrong = [RequestProblem(one, "not_a_filter") for one in given if one not in filters_of(table)]
    if wrong:
        raise not_accepted(wrong)
    return _page(table, given, after, limit)


def _page(table: Table, asked: Mapping[str, str], after: Cursor | None, limit: int) -> dict[str, Any]:
    release = _newest() if after is None else _release(after.release)
    rows, test = rows_of(release, table), test_of(release, table, asked)
    start = 0 if after is None else after.seen
    found: list[dict[str, Any]] = []
    more = None
    for seen, row in enumerate(rows[start:], start):
        if not test(row):
            continue
        if len(found) == limit:
            more = str(Cursor(release.number, seen))
            break
        found.append(as_object(table, row))
    return {"release": release.number, "table": table.name, "rows": found, "next": more}


def _summary(release: ReleaseData, table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.title,
        "row_count": len(rows_of(release, table)),
        "filters": list(filters_of(table)),
        "rows": whole(f"{ROOT}/tables/{table.name}/rows"),
    }


def _table(name: str) -> Table:
    if name not in BY_NAME:
        raise Http404(f"There is no table {name}.")
    return BY_NAME[name]


def _newest() -> ReleaseData:
    found = queries.current_release()
    if found is None:
        raise Http404("There is no release yet.")
    return found


def _release(number: int) -> ReleaseData:
    found = queries.release(number)
    if found is None:
        raise not_accepted([RequestProblem("after", "not_a_cursor")])
    return found
