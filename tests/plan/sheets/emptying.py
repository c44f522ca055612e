"""A home without a plan, its directory kept."""

from django.apps import apps
from django.db import transaction
from django.db.models import Model, ProtectedError


def empty_the_plan() -> None:
    """Take every row of the plan out, those that point to others first."""
    left = list(apps.get_app_config("plan").get_models())
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
