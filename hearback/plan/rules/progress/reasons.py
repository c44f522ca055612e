"""What may be said of a success measure: its statuses, the reasons for them, and how it is reported.

Progress says how far the figure is; reporting says whether there are figures. The two are never mixed.
"""

MET, ON_TRACK, OFF_TRACK = "met", "on track", "off track"
WRONG_WAY, MISSED, CANNOT_TELL = "going the wrong way", "missed", "cannot tell yet"

PROGRESS_STATUSES: dict[str, str] = {
    MET: "The figure is at the target, allowing for chance.",
    ON_TRACK: "The rate so far is enough, allowing for chance.",
    OFF_TRACK: "The rate so far is not enough, even allowing for chance.",
    WRONG_WAY: "The figure moves away from the target, by more than chance explains.",
    MISSED: "The due date has passed, and the figure is not at the target, even allowing for chance.",
    CANNOT_TELL: "None of these can be said; the reason stands beside it.",
}

STALE_QUARTERS = 6
"""A figure of days that ended more quarters ago says nothing of today. A choice of this house: an index that
comes out once a year, half a year late, is still fresh."""

REASONS: dict[str, str] = {
    "at_target": "the figure is at the target, allowing for chance",
    "not_at_target": "the figure of the due date is not at the target, even allowing for chance",
    "rate_enough": "the rate so far is enough to be at the target by the due date, allowing for chance",
    "rate_not_enough": "the rate so far is not enough to be at the target by the due date, even allowing for "
    "chance",
    "moves_away": "the figure moves away from the target, by more than chance explains",
    "outside": "the figure is outside the bounds it is to keep, by more than chance explains",
    "no_target": "no target figure to compare with was published",
    "no_direction": "it was not published whether the figure is to rise, to fall or to stay",
    "no_due": "no due date was published",
    "no_baseline": "no figure of the baseline, or no date of it, is known",
    "no_reading": "no figure was published",
    "one_reading": "there is no figure after the baseline, or the first one, from which to see a rate",
    "no_interval": "how sure the figures are is not known, so a change cannot be told from chance",
    "other_definition": "the newest figure is made by another definition than the baseline",
    "other_surveys": "other surveys count in the newest figure than at the start, so who reported may be "
    "what moved it",
    "stale": f"the newest figure is more than {STALE_QUARTERS} quarters old",
    "no_reading_at_due": "the due date has passed, and no figure of it was published",
    "due_not_over": "the newest figure is of the due date, which is not over yet",
    "either_side": "allowing for chance, the figure of the due date may lie on either side of the target",
    "either_rate": "allowing for chance, the rate so far may or may not be enough",
}
"""Why a success measure has its status, to be said after it and a colon."""

REPORTED, GATHERED, NOT_PUBLISHED = "reported", "being gathered", "not published"

REPORTING: dict[str, str] = {
    REPORTED: "There is a figure later than the baseline; without a baseline, any figure.",
    GATHERED: "There is none, and it is computed here from what people answer.",
    NOT_PUBLISHED: "There is none, and it is for others to publish one.",
}


def reporting_status(*, has_figure: bool, is_computed: bool) -> str:
    """Say whether figures are reported, whatever they show.

    Args:
        has_figure: there is one later than the baseline; without a baseline, any.
        is_computed: the measure is one that Hearback computes.
    """
    if has_figure:
        return REPORTED
    return GATHERED if is_computed else NOT_PUBLISHED
