"""Priority areas: who leads them, how they are measured, the strategies and goals they are reached by."""

from django.db import models
from django.db.models import F, Q

from hearback.plan.models.read import DATE, Read


class PriorityArea(Read):
    """One of the few things a government has put first."""

    number = models.PositiveSmallIntegerField()
    title = models.TextField()
    gist = models.TextField(null=True)
    challenge = models.TextField(null=True)
    opportunity = models.TextField(null=True)

    class Meta:
        ordering = ["number", "key"]


class Seat(Read):
    """A place among the leaders of a priority area, held by an agency whoever sits in it.

    `account` is told where those who answer for what is promised do not; it is never published.
    """

    priority_area = models.ForeignKey(PriorityArea, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=120)
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    account = models.CharField(max_length=150, null=True)

    class Meta:
        ordering = ["key"]


class SeatHolder(Read):
    """Somebody shown in a seat for a time; `name` null is a seat shown empty."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="holders")
    name = models.CharField(max_length=120, null=True)
    office_title = models.CharField(max_length=120, null=True)
    shown_from = models.CharField(max_length=DATE, null=True)
    shown_to = models.CharField(max_length=DATE, null=True)
    note = models.TextField(null=True)

    class Meta:
        ordering = ["key"]


class SuccessMeasure(Read):
    """How success of a priority area is to be seen. Targets nobody published stay null."""

    priority_area = models.ForeignKey(PriorityArea, on_delete=models.PROTECT, related_name="success_measures")
    position = models.PositiveSmallIntegerField()
    name = models.TextField()
    kind = models.CharField(max_length=40)
    provider = models.TextField(null=True)
    baseline = models.TextField(null=True)
    baseline_value = models.FloatField(null=True)
    baseline_year = models.PositiveSmallIntegerField(null=True)
    target = models.TextField(null=True)
    target_value = models.FloatField(null=True)
    latest = models.TextField(null=True)
    drivers = models.JSONField(default=list)
    note = models.TextField(null=True)
    measure_key = models.CharField(max_length=60, null=True)
    measure_level = models.CharField(max_length=20, null=True)
    measure_subject = models.CharField(max_length=80, null=True)
    measure_pool = models.CharField(max_length=20, null=True)
    direction = models.CharField(max_length=10, null=True)
    due = models.CharField(max_length=DATE, null=True)
    target_low = models.FloatField(null=True)
    target_high = models.FloatField(null=True)
    baseline_as_of = models.CharField(max_length=DATE, null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(direction__isnull=True) | Q(direction__in=["up", "down", "keep"]),
                name="measure_direction_known",
            ),
            models.CheckConstraint(
                condition=Q(target_low__isnull=True)
                | Q(target_high__isnull=True)
                | Q(target_low__lte=F("target_high")),
                name="measure_bounds_in_order",
            ),
        ]


class MeasureReading(Read):
    """One figure of a success measure that others publish. Null ends: no interval is known, not that it is 0.

    What Hearback computes itself is not copied here: it is read from the scores.
    """

    success_measure = models.ForeignKey(SuccessMeasure, on_delete=models.PROTECT, related_name="readings")
    as_of = models.CharField(max_length=DATE)
    value = models.FloatField()
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    definition = models.CharField(max_length=80, null=True)
    note = models.TextField(null=True)

    class Meta:
        ordering = ["as_of", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(low__isnull=True, high__isnull=True)
                | Q(low__isnull=False, high__isnull=False, low__lte=F("value"), high__gte=F("value")),
                name="reading_within_its_interval",
            )
        ]


class Strategy(Read):
    """One of the ways in which a priority area is to be reached."""

    priority_area = models.ForeignKey(PriorityArea, on_delete=models.PROTECT, related_name="strategies")
    number = models.PositiveSmallIntegerField()
    title = models.TextField()
    is_cross_agency_goal = models.BooleanField(null=True)
    note = models.TextField(null=True)
    success_measures = models.ManyToManyField(SuccessMeasure, related_name="+")  # that it is to move

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "strategies"
        constraints = [
            models.UniqueConstraint(fields=["priority_area", "number"], name="strategy_once_per_number")
        ]


class Goal(Read):
    """A goal of a strategy as its text stood at one time; `replaced_by` where a later text took its place.

    When, why and by which role that was decided stands with what was replaced; null where nobody said.
    """

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="goals")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20)
    gist = models.TextField()
    target_date = models.CharField(max_length=DATE, null=True)
    status = models.CharField(max_length=60, null=True)
    as_of = models.CharField(max_length=DATE, null=True)
    note = models.TextField(null=True)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaces")
    replaced_on = models.CharField(max_length=DATE, null=True)
    replaced_reason = models.TextField(null=True)
    replaced_decided_by = models.CharField(max_length=120, null=True)  # a role, never a person
    version = models.PositiveIntegerField(default=1)  # one more with every change

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")),
                name="goal_not_replaced_by_itself",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=False)
                | Q(replaced_on=None, replaced_reason=None, replaced_decided_by=None),
                name="goal_kept_says_nothing_of_being_replaced",
            ),
        ]


class ReportingCount(Read):
    """How many providers reported, at one time, under one rule of counting."""

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="reporting_counts")
    as_of = models.CharField(max_length=DATE)
    reporting = models.PositiveIntegerField()
    total = models.PositiveIntegerField(null=True)
    note = models.TextField(null=True)

    class Meta:
        ordering = ["as_of", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(total__isnull=True) | Q(total__gte=F("reporting")),
                name="no_more_report_than_there_are",
            )
        ]
