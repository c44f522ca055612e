"""The big tables as Parquet, with their types, for those who read millions of rows."""

import io
from collections.abc import Sequence
from typing import Any

from hearback.publish.formats.meaning import BOOLEAN, INTEGER, LIST, NUMBER, kind_of
from hearback.publish.formats.tables import Row, Table

BIG = frozenset({"scores", "surveys", "answers"})


def to_parquet(table: Table, rows: Sequence[Row]) -> bytes:
    """Write a table as Parquet. Equal rows give equal bytes, with one version of pyarrow."""
    import pyarrow as pa
    from pyarrow import parquet

    kinds: dict[str, Any] = {
        INTEGER: pa.int64(),
        NUMBER: pa.float64(),
        BOOLEAN: pa.bool_(),
        LIST: pa.list_(pa.string()),
    }
    names = [column.name for column in table.columns]
    fields = [
        pa.field(
            column.name,
            kinds.get(kind_of(table, column), pa.string()),
            metadata={"description": column.description},
        )
        for column in table.columns
    ]
    found = pa.table(
        {
            name: pa.array([row[i] for row in rows], type=field.type)
            for i, (name, field) in enumerate(zip(names, fields, strict=True))
        },
        schema=pa.schema(fields, metadata={"title": table.title}),
    )
    out = io.BytesIO()
    parquet.write_table(found, out, compression="zstd", version="2.6", row_group_size=100_000)
    return out.getvalue()
