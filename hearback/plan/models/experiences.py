"""Life experiences, and the projects that answer their pain points."""

from django.db import models

from hearback.plan.models.areas import SuccessMeasure
from hearback.plan.models.read import DATE, Read


class LifeExperience(Read):
    """A point in life where people meet several public bodies at once."""

    name = models.CharField(max_length=200)
    question = models.TextField(null=True)
    lead_agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    participants = models.ManyToManyField("directory.Agency", related_name="+")
    facts = models.JSONField(default=list)  # of {gist, source, confidence}
    where_we_want_to_be = models.JSONField(default=list)
    where_we_start = models.JSONField(default=list)
    charter_source = models.TextField(null=True)
    discovery_dates = models.TextField(null=True)
    discovery_who = models.TextField(null=True)
    discovery_people = models.PositiveIntegerField(null=True)
    discovery_states = models.PositiveIntegerField(null=True)
    discovery_source = models.TextField(null=True)
    journey = models.ForeignKey("learn.Journey", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["name"]


class Project(Read):
    """Work that answers pain points of a life experience; `pain_points` where it was said which."""

    life_experience = models.ForeignKey(LifeExperience, on_delete=models.PROTECT, related_name="projects")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    name_is_official = models.BooleanField()
    goal = models.TextField(null=True)
    agencies = models.ManyToManyField("directory.Agency", related_name="+")
    pain_points = models.ManyToManyField("learn.PainPoint", related_name="+")
    success_measures = models.ManyToManyField(SuccessMeasure, related_name="+")  # that it is to move
    phase = models.CharField(max_length=40, null=True)
    announced = models.CharField(max_length=DATE, null=True)
    next_steps = models.TextField(null=True)
    results = models.JSONField(default=list)  # as ResultRecord has them
    note = models.TextField(null=True)

    class Meta:
        ordering = ["position"]
