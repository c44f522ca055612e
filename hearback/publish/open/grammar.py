"""One grammar of addresses: a page, and the same thing as JSON and CSV at the same path.

A page at /services/ has /services.json and /services.csv; a page at /services/<key>/ has
/services/<key>.json and /services/<key>.csv; agencies and services have /<kind>/<key>/feed.atom too.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

FORMS = ("json", "csv")


@dataclass(frozen=True)
class Kind:
    """A kind of things that have pages.

    `table` is the table with a row of each; `main` the one whose rows about a thing are its CSV. `level` is
    what the thing is called where a row says of which level its subject is. Without `single` there is a page
    of the list alone, without `listed` none of the list.
    """

    table: str
    main: str
    level: str | None = None
    single: bool = True
    listed: bool = True
    feed: bool = False


KINDS: Mapping[str, Kind] = {
    "agencies": Kind("agencies", "scores", "agency", feed=True),
    "providers": Kind("providers", "scores", "provider"),
    "services": Kind("services", "scores", "service", feed=True),
    "life-experiences": Kind("life_experiences", "projects", "life_experience"),
    "priority-areas": Kind("priority_areas", "success_measures", listed=False),
    "strategies": Kind("strategies", "milestones", "strategy", listed=False),
    "journeys": Kind("journeys", "journey_steps", listed=False),
    "measures": Kind("success_measures", "success_measures"),
    "action-plans": Kind("action_plans", "action_plan_actions"),
    "capacity-areas": Kind("capacity_areas", "capacity_areas", single=False),
    "commitments": Kind("commitments", "commitments", single=False),
    "funding": Kind("funding", "funding", single=False),
    "updates": Kind("updates", "updates", single=False),
    "rounds": Kind("confirmations", "confirmations", single=False),
}
PAGELESS = frozenset({"action-plans"})
"""Kinds that have files, and no page at that path; those of plans are under their providers."""

PLAN = re.compile(r"/providers/[-a-zA-Z0-9_]+/plans/[0-9]+/")

LISTED = tuple(kind for kind, one in KINDS.items() if one.listed)
SINGLE = tuple(kind for kind, one in KINDS.items() if one.single)
FED = tuple(kind for kind, one in KINDS.items() if one.feed)


@dataclass(frozen=True)
class Beside:
    """A file beside a page: its address, what it is, and its media type."""

    address: str
    name: str
    media_type: str


MEDIA_TYPES = {"json": "application/json", "csv": "text/csv", "atom": "application/atom+xml"}


def beside(path: str) -> tuple[Beside, ...]:
    """List the files beside the page at an address.

    >>> [one.address for one in beside("/services/va-vha-2/")]
    ['/services/va-vha-2.json', '/services/va-vha-2.csv', '/services/va-vha-2/feed.atom']
    >>> [one.address for one in beside("/funding/")], beside("/about/")
    (['/funding.json', '/funding.csv'], ())
    """
    if PLAN.fullmatch(path):
        return tuple(_beside(f"{path.rstrip('/')}.{form}", form) for form in FORMS)
    parts = path.strip("/").split("/")
    kind = KINDS.get(parts[0])
    if kind is None or len(parts) > 2 or parts[0] in PAGELESS:
        return ()
    if not (kind.listed if len(parts) == 1 else kind.single):
        return ()
    files = [_beside(f"{path.rstrip('/')}.{form}", form) for form in FORMS]
    if kind.feed and len(parts) == 2:
        files.append(_beside(f"{path}feed.atom", "atom"))
    if parts == ["updates"]:
        files += [_beside("/feed.atom", "atom"), _beside("/corrections.atom", "atom")]
    return tuple(files)


def _beside(address: str, form: str) -> Beside:
    return Beside(address, form.upper() if form != "atom" else "Atom", MEDIA_TYPES[form])
