"""What rules of the plan refuse, as a sentence in the language of the person."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.utils.translation import gettext_noop as _

from hearback.plan.rules import MeasureNotValid
from hearback.ui.sentences import told_in, translator

DATES = (
    _("{text} is not a date; write 2023, 2023-05, 2023-05-31, FY2023 or FY2023-Q3."),
    _("{text} is outside {earliest} to {latest}; correct the year."),
    _("{text} has not begun; give the date on which it was so."),
)
MILESTONES = (
    _("It is due {date} already; give another date."),
    _("A due date is moved with a reason, which the public sees; {date} was promised."),
    _("{key} would be due {date}, before {other}, which it depends on and which is due {theirs}; move that "
      "one first, or give a later date."),
    _("A milestone whose status is {before} cannot become {after}; it can become {allowed}."),
    _("From {before} to {after} needs a reason, which the public sees."),
    _("It cannot have been done in {date} while its status is {status}; correct one of the two."),
    _("A milestone has a title; give one."),
    _("What a milestone says is put right with a reason, which the public sees."),
    _("It was said to be done in {date}; another date needs a reason."),
    _("It cannot have been done in {date}, which has not begun; give the day it was done."),
    _("Nothing would be different; nothing was changed."),
    _("A status that is known cannot become unknown. Choose one."),
    _("When it was done is known. To take that back, move its status."),
)  # fmt: skip
GOALS = (
    _("A goal has a wording and a number; give both."),
    _("Wording, number and target date would be as they were; change one of them, or leave the goal."),
    _("A wording is replaced with a reason, which the public sees; give one."),
    _("Another goal of this strategy has the number {number}; give a free one."),
    _("Nothing can be so as of {date}, which has not begun; give an earlier date."),
    _("The target date {date} is over before {other}, since when the new wording stands; give a later target "
      "date, or an earlier one as of which it stands."),
)  # fmt: skip
FIGURES = (
    _("Its figures are computed here; confirm it as it is."),
    _("A new figure has a value and a date; give both."),
    _("{value} cannot be; give a percent from {least} to {most}."),
    _("{value} cannot be; give a figure from {least} to {most}."),
    _("{text} has not begun; give a date of the past."),
    _("{text} is before the baseline, which is of {baseline}; give a date after that."),
    _("Another reading is of these days; keep one of the two."),
    _("One end of the interval is missing; give both ends, or null for both where no interval is known."),
    _("{low} is above high {high}; exchange the two."),
    _("{value} is not between low {low} and high {high}; correct one of the three."),
)
ROUNDS = (
    _("The round is closed. Say it in the next one."),
    _("It is {state}. To {move} it, it must be {states}."),
    _("Only who answers for it can say how it stands."),
    _("Somebody other than who answered must decide on it."),
    _("Say what should be changed, so that its owner knows."),
    _("A round of {quarter} cannot be opened on {day}: that is too far from it. Give a quarter from "
      "{earliest} to {latest}."),
    _("It opens on {day} and cannot be due on {due}, before that. Give a later day."),
    _("There is a round of {quarter} already; a quarter has one."),
    _("Nobody answers for anything that is open. Say who does first (`hearback plan round give`, or the page "
      "of who answers)."),
    _("The round of {quarter} is closed already."),
    _("The round of {quarter} is over, and who kept silent stays to be seen."),
    _("An answer was given in the round of {quarter}, and it stays. Close it instead."),
    _("You saw version {seen}; it is version {version} now, and {state}. Nothing was kept. Look at what it "
      "says now, and do it again if you still want to."),
    _("It was changed since the answer: {what}. Return it, so that its owner looks again."),
    _("{field} was {before} and is {now}"),
    _("There is nobody active named {account}; `hearback accounts list` names them all."),
    _("There is no seat {key}; use one of: {known}."),
)  # fmt: skip
DRAFTS = (
    _("It is {state}; to {move} it, it must be {states}."),
    _("Only its owner can {move} it."),
    _("Somebody other than its owner must {move} it."),
    _("An update says what happened, and {date} has not begun; give the date it happened, or wait until "
      "then."),
    _("It was not approved yet; only what was published is corrected."),
    _("{owner} corrects it already; the draft is {key}."),
    _("Say what was wrong, in the words that the public will read beside it."),
    _("The update was changed since this correction was begun, and approving it would undo that; return it, "
      "or have it withdrawn and begin another."),
    _("You saw version {seen}; {account} changed it at {when} UTC and it is version {version} now. Nothing "
      "was kept; look at what it says now, and do it again if you still want to."),
)  # fmt: skip
SENTENCES = (*DATES, *MILESTONES, *GOALS, *FIGURES, *ROUNDS, *DRAFTS)
WORDS = {
    " or ": pgettext_lazy("in a refusal", " or "),
    "draft": pgettext_lazy("in a refusal", "draft"),
    "in review": pgettext_lazy("in a refusal", "in review"),
    "returned": pgettext_lazy("in a refusal", "returned"),
    "approved": pgettext_lazy("in a refusal", "approved"),
    "withdrawn": pgettext_lazy("in a refusal", "withdrawn"),
    "awaited": pgettext_lazy("in a refusal", "awaited"),
    "answered": pgettext_lazy("in a refusal", "answered"),
    "edit": pgettext_lazy("in a refusal", "edit"),
    "submit": pgettext_lazy("in a refusal", "submit"),
    "return": pgettext_lazy("in a refusal", "return"),
    "approve": pgettext_lazy("in a refusal", "approve"),
    "withdraw": pgettext_lazy("in a refusal", "withdraw"),
    "answer": pgettext_lazy("in a refusal", "answer"),
    "not known": pgettext_lazy("in a refusal", "not known"),
    "at no known date": pgettext_lazy("in a refusal", "at no known date"),
    "status": gettext_lazy("Status"),
    "due": gettext_lazy("Due date"),
    "done": gettext_lazy("When it was done"),
    "phase": gettext_lazy("Phase"),
    "next steps": gettext_lazy("Next steps"),
    "progress": gettext_lazy("How far it is"),
    "value": gettext_lazy("Figure"),
    "progress source": gettext_lazy("Where the progress can be read"),
}
"""What may stand in a gap; the status of a milestone stays in the words of its source, as its form has it."""
translated = translator(SENTENCES, WORDS)


def refusal(problem: Exception) -> SafeString:
    """Say on a page what stood in the way, in the person's language or marked as English."""
    return told_in(translated, in_english(problem))


def in_english(problem: Exception) -> str:
    """Write what stood in the way as a sentence, without the names of fields in files; a key stays as it is.

    >>> in_english(ValueError("it is closed")), in_english(ValueError("a-1 is closed"))
    ('It is closed.', 'a-1 is closed.')
    """
    said = f"{problem.problem}; {problem.remedy}" if isinstance(problem, MeasureNotValid) else str(problem)
    begins = said[:1].upper() if said.partition(" ")[0].isalpha() else said[:1]
    return f"{begins}{said[1:]}{'' if said.endswith(('.', '!', '?')) else '.'}"
