"""A home without a plan and the journeys that it names, its directory kept."""

from django.apps import apps
from django.db import transaction
from django.db.models import Model, ProtectedError


def empty_the_plan() -> None:
    """Take every row of the plan and of learn out, those that point to others first."""
    left = [model for app in ("plan", "learn") for model in apps.get_app_config(app).get_models()]
    for model in left:
        for field in model._meta.concrete_fields:
            if field.related_model is model:
                model._default_manager.update(**{field.name: None})
    while left:
        before = len(left)
        left = [model for model in left if not _emptied(model)]
        assert len(left) < before, "tables protect one another"


def _emptied(model: type[Model]) -> bool:
    try:
        with transaction.atomic():
            model._default_manager.all().delete()
    except ProtectedError:
        return False
    return True
