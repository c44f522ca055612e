"""The commands on drivers: what they print, what they refuse, and that trying changes nothing."""

import json

import pytest
from click.testing import CliRunner, Result

from hearback.collect.archive import Form
from hearback.history.queries import latest_entries
from hearback.measure.commands import group
from hearback.measure.queries import drivers
from hearback.measure.rules.drivers import NOT_A_CAUSE
from tests.measure.answers.people import QUARTER
from tests.measure.drivers.conftest import Archived
from tests.measure.drivers.people import asking, crowd


def run(*arguments: str) -> Result:
    return CliRunner().invoke(group, list(arguments))


@pytest.fixture
def asked(archive: Archived) -> Form:
    """One service with 120 people, archived and not yet counted."""
    form = asking()
    archive(crowd(form, 120), counted=False)
    return form


def test_counts_computes_and_shows(asked: Form) -> None:
    done = run("drivers")
    assert done.exit_code == 0, done.output
    assert (
        "FY2021 Q1: 10 figures on 2 services, providers and weighted surveys; 10 new, 0 changed"
        in done.output
    )
    assert NOT_A_CAUSE in done.output
    shown = run("show-drivers", "service", "va-vha-2", "--quarter", QUARTER)
    assert "effectiveness: goes with" in shown.output
    assert shown.output.splitlines()[-1] == NOT_A_CAUSE
    assert "0 new, 0 changed, 0 removed" in run("drivers", "--quarter", QUARTER).output


def test_speaks_json_with_the_sentence(asked: Form) -> None:
    done = json.loads(run("drivers", "--json").stdout)
    assert (done["n_drivers"], done["n_added"], done["note"]) == (10, 10, NOT_A_CAUSE)
    shown = json.loads(run("show-drivers", "provider", "va-vha", "--json").stdout)
    assert shown["note"] == NOT_A_CAUSE
    assert [row["driver"] for row in shown["drivers"]] == [row.driver for row in drivers(level="provider")]


def test_trying_changes_nothing(asked: Form) -> None:
    before = len(latest_entries(limit=5000))
    result = run("drivers", "--dry-run")
    assert "10 would be new" in result.output
    assert drivers() == []
    assert len(latest_entries(limit=5000)) == before


def test_names_who_computed(asked: Form) -> None:
    run("drivers", "--by", "reviewer")
    entry = latest_entries(limit=1)[0]
    assert (entry.by, entry.verb) == ("reviewer", "drivers.computed")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("drivers", "--quarter", "FY2021-Q5"), 2, "the form is FY2021-Q1"),
        (("show-drivers", "service", "va-vha-2", "--quarter", "spring"), 2, "the form is FY2021-Q1"),
        (("show-drivers", "service", "nobody"), 1, "hearback directory list"),
        (("show-drivers", "agency", "va"), 2, "agency"),
    ],
)
def test_refuses_with_one_line_that_helps(
    archive: Archived, arguments: tuple[str, ...], code: int, said: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == code
    assert said in result.output


def test_says_what_to_do_where_nothing_is_archived(archive: Archived) -> None:
    assert "hearback collect answers" in run("drivers").output


def test_a_provider_that_the_directory_does_not_have_is_refused(archive: Archived) -> None:
    archive(crowd(asking(provider="nobody"), 60))
    result = run("drivers")
    assert (result.exit_code, "'nobody'" in result.output) == (1, True)
