"""Why weights cannot be made. Each message says what is wrong, where, and what to do."""


class WeightingNotPossible(ValueError):
    """Weights cannot be brought to what is known of the population; the kinds below say why."""


class LabelMissing(WeightingNotPossible):
    """A row that counts has no value of a weighting variable."""


class LevelNotInMargin(WeightingNotPossible):
    """Respondents belong to a level for which no population count is given."""


class LevelWithoutRespondents(WeightingNotPossible):
    """The population has a level, or cell, to which no respondent belongs: no weight can make up for them."""


class ZeroTarget(WeightingNotPossible):
    """A population count is zero, negative or not a number."""


class MarginsDiffer(WeightingNotPossible):
    """The margins describe populations of different sizes."""


class RakingDoesNotConverge(WeightingNotPossible):
    """The margins cannot all be met with the respondents there are, or only in the limit."""


class BoundsNotValid(WeightingNotPossible):
    """A lower bound lies above an upper one, or the bounds of a ratio of weights leave out 1."""


class BoundsInfeasible(WeightingNotPossible):
    """No weights within the bounds add up to what is asked."""


class TotalsContradict(WeightingNotPossible):
    """Population totals of variables that depend on one another do not depend on one another likewise."""
