"""What all that was read somewhere has."""

from django.db import models

DATE = 40  # longest text of a date


class Read(models.Model):
    """Anything that was read somewhere, under a key of its own."""

    key = models.CharField(max_length=80, unique=True)
    source = models.TextField(null=True)
    confidence = models.CharField(max_length=20, null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key
