"""The list of releases. What a release holds lies frozen in its folder, not here."""

from django.db import models


class Release(models.Model):
    """One frozen, numbered release. Rows are only ever added.

    `manifest_sha256` is the hash of the release's manifest file, `content_sha256` that of all other files.
    `created_by` prepared it, `approved_by` published it; releases made before there were two have one alone.
    `public_key` is that of the key which signed the manifest; empty where none did.
    """

    number = models.PositiveIntegerField(unique=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=150)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=150, blank=True)
    public_key = models.TextField(blank=True)
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


class Prepared(models.Model):
    """What somebody prepared to be the next release, frozen in a folder; one alone may be waiting.

    `why` is published with it; `comment` stays in the house: why it was withdrawn.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        APPROVED = "approved"
        WITHDRAWN = "withdrawn"

    number = models.PositiveIntegerField()
    manifest_sha256 = models.CharField(max_length=64)
    content_sha256 = models.CharField(max_length=64)
    why = models.TextField()
    prepared_at = models.DateTimeField()
    prepared_by = models.CharField(max_length=150)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=150, blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        ordering = ["-prepared_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="waiting"), name="one_release_waits"
            ),
        ]

    def __str__(self) -> str:
        return f"Release {self.number}, {self.state}"
