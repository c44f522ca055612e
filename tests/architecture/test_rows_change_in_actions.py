"""Rows change only in `actions`, and every action says who did it and when."""

import ast

import pytest

from tests.architecture.actions import problems_of_action
from tests.architecture.rows import may_write, writes
from tests.architecture.source import Module, modules

NOT_A_ROW: dict[str, str] = {
    "hearback/cli/load/view.py save": "a table of the measurement alone, gone when it ends",
}
"""Statements that only look like a write, `path name` → why. This list may only shrink."""


def test_rows_change_only_in_actions() -> None:
    found = [place for module in modules() if not may_write(module) for place in writes(module)]
    excused = [place for place in found if f"{place.split(':')[0]} {place.split()[1]}" in NOT_A_ROW]
    assert [place for place in found if place not in excused] == []
    assert len({f"{p.split(':')[0]} {p.split()[1]}" for p in excused}) == len(NOT_A_ROW), (
        "strike out what is gone"
    )


@pytest.mark.parametrize(
    "statement",
    [
        "row.save()",
        "row.save(update_fields=['x'])",
        "Goal.objects.create(title='x')",
        "Goal.objects.bulk_create(rows)",
        "Goal.objects.filter(pk=1).update(title='x')",
        "Goal.objects.get_or_create(key='x')",
        "Goal.objects.all().delete()",
        "connection.cursor()",
    ],
)
def test_a_write_in_a_view_is_found(statement: str) -> None:
    view = Module("hearback/plan/views.py", f"def page(request):\n    {statement}\n")
    assert not may_write(view)
    assert len(writes(view)) == 1


@pytest.mark.parametrize(
    "statement", ["seen.update(more)", "digest.update(body)", "values.get('x')", "book.save(file)"]
)
def test_what_only_looks_like_a_write_is_left_alone(statement: str) -> None:
    assert writes(Module("hearback/plan/views.py", statement)) == []


@pytest.mark.parametrize("path", ["hearback/plan/actions.py", "hearback/plan/actions/goals.py"])
def test_actions_may_write(path: str) -> None:
    assert may_write(Module(path, ""))


def _actions() -> list[Module]:
    return [m for m in modules() if may_write(m) and m.path != "hearback/history/actions.py"]


def test_every_action_says_who_and_when_and_leaves_history() -> None:
    assert [problem for module in _actions() for problem in problems_of_action(module)] == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("def close(goal): ...", "keyword-only by"),
        ("def close(goal, by, at): ...", "keyword-only by"),
        ("def close(goal, *, by): ...", "keyword-only at"),
        ("def close(goal, *, by='x', at=None): ...", "no default"),
        ("def close(goal, *, by, at):\n    goal.save()", "history"),
        (
            "from hearback.history.actions import record\ndef close(goal, *, by, at):\n    goal.save()",
            "transaction",
        ),
    ],
)
def test_an_action_without_by_at_history_or_transaction_is_found(text: str, problem: str) -> None:
    assert any(problem in p for p in problems_of_action(Module("hearback/plan/actions.py", text)))


def test_a_good_action_passes() -> None:
    text = (
        "from hearback.history.actions import Change, record\n"
        "@transaction.atomic\n"
        "def close(goal, *, by, at):\n"
        "    goal.save()\n"
        "    record(Change('goal.closed', 'goal', goal.key), by=by, at=at)\n"
    )
    assert problems_of_action(Module("hearback/plan/actions.py", text)) == []
    assert ast.parse(text)
