"""Pain points, stages and notes of journeys move from the plan to learn, with every row that is there."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

ROOM = 70  # letters of a key that leave room for the number of a stage


def move(apps: Any, schema_editor: Any) -> None:
    """Give every life experience that has something to tell a journey of the same key and name."""
    experiences = apps.get_model("plan", "LifeExperience")
    journeys, stages = apps.get_model("learn", "Journey"), apps.get_model("learn", "Stage")
    points = apps.get_model("learn", "PainPoint")
    for row in experiences.objects.all():
        old = list(apps.get_model("plan", "PainPoint").objects.filter(life_experience=row))
        if not (old or row.journey_stages or row.journey_note):
            continue
        read = {"source": row.source, "confidence": row.confidence}
        journey, _ = journeys.objects.get_or_create(
            key=row.key, defaults={"name": row.name, "note": row.journey_note, **read}
        )
        stem = row.key if len(row.key) <= ROOM else f"{row.key[: ROOM - 10]}-{row.pk}"
        for position, name in enumerate(row.journey_stages, 1):
            stages.objects.get_or_create(
                key=f"{stem}-stage-{position}",
                defaults={"journey": journey, "position": position, "name": name, **read},
            )
        for point in old:
            points.objects.get_or_create(
                key=point.key,
                defaults={
                    "journey": journey, "position": point.position, "gist": point.gist,
                    "source": point.source, "confidence": point.confidence,
                },
            )  # fmt: skip
        row.journey = journey
        row.save()
    _check_now(schema_editor)


def move_back(apps: Any, schema_editor: Any) -> None:
    """Give the plan its pain points, stages and notes again; learn keeps what it has."""
    old = apps.get_model("plan", "PainPoint")
    for row in apps.get_model("plan", "LifeExperience").objects.filter(journey__isnull=False):
        for point in apps.get_model("learn", "PainPoint").objects.filter(journey=row.journey):
            held = {name: getattr(point, name) for name in ("position", "gist", "source", "confidence")}
            old.objects.get_or_create(key=point.key, defaults={"life_experience": row, **held})
        stages = apps.get_model("learn", "Stage").objects.filter(journey=row.journey)
        row.journey_stages = list(stages.order_by("position").values_list("name", flat=True))
        row.journey_note = row.journey.note
        row.save()
    _check_now(schema_editor)


def _check_now(schema_editor: Any) -> None:
    """Have PostgreSQL check the new links now: it alters no table for which a check is still to come."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("learn", "0001_initial"),
        ("plan", "0005_drafts"),
    ]

    operations = [
        migrations.AddField(
            model_name="lifeexperience",
            name="journey",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="learn.journey"
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="pain_points",
            field=models.ManyToManyField(related_name="+", to="learn.painpoint"),
        ),
        migrations.RunPython(move, move_back),
        migrations.DeleteModel(name="PainPoint"),
        migrations.RemoveField(model_name="lifeexperience", name="journey_stages"),
        migrations.RemoveField(model_name="lifeexperience", name="journey_note"),
    ]
