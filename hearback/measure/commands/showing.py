"""Showing scores, what trust goes with, and what becomes of every trust question."""

from dataclasses import asdict
from pathlib import Path

import click
from django.conf import settings

from hearback.fiscal import parse_quarter
from hearback.measure.asking import DRIVERS, GROUPS, SCORES, NothingThere, check_quarter, listed, why_nothing
from hearback.measure.commands.groups import group
from hearback.measure.commands.trying import refused_in_one_line
from hearback.measure.comparability import as_csv, as_lines, summary
from hearback.measure.drivers.words import driver_lines
from hearback.measure.file_queries import group_scores
from hearback.measure.queries import ScoreFact, drivers, scores
from hearback.measure.rules import LEVELS
from hearback.measure.rules.drivers import NOT_A_CAUSE
from hearback.measure.surveys import surveys_listed
from hearback.measure.wanted import not_counted_yet, scored_or_reported, trust_questions_now
from hearback.measure.words import score_lines, survey_lines
from hearback.ui.terminal import Refused, command, emit, json_option, quarter_option

ANY = "any"
"""Groups of every dimension."""


@command(group, "show", example="hearback measure show government all --quarter FY2021-Q2")
@click.argument("level", type=click.Choice(list(LEVELS)))
@click.argument("subject")
@click.option(
    "--groups", is_flag=False, flag_value=ANY, metavar="[DIMENSION]",
    help="Of groups instead of everybody: of all dimensions, or of one, as channel.",
)  # fmt: skip
@quarter_option
@json_option
def show_command(level: str, subject: str, groups: str | None, quarter: str | None, as_json: bool) -> None:
    """Show the scores of a survey, service, provider, agency or (as `government all`) of all."""
    with refused_in_one_line():
        found = _scores(level, subject, groups)
        there = {one.quarter for one in found}
        found = [one for one in found if quarter in (None, one.quarter)]
        if not found:
            what = SCORES if groups is None else GROUPS
            raise NothingThere(why_nothing(what, level, subject, quarter, there))
    emit({"scores": [asdict(s) for s in found]}, as_json=as_json, lines=score_lines(found))


def _scores(level: str, subject: str, groups: str | None) -> list[ScoreFact]:
    """Give the scores of a subject: of everybody, or of the groups of one dimension or all.

    Raises:
        NothingThere: if no group is of that dimension; the message names those there are.
    """
    if groups is None:
        return scores(level=level, subject=subject)
    found = list(group_scores(level=level, subject=subject))
    dimensions = sorted({one.dimension for one in found})
    if groups != ANY and found and groups not in dimensions:
        raise NothingThere(
            f"No groups of {level} {subject!r} are by {groups!r}. There are by {', '.join(dimensions)}."
        )
    return [one for one in found if groups in (ANY, one.dimension)]


@command(group, "show-drivers", example="hearback measure show-drivers service va-vha-2")
@click.argument("level", type=click.Choice(["survey", "service", "provider"]))
@click.argument("subject")
@quarter_option
@json_option
def show_drivers_command(level: str, subject: str, quarter: str | None, as_json: bool) -> None:
    """Show what trust goes with, of a service, a provider or a weighted survey."""
    with refused_in_one_line():
        found = drivers(level=level, subject=subject, quarter=quarter)
        if not found:
            there = {one.quarter for one in drivers(level=level, subject=subject)}
            raise NothingThere(why_nothing(DRIVERS, level, subject, quarter, there))
    payload = {"drivers": [asdict(one) for one in found], "note": NOT_A_CAUSE}
    emit(payload, as_json=as_json, lines=driver_lines(found))


@command(group, "surveys", example="hearback measure surveys --quarter FY2021-Q2 --provider va-vha")
@quarter_option
@click.option("--service", help="Only those of this service, by its key.")
@click.option("--provider", help="Only those of this provider, by its key.")
@json_option
def surveys_command(quarter: str | None, service: str | None, provider: str | None, as_json: bool) -> None:
    """List surveys with the keys that `measure show survey` takes; archived ones once they are counted."""
    with refused_in_one_line():
        check_quarter(quarter, scored_or_reported(), what="surveys")
        found = [
            one
            for one in surveys_listed(quarter)
            if service in (None, one.service) and provider in (None, one.provider)
        ]
    lines = survey_lines(found) if found else ["There are none."]
    emit({"surveys": [asdict(one) for one in found]}, as_json=as_json, lines=lines)


@command(group, "comparability", example="hearback measure comparability --quarter FY2021-Q2")
@quarter_option
@click.option("--csv", "csv_file", type=click.Path(dir_okay=False, path_type=Path),
              help="Write the questions into this file too, one row each.")  # fmt: skip
@json_option
def comparability_command(quarter: str | None, csv_file: Path | None, as_json: bool) -> None:
    """List every trust question: in which pool its answers are added up, or why they are not."""
    with refused_in_one_line():
        not_counted = not_counted_yet()
        check_quarter(quarter, {*scored_or_reported(), *not_counted}, what="surveys")
        found = trust_questions_now(parse_quarter(quarter) if quarter else None, settings.SUPPRESS_BELOW)
    try:
        if csv_file is not None:
            csv_file.write_text(as_csv(found), encoding="utf-8", newline="")
    except OSError as problem:
        raise Refused(f"{csv_file} cannot be written: {problem.strerror}") from problem
    payload = {
        "quarter": quarter,
        "n_surveys": len(found),
        "summary": [asdict(row) for row in summary(found)],
        "questions": [asdict(one) for one in found],
        "not_counted": not_counted,
    }
    missing = [f"Not in it: answers of {listed(not_counted)}. Count them with `hearback measure cells`."]
    emit(payload, as_json=as_json, lines=[*as_lines(found), *(missing if not_counted else [])])
