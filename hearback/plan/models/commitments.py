"""What public bodies are bound to do, and money."""

from django.db import models
from django.db.models import Q

from hearback.plan.models.experiences import LifeExperience, Project
from hearback.plan.models.read import DATE, Read


class Commitment(Read):
    """Something public bodies are bound to do. `bound_group` names a group where no agency is named.

    `due` is a date, or how often the duty comes back.
    """

    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=80, null=True)
    agencies = models.ManyToManyField("directory.Agency", related_name="+")
    bound_group = models.CharField(max_length=80, null=True)
    joint = models.BooleanField(null=True)
    gist = models.TextField()
    due = models.CharField(max_length=DATE, null=True)
    status = models.CharField(max_length=60, null=True)
    status_is_official = models.BooleanField(null=True)  # no: read here from what was published
    progress = models.TextField(null=True)
    progress_date = models.CharField(max_length=DATE, null=True)
    progress_source = models.TextField(null=True)
    progress_confidence = models.CharField(max_length=20, null=True)

    class Meta:
        ordering = ["position"]


class Funding(Read):
    """Money set aside, awarded or asked for. What is asked for is never money given."""

    class Kind(models.TextChoices):
        """What kind of money it is."""

        ALLOCATION = "fund_allocation"
        INVESTMENT = "fund_investment"
        REQUEST = "budget_request"

    kind = models.CharField(max_length=40, choices=Kind.choices)
    date = models.CharField(max_length=DATE, null=True)
    fiscal_year = models.PositiveSmallIntegerField(null=True)
    recipient = models.TextField(null=True)
    agencies = models.ManyToManyField("directory.Agency", related_name="+")
    amount_usd = models.PositiveBigIntegerField(null=True)
    customer_experience = models.BooleanField(null=True)
    gist = models.TextField(null=True)
    life_experience = models.ForeignKey(
        LifeExperience, on_delete=models.PROTECT, null=True, related_name="funding"
    )
    projects = models.ManyToManyField(Project, related_name="funding")
    commitments = models.ManyToManyField(Commitment, related_name="funding")
    note = models.TextField(null=True)

    class Meta:
        ordering = ["date", "key"]
        verbose_name_plural = "funding"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["fund_allocation", "fund_investment", "budget_request"]),
                name="funding_kind_known",
            )
        ]
