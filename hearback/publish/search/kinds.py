"""Kinds of things that people look for, and what is known of each thing."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Signpost:
    """One thing: of which kind, what it is called, where it stands, what it belongs to, and its words."""

    kind: str
    title: str
    address: str
    where: str
    text: str


@dataclass(frozen=True)
class Kind:
    """A kind of things: `one` says of a result what it is, `many` is the heading of a list."""

    one: Any
    many: Any


KINDS: dict[str, Kind] = {
    "services": Kind(_("Service"), _("Services")),
    "agencies": Kind(_("Agency"), _("Agencies")),
    "providers": Kind(_("Service provider"), _("Service providers")),
    "life-experiences": Kind(_("Life experience"), _("Life experiences")),
    "journeys": Kind(_("Journey"), _("Journeys")),
    "priority-areas": Kind(_("Priority area"), _("Priority areas")),
    "strategies": Kind(_("Strategy"), _("Strategies")),
    "goals": Kind(_("Goal"), _("Goals")),
    "success-measures": Kind(_("Success measure"), _("Success measures")),
    "milestones": Kind(_("Milestone"), _("Milestones")),
    "projects": Kind(_("Project"), _("Projects")),
    "commitments": Kind(_("Commitment"), _("Commitments")),
    "action-plans": Kind(_("Action plan"), _("Action plans")),
    "actions": Kind(_("Action of a plan"), _("Actions of plans")),
    "capacity-areas": Kind(_("Capacity area"), _("Capacity areas")),
    "funding": Kind(_("Funding"), _("Funding")),
    "updates": Kind(_("Update"), _("Updates")),
    "pain-points": Kind(_("Pain point"), _("Pain points")),
    "insights": Kind(_("Insight"), _("Insights")),
    "personas": Kind(_("Persona"), _("Personas")),
    "stories": Kind(_("Story"), _("Stories")),
    "studies": Kind(_("Study"), _("Studies")),
    "websites": Kind(_("Website"), _("Websites")),
    "quarters": Kind(_("Quarter"), _("Quarters")),
    "charts": Kind(_("Chart"), _("Charts")),
    "methods": Kind(_("Method"), _("Methods")),
    "tables": Kind(_("Table of open data"), _("Tables of open data")),
    "pages": Kind(_("Page"), _("Other pages")),
}
"""Kinds by the name in their address, in the order in which equal results stand."""

ORDER = {name: place for place, name in enumerate(KINDS)}
