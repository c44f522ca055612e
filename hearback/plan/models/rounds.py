"""Who answers for what is promised, and the quarterly rounds in which they are asked."""

from django.db import models
from django.db.models import Q

from hearback.plan.models.read import Read
from hearback.plan.rules import About, EntryState

ACCOUNT = 150  # longest name of an account
ABOUT = Q(about__in=[one.value for one in About])


class Charge(Read):
    """Who answers for one thing that is promised: an account that is asked, and a seat that stands behind it.

    The account is never published; the seat is.
    """

    about = models.CharField(max_length=20)
    record = models.CharField(max_length=80)  # its key
    owner = models.CharField(max_length=ACCOUNT, null=True)
    seat = models.ForeignKey("plan.Seat", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["about", "record"]
        constraints = [
            models.UniqueConstraint(fields=["about", "record"], name="one_charge_for_each_thing"),
            models.CheckConstraint(condition=ABOUT, name="charge_about_known"),
        ]


class Round(models.Model):
    """A quarter's round: everybody who answers for something says how it stands."""

    quarter = models.CharField(max_length=9, unique=True)
    due = models.DateField()
    note = models.TextField(null=True)  # what owners are told with it
    opened_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=ACCOUNT)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=ACCOUNT, null=True)

    class Meta:
        ordering = ["-quarter"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due__gte=models.F("opened_on")), name="round_due_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="round_closed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.quarter


class RoundEntry(models.Model):
    """One thing that is asked in a round, and what was answered.

    `was` is what stood there when it was answered, `told` what is to stand there: empty confirms it as it is.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="entries")
    about = models.CharField(max_length=20)
    record = models.CharField(max_length=80)
    owner = models.CharField(max_length=ACCOUNT, null=True)
    seat = models.ForeignKey("plan.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20, default=EntryState.AWAITED.value)
    version = models.PositiveIntegerField(default=1)  # one more with every change
    was = models.JSONField(default=dict)
    told = models.JSONField(default=dict)
    reason = models.TextField(null=True)  # published where a milestone moves, and beside a new figure
    source = models.TextField(null=True)
    remark = models.TextField(null=True)  # for who decides; never published
    first_answered_on = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=ACCOUNT, null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=ACCOUNT, null=True)

    class Meta:
        ordering = ["round", "about", "record"]
        verbose_name_plural = "round entries"
        constraints = [
            models.UniqueConstraint(fields=["round", "about", "record"], name="asked_once_in_a_round"),
            models.CheckConstraint(condition=ABOUT, name="entry_about_known"),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in EntryState]), name="entry_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=EntryState.AWAITED.value, answered_at__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False, first_answered_on__isnull=False),
                name="entry_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.about} {self.record}"


class RoundComment(models.Model):
    """What a reviewer said about an answer. It is never published."""

    entry = models.ForeignKey(RoundEntry, on_delete=models.CASCADE, related_name="comments")
    at = models.DateTimeField()
    by = models.CharField(max_length=ACCOUNT)
    text = models.TextField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.at}"


class RoundNotice(models.Model):
    """A reminder that went out to one account; each goes once."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="notices")
    account = models.CharField(max_length=ACCOUNT)
    step = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "account", "step"], name="reminded_once_at_each_step")
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.step}"
