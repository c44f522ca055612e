"""The whole of the open data as one Data Package, version 2.

Source: https://datapackage.org/standard/data-package/ and https://datapackage.org/standard/table-schema/. It
holds neither number nor date of the release, which its manifest does: equal content gives equal bytes.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from hearback.publish.formats.meaning import (
    KEYS,
    LIST,
    QUARTER,
    codes_of,
    kind_of,
    links_of,
    why_of,
)
from hearback.publish.formats.rows import Filled
from hearback.publish.formats.tables import Column, Table
from hearback.publish.frozen import sha256, to_json
from hearback.ui.licenses import LICENSES

PATH = "datapackage.json"
PROFILES = "https://datapackage.org/profiles/2.0"
LAYOUT = "1.0.0"
"""Version of the layout of the tables: the last number rises with what is put right, the middle one with what
is added, the first one never, as columns are never renamed."""
EMPTY = "Not known, or not shown; the column named by `why` says which."
TITLE = "What people say about public services, what agencies promised, and how far they are"


def to_data_package(tables: Sequence[Filled]) -> bytes:
    """Describe all tables with their types, keys, codes, licence and sources."""
    return to_json(
        {
            "$schema": f"{PROFILES}/datapackage.json",
            "name": "hearback",
            "title": TITLE,
            "description": "All tables of one release. Its number and date are in manifest.json beside this.",
            "version": version(tables),
            "licenses": [license_of_data()],
            "sources": _sources({one for table in tables for one in table.sources()}),
            "keywords": ["customer experience", "public services", "trust", "surveys", "performance"],
            "resources": [_resource(one) for one in tables],
        }
    )


def version(tables: Sequence[Filled]) -> str:
    """Name the state of the data: the version of the layout, and a hash of all that is in the tables."""
    bodies = [f"{path} {sha256(body)}" for one in tables for path, body in sorted(one.files.items())]
    return f"{LAYOUT}+{sha256(chr(10).join(bodies).encode())[:12]}"


def license_of_data() -> dict[str, str]:
    """Give the licence of the data, as the setting says."""
    title, address = LICENSES[settings.DATA_LICENSE]
    return {"name": settings.DATA_LICENSE, "title": title, "path": address}


def _sources(found: set[str]) -> list[dict[str, str]]:
    return [{"title": one.split("/")[2], "path": one} for one in sorted(found)]


def _resource(filled: Filled) -> dict[str, Any]:
    table = filled.table
    path = f"data/{table.name}.csv"
    body = filled.files[path]
    described: dict[str, Any] = {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": table.name,
        "type": "table",
        "title": table.title,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(body),
        "hash": f"sha256:{sha256(body)}",
        "dialect": {"$schema": f"{PROFILES}/tabledialect.json", "lineTerminator": "\r\n"},
        "schema": _schema(table),
    }
    sources = _sources(filled.sources())
    return described | ({"sources": sources} if sources else {})


def _schema(table: Table) -> dict[str, Any]:
    described: dict[str, Any] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_field(table, column) for column in table.columns],
        "missingValues": [{"value": "", "label": EMPTY}],
    }
    if table.name in KEYS:
        described["primaryKey"] = list(KEYS[table.name])
    links = [
        {
            "fields": [one.column],
            "reference": {"resource": "" if one.table == table.name else one.table, "fields": [one.key]},
        }
        for one in links_of(table)
    ]
    return described | ({"foreignKeys": links} if links else {})


def _field(table: Table, column: Column) -> dict[str, Any]:
    kind = kind_of(table, column)
    described: dict[str, Any] = {"name": column.name, "type": kind, "description": column.description}
    if kind == LIST:
        described |= {"delimiter": "; ", "itemType": "string"}
    constraints: dict[str, Any] = {"required": True} if column.name in KEYS.get(table.name, ()) else {}
    if column.name == "quarter":
        constraints["pattern"] = QUARTER
    if constraints:
        described["constraints"] = constraints
    codes = codes_of(table, column)
    if codes:
        described["categories"] = [{"value": code, "label": label} for code, label in codes.items()]
    why = why_of(table, column)
    return described | ({"why": why} if why else {})
