"""What models refuse. Each message says what is wrong, where, and what to do."""


class ColumnNotValid(ValueError):
    """A column of answers, predictors or weights cannot be used."""


class TermUnknown(ValueError):
    """A predictor, or one of its words, is not part of the model."""
