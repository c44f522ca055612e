"""Scores, and what was left out of them. Subjects are keys as text: a score outlives a renamed row."""

from django.db import models

from hearback.measure.rules import DOWN, NO_CLEAR_CHANGE, UP, WHO_REPORTED

CLAIMED = (UP, DOWN)
JUDGED = (*CLAIMED, WHO_REPORTED, NO_CLEAR_CHANGE)
"""Verdicts that rest on a test; the first two claim that surveys themselves changed."""


class OfSubject(models.Model):
    """A row about everybody of one subject in one fiscal quarter and pool.

    Rows are computed, never typed; computing again replaces what differs.
    """

    level = models.CharField(max_length=20)
    subject = models.CharField(max_length=200)
    quarter = models.CharField(max_length=9)
    pool = models.CharField(max_length=30)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    reason = models.CharField(max_length=30, null=True)
    method_version = models.CharField(max_length=10)
    inputs_sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["quarter", "level"]),
            models.Index(fields=["level", "subject"]),
        ]


class Score(OfSubject):
    """One published number about everybody of one subject in one fiscal quarter, with its basis and method.

    `excluded` counts the surveys left out, by reason. `value` null has a `reason`.
    """

    measure = models.CharField(max_length=60)
    value = models.FloatField(null=True)
    se = models.FloatField(null=True)
    df = models.BigIntegerField(null=True)
    n = models.BigIntegerField(null=True)
    n_effective = models.FloatField(null=True)
    numerator = models.BigIntegerField(null=True)
    numerator_name = models.CharField(max_length=60, null=True)
    denominator = models.BigIntegerField(null=True)
    denominator_name = models.CharField(max_length=60, null=True)
    n_surveys = models.IntegerField()
    method = models.CharField(max_length=30)
    flags = models.JSONField(default=list)
    excluded = models.JSONField(default=dict)

    class Meta(OfSubject.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "level", "subject", "quarter", "pool"],
                name="one_score_per_subject_and_quarter",
            ),
            models.CheckConstraint(
                condition=models.Q(low__isnull=True, high__isnull=True)
                | models.Q(low__lte=models.F("value"), high__gte=models.F("value")),
                name="score_interval_holds_its_value",
            ),
            models.CheckConstraint(
                condition=models.Q(low__isnull=False) | models.Q(reason__isnull=False),
                name="score_without_interval_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} of {self.level} {self.subject}, {self.quarter} ({self.pool})"


class GroupScores(models.Model):
    """Which file holds the scores of all groups of a quarter: channels, languages, ages and so on.

    There are too many for rows of a database; the file is named by its hash and never altered.
    """

    quarter = models.CharField(max_length=9, unique=True)
    sha256 = models.CharField(max_length=64)
    n_scores = models.BigIntegerField()

    def __str__(self) -> str:
        return f"groups of {self.quarter}: {self.n_scores} scores"


class NoisyGroups(models.Model):
    """Counts of the groups of one dimension of a survey, with noise. Drawn once: rows are only ever added.

    What is withheld is in no later release; what it cost stays spent. `groups` is a list of
    [group, agreeing, others]; `epsilon` and `budget` are exact, as "1/3".
    """

    survey = models.CharField(max_length=200)
    budget_key = models.CharField(max_length=200)
    service = models.CharField(max_length=200)
    provider = models.CharField(max_length=200)
    quarter = models.CharField(max_length=9)
    question = models.CharField(max_length=40)
    dimension = models.CharField(max_length=200)
    groups = models.JSONField()
    epsilon = models.CharField(max_length=40)
    budget = models.CharField(max_length=40)
    half_width = models.IntegerField()
    noise_sd = models.FloatField()
    drawn_on = models.DateField()
    method = models.CharField(max_length=30)
    method_version = models.CharField(max_length=10)
    withheld_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "question", "dimension"], name="noise_is_drawn_once_for_a_table"
            )
        ]
        indexes = [models.Index(fields=["quarter"])]

    def __str__(self) -> str:
        return f"{self.dimension} of {self.survey}, with noise"


class Exclusion(models.Model):
    """One question of a survey left out of every pool, or out of the sums of larger groups, and why."""

    survey = models.CharField(max_length=200)
    service = models.CharField(max_length=200)
    provider = models.CharField(max_length=200)
    quarter = models.CharField(max_length=9)
    question = models.CharField(max_length=40, default="trust")
    scope = models.CharField(max_length=20)
    reason = models.CharField(max_length=40)
    explanation = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "quarter", "question", "scope"], name="one_exclusion_per_question_and_scope"
            )
        ]
        indexes = [models.Index(fields=["quarter"])]

    def __str__(self) -> str:
        return f"{self.survey} left out of {self.scope}: {self.reason}"


