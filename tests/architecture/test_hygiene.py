"""Names say what they hold, nothing swallows errors, and nothing remembers the machine it was made on."""

from collections import Counter

import pytest

from tests.architecture.hygiene import catches_everything, traces, vague_names
from tests.architecture.source import ROOT, Module, files, modules

CATCHES_EVERYTHING = {
    "hearback/config/settings.py": "whatever the parser of an address raises, the reader needs one line",
    "hearback/stats/reference/checking.py": "one case that cannot be computed must not hide the others",
}
"""Modules that may catch every exception once → why. This list may only shrink."""

OWN_PATTERNS = {"tests/architecture/test_hygiene.py", "tests/architecture/hygiene.py"}
TEXT = (".py", ".md", ".html", ".json", ".toml", ".yaml", ".txt", ".sh", ".mjs", ".scss", ".lock", ".csv")
TEXT += ("Makefile", "run", ".npmrc", ".gitignore")


def _ours() -> list[Module]:
    return [module for folder in ("hearback", "tests", "tools") for module in modules(folder)]


def test_no_name_is_vague() -> None:
    assert [found for module in _ours() for found in vague_names(module)] == []


def test_a_vague_name_is_found() -> None:
    assert vague_names(Module("hearback/plan/utils.py", "")) != []
    assert vague_names(Module("hearback/core/views.py", "")) != []


def test_nothing_catches_every_exception() -> None:
    found = [place.split(":")[0] for module in modules() for place in catches_everything(module)]
    assert Counter(found) == Counter(list(CATCHES_EVERYTHING))


@pytest.mark.parametrize(
    "handler", ["except:", "except Exception:", "except (KeyError, BaseException) as problem:"]
)
def test_a_handler_for_everything_is_found(handler: str) -> None:
    assert len(catches_everything(Module("x.py", f"try:\n    pass\n{handler}\n    pass\n"))) == 1


def test_nothing_remembers_the_machine_it_was_made_on() -> None:
    found = {}
    for path in files(*TEXT):
        name = str(path.relative_to(ROOT))
        if name not in OWN_PATTERNS and (left := traces(path.read_text(encoding="utf-8"))):
            found[name] = left
    assert found == {}


@pytest.mark.parametrize(
    "text", ["see /root/x", "'/root/a'", "/home/ann/x", "https://registry.example.org/a", "pypi.example"]
)
def test_a_trace_is_found(text: str) -> None:
    assert len(traces(text)) == 1


@pytest.mark.parametrize("text", ["../root/x", "https://example.gov/root/home", "docs/root/", "$HOME/root/a"])
def test_what_only_looks_like_a_trace_is_left_alone(text: str) -> None:
    assert traces(text) == []
