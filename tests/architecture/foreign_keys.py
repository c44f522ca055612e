"""Find tables that point to a later stage, or sideways to one that should not be known."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps


@dataclass(frozen=True)
class Pointer:
    """One foreign key: the field, the app it is in, the app it points to."""

    field: str
    source: str
    target: str


def pointers() -> list[Pointer]:
    """List every foreign key, one-to-one and many-to-many field of our tables."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("hearback.")]
    return [
        Pointer(f"{model.__name__}.{field.name}", _app(model), _app(field.related_model))
        for model in ours
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if isinstance(field.related_model, type)
    ]


def _app(model: type) -> str:
    return model.__module__.split(".")[1 if model.__module__.startswith("hearback.") else 0]


def pointing_up(found: Iterable[Pointer], layers: list[list[str]]) -> list[str]:
    """Name the pointers that go to a later stage or to a sibling. `layers` starts with the last stage."""
    height = {name: -number for number, names in enumerate(layers) for name in names}
    return [
        f"{p.source}: {p.field} points to {p.target}"
        for p in found
        if p.target in height and p.source != p.target and height[p.target] >= height[p.source]
    ]
