"""People, roles, memberships, one-time sign-in links, sign-in attempts, and API keys."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q


class User(AbstractBaseUser):
    """Somebody who may sign in. What they may do is said by their memberships, never by a flag here."""

    username = models.CharField(max_length=150, unique=True)
    display_name = models.CharField(max_length=150)
    email = models.EmailField(null=True, blank=True)  # for reminders; null is none
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    objects = BaseUserManager["User"]()

    def __str__(self) -> str:
        return self.display_name


class Role(models.Model):
    """A named set of permissions, as data; `permissions` holds keys of rules.PERMISSIONS."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    gist = models.CharField(max_length=300)
    permissions = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person holding a role for a time, in an agency and everything under it; without one, everywhere."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.ForeignKey(Role, on_delete=models.PROTECT)
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="membership_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "agency"],
                condition=Q(ends_before__isnull=True),
                name="membership_open_once_in_an_agency",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(ends_before__isnull=True, agency__isnull=True),
                name="membership_open_once_everywhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.role} at {self.agency or 'every agency'}"


class SignInLink(models.Model):
    """A link that signs one person in once. Only the hash of its token is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    token_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="link_expires_after_it_is_made"
            )
        ]

    def __str__(self) -> str:
        return f"link for {self.user}, until {self.expires_at:%Y-%m-%d %H:%M}"


class SignInFailure(models.Model):
    """A failed attempt to sign in with a password, kept to slow down guessing."""

    username = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["username", "at"])]

    def __str__(self) -> str:
        return f"{self.username} at {self.at:%Y-%m-%d %H:%M}"


class ApiKey(models.Model):
    """What a program shows to use the API: for one agency and everything under it, or everywhere.

    Only the hash of the key is kept; `prefix` is the part that people see and name it by. `last_used_on` is a
    day in UTC, so that it does not tell when in the day somebody works.
    """

    prefix = models.CharField(max_length=20, unique=True)
    key_sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=150)
    scopes = models.JSONField(default=list)
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)

    class Meta:
        ordering = ["created_at", "prefix"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="api_key_expires_after_it_is_made"
            )
        ]

    def __str__(self) -> str:
        return f"{self.prefix}… of {self.name}"
