"""Milestones, each with the log of what was changed."""

from django.db import models
from django.db.models import Q

from hearback.plan.models.areas import Strategy
from hearback.plan.models.experiences import LifeExperience, Project
from hearback.plan.models.read import DATE, Read


class Milestone(Read):
    """A step with a due date. It belongs to exactly one strategy, life experience or project.

    `done` is when it was done, null where that is not known; `depends_on` names what must be done before.
    """

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, null=True, related_name="milestones")
    life_experience = models.ForeignKey(
        LifeExperience, on_delete=models.PROTECT, null=True, related_name="milestones"
    )
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, related_name="milestones")
    position = models.PositiveSmallIntegerField()
    title = models.TextField()
    due = models.CharField(max_length=DATE, null=True)
    status = models.CharField(max_length=60, null=True)
    done = models.CharField(max_length=DATE, null=True)
    owner = models.CharField(max_length=120, null=True)
    as_of = models.CharField(max_length=DATE, null=True)
    note = models.TextField(null=True)
    depends_on = models.ManyToManyField("self", symmetrical=False, related_name="needed_by")
    evidence = models.JSONField(default=list)  # of {gist, source, confidence}
    version = models.PositiveIntegerField(default=1)  # one more with every change

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(strategy__isnull=False, life_experience__isnull=True, project__isnull=True)
                    | Q(strategy__isnull=True, life_experience__isnull=False, project__isnull=True)
                    | Q(strategy__isnull=True, life_experience__isnull=True, project__isnull=False)
                ),
                name="milestone_of_exactly_one_thing",
            )
        ]


class MilestoneChange(Read):
    """One line of the log of a milestone: what stood there before and after, and why it was changed.

    `date` is null where the log gives none. `decided_by` names a role, never a person.
    """

    class Field(models.TextChoices):
        """What of a milestone can be changed."""

        STATUS = "status"
        DUE = "due"
        DONE = "done"
        TITLE = "title"
        OWNER = "owner"

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="changes")
    position = models.PositiveSmallIntegerField()
    date = models.CharField(max_length=DATE, null=True)
    field = models.CharField(max_length=20, choices=Field.choices)
    before = models.TextField(null=True)
    after = models.TextField(null=True)
    reason = models.TextField(null=True)
    decided_by = models.CharField(max_length=120, null=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(field__in=["status", "due", "done", "title", "owner"]),
                name="milestone_change_field_known",
            )
        ]
