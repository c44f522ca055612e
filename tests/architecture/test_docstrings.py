"""What others call or store says what it does."""

import pytest

from tests.architecture.docstrings import without_docstring
from tests.architecture.source import Module, modules


def test_everything_that_needs_a_docstring_has_one() -> None:
    assert [
        found
        for folder in ("hearback", "tools", "tests")
        for m in modules(folder)
        for found in without_docstring(m)
    ] == []


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("hearback/plan/views.py", "a = 1\n", ["hearback/plan/views.py"]),
        (
            "hearback/plan/rules.py",
            '"""Rules."""\ndef may_close(): ...\n',
            ["hearback/plan/rules.py::may_close"],
        ),
        ("hearback/stats/means.py", '"""Means."""\ndef mean(x): ...\n', ["hearback/stats/means.py::mean"]),
        ("hearback/plan/models.py", '"""Tables."""\nclass Goal: ...\n', ["hearback/plan/models.py::Goal"]),
        ("hearback/plan/rules.py", '"""Rules."""\ndef _inner(): ...\n', []),
        ("hearback/plan/views.py", '"""Pages."""\ndef page(): ...\n', []),
        ("hearback/plan/views.py", "", []),
    ],
)
def test_a_missing_docstring_is_found(path: str, text: str, found: list[str]) -> None:
    assert without_docstring(Module(path, text)) == found
