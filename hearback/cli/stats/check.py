"""`hearback stats check`: the statistics held against numbers made elsewhere."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hearback.ui.terminal import ExampleCommand, WrongUse, emit, json_option, progress

if TYPE_CHECKING:
    from hearback.stats.reference import CaseResult

SHOWN_OF_A_CASE = 5


@click.command("check", cls=ExampleCommand, example="hearback stats check tests/golden/statistics")
@click.argument("folder", type=click.Path(path_type=Path))
@json_option
@click.pass_context
def check_command(ctx: click.Context, folder: Path, as_json: bool) -> None:
    """Compute the reference cases in FOLDER and compare, each within the tolerance it states.

    FOLDER has index.json, inputs/ and expected/. Ends with 1 if a case fails, cannot be read or is of no
    known family, and with 2 if FOLDER has no index that can be read.
    """
    from hearback.stats.reference import CaseNotValid, FolderResult
    from hearback.stats.reference.case import read_index
    from hearback.stats.reference.checking import check_listed

    try:
        cases = read_index(folder)
    except CaseNotValid as problem:
        raise WrongUse(" ".join(str(problem).split())) from problem
    listed = progress(cases, "cases", len(cases))
    done = FolderResult(tuple(check_listed(folder, one) for one in listed))
    families = [
        {"family": name, "known": results[0].known, "cases": len(results),
         "passed": sum(one.passed for one in results),
         "failures": [_failure(one) for one in results if not one.passed]}
        for name, results in done.by_family()
    ]  # fmt: skip
    n_passed = sum(one.passed for one in done.cases)
    payload = {"passed": done.passed, "n_cases": len(cases), "n_passed": n_passed, "families": families}
    emit(payload, as_json=as_json, lines=_check_lines(families, len(cases), n_passed))
    if not done.passed:
        ctx.exit(1)


def _failure(result: "CaseResult") -> dict[str, Any]:
    wrong = [
        {"where": one.where, "expected": _as_json(one.expected), "got": _as_json(one.got)}
        for one in result.mismatches
    ]
    return {"case": result.id, "error": result.error, "mismatches": wrong}


def _check_lines(families: list[dict[str, Any]], n_cases: int, n_passed: int) -> Iterator[str]:
    for one in families:
        unknown = "" if one["known"] else " (no such family is known here)"
        yield f"{one['family']}: {one['passed']} of {one['cases']} pass{unknown}"
        for failure in one["failures"]:
            if failure["error"]:
                yield f"  {failure['case']}: {failure['error']}"
            for wrong in failure["mismatches"][:SHOWN_OF_A_CASE]:
                told = f"expected {wrong['expected']!r}, got {wrong['got']!r}"
                yield f"  {failure['case']}: {wrong['where']}: {told}"
            more = len(failure["mismatches"]) - SHOWN_OF_A_CASE
            if more > 0:
                yield f"  {failure['case']}: and {more} more; --json lists all"
    yield f"{n_passed} of {n_cases} cases pass." if n_cases else "There are no cases in this folder."


def _as_json(value: Any) -> Any:
    """Give a value as it can stand in JSON; nan and what is no JSON as text."""
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError):
        return repr(value)
    return value
