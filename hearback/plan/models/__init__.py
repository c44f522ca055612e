"""What was promised: priority areas, life experiences, commitments, money, and notes on how far it is.

Dates are the text of their source, as precise as it gave them (see fiscal.parse_period). Null means that
nothing was found: never zero, never "no". `source` says where a thing was read, `confidence` how sure the
reading is. Statuses keep the words of their source.
"""

from django.db import models
from django.db.models import F, Q

from hearback.plan.models.action_plans import ActionPlan, ActionPlanAction, CapacityArea, SelfAssessment
from hearback.plan.models.read import DATE, Read
from hearback.plan.models.rounds import Charge, Round, RoundComment, RoundEntry, RoundNotice
from hearback.plan.models.updates import Draft, DraftComment, Update

__all__ = [
    "ActionPlan",
    "ActionPlanAction",
    "CapacityArea",
    "Charge",
    "Commitment",
    "Draft",
    "DraftComment",
    "Funding",
    "Goal",
    "LifeExperience",
    "MeasureReading",
    "Milestone",
    "MilestoneChange",
    "PainPoint",
    "PriorityArea",
    "Project",
    "Read",
    "ReportingCount",
    "Round",
    "RoundComment",
    "RoundEntry",
    "RoundNotice",
    "Seat",
    "SeatHolder",
    "SelfAssessment",
    "Strategy",
    "SuccessMeasure",
    "Update",
]


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


class LifeExperience(Read):
    """A point in life where people meet several public bodies at once."""

    name = models.CharField(max_length=200)
    question = models.TextField(null=True)
    lead_agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    participants = models.ManyToManyField("directory.Agency", related_name="+")
    facts = models.JSONField(default=list)  # of {gist, source, confidence}
    where_we_want_to_be = models.JSONField(default=list)
    where_we_start = models.JSONField(default=list)
    charter_source = models.TextField(null=True)
    discovery_dates = models.TextField(null=True)
    discovery_who = models.TextField(null=True)
    discovery_people = models.PositiveIntegerField(null=True)
    discovery_states = models.PositiveIntegerField(null=True)
    discovery_source = models.TextField(null=True)
    journey = models.ForeignKey("learn.Journey", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["name"]


class Project(Read):
    """Work that answers pain points of a life experience; `pain_points` where it was said which."""

    life_experience = models.ForeignKey(LifeExperience, on_delete=models.PROTECT, related_name="projects")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    name_is_official = models.BooleanField()
    goal = models.TextField(null=True)
    agencies = models.ManyToManyField("directory.Agency", related_name="+")
    pain_points = models.ManyToManyField("learn.PainPoint", related_name="+")
    success_measures = models.ManyToManyField(SuccessMeasure, related_name="+")  # that it is to move
    phase = models.CharField(max_length=40, null=True)
    announced = models.CharField(max_length=DATE, null=True)
    next_steps = models.TextField(null=True)
    results = models.JSONField(default=list)  # as ResultRecord has them
    note = models.TextField(null=True)

    class Meta:
        ordering = ["position"]


class Milestone(Read):
    """A step with a due date. It belongs to exactly one strategy, life experience or project.

    `done` is when it was done, null where that is not known; `depends_on` names what must be done before.
    """

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, null=True, related_name="milestones")
    life_experience = models.ForeignKey(
        LifeExperience, on_delete=models.PROTECT, null=True, related_name="milestones"
    )
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, related_name="milestones")
    position = models.PositiveSmallIntegerField()
    title = models.TextField()
    due = models.CharField(max_length=DATE, null=True)
    status = models.CharField(max_length=60, null=True)
    done = models.CharField(max_length=DATE, null=True)
    owner = models.CharField(max_length=120, null=True)
    as_of = models.CharField(max_length=DATE, null=True)
    note = models.TextField(null=True)
    depends_on = models.ManyToManyField("self", symmetrical=False, related_name="needed_by")
    evidence = models.JSONField(default=list)  # of {gist, source, confidence}
    version = models.PositiveIntegerField(default=1)  # one more with every change

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(strategy__isnull=False, life_experience__isnull=True, project__isnull=True)
                    | Q(strategy__isnull=True, life_experience__isnull=False, project__isnull=True)
                    | Q(strategy__isnull=True, life_experience__isnull=True, project__isnull=False)
                ),
                name="milestone_of_exactly_one_thing",
            )
        ]


class MilestoneChange(Read):
    """One line of the log of a milestone: what stood there before and after, and why it was changed.

    `date` is null where the log gives none. `decided_by` names a role, never a person.
    """

    class Field(models.TextChoices):
        """What of a milestone can be changed."""

        STATUS = "status"
        DUE = "due"
        DONE = "done"
        TITLE = "title"
        OWNER = "owner"

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="changes")
    position = models.PositiveSmallIntegerField()
    date = models.CharField(max_length=DATE, null=True)
    field = models.CharField(max_length=20, choices=Field.choices)
    before = models.TextField(null=True)
    after = models.TextField(null=True)
    reason = models.TextField(null=True)
    decided_by = models.CharField(max_length=120, null=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(field__in=["status", "due", "done", "title", "owner"]),
                name="milestone_change_field_known",
            )
        ]


class Commitment(Read):
    """Something public bodies are bound to do. `bound_group` names a group where no agency is named.

    `due` is a date, or how often the duty comes back.
    """

    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=80, null=True)
    agencies = models.ManyToManyField("directory.Agency", related_name="+")
    bound_group = models.CharField(max_length=80, null=True)
    joint = models.BooleanField(null=True)
    gist = models.TextField()
    due = models.CharField(max_length=DATE, null=True)
    status = models.CharField(max_length=60, null=True)
    status_is_official = models.BooleanField(null=True)  # no: read here from what was published
    progress = models.TextField(null=True)
    progress_date = models.CharField(max_length=DATE, null=True)
    progress_source = models.TextField(null=True)
    progress_confidence = models.CharField(max_length=20, null=True)

    class Meta:
        ordering = ["position"]


class Funding(Read):
    """Money set aside, awarded or asked for. What is asked for is never money given."""

    class Kind(models.TextChoices):
        """What kind of money it is."""

        ALLOCATION = "fund_allocation"
        INVESTMENT = "fund_investment"
        REQUEST = "budget_request"

    kind = models.CharField(max_length=40, choices=Kind.choices)
    date = models.CharField(max_length=DATE, null=True)
    fiscal_year = models.PositiveSmallIntegerField(null=True)
    recipient = models.TextField(null=True)
    agencies = models.ManyToManyField("directory.Agency", related_name="+")
    amount_usd = models.PositiveBigIntegerField(null=True)
    customer_experience = models.BooleanField(null=True)
    gist = models.TextField(null=True)
    life_experience = models.ForeignKey(
        LifeExperience, on_delete=models.PROTECT, null=True, related_name="funding"
    )
    note = models.TextField(null=True)

    class Meta:
        ordering = ["date", "key"]
        verbose_name_plural = "funding"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["fund_allocation", "fund_investment", "budget_request"]),
                name="funding_kind_known",
            )
        ]
