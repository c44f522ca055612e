"""Who provides what, and since when: agencies, providers, services, websites, and what others call them.

Dates are null where they are not known; `ends_before` is the first day after the last. `source` says where a
thing was read, `confidence` how sure the reading is, in the words of whoever read it.
"""

from django.db import models
from django.db.models import F, Q


def _ends_after_it_starts(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(starts_on__isnull=True) | Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
        name=name,
    )


class Agency(models.Model):
    """An organisation of any level of government, or a non-profit partner; it may be part of another."""

    class Level(models.TextChoices):
        """Levels of government, and partners beside them."""

        FEDERAL = "federal"
        STATE = "state"
        LOCAL = "local"
        TRIBAL = "tribal"
        TERRITORIAL = "territorial"
        NONPROFIT = "nonprofit"

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    abbreviation = models.CharField(max_length=40)
    level = models.CharField(max_length=20, choices=Level.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    starts_on = models.DateField(null=True)
    ends_before = models.DateField(null=True)
    source = models.TextField(null=True)
    confidence = models.CharField(max_length=20, null=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"
        constraints = [
            _ends_after_it_starts("agency_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(level__in=["federal", "state", "local", "tribal", "territorial", "nonprofit"]),
                name="agency_level_known",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="agency_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Provider(models.Model):
    """A part of an agency that provides services to the public."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    abbreviation = models.CharField(max_length=40, null=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="providers")
    gist = models.TextField(null=True)
    designated_since = models.CharField(max_length=80, null=True)
    note = models.TextField(null=True)
    starts_on = models.DateField(null=True)
    ends_before = models.DateField(null=True)
    source = models.TextField(null=True)
    confidence = models.CharField(max_length=20, null=True)

    class Meta:
        ordering = ["name"]
        constraints = [_ends_after_it_starts("provider_ends_after_it_starts")]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """What the public gets. Provisions say who provides it, designations when it was designated."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=300)
    gist = models.TextField(null=True)
    designated = models.BooleanField(null=True)
    state = models.CharField(max_length=60, null=True)
    first_quarter = models.CharField(max_length=9, null=True)
    last_quarter = models.CharField(max_length=9, null=True)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaces")
    source = models.TextField(null=True)
    confidence = models.CharField(max_length=20, null=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")),
                name="service_not_replaced_by_itself",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Provision(models.Model):
    """A provider giving a service for a time. Several may hold at once: providers can share a service."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="provisions")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="provisions")
    starts_on = models.DateField(null=True)
    ends_before = models.DateField(null=True)

    class Meta:
        constraints = [
            _ends_after_it_starts("provision_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["provider", "service", "starts_on"], name="provision_once_per_start"
            ),
            models.UniqueConstraint(
                fields=["provider", "service"],
                condition=Q(starts_on__isnull=True),
                name="provision_once_undated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} by {self.provider}"


class Designation(models.Model):
    """A service being on the list of designated services for a time."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="designations")
    starts_on = models.DateField(null=True)
    ends_before = models.DateField(null=True)
    note = models.TextField(null=True)

    class Meta:
        constraints = [
            _ends_after_it_starts("designation_ends_after_it_starts"),
            models.UniqueConstraint(fields=["service", "starts_on"], name="designation_once_per_start"),
            models.UniqueConstraint(
                fields=["service"], condition=Q(starts_on__isnull=True), name="designation_once_undated"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}, designated"


class Website(models.Model):
    """A website of an agency, or of one of its providers."""

    address = models.CharField(max_length=200, unique=True)
    name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="websites")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, null=True, related_name="websites")
    starts_on = models.DateField(null=True)
    ends_before = models.DateField(null=True)
    source = models.TextField(null=True)
    confidence = models.CharField(max_length=20, null=True)

    class Meta:
        ordering = ["address"]
        constraints = [_ends_after_it_starts("website_ends_after_it_starts")]

    def __str__(self) -> str:
        return self.address


class Identifier(models.Model):
    """A code under which another system knows an agency, a provider or a service."""

    scheme = models.CharField(max_length=60)
    value = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, null=True, related_name="identifiers")
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, null=True, related_name="identifiers")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, null=True, related_name="identifiers")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="identifier_once_per_scheme"),
            models.CheckConstraint(
                condition=(
                    Q(agency__isnull=False, provider__isnull=True, service__isnull=True)
                    | Q(agency__isnull=True, provider__isnull=False, service__isnull=True)
                    | Q(agency__isnull=True, provider__isnull=True, service__isnull=False)
                ),
                name="identifier_of_exactly_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"
