"""Making facts of rows."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

T = TypeVar("T")
M = TypeVar("M", bound=Model)


def fact(kind: type[T], row: Any, **given: Any) -> T:
    """Make a fact from a row: what is given, and for all other fields what the row holds under that name."""
    names: Iterable[str] = kind.__dataclass_fields__  # type: ignore[attr-defined]
    return kind(**{name: given[name] if name in given else getattr(row, name) for name in names})


def facts(kind: type[T], rows: QuerySet[M]) -> tuple[T, ...]:
    """Make a fact from each row."""
    return tuple(fact(kind, row) for row in rows)


def key(row: Any) -> str | None:
    """Give the key of a row; None where there is no row."""
    return None if row is None else row.key


def keys(rows: Iterable[Any]) -> tuple[str, ...]:
    """Give the keys of rows, in order."""
    return tuple(sorted(row.key for row in rows))
