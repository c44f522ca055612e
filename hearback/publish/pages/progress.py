"""How far along promised things are. Statuses keep the words of their source; here they only get a shape."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from hearback.plan.queries import MilestoneChangeFact, MilestoneFact
from hearback.plan.rules import Late, Lateness, lateness
from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.dates import date_label
from hearback.publish.rule_sentences import OF_STATUS
from hearback.publish.said import said
from hearback.ui.words import plain

SHAPES = {
    "done": _("Complete"),
    "open": _("In progress"),
    "planned": _("Planned or pending"),
    "unknown": _("Status not known"),
}
STEP_SHAPES = SHAPES | {"other": _("Another status")}
"""With the shape of a status that has none of its own."""

FIELDS = {
    "status": _("Status"),
    "due": _("Due date"),
    "done": _("Done"),
    "title": _("Title"),
    "owner": _("Owner"),
}
LATE_SHAPES = {Late.ON_TIME: "done", Late.NOT_DUE_YET: "planned", Late.CANNOT_TELL: "unknown"}


@dataclass(frozen=True)
class Status:
    """A status in words, and the shape drawn beside it."""

    shape: str
    words: str


@dataclass(frozen=True)
class LogLine:
    """One line of the log of a milestone, with dates as people read them."""

    fact: MilestoneChangeFact
    what: str
    when: str | None
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Milestone:
    """A milestone as a table row.

    `lateness` is how it stood on the day of the release, with a `note`; `needs` names the milestones it
    depends on; `n_moved` says how often its due date was moved.
    """

    fact: MilestoneFact
    status: Status
    due: str | None
    as_of: str | None
    done: str | None
    lateness: Status
    note: str | None
    needs: tuple[str, ...]
    log: tuple[LogLine, ...]
    n_moved: int


@dataclass(frozen=True)
class Steps:
    """Milestones as a row of small steps, with the same in words."""

    shapes: tuple[str, ...]
    words: str


def status(text: str | None) -> Status:
    """Give a status its shape: done, open, planned, unknown, or other where it has none of its own."""
    if text is None:
        return Status("unknown", gettext("Status not known"))
    start = text.casefold()
    if start.startswith(("complete", "done", "achieved")):
        return Status("done", text)
    if start.startswith(("in progress", "ongoing", "started")):
        return Status("open", text)
    if start.startswith(("planned", "pending", "not started")):
        return Status("planned", text)
    return Status("other", text)


def milestones(release: ReleaseData, facts: tuple[MilestoneFact, ...]) -> list[Milestone]:
    """Prepare milestones in the order of their source, as they stood on the day of the release."""
    titles = _titles(release) if any(fact.depends_on for fact in facts) else {}
    return [_milestone(fact, release.made_on, titles) for fact in facts]


def is_explained(release: ReleaseData) -> bool:
    """Say whether the release holds the page that explains lateness; those made before it do not."""
    return any(page.slug == "lateness" for page in release.methods)


def _milestone(fact: MilestoneFact, on: date, titles: dict[str, str]) -> Milestone:
    found = lateness(fact.promise, on, settings.FISCAL_YEAR_STARTS)
    read = date_label(fact.as_of)
    return Milestone(
        fact=fact,
        status=status(fact.status),
        due=date_label(fact.due),
        as_of=read,
        done=date_label(fact.done),
        lateness=late(found),
        note=_last_read(found, read),
        needs=tuple(titles.get(key, key) for key in fact.depends_on),
        log=tuple(_line(change) for change in fact.changes),
        n_moved=len(fact.earlier_due),
    )


def _last_read(found: Lateness, read: str | None) -> str | None:
    """Say of what is overdue how old the word is that it is not done: it may be done since, and not told."""
    if found.state is not Late.OVERDUE:
        return None
    if read is None:
        return gettext("not reported done; when its status was read is not known")
    words = gettext("not reported done; its status was last read in %(when)s")
    if not found.read_after:
        words = gettext("not reported done; its status was last read in %(when)s, before it was due")
    return words % {"when": read}


def late(found: Lateness) -> Status:
    """Say how a promise stood, with a shape."""
    words = said(found.words)
    return Status(LATE_SHAPES.get(found.state, "other"), words[:1].upper() + words[1:])


def _line(change: MilestoneChangeFact) -> LogLine:
    is_date = change.field in {"due", "done"}
    before, after = (date_label(text) if is_date else text for text in (change.before, change.after))
    return LogLine(change, plain(change.field, FIELDS), date_label(change.date), before, after)


def _titles(release: ReleaseData) -> dict[str, str]:
    groups = [s.milestones for area in release.priority_areas for s in area.strategies]
    for experience in release.life_experiences:
        groups += [experience.milestones, *(p.milestones for p in experience.projects)]
    return {fact.key: fact.title for group in groups for fact in group}


def steps(facts: tuple[MilestoneFact, ...]) -> Steps | None:
    """Show milestones as steps, done ones first; None where there is no milestone."""
    if not facts:
        return None
    counted = Counter(status(f.status).shape for f in facts)
    shapes = tuple(shape for shape in OF_STATUS for _n in range(counted[shape]))
    parts = [tell(n) % {"n": n} for shape, tell in OF_STATUS.items() if (n := counted[shape])]
    of = ngettext("%(n)s milestone", "%(n)s milestones", len(facts)) % {"n": len(facts)}
    return Steps(shapes, f"{of}: {', '.join(parts)}")
