"""What tables of open data say in English of themselves, and of projects, told to translators.

Tables are plain Python, and files hold them in English. A test compares this with the tables. `said` says it
in the language that is spoken.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import pgettext_lazy

TITLES = (
    _("Scores: one row per published number"),
    _("Reported surveys: one row per survey and quarter"),
    _("Answers: one row per reported survey and question"),
    _("Exclusions: one row per survey and question left out of a figure"),
    _("Findings: one row per oddity of a reported survey"),
    _(
        "Bands: one row per service and quarter: the range in which its share lies unless it left the level "
        "of its first year"
    ),
    _("Groups with noise: one row per group of a survey, its counts changed by chance"),
    _("Success measures, and how far each is on its way"),
    _("Goals of strategies, with the wordings that they had before"),
    _("Changes of milestones: their logs"),
    _("Funding: money set aside, awarded, and asked for"),
    _("Updates on progress"),
    _("What was asked in the quarterly rounds, and what was confirmed"),
    _("Capacity areas of the self-assessment of providers"),
    _("Action plans of providers, one for each fiscal year"),
    _("Actions of action plans: what was promised, and what was delivered"),
    _("Self-assessments: how able providers say they are"),
    _("Journeys: what people go through, and what it takes of them"),
    _("Stages of journeys"),
    _("Steps of journeys, and what each takes of one person"),
    _("Pain points of journeys, the largest of each journey first"),
    _("Stories of journeys: composite ones, and those told with consent"),
    _("Studies: research with people, without names"),
    _("Files of studies, by their address"),
    _("Personas: kinds of people on journeys, all composed from research; none is a real person"),
    _("Insights: what was understood, and what it rests on"),
    _("Strategies of priority areas"),
    _("Life experiences: points of life where people meet several public bodies at once"),
    _("Projects of life experiences"),
    _("What came of projects, with the figures before and after"),
    _("Websites of agencies and providers"),
)
"""Titles of tables, beside those that are names of things on pages."""

REASONS = (
    _("No answers were reported."),
    _("There is one answer only, so its sampling error cannot be computed."),
    _("All answers are the same, so an interval of their mean cannot be computed."),
    _("This is a count, not an estimate: it has no sampling error."),
    _("Too few people answered to publish the figure without risk to their privacy."),
    _("The question asked is not one whose answers mean what this figure says."),
    _("The agency did not report a count that this figure needs."),
    _("The reported counts cannot be right: more people answered than were asked."),
    _("The two shares are the same, and no sample finds a change of nothing."),
    _("Even the largest change there can be is too small for this sample to find."),
    _("Hiding more cells does not protect the small ones: the table cannot be published."),
    _("One sampled unit, such as one office, shows no sampling error: it takes two at least."),
    _("Everybody who was asked answered: there are no others to compare with."),
    _("The providers differ by no more than chance, so each is given the figure of them all."),
    _("No provider reported in both periods, so the change cannot be split."),
    _("One of the things compared tells answers apart without fail: no finite figure fits."),
    _("The model could not be fitted to these answers."),
    _("Too few people answered for a figure of this kind."),
    _("There are too many questions at once to share out what they explain."),
    _("Questions were answered alike throughout, so they cannot be told apart."),
    _("One question has no agreement with others: it takes two at least."),
    _("No comment was coded twice, so agreement cannot be seen."),
    _("No one of some group used this channel, so it cannot be brought to the common mix."),
    _("All answers fall into one row or one column, so there is nothing to test."),
    _("The services with figures serve too few of the customers to speak for them all."),
    _("The figure is too uncertain to be published."),
    _("The answers go with none of the differences, so there is nothing to share out."),
    _("It is held back, as it would give a suppressed figure away."),
    _("It is not told here; the source has it."),
    _("It is not known, or held back: this release does not tell which."),
    _("The question was not asked."),
    _("Nobody counted."),
    _("It is not known."),
    _("Nobody said how many people go through it in a year."),
    _("It is not known how long any step takes."),
)
"""Why a cell is empty."""

KINDS = (
    pgettext_lazy("rule", "string"),
    pgettext_lazy("rule", "integer"),
    pgettext_lazy("rule", "number"),
    pgettext_lazy("rule", "boolean"),
    pgettext_lazy("rule", "list"),
)
"""What a column holds."""

PHASES = (
    pgettext_lazy("rule", "discovery"),
    pgettext_lazy("rule", "design"),
    pgettext_lazy("rule", "development"),
    pgettext_lazy("rule", "pilot"),
)
"""How far a project is, in words that sources use; they may use others."""
