"""What the public sees is read from a frozen release, never from working tables."""

import pytest

from tests.architecture.released import TABLELESS, reaches_tables, reads_past_the_release, shows_public_pages
from tests.architecture.source import Module, modules


def test_public_pages_read_only_releases() -> None:
    looked_at = [module for module in modules() if shows_public_pages(module)]
    assert looked_at
    assert [found for module in looked_at for found in reads_past_the_release(module)] == []


@pytest.mark.parametrize(
    "line",
    [
        "from hearback.measure.queries import scores_for_quarter",
        "from hearback.plan import queries",
        "import hearback.collect.queries",
    ],
)
def test_a_page_that_reads_a_working_table_is_found(line: str) -> None:
    assert len(reads_past_the_release(Module("hearback/publish/pages/service.py", line))) == 1


@pytest.mark.parametrize(
    "line", ["from hearback.plan.queries import GoalFact", "from hearback.publish.queries import release"]
)
def test_facts_and_releases_are_fine(line: str) -> None:
    assert reads_past_the_release(Module("hearback/publish/views.py", line)) == []


def test_what_pages_share_with_other_stages_reaches_no_table() -> None:
    named = {".".join(module.parts[1:]).removesuffix(".__init__"): module for module in modules()}
    assert named.keys() >= TABLELESS
    shared = [
        module for name, module in named.items() if any(f"{name}.".startswith(f"{one}.") for one in TABLELESS)
    ]
    assert [found for module in shared for found in reaches_tables(module)] == []
    line = "from hearback.plan.queries import GoalFact"
    assert len(reaches_tables(Module("hearback/plan/chain/making.py", line))) == 1
