"""Kinds of things that people look for, and what is known of each thing."""

from dataclasses import dataclass


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

    one: str
    many: str


KINDS: dict[str, Kind] = {
    "services": Kind("Service", "Services"),
    "agencies": Kind("Agency", "Agencies"),
    "providers": Kind("Service provider", "Service providers"),
    "life-experiences": Kind("Life experience", "Life experiences"),
    "journeys": Kind("Journey", "Journeys"),
    "priority-areas": Kind("Priority area", "Priority areas"),
    "strategies": Kind("Strategy", "Strategies"),
    "goals": Kind("Goal", "Goals"),
    "success-measures": Kind("Success measure", "Success measures"),
    "milestones": Kind("Milestone", "Milestones"),
    "projects": Kind("Project", "Projects"),
    "commitments": Kind("Commitment", "Commitments"),
    "action-plans": Kind("Action plan", "Action plans"),
    "actions": Kind("Action of a plan", "Actions of plans"),
    "capacity-areas": Kind("Capacity area", "Capacity areas"),
    "funding": Kind("Funding", "Funding"),
    "updates": Kind("Update", "Updates"),
    "pain-points": Kind("Pain point", "Pain points"),
    "insights": Kind("Insight", "Insights"),
    "personas": Kind("Persona", "Personas"),
    "stories": Kind("Story", "Stories"),
    "studies": Kind("Study", "Studies"),
    "websites": Kind("Website", "Websites"),
    "quarters": Kind("Quarter", "Quarters"),
    "charts": Kind("Chart", "Charts"),
    "methods": Kind("Method", "Methods"),
    "tables": Kind("Table of open data", "Tables of open data"),
    "pages": Kind("Page", "Other pages"),
}
"""Kinds by the name in their address, in the order in which equal results stand."""

ORDER = {name: place for place, name in enumerate(KINDS)}
