"""Which questions may go with trust, how many people that takes, and what is said about the result."""

OUTCOME = "trust"
"""The question whose answers are looked at."""

DRIVERS = ("effectiveness", "ease", "efficiency", "transparency", "equity", "employee")
"""The questions held against it, in the order of the standard form.

Source: OMB Circular A-11, section 280: service quality, ease, efficiency, transparency and equity, employee
interaction. Satisfaction is an overall verdict there, like trust, and no driver of it.
"""

DRAWS = 2000
"""How often people are drawn again for an interval; with fewer, its ends move from seed to seed."""

METHOD, WEIGHTED_METHOD, METHOD_VERSION = "lmg_bootstrap", "lmg_bootstrap_weighted", "1"

NOT_A_CAUSE = (
    "Association is not cause: these figures say which answers are found together, not that changing one "
    "thing would change trust."
)
"""What stands wherever figures on drivers do."""

DRIVER_FLAGS: dict[str, str] = {
    "collinear": "Other questions were answered so that they say all that this one says; what they say in "
    "common is shared between them.",
    "fewer_questions": "Some people were asked further questions, which are not held against trust here, as "
    "most people of these surveys were not asked them.",
    "goes_against": "Higher answers to this question are found with lower trust; look at its words before "
    "reading its share.",
    "other_questions": "Some people of these surveys were shown other questions, or fewer of them, and are "
    "left out.",
    "single_driver": "There is one question only to hold against trust, so its share is the whole by "
    "definition.",
    "small_surveys": "Some surveys have too few complete answers to enter; they are left out, so that no "
    "subtraction can find them.",
}
"""Cautions that travel with figures on drivers, each with a sentence fit for the public."""
