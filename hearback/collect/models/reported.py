"""Reported counts: files, surveys by quarter, answers 1-5 to each question, and everything odd about them.

Null is not reported; it is never read as zero.
"""

from django.db import models
from django.db.models import Q

from hearback.collect.parsed import Counts
from hearback.collect.rules import QUESTIONS, RATINGS, SCALES, TIMINGS, WORDING_CLASSES

CODE = 40


def _never_negative(name: str, *fields: str) -> models.CheckConstraint:
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0})
    return models.CheckConstraint(condition=condition, name=name)


class ImportedFile(models.Model):
    """A file from which something was loaded; the original lies in the archive under its hash."""

    sha256 = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=CODE)
    name = models.CharField(max_length=255)
    imported_at = models.DateTimeField()
    by = models.CharField(max_length=150)
    rows_read = models.PositiveBigIntegerField()
    rows_loaded = models.PositiveBigIntegerField()
    rows_rejected = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["imported_at", "id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.kind})"


class ReportedSurvey(models.Model):
    """One survey of one service in one fiscal quarter and channel, as the agency reported it.

    `identity` is the hash of quarter, provider, service, name and channel; `series` of the same without the
    quarter. Where one file gave two rows for one identity, both are here, as variants 1 and 2. `file` brought
    the row, or last restated it; `origins` names the file of each field that another kind of file filled in.
    """

    key = models.SlugField(max_length=200, unique=True)
    identity = models.CharField(max_length=32)
    series = models.CharField(max_length=32, db_index=True)
    variant = models.PositiveIntegerField()
    service = models.ForeignKey("directory.Service", on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey("directory.Provider", on_delete=models.PROTECT, related_name="+")
    quarter = models.CharField(max_length=9, db_index=True)
    channel = models.CharField(max_length=60, null=True)
    name = models.TextField()
    timing = models.CharField(max_length=CODE)
    transaction_point = models.TextField(blank=True)
    customers_count = models.BigIntegerField(null=True)
    offered_count = models.BigIntegerField(null=True)
    respondents_count = models.BigIntegerField(null=True)
    rating = models.CharField(max_length=CODE, null=True)
    file = models.ForeignKey(ImportedFile, on_delete=models.PROTECT, related_name="surveys")
    file_row = models.PositiveBigIntegerField()
    origins = models.JSONField(default=dict)

    class Meta:
        ordering = ["quarter", "key"]
        constraints = [
            models.UniqueConstraint(fields=["identity", "variant"], name="survey_once_per_variant"),
            models.CheckConstraint(condition=Q(variant__gte=1), name="survey_variant_from_1"),
            models.CheckConstraint(
                condition=Q(quarter__regex=r"^FY\d{4}-Q[1-4]$"), name="survey_quarter_exists"
            ),
            models.CheckConstraint(condition=Q(timing__in=TIMINGS), name="survey_timing_known"),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__in=RATINGS), name="survey_rating_known"
            ),
            _never_negative(
                "survey_volumes_not_negative", "customers_count", "offered_count", "respondents_count"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class ReportedQuestion(models.Model):
    """How many gave each answer, 1 to 5, to one question of a survey.

    `wording` is blank where the file gave only its class. All zero is no answers, or none reported.
    """

    survey = models.ForeignKey(ReportedSurvey, on_delete=models.CASCADE, related_name="questions")
    question = models.CharField(max_length=CODE)
    wording = models.TextField(blank=True)
    wording_class = models.CharField(max_length=CODE)
    scale = models.CharField(max_length=CODE)
    n1 = models.BigIntegerField()
    n2 = models.BigIntegerField()
    n3 = models.BigIntegerField()
    n4 = models.BigIntegerField()
    n5 = models.BigIntegerField()
    published_mean = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    file = models.ForeignKey(ImportedFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "question"], name="question_once_per_survey"),
            models.CheckConstraint(condition=Q(question__in=QUESTIONS), name="question_code_known"),
            models.CheckConstraint(
                condition=Q(wording_class__in=WORDING_CLASSES), name="question_wording_known"
            ),
            models.CheckConstraint(condition=Q(scale__in=SCALES), name="question_scale_known"),
            _never_negative("question_counts_not_negative", "n1", "n2", "n3", "n4", "n5"),
        ]

    def __str__(self) -> str:
        return f"{self.question} of {self.survey_id}"

    @property
    def counts(self) -> Counts:
        """Give the five counts as one value; setting it sets them."""
        return (self.n1, self.n2, self.n3, self.n4, self.n5)

    @counts.setter
    def counts(self, counts: Counts) -> None:
        self.n1, self.n2, self.n3, self.n4, self.n5 = counts


class Finding(models.Model):
    """Something odd about a row of a file, or, without survey, about the file; see `docs/findings.md`."""

    file = models.ForeignKey(ImportedFile, on_delete=models.CASCADE, related_name="findings")
    survey = models.ForeignKey(ReportedSurvey, on_delete=models.CASCADE, null=True, related_name="findings")
    row = models.PositiveBigIntegerField()
    column = models.CharField(max_length=120, null=True)
    kind = models.CharField(max_length=CODE)
    message = models.TextField()

    class Meta:
        ordering = ["file", "row", "id"]
        indexes = [models.Index(fields=["file", "row"], name="finding_by_row")]

    def __str__(self) -> str:
        return f"row {self.row}: {self.kind}"
