"""Functions and modules stay small enough to read on one screen, in one thought."""

from tests.architecture.sizes import TooBig, too_big
from tests.architecture.source import Module, modules

EXCUSED: dict[str, str] = {}
"""`path` or `path::function` → why it may be over a limit. This list may only shrink."""


def _all_too_big() -> list[TooBig]:
    return [
        found for folder in ("hearback", "tools", "tests") for m in modules(folder) for found in too_big(m)
    ]


def test_nothing_grows_over_its_limit() -> None:
    assert [found for found in _all_too_big() if found.place not in EXCUSED] == []


def test_no_excuse_outlives_its_reason() -> None:
    assert set(EXCUSED) - {found.place for found in _all_too_big()} == set()


def test_a_long_function_is_found_and_its_docstring_not_counted() -> None:
    doc = '    """First.\n' + "    more\n" * 50 + '    """\n'
    assert too_big(Module("x.py", "def f():\n" + doc + "    a = 1\n" * 59)) == []
    assert [b.size for b in too_big(Module("x.py", "def f():\n" + doc + "    a = 1\n" * 60))] == [61]


def test_too_many_branches_are_found() -> None:
    ten = "def f(x):\n" + "    if x: pass\n" * 9
    assert too_big(Module("x.py", ten)) == []
    assert [b.what for b in too_big(Module("x.py", ten + "    return [y for y in x if y]\n"))] == ["branches"]


def test_too_many_arguments_are_found() -> None:
    assert too_big(Module("x.py", "class A:\n    def f(self, a, b, c, d, e, f, g): ...")) == []
    assert [b.what for b in too_big(Module("x.py", "def f(a, b, c, d, e, f, *, g, h): ..."))] == ["arguments"]


def test_a_long_module_is_found() -> None:
    assert too_big(Module("x.py", "a = 1\n" * 400)) == []
    assert [b.size for b in too_big(Module("x.py", "a = 1\n" * 401))] == [401]
