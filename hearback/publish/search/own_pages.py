"""Pages that say something of their own, and lists of kinds that have no page: found by their title too.

These words are ours, so they are found in the language of the reader; what agencies wrote stays in English.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from hearback.publish.search.kinds import KINDS, Signpost

PAGES = (
    (
        _("Progress"), "/",
        _("Trust over time, priority areas, who leads them, what was promised and how far it is"),
    ),
    (_("Life experiences"), "/life-experiences/", _("Moments in which people need several agencies at once")),
    (_("Services"), "/services/", _("Public services by name, and whose answers are in the record")),
    (_("Agencies"), "/agencies/", _("Agencies by name, with providers, services and commitments")),
    (_("Service providers"), "/providers/", _("Parts of agencies that serve many people")),
    (_("Capacity areas"), "/capacity-areas/", _("What service providers must be able to do")),
    (_("Commitments"), "/commitments/", _("What agencies are bound to do: due date, status and progress")),
    (_("Funding"), "/funding/", _("Money set aside, awarded and asked for")),
    (_("Updates"), "/updates/", _("News of the record, the newest first")),
    (_("Quarters"), "/quarters/", _("What people said, quarter by quarter, who reported and who did not")),
    (_("Measures"), "/measures/", _("What shows success, and the numbers on trust and response")),
    (
        _("Charts"), "/charts/",
        _("Every chart with its numbers, as drawing and image, to show on other sites"),
    ),
    (_("Quarterly rounds"), "/rounds/", _("When each promise was last confirmed by who answers for it")),
    (_("Chain of evidence"), "/chain/", _("From pain points over projects and milestones to results")),
    (_("Methods"), "/methods/", _("How every number is made, and what it cannot say")),
    (_("Data"), "/data/", _("Every number and every fact as files to download")),
    (
        _("Data dictionary"), "/data/dictionary/",
        _("Every table and column of the open data, and codes of empty cells"),
    ),
    (_("Releases"), "/releases/", _("Frozen, numbered, signed, chained by hashes; how to verify them")),
    (_("Corrections"), "/corrections/", _("Which figures and texts were put right, when and why")),
    (
        _("Privacy"), "/privacy/",
        _("What is collected when you read or answer, and how few people are never shown"),
    ),
    (_("About"), "/about/", _("What this site shows, how to read its numbers, and how to check them")),
    (
        _("Accessibility"), "/accessibility/",
        _("Statement: WCAG 2.2, Section 508, what to do where something does not work"),
    ),
)  # fmt: skip
"""Pages that stand for nothing but themselves: title, address, and what is on them."""
OF_A_QUARTER = _("What people said in this quarter")
OF_A_KIND = _("All of this kind, by first letter")
OWN = ("pages", "quarters")
"""Kinds whose words are ours."""
WITH_A_PAGE = (
    "life-experiences", "services", "agencies", "providers", "capacity-areas", "commitments", "funding",
    "updates", "quarters", "charts", "methods", "pages",
)  # fmt: skip
"""Kinds whose list is a page already."""


def of_own_pages(there: Iterable[str]) -> Iterator[Signpost]:
    """List pages of our own, and the lists of those kinds of which there is something."""
    for title, address, text in PAGES:
        yield Signpost("pages", title, address, "", text)
    held = set(there)
    for key, kind in KINDS.items():
        if key in held and key not in WITH_A_PAGE:
            yield Signpost("pages", str(kind.many), f"/search/kinds/{key}/", "", OF_A_KIND)


def spoken(signpost: Signpost) -> Signpost:
    """Say what is ours of a signpost in the language that is spoken now."""
    if signpost.kind not in OWN:
        return signpost
    return replace(signpost, title=gettext(signpost.title), text=gettext(signpost.text))
