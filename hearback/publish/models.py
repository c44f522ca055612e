"""The list of releases. What a release holds lies frozen in its folder, not here."""

from django.db import models


class Release(models.Model):
    """One frozen, numbered release. Rows are only ever added.

    `manifest_sha256` is the hash of the release's manifest file, `content_sha256` that of all other files.
    """

    number = models.PositiveIntegerField(unique=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=150)
    manifest_sha256 = models.CharField(max_length=64)
    content_sha256 = models.CharField(max_length=64)
    previous = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="following")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1), name="release_number_from_one"),
            models.CheckConstraint(
                condition=models.Q(number=1, previous__isnull=True)
                | models.Q(number__gt=1, previous__isnull=False),
                name="release_follows_another_unless_first",
            ),
        ]

    def __str__(self) -> str:
        return f"Release {self.number}"
