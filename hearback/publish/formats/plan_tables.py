"""Tables of what was promised: goals, milestones and their logs, commitments, funding, updates."""

from collections.abc import Iterable, Iterator

from hearback.plan.queries import EvidenceFact, MilestoneChangeFact, MilestoneFact
from hearback.publish.formats.tables import Row, Table, columns
from hearback.publish.frozen import Content


def _placed(content: Content) -> Iterator[tuple[str, str, MilestoneFact]]:
    """Walk over the milestones with the level and key of what each belongs to."""
    for area in content.priority_areas:
        for strategy in area.strategies:
            yield from (("strategy", strategy.key, m) for m in strategy.milestones)
    for experience in content.life_experiences:
        yield from (("life_experience", experience.key, m) for m in experience.milestones)
        for project in experience.projects:
            yield from (("project", project.key, m) for m in project.milestones)


def evidence_cell(evidence: Iterable[EvidenceFact]) -> tuple[str, ...]:
    """Write evidence as one cell: each gist with its source."""
    return tuple(f"{e.gist} ({e.source})" if e.source else e.gist for e in evidence)


def _milestone(level: str, subject: str, m: MilestoneFact) -> Row:
    earlier = m.earlier_due
    return (
        m.key, level, subject, m.title, m.due, m.status, m.owner, m.as_of, m.note, m.source, m.done,
        m.depends_on, evidence_cell(m.evidence), len(m.changes), len(earlier),
        earlier[0] if earlier else m.due,
    )  # fmt: skip


def _change(milestone: str, c: MilestoneChangeFact) -> Row:
    return (c.key, milestone, c.date, c.field, c.before, c.after, c.reason, c.decided_by, c.source)


GOALS = Table(
    "goals",
    "Goals of strategies, with the wordings that they had before",
    columns(
        goal="Key of the goal; every wording has its own.",
        strategy="Key of the strategy.",
        number="Number; a wording that was replaced mostly has that of the one in its place.",
        gist="What it says.",
        target_date="When it is to be reached, as the source gives it; empty where no date was published.",
        status="Status in the source's words; empty where not known.",
        as_of="When it read so.",
        note="Remarks.",
        replaced_by="Key of the goal whose wording took its place; empty where none did.",
        replaced_on="When; empty where that is not said.",
        replaced_reason="Why; empty where that is not said.",
        replaced_decided_by="Role that decided it; empty where that is not said.",
        source="Where this was read.",
    ),
    lambda content: (
        (
            g.key, strategy.key, g.number, g.gist, g.target_date, g.status, g.as_of, g.note,
            g.replaced_by_key, g.replaced_on, g.replaced_reason, g.replaced_decided_by, g.source,
        )
        for area in content.priority_areas
        for strategy in area.strategies
        for g in strategy.goals
    ),
)  # fmt: skip

MILESTONES = Table(
    "milestones",
    "Milestones of strategies, life experiences and projects",
    columns(
        milestone="Key of the milestone.",
        level="What it belongs to: strategy, life_experience or project.",
        subject="Key of that.",
        title="What is to be done.",
        due="When, as the source gives it.",
        status="Status in the source's words; empty where not known.",
        owner="Who is to do it.",
        as_of="When the status was read.",
        note="Remarks.",
        source="Where this was read.",
        done="When it was done, as the source gives it; empty where not known.",
        depends_on="Keys of the milestones it depends on, separated by '; '.",
        evidence="What shows how far it is, each with its source, separated by '; '.",
        change_count="How many changes its log holds.",
        due_moved_count="How often its due date was moved, as far as its log tells.",
        first_due="When it was due at first, as far as its log tells.",
    ),
    lambda content: (_milestone(*placed) for placed in _placed(content)),
)

MILESTONE_CHANGES = Table(
    "milestone_changes",
    "Changes of milestones: their logs",
    columns(
        change="Key of the change.",
        milestone="Key of the milestone.",
        date="When it was changed; empty where not known.",
        field="What was changed: status, due, done, title or owner.",
        before="What stood there before; empty where that is not known.",
        after="What stands there since.",
        reason="Why; empty where no reason is known.",
        decided_by="Role that decided it; empty where not known.",
        source="Where this was read.",
    ),
    lambda content: (_change(fact.key, change) for _, _, fact in _placed(content) for change in fact.changes),
)


COMMITMENTS = Table(
    "commitments",
    "Commitments",
    columns(
        commitment="Key of the commitment.",
        kind="agency_commitment, government_wide_duty, provider_duty or open_government_pledge.",
        reference="Paragraph that binds.",
        agencies="Keys of the agencies bound, separated by '; '.",
        bound_group="Group bound beside or in place of named agencies.",
        joint="Whether several agencies are bound together.",
        gist="What was promised, in short.",
        due="By when; empty where no date was set.",
        status="Status; empty where not known.",
        progress="What is known of the progress.",
        progress_date="When that was.",
        source="Where the commitment was read.",
        progress_source="Where the progress was read.",
        status_is_official="Whether the source gives the status; no: it was read from what was published.",
    ),
    lambda content: (
        (
            c.key, c.kind, c.reference, c.agency_keys, c.bound_group, c.joint, c.gist, c.due, c.status,
            c.progress, c.progress_date, c.source, c.progress_source, c.status_is_official,
        )
        for c in content.commitments
    ),
)  # fmt: skip

FUNDING = Table(
    "funding",
    "Funding: money set aside, awarded, and asked for",
    columns(
        funding="Key of the item.",
        kind="fund_allocation, fund_investment or budget_request; a request is not money given.",
        date="When.",
        fiscal_year="Fiscal year.",
        recipient="Who or what it is for; empty where not known.",
        agency="Key of the agency; of several, separated by '; '.",
        amount_usd="US dollars; empty where not known.",
        customer_experience="Whether it is for customer experience; empty where not known.",
        gist="What it pays for, in short.",
        life_experience="Key of the life experience it serves.",
        projects="Keys of the projects it pays for, or would pay for, separated by '; '.",
        commitments="Keys of the commitments it pays for, or would pay for, separated by '; '.",
        note="Remarks.",
        source="Where this was read.",
    ),
    lambda content: (
        (
            f.key, f.kind, f.date, f.fiscal_year, f.recipient, f.agency_keys or f.agency_key, f.amount_usd,
            f.customer_experience, f.gist, f.life_experience_key, f.project_keys, f.commitment_keys, f.note,
            f.source,
        )
        for f in content.funding
    ),
)  # fmt: skip

UPDATES = Table(
    "updates",
    "Updates on progress",
    columns(
        update="Key of the update.",
        date="Date, as precise as the source gives it.",
        kind="What kind of document it came in.",
        title="Title.",
        gist="What it says, in short.",
        body="What it says beside, in Markdown; empty where nothing.",
        corrections="What was put right since it was published, each after its day, separated by '; '.",
        strategies="Numbers of the strategies it is about, separated by '; '.",
        strategy_keys="Keys of the same, separated by '; '; empty too in releases that had numbers alone.",
        life_experiences="Keys of the life experiences it is about; 'all' for all.",
        source="Where this was read.",
    ),
    lambda content: (
        (
            u.key,
            u.date,
            u.kind,
            u.title,
            u.gist,
            u.body,
            tuple(f"{one.date}: {one.gist}" for one in u.corrections),
            tuple(map(str, u.strategy_numbers)),
            u.strategy_keys,
            u.life_experience_keys,
            u.source,
        )
        for u in content.updates
    ),
)
