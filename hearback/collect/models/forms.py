"""Forms and their versions. A published version never changes; responses lie in the store of the intake."""

from django.db import models
from django.db.models import Q

from hearback.collect.instruments.life import STATES


class Form(models.Model):
    """A place where people are asked about one service; `key` is its address, /done/<key>, for good.

    `retention_days` is how long responses are kept; null is until somebody decides.
    """

    key = models.SlugField(max_length=80, unique=True)
    service = models.ForeignKey("directory.Service", on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey("directory.Provider", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)
    retention_days = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(archived_at__isnull=True) | Q(closed_at__isnull=False),
                name="form_closed_before_archived",
            ),
            models.CheckConstraint(
                condition=Q(retention_days__isnull=True) | Q(retention_days__gte=1),
                name="form_retention_at_least_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class FormVersion(models.Model):
    """What a form asks: the instrument as JSON; the newest published one is what people see.

    `question_versions` tells by code which version of its question each is: another wording, type or list of
    choices is another version. `outdated` names, by language and place, translations whose original changed
    since they were made, each with the original that it was made from.
    """

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20)
    instrument = models.JSONField()
    question_versions = models.JSONField(default=dict)
    outdated = models.JSONField(default=dict)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=150)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=150, null=True)

    class Meta:
        ordering = ["form", "number"]
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="form_version_once"),
            models.UniqueConstraint(
                fields=["form"], condition=~Q(state="published"), name="form_one_unpublished_version"
            ),
            models.CheckConstraint(condition=Q(state__in=STATES), name="form_version_state_known"),
            models.CheckConstraint(
                condition=Q(state="published", published_at__isnull=False)
                | (~Q(state="published") & Q(published_at__isnull=True)),
                name="form_version_published_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form_id} version {self.number}"


class ResponseBatch(models.Model):
    """Responses to a form that came with one file, and can be taken back together.

    `period` is the fiscal quarter in which all were given, where the file says nothing more exact.
    `finished_at` is null while an import is under way or was broken off; the same file goes on from there.
    A file of which more can be taken later, as by a better mapping, has a batch for each time.
    `reversal_begun_at` is set before responses are deleted, `reversed_at` when all of them are gone.
    """

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="batches")
    version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=40)
    period = models.CharField(max_length=9, blank=True)
    started_at = models.DateTimeField()
    by = models.CharField(max_length=150)
    finished_at = models.DateTimeField(null=True)
    n_rows = models.PositiveBigIntegerField(default=0)
    n_rejected = models.PositiveBigIntegerField(default=0)
    n_stored = models.PositiveBigIntegerField(default=0)
    reversal_begun_at = models.DateTimeField(null=True)
    reversed_at = models.DateTimeField(null=True)
    reversed_by = models.CharField(max_length=150, null=True)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "response batches"
        constraints = [
            models.UniqueConstraint(
                fields=["form", "sha256"],
                condition=Q(reversed_at__isnull=True, finished_at__isnull=True),
                name="response_batch_one_unfinished_per_file",
            ),
            models.CheckConstraint(
                condition=Q(reversed_at__isnull=True, reversed_by__isnull=True)
                | Q(reversed_at__isnull=False, reversed_by__isnull=False),
                name="response_batch_reversed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"batch {self.pk} of {self.form_id}"

    @property
    def mark(self) -> str:
        """Give what the responses of the batch carry in the store."""
        return str(self.pk)


class Settlement(models.Model):
    """Responses to forms that lie in the archive of answers, from one number of the store to another.

    `after` is exclusive, `until` inclusive; `count` is how many there were. Where the store holds fewer by
    now, some were deleted, and the settlement is made anew. `zone` is the one by whose days they are
    archived; by another, the settlement is made anew. `waiting` counts, by form and version as passports:2,
    the responses to versions that the main database does not know; it is made anew once it knows them.
    """

    after = models.BigIntegerField(unique=True)
    until = models.BigIntegerField()
    count = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()
    zone = models.CharField(max_length=64, default="UTC")
    waiting = models.JSONField(default=dict)

    class Meta:
        ordering = ["after"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=models.F("after")), name="settlement_goes_on")
        ]

    def __str__(self) -> str:
        return f"responses {self.after + 1} to {self.until}"
