"""What files may do to promises: never undo what was changed here since, nor move a date without a word."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

from django.conf import settings

from hearback.directory.files import FileNotGood, problem_in
from hearback.directory.rows import Wanted
from hearback.fiscal import PeriodNotValid
from hearback.plan.models import (
    Commitment,
    Goal,
    Milestone,
    MilestoneChange,
    Project,
    SuccessMeasure,
    Update,
)
from hearback.plan.rules import (
    DueBeforeItsTurn,
    DueNotGood,
    MoveNotAllowed,
    check_done,
    check_log_tells_of_due,
    check_log_tells_of_status,
    check_move_of_due,
    check_order_of_due,
)

GOAL, MILESTONE, CHANGE, UPDATE = "goal", "milestone", "milestone_change", "update"
FIELDS = {"due": "due date", "done": "day of being done"}


def lock_promises() -> None:
    """Keep others from changing what they may change here, until files were compared with it and loaded."""
    for model in (Milestone, Update, Goal, Project, Commitment):
        list(model._default_manager.select_for_update())


def with_moves_kept(wanted: Sequence[Wanted]) -> list[Wanted]:
    """Keep of each milestone what its log here changed and the log in the files does not have.

    Such a file is older than the move. Its other values are taken as they are.

    Raises:
        FileNotGood: if the file moves itself what was moved here, its due date or with a line of its log
            anything else: only one of the two can stand.
    """
    moved = _moves_not_in({one.key for one in wanted if one.kind == CHANGE})
    _check_not_moved_twice(wanted, moved)
    return [
        _keep(one, moved[one.key]) if one.kind == MILESTONE and one.key in moved else one for one in wanted
    ]


def _moves_not_in(written: Set[str]) -> dict[str, list[MilestoneChange]]:
    """Give, by milestone, the lines of the logs here that files do not have."""
    found: dict[str, list[MilestoneChange]] = defaultdict(list)
    for change in MilestoneChange.objects.select_related("milestone"):
        if change.key not in written:
            found[change.milestone.key].append(change)
    return dict(found)


def _check_not_moved_twice(wanted: Sequence[Wanted], moved: Mapping[str, Sequence[MilestoneChange]]) -> None:
    for one in wanted:
        here = [c for c in moved.get(one.key, ()) if c.field == "due"] if one.kind == MILESTONE else []
        if here and one.values["due"] not in {here[0].milestone.due, *(c.before for c in here)}:
            raise _moved_twice(one, "due", here[0].milestone, one.values["due"])
    known = set(MilestoneChange.objects.values_list("key", flat=True))
    for line in _last_lines(one for one in wanted if one.kind == CHANGE and one.key not in known):
        field, after = line.values["field"], line.values["after"]
        here = [c for c in moved.get(line.links["milestone"] or "", ()) if c.field == field]
        if here and after != getattr(here[0].milestone, field):
            raise _moved_twice(line, field, here[0].milestone, after)


def _last_lines(lines: Iterable[Wanted]) -> Iterable[Wanted]:
    """Give of every milestone and field the line that says where it ends."""
    return {(one.links["milestone"], one.values["field"]): one for one in lines}.values()


def _moved_twice(one: Wanted, field: str, held: Milestone, in_file: str | None) -> FileNotGood:
    here, there = (value or "nothing known" for value in (getattr(held, field), in_file))
    what = f"the {FIELDS.get(field, field)} of {held.key}"
    return _refused(
        one,
        f"{what} was moved here to {here}, which the file does not know, and the file moves it to {there}; "
        "nothing was loaded: dump the plan, and move it in what was dumped",
    )


def _goes_with(field: str) -> tuple[str, ...]:
    return ("as_of",) if field in {"status", "done"} else ()


def _keep(one: Wanted, moves: Sequence[MilestoneChange]) -> Wanted:
    names = {name for move in moves for name in (move.field, *_goes_with(move.field))}
    held = {name: getattr(moves[0].milestone, name) for name in names}
    return replace(one, values={**one.values, **held})


def with_corrections_kept(wanted: Sequence[Wanted]) -> list[Wanted]:
    """Keep each update with corrections made here that the files do not know: they are older than those."""
    held = {
        row.key: row
        for row in Update.objects.prefetch_related("strategies", "life_experiences")
        if row.corrections
    }
    return [
        _as_corrected(one, held[one.key])
        if one.kind == UPDATE
        and one.key in held
        and not _knows(one.values["corrections"], held[one.key].corrections)
        else one
        for one in wanted
    ]


def _knows(in_file: Sequence[Any], here: Sequence[Any]) -> bool:
    """Say whether a file has all corrections that were made here, and perhaps later ones."""
    return list(in_file[: len(here)]) == list(here)


def _as_corrected(one: Wanted, held: Update) -> Wanted:
    values = {name: getattr(held, name) for name in one.values}
    many = {name: sorted(row.key for row in getattr(held, name).all()) for name in one.many}
    return replace(one, values=values, many=many)


def with_replacements_kept(wanted: Sequence[Wanted]) -> list[Wanted]:
    """Keep of each goal by what it was replaced here, where the files do not hold that one: they are older.

    Raises:
        FileNotGood: if such a file says that another took its place: a goal is replaced once.
    """
    written = {one.key for one in wanted if one.kind == GOAL}
    held = {
        row.key: row
        for row in Goal.objects.filter(replaced_by__isnull=False).select_related("replaced_by")
        if row.replaced_by and row.replaced_by.key not in written
    }
    return [
        _as_replaced(one, held[one.key]) if one.kind == GOAL and one.key in held else one for one in wanted
    ]


def _as_replaced(one: Wanted, held: Goal) -> Wanted:
    by = held.replaced_by.key if held.replaced_by else None
    if one.links["replaced_by"] not in (None, by):
        raise _refused(
            one,
            f"it was replaced here by {by}, and by {one.links['replaced_by']} in the file; a goal is "
            f"replaced once: dump the plan and replace {by}",
        )
    values = {name: getattr(held, name) for name in one.values if name.startswith("replaced_")}
    return replace(one, values={**one.values, **values}, links={**one.links, "replaced_by": by})


def check_milestones(wanted: Sequence[Wanted]) -> None:
    """Check the milestones of files: what their status says of their being done, and how due dates moved.

    Raises:
        FileNotGood: naming file, record and milestone, and what to do.
    """
    held = {row.key: row for row in Milestone.objects.prefetch_related("depends_on")}
    mine = {one.key: one for one in wanted if one.kind == MILESTONE}
    logs: dict[str, list[Wanted]] = defaultdict(list)
    for one in wanted:
        if one.kind == CHANGE:
            logs[one.links["milestone"] or ""].append(one)
    for key, one in mine.items():
        _check_one(one, held.get(key), logs[key])
    known = set(MilestoneChange.objects.values_list("key", flat=True))
    for key, log in logs.items():
        due = mine[key].values["due"] if key in mine else held[key].due if key in held else None
        _check_log(
            key,
            held[key].due if key in held else None,
            due,
            [line for line in log if line.values["field"] == "due"],
            known,
        )
    _check_order(mine, held)


def check_results(wanted: Sequence[Wanted]) -> None:
    """Check that the success measures which results of projects name are there.

    Raises:
        FileNotGood: naming file, record, project and result, and what to do.
    """
    known = {one.key for one in wanted if one.kind == "success_measure"}
    known |= set(SuccessMeasure.objects.values_list("key", flat=True))
    for one in wanted:
        for number, result in enumerate(one.values["results"] if one.kind == "project" else (), 1):
            if result["measure"] is not None and result["measure"] not in known:
                raise problem_in(
                    one.file, one.record, f"projects[{one.key}].results[{number}].measure",
                    f"there is no success measure '{result['measure']}'", "add it first or correct the key",
                )  # fmt: skip


def _check_log(
    key: str, before: str | None, due: str | None, moves: Sequence[Wanted], known: Set[str]
) -> None:
    """Check the lines about a due date, where any is new: they lead from what was promised to what is."""
    new = [line for line in moves if line.key not in known]
    for line in new:
        try:
            check_move_of_due(*(line.values[name] for name in ("before", "after", "reason", "source")))
        except (DueNotGood, PeriodNotValid) as problem:
            raise _refused(line, problem) from problem
    if new and before not in (None, due) and before not in {line.values["before"] for line in new}:
        raise _refused(
            new[0],
            f"{key} was due {before} and is due {due or 'at no known date'} here, and no new line of its log "
            f"begins with {before}; write what was promised in 'before'",
        )
    end = moves[-1].values["after"] if new else None  # a first date, after none, needs no line
    if end is not None and end != due:
        now = due or "at no known date"
        raise _refused(
            moves[-1],
            f"the log of {key} ends with {end}, and it is due {now}; write the line of its last move last",
        )


def _check_one(one: Wanted, held: Milestone | None, lines: Sequence[Wanted]) -> None:
    log = [(line.values["field"], line.values["after"], line.values["reason"]) for line in lines]
    try:
        check_done(one.values["done"], one.values["status"])
        if held is not None:
            check_log_tells_of_due(one.key, held.due, one.values["due"], log)
            check_log_tells_of_status(one.key, held.status, one.values["status"], log)
    except (DueNotGood, MoveNotAllowed) as problem:
        raise _refused(one, problem) from problem


def _check_order(mine: Mapping[str, Wanted], held: Mapping[str, Milestone]) -> None:
    due: dict[str, str | None] = {key: row.due for key, row in held.items()}
    due |= {key: one.values["due"] for key, one in mine.items()}
    needed: dict[str, Sequence[str]] = {
        key: [other.key for other in row.depends_on.all()] for key, row in held.items()
    }
    needed |= {key: one.many["depends_on"] for key, one in mine.items()}
    try:
        check_order_of_due(due, needed, settings.FISCAL_YEAR_STARTS)
    except DueBeforeItsTurn as problem:
        raise _refused(mine.get(problem.key) or next(iter(mine.values())), problem) from problem


def _refused(one: Wanted, problem: Any) -> FileNotGood:
    return FileNotGood(f"{one.file}: {one.record}, {one.kind} {one.key}: {problem}.")
