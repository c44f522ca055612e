"""What people go through: journeys with their stages and steps, and what hurts on the way.

Null means that nothing was found: never zero, never "no". `source` says where a thing was read, `confidence`
how sure the reading is. A gist is a short summary in words of our own.
"""

from django.db import models
from django.db.models import F, Q

from hearback.learn.rules import FEELINGS, QUANTITIES


class Read(models.Model):
    """Anything that was read somewhere, under a key of its own."""

    key = models.CharField(max_length=80, unique=True)
    source = models.TextField(null=True)
    confidence = models.CharField(max_length=20, null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key


class Journey(Read):
    """What people go through to get one service (`about`), or in a life experience (`about` null).

    `yearly_volume` is how often a year somebody goes all the way; `volume_gist` says what was counted.
    """

    name = models.CharField(max_length=200)
    about = models.ForeignKey("directory.Service", on_delete=models.PROTECT, null=True, related_name="+")
    gist = models.TextField(null=True)
    note = models.TextField(null=True)
    yearly_volume = models.PositiveBigIntegerField(null=True)
    volume_gist = models.TextField(null=True)
    volume_source = models.TextField(null=True)

    class Meta:
        ordering = ["name", "key"]


class Stage(Read):
    """A part of a journey. Stages follow one another."""

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="stages")
    position = models.PositiveSmallIntegerField()
    name = models.TextField()
    gist = models.TextField(null=True)

    class Meta:
        ordering = ["position", "key"]
        verbose_name = "journey stage"  # a stage, without more, is one of the work


def _within_range(name: str) -> models.CheckConstraint:
    """Hold that a quantity is not negative, and lies in its range where one is known."""
    no_range = Q(**{f"{name}_low__isnull": True, f"{name}_high__isnull": True})
    a_range = Q(
        **{
            f"{name}_low__isnull": False,
            f"{name}_high__isnull": False,
            f"{name}_low__gte": 0,
            f"{name}_low__lte": F(f"{name}_high"),
        }
    )
    unknown, held = Q(**{f"{name}__isnull": True}), Q(**{f"{name}__gte": 0})
    inside = Q(**{f"{name}__gte": F(f"{name}_low"), f"{name}__lte": F(f"{name}_high")})
    condition = (no_range & (unknown | held)) | (a_range & (unknown | inside))
    return models.CheckConstraint(condition=condition, name=f"step_{name}_within_its_range")


class Step(Read):
    """What a person does in a stage (`gist`), with whom, how, and what it takes of them.

    Each quantity is one person's, once; `_low` and `_high` are known together, where a range is known.
    `feeling` goes from -2 (very bad) to 2 (very good).
    """

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    gist = models.TextField()
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=40, null=True)
    minutes = models.FloatField(null=True)
    minutes_low = models.FloatField(null=True)
    minutes_high = models.FloatField(null=True)
    documents = models.FloatField(null=True)
    documents_low = models.FloatField(null=True)
    documents_high = models.FloatField(null=True)
    visits = models.FloatField(null=True)
    visits_low = models.FloatField(null=True)
    visits_high = models.FloatField(null=True)
    waiting_days = models.FloatField(null=True)
    waiting_days_low = models.FloatField(null=True)
    waiting_days_high = models.FloatField(null=True)
    cost_usd = models.FloatField(null=True)
    cost_usd_low = models.FloatField(null=True)
    cost_usd_high = models.FloatField(null=True)
    feeling = models.SmallIntegerField(null=True)
    feeling_gist = models.TextField(null=True)
    measure_key = models.CharField(max_length=60, null=True)

    class Meta:
        ordering = ["position", "key"]
        constraints = [
            *(_within_range(name) for name in QUANTITIES),
            models.CheckConstraint(
                condition=Q(feeling__isnull=True)
                | Q(feeling__gte=FEELINGS.start, feeling__lte=FEELINGS.stop - 1),
                name="step_feeling_on_its_scale",
            ),
        ]


class PainPoint(Read):
    """What hurts people on a journey; `stage` where it is known in which.

    `naming_count` of `asked_count` answers name it; both are known or neither.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="pain_points")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, null=True, related_name="pain_points")
    position = models.PositiveSmallIntegerField()
    gist = models.TextField()
    groups = models.JSONField(default=list)  # who is affected, in words
    evidence = models.JSONField(default=list)  # of {gist, source, confidence}
    naming_count = models.PositiveIntegerField(null=True)
    asked_count = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["position", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(naming_count__isnull=True, asked_count__isnull=True)
                | Q(
                    naming_count__isnull=False,
                    asked_count__isnull=False,
                    asked_count__gt=0,
                    naming_count__lte=F("asked_count"),
                ),
                name="pain_point_named_by_some_of_those_asked",
            )
        ]


class Story(Read):
    """What one person went through, or a `composite` of many; `stage` where it is about one.

    `consent` says how it was given, `provenance` where the story comes from. Without consent a story of one
    person is never published.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="stories")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, null=True, related_name="stories")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(null=True)
    composite = models.BooleanField()
    consent = models.TextField(null=True)
    provenance = models.TextField(null=True)
    published = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "key"]
        verbose_name_plural = "stories"
        constraints = [
            models.CheckConstraint(
                condition=Q(published=False) | Q(composite=True) | Q(consent__isnull=False, consent__gt=""),
                name="story_published_with_consent",
            )
        ]


class Study(Read):
    """A piece of research on a journey: how, when, and with whom, as counts without names.

    A file of it is public only where it is marked as published.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="studies")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    method = models.TextField(null=True)
    dates = models.TextField(null=True)
    participants = models.JSONField(default=list)  # of {group, count}
    people_count = models.PositiveIntegerField(null=True)
    states_count = models.PositiveIntegerField(null=True)
    consent = models.TextField(null=True)
    files = models.JSONField(default=list)  # of {name, url, gist, published}: addresses, not the files

    class Meta:
        ordering = ["position", "key"]
        verbose_name_plural = "studies"


class Observation(Read):
    """What a researcher saw in a study."""

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="observations")
    position = models.PositiveSmallIntegerField()
    gist = models.TextField()
    tags = models.JSONField(default=list)

    class Meta:
        ordering = ["position", "key"]


class Highlight(Read):
    """A passage of a transcript, with the group of who said it. It stays in the house."""

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="highlights")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    group = models.TextField(null=True)
    tags = models.JSONField(default=list)

    class Meta:
        ordering = ["position", "key"]


class Insight(Read):
    """What was understood, with links to its evidence; `evidence_count` of them lead to something.

    Without evidence an insight is never published.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="insights")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    evidence = models.JSONField(default=list)  # of {kind, cited, url, gist}
    evidence_count = models.PositiveSmallIntegerField(default=0)
    published = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published=False) | Q(evidence_count__gt=0),
                name="insight_published_with_evidence",
            )
        ]


class Persona(Read):
    """A kind of people on a journey, composed from research: nobody who lives, and never named as one.

    `needs` and `barriers` (what holds them back) are in words. `evidence_count` links lead to something;
    without evidence a persona is never published.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="personas")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    gist = models.TextField(null=True)
    needs = models.JSONField(default=list)
    barriers = models.JSONField(default=list)
    groups = models.JSONField(default=list)
    evidence = models.JSONField(default=list)  # of {kind, cited, url, gist}
    evidence_count = models.PositiveSmallIntegerField(default=0)
    provenance = models.TextField(null=True)
    published = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published=False) | Q(evidence_count__gt=0),
                name="persona_published_with_evidence",
            )
        ]
