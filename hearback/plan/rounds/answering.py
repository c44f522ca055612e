"""What files may do to what owners said here, and who may be made to answer by a file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hearback.accounts.queries import people
from hearback.directory.files import FileNotGood, problem_in
from hearback.directory.rows import Wanted
from hearback.plan.models import Charge, Commitment, Project, RoundEntry
from hearback.plan.records import CommitmentRecord
from hearback.plan.rounds.asked import everything_asked
from hearback.plan.rules import About, EntryState

KINDS = {"project": Project, "commitment": Commitment}
"""What owners change that has no log of its own; milestones have one, figures are rows of their own."""


def with_answers_kept(wanted: Sequence[Wanted]) -> list[Wanted]:
    """Keep what owners said of projects and commitments, where a file still has the words from before.

    Words of a file that are neither those from before nor those that were said are taken: they are newer.
    """
    said: dict[tuple[str, str], list[tuple[Mapping[str, Any], Mapping[str, Any]]]] = {}
    approved = RoundEntry.objects.filter(state=EntryState.APPROVED.value, about__in=list(KINDS))
    for row in approved.order_by("settled_at", "id"):
        said.setdefault((row.about, row.record), []).append((row.was, row.told))
    return [_as_said(one, said[one.kind, one.key]) if (one.kind, one.key) in said else one for one in wanted]


def _as_said(one: Wanted, answers: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> Wanted:
    held = KINDS[one.kind]._default_manager.get(key=one.key)
    kept: dict[str, Any] = {}
    for name in {name for _was, told in answers for name in told}:
        earlier = [was.get(name) for was, told in answers if name in told]
        if one.values[name] in earlier:
            kept |= {also: getattr(held, also) for also in (name, *CommitmentRecord.goes_with.get(name, ()))}
    return replace(one, values={**one.values, **kept})


def check_charges(wanted: Sequence[Wanted], on: date) -> None:
    """Check who is to answer for what: the thing is there, the account is, and nobody answers twice.

    Who answers already may stay in a file, active or not.

    Raises:
        FileNotGood: naming file, record, field and what to do.
    """
    mine = [one for one in wanted if one.kind == "charge"]
    if not mine:
        return
    there = {(about.value, key) for about, key in everything_asked()}
    there |= {(one.kind, one.key) for one in wanted}
    accounts = {one.username for one in people(on) if one.is_active}
    stands = set(Charge.objects.values_list("about", "record", "owner"))
    seen: set[tuple[str, str]] = set()
    for one in mine:
        about, key, owner = (one.values[name] for name in ("about", "record", "owner"))
        if (about, key) not in there:
            raise _problem(
                one, "record", f"there is no {About(about).replace('_', ' ')} '{key}'", "correct the key"
            )
        if (about, key) in seen:
            raise _problem(one, "record", f"'{key}' is answered for twice", "leave one of the two out")
        if owner not in accounts | {None} and (about, key, owner) not in stands:
            raise _problem(
                one, "owner", f"there is nobody active named '{owner}'",
                "add the person first (`hearback accounts add`), or leave it out where nobody is asked",
            )  # fmt: skip
        seen.add((about, key))


def _problem(one: Wanted, field: str, what: str, remedy: str) -> FileNotGood:
    return problem_in(one.file, one.record, field, what, remedy)
