"""One table: every change anybody made."""

from django.db import models


class Entry(models.Model):
    """One change: who did what to which thing, when, and how it stood before and after.

    `before` is null when the thing did not exist yet, `after` when it is gone. Entries are only ever added.
    """

    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_key = models.CharField(max_length=200)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["subject_type", "subject_key"]), models.Index(fields=["at"])]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by} {self.verb} {self.subject_type} {self.subject_key}"
