"""Updates, and drafts of them."""

from django.db import models
from django.db.models import Q

from hearback.plan.models.read import DATE, Read


class Update(Read):
    """A dated note of progress. Only approved ones reach a release; who approved it, and when, is kept."""

    date = models.CharField(max_length=DATE)
    kind = models.CharField(max_length=40)
    title = models.TextField()
    gist = models.TextField()
    body = models.TextField(null=True)  # a little Markdown
    corrections = models.JSONField(default=list)  # of {date, gist}
    strategies = models.ManyToManyField("plan.Strategy", related_name="updates")
    life_experiences = models.ManyToManyField("plan.LifeExperience", related_name="updates")
    all_life_experiences = models.BooleanField(default=False)
    approved = models.BooleanField(default=False)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=150, null=True)

    class Meta:
        ordering = ["date", "key"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(approved=True, approved_at__isnull=False, approved_by__isnull=False)
                    | Q(approved=False, approved_at__isnull=True, approved_by__isnull=True)
                ),
                name="update_approved_by_somebody_at_some_time",
            )
        ]


class Draft(models.Model):
    """An update that somebody writes, or the correction of one. Only approving it changes an update."""

    key = models.CharField(max_length=80, unique=True)
    corrects = models.ForeignKey(Update, on_delete=models.PROTECT, null=True, related_name="drafts")
    correction = models.TextField(null=True)
    corrected_words = models.JSONField(null=True)  # of the update, as they were when its correction was begun
    date = models.CharField(max_length=DATE)
    kind = models.CharField(max_length=40)
    title = models.TextField()
    gist = models.TextField()
    body = models.TextField(null=True)
    source = models.TextField(null=True)
    strategies = models.ManyToManyField("plan.Strategy", related_name="+")
    life_experiences = models.ManyToManyField("plan.LifeExperience", related_name="+")
    all_life_experiences = models.BooleanField(default=False)
    owner = models.CharField(max_length=150)
    state = models.CharField(max_length=20, default="draft")
    version = models.PositiveIntegerField(default=1)  # one more with every change
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["-changed_at", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "in_review", "returned", "approved", "withdrawn"]),
                name="draft_state_known",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, correction__isnull=True)
                | Q(corrects__isnull=False, correction__isnull=False),
                name="draft_that_corrects_says_what",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class DraftComment(models.Model):
    """What a reviewer or the owner said about a draft. It is never published."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="comments")
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    text = models.TextField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.at}"
