"""Action plans of providers, year by year, and the capacity areas of their self-assessments."""

from django.db import models
from django.db.models import F, Q

from hearback.plan.models.read import DATE, Read


class CapacityArea(Read):
    """Something a provider must be able to do. `round` is the assessment that asked about it, where known."""

    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    gist = models.TextField(null=True)
    round = models.CharField(max_length=DATE, null=True)

    class Meta:
        ordering = ["position"]


class ActionPlan(Read):
    """What a provider promises for one fiscal year, and how able it says it is.

    `levels` are those of its self-assessment from the lowest to the highest; none: no scale was published.
    """

    provider = models.ForeignKey("directory.Provider", on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    gist = models.TextField(null=True)
    published = models.CharField(max_length=DATE, null=True)
    designated_services = models.ManyToManyField("directory.Service", related_name="+")
    levels = models.JSONField(default=list)
    note = models.TextField(null=True)

    class Meta:
        ordering = ["provider__key", "fiscal_year"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "fiscal_year"], name="one_plan_per_provider_and_year")
        ]


class ActionPlanAction(Read):
    """One action that an action plan promises, and what became of it; a null status is not known.

    `carried_over_from` is the action of the year before, of the same provider, that this one goes on with.
    """

    class Status(models.TextChoices):
        """How far an action is."""

        PLANNED = "planned"
        UNDER_WAY = "under_way"
        DELIVERED = "delivered"
        DELIVERED_IN_PART = "delivered_in_part"
        DROPPED = "dropped"

    action_plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="actions")
    position = models.PositiveSmallIntegerField()
    gist = models.TextField()
    due = models.CharField(max_length=DATE, null=True)
    status = models.CharField(max_length=20, choices=Status.choices, null=True)
    as_of = models.CharField(max_length=DATE, null=True)
    delivered = models.TextField(null=True)
    evidence = models.JSONField(default=list)  # of {gist, source, confidence}
    capacity_area = models.ForeignKey(CapacityArea, on_delete=models.PROTECT, null=True, related_name="+")
    carried_over_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="carried_over_to"
    )
    pain_points = models.ManyToManyField("learn.PainPoint", related_name="+")
    commitments = models.ManyToManyField("plan.Commitment", related_name="+")
    success_measures = models.ManyToManyField("plan.SuccessMeasure", related_name="+")

    class Meta:
        ordering = ["position", "key"]
        verbose_name = "action of an action plan"
        verbose_name_plural = "action plan actions"
        constraints = [
            models.CheckConstraint(
                condition=Q(status__isnull=True)
                | Q(status__in=["planned", "under_way", "delivered", "delivered_in_part", "dropped"]),
                name="action_status_known",
            ),
            models.CheckConstraint(
                condition=Q(carried_over_from__isnull=True) | ~Q(carried_over_from=F("id")),
                name="action_not_carried_over_from_itself",
            ),
        ]


class SelfAssessment(Read):
    """How able a provider says it is in one capacity area; a null level was not given, and is no low one."""

    action_plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="assessments")
    capacity_area = models.ForeignKey(CapacityArea, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=80, null=True)
    gist = models.TextField(null=True)
    evidence = models.JSONField(default=list)  # of {gist, source, confidence}

    class Meta:
        ordering = ["capacity_area__position", "key"]
        verbose_name = "self-assessment"
        verbose_name_plural = "self assessments"
        constraints = [
            models.UniqueConstraint(
                fields=["action_plan", "capacity_area"], name="area_assessed_once_in_a_plan"
            )
        ]
