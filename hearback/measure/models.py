"""Scores, and what was left out of them. Subjects are keys as text: a score outlives a renamed row."""

from django.db import models


class Score(models.Model):
    """One published number of one subject in one fiscal quarter, with interval, basis and method.

    Rows are computed, never typed; computing again replaces what differs. `value` null has a `reason`.
    """

    measure = models.CharField(max_length=60)
    level = models.CharField(max_length=20)
    subject = models.CharField(max_length=200)
    quarter = models.CharField(max_length=9)
    pool = models.CharField(max_length=30)
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    n = models.BigIntegerField(null=True)
    numerator = models.BigIntegerField(null=True)
    numerator_name = models.CharField(max_length=60, null=True)
    denominator = models.BigIntegerField(null=True)
    denominator_name = models.CharField(max_length=60, null=True)
    n_surveys = models.IntegerField()
    method = models.CharField(max_length=30)
    method_version = models.CharField(max_length=10)
    flags = models.JSONField(default=list)
    reason = models.CharField(max_length=30, null=True)
    inputs_sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "level", "subject", "quarter", "pool"],
                name="one_score_per_subject_and_quarter",
            ),
            models.CheckConstraint(
                condition=models.Q(low__isnull=True, high__isnull=True)
                | models.Q(low__lte=models.F("value"), high__gte=models.F("value")),
                name="score_interval_holds_its_value",
            ),
            models.CheckConstraint(
                condition=models.Q(low__isnull=False) | models.Q(reason__isnull=False),
                name="score_without_interval_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["quarter", "level"]),
            models.Index(fields=["level", "subject"]),
        ]

    def __str__(self) -> str:
        return f"{self.measure} of {self.level} {self.subject}, {self.quarter} ({self.pool})"


class Exclusion(models.Model):
    """One reported survey left out of every pool, or out of the sums of larger groups, and why."""

    survey = models.CharField(max_length=200)
    service = models.CharField(max_length=200)
    provider = models.CharField(max_length=200)
    quarter = models.CharField(max_length=9)
    scope = models.CharField(max_length=20)
    reason = models.CharField(max_length=40)
    explanation = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "quarter", "scope"], name="one_exclusion_per_survey_and_scope"
            )
        ]
        indexes = [models.Index(fields=["quarter"])]

    def __str__(self) -> str:
        return f"{self.survey} left out of {self.scope}: {self.reason}"
