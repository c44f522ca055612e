"""Reading updates, and the drafts that become some."""

from django.db.models import QuerySet

from hearback.directory.from_rows import fact, facts, key, keys
from hearback.plan.facts import CommentFact, CorrectionFact, DraftFact, UpdateFact
from hearback.plan.models import Draft, Update
from hearback.plan.rules import State


def updates() -> list[UpdateFact]:
    """List updates by date, approved or not: whoever publishes takes only the approved ones."""
    rows = Update.objects.prefetch_related("strategies", "life_experiences")
    return [
        fact(
            UpdateFact,
            row,
            strategy_numbers=tuple(sorted(s.number for s in row.strategies.all())),
            strategy_keys=keys(row.strategies.all()),
            life_experience_keys=("all",) if row.all_life_experiences else keys(row.life_experiences.all()),
            approved_at=row.approved_at.isoformat() if row.approved_at else None,
            corrections=tuple(CorrectionFact(**one) for one in row.corrections),
        )
        for row in rows
    ]


def drafts() -> list[DraftFact]:
    """List the drafts of updates, the one changed last first."""
    return [_draft(row) for row in _drafts()]


def draft(key: str) -> DraftFact | None:
    """Give one draft; None where there is none of this key."""
    row = _drafts().filter(key=key).first()
    return None if row is None else _draft(row)


def _drafts() -> QuerySet[Draft]:
    return Draft.objects.select_related("corrects").prefetch_related(
        "strategies", "life_experiences", "comments"
    )


def _draft(row: Draft) -> DraftFact:
    return fact(
        DraftFact,
        row,
        corrects_key=key(row.corrects),
        strategy_keys=keys(row.strategies.all()),
        life_experience_keys=keys(row.life_experiences.all()),
        state=State(row.state),
        comments=facts(CommentFact, row.comments.all()),
    )