def _holds(value: str, low: str, high: str, *, name: str) -> models.CheckConstraint:
    """Hold that an interval has both ends or none, and its value between them."""
    nothing = models.Q(**{f"{low}__isnull": True, f"{high}__isnull": True})
    there = models.Q(**{f"{field}__isnull": False for field in (value, low, high)})
    holds = models.Q(**{f"{low}__lte": models.F(value), f"{high}__gte": models.F(value)})
    return models.CheckConstraint(condition=nothing | (there & holds), name=name)


class DriverImportance(OfSubject):
    """How much of the differences in trust goes with the answers to one other question, and how sure that is.

    Association, not cause. `share` is a part of `r_squared`. `share` null, or an interval that is missing,
    has a `reason`.
    """

    outcome = models.CharField(max_length=40)
    driver = models.CharField(max_length=40)
    share = models.FloatField(null=True)
    rank_low = models.IntegerField(null=True)
    rank_high = models.IntegerField(null=True)
    performance = models.FloatField(null=True)
    performance_low = models.FloatField(null=True)
    performance_high = models.FloatField(null=True)
    r_squared = models.FloatField(null=True)
    r_squared_low = models.FloatField(null=True)
    r_squared_high = models.FloatField(null=True)
    n = models.BigIntegerField(null=True)
    n_surveys = models.IntegerField()
    flags = models.JSONField(default=list)
    seed = models.BigIntegerField(null=True)
    draws = models.IntegerField(null=True)
    method = models.CharField(max_length=30)

    class Meta(OfSubject.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["level", "subject", "quarter", "pool", "outcome", "driver"],
                name="one_importance_per_driver_and_quarter",
            ),
            _holds("share", "low", "high", name="driver_interval_holds_its_share"),
            _holds(
                "performance",
                "performance_low",
                "performance_high",
                name="performance_interval_holds_its_value",
            ),
            _holds("r_squared", "r_squared_low", "r_squared_high", name="r_squared_interval_holds_its_value"),
            models.CheckConstraint(
                condition=models.Q(low__isnull=False) | models.Q(reason__isnull=False),
                name="driver_without_interval_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} with {self.driver}, {self.level} {self.subject}, {self.quarter} ({self.pool})"


class Comparison(OfSubject):
    """A figure beside its own of the quarter before, or of the year before, and what may be said of the two.

    A verdict that rests on a test has the adjusted p of what it claims; any other has a `reason`. Groups
    beside the others are in files, see `GroupGaps`.
    """

    kind = models.CharField(max_length=20)
    measure = models.CharField(max_length=60)
    against = models.CharField(max_length=9)
    verdict = models.CharField(max_length=20)
    subject_before = models.CharField(max_length=200, null=True)
    value_before = models.FloatField(null=True)
    value_after = models.FloatField(null=True)
    n_before = models.BigIntegerField(null=True)
    n_after = models.BigIntegerField(null=True)
    difference = models.FloatField(null=True)
    p = models.FloatField(null=True)
    q_value = models.FloatField(null=True)
    figure_q = models.FloatField(null=True)
    smallest_found = models.FloatField(null=True)
    within = models.FloatField(null=True)
    within_low = models.FloatField(null=True)
    within_high = models.FloatField(null=True)
    within_p = models.FloatField(null=True)
    mix = models.FloatField(null=True)
    entry = models.FloatField(null=True)
    exit = models.FloatField(null=True)
    parts_reason = models.CharField(max_length=30, null=True)
    method = models.CharField(max_length=30, null=True)

    class Meta(OfSubject.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "measure", "level", "subject", "quarter", "pool"],
                name="one_comparison_per_figure_and_kind",
            ),
            _holds("difference", "low", "high", name="comparison_interval_holds_its_difference"),
            _holds("within", "within_low", "within_high", name="within_interval_holds_its_value"),
            models.CheckConstraint(
                condition=models.Q(q_value__isnull=False, verdict__in=CLAIMED)
                | models.Q(figure_q__isnull=False, verdict=WHO_REPORTED)
                | (
                    (models.Q(q_value__isnull=False) | models.Q(figure_q__isnull=False))
                    & models.Q(verdict=NO_CLEAR_CHANGE)
                )
                | (
                    models.Q(q_value__isnull=True, figure_q__isnull=True, reason__isnull=False)
                    & ~models.Q(verdict__in=JUDGED)
                ),
                name="comparison_verdict_has_a_q_value_or_a_reason",
            ),
        ]

    def __str__(self) -> str:
        what = f"{self.measure} of {self.level} {self.subject}"
        return f"{what}, {self.quarter} with {self.against}: {self.verdict}"


class GroupGaps(models.Model):
    """Which file holds the comparisons of every group of a quarter with the other groups.

    `made_of` is the hash of the group scores, with the version of the method: while it stays, so do they.
    """

    quarter = models.CharField(max_length=9, unique=True)
    sha256 = models.CharField(max_length=64)
    made_of = models.CharField(max_length=80)
    n_gaps = models.BigIntegerField()

    def __str__(self) -> str:
        return f"gaps of {self.quarter}: {self.n_gaps} comparisons"
